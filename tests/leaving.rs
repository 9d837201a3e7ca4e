//! What ends when a learner leaves: by deleting all that is kept, or by signing out their other browsers.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::actors::client::{Client, in_time};
use crate::actors::learner::{LESSON, Learner};
use crate::actors::operator::asks;
use crate::actors::program::Program;

/// So soon nothing runs any more of whoever has deleted all.
const SOON: Duration = Duration::from_secs(5);

const SERVER: &str = "export default { fetch: () => new Response('Of Ada') };";

/// Sends one of the forms of the page about what is kept.
async fn posts(site: &Client, path: &str, fields: &str) -> (StatusCode, String) {
    let sent = site
        .request(Method::POST, path)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(fields.to_owned())
        .send()
        .await
        .expect("the site answers");
    let status = sent.status();
    (status, sent.text().await.expect("a text"))
}

/// A new recovery code of a learner's.
async fn code(site: &Client) -> String {
    let (_, page) = posts(site, "/me/code", "").await;
    let (_, rest) = page.split_once("me-code\"><code>").expect("a code");
    rest.split('<').next().expect("its end").to_owned()
}

#[tokio::test]
async fn deleting_ends_trials_and_open_feeds_as_well() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(SERVER).await;
    let draft = json!({ "version": ada.version, "files": { "server.js": SERVER } });
    let (_, trial) = ada
        .posts(&format!("/lessons/{LESSON}/challenge"), &draft)
        .await;
    let (trial, checks) = (&trial["trial"], &trial["checks"]);
    let trial = trial.as_str().expect("a trial").to_owned();
    let check = checks[0]["id"].as_str().expect("a check").to_owned();
    let check = format!("/trials/{trial}/checks/{check}");
    let (status, started) = ada.posts(&format!("{check}/begin"), &json!({})).await;
    assert_eq!(status, StatusCode::OK, "{started}");
    let (_, opened) = ada
        .posts(&format!("{check}/clients/alice"), &json!({}))
        .await;
    let address = opened["address"].as_str().expect("an address");
    let url = reqwest::Url::parse(address).expect("an address");
    let stage = ada.site.at(url.host_str().expect("a host"));
    assert_eq!(stage.get("/").await.status(), StatusCode::OK);

    let mut feeds = [
        ada.watches().await,
        ada.site.stream(&format!("/trials/{trial}/live")).await,
    ];
    let asked = Instant::now();
    let (status, _) = posts(&ada.site, "/me/delete", "sure=yes").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for feed in &mut feeds {
        feed.is_ended().await;
    }
    for gone in [&stage, &ada.sandbox] {
        let is_gone = async || gone.get("/").await.status() == StatusCode::NOT_FOUND;
        assert!(in_time(is_gone).await, "{}", gone.url("/"));
    }
    let figures = asks(&program, &["top", "--json"]).await.1;
    let figures: serde_json::Value = serde_json::from_str(&figures).expect("JSON");
    assert_eq!(figures["sandboxes"], json!([]), "no server is left");
    assert!(asked.elapsed() < SOON, "after {:?}", asked.elapsed());
}

#[tokio::test]
async fn signing_out_everywhere_else_leaves_this_browser_alone() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(SERVER).await;
    let code = code(&ada.site).await;
    let lost = program.client().at("hxlab.localhost");
    let (status, _) = posts(&lost, "/recover", &format!("code={code}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let mut feed = lost.stream(&format!("/lessons/{LESSON}/live")).await;
    let mut own = ada.watches().await;
    assert!(lost.page("/me").await.contains("open to 2 browsers"));

    let (status, _) = posts(&ada.site, "/me/sign-out", "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    feed.is_ended().await;
    let page = lost.page("/me").await;
    assert!(page.contains("Nothing is kept about you"), "{page}");
    let page = ada.site.page("/me").await;
    assert!(page.contains("open to this browser alone"), "{page}");
    assert_eq!(ada.files().await["server.js"], SERVER);
    let (status, page) = posts(&lost, "/recover", &format!("code={code}")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Nobody has this code"), "{page}");
    // One's own feed goes on.
    ada.runs_server(SERVER).await;
    own.until("\"run\":2").await;

    // The browser that is left may be the second one as well.
    let code = self::code(&ada.site).await;
    let second = program.client().at("hxlab.localhost");
    let (status, page) = posts(&second, "/recover", &format!("code={code}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (status, page) = posts(&second, "/me/sign-out", "").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let page = ada.site.page("/me").await;
    assert!(page.contains("Nothing is kept"), "{page}");
    assert!(second.page("/me").await.contains("this browser alone"));
}

#[tokio::test]
async fn a_recovery_code_can_be_made_void() {
    let program = Program::site();
    let ada = Learner::arrives(&program).await;
    let code = code(&ada.site).await;
    assert!(ada.site.page("/me").await.contains("Void the code"));
    let (status, _) = posts(&ada.site, "/me/code/void", "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(!ada.site.page("/me").await.contains("Void the code"));
    let other = program.client().at("hxlab.localhost");
    let (status, page) = posts(&other, "/recover", &format!("code={code}")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Nobody has this code"), "{page}");
    for path in ["/me/code/void", "/me/sign-out"] {
        let (status, _) = posts(&other, path, "").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
}
