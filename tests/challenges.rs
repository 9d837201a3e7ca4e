//! Challenges over HTTP: what a page cannot do by its word alone; and `hxlab check` on checks that are
//! wrong.

use std::time::Duration;

use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::{Program, once};

/// A course of one lesson with these checks.
fn course(checks: &str) -> Vec<(String, String)> {
    let lesson = format!("01-unit/01-{LESSON}");
    let page =
        "+++\ntitle = \"One\"\nsummary = \"One.\"\nminutes = 1\n+++\n\n## Challenge\n\nDo it.\n";
    let server = "export default { fetch: (req) => new Response('Hello', { status: req.method === 'PUT' ? 201 : 200 }) };";
    [
        ("course.toml".to_owned(), "title = \"C\"\nsummary = \"S\"\n"),
        ("base/server.js".to_owned(), server),
        (
            "01-unit/unit.toml".to_owned(),
            "title = \"U\"\nsummary = \"S\"\n",
        ),
        (format!("{lesson}/index.md"), page),
        (format!("{lesson}/starter/a.txt"), "a"),
        (format!("{lesson}/solution/a.txt"), "b"),
        (format!("{lesson}/alternatives/other/a.txt"), "c"),
        (format!("{lesson}/checks.js"), checks),
    ]
    .map(|(path, text)| (path, text.to_owned()))
    .to_vec()
}

fn site(checks: &str) -> Program {
    let files = course(checks);
    let files: Vec<_> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    Program::course(&files)
}

const CHECKS: &str = r#"
const story = { expects: "It is said.", hint: "Say it.", run() {} };
export default [
  { ...story, id: "said", wire: [{ request: "PUT", path: "/say", status: 201 }] },
  { ...story, id: "never", wire: [{ request: "GET", client: "No browser" }, { request: "DELETE", times: 0 }] },
  { ...story, id: "trusted" },
];"#;

/// A learner whose page tries a challenge.
struct Trier {
    learner: Learner,
    trial: String,
}

impl Trier {
    async fn begins(program: &Program) -> Self {
        let mut learner = Learner::arrives(program).await;
        let trial = Self::trial(&mut learner, "x").await;
        Self { learner, trial }
    }

    /// Begins a trial of a draft with this text in it.
    async fn trial(learner: &mut Learner, text: &str) -> String {
        let server = "export default { fetch: (req) => {
            while (req.url.endsWith('/loop'));
            return new Response('Hello', { status: req.method === 'PUT' ? 201 : 200 });
        } };";
        let files = json!({ "server.js": server, "a.txt": text });
        let body = json!({ "version": learner.version, "files": files });
        let sent = learner
            .asks(Method::POST, "challenge")
            .json(&body)
            .send()
            .await;
        let begun: Value = sent.expect("the site answers").json().await.expect("JSON");
        learner.version = begun["version"].as_u64().expect("a version");
        begun["trial"].as_str().expect("a trial").to_owned()
    }

    async fn posts(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let path = format!("/trials/{}/{path}", self.trial);
        self.learner.posts(&path, body).await
    }

    async fn begins_check(&self, id: &str) {
        let (status, began) = self.posts(&format!("checks/{id}/begin"), &json!({})).await;
        assert_eq!(
            (status, &began["outcome"]),
            (StatusCode::OK, &json!("running"))
        );
    }

    /// Says that a check passed.
    async fn claims(&self, id: &str) -> (StatusCode, Value) {
        self.posts(&format!("checks/{id}/end"), &json!({ "passed": true }))
            .await
    }

    /// Asks the server of a check under way without a browser.
    async fn asks(&self, check: &str, method: &str, path: &str) -> Value {
        let asked = json!({ "method": method, "path": path });
        let address = format!("checks/{check}/request");
        self.posts(&address, &asked).await.1
    }
}

