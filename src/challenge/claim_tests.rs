use serde_json::json;

use super::*;
use crate::sandbox::entry::{Direction, Exchange, LineEvent, SocketEntry};

fn entry(client: &str, crossed: Crossed) -> WireEntry {
    WireEntry {
        entry: 1,
        at: 0,
        client: client.to_owned(),
        crossed,
    }
}

fn request(client: &str, method: &str, path: &str, status: u16) -> WireEntry {
    let exchange = Exchange {
        method: method.to_owned(),
        path: path.to_owned(),
        status: Some(status),
        request_headers: vec![("hx-request".to_owned(), "true".to_owned())],
        request_body: Some("name=Ada".to_owned()),
        body: Some("<li>Ada</li>".to_owned()),
        ..Exchange::default()
    };
    entry(client, Crossed::Http(Box::new(exchange)))
}

fn frame(client: &str, direction: Direction, text: &str, receivers: Option<usize>) -> WireEntry {
    let line = SocketEntry {
        socket: 1,
        path: "/chat".to_owned(),
        event: LineEvent::Message,
        direction,
        size: 0,
        text: Some(text.to_owned()),
        binary: false,
        code: None,
        reason: String::new(),
        truncated: false,
        receivers,
        published: None,
        composed: false,
        heard: None,
    };
    entry(client, Crossed::WebSocket(line))
}

fn whole(entries: Vec<WireEntry>) -> Log {
    Log {
        entries: entries.into_iter().map(Arc::new).collect(),
        is_whole: true,
    }
}

fn claim(json: serde_json::Value) -> Claim {
    serde_json::from_value(json).expect("a claim")
}

#[test]
fn a_claim_is_held_against_the_log() {
    let log = [
        request("Alice", "POST", "/guests?page=2", 303),
        frame("Bob", Direction::Out, "<li>Hi</li>", None),
        frame("Alice", Direction::Out, "<li>Hi</li>", Some(20)),
        frame("Alice", Direction::In, "{\"message\":\"Hi\"}", None),
    ];
    let log = whole(log.to_vec());
    for (said, holds) in [
        (
            json!({"request": "POST", "path": "/guests", "status": 303}),
            true,
        ),
        (json!({"request": "*", "path": "/guests?page=2"}), true),
        (json!({"request": "POST", "path": "/guests?page=3"}), false),
        (
            json!({"request": "POST", "path": "/gu*", "client": "alice"}),
            true,
        ),
        (json!({"request": "POST", "client": "Bob"}), false),
        (
            json!({"request": "POST", "header": {"HX-Request": "true"}}),
            true,
        ),
        (
            json!({"request": "POST", "header": {"HX-Boosted": "*"}}),
            false,
        ),
        (
            json!({"request": "POST", "body": "Ada", "contains": "<li>"}),
            true,
        ),
        (json!({"request": "DELETE", "times": 0}), true),
        (json!({"request": "POST", "times": 0}), false),
        (
            json!({"frame": "sent", "contains": "Hi", "times": 21}),
            true,
        ),
        (
            json!({"frame": "sent", "contains": "Hi", "times": 22}),
            false,
        ),
        (
            json!({"frame": "received", "contains": "Hi", "times": 2}),
            false,
        ),
        (json!({"event": "*"}), false),
    ] {
        assert_eq!(claim(said.clone()).hold(&log).is_ok(), holds, "{said}");
    }
}

#[test]
fn a_claim_is_one_thing_and_has_words() {
    assert!(!claim(json!({})).is_clear());
    assert!(!claim(json!({"request": "GET", "event": "price"})).is_clear());
    assert!(serde_json::from_value::<Claim>(json!({"requests": "GET"})).is_err());
    insta::assert_snapshot!(
        claim(json!({"request": "POST", "path": "/say", "status": 403, "client": "Mallory"})).sentence(),
        @"a request POST at /say of Mallory that is answered with 403"
    );
    insta::assert_snapshot!(
        claim(json!({"frame": "sent", "contains": "Hi", "times": 2})).sentence(),
        @"a WebSocket message from the server that has “Hi” in it, 2 times"
    );
}

#[test]
fn what_is_not_borne_out_is_told_with_the_entry_that_shows_it_best() {
    let mut other = request("Bob", "POST", "/guests", 200);
    other.entry = 2;
    let log = whole(vec![request("Alice", "GET", "/guests", 200), other]);
    let unproved = |said: serde_json::Value| {
        let Unproved { found, entry, .. } = claim(said).hold(&log).expect_err("it does not hold");
        (found, entry)
    };
    let (found, entry) = unproved(json!({
        "request": "POST", "path": "/guests", "status": 403, "header": {"HX-Boosted": "true"}
    }));
    assert_eq!(entry, Some(2));
    insta::assert_snapshot!(found, @"the nearest is POST /guests of Bob, answered with 200; it was answered with 200; it has no HX-Boosted header");
    assert_eq!(
        unproved(json!({"request": "DELETE", "path": "/rooms"})),
        (NOTHING.to_owned(), None)
    );
    assert_eq!(
        unproved(json!({"request": "*", "times": 3})),
        ("2 of 3".to_owned(), Some(2))
    );
    let (found, entry) = unproved(json!({"request": "POST", "times": 0}));
    assert_eq!(
        (found.as_str(), entry),
        ("POST /guests of Bob, answered with 200", Some(2))
    );
}

#[test]
fn that_something_never_happened_is_not_believed_of_a_log_with_a_gap() {
    let never = claim(json!({"request": "DELETE", "times": 0}));
    let mut log = whole(Vec::new());
    assert_eq!(never.hold(&log), Ok(()));
    assert!(!never.is_positive());
    log.is_whole = false;
    assert!(never.hold(&log).is_err());
}
