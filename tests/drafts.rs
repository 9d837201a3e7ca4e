//! Drafts: saved for an anonymous learner, kept across restarts, refused with a reason.

use std::fmt::Write as _;

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::Program;

#[tokio::test]
async fn a_draft_and_its_address_survive_a_restart() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    let server = "export default { fetch: () => new Response('mine') };";
    let (status, _) = learner.saves(&[("server.js", server)]).await;
    assert_eq!(status, StatusCode::OK);

    let program = program.restarted();
    let back = Learner::returns(&program, &learner.site).await;
    assert_eq!(back.files().await, json!({ "server.js": server }));
    assert_eq!(back.sandbox_id, learner.sandbox_id);
    assert_eq!(back.sandbox.page("/").await, "mine");
}

#[tokio::test]
async fn the_other_tabs_newer_draft_is_not_lost() {
    let program = Program::site();
    let mut one = Learner::arrives(&program).await;
    let mut other = Learner::returns(&program, &one.site).await;
    one.saves(&[("server.js", "1")]).await;
    let (status, conflict) = other.saves(&[("server.js", "2")]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(conflict["files"], json!({ "server.js": "1" }));
    other.version = conflict["version"].as_u64().expect("a version");
    let (status, _) = other.saves(&[("server.js", "2")]).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn files_in_folders_are_kept_shown_without_scripts_and_found_by_the_server() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    let files = [
        (
            "server.js",
            "import nav from './views/nav.js'; export default { fetch: () => new Response(nav) };",
        ),
        ("views/nav.js", "export default 'nav';"),
        ("views/site/print.css", "p { color: black }"),
    ];
    let (status, _) = learner.saves(&files).await;
    assert_eq!(status, StatusCode::OK);

    let program = program.restarted();
    let back = Learner::returns(&program, &learner.site).await;
    let kept: serde_json::Map<_, _> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), json!(text)))
        .collect();
    assert_eq!(back.files().await, serde_json::Value::Object(kept));
    let page = back.site.page(&format!("/lessons/{LESSON}")).await;
    let caption = "<figcaption>views/site/print.css</figcaption>";
    assert!(page.replace("&#x2F;", "/").contains(caption), "{page}");
    for (path, text) in [
        ("/", "nav"),
        ("/views/site/print.css", "p { color: black }"),
    ] {
        assert_eq!(back.sandbox.page(path).await, text);
    }
    let archive = back.asks(Method::GET, "project.zip").send().await;
    let bytes = archive
        .expect("an archive")
        .bytes()
        .await
        .expect("its bytes");
    let has = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
    assert!(has(b"/views/site/print.css"));
}

#[tokio::test]
async fn what_is_no_project_is_refused_with_the_reason_and_changes_nothing() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.saves(&[("server.js", "kept")]).await;
    let large = "x".repeat(256 * 1024 + 1);
    let names: Vec<_> = (0..65).map(|n| format!("f{n}.js")).collect();
    let many: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    let quarter = "x".repeat(256 * 1024);
    let heavy: Vec<_> = names[..5]
        .iter()
        .map(|name| (name.as_str(), quarter.as_str()))
        .collect();
    for (files, status, words) in [
        (
            vec![("../etc/passwd", "")],
            StatusCode::UNPROCESSABLE_ENTITY,
            "no part may",
        ),
        (
            vec![("a/b.js", ""), ("a", "")],
            StatusCode::UNPROCESSABLE_ENTITY,
            "“a” cannot be beside “a/b.js”",
        ),
        (
            vec![("hxlab/serve.js", "")],
            StatusCode::UNPROCESSABLE_ENTITY,
            "another folder",
        ),
        (
            vec![("big.js", large.as_str())],
            StatusCode::PAYLOAD_TOO_LARGE,
            "256 KiB",
        ),
        (many, StatusCode::PAYLOAD_TOO_LARGE, "64 files"),
        (heavy, StatusCode::PAYLOAD_TOO_LARGE, "1 MiB"),
    ] {
        let (got, answer) = learner.saves(&files).await;
        assert_eq!(got, status, "{answer}");
        let error = answer["error"].as_str().expect("a sentence");
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(learner.files().await, json!({ "server.js": "kept" }));
}

#[tokio::test]
async fn bytes_that_are_not_utf8_are_refused() {
    let program = Program::site();
    let learner = Learner::arrives(&program).await;
    let mut body = br#"{"version":0,"files":{"a.js":""#.to_vec();
    body.extend([0xff, 0xfe]);
    body.extend(br#""}}"#);
    let sent = learner.asks(Method::PUT, "draft").body(body).send().await;
    let response = sent.expect("an answer");
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(response.text().await.expect("text").contains("UTF-8"));
}

#[tokio::test]
async fn a_form_replayed_from_another_site_is_refused() {
    let program = Program::site();
    let learner = Learner::arrives(&program).await;
    let path = format!("/lessons/{}/draft", crate::actors::learner::LESSON);
    let mut failed = String::new();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("x-nothing", "said"),
    ] {
        let request = learner.site.request(Method::PUT, &path).header(name, value);
        let sent = request.body(r#"{"version":0,"files":{}}"#).send().await;
        let status = sent.expect("an answer").status();
        if status != StatusCode::FORBIDDEN {
            let _ = writeln!(failed, "{name}: {value} → {status}");
        }
    }
    assert_eq!(failed, "");
}
