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

/// A PNG's first bytes, in base64 as the editor sends them.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\xff";
const PNG_BASE64: &str = "iVBORw0KGgoA/w==";

#[tokio::test]
async fn a_picture_is_kept_served_and_taken_away_byte_for_byte() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    let server = "export default { fetch: async () => {
      const file = Bun.file('logo.png');
      return new Response(`${file.size} ${file.type} ${(await file.bytes())[0]}`);
    } };";
    let icon = json!({ "base64": PNG_BASE64 });
    // As large as a file may be.
    let photo = json!({ "base64": format!("{}/w==", "////".repeat(256 * 1024 / 3)) });
    let files = json!({
        "favicon.ico": icon, "logo.png": icon, "photo.webp": photo, "server.js": server
    });
    let (status, began) = learner.sends_json(Method::POST, "run", &files).await;
    assert_eq!(
        (status, &began["outcome"]),
        (StatusCode::OK, &json!("running")),
        "{began}"
    );
    assert_eq!(learner.sandbox.page("/said").await, "10 image/png 137");

    let program = program.restarted();
    let back = Learner::returns(&program, &learner.site).await;
    assert_eq!(back.files().await, files);
    for (path, kind) in [("/logo.png", "image/png"), ("/favicon.ico", "image/x-icon")] {
        let answer = back.sandbox.get(path).await;
        assert_eq!(answer.headers()["content-type"], kind);
        assert_eq!(answer.bytes().await.expect("a body"), PNG);
    }
    let photo = back.sandbox.get("/photo.webp").await;
    let photo = photo.bytes().await.expect("a body");
    assert_eq!(photo.len(), 256 * 1024);
    assert!(photo.iter().all(|byte| *byte == 0xff));
    let zip = format!("/lessons/{LESSON}/project.zip");
    let zip = back.site.get(&zip).await.bytes().await.expect("a body");
    assert!(zip.windows(PNG.len()).any(|bytes| bytes == PNG));
    let page = back.site.page(&format!("/lessons/{LESSON}")).await;
    assert!(page.contains("<figcaption>logo.png: picture, 10 B</figcaption>"));
}

#[tokio::test]
async fn drafts_that_differ_in_a_picture_alone_are_two() {
    let program = Program::site();
    let mut one = Learner::arrives(&program).await;
    let mut other = Learner::returns(&program, &one.site).await;
    let put = Method::PUT;
    let first = json!({ "logo.png": { "base64": PNG_BASE64 } });
    let second = json!({ "logo.png": { "base64": "iVBORw0KGgoA/g==" } });
    one.sends_json(put.clone(), "draft", &first).await;
    assert_eq!(one.version, 1);
    let (status, conflict) = other.sends_json(put.clone(), "draft", &second).await;
    assert_eq!((status, &conflict["files"]), (StatusCode::CONFLICT, &first));
    one.sends_json(put, "draft", &second).await;
    assert_eq!(one.version, 2);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_with_the_reason_and_changes_nothing() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.saves(&[("server.js", "kept")]).await;
    let large = "////".repeat(256 * 1024 / 3 + 1);
    let many = (0..10_000).map(|n| (format!("{n}.png"), json!({ "base64": "/w==" })));
    for (files, status, words) in [
        (
            json!({ "a.png": { "base64": "iVBO*" } }),
            StatusCode::UNPROCESSABLE_ENTITY,
            "“a.png” did not arrive whole",
        ),
        (
            json!({ "a.png": { "base64": "/w==", "type": "image/png" } }),
            StatusCode::UNPROCESSABLE_ENTITY,
            "unknown field `type`",
        ),
        (
            json!({ "server.js": { "base64": "/w==" } }),
            StatusCode::UNPROCESSABLE_ENTITY,
            "“server.js” is not UTF-8 text",
        ),
        (
            json!({ "a.png": { "base64": large } }),
            StatusCode::PAYLOAD_TOO_LARGE,
            "choose a smaller one",
        ),
        (
            many.collect(),
            StatusCode::PAYLOAD_TOO_LARGE,
            "at most 64 files",
        ),
    ] {
        let (got, answer) = learner.sends_json(Method::PUT, "draft", &files).await;
        let error = answer["error"].as_str().expect("a sentence");
        assert_eq!(got, status, "{error}");
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(learner.files().await, json!({ "server.js": "kept" }));
}

#[tokio::test]
async fn a_picture_that_is_imported_is_refused_at_its_line() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    let files = json!({
        "logo.png": { "base64": PNG_BASE64 },
        "server.js": "\nimport logo from './logo.png';\nexport default { fetch: () => new Response(logo) };",
    });
    let (_, began) = learner.sends_json(Method::POST, "run", &files).await;
    let fault = &began["fault"];
    assert_eq!(
        fault["message"],
        "server.js imports “./logo.png”, which is no text: read it by Bun.file(\"logo.png\").bytes()"
    );
    assert_eq!(fault["frames"][0]["line"], 2);
}
