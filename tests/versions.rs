//! The versions of a draft: listed in parts, given, named and found by their learner alone, and the last good Run.

use reqwest::{Method, StatusCode};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::Program;

const GOOD: &str = "export default { fetch: () => new Response('good') };";
const BROKEN: &str = "export default {";

/// What a learner gets at a path of the lesson.
async fn gets(learner: &Learner, path: &str) -> (StatusCode, Value) {
    let sent = learner.asks(Method::GET, path).send().await;
    let answer = sent.expect("the site answers");
    (answer.status(), answer.json().await.expect("JSON"))
}

async fn names(learner: &Learner, version: u64, name: &str) -> (StatusCode, Value) {
    let path = format!("/lessons/{LESSON}/versions/{version}/name");
    learner.posts(&path, &json!({ "name": name })).await
}

/// The members of this name, of a list's versions.
fn all<'a>(list: &'a Value, member: &str) -> Vec<&'a Value> {
    let versions = list["versions"].as_array().expect("a list");
    versions.iter().map(|version| &version[member]).collect()
}

#[tokio::test]
async fn versions_are_listed_given_and_named() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    let (status, none) = gets(&ada, "versions").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(none, json!({ "versions": [], "more": false }));
    for text in ["1", "2", "3"] {
        ada.saves(&[("server.js", text)]).await;
    }
    let (status, named) = names(&ada, 2, "  before the rooms ").await;
    assert_eq!(
        (status, &named["name"]),
        (StatusCode::OK, &json!("before the rooms")),
        "{named}"
    );
    let (_, list) = gets(&ada, "versions").await;
    assert_eq!(all(&list, "version"), [3, 2, 1]);
    assert_eq!(
        all(&list, "name"),
        [&Value::Null, &json!("before the rooms"), &Value::Null]
    );
    let (_, older) = gets(&ada, "versions?before=3").await;
    assert_eq!(all(&older, "version"), [2, 1]);
    let (_, first) = gets(&ada, "versions/1").await;
    assert_eq!(first["files"], json!({ "server.js": "1" }));

    let program = program.restarted();
    let back = Learner::returns(&program, &ada.site).await;
    names(&back, 2, "").await;
    let (_, list) = gets(&back, "versions").await;
    assert!(
        all(&list, "name").iter().all(|name| name.is_null()),
        "{list}"
    );
}

#[tokio::test]
async fn nobody_finds_another_learners_versions() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(GOOD).await;
    let mut bob = Learner::arrives(&program).await;
    let stranger = Learner::newcomer(&program).await;
    for (learner, refused) in [
        (&bob, StatusCode::NOT_FOUND),
        (&stranger, StatusCode::FORBIDDEN),
    ] {
        let (_, list) = gets(learner, "versions").await;
        assert_eq!(all(&list, "version"), Vec::<&Value>::new());
        assert_eq!(gets(learner, "versions/1").await.0, refused);
        assert_eq!(gets(learner, "good-run").await.0, StatusCode::NOT_FOUND);
        assert_eq!(names(learner, 1, "mine").await.0, refused);
    }
    bob.saves(&[("server.js", "of Bob")]).await;
    let (_, first) = gets(&bob, "versions/1").await;
    assert_eq!(first["files"], json!({ "server.js": "of Bob" }));
    // Another site's page changes nothing.
    let path = format!("/lessons/{LESSON}/versions/1/name");
    let foreign = bob.site.request(Method::POST, &path);
    let foreign = foreign.header("sec-fetch-site", "cross-site");
    let sent = foreign.json(&json!({ "name": "theirs" })).send().await;
    assert_eq!(sent.expect("an answer").status(), StatusCode::FORBIDDEN);
    let (_, list) = gets(&bob, "versions").await;
    assert_eq!(all(&list, "name"), [&Value::Null]);
}

