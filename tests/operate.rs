//! What an operator sees and does: the log, figures, `top`, `stop` and the block list.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use tempfile::TempDir;

use crate::actors::client::{Client, in_time};
use crate::actors::learner::{LESSON, Learner};
use crate::actors::noise::spoil;
use crate::actors::operator::{Logged, asks, asks_at};
use crate::actors::program::{Program, once_where};

#[tokio::test]
async fn who_is_turned_away_is_counted_and_the_loudest_is_named_once() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("it is bound");
    drop(free);
    let figures = address.to_string();
    let site = Logged::site(
        &["--metrics", &figures, "--trusted-proxy", "127.0.0.1"],
        &[],
    );
    let client = site.program.client();
    for _ in 0..20 {
        let foreign = client.at("hxlab.localhost").request(Method::POST, "/theme");
        let foreign = foreign
            .header("x-forwarded-for", "192.0.2.1")
            .header("sec-fetch-site", "cross-site");
        let refused = foreign.send().await.expect("an answer");
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    }
    let text = client.on(address.port()).page("/metrics").await;
    assert!(
        text.contains("hxlab_refused_total{reason=\"foreign-origin\"} 20\n"),
        "{text}"
    );
    assert!(
        text.contains("hxlab_answers_total{from=\"site\",status=\"4xx\"} 20\n"),
        "{text}"
    );
    assert!(text.contains("\nhxlab_database_bytes "), "{text}");
    assert!(!site.lines().contains("turned away"), "not a line for each");
    let log = site.terminates().await;
    let told: Vec<_> = log
        .lines()
        .filter(|it| it.contains("turned away"))
        .collect();
    assert_eq!(told.len(), 1, "{log}");
    for part in [
        "reason=\"foreign-origin\"",
        "times=20",
        "address=\"192.0.2.1\"",
    ] {
        assert!(told[0].contains(part), "{part} in {}", told[0]);
    }
}

#[tokio::test]
async fn a_request_that_failed_has_a_line_and_its_id_stands_on_the_page() {
    let site = Logged::site(&[], &[]);
    let ada = Learner::arrives(&site.program).await;
    for name in ["hxlab.db", "hxlab.db-wal"] {
        spoil(&site.program.data().join(name));
    }
    let path = format!("/lessons/{LESSON}/read");
    let sends = async || {
        let request = ada.site.request(Method::POST, &path);
        let request = request.header("sec-fetch-site", "same-origin");
        let answer = request.form(&[("read", "yes")]).send().await;
        let answer = answer.expect("an answer");
        (answer.status(), answer.text().await.expect("a page"))
    };
    let fails = async || sends().await.0 == StatusCode::INTERNAL_SERVER_ERROR;
    assert!(in_time(fails).await, "the database is no database");
    let (_, page) = sends().await;
    let (_, id) = page.split_once("it is <code>").expect("an id");
    let id = id.split('<').next().expect("an end");
    let line = site.line(&format!("request={id}")).await;
    for part in [
        "method=POST",
        "route=\"/lessons/:slug/read\"",
        "status=500",
        "cause=",
    ] {
        assert!(line.contains(part), "{part} in {line}");
    }
    assert!(!line.contains(LESSON), "{line}");
}

/// Has a site's database be held by another program for so long.
fn held_for(site: &Logged, time: Duration) -> std::thread::JoinHandle<()> {
    let database = rusqlite::Connection::open(site.program.data().join("hxlab.db"));
    let database = database.expect("a database");
    database
        .execute_batch("BEGIN IMMEDIATE")
        .expect("it is free");
    std::thread::spawn(move || {
        std::thread::sleep(time);
        drop(database);
    })
}

