use crate::project::Project;

fn server<const N: usize>(files: [(&str, &str); N]) -> Option<String> {
    let project = Project::from_texts(files).expect("small files");
    project.server().map(str::to_owned)
}

fn is<const N: usize>(name: &str, files: [(&str, &str); N]) {
    assert_eq!(server(files).as_deref(), Some(name), "{files:?}");
}

const OPENS: &str = "const server = Bun.serve({ port: 3000 });";
const HONO: &str = "import { Hono } from 'hono'\nconst app = new Hono()\nexport default app";

#[test]
fn usual_names_need_no_look_at_what_they_say() {
    is(
        "server.js",
        [
            ("server.js", ""),
            ("server.ts", OPENS),
            ("src/index.ts", OPENS),
        ],
    );
    is("src/index.tsx", [("app.ts", OPENS), ("src/index.tsx", "")]);
}

#[test]
fn what_a_package_starts_is_the_server() {
    let package = r#"{"scripts":{"dev":"bun x.ts","start":"bun build web/page.ts && bun run --hot './src/a.tsx'"}}"#;
    let page = ("web/page.ts", "");
    is(
        "src/a.tsx",
        [
            ("package.json", package),
            page,
            ("src/a.tsx", ""),
            ("server.js", OPENS),
        ],
    );
    is("server.js", [("package.json", package), ("server.js", "")]);
    is("server.js", [("package.json", "{"), ("server.js", "")]);
    let dev =
        r#"{"main":"b.js","module":"a.js","scripts":{"start":"node dist/a.js","dev":"bun c.ts"}}"#;
    is(
        "c.ts",
        [
            ("package.json", dev),
            ("a.js", ""),
            ("b.js", ""),
            ("c.ts", ""),
        ],
    );
    is(
        "a.js",
        [("package.json", dev), ("a.js", ""), ("b.js", OPENS)],
    );
    is(
        "index.ts",
        [("package.json", dev), ("a.js", ""), ("index.ts", "")],
    );
}

#[test]
fn the_file_that_a_command_runs_is_the_server_whatever_it_builds_beside_it() {
    for command in [
        r#"concurrently \"bun run --hot src/a.tsx\" \"bunx esbuild client/main.ts --bundle\""#,
        "concurrently 'bun x esbuild client/main.ts' 'bun src/a.tsx client/main.ts'",
        "bun test client/main.ts && bun --watch run ./src/a.tsx",
        "bun --preload ./client/main.ts --env-file .env src/a.tsx; bun build client/main.ts",
        "tailwindcss -i a.css & tsx watch src/a.tsx & esbuild client/main.ts",
        "wrangler dev client/main.ts src/a.tsx",
    ] {
        let package = format!(r#"{{"scripts":{{"dev":"{command}"}}}}"#);
        is(
            "src/a.tsx",
            [
                ("client/main.ts", ""),
                ("package.json", package.as_str()),
                ("server.js", OPENS),
                ("src/a.tsx", ""),
            ],
        );
    }
    let builds = r#"{"scripts":{"start":"bun build page.ts"}}"#;
    is(
        "server.js",
        [("package.json", builds), ("page.ts", ""), ("server.js", "")],
    );
}

#[test]
fn a_file_that_reads_like_a_server_is_one() {
    for text in [
        OPENS,
        HONO,
        "export default Bun.serve<Data>({})",
        "import { serve } from \"bun\";\nserve({ fetch });",
        "import { serve } from '@hono/node-server'\nserve(app)",
        "import { Hono } from 'hono/tiny'\nnew Hono().fire()",
        "export default {\n  async fetch(request) {\n    return new Response();\n  },\n};",
        "import { app } from './app'\nexport default { port: 1, fetch: app.fetch }",
        "const fetch = (req: Request) => new Response('hi');\nexport default { port: 1, fetch };",
        "const config = { fetch() { return new Response('hi') } }; export default config",
        "const config = { port, fetch }\nexport default config",
        "export default { port: 1, async fetch(req, server) { return answer(req) } };",
        "export default {\n  fetch(req: Request): Response | Promise<Response> {\n    return answer(req);\n  },\n};",
        "const express = require('express');\nexpress().listen(3000);",
    ] {
        for name in [
            "index.js",
            "src/server.ts",
            "server/src/main.mts",
            "demo.jsx",
        ] {
            is(name, [(name, text), ("index.html", OPENS), ("a.js", "")]);
        }
    }
}

#[test]
fn code_of_pages_and_of_tests_is_no_server() {
    for text in [
        "",
        "fetch('/x').then(show);\nexport default { load() {\n    fetch('/y');\n} }",
        "export default class Chart {}",
        "export default { prefetch: true, load() { if (on) { prefetch() } } }",
        "import { fetch, load } from './http.js';\nconst { fetch } = window;\nexport default load;",
        "export default (on) => (on ? fetch('/x') : hide(() => {}));\nshow(one, fetch, two);",
        "canvas.fire(); socket.listen(1); serve(ball);",
    ] {
        let files = [("index.js", text), ("app.js", text), ("index.html", OPENS)];
        assert_eq!(server(files), None, "{text}");
    }
    for name in [
        "server.test.ts",
        "vite.config.ts",
        "bun.d.ts",
        "notes.md",
        "hono.spec.js",
    ] {
        assert_eq!(server([(name, OPENS)]), None, "{name}");
    }
}

#[test]
fn the_likeliest_of_several_is_the_server() {
    is(
        "src/app.ts",
        [
            ("src/about.ts", HONO),
            ("src/app.ts", HONO),
            ("src/routes/index.ts", HONO),
        ],
    );
    is(
        "chat.js",
        [
            ("chat.js", OPENS),
            ("routes/index.ts", HONO),
            ("routes/server.ts", OPENS),
        ],
    );
    is("z.ts", [("a.ts", HONO), ("z.ts", OPENS)]);
    is("src/server.ts", [("a.ts", OPENS), ("src/server.ts", HONO)]);
}