#[tokio::test]
async fn what_is_no_version_or_no_name_is_refused_with_a_sentence() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.saves(&[("server.js", "1")]).await;
    for version in [
        "2",
        "0",
        "-1",
        "one",
        "9223372036854775808",
        "99999999999999999999",
    ] {
        let (status, answer) = gets(&ada, &format!("versions/{version}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{version}");
        let error = answer["error"].as_str().expect("a sentence");
        assert!(error.contains("choose another one"), "{error}");
    }
    for (name, status) in [
        ("é".repeat(60), StatusCode::OK),
        ("é".repeat(61), StatusCode::UNPROCESSABLE_ENTITY),
        ("two\nlines".to_owned(), StatusCode::UNPROCESSABLE_ENTITY),
        ("x".repeat(2000), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let (got, answer) = names(&ada, 1, &name).await;
        assert_eq!(got, status, "{answer}");
    }
    for before in ["x", "-1"] {
        let sent = ada.asks(Method::GET, &format!("versions?before={before}"));
        let status = sent.send().await.expect("an answer").status();
        assert_eq!(status, StatusCode::BAD_REQUEST, "{before}");
    }
}

#[tokio::test]
async fn the_last_good_run_is_the_last_code_whose_server_started() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    let (status, none) = gets(&ada, "good-run").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let error = none["error"].as_str().expect("a sentence");
    assert!(error.contains("press Run"), "{error}");
    ada.runs_server(GOOD).await;
    let (_, began) = ada.runs(&[("server.js", BROKEN)]).await;
    assert_eq!(began["outcome"], "failed", "{began}");
    ada.saves(&[("server.js", "// never run")]).await;

    let program = program.restarted();
    let back = Learner::returns(&program, &ada.site).await;
    let (_, run) = gets(&back, "good-run").await;
    assert_eq!(
        (&run["version"], &run["files"]),
        (&json!(1), &json!({ "server.js": GOOD }))
    );
    let (_, list) = gets(&back, "versions").await;
    let ran: Vec<_> = all(&list, "ran").iter().map(|at| at.is_u64()).collect();
    assert_eq!(ran, [false, false, true], "{list}");
}

#[tokio::test]
async fn fifteen_hundred_versions_come_in_parts_and_fewer_once_they_are_old() {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    ada.saves(&[("server.js", "1")]).await;
    copy_version(&program, 1500);
    let mut seen = Vec::new();
    let mut path = "versions".to_owned();
    loop {
        let (_, list) = gets(&ada, &path).await;
        let numbers = all(&list, "version");
        assert!(numbers.len() <= 100, "a part has {}", numbers.len());
        seen.extend(numbers.into_iter().filter_map(Value::as_u64));
        if list["more"] == false {
            break;
        }
        path = format!("versions?before={}", seen.last().expect("a part has some"));
    }
    assert_eq!(seen, (1..=1500).rev().collect::<Vec<_>>());

    // A day old: all but the newest are of one slot or share few.
    age(&program);
    ada.version = 1500;
    for n in 0..16 {
        ada.saves(&[("server.js", &format!("new {n}"))]).await;
    }
    let (_, list) = gets(&ada, "versions").await;
    assert_eq!(list["more"], false);
    assert_eq!(gets(&ada, "versions/700").await.0, StatusCode::NOT_FOUND);
}

/// Has the first version of the only draft again under each number up to this one.
fn copy_version(program: &Program, last: u32) {
    let database = Connection::open(program.data().join("hxlab.db")).expect("the database");
    database
        .execute_batch(&format!(
            "WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})
             INSERT INTO draft_versions (draft_id, version, saved_ms, bytes)
             SELECT draft_id, n, saved_ms, 0 FROM draft_versions, numbers WHERE version = 1;
             INSERT INTO draft_files (draft_id, version, name, text_hash)
             SELECT draft_id, draft_versions.version, name, text_hash
             FROM draft_versions JOIN draft_files USING (draft_id)
             WHERE draft_files.version = 1 AND draft_versions.version > 1;"
        ))
        .expect("copies");
}

/// Has all that was saved be three days older.
fn age(program: &Program) {
    let database = Connection::open(program.data().join("hxlab.db")).expect("the database");
    let day = 24 * 60 * 60 * 1000;
    let older = "UPDATE draft_versions SET saved_ms = saved_ms - 3 * ?1";
    database.execute(older, [day]).expect("older versions");
}