#[tokio::test]
async fn the_log_has_the_last_word() {
    let program = site(CHECKS);
    let trier = Trier::begins(&program).await;
    // Nothing was done at all.
    for id in ["said", "never", "trusted"] {
        trier.begins_check(id).await;
        let (_, verdict) = trier.claims(id).await;
        assert_eq!(verdict["passed"], false, "{id}: {verdict}");
    }
    // Something else was done.
    trier.begins_check("said").await;
    let asked = trier.asks("said", "POST", "/say").await;
    let (_, verdict) = trier.claims("said").await;
    assert_eq!(verdict["passed"], false);
    assert_eq!(verdict["evidence"]["entry"], asked["entry"]);
    let found = verdict["evidence"]["found"].as_str().expect("words");
    assert_eq!(
        found,
        "the nearest is POST /say of No browser, answered with 200; its method is POST; it was answered with 200"
    );
    // What must never happen did.
    trier.begins_check("never").await;
    trier.asks("never", "GET", "/").await;
    trier.asks("never", "DELETE", "/").await;
    assert_eq!(trier.claims("never").await.1["passed"], false);
    // A page that says it failed is believed.
    trier.begins_check("said").await;
    trier.asks("said", "PUT", "/say").await;
    let said = json!({ "passed": false, "evidence": { "expected": "a", "found": "b" } });
    assert_eq!(
        trier.posts("checks/said/end", &said).await.1["passed"],
        false
    );
}

