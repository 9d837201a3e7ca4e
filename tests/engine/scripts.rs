//! TypeScript and JSX in a Run: what is loaded, what faults say, and what hostile files do.

use hxlab::engine::message::{FromRun, Level, LimitName, Thrown};
use hxlab::engine::{Limits, RunEnd};
use hxlab::project::Project;

use super::stage::{Actor, engine, place};

fn files<const N: usize>(files: [(&str, &str); N]) -> Project {
    Project::from_texts(files).unwrap()
}

/// Why a project of this one file does not start.
async fn refused(name: &str, text: &str) -> Thrown {
    let engine = engine().await;
    let mut actor = Actor::spawn(&engine, &files([(name, text)])).await;
    match actor.end().await {
        RunEnd::Failed(fault) => fault,
        other => panic!("{name}: {other:?}"),
    }
}

const TYPED: &str = "interface Page {\n  path: string;\n}\n\nfunction fail(page: Page): never {\n  \
    const { path }: Page = page;\n  throw new Error(path as string);\n}\n\
    const stack = (error: unknown) => (error as Error).stack;\n\
    export default {\n  fetch(req: Request) {\n    const { pathname } = new URL(req.url);\n    \
    if (pathname === '/stack') {\n      try {\n        fail({ path: 'x' });\n      } catch (error) {\n        \
    return new Response(stack(error));\n      }\n    }\n    \
    console.log('here' satisfies string);\n    fail({ path: pathname });\n  },\n};\n";

#[tokio::test]
async fn faults_console_and_stacks_have_the_learners_own_lines() {
    let engine = engine().await;
    for name in ["server.ts", "server.tsx", "index.ts", "server.js"] {
        let mut actor = Actor::ready_project(&engine, &files([(name, TYPED)])).await;
        let stack = actor.get("/stack").await;
        assert!(
            stack.starts_with(&format!("Error: x\n    at fail ({name}:7:")),
            "{stack}"
        );
        assert!(
            stack.contains(&format!("    at fetch ({name}:15:")),
            "{stack}"
        );
        actor.ask("GET", "/x", &[]);
        let said = actor
            .until(|it| matches!(it, FromRun::Log { text, .. } if text == "here"))
            .await;
        let FromRun::Log { at: Some(at), .. } = said else {
            panic!("{said:?}");
        };
        assert_eq!((&*at.file, at.line), (name, 20));
        let uncaught = actor
            .until(|it| matches!(it, FromRun::Uncaught { .. }))
            .await;
        let FromRun::Uncaught { fault } = uncaught else {
            unreachable!()
        };
        assert_eq!(place(&fault), Some((name, 7)), "{fault:?}");
        assert_eq!(fault.frames[1].line, 21, "{fault:?}");
    }
}

#[tokio::test]
async fn types_in_plain_javascript_are_told_of_once() {
    let engine = engine().await;
    let mut actor = Actor::ready_project(&engine, &files([("server.js", TYPED)])).await;
    actor.get("/stack").await;
    let told = |it: &&FromRun| matches!(it, FromRun::Log { level: Level::Info, text, .. } if text.contains("server.ts"));
    assert_eq!(
        actor.heard.iter().filter(told).count(),
        1,
        "{:?}",
        actor.heard
    );
    let mut actor = Actor::ready_project(&engine, &files([("server.ts", TYPED)])).await;
    actor.get("/stack").await;
    assert_eq!(actor.heard.iter().filter(told).count(), 0);
}

#[tokio::test]
async fn syntax_errors_have_words_and_their_place() {
    let open = "const a: number = 1;\nfunction f() {\n  if (a {\n  }\n}\n";
    for name in ["server.ts", "server.js"] {
        let fault = refused(name, open).await;
        assert_eq!(fault.name, "SyntaxError");
        assert!(fault.message.contains("Expected `)`"), "{fault:?}");
        assert_eq!(place(&fault), Some((name, 3)), "{fault:?}");
        assert_eq!(fault.frames[0].column, 9);
    }
    // Where types are not what stops the engine, its own words stay.
    let plain = refused("server.js", "const a = 1;\nconst b = ;\n").await;
    assert_eq!(place(&plain), Some(("server.js", 2)), "{plain:?}");
    let broken = refused(
        "server.tsx",
        "export default { fetch: () => <p><b></p> };\n",
    )
    .await;
    assert!(broken.message.contains("closing tag for 'b'"), "{broken:?}");
}

