//! What an operator stops and blocks, who reads it, and the list that keeps it.

use reqwest::{Method, StatusCode};
use serde_json::json;
use tempfile::TempDir;

use crate::actors::client::{Client, in_time};
use crate::actors::learner::{LESSON, Learner};
use crate::actors::operator::asks;
use crate::actors::program::Program;

const CHAT: &str = "Bun.serve({
    fetch: (request, server) => server.upgrade(request) ? undefined : new Response('hello'),
    websocket: { open: (ws) => ws.send('welcome'), message() {} },
});";

#[tokio::test]
async fn a_server_that_an_operator_stops_ends_and_starts_by_run_alone() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(CHAT).await;
    let mut feed = ada.watches().await;
    feed.until(r#""state":"running""#).await;
    let (status, said) = asks(&program, &["stop", &ada.sandbox_id[..8]]).await;
    let id = &ada.sandbox_id;
    assert_eq!(
        (status, said),
        (
            Some(0),
            format!(
                "stopped the server of sandbox {id}; its learner's Run starts it again. To prevent that: hxlab block {id}\n"
            )
        )
    );
    let told = feed.until(r#""state":"stopped""#).await + &feed.until("\n\n").await;
    assert!(told.contains("Whoever runs this site stopped"), "{told}");
    let page = ada.sandbox.get("/").await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = page.text().await.expect("a text");
    assert!(page.contains("Whoever runs this site stopped it"), "{page}");
    let (status, said) = asks(&program, &["stop", id]).await;
    assert_eq!(status, Some(1));
    assert!(said.contains("is stopped already"), "{said}");
    let (_, said) = asks(&program, &["blocked"]).await;
    assert!(said.starts_with(&format!("stopped {id}  for ")), "{said}");
    ada.runs_server(CHAT).await;
    assert_eq!(ada.sandbox.page("/").await, "hello");
}

#[tokio::test]
async fn a_server_that_does_not_read_is_stopped_as_well() {
    let program = Program::site_again(TempDir::new().expect("a folder"), &["--limit", "turn=60s"]);
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server("export default { fetch: () => { for (;;); } };")
        .await;
    let sandbox = ada.sandbox.clone();
    let asked = tokio::spawn(async move { sandbox.get("/").await.status() });
    let is_asked = async || {
        let (_, said) = asks(&program, &["top", "--json"]).await;
        said.contains("\"clients\": 1")
    };
    assert!(in_time(is_asked).await);
    let (status, said) = asks(&program, &["stop", &ada.sandbox_id]).await;
    assert_eq!(status, Some(0), "{said}");
    let answer = asked.await.expect("an answer");
    assert_eq!(answer, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_blocked_sandbox_is_shut_until_it_is_unblocked_over_restarts_too() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(CHAT).await;
    let url = ada.sandbox.url("/chat");
    let (status, said) = asks(&program, &["block", &url]).await;
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("and stopped its server"), "{said}");
    let page = ada.sandbox.get("/").await;
    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    let page = page.text().await.expect("a page");
    assert!(
        page.contains("Whoever runs this site has blocked this server"),
        "{page}"
    );
    let (status, refused) = ada.runs(&[("server.js", CHAT)]).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{refused}");
    // What is typed is saved, and nothing was saved unsaid.
    let kept = ada.saves(&[("server.js", "// on")]).await;
    assert_eq!(kept.0, StatusCode::OK, "{}", kept.1);
    let draft = json!({ "version": ada.version, "files": { "server.js": CHAT } });
    let (status, refused) = ada
        .posts(&format!("/lessons/{LESSON}/challenge"), &draft)
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{refused}");
    let program = tokio::task::spawn_blocking(|| program.restarted())
        .await
        .expect("it starts");
    let (_, said) = asks(&program, &["blocked"]).await;
    let id = ada.sandbox_id.clone();
    assert!(said.starts_with(&format!("sandbox {id}  for ")), "{said}");
    let mut ada = Learner::returns(&program, &ada.site).await;
    assert_eq!(ada.sandbox.get("/").await.status(), StatusCode::FORBIDDEN);
    let (status, said) = asks(&program, &["unblock", &id]).await;
    assert_eq!(status, Some(0), "{said}");
    ada.runs_server(CHAT).await;
    assert_eq!(ada.sandbox.page("/").await, "hello");
    let (_, said) = asks(&program, &["blocked"]).await;
    assert_eq!(said, "nobody is blocked or stopped\n");
}

#[tokio::test]
async fn a_blocked_address_is_turned_away_and_others_are_not() {
    let settings = ["--trusted-proxy", "127.0.0.1", "--trusted-proxy", "fd00::1"];
    let program = Program::site_again(TempDir::new().expect("a folder"), &settings);
    let client = program.client().at("hxlab.localhost");
    let reads = async |from: &str| {
        let request = client.request(Method::GET, "/");
        let answer = request.header("x-forwarded-for", from).send().await;
        let answer = answer.expect("an answer");
        (answer.status(), answer.text().await.expect("a text"))
    };
    let (status, said) = asks(&program, &["block", "2001:db8::1"]).await;
    assert_eq!(
        (status, &*said),
        (Some(0), "blocked address 2001:db8::/64\n")
    );
    let (status, page) = reads("2001:db8::2").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(page.contains("Your address is blocked"), "{page}");
    assert_eq!(reads("2001:db8:1::2").await.0, StatusCode::OK);
    // Networks in which this machine or a proxy is, too.
    for everybodys in ["127.0.0.1", "::1", "::2", "fd00::2"] {
        let (_, said) = asks(&program, &["block", everybodys]).await;
        assert!(said.contains("and everybody may come from there"), "{said}");
    }
    let (_, said) = asks(&program, &["unblock", "2001:db8::/64"]).await;
    assert!(said.contains("no longer"), "{said}");
    assert_eq!(reads("2001:db8::2").await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_server_that_is_stopped_stays_so_over_a_restart_and_its_learner_reads_it() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(CHAT).await;
    let (status, said) = asks(&program, &["stop", &ada.sandbox_id]).await;
    assert_eq!(status, Some(0), "{said}");
    let program = restarted(program).await;
    let mut ada = Learner::returns(&program, &ada.site).await;
    let page = ada.sandbox.get("/").await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = page.text().await.expect("a text");
    assert!(page.contains("Whoever runs this site stopped it"), "{page}");
    let told = ada.watches().await.until("Whoever runs this site").await;
    assert!(told.contains(r#""state":"stopped""#), "{told}");
    let (_, said) = asks(&program, &["unblock", &ada.sandbox_id]).await;
    assert!(said.contains("is stopped and not blocked"), "{said}");
    ada.runs_server(CHAT).await;
    assert_eq!(ada.sandbox.page("/").await, "hello");
    // Its learner's Run has lifted it for good.
    let program = restarted(program).await;
    let ada = Learner::returns(&program, &ada.site).await;
    assert_eq!(ada.sandbox.page("/").await, "hello");
    let (_, said) = asks(&program, &["blocked"]).await;
    assert_eq!(said, "nobody is blocked or stopped\n");
}

#[tokio::test]
async fn one_that_sleeps_is_stopped_as_well() {
    let program = Program::site();
    let ada = Learner::arrives(&program).await;
    let (status, said) = asks(&program, &["stop", &ada.sandbox_id]).await;
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("runs, and no request starts it"), "{said}");
    let page = ada.sandbox.get("/").await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
}

async fn restarted(program: Program) -> Program {
    let restarts = tokio::task::spawn_blocking(|| program.restarted());
    restarts.await.expect("it starts")
}

#[tokio::test]
async fn who_is_blocked_reads_whom_to_ask_as_a_page_or_as_json() {
    let settings = [
        "--trusted-proxy",
        "127.0.0.1",
        "--report-to",
        "mailto:help@example.org",
    ];
    let program = Program::site_again(TempDir::new().expect("a folder"), &settings);
    let ada = Learner::arrives(&program).await;
    let asks_for = async |client: &Client, path: &str, accept: &str| {
        let request = client.request(Method::GET, path).header("accept", accept);
        let request = request.header("x-forwarded-for", "192.0.2.1");
        let answer = request.send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a text"))
    };
    for (blocked, title) in [
        (ada.sandbox_id.as_str(), "This server is blocked"),
        ("192.0.2.1", "Your address is blocked"),
    ] {
        let (status, said) = asks(&program, &["block", blocked]).await;
        assert_eq!(status, Some(0), "{said}");
        let (status, page) = asks_for(&ada.sandbox, "/", "text/html").await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        for part in [
            title,
            "<a href=\"mailto:help@example.org\"",
            "rel=\"stylesheet\"",
            "site-header",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let styles = page
            .split_once("rel=\"stylesheet\" href=\"")
            .expect("styles")
            .1;
        let styles = styles.split('"').next().expect("an end");
        let (status, _) = asks_for(&ada.sandbox, styles, "text/css").await;
        assert_eq!(status, StatusCode::OK, "{styles}");
        let (status, json) = asks_for(&ada.sandbox, "/api", "application/json").await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let error = json["error"].as_str().expect("a sentence");
        assert!(
            error.ends_with(" Whoever runs this site is reached at help@example.org."),
            "{error}"
        );
    }
    let (status, page) = asks_for(&program.client(), "/", "text/html").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(page.contains("Your address is blocked"), "{page}");
}

#[tokio::test]
async fn what_is_edited_in_the_list_holds_and_a_fault_in_it_is_said() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(CHAT).await;
    let mut socket = ada.sandbox.socket("/").await;
    assert_eq!(socket.hears().await, "welcome");
    let list = program.data().join("blocked");
    let writes = |text: &str| std::fs::write(&list, text).expect("it takes it");
    writes(&format!("# by hand\nsandbox {}\n", ada.sandbox_id));
    socket.is_closed().await;
    assert_eq!(ada.sandbox.get("/").await.status(), StatusCode::FORBIDDEN);
    // Whoever asks at once has it hold, whether or not hxlab has looked by itself.
    let mut bob = Learner::arrives(&program).await;
    bob.runs_server(CHAT).await;
    let mut feed = bob.watches().await;
    feed.until(r#""state":"running""#).await;
    writes(&format!(
        "sandbox {}\nsandbox {}\n",
        ada.sandbox_id, bob.sandbox_id
    ));
    let (status, said) = asks(&program, &["blocked"]).await;
    assert_eq!(status, Some(0), "{said}");
    let line = format!("sandbox {}\n", bob.sandbox_id);
    assert!(said.contains(&line), "without a time: {said}");
    feed.until(r#""state":"stopped""#).await;
    writes("# by hand\nsandbox\n");
    for words in [
        &["blocked"][..],
        &["block", "192.0.2.1"],
        &["unblock", &ada.sandbox_id],
    ] {
        let (status, said) = asks(&program, words).await;
        assert_eq!(status, Some(1), "{said}");
        assert!(said.contains("blocked:2: “sandbox” names nobody"), "{said}");
    }
    let (_, said) = asks(&program, &["block", "192.0.2.1"]).await;
    for words in [
        "address 192.0.2.1 is blocked only until the list is mended: ",
        "; mend it, then block 192.0.2.1 again",
    ] {
        assert!(said.contains(words), "{said}");
    }
}

#[tokio::test]
async fn a_name_that_could_mislead_is_refused_with_what_can_be_blocked() {
    let program = Program::site();
    let ada = Learner::arrives(&program).await;
    let elsewhere = format!("http://{}.example.org/", ada.sandbox_id);
    for (name, words) in [
        ("192.0.2.0/24", "is a network"),
        ("7", "learners are not blocked by their numbers"),
        ("ada", "is no name of a sandbox and no address"),
        (&elsewhere, "there is no sandbox"),
        ("0.0.0.0", "nobody comes from"),
        ("", "“” is no name of a sandbox and no address"),
    ] {
        let (status, said) = asks(&program, &["block", name]).await;
        assert_eq!(status, Some(1), "{name}: {said}");
        assert!(said.contains(words), "{name}: {said}");
    }
    let (status, said) = asks(&program, &["stop", "192.0.2.1"]).await;
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("is an address and no sandbox"), "{said}");
}

#[tokio::test]
async fn what_a_blocked_address_gets_counts_for_its_day() {
    let settings = [
        "--trusted-proxy",
        "127.0.0.1",
        "--bytes-per-address",
        "1MiB",
    ];
    let program = Program::site_again(TempDir::new().expect("a folder"), &settings);
    let client = program.client().at("hxlab.localhost");
    let (status, said) = asks(&program, &["block", "192.0.2.1"]).await;
    assert_eq!(status, Some(0), "{said}");
    let reads = async || {
        let request = client.request(Method::GET, "/");
        let answer = request.header("x-forwarded-for", "192.0.2.1").send().await;
        let answer = answer.expect("an answer");
        (answer.status(), answer.bytes().await.expect("bytes").len())
    };
    let (mut status, size) = reads().await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    for _ in 0..=1024 * 1024 / size {
        status = reads().await.0;
    }
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
}
