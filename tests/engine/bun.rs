//! Members of `Bun` that could take more than a Run has.

use hxlab::engine::message::{FromRun, LimitName};
use hxlab::engine::{Limits, RunEnd};

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

/// Each of them keeps the engine from asking for the time, for long or between many calls.
#[tokio::test]
async fn what_takes_too_long_in_a_native_is_ended_with_its_line() {
    let engine = engine().await;
    for (work, what) in [
        ("Bun.sleepSync(1e9);", "Bun.sleepSync"),
        ("for (;;) Bun.hash(bytes);", "a hash"),
        ("for (;;) Bun.MD5.hash(bytes);", "a hash"),
        ("for (;;) Bun.gzipSync(bytes);", "compression"),
    ] {
        let server = format!(
            "const bytes = new Uint8Array(100_000);\nexport default {{ fetch() {{\n  {work}\n}} }};"
        );
        let mut actor = Actor::ready(&engine, &server).await;
        actor.ask("GET", "/", &[]);
        let end = actor.end().await;
        let RunEnd::Limit { limit, fault } = end else {
            panic!("{work}: {end:?}");
        };
        assert_eq!(limit, LimitName::Turn, "{work}");
        let fault = fault.expect("where it was");
        assert!(fault.message.contains(what), "{work}: {fault:?}");
        assert_eq!(fault.frames[0].line, 3, "{work}: {fault:?}");
    }
}
