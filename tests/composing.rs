//! What a learner sends from the workbench into their own sandbox.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::Program;

const SERVER: &str = r#"
let stream;
let go;
export default {
  async fetch(req, server) {
    const { pathname } = new URL(req.url);
    if (pathname === "/chat" && server.upgrade(req)) return;
    if (pathname === "/half") { stream.enqueue("event: half\n"); return new Response("half"); }
    if (pathname === "/news") {
      const body = new ReadableStream({ start(it) { stream = it; it.enqueue("data: first\n\n"); } });
      const more = Object.fromEntries(new URL(req.url).searchParams);
      return new Response(body, { headers: { "Content-Type": "text/event-stream", ...more } });
    }
    if (pathname === "/wait") { await new Promise((it) => (go = it)); return new Response("waited"); }
    if (pathname === "/go") { go(); return new Response("gone"); }
    const words = ["origin", "cookie", "hx-request", "content-length"].map((name) => req.headers.get(name));
    console.log(req.method, await req.text(), ...words);
    return new Response("done", { status: 201 });
  },
  websocket: { message(ws, message) { ws.send("heard " + message); } },
};
"#;

impl Learner {
    /// Sends what was composed.
    async fn composes(&self, what: &Value) -> (StatusCode, Value) {
        self.posts(&format!("/lessons/{LESSON}/send"), what).await
    }
}

fn request(path: &str, rest: &Value) -> Value {
    let mut request = json!({
        "method": "POST", "path": path, "headers": [], "body": "", "handshake": false,
    });
    for (name, value) in rest.as_object().expect("fields") {
        request[name] = value.clone();
    }
    json!({ "request": request })
}

/// The number of the last line that the wire tells of.
fn number(told: &str, field: &str) -> u64 {
    let (_, rest) = told
        .rsplit_once(&format!("\"{field}\":"))
        .expect("it is told");
    let end = rest
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(rest.len());
    rest[..end].parse().expect("a number")
}

#[tokio::test]
async fn a_request_is_sent_as_another_origin_would_and_the_wire_shows_it() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SERVER).await;
    let mut feed = learner.watches().await;
    let asked = request(
        "/gifts?to=me",
        &json!({
            "headers": [["Origin", "https://elsewhere.example"], ["Cookie", "id=1"], ["HX-Request", "true"]],
            "body": "to=me",
        }),
    );
    let (status, answer) = learner.composes(&asked).await;
    assert_eq!(
        (status, &answer["status"]),
        (StatusCode::OK, &json!(201)),
        "{answer}"
    );
    feed.until("POST to=me https://elsewhere.example id=1 true 5")
        .await;
    let told = feed.until("\"done\":true").await;
    assert!(told.contains("\"client\":\"Composer\""), "{told}");
    assert_eq!(answer["entry"], json!(number(&told, "entry")));
}

#[tokio::test]
async fn each_of_two_requests_at_once_is_told_its_own_row() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SERVER).await;
    let mut feed = learner.watches().await;
    let (wait, go) = (request("/wait", &json!({})), request("/go", &json!({})));
    let second = async {
        let first = number(&feed.until("\"path\":\"/wait\"").await, "entry");
        (first, learner.composes(&go).await)
    };
    let ((_, waited), (first, (_, gone))) = tokio::join!(learner.composes(&wait), second);
    assert_eq!(waited["entry"], json!(first), "{gone}");
}

#[tokio::test]
async fn a_handshake_is_answered_and_leaves_no_socket_open() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SERVER).await;
    let mut feed = learner.watches().await;
    let headers = json!([
        ["Connection", "Upgrade"],
        ["Upgrade", "websocket"],
        ["Sec-WebSocket-Version", "13"],
        ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
    ]);
    let asked = json!({ "method": "GET", "handshake": true, "headers": headers });
    let (_, answer) = learner.composes(&request("/chat", &asked)).await;
    assert_eq!(answer["status"], json!(101), "{answer}");
    feed.until("\"event\":\"close\"").await;
}

