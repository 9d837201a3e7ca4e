//! What an operator sees and does: the log, figures, `top`, `stop` and the block list.

use std::io::Write;
use std::path::{Path, PathBuf};

use reqwest::{Method, StatusCode};
use serde_json::json;
use tempfile::TempDir;

use crate::actors::client::in_time;
use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::{Program, once, once_where};

/// A site whose log is a file.
struct Logged {
    program: Program,
    _folder: TempDir,
    log: PathBuf,
}

impl Logged {
    fn site(settings: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let log = folder.path().join("log");
        let file = std::fs::File::create(&log).expect("a file");
        let program = Program::site_where(settings, |command| {
            command.stderr(file).envs(variables.iter().copied());
        });
        Self {
            program,
            _folder: folder,
            log,
        }
    }

    fn lines(&self) -> String {
        std::fs::read_to_string(&self.log).expect("a log")
    }

    /// The line with this text, once it is there.
    async fn line(&self, text: &str) -> String {
        let is_there = async || self.lines().contains(text);
        assert!(in_time(is_there).await, "no {text} in\n{}", self.lines());
        let log = self.lines();
        let line = log.lines().find(|line| line.contains(text));
        line.expect("it is there").to_owned()
    }
}

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
    let Logged {
        program,
        _folder: folder,
        log,
    } = site;
    let ended = tokio::task::spawn_blocking(move || program.terminate()).await;
    ended.expect("it ends");
    let log = std::fs::read_to_string(log).expect("a log");
    drop(folder);
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

/// Writes over all that a file has.
fn spoil(file: &Path) {
    let length = std::fs::metadata(file).expect("it is there").len();
    let garbage = vec![0xaa; usize::try_from(length).expect("a length")];
    let opened = std::fs::File::options().write(true).open(file);
    let written = opened.and_then(|mut file| file.write_all(&garbage));
    written.expect("it takes them");
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

#[tokio::test]
async fn the_log_begins_with_the_version_and_tells_of_runs_where_it_is_asked() {
    let site = Logged::site(&["--runs", "7"], &[("HXLAB_LOG", "debug")]);
    let version = env!("CARGO_PKG_VERSION");
    site.line(&format!("hxlab starts version=\"{version}\""))
        .await;
    site.line("all: 7").await;
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

/// Asks the running site, as its operator.
async fn asks(program: &Program, words: &[&str]) -> (Option<i32>, String) {
    let data = program.data().to_str().expect("a plain path").to_owned();
    asks_at(&data, words).await
}

async fn asks_at(data: &str, words: &[&str]) -> (Option<i32>, String) {
    let words = words.iter().copied().chain(["--data", data]);
    let argv: Vec<String> = words.map(str::to_owned).collect();
    let asked = tokio::task::spawn_blocking(move || {
        let argv: Vec<&str> = argv.iter().map(String::as_str).collect();
        once(&argv)
    });
    let ended = asked.await.expect("it ends");
    let said = [ended.stdout, ended.stderr].concat();
    let said = String::from_utf8(said).expect("a text");
    (ended.status.code(), said)
}

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
        (Some(0), format!("stopped the server of sandbox {id}\n"))
    );
    let told = feed.until(r#""state":"stopped""#).await + &feed.until("\n\n").await;
    assert!(told.contains("Whoever runs this site stopped"), "{told}");
    let page = ada.sandbox.get("/").await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = page.text().await.expect("a text");
    assert!(page.contains("Whoever runs this site stopped it"), "{page}");
    let (status, said) = asks(&program, &["stop", id]).await;
    assert_eq!(status, Some(1));
    assert!(said.contains("runs"), "{said}");
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
    assert!(said.starts_with(&format!("sandbox {id}  since ")), "{said}");
    let mut ada = Learner::returns(&program, &ada.site).await;
    assert_eq!(ada.sandbox.get("/").await.status(), StatusCode::FORBIDDEN);
    let (status, said) = asks(&program, &["unblock", &id]).await;
    assert_eq!(status, Some(0), "{said}");
    ada.runs_server(CHAT).await;
    assert_eq!(ada.sandbox.page("/").await, "hello");
    let (_, said) = asks(&program, &["blocked"]).await;
    assert_eq!(said, "nobody is blocked\n");
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
    assert!(page.contains("has blocked your address"), "{page}");
    assert_eq!(reads("2001:db8:1::2").await.0, StatusCode::OK);
    // Networks in which this machine or a proxy is, too.
    for everybodys in ["127.0.0.1", "::1", "::2", "fd00::2"] {
        let (_, said) = asks(&program, &["block", everybodys]).await;
        assert!(said.contains("from which everybody may come"), "{said}");
    }
    let (_, said) = asks(&program, &["unblock", "2001:db8::/64"]).await;
    assert!(said.contains("no longer"), "{said}");
    assert_eq!(reads("2001:db8::2").await.0, StatusCode::OK);
}

#[tokio::test]
async fn where_no_hxlab_runs_the_operator_reads_so() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().to_str().expect("a plain path").to_owned();
    let (status, said) = asks_at(&data, &["top"]).await;
    assert_eq!(status, Some(1));
    assert!(said.contains("no hxlab runs on the data folder"), "{said}");
    let (_, said) = asks_at(&data, &["stop", "abc"]).await;
    assert!(said.contains("no hxlab runs on the data folder"), "{said}");
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
    let opens = async |site: &str, place: &str| {
        let request = ada.sandbox.request(Method::GET, "/");
        let request = request
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-dest", place)
            .header("sec-fetch-site", site);
        let page = request.send().await.expect("an answer");
        page.text().await.expect("a page")
    };
    for site in ["none", "cross-site"] {
        let page = opens(site, "document").await;
        assert!(page.contains("<script src=\"/.hxlab/report.js\""), "{page}");
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
