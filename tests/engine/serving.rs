//! What a learner's server answers.

use hxlab::engine::message::{FromRun, Payload, RequestId, ResponseBody, ToRun};
use hxlab::project::Project;

use super::stage::{Actor, engine, place};

#[tokio::test]
async fn a_server_says_hello() {
    let engine = engine().await;
    let mut actor = Actor::ready(
        &engine,
        "export default { fetch(req) { return new Response('Hello from ' + req.url); } };",
    )
    .await;
    let (status, headers, body) = actor.fetch_with("GET", "/x", &[]).await;
    assert_eq!(
        (status, body.as_str()),
        (200, "Hello from http://room.hxlab.localhost:3000/x")
    );
    assert_eq!(
        headers,
        [("content-type".into(), "text/plain;charset=utf-8".into())]
    );
}

const ROUTES: &str = r#"
export default {
  routes: {
    "/": new Response("home"),
    "/page/:n": { GET: (req) => new Response("page " + req.params.n) },
    "/page/*": (req) => new Response("rest of page"),
    "/page/first": () => new Response("the first"),
    "/a/:b/c": (req) => new Response("c of " + req.params.b),
    "/file": Bun.file("style.css"),
    "/off": false,
    "/nothing": () => undefined,
    "/reused": () => reused,
  },
  fetch(req, server) {
    const ip = server.requestIP(req);
    return new Response(`fetch ${req.method} ${ip.address} ${server.port}`, { status: 404 });
  },
};
const reused = new Response("once");
"#;

#[tokio::test]
async fn routes_go_from_exact_to_general_and_pass_by_other_methods() {
    let engine = engine().await;
    let files = [
        ("server.js", ROUTES),
        ("style.css", "p {}"),
        ("index.html", "<p>"),
    ];
    let project = Project::from_texts(files).unwrap();
    let mut actor = Actor::ready_project(&engine, &project).await;
    for (method, path, status, body) in [
        ("GET", "/", 200, "home"),
        ("POST", "/", 200, "home"),
        ("GET", "/", 200, "home"),
        ("HEAD", "/page/7", 200, ""),
        ("GET", "/page/7", 200, "page 7"),
        ("GET", "/page/a%20b", 200, "page a b"),
        ("POST", "/page/7", 200, "rest of page"),
        ("GET", "/page/first", 200, "the first"),
        ("GET", "/page/", 200, "rest of page"),
        ("GET", "/page/1/2", 200, "rest of page"),
        ("GET", "/page", 404, "fetch GET 127.0.0.1 3000"),
        ("GET", "/a/x/c?y=/z", 200, "c of x"),
        ("GET", "/a//c", 404, "fetch GET 127.0.0.1 3000"),
        ("GET", "/file", 200, "p {}"),
        ("GET", "/off", 404, "fetch GET 127.0.0.1 3000"),
        ("GET", "/style.css", 200, "p {}"),
        ("POST", "/style.css", 404, "fetch POST 127.0.0.1 3000"),
        ("GET", "/server.js", 404, "fetch GET 127.0.0.1 3000"),
        ("GET", "/nothing", 204, ""),
        ("GET", "/reused", 200, "once"),
    ] {
        let answer = actor.fetch(method, path).await;
        assert_eq!(answer, (status, body.to_owned()), "{method} {path}");
    }
    let (status, page) = actor.fetch("GET", "/reused").await;
    assert_eq!(status, 500);
    assert!(page.contains("already used"), "{page}");
}

#[tokio::test]
async fn a_project_without_a_server_is_served_as_files() {
    let engine = engine().await;
    let project = Project::from_texts([("index.html", "<h1>Hi</h1>")]).unwrap();
    let mut actor = Actor::ready_project(&engine, &project).await;
    let (_, headers, body) = actor.fetch_with("GET", "/", &[]).await;
    assert_eq!(body, "<h1>Hi</h1>");
    assert_eq!(
        headers,
        [("content-type".into(), "text/html;charset=utf-8".into())]
    );
    assert_eq!(actor.fetch("GET", "/x").await.0, 404);
}

