//! Who asks: which answers carry the cookie, and that what is a learner's is found by nobody else.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::Program;
use crate::actors::reader::Reader;

const CHECKS: &str = r#"
const story = { expects: "It is said.", hint: "Say it.", run() {} };
export default [{ ...story, id: "said", wire: [{ request: "GET", status: 200 }] }];"#;

const PAGE: &str = r#"+++
title = "One"
summary = "One."
minutes = 1
+++

## Questions

```question first
Which attribute?

= hx-get
explain: It asks.
```

```step first
Look.

see: Nothing.
```

```step second
Ask.

see: An answer.
when: { "request": "GET" }
```

## Challenge

Do it.
"#;

pub(crate) fn course() -> Program {
    let lesson = format!("01-unit/01-{LESSON}");
    let server = "export default { fetch: () => new Response('Hello') };";
    let folder = |name: &str| format!("{lesson}/{name}");
    Program::course(&[
        ("course.toml", "title = \"C\"\nsummary = \"S\"\n"),
        ("base/server.js", server),
        ("01-unit/unit.toml", "title = \"U\"\nsummary = \"S\"\n"),
        (&folder("index.md"), PAGE),
        (&folder("starter/a.txt"), "a"),
        (&folder("solution/a.txt"), "b"),
        (&folder("alternatives/other/a.txt"), "c"),
        (&folder("checks.js"), CHECKS),
    ])
}