#[tokio::test]
async fn what_the_language_has_and_a_run_lacks_is_named_in_plain_javascript_too() {
    for (text, told, at) in [
        (
            "const log = (it) => it;\nclass Room { @log open() {} }\n",
            "experimentalDecorators",
            2,
        ),
        ("class Room {\n  accessor name = '';\n}\n", "“accessor”", 2),
        (
            "const n: number = 1;\nclass Room {\n  accessor name = n;\n}\n",
            "“accessor”",
            3,
        ),
    ] {
        let fault = refused("server.js", text).await;
        assert!(fault.message.contains(told), "{fault:?}");
        assert_eq!(place(&fault), Some(("server.js", at)), "{fault:?}");
    }
}

#[tokio::test]
async fn a_fault_in_an_imported_file_is_told_there() {
    let engine = engine().await;
    let project = files([
        (
            "server.ts",
            "import { a } from './rooms';\nexport default { fetch: () => a };",
        ),
        (
            "rooms.ts",
            "export const a: number = 1;\n\nexport const b: = 2;\n",
        ),
    ]);
    let mut actor = Actor::spawn(&engine, &project).await;
    let RunEnd::Failed(fault) = actor.end().await else {
        panic!("it starts");
    };
    assert_eq!(place(&fault), Some(("rooms.ts", 3)), "{fault:?}");

    let project = files([
        (
            "server.ts",
            "\nimport { Room } from './rooms';\nexport default { fetch: () => new Room() };",
        ),
        ("rooms.ts", "export interface Room { name: string }\n"),
    ]);
    let mut actor = Actor::spawn(&engine, &project).await;
    let RunEnd::Failed(fault) = actor.end().await else {
        panic!("it starts");
    };
    assert_eq!(place(&fault), Some(("server.ts", 2)), "{fault:?}");
    assert!(fault.message.contains("is a type"), "{fault:?}");
}

#[tokio::test]
async fn a_second_server_beside_the_first_is_told_of() {
    let engine = engine().await;
    let hello = "export default { fetch: () => new Response('js') };";
    let project = files([("server.js", hello), ("server.ts", TYPED)]);
    let mut actor = Actor::ready_project(&engine, &project).await;
    assert_eq!(actor.get("/").await, "js");
    let told = |it: &FromRun| matches!(it, FromRun::Log { text, .. } if text.contains("server.ts does nothing"));
    assert!(actor.heard.iter().any(told), "{:?}", actor.heard);
    let imports = "import app from './server.ts'; export default app;";
    let project = files([("server.js", imports), ("server.ts", TYPED)]);
    let mut actor = Actor::ready_project(&engine, &project).await;
    actor.get("/stack").await;
    assert!(!actor.heard.iter().any(told), "{:?}", actor.heard);
}