#[tokio::test]
async fn a_form_arrives_with_its_body() {
    let engine = engine().await;
    let mut actor = Actor::ready(
        &engine,
        "export default { async fetch(req) {
           const form = await req.formData();
           return new Response(form.get('name') + ' ' + form.getAll('n').length);
         } };",
    )
    .await;
    let bytes = b"name=Jos%C3%A9&n=1&n=2".to_vec();
    let (first, second) = bytes.split_at(7);
    for part in [first, second] {
        let (request, bytes) = (RequestId(1), part.to_vec());
        actor.send(&ToRun::RequestBody { request, bytes });
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let (_, _, body) = actor.fetch_with("POST", "/", &form).await;
    assert_eq!(body, "José 2");
}

#[tokio::test]
async fn an_error_is_told_with_its_line_and_shown_as_a_page() {
    let engine = engine().await;
    let mut actor = Actor::ready(
        &engine,
        "export default {\n  async fetch(req) {\n    await null;\n    return req.nothing.here;\n  },\n};",
    )
    .await;
    let (status, page) = actor.fetch("GET", "/").await;
    assert_eq!(status, 500);
    assert!(
        page.contains("TypeError") && page.contains("server.js:4:"),
        "{page}"
    );
    let Some(FromRun::Uncaught { fault }) = actor.heard.last() else {
        panic!("{:?}", actor.heard)
    };
    assert_eq!(fault.name, "TypeError");
    assert_eq!(place(fault), Some(("server.js", 4)));
    assert_eq!(
        fault.frames.len(),
        1,
        "only the learner's own: {:?}",
        fault.frames
    );
}

#[tokio::test]
async fn the_error_function_answers_instead() {
    let engine = engine().await;
    let mut actor = Actor::ready(
        &engine,
        "export default {
           fetch() { throw new RangeError('too far'); },
           error(error) { return new Response('sorry: ' + error.message, { status: 503 }); },
         };",
    )
    .await;
    assert_eq!(
        actor.fetch("GET", "/").await,
        (503, "sorry: too far".into())
    );
    assert!(actor.heard.is_empty(), "{:?}", actor.heard);
}

#[tokio::test]
async fn a_rejection_that_nobody_handles_is_told() {
    let engine = engine().await;
    let mut actor = Actor::ready(
        &engine,
        "export default { fetch() {
           Promise.reject(new Error('handled')).catch(() => {});
           Promise.reject(new Error('left alone'));
           return new Response('ok');
         } };",
    )
    .await;
    assert_eq!(actor.get("/").await, "ok");
    let fault = actor.uncaught().await;
    assert_eq!(fault.message, "left alone");
    assert_eq!(place(&fault), Some(("server.js", 3)));
}

const PRICES: &str = r#"
export default {
  fetch(req) {
    const path = new URL(req.url).pathname;
    if (path === "/generator") return new Response(async function* () {
      for (let n = 1; n <= 3; n++) { yield `data: ${n}\n\n`; await Bun.sleep(5); }
    }, { headers: { "Content-Type": "text/event-stream" } });
    if (path === "/here") return new Response("here");
    if (path === "/large") return new Response("x".repeat(1_000_000));
    const encoder = new TextEncoder();
    let sent = 0;
    return new Response(new ReadableStream({
      pull(controller) { sent++; controller.enqueue(encoder.encode("y".repeat(50_000))); },
      cancel() { console.log("cancelled after", sent); },
    }));
  },
};
"#;

#[tokio::test]
async fn events_come_one_by_one() {
    let engine = engine().await;
    let mut actor = Actor::ready(&engine, PRICES).await;
    let asked = actor.ask("GET", "/generator", &[]);
    let body = actor.until(|m| matches!(m, FromRun::Respond { .. })).await;
    let FromRun::Respond { body, .. } = body else {
        unreachable!()
    };
    assert_eq!(body, ResponseBody::Chunks { length: None });
    let chunk = actor.next().await;
    let bytes = b"data: 1\n\n".to_vec();
    assert_eq!(
        chunk,
        FromRun::Chunk {
            request: asked,
            bytes
        }
    );
    assert_eq!(actor.chunks(asked).await, b"data: 2\n\ndata: 3\n\n");
}

#[tokio::test]
async fn a_large_body_comes_in_pieces_with_its_length() {
    let engine = engine().await;
    let mut actor = Actor::ready(&engine, PRICES).await;
    assert_eq!(actor.get("/large").await.len(), 1_000_000);
}

