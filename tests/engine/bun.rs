//! Members of `Bun` that could take more than a Run has.

use hxlab::engine::message::{FromRun, LimitName};
use hxlab::engine::{Limits, RunEnd};

use std::time::Duration;

use super::stage::{Actor, engine, project};

#[tokio::test]
async fn waiting_without_end_is_ended_with_its_line() {
    let engine = engine().await;
    let limits = Limits {
        turn: Duration::from_millis(200),
        ..Limits::default()
    };
    let server = "export default { fetch() {\n  Bun.sleepSync(1e9);\n} };";
    let mut actor = Actor::spawn_with(&engine, &project(server), limits).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    actor.ask("GET", "/", &[]);
    let end = actor.end().await;
    let RunEnd::Limit { limit, fault } = end else {
        panic!("{end:?}");
    };
    assert_eq!(limit, LimitName::Turn);
    assert!(format!("{fault:?}").contains("Bun.sleepSync"), "{fault:?}");
}
