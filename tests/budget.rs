//! Nobody takes what is for all: memory, places for servers, connections through a proxy; and what an operator
//! sees of it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::{Method, Response, StatusCode};

use crate::actors::client::in_time;
use crate::actors::learner::{LESSON, Learner};
use crate::actors::noise::noise;
use crate::actors::program::{Program, once};

const HELLO: &str = "export default { fetch: () => new Response('hello') };";
const CHAT: &str = "Bun.serve({
    fetch: (request, server) => server.upgrade(request) ? undefined : new Response('hello'),
    websocket: { open: (ws) => ws.send('welcome'), message() {} },
});";

fn site(settings: &[&str]) -> Program {
    Program::site_where(settings, |_| {})
}

#[tokio::test]
async fn the_server_that_is_idle_sleeps_for_the_next_one() {
    let program = site(&["--runs", "1"]);
    let mut ada = Learner::arrives(&program).await;
    let mut bob = Learner::arrives(&program).await;
    ada.runs_server(HELLO).await;
    let mut feed = ada.watches().await;
    feed.until(r#""state":"running""#).await;
    bob.runs_server(CHAT).await;
    let told = feed.until(r#""state":"asleep""#).await + &feed.until("\n\n").await;
    assert!(told.contains("somebody ran another server"), "{told}");
    assert_eq!(ada.sandbox.page("/").await, "hello", "a request wakes it");

    bob.runs_server(CHAT).await;
    let mut socket = bob.sandbox.socket("/").await;
    assert_eq!(socket.hears().await, "welcome");
    let (status, refused) = ada.runs(&[("server.js", HELLO)]).await;
    assert_eq!(
        (status, &refused["outcome"]),
        (StatusCode::OK, &"failed".into())
    );
    let sentence = refused["sentence"].as_str().expect("a sentence");
    assert!(
        sentence.contains("all 1 servers of this site are in use"),
        "{sentence}"
    );
    drop(socket);
    let runs_again = async || {
        let (_, began) = ada.runs(&[("server.js", HELLO)]).await;
        began["outcome"] == "running"
    };
    assert!(in_time(runs_again).await, "once nobody uses the other one");
}

#[tokio::test]
async fn a_learners_feeds_have_a_number() {
    let program = site(&["--budget", "32MiB"]);
    let ada = Learner::arrives(&program).await;
    let bob = Learner::arrives(&program).await;
    let path = format!("/lessons/{LESSON}/live");
    let mut feeds = Vec::new();
    let refused = loop {
        let feed = ada.site.get(&path).await;
        if feed.status() != StatusCode::OK {
            break feed;
        }
        feeds.push(feed);
        assert!(feeds.len() < 100, "there is no end");
    };
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    let sentence = refused.text().await.expect("a text");
    assert!(sentence.contains("Too many of your own tabs"), "{sentence}");
    assert_eq!(bob.site.get(&path).await.status(), StatusCode::OK);
    drop(feeds);
    let is_free = async || ada.site.get(&path).await.status() == StatusCode::OK;
    assert!(in_time(is_free).await, "once they are closed");
}

/// Begins to send a body of 2 MiB through the proxy on this machine; gives what is answered at once.
fn begins_to_send(program: &Program, from: &str) -> (TcpStream, String) {
    let mut socket = TcpStream::connect(("127.0.0.1", program.port())).expect("a connection");
    let request = format!(
        "POST /theme HTTP/1.1\r\nHost: hxlab.localhost:{port}\r\nOrigin: http://hxlab.localhost:{port}\r\n\
         X-Forwarded-For: {from}\r\nContent-Length: 2097152\r\n\r\n",
        port = program.port()
    );
    socket
        .write_all(request.as_bytes())
        .expect("a head is sent");
    socket
        .set_read_timeout(Some(Duration::from_secs(1)))
        .expect("a time-out");
    let mut answer = [0; 4096];
    let length = socket.read(&mut answer).unwrap_or(0);
    let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
    (socket, answer)
}

#[test]
fn a_body_counts_before_it_is_read() {
    let program = site(&["--budget", "32MiB", "--trusted-proxy", "127.0.0.1"]);
    let begun = [(); 2].map(|()| begins_to_send(&program, "192.0.2.1"));
    assert!(
        begun.iter().all(|(_, answer)| answer.is_empty()),
        "{begun:?}"
    );
    let (_, answer) = begins_to_send(&program, "192.0.2.1");
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("from your address at once"), "{answer}");
    let (_, other) = begins_to_send(&program, "192.0.2.2");
    assert_eq!(other, "", "somebody else's is taken");
}

#[tokio::test]
async fn each_address_behind_a_trusted_proxy_has_its_share() {
    let settings = [
        "--trusted-proxy",
        "127.0.0.1",
        "--connections-per-address",
        "2",
    ];
    let program = site(&settings);
    let ada = Learner::arrives(&program).await;
    let watches = async |from: &str| -> Response {
        let path = format!("/lessons/{LESSON}/live");
        let request = ada.site.request(Method::GET, &path);
        request
            .header("x-forwarded-for", from)
            .send()
            .await
            .expect("an answer")
    };
    let open = [watches("192.0.2.1").await, watches("192.0.2.1").await];
    assert!(open.iter().all(|it| it.status() == StatusCode::OK));
    let third = watches("203.0.113.9, 192.0.2.1").await;
    assert_eq!(third.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = ada.site.request(Method::GET, "/me");
    let page = page.header("x-forwarded-for", "192.0.2.3").send().await;
    let page = page.expect("an answer");
    assert!(page.headers().contains_key("content-length"), "{page:?}");
    assert_eq!(watches("192.0.2.2").await.status(), StatusCode::OK);
    drop(open);
    let is_free = async || watches("192.0.2.1").await.status() == StatusCode::OK;
    assert!(in_time(is_free).await);
}

#[tokio::test]
async fn an_answer_through_a_trusted_proxy_says_how_long_it_is() {
    let program = site(&["--trusted-proxy", "127.0.0.1"]);
    let client = program.client();
    let request = client.request(Method::GET, "/healthz");
    let answer = request.header("x-forwarded-for", "192.0.2.1").send().await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.headers()["content-length"], "3");
    assert_eq!(answer.text().await.expect("a text"), "ok\n");
}

#[tokio::test]
async fn an_operator_sees_figures_and_health() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("it is bound");
    drop(free);
    let program = site(&["--metrics", &address.to_string()]);
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(HELLO).await;
    let client = program.client();
    let text = client.on(address.port()).page("/metrics").await;
    assert!(text.contains("\nhxlab_runs 1\n"), "{text}");
    let version = env!("CARGO_PKG_VERSION");
    for line in [
        &format!("hxlab_build_info{{version=\"{version}\"}} 1"),
        "hxlab_runs_limit 400",
        "hxlab_connections_limit 4096",
        "hxlab_queued_limit_bytes 67108864",
        "hxlab_budget_limit_bytes{use=\"bodies\"} ",
    ] {
        assert!(text.contains(&format!("\n{line}")), "{line} in {text}");
    }
    let value = |name: &str| {
        let line = text
            .lines()
            .find_map(|it| it.strip_prefix(&format!("{name} ")));
        line.expect(name).parse::<u64>().expect("a number")
    };
    assert!(value("hxlab_descriptors") > 0, "{text}");
    assert!(
        value("hxlab_descriptors") <= value("hxlab_descriptors_limit"),
        "{text}"
    );
    assert!(
        text.contains("hxlab_refused_total{reason=\"bodies\"} 0\n"),
        "{text}"
    );
    assert_eq!(client.get("/healthz").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn health_says_when_the_database_is_gone() {
    let program = Program::site();
    let client = program.client();
    assert_eq!(client.get("/healthz").await.status(), StatusCode::OK);
    let database = program.data().join("hxlab.db");
    std::fs::rename(&database, database.with_extension("gone")).expect("another name");
    let is_told = async || client.get("/healthz").await.status() == StatusCode::SERVICE_UNAVAILABLE;
    assert!(in_time(is_told).await);
    let why = client.get("/healthz").await.text().await.expect("a text");
    assert!(why.contains("was moved or deleted"), "{why}");
}

#[tokio::test]
async fn a_backup_is_made_while_it_runs_and_put_back_while_it_does_not() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.saves(&[("server.js", "// before")]).await;
    let data = program.data().to_owned();
    let copy = data.join("copy.db");
    let (data, copy) = (
        data.to_str().expect("a path"),
        copy.to_str().expect("a path"),
    );
    let backup = once(&["backup", copy, "--data", data]);
    assert!(backup.status.success(), "{backup:?}");
    ada.saves(&[("server.js", "// after")]).await;

    let restore = ["restore", copy, "--data", data];
    let refused = once(&restore);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(why.contains("in use by another hxlab (process "), "{why}");
    let (_, folder) = tokio::task::spawn_blocking(move || program.terminate())
        .await
        .expect("it ends");
    assert!(once(&restore).status.success());
    let program = Program::site_in(folder);
    let ada = Learner::returns(&program, &ada.site).await;
    assert_eq!(ada.files().await["server.js"], "// before");
}

#[tokio::test]
async fn an_address_that_has_had_its_bytes_of_the_day_is_told_so() {
    let settings = [
        "--trusted-proxy",
        "127.0.0.1",
        "--bytes-per-address",
        "1MiB",
    ];
    let program = site(&settings);
    let client = program.client().at("hxlab.localhost");
    let reads = async |from: &str| {
        let request = client.request(Method::GET, &format!("/lessons/{LESSON}"));
        let answer = request.header("x-forwarded-for", from).send().await;
        let answer = answer.expect("an answer");
        (answer.status(), answer.text().await.expect("a text"))
    };
    let mut sent = 0;
    while sent < 1024 * 1024 {
        let (status, page) = reads("192.0.2.1").await;
        assert_eq!(status, StatusCode::OK, "after {sent} bytes");
        sent += page.len();
    }
    let (status, sentence) = reads("192.0.2.1").await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(sentence.contains("in a day"), "{sentence}");
    assert_eq!(reads("192.0.2.2").await.0, StatusCode::OK);
}

#[tokio::test]
async fn learners_at_one_address_have_a_number_of_servers_together() {
    let settings = ["--trusted-proxy", "127.0.0.1", "--runs-per-address", "1"];
    let program = site(&settings);
    let runs = async |learner: &Learner, from: &str| {
        let files = serde_json::json!({ "version": 0, "files": { "server.js": CHAT } });
        let request = learner.asks(Method::POST, "run").json(&files);
        let answer = request.header("x-forwarded-for", from).send().await;
        let answer = answer.expect("an answer").text().await;
        answer.expect("a text")
    };
    let (ada, bob) = (
        Learner::arrives(&program).await,
        Learner::arrives(&program).await,
    );
    let began = runs(&ada, "2001:db8::1").await;
    assert!(began.contains("running"), "{began}");
    let mut socket = ada.sandbox.socket("/").await;
    assert_eq!(socket.hears().await, "welcome");
    let refused = runs(&bob, "2001:db8::2").await;
    assert!(refused.contains("by those at your address"), "{refused}");
    let elsewhere = runs(&bob, "2001:db8:0:1::2").await;
    assert!(!elsewhere.contains("at your address"), "{elsewhere}");
}

/// What a save adds in these tests, in bytes.
const SAVED: usize = 200 * 1024;

#[tokio::test]
async fn a_learner_who_has_saved_enough_in_a_day_is_told_so_and_loses_nothing() {
    let program = site(&["--kept-per-learner", "1MiB"]);
    let mut ada = Learner::arrives(&program).await;
    let mut number = 0;
    let (status, refused) = loop {
        let text = noise(number, SAVED);
        let (status, answer) = ada.saves(&[("server.js", &text)]).await;
        if status != StatusCode::OK {
            break (status, answer);
        }
        number += 1;
        assert!(number < 10, "a megabyte is not the end");
    };
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(number > 4, "less than a megabyte is");
    let sentence = refused["error"].as_str().expect("a sentence");
    assert!(
        sentence.contains("as much today as one learner may"),
        "{sentence}"
    );
    let kept = noise(number - 1, SAVED);
    assert_eq!(ada.files().await["server.js"], kept.as_str());
    let again = ada.runs(&[("server.js", &kept)]).await;
    assert_eq!(again.0, StatusCode::OK, "what is kept already may run");

    let sends = async |path: &str, field| {
        let request = ada.site.request(Method::POST, path);
        let request = request.header("sec-fetch-site", "same-origin");
        let answer = request.form(&[field]).send().await;
        answer.expect("an answer")
    };
    let page = sends(&format!("/lessons/{LESSON}/read"), ("read", "yes")).await;
    assert_eq!(page.status(), StatusCode::TOO_MANY_REQUESTS);
    let page = page.text().await.expect("a page");
    assert!(page.contains("Enough for today"), "{page}");

    let mut bob = Learner::arrives(&program).await;
    assert_eq!(bob.saves(&[("server.js", HELLO)]).await.0, StatusCode::OK);
    let deleted = sends("/me/delete", ("sure", "yes")).await;
    assert!(
        deleted.status().is_redirection() || deleted.status().is_success(),
        "{deleted:?}"
    );
    assert!(ada.files().await["server.js"] != kept.as_str());
}

#[tokio::test]
async fn those_at_one_address_save_so_much_in_a_day_together() {
    let program = site(&["--trusted-proxy", "127.0.0.1", "--kept-per-address", "1MiB"]);
    let saves = async |learner: &Learner, from: &str, number| {
        let text = noise(number, SAVED);
        let files = serde_json::json!({ "version": 0, "files": { "server.js": text } });
        let request = learner.asks(Method::PUT, "draft").json(&files);
        let answer = request.header("x-forwarded-for", from).send().await;
        let answer = answer.expect("an answer");
        (answer.status(), answer.text().await.expect("a text"))
    };
    let mut number = 0;
    let (bob, (status, refused)) = loop {
        let learner = Learner::arrives(&program).await;
        let answer = saves(&learner, "192.0.2.1", number).await;
        if answer.0 != StatusCode::OK {
            break (learner, answer);
        }
        number += 1;
        assert!(number < 10, "a megabyte is not the end");
    };
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(number > 4, "less than a megabyte is");
    assert!(refused.contains("Those at your address"), "{refused}");
    assert_eq!(saves(&bob, "192.0.2.2", number).await.0, StatusCode::OK);
}