/// Every route of the site but a lesson's feed, which does not end. `*` stands for the lesson's address.
const ROUTES: &[(&str, &str, Whose)] = &[
    ("GET", "/", Whose::Nobodys),
    ("GET", "/review", Whose::Nobodys),
    ("GET", "/search?q=one", Whose::Nobodys),
    ("GET", "/palette.json", Whose::Nobodys),
    ("GET", "/bun", Whose::Nobodys),
    ("GET", "/me", Whose::Nobodys),
    ("GET", "/me/all.json", Whose::Nobodys),
    ("GET", "/me/mark", Whose::Nobodys),
    ("GET", "/recover", Whose::Nobodys),
    ("GET", "/nowhere", Whose::Nobodys),
    ("GET", "*", Whose::Learners),
    ("GET", "/lessons/unknown", Whose::Nobodys),
    ("GET", "*/open", Whose::Nobodys),
    ("GET", "*/starter", Whose::Nobodys),
    ("GET", "*/solution", Whose::Nobodys),
    ("GET", "*/checks.js", Whose::Nobodys),
    ("GET", "*/project.zip", Whose::Nobodys),
    ("GET", "*/passed", Whose::Nobodys),
    ("GET", "*/versions", Whose::Nobodys),
    ("GET", "*/versions/1", Whose::Nobodys),
    ("POST", "*/versions/1/name", Whose::Nobodys),
    ("GET", "*/good-run", Whose::Nobodys),
    ("PUT", "*/draft", Whose::Nobodys),
    ("POST", "*/run", Whose::Nobodys),
    ("POST", "*/stop", Whose::Nobodys),
    ("POST", "*/send", Whose::Nobodys),
    ("GET", "*/faults", Whose::Nobodys),
    ("POST", "*/faults", Whose::Nobodys),
    ("POST", "*/client", Whose::Nobodys),
    ("POST", "*/client/leave", Whose::Nobodys),
    ("POST", "*/challenge", Whose::Nobodys),
    ("POST", "/trials/x/checks/said/begin", Whose::Nobodys),
    ("POST", "/trials/x/checks/said/end", Whose::Nobodys),
    ("POST", "/trials/x/checks/said/leave", Whose::Nobodys),
    (
        "POST",
        "/trials/x/checks/said/clients/alice",
        Whose::Nobodys,
    ),
    ("POST", "/trials/x/checks/said/wire", Whose::Nobodys),
    ("POST", "/trials/x/checks/said/server", Whose::Nobodys),
    ("POST", "/trials/x/checks/said/request", Whose::Nobodys),
    ("GET", "/trials/x/live", Whose::Nobodys),
    ("POST", "/trials/x/end", Whose::Nobodys),
    ("POST", "*/read", Whose::Learners),
    ("POST", "/lessons/unknown/read", Whose::Nobodys),
    ("GET", "*/standing", Whose::Nobodys),
    ("POST", "*/steps/first", Whose::Learners),
    // A fault: the log ticks it.
    ("POST", "*/steps/second", Whose::Nobodys),
    ("POST", "*/steps/unknown", Whose::Nobodys),
    ("POST", "*/questions/first", Whose::Learners),
    ("POST", "*/questions/first/reveal", Whose::Learners),
    // A fault: there is nothing to be judged.
    ("POST", "*/questions/first/self", Whose::Nobodys),
    ("POST", "*/questions/unknown", Whose::Nobodys),
    ("POST", "/me/code", Whose::Learners),
    ("POST", "/me/code/void", Whose::Nobodys),
    ("POST", "/me/sign-out", Whose::Nobodys),
    // A fault: the box is not ticked.
    ("POST", "/me/delete", Whose::Nobodys),
    ("POST", "/recover", Whose::Nobodys),
    ("POST", "/theme", Whose::Nobodys),
    ("GET", "/play", Whose::Learners),
    // A fault: it names no beginning.
    ("POST", "/play/projects", Whose::Nobodys),
    ("POST", "/play/import", Whose::Nobodys),
    // Faults: nobody has such a project, and nobody shares such a snapshot.
    ("GET", "/play/projects/x", Whose::Nobodys),
    ("PUT", "/play/projects/x/draft", Whose::Nobodys),
    ("POST", "/play/projects/x/run", Whose::Nobodys),
    ("POST", "/play/projects/x/stop", Whose::Nobodys),
    ("GET", "/play/projects/x/open", Whose::Nobodys),
    ("GET", "/play/projects/x/versions", Whose::Nobodys),
    ("GET", "/play/projects/x/versions/1", Whose::Nobodys),
    ("POST", "/play/projects/x/versions/1/name", Whose::Nobodys),
    ("GET", "/play/projects/x/good-run", Whose::Nobodys),
    ("GET", "/play/projects/x/live", Whose::Nobodys),
    ("POST", "/play/projects/x/send", Whose::Nobodys),
    ("GET", "/play/projects/x/faults", Whose::Nobodys),
    ("POST", "/play/projects/x/faults", Whose::Nobodys),
    ("POST", "/play/projects/x/client", Whose::Nobodys),
    ("POST", "/play/projects/x/client/leave", Whose::Nobodys),
    ("GET", "/play/projects/x/project.zip", Whose::Nobodys),
    ("POST", "/play/projects/x/name", Whose::Nobodys),
    ("POST", "/play/projects/x/delete", Whose::Nobodys),
    ("POST", "/play/projects/x/restore", Whose::Nobodys),
    ("POST", "/play/projects/x/erase", Whose::Nobodys),
    ("POST", "/play/projects/x/share", Whose::Nobodys),
    ("GET", "/play/x", Whose::Nobodys),
    ("POST", "/play/x", Whose::Nobodys),
    ("POST", "/play/x/copy", Whose::Nobodys),
    ("POST", "/play/x/take-back", Whose::Nobodys),
    ("GET", "/play/x/project.zip", Whose::Nobodys),
    ("GET", "/play/x/embed", Whose::Nobodys),
    ("POST", "/play/x/embed", Whose::Nobodys),
    ("GET", "/healthz", Whose::Nobodys),
    ("GET", "/assets/x/y.js", Whose::Nobodys),
    ("GET", "/rounds/x", Whose::Nobodys),
];

/// Whose answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// Answered without the session's cookie: nobody needs to be known, or it is a fault.
    Nobodys,
    /// Answered to a learner, who is made if need be and gets the cookie each time.
    Learners,
}

