//! What ends a Run, and what the learner reads then.

use std::time::Duration;

use hxlab::engine::message::{FromRun, LimitName, Thrown};
use hxlab::engine::{Limits, RunEnd, RunEvent};
use hxlab::project::Project;

use super::stage::{Actor, endless, engine, place, project};

/// How long an owner takes nothing: long enough that a Run with much to say has to wait.
const SLOW: Duration = Duration::from_millis(1500);

fn limit(end: RunEnd) -> (LimitName, Option<Thrown>) {
    match end {
        RunEnd::Limit { limit, fault } => (limit, fault),
        other => panic!("no limit: {other:?}"),
    }
}

#[tokio::test]
async fn a_run_answers_while_another_is_in_an_endless_loop() {
    let engine = engine().await;
    let answers = "export default { fetch() { return new Response('here'); } };";
    let mut other = Actor::ready(&engine, answers).await;
    let spins = "export default { fetch() { console.log('before'); for (;;) {} } };";
    let mut spinning = Actor::spawn_with(&engine, &project(spins), endless()).await;
    spinning.until(|it| matches!(it, FromRun::Ready)).await;
    spinning.ask("GET", "/", &[]);
    spinning.until(|it| matches!(it, FromRun::Log { .. })).await;
    for _ in 0..20 {
        assert_eq!(other.get("/").await, "here");
    }
    let said = tokio::time::timeout(Duration::ZERO, spinning.run.next()).await;
    assert!(said.is_err(), "it is no longer in its loop: {said:?}");
}

#[tokio::test]
async fn an_endless_loop_is_stopped_and_named() {
    let engine = engine().await;
    let mut actor = Actor::ready(
        &engine,
        "function spin() {\n  for (;;) {}\n}\nexport default { fetch() {\n  console.log('before');\n  spin();\n} };",
    )
    .await;
    actor.ask("GET", "/", &[]);
    let (limit, fault) = limit(actor.end().await);
    assert_eq!(limit, LimitName::Turn);
    let fault = fault.unwrap();
    assert_eq!(place(&fault), Some(("server.js", 2)));
    assert_eq!(fault.frames[0].function, "spin");
    assert!(
        fault.message.contains("longer than 1 s"),
        "{}",
        fault.message
    );
    assert_eq!(actor.lines(), ["before"]);
}

#[tokio::test]
async fn endless_work_is_stopped_wherever_it_stands() {
    let engine = engine().await;
    for (what, body, line) in [
        (
            "a microtask storm",
            "const storm = async () => {\n for (;;) await null; };\n storm();",
            None,
        ),
        (
            "promises that lead to others",
            "const again = () => {\n Promise.resolve().then(again); };\n again();",
            None,
        ),
        ("an async loop", "await null;\n for (;;) {}", Some(3)),
        (
            "a loop that catches",
            "for (;;) { try { for (;;) {} } catch {} finally { } }",
            Some(2),
        ),
        (
            "a regular expression",
            "/^(a+)+$/.test('a'.repeat(40) + 'b');",
            Some(2),
        ),
    ] {
        let server = format!("export default {{ async fetch() {{\n{body}\n}} }};");
        let mut actor = Actor::ready(&engine, &server).await;
        actor.ask("GET", "/", &[]);
        let (limit, fault) = limit(actor.end().await);
        assert_eq!(limit, LimitName::Turn, "{what}");
        let fault = fault.unwrap_or_else(|| panic!("{what}: no place"));
        // When the clock strikes between two jobs there is no line to name.
        if let Some(line) = line {
            assert_eq!(place(&fault), Some(("server.js", line)), "{what}");
        }
    }
}

#[tokio::test]
async fn a_timer_and_the_start_have_their_time_as_well() {
    let engine = engine().await;
    let timer = "setTimeout(() => {\n  for (;;) {}\n}, 20);\nexport default { fetch() {} };";
    let mut actor = Actor::ready(&engine, timer).await;
    let (name, fault) = limit(actor.end().await);
    assert_eq!(
        (name, place(&fault.unwrap())),
        (LimitName::Turn, Some(("server.js", 2)))
    );

    let mut actor = Actor::spawn(&engine, &project("let n = 0;\nwhile (true) n++;")).await;
    let (name, fault) = limit(actor.end().await);
    assert_eq!(
        (name, place(&fault.unwrap())),
        (LimitName::Start, Some(("server.js", 2)))
    );
}

