//! A Run that goes too far is stopped and named, and hurts nobody else.

use std::time::Instant;

use reqwest::StatusCode;

use crate::actors::learner::Learner;
use crate::actors::program::Program;

const HELLO: &str = "export default { fetch: () => new Response('hello') };";

/// Runs a server that goes too far at `/`, with a neighbour beside it; gives what the feed says.
async fn goes_too_far(js: &str) -> String {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    let mut neighbour = Learner::arrives(&program).await;
    neighbour.runs_server(HELLO).await;
    learner.runs_server(js).await;
    let mut feed = learner.watches().await;
    feed.until(r#""state":"running""#).await;

    let sandbox = learner.sandbox.clone();
    let asked = tokio::spawn(async move { sandbox.get("/").await.status() });
    let begun = Instant::now();
    assert_eq!(neighbour.sandbox.page("/").await, "hello");
    assert!(
        begun.elapsed().as_millis() < 900,
        "the neighbour waited {:?}",
        begun.elapsed()
    );
    let status = asked.await.expect("an answer");
    assert!(status.is_server_error(), "{status}");
    let told = feed.until(r#""state":"crashed""#).await + &feed.until("\n\n").await;

    learner.runs_server(HELLO).await;
    assert_eq!(learner.sandbox.page("/").await, "hello");
    told
}

#[tokio::test]
async fn an_endless_loop_is_stopped_at_its_line() {
    let told = goes_too_far("export default {\n  fetch() {\n    while (true) {}\n  },\n};").await;
    assert!(told.contains(r#""limit":"turn""#), "{told}");
    assert!(told.contains(r#""line":3"#), "{told}");
}

#[tokio::test]
async fn a_native_loop_that_never_polls_is_stopped_from_outside() {
    let told = goes_too_far(
        "export default { fetch() { Array.prototype.reverse.call({ length: 2 ** 53 - 2 }); } };",
    )
    .await;
    assert!(told.contains(r#""limit":"turn""#), "{told}");
}

#[tokio::test]
async fn a_storm_of_microtasks_is_stopped() {
    let told = goes_too_far(
        "export default { fetch() { const again = () => { Promise.resolve().then(again); }; again(); \
         return new Promise(() => {}); } };",
    )
    .await;
    assert!(told.contains(r#""limit":"turn""#), "{told}");
}

#[tokio::test]
async fn memory_has_a_limit() {
    let told = goes_too_far(
        "export default { fetch() { const all = []; for (;;) all.push(new Array(1e5).fill(1)); } };",
    )
    .await;
    assert!(told.contains(r#""limit":"memory""#), "{told}");
}

#[tokio::test]
async fn output_has_a_limit() {
    let told = goes_too_far(
        "export default { fetch() { for (let n = 0; n < 1e5; n++) console.log(n); } };",
    )
    .await;
    assert!(told.contains(r#""limit":"lines""#), "{told}");
}

#[tokio::test]
async fn a_file_that_does_not_parse_is_named_with_its_line() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    let (status, began) = learner
        .runs(&[(
            "server.js",
            "export default {\n  fetch() {\n    return new Response(;\n  },\n};",
        )])
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(began["outcome"], "failed");
    assert_eq!(began["fault"]["name"], "SyntaxError");
    assert_eq!(began["fault"]["frames"][0]["file"], "server.js");
    assert_eq!(began["fault"]["frames"][0]["line"], 3);
}

#[tokio::test]
async fn a_throw_in_a_callback_is_shown_and_the_server_goes_on() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner
        .runs_server("export default {\n  fetch() {\n    missing();\n  },\n};")
        .await;
    let mut feed = learner.watches().await;
    assert_eq!(
        learner.sandbox.get("/").await.status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
    let told = feed.until("missing is not defined").await + &feed.until("\n\n").await;
    assert!(told.contains(r#""line":3"#), "{told}");
    assert_eq!(
        learner.sandbox.get("/").await.status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
}