#[tokio::test]
async fn a_slow_request_has_a_line_with_the_id_of_its_answer_and_nothing_of_whose_it_is() {
    let site = Logged::site(&[], &[]);
    let ada = Learner::arrives(&site.program).await;
    let path = format!("/lessons/{LESSON}/read");
    let sends = async || {
        let request = ada.site.request(Method::POST, &path);
        let request = request.header("sec-fetch-site", "same-origin");
        let answer = request.form(&[("read", "yes")]).send().await;
        answer.expect("an answer")
    };
    let id = |answer: &reqwest::Response| {
        let id = answer.headers().get("x-request-id").expect("an id");
        id.to_str().expect("text").to_owned()
    };
    assert!(
        !sends().await.headers().contains_key("x-request-id"),
        "it was not slow"
    );

    let holds = held_for(&site, Duration::from_millis(1500));
    let slow = sends().await;
    assert_eq!(slow.status(), StatusCode::SEE_OTHER);
    let said = site.line(&format!("request={}", id(&slow))).await;
    for part in [
        "a request was slow",
        "method=POST",
        "route=\"/lessons/:slug/read\"",
        "status=303",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    holds.join().expect("it ends");

    // So long nobody waits for the database.
    let holds = held_for(&site, Duration::from_secs(8));
    let failed = sends().await;
    assert_eq!(failed.status(), StatusCode::SERVICE_UNAVAILABLE);
    let id = id(&failed);
    let page = failed.text().await.expect("a page");
    assert!(page.contains(&id), "{id} in {page}");
    let line = site.line(&format!("request={id}")).await;
    let (_, took) = line.split_once("took_ms=").expect("a time");
    let took = took.split(' ').next().expect("an end");
    assert!(took.parse::<u32>().expect("a number") >= 5000, "{line}");
    holds.join().expect("it ends");

    for line in [said, line] {
        for personal in [
            LESSON,
            &ada.sandbox_id,
            "127.0.0.1",
            "hxlab.localhost",
            "cookie",
        ] {
            assert!(!line.contains(personal), "{personal} in {line}");
        }
    }
}

#[tokio::test]
async fn the_log_begins_with_the_version_and_tells_of_runs_where_it_is_asked() {
    let site = Logged::site(&["--runs", "7"], &[("HXLAB_LOG", "debug")]);
    let version = env!("CARGO_PKG_VERSION");
    site.line("others on this machine can look into the data folder")
        .await;
    site.line(&format!("hxlab starts version=\"{version}\""))
        .await;
    let settings = site.line("settings: ").await;
    for part in [
        "listen=127.0.0.1:0 ",
        " site-url=http://hxlab.localhost:",
        " runs=7 ",
        " budget=256MiB ",
    ] {
        assert!(settings.contains(part), "{part} in {settings}");
    }
    assert!(!settings.contains(['{', '(']), "no dump: {settings}");
    let mut ada = Learner::arrives(&site.program).await;
    ada.runs_server("export default { fetch: () => new Response('hello') };")
        .await;
    let own = format!("sandbox=\"http://{}.", ada.sandbox_id);
    site.line(&format!("a Run began {own}")).await;
    ada.asks(Method::POST, "stop")
        .send()
        .await
        .expect("an answer");
    site.line(&format!("not wanted any more {own}")).await;
}

#[test]
fn a_level_of_the_log_that_is_none_is_said() {
    let ended = once_where(&["serve", "--listen", "127.0.0.1:0"], |command| {
        command.env("HXLAB_LOG", "lots");
    });
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(1));
    assert!(said.contains("HXLAB_LOG: “lots” is no level"), "{said}");
}

const CHAT: &str = "Bun.serve({
    fetch: (request, server) => server.upgrade(request) ? undefined : new Response('hello'),
    websocket: { open: (ws) => ws.send('welcome'), message() {} },
});";

#[tokio::test]
async fn top_shows_who_uses_what() {
    let program = Program::site();
    let (status, said) = asks(&program, &["top"]).await;
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("No learner's server runs."), "{said}");
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(CHAT).await;
    let mut socket = ada.sandbox.socket("/").await;
    assert_eq!(socket.hears().await, "welcome");
    let (_, said) = asks(&program, &["top", "--once"]).await;
    for part in ["SANDBOX", &ada.sandbox_id, LESSON, "servers 1 of 400"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!said.contains('\x1b'), "no terminal, no colours: {said}");
    let (_, json) = asks(&program, &["top", "--json"]).await;
    let figures: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let own = &figures["sandboxes"][0];
    assert_eq!(
        (&own["sandbox"], &own["clients"]),
        (&ada.sandbox_id.as_str().into(), &1.into())
    );
    assert!(
        own["memory_bytes"].as_u64().expect("a number") > 0,
        "{json}"
    );
}

#[tokio::test]
async fn whoever_presses_run_again_and_again_is_seen_to_use_the_processor() {
    const BUSY: &str = "const end = Date.now() + 300;
        while (Date.now() < end);
        throw new Error('on purpose');";
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    let data = program.data().to_str().expect("a plain path").to_owned();
    let used = async || {
        let (_, json) = asks_at(&data, &["top", "--json"]).await;
        let figures: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let own = &figures["sandboxes"][0];
        (
            own["process"].clone(),
            own["cpu_permille"].as_u64().unwrap_or(0),
        )
    };
    ada.runs(&[("server.js", BUSY)]).await;
    let presses = async {
        loop {
            ada.runs(&[("server.js", BUSY)]).await;
        }
    };
    // Each of its servers has ended before the next look, or begun after the last.
    let is_seen = in_time(async || used().await.1 >= 300);
    tokio::select! {
        is_seen = is_seen => assert!(is_seen),
        () = presses => unreachable!("it presses for ever"),
    }
}

