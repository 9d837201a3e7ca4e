//! The protocol against a browser of a few lines.

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex};

use super::{DevTools, Unanswered};

/// The browser's ends of the pipes.
struct Peer {
    commands: BufReader<DuplexStream>,
    messages: DuplexStream,
}

impl Peer {
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

fn pair() -> (DevTools, Peer) {
    let (ours, commands) = duplex(1024);
    let (messages, theirs) = duplex(1024);
    let peer = Peer {
        commands: BufReader::new(commands),
        messages,
    };
    (DevTools::over(ours, theirs), peer)
}

#[tokio::test]
async fn answers_find_who_asked_in_any_order() {
    let (tools, mut peer) = pair();
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
async fn nobody_waits_for_a_browser_that_is_gone() {
    let (tools, mut peer) = pair();
    let ends = async {
        peer.hears().await;
        drop(peer);
    };
    let (answer, ()) = tokio::join!(tools.ask(None, "A.one", json!({})), ends);
    assert!(matches!(answer, Err(Unanswered::Gone)));
    let later = tools.ask(None, "A.two", json!({})).await;
    assert!(matches!(later, Err(Unanswered::Gone)));
}
