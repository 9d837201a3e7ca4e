//! The second client that a learner opens beside the preview.

use reqwest::{StatusCode, Url};
use serde_json::{Value, json};

use crate::actors::client::Client;
use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::Program;

const SERVER: &str = r#"export default {
  fetch(req) {
    const headers = { "Set-Cookie": "visited=yes; Path=/", "Content-Type": "text/html" };
    return new Response(`<p>${req.headers.get("cookie") ?? "none"}</p>`, { headers });
  },
};"#;

impl Learner {
    /// Opens the second client; gives what the page is told.
    async fn opens_second(&self) -> (StatusCode, Value) {
        self.opens_second_in(1).await
    }

    async fn closes_second(&self) -> StatusCode {
        self.closes_second_in(1).await
    }

    /// The same in a tab of its own.
    async fn opens_second_in(&self, page: u32) -> (StatusCode, Value) {
        let path = format!("/lessons/{LESSON}/client");
        self.posts(&path, &json!({ "page": page })).await
    }

    async fn closes_second_in(&self, page: u32) -> StatusCode {
        let path = format!("/lessons/{LESSON}/client/leave");
        self.posts(&path, &json!({ "page": page })).await.0
    }

    /// A browser at the second client's address.
    fn second(&self, told: &Value) -> Client {
        let address = told["address"].as_str().expect("an address");
        let url = Url::parse(address).expect("a URL");
        let host = url.host_str().expect("a host");
        self.sandbox.at(host).on(url.port().expect("a port"))
    }
}

#[tokio::test]
async fn a_second_client_has_an_address_cookies_and_a_name_of_its_own() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SERVER).await;
    let (status, told) = learner.opens_second().await;
    assert_eq!((status, &told["name"]), (StatusCode::OK, &json!("Bob")));
    let host = format!("{}--bob.hxlab.localhost", learner.sandbox_id);
    assert!(told["address"].to_string().contains(&host), "{told}");
    assert_eq!(learner.opens_second().await.1, told, "it is asked again");

    let mut feed = learner.watches().await;
    let second = learner.second(&told);
    learner.sandbox.page("/").await;
    assert_eq!(second.page("/").await, "<p>none</p>");
    feed.until("\"client\":\"Bob\"").await;
    assert_eq!(second.page("/").await, "<p>visited=yes</p>");
    // In the workbench it has the preview's script, and not the one by which checks act.
    let framed = second.request(reqwest::Method::GET, "/");
    let framed = framed.header("sec-fetch-mode", "navigate");
    let framed = framed.header("sec-fetch-dest", "iframe").send().await;
    let framed = framed.expect("an answer").text().await.expect("a text");
    assert!(framed.contains("/.hxlab/preview.js"), "{framed}");
    assert!(!framed.contains("/.hxlab/client.js"), "{framed}");
    assert_eq!(learner.closes_second().await, StatusCode::OK);
}

#[tokio::test]
async fn at_ports_a_second_client_takes_one_until_it_is_closed() {
    let program = Program::site_where(&["--preview-ports", "21900-21909"], |_| {});
    let arrives = async || Learner::at_host(&program, &program.client(), "127.0.0.1").await;
    let (mut ada, ben) = (arrives().await, arrives().await);
    // Nine of the ten are taken.
    for _ in 0..7 {
        arrives().await;
    }
    ada.runs_server(SERVER).await;
    let (_, told) = ada.opens_second().await;
    let port = |told: &Value| ada.second(told).port();
    assert_ne!(port(&told), ada.sandbox.port());
    let (status, refused) = ben.opens_second().await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{refused}");
    assert!(
        refused["error"].to_string().contains("--preview-ports"),
        "{refused}"
    );
    // Its port rests until its pages are surely gone; then Ben may have it.
    assert_eq!(ada.closes_second().await, StatusCode::OK);
    let gone = ada.second(&told).get("/").await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn at_ports_a_second_client_that_is_opened_again_has_the_same_one() {
    let program = Program::site_where(&["--preview-ports", "21910-21919"], |_| {});
    let mut ada = Learner::at_host(&program, &program.client(), "127.0.0.1").await;
    ada.runs_server(SERVER).await;
    let (_, told) = ada.opens_second().await;
    for _ in 0..20 {
        assert_eq!(ada.closes_second().await, StatusCode::OK);
        assert_eq!(ada.opens_second().await, (StatusCode::OK, told.clone()));
    }
    // Another tab shows it and closes it; here it goes on.
    assert_eq!(ada.opens_second_in(2).await.1, told);
    assert_eq!(ada.closes_second_in(2).await, StatusCode::OK);
    assert_eq!(ada.second(&told).page("/").await, "<p>none</p>");
}

#[tokio::test]
async fn a_second_client_is_a_known_learners() {
    let program = Program::site();
    let stranger = Learner::newcomer(&program).await;
    assert_eq!(stranger.opens_second().await.0, StatusCode::FORBIDDEN);
    assert_eq!(stranger.closes_second().await, StatusCode::FORBIDDEN);
}