#[tokio::test]
async fn a_stream_waits_for_its_client_and_hears_that_it_left() {
    let engine = engine().await;
    let mut actor = Actor::ready(&engine, PRICES).await;
    let request = actor.ask("GET", "/endless", &[]);
    // It stands still when another request is answered and no piece came before the answer.
    let (mut chunks, mut last) = (0, usize::MAX);
    while chunks != last {
        last = chunks;
        assert_eq!(actor.get("/here").await, "here");
        chunks = actor
            .heard
            .iter()
            .filter(|it| matches!(it, FromRun::Chunk { .. }))
            .count();
        assert!(chunks < 12, "{chunks} pieces without anybody taking them");
    }
    assert!(chunks >= 5, "{chunks} pieces, and then none");
    actor.send(&ToRun::Taken {
        request,
        bytes: 300_000,
    });
    actor.until(|m| matches!(m, FromRun::Chunk { .. })).await;
    actor.send(&ToRun::Gone { request });
    actor
        .until(|m| matches!(m, FromRun::Log { text, .. } if text.starts_with("cancelled")))
        .await;
}

const CHAT: &str = r#"
export default {
  fetch(req, server) {
    if (server.upgrade(req, { data: { name: "Ada" }, headers: { "X-Room": "lobby" } })) return;
    return new Response(`${server.upgrade(req)} ${server.subscriberCount("lobby")}`);
  },
  websocket: {
    open(ws) { ws.subscribe("lobby"); ws.send(`welcome ${ws.data.name}`); },
    message(ws, message) {
      const heard = ws.publish("lobby", message);
      const all = this === undefined && ws.isSubscribed("lobby");
      ws.send(JSON.stringify([heard, all, ws.readyState, ws.remoteAddress]));
      if (message === "bye") { ws.close(4000, "so long"); ws.send("never"); }
      if (message === "throw") throw new Error("in message");
    },
    close(ws, code, reason) {
      console.log("closed", code, reason, ws.isSubscribed("lobby"), ws.readyState);
    },
  },
};
"#;