#[tokio::test]
async fn a_native_loop_is_killed_from_outside() {
    let engine = engine().await;
    for native in [
        "[].reverse.call({ length: 2 ** 53 - 2 })",
        "[].join.call({ length: 2 ** 32 - 1 })",
    ] {
        let server = format!("export default {{ fetch() {{ console.log(1); {native}; }} }};");
        let mut actor = Actor::ready(&engine, &server).await;
        actor.ask("GET", "/", &[]);
        let (limit, fault) = limit(actor.end().await);
        assert_eq!((limit, fault), (LimitName::Turn, None), "{native}");
        assert_eq!(actor.lines(), ["1"]);
    }
}

#[tokio::test]
async fn a_memory_bomb_is_named() {
    let engine = engine().await;
    for bomb in [
        "const kept = []; for (;;) kept.push('x'.repeat(100_000) + kept.length);",
        "const kept = []; for (;;) kept.push(new Uint8Array(1_000_000));",
        "const kept = []; for (;;) kept.push({ kept: [kept.length] });",
        "const kept = []; for (;;) kept.push(new TextEncoder().encode('x'.repeat(1e6)));",
    ] {
        let server = format!("export default {{ fetch() {{\n {bomb}\n}} }};");
        let mut actor = Actor::spawn_with(&engine, &project(&server), endless()).await;
        actor.until(|it| matches!(it, FromRun::Ready)).await;
        actor.ask("GET", "/", &[]);
        let (limit, fault) = limit(actor.end().await);
        assert_eq!(limit, LimitName::Memory, "{bomb}");
        assert!(
            fault.is_some_and(|fault| fault.message.contains("32 MiB")),
            "{bomb}"
        );
    }
}

#[tokio::test]
async fn a_flood_of_lines_is_named() {
    let engine = engine().await;
    let server = "export default { fetch() {\n for (;;) console.log('again');\n} };";
    // Few lines, so that a slow machine writes them in less time than they are allowed in.
    let limits = Limits {
        lines: 50,
        ..endless()
    };
    let mut actor = Actor::spawn_with(&engine, &project(server), limits).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    actor.ask("GET", "/", &[]);
    let (limit, fault) = limit(actor.end().await);
    assert_eq!(limit, LimitName::Lines);
    assert_eq!(place(&fault.unwrap()), Some(("server.js", 2)));
}

#[tokio::test]
async fn a_flood_of_messages_is_ended_from_outside() {
    let engine = engine().await;
    let server = "export default {
      fetch(req, server) { server.upgrade(req); },
      websocket: { open(ws) { for (;;) ws.send('x'.repeat(60_000)); } },
    };";
    let limits = Limits {
        // Less than a busy machine sends in a second.
        bytes: 1 << 16,
        ..endless()
    };
    let mut actor = Actor::spawn_with(&engine, &project(server), limits).await;
    actor.knock("/");
    let (limit, _) = limit(actor.end().await);
    assert_eq!(limit, LimitName::Bytes);
}

#[tokio::test]
async fn a_slow_owner_is_no_reason_to_end_a_run() {
    let engine = engine().await;
    let server = "export default { fetch() {
      for (let n = 0; n < 400; n++) console.log('x'.repeat(4000));
      return new Response('done');
    } };";
    let mut actor = Actor::spawn_with(&engine, &project(server), endless()).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    actor.ask("GET", "/", &[]);
    tokio::time::sleep(SLOW).await;
    actor.until(|m| matches!(m, FromRun::Respond { .. })).await;
    assert_eq!(actor.lines().len(), 400);
}

async fn failure(server: &str) -> Thrown {
    failure_of(&project(server)).await
}

