//! Long bodies of requests: a server reads them as they come, up to the limit “body”.

use bytes::Bytes;
use futures_util::StreamExt as _;
use reqwest::{Body, Method, Response, StatusCode};
use tokio::sync::mpsc;

use crate::actors::client::{Client, in_time};
use crate::actors::learner::Learner;
use crate::actors::program::Program;

const MIB: usize = 1024 * 1024;

/// Reads a body in each way, and says how much it was.
const READER: &str = r#"
let come = 0;
export default {
  routes: {
    "/come": () => new Response(String(come)),
    "/refuse": () => new Response("no", { status: 401 }),
    "/text": async (req) => new Response(String((await req.text()).length)),
    "/blob": async (req) => new Response(String((await req.blob()).size)),
    "/twice": async (req) => {
      const twin = req.clone();
      return new Response([await req.bytes(), await twin.bytes()].map((it) => it.length).join());
    },
    "/why": (req) => req.text().then(() => new Response("all"), (error) => new Response(`${error.name}: ${error.message}`)),
    "/gone": async (req) => {
      for await (const piece of req.body) come += piece.length;
    },
  },
  async fetch(req) {
    come = 0;
    for await (const piece of req.body) come += piece.length;
    return new Response(String(come));
  },
};
"#;

async fn post(client: &Client, path: &str, bytes: usize) -> Response {
    let request = client.request(Method::POST, path);
    let sent = request.body(vec![b'x'; bytes]).send().await;
    sent.expect("an answer")
}

/// A body whose pieces are sent one by one.
fn body() -> (mpsc::UnboundedSender<Bytes>, Body) {
    let (sender, mut pieces) = mpsc::unbounded_channel::<Bytes>();
    let stream = async_stream::stream! {
        while let Some(piece) = pieces.recv().await {
            yield Ok::<_, std::io::Error>(piece);
        }
    };
    (sender, Body::wrap_stream(stream.boxed()))
}

fn piece(bytes: usize) -> Bytes {
    vec![b'x'; bytes].into()
}

#[tokio::test]
async fn a_body_is_as_long_as_its_limit_however_it_is_read() {
    let program = Program::server(READER);
    let client = program.client();
    for path in ["/", "/text", "/blob"] {
        let fits = post(&client, path, 8 * MIB).await;
        let text = fits.text().await.expect("text");
        assert_eq!(text, (8 * MIB).to_string(), "{path}");
    }
    let twice = post(&client, "/twice", 3 * MIB).await;
    assert_eq!(twice.text().await.expect("text"), "3145728,3145728");
    let refused = post(&client, "/", 8 * MIB + 1).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.text().await.expect("a sentence").contains("8 MiB"));
}

#[tokio::test]
async fn a_server_sees_a_body_grow() {
    let program = Program::server(READER);
    let client = program.client();
    let (sender, body) = body();
    let upload = tokio::spawn(client.request(Method::POST, "/").body(body).send());
    for come in [300_000, 600_000] {
        sender.send(piece(300_000)).expect("a reader");
        let text = come.to_string();
        assert!(in_time(async || client.page("/come").await == text).await);
    }
    drop(sender);
    let answer = upload.await.expect("a task").expect("an answer");
    assert_eq!(answer.text().await.expect("text"), "600000");
}

#[tokio::test]
async fn a_server_may_answer_before_it_has_the_body() {
    let program = Program::server(READER);
    let client = program.client();
    for _ in 0..3 {
        let refused = post(&client, "/refuse", 8 * MIB).await;
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(refused.text().await.expect("text"), "no");
    }
}

#[tokio::test]
async fn a_body_that_turns_out_too_long_is_refused_like_one_that_says_so() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(READER).await;
    let mut feed = learner.watches().await;
    for path in ["/", "/why", "/text"] {
        let (sender, body) = body();
        for _ in 0..9 {
            sender.send(piece(MIB)).expect("a reader");
        }
        drop(sender);
        let sent = learner.sandbox.request(Method::POST, path).body(body);
        let answer = sent.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let words = answer.text().await.expect("text");
        assert!(words.contains("At most 8 MiB"), "{words}");
    }
    let told = feed.until("A request was turned away, because a request's body has at most 8 MiB");
    let told = told.await;
    assert!(!told.contains("TypeError"), "{told}");
}

/// An answer that has begun goes on.
#[tokio::test]
async fn a_body_that_is_too_long_behind_its_answer_breaks_off_with_the_reason() {
    let program = Program::server(
        r#"export default {
          fetch(req) {
            const say = new TextEncoder();
            return new Response(new ReadableStream({
              async start(stream) {
                stream.enqueue(say.encode("begun "));
                const how = await req.text().then(() => "all", (error) => error.message);
                stream.enqueue(say.encode(how));
                stream.close();
              },
            }));
          },
        };"#,
    );
    let (sender, body) = body();
    sender.send(piece(MIB)).expect("a reader");
    let sent = program.client().request(Method::POST, "/").body(body);
    let answer = tokio::spawn(sent.send());
    for _ in 0..8 {
        sender.send(piece(MIB)).expect("a reader");
    }
    drop(sender);
    let answer = answer.await.expect("a task").expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    let words = answer.text().await.expect("text");
    assert!(words.starts_with("begun At most 8 MiB"), "{words}");
}

#[tokio::test]
async fn a_client_that_goes_away_ends_the_stream_of_its_body() {
    let program = Program::server(READER);
    let client = program.client();
    let (sender, body) = body();
    let upload = tokio::spawn(client.request(Method::POST, "/gone").body(body).send());
    sender.send(piece(200_000)).expect("a reader");
    assert!(in_time(async || client.page("/come").await == "200000").await);
    upload.abort();
    assert_eq!(client.page("/come").await, "200000");
    assert_eq!(post(&client, "/", 100_000).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_limit_is_a_setting_and_the_console_tells_of_it() {
    let program = Program::site_where(&["--limit", "body=128KiB"], |_| {});
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(READER).await;
    let mut feed = learner.watches().await;
    let fits = post(&learner.sandbox, "/", 128 * 1024).await;
    assert_eq!(fits.text().await.expect("text"), "131072");
    let refused = post(&learner.sandbox, "/", 128 * 1024 + 1).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    feed.until("at most 128 KiB").await;
}
