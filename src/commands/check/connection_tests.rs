//! Both ways to lead a browser, against one of a few lines.

use std::net::Ipv4Addr;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_async};

use super::{Connection, Unanswered};

/// A Chromium's ends of the pipes.
struct Pipes {
    commands: BufReader<DuplexStream>,
    messages: DuplexStream,
}

impl Pipes {
    async fn hears(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.commands.read_until(0, &mut bytes).await.unwrap();
        assert_eq!(bytes.pop(), Some(0));
        serde_json::from_slice(&bytes).unwrap()
    }

    async fn says(&mut self, message: Value) {
        let text = format!("{message}\0");
        self.messages.write_all(text.as_bytes()).await.unwrap();
    }
}

fn over_pipes() -> (Connection, Pipes) {
    let (ours, commands) = duplex(1024);
    let (messages, theirs) = duplex(1024);
    let pipes = Pipes {
        commands: BufReader::new(commands),
        messages,
    };
    (Connection::over_pipes(ours, theirs), pipes)
}

/// A Firefox's end of the socket.
struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    async fn hears(&mut self) -> Value {
        let message = self.0.next().await.unwrap().unwrap();
        serde_json::from_str(message.to_text().unwrap()).unwrap()
    }

    async fn says(&mut self, message: Value) {
        self.0
            .send(Message::text(message.to_string()))
            .await
            .unwrap();
    }
}

async fn over_socket() -> (Connection, Socket) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let accepted = async {
        let (stream, _) = listener.accept().await.unwrap();
        Socket(accept_async(stream).await.unwrap())
    };
    let (connection, socket) = tokio::join!(Connection::over_socket(port), accepted);
    (connection.unwrap(), socket)
}

#[tokio::test]
async fn over_pipes_answers_find_who_asked_in_any_order() {
    let (tools, mut peer) = over_pipes();
    let browser = async {
        let first = peer.hears().await;
        let second = peer.hears().await;
        assert_eq!(first["method"], "A.one");
        assert_eq!(first.get("sessionId"), None);
        assert_eq!(second["sessionId"], "S");
        assert_eq!(second["params"], json!({ "x": 1 }));
        peer.says(json!({ "method": "Some.event", "params": {} }))
            .await;
        peer.says(json!({ "id": second["id"], "result": { "n": 2 } }))
            .await;
        peer.says(json!({ "id": first["id"], "error": { "code": -1, "message": "no" } }))
            .await;
    };
    let (one, two, ()) = tokio::join!(
        tools.ask(None, "A.one", json!({})),
        tools.ask(Some("S"), "A.two", json!({ "x": 1 })),
        browser,
    );
    assert_eq!(
        one.unwrap_err().to_string(),
        "the browser refused A.one: no"
    );
    assert_eq!(two.unwrap(), json!({ "n": 2 }));
}

#[tokio::test]
async fn over_a_socket_answers_find_who_asked_however_long_they_are() {
    let (tools, mut peer) = over_socket().await;
    let long = "x".repeat(100_000);
    let browser = async {
        let first = peer.hears().await;
        let second = peer.hears().await;
        assert_eq!(first["method"], "a.one");
        assert_eq!(second["params"], json!({ "x": long }));
        peer.says(json!({ "type": "event", "method": "some.event", "params": {} }))
            .await;
        let answer = json!({ "type": "success", "id": second["id"], "result": { "n": long } });
        peer.says(answer).await;
        let refusal = json!({ "type": "error", "id": first["id"], "error": "no such frame", "message": "it is gone" });
        peer.says(refusal).await;
    };
    let (one, two, ()) = tokio::join!(
        tools.ask(None, "a.one", json!({})),
        tools.ask(None, "a.two", json!({ "x": long })),
        browser,
    );
    assert_eq!(
        one.unwrap_err().to_string(),
        "the browser refused a.one: it is gone"
    );
    assert_eq!(two.unwrap()["n"], long);
}

#[tokio::test]
async fn nobody_waits_for_a_browser_that_is_gone() {
    let (tools, mut peer) = over_pipes();
    let ends = async {
        peer.hears().await;
        drop(peer);
    };
    let (answer, ()) = tokio::join!(tools.ask(None, "A.one", json!({})), ends);
    assert!(matches!(answer, Err(Unanswered::Gone)));
    let later = tools.ask(None, "A.two", json!({})).await;
    assert!(matches!(later, Err(Unanswered::Gone)));

    let (tools, mut peer) = over_socket().await;
    let ends = async {
        peer.hears().await;
        drop(peer);
    };
    let (answer, ()) = tokio::join!(tools.ask(None, "a.one", json!({})), ends);
    assert!(matches!(answer, Err(Unanswered::Gone)));
}