#[tokio::test]
async fn where_no_hxlab_runs_the_operator_reads_so() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().to_str().expect("a plain path").to_owned();
    let wrong = folder.path().join("wrong");
    let copy = folder.path().join("copy.db");
    let copy = copy.to_str().expect("a plain path");
    let all = [
        &["top"][..],
        &["stop", "abcd"],
        &["block", "abcd"],
        &["unblock", "abcd"],
        &["blocked"],
        &["backup", copy],
        &["purge", "--yes"],
    ];
    for words in all {
        for (data, why) in [
            (
                wrong.to_str().expect("a plain path"),
                "there is no such folder",
            ),
            (&data, "it has no database"),
        ] {
            let (status, said) = asks_at(data, words).await;
            assert_eq!(status, Some(1), "{words:?}: {said}");
            let told =
                format!("no site keeps its data in {data}: {why} (looked for {data}/hxlab.db)");
            assert!(said.contains(&told), "{words:?}: {said}");
        }
    }
    assert!(
        !wrong.exists() && !std::path::Path::new(copy).exists(),
        "nothing was made"
    );
    let program = Program::site_in(folder);
    let (_, folder) = tokio::task::spawn_blocking(|| program.terminate())
        .await
        .expect("it ends");
    let (status, said) = asks_at(&data, &["top"]).await;
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains(&format!("nobody answers at {data}/control")),
        "{said}"
    );
    drop(folder);
}

#[tokio::test]
async fn the_socket_is_the_operators_alone_and_one_that_was_left_is_replaced() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("control");
    drop(std::os::unix::net::UnixListener::bind(&path).expect("a socket that nobody serves"));
    let program = Program::site_in(folder);
    let is_there = async || asks(&program, &["blocked"]).await.0 == Some(0);
    assert!(in_time(is_there).await);
    let mode = std::fs::metadata(&path).expect("it is there").permissions();
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777,
        0o600
    );
    let (_, folder) = tokio::task::spawn_blocking(|| program.terminate())
        .await
        .expect("it ends");
    assert!(!path.exists(), "it is taken away at the end");
    drop(folder);
}

#[tokio::test]
async fn a_data_folder_that_is_too_deep_for_a_socket_is_said_and_the_site_serves() {
    let deep = tempfile::Builder::new().prefix(&"d".repeat(110)).tempdir();
    let program = Program::site_in(deep.expect("a folder"));
    let health = program.client().get("/healthz").await;
    assert_eq!(health.status(), StatusCode::OK);
    let (_, said) = asks(&program, &["top"]).await;
    assert!(said.contains("longer than a socket's may be"), "{said}");
}

#[tokio::test]
async fn who_opens_a_sandbox_from_outside_reads_whom_to_report_it_to() {
    const PAGE: &str = "<!doctype html><title>Mine</title><p>hello";
    let settings = ["--report-to", "mailto:abuse@example.org"];
    let program = Program::site_again(TempDir::new().expect("a folder"), &settings);
    let mut ada = Learner::arrives(&program).await;
    let js = format!(
        "const headers = {{ \"content-type\": \"text/html\" }};
        export default {{ fetch: () => new Response({PAGE:?}, {{ headers }}) }};"
    );
    ada.runs_server(&js).await;
    let opens_at = async |address: &Client, site: &str, place: &str| {
        let request = address.request(Method::GET, "/");
        let request = request
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-dest", place)
            .header("sec-fetch-site", site);
        let page = request.send().await.expect("an answer");
        page.text().await.expect("a page")
    };
    let opens = async |site: &str, place: &str| opens_at(&ada.sandbox, site, place).await;
    let second = format!("{}--bob.hxlab.localhost", ada.sandbox_id);
    let second = ada.sandbox.at(&second);
    for site in ["none", "cross-site"] {
        for address in [&ada.sandbox, &second] {
            let page = opens_at(address, site, "document").await;
            assert!(page.contains("<script src=\"/.hxlab/report.js\""), "{page}");
        }
    }
    assert_eq!(
        opens("same-site", "document").await,
        PAGE,
        "from the lesson"
    );
    assert_eq!(opens("same-origin", "document").await, PAGE, "within it");
    assert_eq!(ada.sandbox.page("/").await, PAGE, "no browser's page");
    let framed = opens("same-site", "iframe").await;
    assert!(!framed.contains("report.js"), "in the preview: {framed}");
    let page = ada.sandbox.page("/.hxlab/report").await;
    assert!(
        page.contains("href=\"mailto:abuse@example.org?subject="),
        "{page}"
    );
    let script = ada.sandbox.page("/.hxlab/report.js").await;
    assert!(script.contains("Report it"), "{script}");
}

#[tokio::test]
async fn without_a_contact_a_sandbox_is_as_its_server_makes_it() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(
        "export default { fetch: (request) => new Response(new URL(request.url).pathname) };",
    )
    .await;
    assert_eq!(ada.sandbox.page("/.hxlab/report").await, "/.hxlab/report");
}
