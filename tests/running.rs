//! `hxlab run`, as somebody at a terminal has it.

use std::process::Command;

use crate::actors::client::in_time;
use crate::actors::program::once;
use crate::actors::terminal::Terminal;

const SERVER: &str = "interface Page {\n  path: string;\n}\nconsole.log('up', { a: 1 });\n\
    export default {\n  fetch(req: Request): Response {\n    const page: Page = { path: new URL(req.url).pathname };\n    \
    if (page.path === '/loop') for (;;) {}\n    if (page.path === '/throw') throw new Error('boom');\n    \
    console.warn('asked for', page.path);\n    return new Response('one');\n  },\n};\n";

#[tokio::test]
async fn the_console_and_faults_are_printed_with_their_lines() {
    let terminal = Terminal::run(&[("server.ts", SERVER)], ".", &[]);
    let client = terminal.client();
    terminal.sees("1 up { a: 1 }");
    assert_eq!(client.get("/").await.text().await.unwrap(), "one");
    terminal.sees("2 asked for /");
    client.get("/throw").await;
    terminal.sees("2 Error: boom");
    terminal.sees("2      9 |     if (page.path === '/throw') throw");
    terminal.sees("2     at fetch (server.ts:9:");
}

#[tokio::test]
async fn a_message_that_is_too_long_is_told_once() {
    let server = "export default { websocket: { message() {} },
      fetch: (req, server) => server.upgrade(req) ? undefined : new Response('plain') };
      console.log('up');";
    let terminal = Terminal::run(&[("server.js", server)], ".", &[]);
    let client = terminal.client();
    for _ in 0..2 {
        let mut socket = client.socket("/").await;
        socket.says(&"x".repeat(64 * 1024 + 1)).await;
        assert_eq!(socket.is_closed().await, 1009);
    }
    terminal.sees("a message from a client has at most 64 KiB");
    assert_eq!(client.get("/").await.text().await.unwrap(), "plain");
    assert_eq!(terminal.count("has at most 64 KiB"), 1);
}

