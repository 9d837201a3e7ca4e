//! Faults that a learner has happen to the clients of their own server.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::actors::client::Client;
use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::Program;

/// Counts what it is asked in this Run.
const SERVER: &str = r#"
let count = 0;
export default {
  fetch(req, server) {
    const { pathname } = new URL(req.url);
    if (pathname === "/chat" && server.upgrade(req)) return;
    if (pathname === "/news") {
      const body = new ReadableStream({ start: (it) => it.enqueue("data: first\n\n") });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    }
    return new Response(`Answer ${count += 1}`);
  },
  websocket: { open: (ws) => ws.send("welcome"), message() {}, close: (ws, code) => console.log("closed", code) },
};"#;

impl Learner {
    /// Has a fault happen.
    async fn has(&self, fault: &Value) -> (StatusCode, Value) {
        self.posts(&format!("/lessons/{LESSON}/faults"), fault)
            .await
    }

    async fn must_have(&self, fault: Value) {
        let (status, answer) = self.has(&fault).await;
        assert_eq!(status, StatusCode::OK, "{fault}: {answer}");
    }

    /// Who has connections open that could be cut.
    async fn connections(&self) -> Value {
        let asked = self.asks(Method::GET, "faults").send().await;
        asked.expect("an answer").json().await.expect("JSON")
    }
}

async fn learner(program: &Program) -> Learner {
    let mut learner = Learner::arrives(program).await;
    learner.runs_server(SERVER).await;
    learner
}

async fn hangs_up(client: &Client) -> bool {
    match client.request(Method::GET, "/").send().await {
        Ok(_) => false,
        // The kernel took the connection, so what is missing is the answer; a time-out would be another fault.
        Err(error) => {
            let is_answer = !error.is_connect() && !error.is_timeout();
            assert!(error.is_request() && is_answer, "{error:?}");
            true
        }
    }
}

#[tokio::test]
async fn a_cut_breaks_sockets_and_streams_and_says_how_many() {
    let program = Program::site();
    let (ada, ben) = (learner(&program).await, learner(&program).await);
    let mut feed = ada.watches().await;
    let second = format!("{}--bob.hxlab.localhost", ada.sandbox_id);
    let second = ada.sandbox.at(&second);
    let mut own = ada.sandbox.socket("/chat").await;
    let mut news = ada.sandbox.stream("/news").await;
    let mut other = second.socket("/chat").await;
    let mut bens = ben.sandbox.socket("/chat").await;
    for socket in [&mut own, &mut other, &mut bens] {
        assert_eq!(socket.hears().await, "welcome");
    }
    news.until("data: first").await;
    let clients = json!([
        { "client": "A", "connections": 2 },
        { "client": "Bob", "connections": 1 },
    ]);
    assert_eq!(ada.connections().await["clients"], clients);

    ada.must_have(json!({ "do": "cut", "client": "Bob" })).await;
    assert_eq!(other.is_closed().await, 1006);
    feed.until("You cut 1 connection of Bob.").await;
    // Its server hears it.
    feed.until("closed 1006").await;
    own.says("still here").await;

    ada.must_have(json!({ "do": "cut", "client": null })).await;
    assert_eq!(own.is_closed().await, 1006);
    news.is_ended().await;
    feed.until("You cut 2 connections.").await;
    feed.until("\"code\":1006").await;

    assert_eq!(ben.connections().await["clients"][0]["connections"], 1);
    bens.says("of this nothing is heard").await;
}