#[tokio::test]
async fn a_message_takes_the_place_of_either_end_of_an_open_socket() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SERVER).await;
    let mut feed = learner.watches().await;
    let mut socket = learner.sandbox.socket("/chat").await;
    let told = feed.until("\"event\":\"open\"").await;
    let number = number(&told, "socket");
    let frame =
        |to: &str, text: &str| json!({ "frame": { "socket": number, "to": to, "text": text } });

    let (status, _) = learner.composes(&frame("server", "from the page")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(socket.hears().await, "heard from the page");
    learner
        .composes(&frame("browser", "<p>from the server</p>"))
        .await;
    assert_eq!(socket.hears().await, "<p>from the server</p>");
    let told = feed.until("from the server").await + &feed.until("\n\n").await;
    assert!(told.contains("\"composed\":true"), "{told}");

    drop(socket);
    feed.until("\"event\":\"close\"").await;
    let (status, answer) = learner.composes(&frame("server", "too late")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer["error"]
            .as_str()
            .is_some_and(|it| it.contains("has closed")),
        "{answer}"
    );
}

#[tokio::test]
async fn an_event_is_put_between_those_of_the_server_and_never_into_one() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SERVER).await;
    let mut feed = learner.watches().await;
    let mut news = learner.sandbox.stream("/news").await;
    news.until("data: first\n\n").await;
    let told = feed.until("\"data\":\"first\"").await;
    let event = json!({ "event": {
        "stream": number(&told, "stream"), "name": "price", "data": "one\ntwo", "id": "7",
    } });
    let (status, answer) = learner.composes(&event).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    news.until("event: price\nid: 7\ndata: one\ndata: two\n\n")
        .await;
    feed.until("\"composed\":true").await;

    learner.sandbox.page("/half").await;
    news.until("event: half\n").await;
    let (status, _) = learner.composes(&event).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_event_is_not_put_into_a_stream_that_is_compressed_or_has_a_length() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SERVER).await;
    let mut feed = learner.watches().await;
    for header in ["content-encoding=br", "content-length=1000"] {
        let _stream = learner.sandbox.stream(&format!("/news?{header}")).await;
        let told = feed.until("\"data\":\"first\"").await;
        let event = json!({ "event": {
            "stream": number(&told, "stream"), "name": "price", "data": "1", "id": null,
        } });
        let (status, answer) = learner.composes(&event).await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{header} {answer}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_in_words() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SERVER).await;
    for (path, rest, words) in [
        ("gifts", json!({}), "begins with"),
        ("/a b", json!({}), "begins with"),
        ("/a#b", json!({}), "nor “#”"),
        ("/.hxlab/preview.js", json!({}), "never reach your server"),
        ("//", json!({ "method": "CONNECT" }), "one word"),
        ("/", json!({ "method": "GET / HTTP" }), "one word"),
        ("/", json!({ "headers": [["a b", "c"]] }), "header's name"),
        (
            "/",
            json!({ "headers": [["a", "c\r\nd: e"]] }),
            "cannot be sent",
        ),
        ("/", json!({ "headers": vec![["a", "b"]; 101] }), "too many"),
        (
            "/",
            json!({ "headers": [["a", "b".repeat(33_000)]] }),
            "too many",
        ),
    ] {
        let (status, answer) = learner.composes(&request(path, &rest)).await;
        let said = answer["error"].as_str().unwrap_or_default();
        assert!(said.contains(words), "{path} {said}");
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let name = json!({ "event": { "stream": 0, "name": "a\nb", "data": "", "id": null } });
    let (status, _) = learner.composes(&name).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn only_the_learners_own_page_sends() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SERVER).await;
    let mut feed = learner.watches().await;
    let asked = request("/theirs", &json!({}));
    for (from, expected) in [
        ("same-site", StatusCode::FORBIDDEN),
        ("same-origin", StatusCode::OK),
    ] {
        let path = format!("/lessons/{LESSON}/send");
        let sent = learner
            .site
            .request(Method::POST, &path)
            .header("sec-fetch-site", from);
        let answer = sent.json(&asked).send().await.expect("an answer");
        assert_eq!(answer.status(), expected);
    }
    let stranger = Learner::newcomer(&program).await;
    let (status, _) = stranger.composes(&asked).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    // Another learner's goes into a sandbox of their own.
    let mut other = Learner::arrives(&program).await;
    other.runs_server(SERVER).await;
    other.composes(&request("/elsewhere", &json!({}))).await;
    learner.sandbox.get("/last").await;
    let told = feed.until("/last").await;
    assert!(
        told.contains("/theirs") && !told.contains("/elsewhere"),
        "{told}"
    );
}