async fn failure_of(project: &Project) -> Thrown {
    let engine = engine().await;
    let mut actor = Actor::spawn(&engine, project).await;
    match actor.end().await {
        RunEnd::Failed(fault) => fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_syntax_error_has_its_place() {
    let fault = failure("const a = 1;\n\nexport default {\n  fetch( { return 1; }\n};\n").await;
    assert_eq!(fault.name, "SyntaxError");
    assert_eq!(place(&fault), Some(("server.js", 4)));
    let files = [
        ("server.js", "import './x.js';"),
        ("x.js", "let a;\nlet a;"),
    ];
    let fault = failure_of(&Project::from_texts(files).unwrap()).await;
    assert_eq!(place(&fault), Some(("x.js", 2)));
}

#[tokio::test]
async fn an_import_that_fails_says_what_can_be_imported() {
    let fault = failure("// first\nimport express from \"express\";\nexport default {};").await;
    assert_eq!(place(&fault), Some(("server.js", 2)));
    assert!(
        fault
            .message
            .contains("“express”, which is not available here"),
        "{}",
        fault.message
    );
    let fault = failure("import { x } from './rooms.js';").await;
    assert!(
        fault.message.contains("there is no file “rooms.js”"),
        "{}",
        fault.message
    );
    let fault = failure("\nimport {\n  Hno\n} from \"hono\";").await;
    assert!(fault.message.contains("Hno"), "{}", fault.message);
    assert_eq!(place(&fault), Some(("server.js", 3)));
    let files = [
        ("server.js", "import a from './a.json';"),
        ("a.json", "{,}"),
    ];
    let fault = failure_of(&Project::from_texts(files).unwrap()).await;
    assert!(
        fault.message.contains("“a.json” is not JSON"),
        "{}",
        fault.message
    );
}

#[tokio::test]
async fn a_server_that_is_none_is_told_so() {
    for (server, word) in [
        ("const a = 1;", "no default export"),
        ("export default 7;", "a number"),
        ("export default { routes: {} };", "no fetch function"),
        (
            "export default { routes: { x: 1 }, fetch() {} };",
            "must begin with",
        ),
        ("Bun.serve({});", "needs a fetch function or routes"),
        (
            "Bun.serve({ fetch() {} });\nBun.serve({ port: 3001, fetch() {} });",
            "a second time",
        ),
        (
            "Bun.serve({ fetch() {} });\nexport default { fetch() {} };",
            "Remove one of the two",
        ),
        ("await new Promise(() => {});", "never comes"),
        ("throw new Error('at the top');", "at the top"),
        ("throw 'words';", "words"),
        ("null.x;", "null"),
    ] {
        let fault = failure(server).await;
        assert!(fault.message.contains(word), "{server}: {fault:?}");
    }
}

#[tokio::test]
async fn what_is_not_here_says_what_to_do_instead_and_where() {
    for (server, words, line) in [
        (
            "\nconst express = require(\"express\");",
            ["CommonJS", "hono"],
            2,
        ),
        ("module.exports = {};", ["CommonJS", "export default"], 1),
        (
            "\n\nimport fs from \"node:fs\";",
            ["no disk", "Bun.file"],
            3,
        ),
        (
            "import { WebSocketServer } from 'ws';",
            ["websocket of", "Bun.serve"],
            1,
        ),
        (
            "\nawait Bun.connect({});",
            ["no other machine", "websocket of"],
            2,
        ),
        (
            "import { build } from 'bun';\nawait build({});",
            ["Bun.build", "builds nothing"],
            2,
        ),
        (
            "\nnew PerformanceObserver(() => {});",
            ["not defined", "performance.now()"],
            2,
        ),
    ] {
        let fault = failure(server).await;
        for word in words {
            assert!(fault.message.contains(word), "{server}: {fault:?}");
        }
        assert_eq!(place(&fault), Some(("server.js", line)), "{server}");
    }
}

#[tokio::test]
async fn a_server_may_be_opened_by_a_timer_or_an_async_function() {
    for server in [
        "setTimeout(() => Bun.serve({ fetch: () => new Response('late') }), 20);",
        "async function main() {\n  await Bun.sleep(20);\n  \
         Bun.serve({ fetch: () => new Response('late') });\n}\nmain();",
    ] {
        let engine = engine().await;
        let mut actor = Actor::ready(&engine, server).await;
        assert_eq!(actor.get("/").await, "late");
    }
}

#[tokio::test]
async fn a_top_level_await_may_wait_for_a_timer() {
    let engine = engine().await;
    let server = "await Bun.sleep(30);\nconst word = await Promise.resolve('late');
      export default { fetch() { return new Response(word); } };";
    let mut actor = Actor::ready(&engine, server).await;
    assert_eq!(actor.get("/").await, "late");
}

#[tokio::test]
async fn deep_recursion_is_an_ordinary_error() {
    let engine = engine().await;
    let server = "const down = (n) => down(n + 1) + 1;
      export default { fetch(req) {
        if (req.url.endsWith('/ok')) return new Response('ok');
        if (req.url.endsWith('/json')) { let a = []; for (let n = 0; n < 20000; n++) a = [a]; JSON.stringify(a); }
        return new Response(down(0));
      } };";
    let mut actor = Actor::ready(&engine, server).await;
    assert_eq!(actor.fetch("GET", "/").await.0, 500);
    assert_eq!(actor.fetch("GET", "/json").await.0, 500);
    assert_eq!(actor.get("/ok").await, "ok");
}

#[tokio::test]
async fn a_run_that_was_killed_says_so() {
    let engine = engine().await;
    let mut actor = Actor::ready(&engine, "export default { fetch() {} };").await;
    actor.run.kill();
    assert_eq!(actor.end().await, RunEnd::Killed);
    assert_eq!(actor.run.next().await, RunEvent::Ended(RunEnd::Killed));
}
