//! Members of `Bun` that could take more than a Run has.

use hxlab::engine::message::{FromRun, LimitName};
use hxlab::engine::{Limits, RunEnd};

use std::time::Duration;

use super::stage::{Actor, endless, engine, project};

#[tokio::test]
async fn what_would_decompress_to_more_than_is_left_is_refused_and_the_server_goes_on() {
    let engine = engine().await;
    let limits = Limits {
        memory: 8 << 20,
        ..endless()
    };
    let server = "const compressed = Bun.gzipSync(new Uint8Array(5 << 20));
      const told = async (act) => { try { return (await act()).length; } catch (error) { return `${error.name}: ${error.message}`; } };
      const stream = () => new Response(compressed).body.pipeThrough(new DecompressionStream('gzip'));
      export default { fetch: async () => Response.json([
        compressed.length < 50_000,
        await told(() => Bun.gunzipSync(compressed)),
        await told(() => new Response(stream()).bytes()),
        await told(() => Bun.gunzipSync(Bun.gzipSync(new Uint8Array(1 << 20)))),
      ]) };";
    let mut actor = Actor::spawn_with(&engine, &project(server), limits).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    let told = actor.get("/").await;
    let refused =
        "RangeError: this becomes more than the server has memory left for (limit “memory”)";
    assert_eq!(told, format!("[true,\"{refused}\",\"{refused}\",1048576]"));
}

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