#[tokio::test]
async fn the_cookie_comes_with_each_answer_to_a_learner_and_with_no_other() {
    let program = course();
    let known = Reader::of(&program);
    known.gets(&format!("/lessons/{LESSON}")).await;
    for &(method, path, whose) in ROUTES {
        let path = path.replace('*', &format!("/lessons/{LESSON}"));
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        for reader in [&Reader::of(&program), &known] {
            let request = reader
                .asks(method.clone(), &path)
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
                .body("text=hx-get");
            let answer = reader.sends(request).await;
            let cookies = answer.headers.get_all("set-cookie").iter();
            let ours = cookies.filter(|cookie| cookie.as_bytes().starts_with(b"hxlab="));
            let count = usize::from(whose == Whose::Learners);
            assert_eq!(ours.count(), count, "{method} {path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn the_palette_lists_a_learners_own_questions_until_they_are_done() {
    let program = course();
    let reader = Reader::of(&program);
    let palette = reader.gets("/palette.json").await;
    palette.shows("\"prompt\":\"Which attribute?\"");
    reader.gets(&format!("/lessons/{LESSON}")).await;
    let question = format!("/lessons/{LESSON}/questions/first");
    reader.posts(&question, "text=hx-get").await;
    let palette = reader.gets("/palette.json").await;
    palette.shows(LESSON).hides("Which attribute?");
    let other = Reader::of(&program).gets("/palette.json").await;
    other.shows("Which attribute?");
}

/// A new route is to be written into the list.
#[test]
fn the_list_has_each_route_of_the_table() {
    let table = include_str!("../src/web/routes.rs");
    let is_listed = |route: &str| {
        let lesson = format!("/lessons/{LESSON}");
        ROUTES.iter().any(|(_, path, _)| {
            let path = path.replace('*', &lesson);
            let path = path.split('?').next().unwrap_or_default();
            let (names, parts) = (route.split('/'), path.split('/'));
            names.clone().count() == parts.clone().count()
                && names.zip(parts).all(|(a, b)| a == b || a.starts_with(':'))
        })
    };
    let routes = table.split(".at(").skip(1);
    let routes: Vec<_> = routes.filter_map(|rest| rest.split('"').nth(1)).collect();
    assert!(routes.len() > 30, "{routes:?}");
    for route in routes {
        let is_endless = route == "/lessons/:slug/live";
        assert!(is_endless || is_listed(route), "{route} is not in the list");
    }
}

#[tokio::test]
async fn the_cookie_goes_with_what_is_kept() {
    let program = course();
    let ada = Reader::of(&program);
    ada.posts(&format!("/lessons/{LESSON}/read"), "read=1")
        .await;
    let gone = ada.posts("/me/delete", "sure=yes").await;
    assert!(gone.header("set-cookie").starts_with("hxlab=;"));
    let all = ada.gets("/me/all.json").await;
    assert_eq!(all.status, StatusCode::FORBIDDEN);
}

async fn all_kept(whose: &Learner) -> String {
    let request = whose.site.request(Method::GET, "/me/all.json");
    let answer = request.send().await.expect("the site answers");
    answer.text().await.expect("a text")
}

#[tokio::test]
async fn what_is_a_learners_is_not_there_for_another() {
    let program = course();
    let mut ada = Learner::arrives(&program).await;
    let bob = Learner::arrives(&program).await;
    let server = "export default { fetch: () => new Response('Of Ada') };";
    let draft = json!({ "version": ada.version, "files": { "server.js": server } });
    let (status, begun) = ada
        .posts(&format!("/lessons/{LESSON}/challenge"), &draft)
        .await;
    assert_eq!(status, StatusCode::OK, "{begun}");
    ada.version = begun["version"].as_u64().expect("a version");
    let trial = begun["trial"].as_str().expect("a trial");

    // The trial: neither before a check nor while one is under way.
    for begun in [false, true] {
        if begun {
            let path = format!("/trials/{trial}/checks/said/begin");
            assert_eq!(ada.posts(&path, &json!({})).await.0, StatusCode::OK);
        }
        for (action, body) in [
            ("checks/said/begin", json!({})),
            ("checks/said/end", json!({ "passed": true })),
            ("checks/said/leave", json!({})),
            ("checks/said/clients/alice", json!({})),
            ("checks/said/wire", json!({ "claim": { "request": "GET" } })),
            ("checks/said/server", json!({ "do": "stop" })),
            ("checks/said/request", json!({ "path": "/" })),
            ("end", json!({})),
        ] {
            let (status, _) = bob.posts(&format!("/trials/{trial}/{action}"), &body).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{action}");
        }
    }
    let own = format!("/trials/{trial}/checks/said/request");
    let (_, answer) = ada.posts(&own, &json!({ "path": "/" })).await;
    assert_eq!(answer["text"], "Of Ada");
    let end = format!("/trials/{trial}/checks/said/end");
    let (_, verdict) = ada.posts(&end, &json!({ "passed": true })).await;
    assert_eq!(verdict["all"], true, "{verdict}");

    // The draft, the version that passed and the answers.
    assert_eq!(ada.files().await, json!({ "server.js": server }));
    let files = bob.files().await;
    assert_eq!(files["a.txt"], "a", "{files}");
    for (learner, status) in [(&ada, StatusCode::OK), (&bob, StatusCode::NOT_FOUND)] {
        let passed = learner.asks(Method::GET, "passed").send().await;
        assert_eq!(passed.expect("the site answers").status(), status);
    }
    let answer = ada
        .asks(Method::POST, "questions/first")
        .header("content-type", "application/x-www-form-urlencoded");
    let answered = answer.body("text=hx-get").send().await;
    assert!(
        answered
            .expect("the site answers")
            .status()
            .is_redirection()
    );
    assert!(all_kept(&ada).await.contains("\"first\""));
    let bobs = all_kept(&bob).await;
    assert!(
        !bobs.contains("\"first\"") && !bobs.contains("Of Ada"),
        "{bobs}"
    );
}

/// How many rows the database has of learners, and of what belongs to them.
pub(crate) fn rows(program: &Program) -> Vec<(&'static str, u32)> {
    let database = rusqlite::Connection::open(program.database()).expect("the database");
    let tables = ["learners", "sessions", "visits", "sandboxes", "drafts"];
    let count = |table| {
        let sql = format!("SELECT count(*) FROM {table}");
        let count = database.query_row(&sql, [], |row| row.get(0));
        (table, count.expect("a count"))
    };
    tables.into_iter().map(count).collect()
}

#[tokio::test]
async fn a_crawler_of_many_pages_makes_no_learner() {
    let program = course();
    let lesson = format!("/lessons/{LESSON}");
    let browser = Reader::of(&program);
    for _ in 0..125 {
        for reader in [&Reader::of(&program), &browser] {
            for path in ["/", lesson.as_str(), "/me", "/review"] {
                assert_eq!(reader.gets(path).await.status, StatusCode::OK);
            }
        }
    }
    // Who keeps no cookie becomes nobody by the link that opens a sandbox.
    let opened = Reader::of(&program).gets(&format!("{lesson}/open")).await;
    assert_eq!(opened.status, StatusCode::FORBIDDEN);
    for (table, count) in rows(&program) {
        assert_eq!(count, 0, "{table}");
    }
}

#[tokio::test]
async fn the_first_deed_is_kept_under_the_cookie_that_a_page_had_set() {
    let program = course();
    let lesson = format!("/lessons/{LESSON}");
    let form = "text=hx-get";
    for deed in ["questions/first", "read"] {
        let reader = Reader::of(&program);
        let cookie = reader.gets(&lesson).await.header("set-cookie").to_owned();
        let done = reader.posts(&format!("{lesson}/{deed}"), form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{deed}");
        assert_eq!(done.header("set-cookie"), cookie, "{deed}");
        let all = reader.gets("/me/all.json").await;
        let kept: serde_json::Value = serde_json::from_str(&all.body).expect("JSON");
        assert_eq!(kept["visits"][0]["lesson"], LESSON, "{deed}: {kept}");
    }
    // Two at once are of one learner.
    let learner = Learner::newcomer(&program).await;
    let files = json!({ "version": 0, "files": { "a.txt": "mine" } });
    let save = || learner.asks(Method::PUT, "draft").json(&files).send();
    let answer = learner
        .asks(Method::POST, "questions/first")
        .header("content-type", "application/x-www-form-urlencoded");
    let (saved, answered) = tokio::join!(save(), answer.body(form).send());
    assert_eq!(saved.expect("an answer").status(), StatusCode::OK);
    assert_eq!(answered.expect("an answer").status(), StatusCode::SEE_OTHER);
    assert_eq!(learner.files().await["a.txt"], "mine");
    assert!(all_kept(&learner).await.contains("\"first\""));
    let learners = rows(&program)[0];
    assert_eq!(learners, ("learners", 3));
}

#[tokio::test]
async fn a_newcomers_sandbox_opens_without_scripts() {
    let program = course();
    let reader = Reader::of(&program);
    let lesson = format!("/lessons/{LESSON}");
    let page = reader.gets(&lesson).await.body;
    assert!(page.contains(&format!("href=\"{lesson}/open\"")), "{page}");
    let opened = reader.gets(&format!("{lesson}/open")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    let page = reader.gets(&lesson).await.body;
    let address = opened.header("location");
    assert!(page.contains(&format!("href=\"{address}\"")), "{address}");
    assert_eq!(rows(&program)[0], ("learners", 1));
}
