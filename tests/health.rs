//! What `/healthz` says while the database or the servers are not well.

use std::os::unix::fs::FileExt as _;

use reqwest::StatusCode;

use crate::actors::client::in_time;
use crate::actors::learner::{LESSON, Learner};
use crate::actors::noise::{noise, spoil};
use crate::actors::operator::Logged;
use crate::actors::program::Program;

const SERVER: &str = "export default { fetch: () => new Response() };";

#[tokio::test]
async fn health_says_when_the_database_is_damaged() {
    let program = Program::site();
    let client = program.client();
    let mut ada = Learner::arrives(&program).await;
    ada.saves(&[("server.js", SERVER)]).await;
    assert_eq!(client.get("/healthz").await.status(), StatusCode::OK);
    spoil(&program.data().join("hxlab.db"));
    spoil(&program.data().join("hxlab.db-wal"));
    let is_told = async || client.get("/healthz").await.status() == StatusCode::SERVICE_UNAVAILABLE;
    assert!(in_time(is_told).await);
    let why = client.get("/healthz").await.text().await.expect("a text");
    assert!(why.starts_with("the database "), "{why}");
    let data = program.data().to_str().expect("a plain path");
    assert!(!why.contains(data), "no path for anybody who asks: {why}");
}

#[tokio::test]
async fn a_page_that_is_spoilt_where_nobody_reads_is_found_at_the_start() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    for number in 0..20 {
        let saved = ada.saves(&[("server.js", &noise(number, 200_000))]).await;
        assert_eq!(saved.0, StatusCode::OK);
    }
    let (_, folder) = tokio::task::spawn_blocking(|| program.terminate())
        .await
        .expect("it ends");
    let database = std::fs::File::options()
        .write(true)
        .open(folder.path().join("hxlab.db"))
        .expect("a database");
    let middle = database.metadata().expect("a length").len() / 8192 * 4096;
    database
        .write_all_at(&vec![0xaa; 8 * 4096], middle)
        .expect("it takes them");
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let figures = free.local_addr().expect("it is bound").to_string();
    drop(free);
    let log = folder.path().join("log");
    let file = std::fs::File::create(&log).expect("a file");
    let program = Program::site_logging(folder, &["--metrics", &figures], file);
    let client = program.client();
    let is_told = async || client.get("/healthz").await.status() == StatusCode::SERVICE_UNAVAILABLE;
    assert!(in_time(is_told).await);
    let why = client.get("/healthz").await.text().await.expect("a text");
    assert_eq!(why.trim(), "the database is damaged");
    let text = std::fs::read_to_string(&log).expect("a log");
    let told: Vec<_> = text
        .lines()
        .filter(|line| line.contains("is damaged ("))
        .collect();
    assert!(told[0].contains("hxlab restore FILE"), "{text}");
    let port = figures.rsplit(':').next().expect("a port").parse();
    let text = client.on(port.expect("a port")).page("/metrics").await;
    assert!(text.contains("\nhxlab_database_whole 0\n"), "{text}");
    // What can be read is read.
    let page = client
        .at("hxlab.localhost")
        .get(&format!("/lessons/{LESSON}"))
        .await;
    assert_eq!(page.status(), StatusCode::OK);
}

#[tokio::test]
async fn health_says_when_no_server_can_be_started_and_that_it_can_again() {
    let site = Logged::site(&[], &[]);
    let client = site.program.client();
    let is = async |status| in_time(async || client.get("/healthz").await.status() == status).await;
    assert!(is(StatusCode::OK).await);
    site.program.signals_its_processes("STOP");
    assert!(is(StatusCode::SERVICE_UNAVAILABLE).await);
    let why = client.get("/healthz").await.text().await.expect("a text");
    assert!(why.starts_with("learners' servers do not start"), "{why}");
    site.line("the program is not healthy problem=learners' servers do not start")
        .await;
    site.program.signals_its_processes("CONT");
    assert!(is(StatusCode::OK).await);

    // Whoever needs the next server has another process made that starts it.
    site.program.signals_its_processes("KILL");
    let mut ada = Learner::arrives(&site.program).await;
    let runs = async || ada.runs(&[("server.js", SERVER)]).await.1["outcome"] == "running";
    assert!(in_time(runs).await);
    assert!(is(StatusCode::OK).await);
}
