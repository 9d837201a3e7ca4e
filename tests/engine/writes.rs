//! `Bun.write` in the jail: files in the Run's memory, within its limit, told once.

use hxlab::engine::message::{FromRun, LimitName};
use hxlab::engine::{Limits, RunEnd};

use super::stage::{Actor, endless, engine, project};

#[tokio::test]
async fn the_console_says_once_that_files_are_kept_in_memory() {
    let engine = engine().await;
    let server = "export default { async fetch() {
      await Bun.write('a.txt', 'a');
      await Bun.write('b.txt', 'b');
      Bun.file('c.txt').writer().end();
      return new Response(await Bun.file('a.txt').text() + await Bun.file('b.txt').text());
    } };";
    let mut actor = Actor::ready(&engine, server).await;
    assert_eq!(actor.get("/").await, "ab");
    assert_eq!(actor.get("/").await, "ab");
    let lines = actor.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("“a.txt” is kept in memory"), "{lines:?}");
}

#[tokio::test]
async fn what_is_written_is_gone_with_the_run_and_its_code_stays_what_it_was() {
    let engine = engine().await;
    let server = "export default { async fetch(req) {
      const { pathname } = new URL(req.url);
      if (pathname === '/there') return new Response(String(await Bun.file('a.txt').exists()));
      for (const name of ['a.txt', 'server.js', '../up.txt', '/etc/passwd']) await Bun.write(name, 'x');
      return new Response('written');
    } };";
    let mut actor = Actor::ready(&engine, server).await;
    assert_eq!(actor.get("/").await, "written");
    assert_eq!(actor.get("/there").await, "true");
    for own in ["/server.js", "/a.txt"] {
        assert_eq!(
            actor.fetch("GET", own).await.1,
            "written",
            "{own} has no address by itself"
        );
    }
    let mut next = Actor::ready(&engine, server).await;
    assert_eq!(next.get("/there").await, "false");
}

#[tokio::test]
async fn writing_without_end_ends_at_the_limit_of_memory() {
    for body in [
        "for (let i = 0; ; i += 1) await Bun.write(`${i}.bin`, new Uint8Array(1_000_000));",
        "const file = Bun.file('a').writer(); for (;;) { file.write('x'.repeat(100_000)); file.flush(); }",
        "for (let i = 0; ; i += 1) await Bun.write(`name-${i}`.repeat(50), '');",
    ] {
        let engine = engine().await;
        let limits = Limits {
            memory: 8 << 20,
            ..endless()
        };
        let server = format!("export default {{ async fetch() {{ {body} }} }};");
        let mut actor = Actor::spawn_with(&engine, &project(&server), limits).await;
        actor.until(|it| matches!(it, FromRun::Ready)).await;
        actor.ask("GET", "/", &[]);
        let end = actor.end().await;
        let by_memory = matches!(
            end,
            RunEnd::Limit {
                limit: LimitName::Memory,
                ..
            }
        );
        assert!(by_memory, "{body}: {end:?}");
    }
}