#[tokio::test]
async fn a_refused_connection_gets_no_answer_until_it_is_over_and_other_learners_notice_nothing() {
    let program = Program::site();
    let (ada, ben) = (learner(&program).await, learner(&program).await);
    let mut feed = ada.watches().await;
    ada.must_have(json!({ "do": "refuse" })).await;
    assert!(hangs_up(&ada.sandbox).await);
    assert!(ada.sandbox.try_socket("/chat").await.is_err());
    feed.until("\"refuses\":true").await;
    feed.until("\"injected\":\"refused\"").await;
    let composed =
        json!({ "method": "GET", "path": "/", "headers": [], "body": "", "handshake": false });
    let composed = json!({ "request": composed });
    let send = format!("/lessons/{LESSON}/send");
    let (_, told) = ada.posts(&send, &composed).await;
    assert_eq!(
        (&told["status"], &told["refused"]),
        (&json!(null), &json!(true))
    );
    assert!(!hangs_up(&ben.sandbox).await);
    feed.until("\"refuses\":false").await;
    feed.until("Connections are accepted again.").await;
    assert_eq!(ada.sandbox.page("/").await, "Answer 1", "it was not asked");
    ada.sandbox.socket("/chat").await;
}

#[tokio::test]
async fn a_proxy_gets_an_answer_when_connections_are_refused() {
    let program = Program::site_where(&["--trusted-proxy", "127.0.0.1"], |_| {});
    let ada = learner(&program).await;
    ada.must_have(json!({ "do": "refuse" })).await;
    let asked = ada.sandbox.request(Method::GET, "/");
    let asked = asked.header("x-forwarded-for", "192.0.2.1").send().await;
    let answer = asked.expect("an answer, or it thinks that the site is down");
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn what_holds_ends_with_the_next_run_and_is_told_whoever_comes_later() {
    let program = Program::site();
    let mut ada = learner(&program).await;
    ada.must_have(json!({ "do": "fail", "on": true })).await;
    let failed = ada.sandbox.get("/").await;
    assert_eq!(failed.status(), StatusCode::INTERNAL_SERVER_ERROR);
    ada.must_have(json!({ "do": "delay", "on": true })).await;
    let mut late = ada.watches().await;
    late.until("\"delays\":true,\"fails\":true").await;
    ada.must_have(json!({ "do": "fail", "on": false })).await;
    assert_eq!(ada.sandbox.page("/").await, "Answer 1");
    late.until("\"injected\":\"delayed\"").await;
    ada.runs_server(SERVER).await;
    late.until("\"delays\":false,\"fails\":false").await;
    late.until("The faults are over: delayed answers. Run ended them.")
        .await;
}

#[tokio::test]
async fn a_restart_runs_the_same_code_anew_and_its_sockets_are_told_so() {
    let program = Program::site();
    let mut ada = learner(&program).await;
    assert_eq!(ada.sandbox.page("/").await, "Answer 1");
    assert_eq!(ada.sandbox.page("/").await, "Answer 2");
    let mut socket = ada.sandbox.socket("/chat").await;
    // What was saved since is not what ran.
    let newer = "export default { fetch: () => new Response('Newer') };";
    assert_eq!(ada.saves(&[("server.js", newer)]).await.0, StatusCode::OK);
    ada.must_have(json!({ "do": "restart" })).await;
    assert_eq!(socket.hears().await, "welcome");
    assert_eq!(socket.is_closed().await, 1012);
    assert_eq!(ada.sandbox.page("/").await, "Answer 1");
    let stopped = ada.asks(Method::POST, "stop").json(&json!({})).send().await;
    assert!(stopped.expect("an answer").status().is_success());
    let (status, answer) = ada.has(&json!({ "do": "restart" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        answer["error"],
        "Nothing runs that could be restarted: press Run."
    );
}

#[tokio::test]
async fn faults_are_a_known_learners_and_say_what_they_are() {
    let program = Program::site();
    let ada = learner(&program).await;
    let stranger = Learner::newcomer(&program).await;
    let (status, _) = stranger.has(&json!({ "do": "refuse" })).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    for nonsense in [
        json!({ "do": "explode" }),
        json!({ "do": "delay" }),
        json!({ "do": "cut" }),
        json!({ "do": "off", "x": 1 }),
        json!([]),
    ] {
        let (status, answer) = ada.has(&nonsense).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{nonsense}");
        let words = "This is not what the workbench sends: reload the page.";
        assert_eq!(answer["error"], words, "{nonsense}");
    }
    assert_eq!(ada.sandbox.page("/").await, "Answer 1");
}