#[tokio::test]
async fn sockets_talk_by_topics() {
    let engine = engine().await;
    let mut actor = Actor::ready(&engine, CHAT).await;
    let ada = actor.knock("/chat");
    let FromRun::Upgrade {
        request, headers, ..
    } = actor.next().await
    else {
        panic!()
    };
    assert_eq!(
        (request.0, headers),
        (ada.0, vec![("x-room".into(), "lobby".into())])
    );
    let topic = "lobby".to_owned();
    assert_eq!(
        actor.next().await,
        FromRun::Subscribe {
            socket: ada,
            topic: topic.clone()
        }
    );
    let welcome = Payload::Text("welcome Ada".into());
    assert_eq!(
        actor.next().await,
        FromRun::Send {
            socket: ada,
            payload: welcome
        }
    );

    let say = |text: &str| ToRun::Message {
        socket: ada,
        payload: Payload::Text(text.into()),
    };
    let answer = |text: &str| FromRun::Send {
        socket: ada,
        payload: Payload::Text(text.into()),
    };
    actor.send(&say("hé"));
    assert_eq!(actor.next().await, answer(r#"[0,true,1,"127.0.0.1"]"#));
    let bob = actor.knock("/chat");
    actor.until(|m| matches!(m, FromRun::Send { .. })).await;
    actor.send(&say("hé"));
    let payload = Payload::Text("hé".into());
    assert_eq!(
        actor.next().await,
        FromRun::Publish {
            topic,
            except: Some(ada),
            payload
        }
    );
    assert_eq!(actor.next().await, answer(r#"[3,true,1,"127.0.0.1"]"#));
    assert_eq!(actor.get("/").await, "false 2");

    actor.send(&say("throw"));
    assert_eq!(place(&actor.uncaught().await), Some(("server.js", 14)));
    actor.send(&say("bye"));
    let closed = actor.until(|m| matches!(m, FromRun::Close { .. })).await;
    let reason = "so long".to_owned();
    assert_eq!(
        closed,
        FromRun::Close {
            socket: ada,
            code: 4000,
            reason
        }
    );
    let log = |m: &FromRun| matches!(m, FromRun::Log { .. });
    let FromRun::Log { text, .. } = actor.until(log).await else {
        unreachable!()
    };
    assert_eq!(text, "closed 4000 so long false 3");
    actor.send(&ToRun::Closed {
        socket: bob,
        code: 1001,
        reason: String::new(),
    });
    let FromRun::Log { text, .. } = actor.until(log).await else {
        unreachable!()
    };
    assert_eq!(text, "closed 1001  false 3");
    assert_eq!(actor.get("/").await, "false 0");
}

const HONO: &str = r#"import { Hono } from "hono";
import { html } from "hono/html";
import { rooms } from "./rooms.js";
import settings from "./settings.json" with { type: "json" };
const app = new Hono();
app.get("/rooms/:name", (c) => {
  console.log("asked for", c.req.param("name"));
  return c.html(html`<h1>${c.req.param("name")} of ${rooms} in ${settings.place}</h1>`);
});
export default app;"#;

#[tokio::test]
async fn hono_answers_and_the_console_names_its_line() {
    let engine = engine().await;
    let rooms = ("rooms.js", "export const rooms = 3;");
    let settings = ("settings.json", r#"{"place":"Zürich"}"#);
    let project = Project::from_texts([("server.js", HONO), rooms, settings]).unwrap();
    let mut actor = Actor::ready_project(&engine, &project).await;
    assert_eq!(
        actor.get("/rooms/%3Ci%3E").await,
        "<h1>&lt;i&gt; of 3 in Zürich</h1>"
    );
    assert_eq!(actor.lines(), ["asked for <i>"]);
    let Some(FromRun::Log { at: Some(at), .. }) = actor.heard.first() else {
        panic!()
    };
    assert_eq!((at.file.as_str(), at.line), ("server.js", 7));
}

const HONO_LIVE: &str = r#"import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { upgradeWebSocket, websocket } from "hono/bun";
const app = new Hono();
app.get("/prices", (c) => streamSSE(c, async (stream) => {
  for (let n = 0; n < 2; n++) { await stream.writeSSE({ event: "price", data: String(n) }); await stream.sleep(5); }
}));
app.get("/echo", upgradeWebSocket((c) => ({
  onMessage(event, ws) { ws.send(`${c.req.path} ${event.data}`); },
})));
export default { fetch: app.fetch, websocket };"#;

#[tokio::test]
async fn hono_streams_events_and_talks_by_sockets() {
    let engine = engine().await;
    let mut actor = Actor::ready(&engine, HONO_LIVE).await;
    let events = actor.get("/prices").await;
    assert_eq!(events, "event: price\ndata: 0\n\nevent: price\ndata: 1\n\n");
    let socket = actor.knock("/echo");
    actor.until(|m| matches!(m, FromRun::Upgrade { .. })).await;
    let payload = Payload::Text("hi".into());
    actor.send(&ToRun::Message { socket, payload });
    let payload = Payload::Text("/echo hi".into());
    let echo = actor.until(|m| matches!(m, FromRun::Send { .. })).await;
    assert_eq!(echo, FromRun::Send { socket, payload });
}

#[tokio::test]
async fn a_silent_stream_is_cut() {
    let engine = engine().await;
    let server = "export default {
      idleTimeout: 1,
      fetch(req) {
        req.signal.onabort = () => console.log('aborted');
        return new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array(3)); } }));
      },
    };";
    let mut actor = Actor::ready(&engine, server).await;
    let request = actor.ask("GET", "/", &[]);
    actor.until(|m| matches!(m, FromRun::Chunk { .. })).await;
    let end = actor.until(|m| matches!(m, FromRun::End { .. })).await;
    assert_eq!(
        end,
        FromRun::End {
            request,
            broken: true
        }
    );
    actor
        .until(|m| matches!(m, FromRun::Log { text, .. } if text == "aborted"))
        .await;
    assert!(
        actor.lines()[0].contains("silent for 1 s"),
        "{:?}",
        actor.lines()
    );
}

#[tokio::test]
async fn a_run_says_whether_a_timer_is_due_soon() {
    let engine = engine().await;
    let mut actor = Actor::ready(
        &engine,
        "let timer; export default { fetch(req) { const { pathname } = new URL(req.url);
           if (pathname === '/far') setTimeout(() => {}, 60_000);
           if (pathname === '/near') timer = setInterval(() => {}, 9_000);
           if (pathname === '/over') clearInterval(timer);
           return new Response(pathname); } };",
    )
    .await;

    for path in ["/far", "/near", "/over", "/far", "/near"] {
        actor.get(path).await;
    }
    let is_due = |it: &FromRun| matches!(it, FromRun::Idle { timers: true, .. });
    actor.until(is_due).await;
    let told = actor.heard.iter().filter_map(|it| match it {
        FromRun::Idle { timers, .. } => Some(*timers),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), [true, false]);
}
