//! What a server asks of itself, by `fetch` and `WebSocket`: other machines are not reached, and what never ends
//! keeps nobody else waiting.

use hxlab::engine::Limits;
use hxlab::engine::message::FromRun;

use super::stage::{Actor, engine, project};

#[tokio::test]
async fn other_machines_are_not_reached_and_the_sentence_says_what_is() {
    let engine = engine().await;
    let server = "const why = (act) => act().catch((error) => error.message);
      export default { async fetch(req) {
        if (new URL(req.url).pathname === '/own') return new Response('own');
        return Response.json([
          await why(() => fetch('https://example.org/a')),
          await why(() => fetch('http://localhost:4000/')),
          await why(() => fetch('/own')),
          await (await fetch('http://localhost:3000/own')).text(),
          await (await fetch(new URL('/own', req.url))).text(),
        ]);
      } };";
    let mut actor = Actor::ready(&engine, server).await;
    let told: Vec<String> = serde_json::from_str(&actor.get("/").await).unwrap();
    let [elsewhere, here, path, local, own] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert!(elsewhere.contains("https://example.org/a"), "{elsewhere}");
    assert!(
        elsewhere.contains("reaches no other machine"),
        "{elsewhere}"
    );
    assert!(here.contains("nothing but this server listens"), "{here}");
    assert!(path.contains("new URL(“/own”, server.url)"), "{path}");
    assert_eq!([local, own], ["own", "own"]);
}

#[tokio::test]
async fn a_socket_to_another_machine_fails_and_the_console_says_why() {
    let engine = engine().await;
    let server = "export default { fetch: () => new Promise((resolve) => {
      const ws = new WebSocket('wss://example.org/');
      ws.onclose = ({ code }) => resolve(new Response(String(code)));
    }) };";
    let mut actor = Actor::ready(&engine, server).await;
    assert_eq!(actor.get("/").await, "1006");
    let lines = actor.lines().join("\n");
    assert!(lines.contains("wss://example.org/"), "{lines}");
    assert!(lines.contains("reaches no other machine"), "{lines}");
}

#[tokio::test]
async fn a_server_that_fetches_itself_for_ever_is_told_and_goes_on() {
    let engine = engine().await;
    let server = "export default { fetch: (req) =>
      req.url.endsWith('/fine') ? new Response('fine') : fetch(req.url) };";
    let mut actor = Actor::ready(&engine, server).await;
    let (status, page) = actor.fetch("GET", "/").await;
    assert_eq!(status, 500);
    assert!(page.contains("answers of its own"), "{page}");
    assert_eq!(actor.get("/fine").await, "fine");
    let (status, _) = actor.fetch("GET", "/").await;
    assert_eq!(status, 500, "nothing was left open");
}

#[tokio::test]
async fn routes_that_fetch_each_other_for_ever_are_told_and_leave_nothing_open() {
    let engine = engine().await;
    let server = "const both = async (req) => {
        await req.text();
        const found = await Promise.all([fetch(new URL('/a', req.url)), fetch(new URL('/b', req.url))]);
        return found[0];
      };
      export default {
        routes: { '/a': both, '/b': both, '/fine': async (req) =>
          new Response(`${await (await fetch(new URL('/data', req.url))).text()} ${server.pendingRequests}`) },
        fetch(req, it) { server = it; return new Response('data'); },
      };
      let server;";
    let mut actor = Actor::ready(&engine, server).await;
    let (status, page) = actor.fetch("GET", "/a").await;
    assert_eq!(status, 500);
    assert!(page.contains("answers of its own"), "{page}");
    assert_eq!(actor.get("/fine").await, "data 1");
}

#[tokio::test]
async fn what_a_socket_of_its_own_hears_does_not_count_as_waiting() {
    let engine = engine().await;
    let server = "let sent;
      export default {
        async fetch(req, server) {
          if (server.upgrade(req)) return;
          const own = new WebSocket(req.url);
          await new Promise((resolve) => (own.onopen = resolve));
          for (let count = 0; count < 40; count += 1) {
            own.send('more');
            await new Promise((resolve) => (own.onmessage = resolve));
          }
          return new Response(String(sent));
        },
        websocket: { message: (ws) => { sent = ws.send('x'.repeat(10_000)); } },
      };";
    let mut actor = Actor::ready(&engine, server).await;
    assert_eq!(actor.get("/").await, "10000");
}

#[tokio::test]
async fn loops_over_its_own_address_keep_nobody_waiting() {
    let engine = engine().await;
    for work in [
        "for (;;) await fetch(new URL('/fine', req.url))",
        "const ws = new WebSocket(req.url); ws.onopen = () => ws.send('x');
         ws.onmessage = ({ data }) => ws.send(data); return new Promise(() => {})",
    ] {
        let server = format!(
            "export default {{
              async fetch(req, server) {{
                if (req.url.endsWith('/fine')) return new Response('fine');
                if (server.upgrade(req)) return;
                {work};
              }},
              websocket: {{ message: (ws, data) => void ws.send(data) }},
            }};"
        );
        let limits = Limits::default();
        let mut actor = Actor::spawn_with(&engine, &project(&server), limits).await;
        actor.until(|it| matches!(it, FromRun::Ready)).await;
        actor.ask("GET", "/", &[]);
        for _ in 0..50 {
            assert_eq!(actor.get("/fine").await, "fine", "{work}");
        }
    }
}

#[tokio::test]
async fn sockets_that_are_never_closed_are_too_many_at_some_time() {
    let engine = engine().await;
    let server = "export default {
      async fetch(req, server) {
        if (server.upgrade(req)) return;
        const opened = () => new Promise((resolve) => {
          const ws = new WebSocket(req.url);
          ws.onopen = () => resolve('opened');
          ws.onerror = ({ message }) => resolve(message);
        });
        for (let count = 0; count < 1000; count += 1) {
          const how = await opened();
          if (how !== 'opened') return new Response(`${count}: ${how}`);
        }
      },
      websocket: { message() {} },
    };";
    let mut actor = Actor::ready(&engine, server).await;
    let told = actor.get("/").await;
    assert!(
        told.starts_with("256: ") && told.contains("answers of its own"),
        "{told}"
    );
}