#[tokio::test]
async fn what_a_project_cannot_have_is_said_with_what_to_do() {
    let engine = engine().await;
    let serve = "export default { fetch: () => new Response(String(x)) };";
    for (config, server, sentence) in [
        (
            r#"{"compilerOptions":{"paths":{"@/*":["./*"]}}}"#,
            "import { x } from '@/x';",
            "“paths” in tsconfig.json",
        ),
        (
            "{\"compilerOptions\": }",
            "const x: number = 1;",
            "“tsconfig.json” cannot be read",
        ),
        (
            "{}",
            "const x = (t: object) => t; class A { @x b() {} }",
            "experimentalDecorators",
        ),
        ("{}", "namespace x { export let y = 1; }", "export const"),
        ("{}", "import x from './x.js';", "no file “x.js”"),
    ] {
        let server = format!("{server}\n{serve}");
        let project = files([("tsconfig.json", config), ("server.ts", &server)]);
        let mut actor = Actor::spawn(&engine, &project).await;
        match actor.end().await {
            RunEnd::Failed(fault) => assert!(fault.message.contains(sentence), "{fault:?}"),
            other => panic!("{sentence}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn what_belongs_in_a_page_or_on_another_platform_is_said_with_what_to_do() {
    let engine = engine().await;
    for (text, sentence) in [
        ("document.title = 'x';", "belongs in the page"),
        ("window.onload = () => {};", "belongs in the page"),
        ("localStorage.setItem('a', 1);", "keep it in a Map"),
        ("new EventSource('/');", "text/event-stream"),
        ("$('#log').text('x');", "belongs in the page"),
        ("Deno.serve(() => 1);", "use Bun.serve"),
        ("self.db = {};", "write globalThis"),
        (
            "addEventListener('fetch', () => {});",
            "export default { fetch(req)",
        ),
        (
            "import { Hono } from 'hono';\nconst site = new Hono();",
            "End it with export default site",
        ),
        (
            "for await (const line of console) {}",
            "a sandbox has no terminal",
        ),
        ("import 'hono/jsx/dom/client';", "it is for pages"),
        ("import '@hono/bun';", "“hono/bun”"),
        ("import 'react-dom/server';", "“hono/jsx/dom/server”"),
        (
            "await crypto.subtle.importKey('raw', new Uint8Array(8), 'PBKDF2', false, ['deriveBits']);",
            "Bun.password.hash",
        ),
        (
            "await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);",
            "hashes and HMAC only",
        ),
        (
            "await Bun.file(`${import.meta.dir}/public/nope.html`).text();",
            "open '/public/nope.html'",
        ),
    ] {
        let mut actor = Actor::spawn(&engine, &files([("server.js", text)])).await;
        match actor.end().await {
            RunEnd::Failed(fault) => assert!(fault.message.contains(sentence), "{text}: {fault:?}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

/// Each ends its own Run, with a sentence, and nothing else.
#[tokio::test]
async fn files_that_are_nested_too_deeply_end_their_run_only() {
    let engine = engine().await;
    let mut other = Actor::ready_project(&engine, &files([("server.ts", TYPED)])).await;
    let deep = |start: &str, end: &str| format!("{}1{}", start.repeat(30_000), end.repeat(30_000));
    for text in [
        deep("(", ")"),
        deep("[", "]"),
        deep("!", ""),
        deep("a=>", ""),
        deep("a?b:", ""),
        format!("const a{} = 1", deep(": A<", ">").replace('1', "b")),
        format!("{};", deep("1+", "")),
        format!("type A = {}", deep("[", "]")),
        deep("if(a)", ";"),
        deep("`${", "}`"),
        deep("a.b(", ")"),
    ] {
        let start = &text[..12];
        let mut actor = Actor::spawn(&engine, &files([("server.ts", &text)])).await;
        match actor.end().await {
            // A long sum is read without going deep.
            RunEnd::Failed(fault) if fault.message.contains("starts no server") => {
                assert_eq!(start, "1+1+1+1+1+1+");
            }
            RunEnd::Failed(fault) => {
                assert_eq!(
                    place(&fault).map(|it| it.0),
                    Some("server.ts"),
                    "{start}: {fault:?}"
                );
                assert!(!fault.message.is_empty());
            }
            RunEnd::Limit { limit, .. } => assert_eq!(limit, LimitName::Start, "{start}"),
            end => panic!("{start}: {end:?}"),
        }
    }
    assert!(other.get("/stack").await.contains("server.ts:7"));
}

/// As deep as a file has room for, and what is no text of a program: each ends in time, its own Run at most.
#[tokio::test]
async fn what_no_person_writes_ends_its_run_with_a_sentence() {
    let engine = engine().await;
    let mut other = Actor::ready_project(&engine, &files([("server.ts", TYPED)])).await;
    let deep =
        |start: &str, end: &str| format!("{}1{}", start.repeat(100_000), end.repeat(100_000));
    let tags = |count| {
        format!(
            "export const x = {}1{}",
            "<a>".repeat(count),
            "</a>".repeat(count)
        )
    };
    for (what, text) in [
        ("parentheses", deep("(", ")")),
        ("brackets", deep("[", "]")),
        ("blocks", deep("{", "}")),
        ("elements", tags(30_000)),
        ("elements without an end", "<a>".repeat(80_000)),
        ("types", format!("type A = {};", deep("(", ")"))),
        (
            "generics without an end",
            format!("const a: {}", "A<".repeat(100_000)),
        ),
        ("calls without an end", "a<b>(".repeat(50_000)),
        (
            "a text without an end",
            format!("const a = `{}", "${`".repeat(60_000)),
        ),
        ("NUL", "\0".repeat(1_000)),
        ("NUL in a name", "export const a\0b = 1;".to_owned()),
        ("marks", "\u{feff}".repeat(50_000)),
    ] {
        for name in ["server.ts", "server.tsx", "server.js"] {
            let mut actor = Actor::spawn(&engine, &files([(name, &text)])).await;
            match actor.end().await {
                RunEnd::Failed(fault) => assert!(!fault.message.is_empty(), "{what}"),
                RunEnd::Limit { limit, .. } => {
                    let named = [LimitName::Start, LimitName::Memory];
                    assert!(named.contains(&limit), "{what} in {name}: {limit:?}");
                }
                end => panic!("{what} in {name}: {end:?}"),
            }
        }
    }
    assert!(other.get("/stack").await.contains("server.ts:7"));
}

/// A file may begin with a mark of its encoding and be one long line.
#[tokio::test]
async fn odd_files_that_are_right_run() {
    let engine = engine().await;
    let serve = "export default { fetch: (): Response => new Response(String(x)) };";
    let line = "x += 1 as number;".repeat(14_000);
    for (text, answer) in [
        (format!("\u{feff}const x: number = 1;{serve}"), "1"),
        (format!("let x: number = 0;{line}{serve}"), "14000"),
        (
            format!("const x: string = '\0\u{2028}';{serve}"),
            "\0\u{2028}",
        ),
    ] {
        let mut actor = Actor::ready_project(&engine, &files([("server.ts", &text)])).await;
        assert_eq!(actor.get("/").await, answer);
    }
}

#[tokio::test]
async fn a_file_that_is_read_for_long_or_needs_much_keeps_to_the_limits() {
    let engine = engine().await;
    let limits = || Limits {
        memory: 8 * 1024 * 1024,
        ..Limits::default()
    };
    let again = |text: &str, most: usize| text.repeat(most / text.len());
    for text in [
        // Each begins as an arrow function, and is none.
        "(a?".repeat(40),
        "a?(b?(".repeat(40),
        "a<b<".repeat(1_000),
        again("x as any;", 250_000),
        again("enum A{B,C}\n", 250_000),
        again("<a/>;", 250_000),
        again("@a class{};", 250_000),
        again("'\u{fffd}\u{1f600}'+", 250_000),
    ] {
        for name in ["server.ts", "server.tsx", "server.js"] {
            let mut actor = Actor::spawn_with(&engine, &files([(name, &text)]), limits()).await;
            let end = actor.end().await;
            assert!(
                matches!(end, RunEnd::Failed(_) | RunEnd::Limit { .. }),
                "{}: {end:?}",
                &text[..6]
            );
        }
    }
    let mut after = Actor::ready_project(&engine, &files([("server.ts", TYPED)])).await;
    assert!(after.get("/stack").await.contains("server.ts:7"));
}

#[tokio::test]
async fn what_is_missing_is_told_of_an_error_that_was_caught_and_printed() {
    let engine = engine().await;
    let server = "import { Hono } from 'hono';\nconst app = new Hono();\n\
        app.get('/', (c) => c.json(require('express')));\nexport default app;\n";
    let mut actor = Actor::ready_project(&engine, &files([("server.js", server)])).await;
    actor.ask("GET", "/", &[]);
    let said = actor.until(|it| matches!(it, FromRun::Log { .. })).await;
    let FromRun::Log { text, .. } = said else {
        unreachable!()
    };
    assert!(
        text.starts_with("ReferenceError: require is not defined: ") && text.contains("“express”"),
        "{text}"
    );
    assert!(text.contains("server.js:3:"), "{text}");
}
