//! A Run that goes too far is stopped and named, and hurts nobody else.

use reqwest::StatusCode;

use crate::actors::client::in_time;
use crate::actors::learner::Learner;
use crate::actors::program::Program;

const HELLO: &str = "export default { fetch: () => new Response('hello') };";

/// Runs a server that goes too far at `/`, with a neighbour beside it; gives what the feed says.
async fn goes_too_far(js: &str) -> String {
    // Few lines, so that a slow machine writes them in one turn.
    let program = Program::site_where(&["--limit", "lines=50"], |_| {});
    let mut learner = Learner::arrives(&program).await;
    let mut neighbour = Learner::arrives(&program).await;
    neighbour.runs_server(HELLO).await;
    learner.runs_server(js).await;
    let mut feed = learner.watches().await;
    feed.until(r#""state":"running""#).await;

    let sandbox = learner.sandbox.clone();
    let asked = tokio::spawn(async move { sandbox.get("/").await.status() });
    assert_eq!(neighbour.sandbox.page("/").await, "hello");
    let status = asked.await.expect("an answer");
    assert!(status.is_server_error(), "{status}");
    let told = feed.until(r#""state":"crashed""#).await + &feed.until("\n\n").await;

    learner.runs_server(HELLO).await;
    assert_eq!(learner.sandbox.page("/").await, "hello");
    told
}

#[tokio::test]
async fn an_endless_loop_is_stopped_at_its_line() {
    let told = goes_too_far("export default {\n  fetch() {\n    while (true) {}\n  },\n};").await;
    assert!(told.contains(r#""limit":"turn""#), "{told}");
    assert!(told.contains(r#""line":3"#), "{told}");
}

#[tokio::test]
async fn a_native_loop_that_never_polls_is_stopped_from_outside() {
    let told = goes_too_far(
        "export default { fetch() { Array.prototype.reverse.call({ length: 2 ** 53 - 2 }); } };",
    )
    .await;
    assert!(told.contains(r#""limit":"turn""#), "{told}");
}

#[tokio::test]
async fn a_storm_of_microtasks_is_stopped() {
    let told = goes_too_far(
        "export default { fetch() { const again = () => { Promise.resolve().then(again); }; again(); \
         return new Promise(() => {}); } };",
    )
    .await;
    assert!(told.contains(r#""limit":"turn""#), "{told}");
}

#[tokio::test]
async fn memory_has_a_limit() {
    let told = goes_too_far(
        "export default { fetch() { const all = []; for (;;) all.push(new Array(1e5).fill(1)); } };",
    )
    .await;
    assert!(told.contains(r#""limit":"memory""#), "{told}");
}

#[tokio::test]
async fn output_has_a_limit() {
    let told = goes_too_far(
        "export default { fetch() { for (let n = 0; n < 1e5; n++) console.log(n); } };",
    )
    .await;
    assert!(told.contains(r#""limit":"lines""#), "{told}");
}

#[tokio::test]
async fn a_server_runs_without_the_rehearsal_as_well() {
    let program = Program::site_where(&["--rehearsal", "off"], |_| {});
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(HELLO).await;
    assert_eq!(learner.sandbox.page("/").await, "hello");
}

#[tokio::test]
async fn a_file_that_does_not_parse_is_named_with_its_line() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    let (status, began) = learner
        .runs(&[(
            "server.js",
            "export default {\n  fetch() {\n    return new Response(;\n  },\n};",
        )])
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(began["outcome"], "failed");
    assert_eq!(began["fault"]["name"], "SyntaxError");
    assert_eq!(began["fault"]["frames"][0]["file"], "server.js");
    assert_eq!(began["fault"]["frames"][0]["line"], 3);
}

#[tokio::test]
async fn a_throw_in_a_callback_is_shown_and_the_server_goes_on() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner
        .runs_server("export default {\n  fetch() {\n    missing();\n  },\n};")
        .await;
    let mut feed = learner.watches().await;
    assert_eq!(
        learner.sandbox.get("/").await.status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
    let told = feed.until("missing is not defined").await + &feed.until("\n\n").await;
    assert!(told.contains(r#""line":3"#), "{told}");
    assert_eq!(
        learner.sandbox.get("/").await.status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
}

/// What is too much at once is turned away; the server goes on and the console says why.
#[tokio::test]
async fn one_too_many_is_turned_away_and_the_console_says_why() {
    let limits = [
        "requests=1",
        "sockets=1",
        "streams=1",
        "topics=1",
        "timers=5",
    ];
    let limits: Vec<&str> = limits
        .into_iter()
        .flat_map(|limit| ["--limit", limit])
        .collect();
    let program = Program::site_where(&limits, |_| {});
    let mut learner = Learner::arrives(&program).await;
    learner
        .runs_server(
            r#"export default {
              fetch(req, server) {
                const { pathname } = new URL(req.url);
                if (server.upgrade(req)) return;
                if (pathname === "/never") return new Promise(() => {});
                if (pathname === "/stream") return new Response(new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode("begun")); } }));
                if (pathname === "/timers") {
                  const all = [];
                  try { for (;;) all.push(setTimeout(() => {}, 60_000)); } catch (error) {
                    for (const one of all) clearTimeout(one);
                    return new Response(error.name + ": " + error.message);
                  }
                }
                return new Response("on");
              },
              websocket: { open(ws) { ws.subscribe("one"); ws.subscribe("two"); ws.send("open"); }, message() {} },
            };"#,
        )
        .await;
    let mut feed = learner.watches().await;
    let page = learner.sandbox.page("/timers").await;
    assert!(
        page.starts_with("RangeError: more than 5 timers wait at once"),
        "{page}"
    );
    assert!(page.contains("(limit “timers”)"), "{page}");

    let mut first = learner.sandbox.socket("/").await;
    assert_eq!(first.hears().await, "open");
    feed.until("A subscription was turned away, because the server has 1 topics")
        .await;
    assert!(learner.sandbox.try_socket("/").await.is_err());
    feed.until("A WebSocket was turned away, because 1 WebSockets are open")
        .await;

    let mut stream = learner.sandbox.stream("/stream").await;
    stream.until("begun").await;
    let refused = learner.sandbox.get("/stream").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    let words = refused.text().await.expect("a sentence");
    assert!(words.contains("(limit “streams”)"), "{words}");
    feed.until("A body in pieces was turned away").await;

    let waiting = learner.sandbox.clone();
    let waiting = tokio::spawn(async move { waiting.get("/never").await });
    feed.until("/never").await;
    let refused = learner.sandbox.get("/").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    let words = refused.text().await.expect("a sentence");
    assert!(words.contains("(limit “requests”)"), "{words}");
    waiting.abort();
    let _ = waiting.await;
    drop(stream);
    // The lines that were given up are free again as soon as the sandbox has heard of it.
    let taken = async || learner.sandbox.get("/").await.status() == StatusCode::OK;
    assert!(in_time(taken).await, "no request was taken any more");
}

/// A client that does not read holds up its own stream, and nothing else.
#[tokio::test]
async fn output_faster_than_a_client_reads_waits_for_it() {
    use tokio::io::AsyncWriteExt;

    let program = Program::server(
        r#"let pieces = 0;
        export default { fetch(req) {
          if (new URL(req.url).pathname === "/pieces") return new Response(String(pieces));
          return new Response(new ReadableStream({ pull(c) { pieces++; c.enqueue(new Uint8Array(32_768)); } }));
        } };"#,
    );
    let client = program.client();
    let mut deaf = tokio::net::TcpStream::connect(("127.0.0.1", program.port()))
        .await
        .expect("it listens");
    deaf.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .expect("a request");
    let pieces = || async {
        client
            .page("/pieces")
            .await
            .parse::<u32>()
            .expect("a number")
    };
    // It stands still when so many answers in a row tell of no new piece.
    let (mut before, mut same) = (0, 0);
    while same < 50 {
        let now = pieces().await;
        same = if now > 0 && now == before {
            same + 1
        } else {
            0
        };
        before = now;
        // What the system's buffers hold, and half of what may be under way.
        assert!(
            before < 1000,
            "{before} pieces of 32 KiB went to somebody who reads nothing"
        );
    }
}