#[test]
fn a_file_that_is_no_server_is_refused() {
    let refused = once(&["run", "/etc/passwd"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said.contains("/etc/passwd is no server's file"), "{said}");
}

#[tokio::test]
async fn a_change_starts_the_server_anew_and_a_fault_waits_for_the_next() {
    let terminal = Terminal::run(&[("server.ts", SERVER)], ".", &[]);
    let client = terminal.client();
    assert_eq!(client.get("/").await.text().await.unwrap(), "one");
    terminal.saves("server.ts", &SERVER.replace("'one'", "'two'"));
    terminal.sees("server.ts changed");
    terminal.sees("the server runs again");
    assert_eq!(client.get("/").await.text().await.unwrap(), "two");
    terminal.saves("server.ts", &SERVER.replace("'one')", "'three'"));
    terminal.sees("the server did not start");
    terminal.sees("2     at server.ts:11:");
    let answer = client.get("/").await;
    assert_eq!(answer.status(), 503);
    let text = answer.text().await.unwrap();
    assert!(
        text.contains("save it") && !text.contains("press Run"),
        "{text}"
    );
    terminal.saves("server.ts", &SERVER.replace("'one'", "'four'"));
    terminal.sees_more("the server runs again", 2);
    assert_eq!(client.get("/").await.text().await.unwrap(), "four");
    // A file that is new, and one that goes.
    terminal.saves("page.html", "<p>here");
    terminal.sees_more("the server runs again", 3);
    assert_eq!(
        client.get("/page.html").await.text().await.unwrap(),
        "<p>here"
    );
    std::fs::remove_file(terminal.path().join("page.html")).unwrap();
    terminal.sees_more("the server runs again", 4);
    assert_eq!(client.get("/page.html").await.text().await.unwrap(), "four");
}

#[tokio::test]
async fn after_a_run_has_died_the_next_request_is_answered() {
    let terminal = Terminal::run(&[("server.ts", SERVER)], ".", &["--limit", "turn=200ms"]);
    let client = terminal.client();
    for round in 1..=2 {
        assert_eq!(client.get("/loop").await.status(), 503);
        terminal.sees_more("longer than 200 ms", round);
        terminal.sees_more("2     at fetch (server.ts:8:", round);
        assert_eq!(client.get("/").await.text().await.unwrap(), "one");
    }
}

#[tokio::test]
async fn what_a_server_answers_slowly_is_not_marked() {
    let server =
        "export default { fetch: async () => (await Bun.sleep(1200), new Response('late')) }";
    let terminal = Terminal::run(&[("server.js", server)], ".", &[]);
    let answer = terminal.client().get("/").await;
    assert_eq!(answer.headers().get("x-request-id"), None);
    assert_eq!(answer.text().await.unwrap(), "late");
    assert_eq!(terminal.count("was slow"), 0);
}

#[tokio::test]
async fn a_file_may_be_the_server_and_the_wire_is_shown() {
    let files = [
        ("server.js", "throw new Error('not me')"),
        ("shop.ts", SERVER),
    ];
    let terminal = Terminal::run(&files, "shop.ts", &["--wire"]);
    let client = terminal.client();
    assert_eq!(client.get("/x?y=1").await.text().await.unwrap(), "one");
    terminal.sees("GET /x?y=1 → 200 text/plain;charset=utf-8 3 B");
    assert_ne!(client.get("/shop.ts").await.text().await.unwrap(), SERVER);
    assert_eq!(terminal.count("not me"), 0);
}

#[tokio::test]
async fn a_port_is_told_of_only_where_it_is_another() {
    let server = "const fetch = () => (console.log('asked'), new Response('one'));
        Bun.serve({ port: PORT, fetch });";
    for (port, told) in [("process.env.PORT", 0), ("4567", 1)] {
        let server = server.replace("PORT", port);
        let files = [("server.js", server.as_str())];
        let terminal = Terminal::run(&files, ".", &[]);
        assert_eq!(
            terminal.client().get("/").await.text().await.unwrap(),
            "one"
        );
        terminal.sees("asked");
        assert_eq!(terminal.count("has no effect here"), told, "{port}");
    }
}

#[tokio::test]
async fn of_two_servers_is_said_what_is_wrong_and_nothing_of_their_ports() {
    let fetch = "fetch: () => new Response('one')";
    let server =
        format!("Bun.serve({{ port: 3000, {fetch} }}); Bun.serve({{ port: 3001, {fetch} }});");
    let terminal = Terminal::run(&[("server.js", &server)], ".", &[]);
    terminal.sees("Bun.serve was called a second time");
    assert_eq!(terminal.count("has no effect here"), 0);
}

#[tokio::test]
async fn pictures_are_served_and_what_is_missed_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let page = "<img src=logo.png><img src=photo.png><script src=zero.js></script><a href=secret.txt>\
                <link href=latin.css>and pipe.js";
    std::fs::write(path("index.html"), page).unwrap();
    std::fs::write(path("logo.png"), b"\x89PNG\xff").unwrap();
    std::fs::write(path("photo.png"), vec![0xff; 300 * 1024]).unwrap();
    std::fs::write(path("other.png"), vec![0xff; 300 * 1024]).unwrap();
    std::fs::write(path("latin.css"), b"/* \xfc */").unwrap();
    std::fs::write(path("long.txt"), "x".repeat(300 * 1024)).unwrap();
    std::os::unix::fs::symlink("/dev/zero", path("zero.js")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", path("secret.txt")).unwrap();
    let made = Command::new("mkfifo").arg(path("pipe.js")).status();
    assert!(made.unwrap().success());
    let terminal = Terminal::run_in(folder, ".", &[]);
    let client = terminal.client();
    for name in ["photo.png", "zero.js", "secret.txt", "latin.css", "pipe.js"] {
        terminal.sees(&format!("“{name}”"));
        assert_eq!(client.get(&format!("/{name}")).await.status(), 404);
    }
    terminal.sees("only the files are served");
    let picture = client.get("/logo.png").await;
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert_eq!(picture.bytes().await.unwrap(), &b"\x89PNG\xff"[..]);
    assert_eq!(client.get("/").await.text().await.unwrap(), page);
    assert_eq!(terminal.count("other.png") + terminal.count("long.txt"), 0);
}

#[tokio::test]
async fn folders_are_read_and_watched_but_for_packages_hidden_ones_and_links() {
    let folder = tempfile::tempdir().unwrap();
    let server = "import page from './views/page.js';\n\
        export default { fetch: () => new Response(page()) };\n";
    for (name, text) in [
        ("server.js", server),
        (
            "views/page.js",
            "import { a } from '../lib.js';\nexport default () => a;\n",
        ),
        ("lib.js", "export const a = 'one';\n"),
        ("public/style.css", "p {}"),
        ("node_modules/x/a.css", "a {}"),
        ("public/.git/a.css", "b {}"),
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::os::unix::fs::symlink("/etc", folder.path().join("etc")).unwrap();
    let terminal = Terminal::run_in(folder, ".", &[]);
    let client = terminal.client();
    for (path, text) in [
        ("/", "one"),
        ("/public/style.css", "p {}"),
        ("/node_modules/x/a.css", "one"),
        ("/public/.git/a.css", "one"),
        ("/etc/hostname", "one"),
    ] {
        assert_eq!(client.get(path).await.text().await.unwrap(), text, "{path}");
    }
    let page = "export default function page() {\n  throw new Error('boom');\n}\n";
    terminal.saves("views/page.js", page);
    terminal.sees("views/page.js changed");
    terminal.sees("the server runs again");
    client.get("/").await;
    terminal.sees("2      2 |   throw new Error('boom');");
    terminal.sees("2     at page (views/page.js:2:");
    terminal.saves("server.js", &server.replace("page.js", "pages.js"));
    terminal.sees(
        "server.js imports “./views/pages.js”, but there is no file “views/pages.js”; \
         did you mean “./views/page.js”?",
    );
    terminal.sees("2     at server.js:1:18");
}

#[tokio::test]
async fn what_bun_would_read_the_environment_from_is_named_with_what_to_do() {
    let server = "export default { fetch: () => new Response(String(Bun.env.KEY)) };";
    let files = [
        ("server.js", server),
        (".env", "KEY=secret\n"),
        (".hidden", ""),
    ];
    let terminal = Terminal::run(&files, ".", &[]);
    terminal.sees("“.env” is not read here: set its variables in the server's code");
    let client = terminal.client();
    assert_eq!(client.get("/").await.text().await.unwrap(), "undefined");
    let words = client.get("/.env").await.text().await.unwrap();
    assert!(!words.contains("secret"), "{words}");
}

#[tokio::test]
async fn a_folder_with_too_many_files_takes_no_place_of_those_beside_the_server() {
    let many: Vec<_> = (10..80).map(|n| format!("dist/{n}.js")).collect();
    let mut files: Vec<_> = many.iter().map(|name| (name.as_str(), "")).collect();
    files.push(("index.html", "<p>here"));
    let terminal = Terminal::run(&files, ".", &[]);
    terminal.sees("“dist/73.js” and 6 more in folders are left out: a project holds at most 64");
    let client = terminal.client();
    assert_eq!(client.get("/").await.text().await.unwrap(), "<p>here");
    assert_eq!(client.get("/dist/72.js").await.status(), 200);
    let left_out = client.get("/dist/73.js").await;
    assert_eq!(left_out.status(), 404);
    let words = left_out.text().await.unwrap();
    assert!(words.contains("a project holds at most 64"), "{words}");
    // One that nothing names is said by its address alone.
    terminal.saves("large.png", &"x".repeat(256 * 1024 + 1));
    let says_why = async || {
        let words = client.get("/large.png").await.text().await.unwrap();
        words.contains("“large.png” is larger than 256 KiB")
    };
    assert!(in_time(says_why).await);
    terminal.saves("my photo.png", &"x".repeat(256 * 1024 + 1));
    let says_why = async || {
        let words = client.get("/my%20photo.png").await.text().await.unwrap();
        words.contains("“my photo.png” cannot be a file name here")
    };
    assert!(in_time(says_why).await);
}

#[test]
fn a_wrong_start_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("server.js");
    std::os::unix::fs::symlink("/etc/passwd", &link).unwrap();
    for (path, words) in [
        (link.to_str().unwrap(), "put the file itself there"),
        ("/none.ts", "name the folder that has server.js"),
    ] {
        let output = once(&["run", path, "--listen", "127.0.0.1:0"]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains(words), "{text}");
    }
}
