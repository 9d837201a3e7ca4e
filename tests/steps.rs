//! Steps over HTTP: what the log ticks while a page looks on, what learners tick, and what `hxlab check` says of steps.

use reqwest::StatusCode;

use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::{Program, once};
use crate::actors::reader::Reader;

const PAGE: &str = r#"+++
title = "One"
summary = "One."
minutes = 1
+++

```step hello
Say it.

edit: server.js
-export default { fetch: () => new Response("Hello") };
+export default { fetch: () => new Response("Bye") };

see: Bye.
when: { "request": "GET", "path": "/", "contains": "Bye" }
```

```step many
Say it often.

see: A lot.
when: { "event": "tick", "times": 1200 }
```

```step look
Look.

see: Nothing.
```
"#;

const HELLO: &str = "export default { fetch: () => new Response(\"Hello\") };\n";
const BYE: &str = "export default { fetch: () => new Response(\"Bye\") };\n";

fn files() -> Vec<(String, &'static str)> {
    let lesson = format!("01-unit/01-{LESSON}");
    vec![
        ("course.toml".to_owned(), "title = \"C\"\nsummary = \"S\"\n"),
        ("base/server.js".to_owned(), HELLO),
        (
            "01-unit/unit.toml".to_owned(),
            "title = \"U\"\nsummary = \"S\"\n",
        ),
        (format!("{lesson}/index.md"), PAGE),
    ]
}

fn site() -> Program {
    let files = files();
    let named: Vec<_> = files
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    Program::course(&named)
}

async fn page(learner: &Learner) -> String {
    learner.site.page(&format!("/lessons/{LESSON}")).await
}

/// How many ticks the lesson's page shows.
async fn ticks(learner: &Learner) -> usize {
    page(learner).await.matches("data-tick data-done").count()
}

#[tokio::test]
async fn a_step_is_ticked_while_a_page_looks_on_and_stays_so() {
    let program = site();
    let mut ada = Learner::arrives(&program).await;
    let mut feed = ada.watches().await;
    ada.runs_server(HELLO).await;
    ada.sandbox.page("/").await;
    assert_eq!(ticks(&ada).await, 0);
    ada.runs_server(BYE).await;
    ada.sandbox.page("/").await;
    let told = feed.until("event: ticked").await + &feed.until("]").await;
    assert!(told.contains("\"steps\":[\"hello\"]"), "{told}");
    assert!(page(&ada).await.contains("1 of 3 steps"));
    assert_eq!(
        ticks(&Learner::arrives(&program).await).await,
        0,
        "it is hers"
    );

    let files = files();
    let named: Vec<_> = files
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    let program = program.restarted_with(&named);
    let ada = Learner::returns(&program, &ada.site).await;
    assert_eq!(ticks(&ada).await, 1);
}

#[tokio::test]
async fn what_nobody_looked_at_is_ticked_when_the_page_comes() {
    let program = site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(BYE).await;
    ada.sandbox.page("/").await;
    assert_eq!(ticks(&ada).await, 0);
    ada.watches().await.until("event: ticked").await;
    assert_eq!(ticks(&ada).await, 1);
}

#[tokio::test]
async fn what_a_run_before_did_ticks_nothing() {
    let program = site();
    let mut ada = Learner::arrives(&program).await;
    ada.runs_server(BYE).await;
    ada.sandbox.page("/").await;
    ada.runs_server(HELLO).await;
    ada.sandbox.page("/").await;
    let mut feed = ada.watches().await;
    ada.sandbox.page("/last").await;
    feed.until("/last").await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(ticks(&ada).await, 0);
}

/// The feed keeps 500 records: what has left it is counted all the same.
#[tokio::test]
async fn of_a_loud_server_more_is_counted_than_its_feed_keeps() {
    let program = site();
    let mut ada = Learner::arrives(&program).await;
    let mut feed = ada.watches().await;
    let loud = r#"
export default {
  routes: {
    "/ticks": () => new Response(async function* () {
      for (let n = 0; ; n += 1) {
        yield `event: tick\ndata: ${n}\n\n`;
        await new Promise((done) => setTimeout(done, 2));
      }
    }(), { headers: { "Content-Type": "text/event-stream" } }),
  },
  fetch: () => new Response("Hello"),
};
"#;
    ada.runs_server(loud).await;
    let mut ticking = ada.sandbox.stream("/ticks").await;
    ticking.until("data: 100\n").await;
    feed.until("\"steps\":[\"many\"]").await;
}

#[tokio::test]
async fn a_learner_ticks_what_the_log_cannot() {
    let program = site();
    let reader = Reader::of(&program);
    let step = |id: &str| format!("/lessons/{LESSON}/steps/{id}");
    let ticked = reader.posts(&step("look"), "").await;
    assert_eq!(ticked.status, StatusCode::SEE_OTHER);
    assert_eq!(
        ticked.header("location"),
        format!("/lessons/{LESSON}#lesson-step-look")
    );
    reader
        .gets(&format!("/lessons/{LESSON}"))
        .await
        .shows("1 of 3 steps");
    let refused = reader.posts(&step("hello"), "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("This step is ticked once your server has shown it");
    let unknown = reader.posts(&step("gone"), "").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);

    let htmx = Reader::of(&program).with_htmx();
    let fragment = htmx.posts(&step("look"), "").await;
    fragment
        .shows("data-announce=\"Step 3 of 3 is done.\"")
        .shows("hx-swap-oob")
        .hides("<html");
    let standing = htmx.gets(&format!("/lessons/{LESSON}/standing")).await;
    standing.shows("1 of 3 steps").hides("<html");
    let all = htmx.gets("/me/all.json").await;
    all.shows("\"step_id\": \"look\"");
}

#[test]
fn stories_that_no_step_needs_are_faults() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let stories = "export default {\n  async hello({ open }) {\n    await open(\"Alice\");\n  },\n  async look() \
                   {},\n  gone: () => {},\n  many: 1,\n};\n";
    let mut files = files();
    let path = format!("01-unit/01-{LESSON}/steps.js");
    files.push((path.clone(), stories));
    for (path, text) in &files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let check = once(&["check", folder.path().to_str().expect("a plain path")]);
    let told = String::from_utf8_lossy(&check.stdout);
    for fault in [
        ":5: the step “look” claims nothing, so its story proves nothing; ",
        ":6: the lesson has no step “gone”; ",
        ":7: “many” is no story; ",
    ] {
        assert!(told.contains(&format!("{path}{fault}")), "{told}");
    }
    assert_eq!(told.lines().count(), 3, "{told}");
}