#[tokio::test]
async fn every_check_has_to_pass_in_one_trial_of_the_learners_code() {
    let program = site(CHECKS);
    let mut trier = Trier::begins(&program).await;
    let first = trier.trial.clone();
    for (id, method) in [("said", "PUT"), ("never", "GET")] {
        trier.begins_check(id).await;
        trier.asks(id, method, "/say").await;
        let (_, verdict) = trier.claims(id).await;
        assert_eq!(
            (&verdict["passed"], &verdict["all"]),
            (&json!(true), &json!(false)),
            "{id}"
        );
        // The same end again, and that of a check which was not begun.
        assert_eq!(trier.claims(id).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            trier.claims("trusted").await.0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    // Another trial knows nothing of what passed before, and ends the one before it.
    trier.trial = Trier::trial(&mut trier.learner, "y").await;
    trier.begins_check("trusted").await;
    trier.asks("trusted", "GET", "/").await;
    let (_, verdict) = trier.claims("trusted").await;
    assert_eq!(
        (&verdict["passed"], &verdict["all"]),
        (&json!(true), &json!(false))
    );
    let second = std::mem::replace(&mut trier.trial, first);
    assert_eq!(trier.claims("trusted").await.0, StatusCode::NOT_FOUND);
    trier.trial = second;
    // Nobody else may end it.
    let stranger = Trier {
        learner: Learner::arrives(&program).await,
        trial: trier.trial.clone(),
    };
    assert_eq!(stranger.claims("said").await.0, StatusCode::NOT_FOUND);
    let none = trier
        .learner
        .asks(Method::GET, "passed")
        .send()
        .await
        .expect("an answer");
    assert_eq!(none.status(), StatusCode::NOT_FOUND);

    for (id, method) in [("said", "PUT"), ("never", "GET")] {
        trier.begins_check(id).await;
        trier.asks(id, method, "/say").await;
        assert_eq!(trier.claims(id).await.1["passed"], true);
    }
    // The code that passed is kept, whatever is tried afterwards.
    let trial = Trier::trial(&mut trier.learner, "z").await;
    trier.trial = trial;
    trier.begins_check("said").await;
    assert_eq!(trier.claims("said").await.1["passed"], false);
    let passed = trier
        .learner
        .asks(Method::GET, "passed")
        .send()
        .await
        .expect("an answer");
    let passed: Value = passed.json().await.expect("JSON");
    assert_eq!(passed["files"]["a.txt"], "y", "{passed}");
    let page = trier.learner.site.page(&format!("/lessons/{LESSON}")).await;
    assert!(page.contains("You have passed this challenge. It stays passed"));
    let me = trier.learner.site.page("/me").await;
    assert!(me.contains("done"), "{me}");
    let path = trier.learner.site.page("/").await;
    assert!(path.contains("done"), "{path}");
}

#[tokio::test]
async fn checks_under_way_side_by_side_have_servers_and_logs_of_their_own() {
    let program = site(CHECKS);
    let trier = Trier::begins(&program).await;
    let live = format!("/trials/{}/live", trier.trial);
    let mut feed = trier.learner.site.stream(&live).await;
    for id in ["said", "never"] {
        trier.begins_check(id).await;
    }
    trier.asks("never", "GET", "/of-never").await;
    trier.asks("said", "PUT", "/say").await;
    let question = json!({ "claim": { "request": "GET" } });
    let (_, found) = trier.posts("checks/said/wire", &question).await;
    assert_eq!(found["entries"], json!([]), "another check's");
    let heard = feed.until("/say").await;
    assert!(
        heard.contains(r#""check":"never""#) && heard.contains("/of-never"),
        "{heard}"
    );
    // One that begins again has a new server, and the other one goes on.
    trier.begins_check("said").await;
    assert_eq!(trier.claims("never").await.1["passed"], true);
    assert_eq!(trier.claims("said").await.1["passed"], false, "a new log");
    let (status, answer) = trier.posts("checks/said/wire", &question).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
    // The trial's end ends its feed.
    trier.posts("end", &json!({})).await;
    feed.is_ended().await;
}

#[tokio::test]
async fn a_loop_in_a_checks_server_is_told_as_work_until_it_is_ended() {
    let program = site(CHECKS);
    let trier = Trier::begins(&program).await;
    let live = format!("/trials/{}/live", trier.trial);
    let mut feed = trier.learner.site.stream(&live).await;
    trier.begins_check("said").await;
    trier.asks("said", "GET", "/").await;
    let quick = feed.until(r#""status":200"#).await;
    assert!(!quick.contains("event: work"), "a short turn: {quick}");
    tokio::join!(trier.asks("said", "GET", "/loop"), async {
        feed.until(r#""under_way":true"#).await;
        feed.until(r#""state":"crashed""#).await;
        feed.until(r#""under_way":false"#).await;
    });
}

#[tokio::test]
async fn a_question_about_the_wire_is_answered_from_the_log() {
    let program = site(CHECKS);
    let trier = Trier::begins(&program).await;
    trier.begins_check("never").await;
    trier.asks("never", "GET", "/").await;
    let question = json!({ "claim": { "request": "GET" }, "milliseconds": 0 });
    let (_, found) = trier.posts("checks/never/wire", &question).await;
    assert_eq!(found["entries"].as_array().map(Vec::len), Some(1));
    let (status, _) = trier
        .posts(
            "checks/never/wire",
            &json!({ "claim": {}, "milliseconds": 0 }),
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn questions_about_the_wire_that_wait_have_a_number_and_keep_no_copy_of_the_log() {
    const LONG: &str = "export default { fetch: () => new Response('x'.repeat(4096)) };";
    let program = site(CHECKS);
    let mut trier = Trier::begins(&program).await;
    let files = json!({ "server.js": LONG, "a.txt": "x" });
    let draft = json!({ "version": trier.learner.version, "files": files });
    let path = format!("/lessons/{LESSON}/challenge");
    let (_, begun) = trier.learner.posts(&path, &draft).await;
    begun["trial"]
        .as_str()
        .expect("a trial")
        .clone_into(&mut trier.trial);
    trier.begins_check("never").await;
    // Four megabytes of text, of which 128 copies would be half a gigabyte.
    for _ in 0..50 {
        let asks = (0..20).map(|_| trier.asks("never", "GET", "/"));
        join_all(asks).await;
    }
    let before = program.peak_memory();
    let waits = json!({ "claim": { "request": "DELETE" }, "milliseconds": 8000 });
    let questions = (0..300).map(|_| trier.posts("checks/never/wire", &waits));
    let (answers, during) = tokio::join!(join_all(questions), async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        // Each looks at all of it again.
        trier.asks("never", "GET", "/").await;
        program.peak_memory()
    });
    let refused = answers
        .iter()
        .filter(|(status, _)| *status == StatusCode::SERVICE_UNAVAILABLE);
    let sentence = "Too many questions about the wire wait at once";
    for (_, answer) in refused.clone() {
        assert!(answer["error"].to_string().contains(sentence), "{answer}");
    }
    // A learner's part of the budget, in questions of 16 KiB.
    assert_eq!(answers.len() - refused.count(), 128);
    assert!(
        during < before + (100 << 20),
        "{before} bytes, then {during}"
    );
    // The places are free again.
    let question = json!({ "claim": { "request": "GET" }, "milliseconds": 0 });
    let (status, found) = trier.posts("checks/never/wire", &question).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    // What is found is bounded as well: half a MiB of texts, and not all four.
    let entries = found["entries"].as_array().map_or(0, Vec::len);
    assert!((50..200).contains(&entries), "{entries}");
}

/// What `hxlab check` prints about these checks.
fn faults(checks: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in course(checks) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
        std::fs::write(path, text).expect("the folder takes a file");
    }
    let lessons = folder.path().to_str().expect("a plain path");
    let output = once(&["check", lessons]);
    assert_eq!(output.status.code(), Some(1), "{checks}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.replace(&format!("{lessons}/01-unit/01-{LESSON}/"), "")
}

#[test]
fn checks_that_are_wrong_are_told_with_their_line() {
    for (checks, expected) in [
        (
            "\nthrow new Error('no');",
            "checks.js:2: it cannot be loaded: Error: no;",
        ),
        (
            "export default [",
            "checks.js:1: it cannot be loaded: SyntaxError",
        ),
        ("\n\nwhile (true);\nexport default [];", "checks.js:"),
        ("export const checks = [];", "exports no list"),
        ("export default {};", "exports no list"),
        ("export default [];", "there is no check;"),
        ("export default [null];", "check 1 is not of the right form"),
        (
            "export default [{ id: 'a' }];",
            "checks.js:1: “a” is not of the right form: missing field `expects`",
        ),
        (
            "const it = { id: 'a', expects: 'E.', hint: 'H.', run() {} };\nexport default [it, it];",
            "checks.js:1: two checks have the id “a”; rename one of them",
        ),
        (
            "export default [{ id: 'a', expects: 'E.', hint: 'H.', run() {}, second: 5 }];",
            "unknown field `second`",
        ),
        (
            "\nexport default [{ id: 'a', expects: 'E.', hint: 'H.', run: ({ wire }) => wire.all({}) }];",
            "checks.js:2: “a” is about the wire and claims nothing that the server can verify;",
        ),
        (
            "export default [{ id: 'a', expects: 'E.', hint: 'H.', get run() { for (;;); } }];",
            "checks.js:",
        ),
    ] {
        let faults = faults(checks);
        assert!(faults.contains(expected), "{checks}\n→ {faults}");
        assert_eq!(faults.lines().count(), 1, "{checks}\n→ {faults}");
    }
}

#[tokio::test]
async fn a_checks_clients_can_be_used_after_it_until_the_page_leaves_them() {
    let program = site(CHECKS);
    let trier = Trier::begins(&program).await;
    let mut clients = Vec::new();
    for id in ["said", "never"] {
        trier.begins_check(id).await;
        let path = format!("checks/{id}/clients/alice");
        let (_, opened) = trier.posts(&path, &json!({})).await;
        let address = &opened["address"];
        let url = reqwest::Url::parse(address.as_str().expect("an address")).expect("an address");
        clients.push(trier.learner.site.at(url.host_str().expect("a host")));
        let said = json!({ "passed": false, "keeps": true });
        let (status, _) = trier.posts(&format!("checks/{id}/end"), &said).await;
        assert_eq!(status, StatusCode::OK);
    }
    for (client, leaves) in clients.iter().zip(["checks/said/leave", "end"]) {
        assert_eq!(client.get("/").await.status(), StatusCode::OK);
        trier.posts(leaves, &json!({})).await;
        assert_eq!(
            client.get("/").await.status(),
            StatusCode::NOT_FOUND,
            "{leaves}"
        );
    }
}
