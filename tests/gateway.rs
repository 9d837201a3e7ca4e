//! What crosses the gateway as HTTP, there and back.

use reqwest::{Method, StatusCode};

use crate::actors::client::in_time;
use crate::actors::learner::Learner;
use crate::actors::program::Program;

const ECHO: &str = r#"
export default {
  async fetch(req) {
    const url = new URL(req.url);
    return Response.json({
      method: req.method,
      path: url.pathname + url.search,
      hx: req.headers.get("HX-Request"),
      cookie: req.headers.get("cookie"),
      body: await req.text(),
    }, { status: 201, headers: { "X-Made-By": "learner" } });
  },
};
"#;

#[tokio::test]
async fn a_request_reaches_the_learners_server_and_its_answer_the_client() {
    let program = Program::server(ECHO);
    let response = program
        .client()
        .request(Method::POST, "/page/2?q=a%20b")
        .header("HX-Request", "true")
        .body("name=Ada")
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()["x-made-by"], "learner");
    let echo: serde_json::Value = response.json().await.expect("JSON");
    assert_eq!(
        echo,
        serde_json::json!({
            "method": "POST",
            "path": "/page/2?q=a%20b",
            "hx": "true",
            "cookie": null,
            "body": "name=Ada",
        })
    );
}

#[tokio::test]
async fn what_belongs_to_the_host_is_not_the_learners_to_set() {
    let program = Program::server(
        r#"export default { fetch: () => new Response("x", { headers: {
            "Total-Count": "3", "X-Accel-Redirect": "/etc", "Clear-Site-Data": '"*"', "Origin-Agent-Cluster": "?0", "Alt-Svc": "h3=:1",
            "Set-Cookie": "a=1; Domain=hxlab.localhost; Path=/", "Content-Length": "99" } }) };"#,
    );
    let response = program.client().get("/").await;
    let headers = response.headers();
    assert!(!headers.contains_key("clear-site-data"));
    assert!(!headers.contains_key("alt-svc"));
    assert!(!headers.contains_key("x-accel-redirect"));
    assert_eq!(headers["total-count"], "3");
    assert_eq!(headers["origin-agent-cluster"], "?1");
    assert_eq!(headers["set-cookie"], "a=1; Path=/");
    assert_eq!(headers["content-length"], "1");
}

#[tokio::test]
async fn libraries_are_served_by_the_sandbox_itself() {
    let program = Program::server("export default { fetch: () => new Response('own') };");
    for name in [
        "htmx-2.js",
        "htmx-2-ws.js",
        "htmx-2-sse.js",
        "idiomorph.js",
        "htmx-4.js",
        "htmx-4-ws.js",
        "htmx-4-sse.js",
    ] {
        let script = program.client().page(&format!("/lib/{name}")).await;
        assert!(script.len() > 1000, "{name} has {} bytes", script.len());
    }
    assert_eq!(program.client().page("/lib/other.js").await, "own");
}

const FROM_A_CDN: &str = r#"
const page = `<!doctype html><script src="https://unpkg.com/htmx.org@2.0.4" integrity="sha384-x"></script><p>page`;
const headers = { "Content-Type": "text/html" };
const pieces = (...texts) => new ReadableStream({ start(controller) {
  for (const text of texts) controller.enqueue(text);
  controller.close();
} });
const zipped = (text) => new Response(Bun.gzipSync(text), { headers: { ...headers, "Content-Encoding": "gzip" } });
Bun.serve({ routes: {
  "/": () => new Response(page, { headers }),
  "/pieces": () => new Response(pieces("<!doc", page.slice(5, 40), page.slice(40), page.slice(15)), { headers }),
  "/long": () => new Response(new Blob([page + " ".repeat(300_000) + page.slice(15)]), { headers }),
  "/zipped": () => zipped(page),
  "/zipped-alone": () => zipped("<!doctype html><p>page"),
} });"#;

#[tokio::test]
async fn a_page_from_a_cdn_gets_the_sandboxs_own_library_and_a_fragment_stays_as_it_is() {
    let program = Program::server(FROM_A_CDN);
    let ask = async |path: &str, mode: &str| {
        let request = program.client().request(Method::GET, path);
        let answer = request.header("Sec-Fetch-Mode", mode).send().await;
        answer.expect("an answer")
    };
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let own = r#"<script src="/lib/htmx-2.js" ></script><p>page"#;
    let theirs =
        r#"<script src="https://unpkg.com/htmx.org@2.0.4" integrity="sha384-x"></script><p>page"#;
    for (path, mode, expected) in [
        ("/", "navigate", own.to_owned()),
        ("/pieces", "navigate", format!("{own}{own}")),
        ("/long", "navigate", format!("{own} {own}")),
        ("/zipped", "navigate", own.to_owned()),
        ("/", "cors", theirs.to_owned()),
        ("/pieces", "cors", format!("{theirs}{theirs}")),
    ] {
        let page = ask(path, mode).await.text().await.expect("a whole page");
        let expected = format!("<!doctype html>{expected}");
        assert_eq!(words(&page), expected, "{path} {mode}");
    }
    for (path, mode) in [("/zipped", "cors"), ("/zipped-alone", "navigate")] {
        let answer = ask(path, mode).await;
        assert_eq!(answer.headers()["content-encoding"], "gzip", "{path}");
    }
}

#[tokio::test]
async fn a_stream_comes_as_it_is_made_and_its_end_is_told() {
    let program = Program::server(
        r#"
let cancelled = 0;
export default {
  routes: { "/cancelled": () => new Response(String(cancelled)) },
  fetch() {
    let n = 0, timer;
    return new Response(new ReadableStream({
      start(controller) {
        timer = setInterval(() => controller.enqueue(`event: tick\ndata: ${++n}\n\n`), 20);
      },
      cancel() { clearInterval(timer); cancelled += 1; },
    }), { headers: { "Content-Type": "text/event-stream" } });
  },
};"#,
    );
    let client = program.client();
    let mut stream = client.stream("/ticks").await;
    stream.until("data: 1\n\n").await;
    stream.until("data: 2\n\n").await;
    drop(stream);
    let cancelled = async || client.page("/cancelled").await == "1";
    assert!(
        in_time(cancelled).await,
        "the learner's stream was never cancelled"
    );
}

#[tokio::test]
async fn files_of_the_project_are_served_but_never_the_server() {
    let program = Program::project(&[
        (
            "server.js",
            "export default { fetch: () => new Response('no such page', { status: 404 }) };",
        ),
        ("index.html", "<!doctype html><h1>Lobby</h1>"),
        ("style.css", "h1 { color: red }"),
    ]);
    let client = program.client();
    assert_eq!(client.page("/").await, "<!doctype html><h1>Lobby</h1>");
    let style = client.get("/style.css").await;
    let media_type = style.headers()["content-type"].to_str().expect("text");
    assert!(media_type.starts_with("text/css"), "{media_type}");
    assert_eq!(
        client.get("/server.js").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn lengths_are_told_by_head_and_of_long_bodies() {
    let program = Program::server(
        r#"const long = "x".repeat(100_000);
export default { fetch: (req) => new Response(req.url.endsWith("/long") ? long : "short") };"#,
    );
    let client = program.client();
    for (path, length) in [("/short", "5"), ("/long", "100000")] {
        let head = client.request(Method::HEAD, path).send();
        let head = head.await.expect("an answer");
        assert_eq!(head.headers()["content-length"], length, "HEAD {path}");
        let get = client.get(path).await;
        assert_eq!(get.headers()["content-length"], length, "GET {path}");
        assert_eq!(get.text().await.expect("text").len().to_string(), length);
    }
}

#[tokio::test]
async fn an_answer_that_may_have_no_body_has_none() {
    let program = Program::server(
        r#"export default { fetch: (req) => new Response(null, {
            status: Number(new URL(req.url).pathname.slice(1)),
            headers: { "Content-Length": "5", "X-Name": "Zo\u00eb" } }) };"#,
    );
    let client = program.client();
    for status in [204, 304] {
        let response = client.get(&format!("/{status}")).await;
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers()["x-name"].as_bytes(), b"Zo\xeb");
        assert_eq!(response.text().await.expect("an end"), "");
    }
}

#[tokio::test]
async fn a_burst_at_a_busy_server_waits_its_turn() {
    let program = Program::server(
        r"export default { async fetch(req) {
    const { length } = await req.text();
    for (const end = Date.now() + 100; Date.now() < end;);
    return new Response(String(length));
} };",
    );
    let client = program.client();
    client.page("/").await;
    let posts = (0..8).map(|_| {
        let request = client.request(Method::POST, "/");
        request.body(vec![b'x'; 1024 * 1024]).send()
    });
    for answer in futures_util::future::join_all(posts).await {
        let text = answer.expect("an answer").text().await;
        assert_eq!(text.expect("text"), "1048576");
    }
}

#[tokio::test]
async fn a_service_worker_is_not_installed_at_a_sandbox() {
    let server = "export default { fetch: () => new Response('// here', { headers: { 'Content-Type': 'text/javascript' } }) };";
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(server).await;
    assert_eq!(learner.sandbox.page("/worker.js").await, "// here");
    for path in ["/worker.js", "/lib/htmx.js", "/.hxlab/preview.js"] {
        let asked = learner.sandbox.request(Method::GET, path);
        let answer = asked.header("service-worker", "script").send().await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        let words = answer.text().await.expect("a text");
        assert!(words.contains("No service workers here"), "{words}");
    }
    // One's own server, served alone, is one's own affair.
    let alone = Program::server(server);
    let asked = alone.client().request(Method::GET, "/worker.js");
    let answer = asked.header("service-worker", "script").send().await;
    assert_eq!(answer.expect("an answer").status(), StatusCode::OK);
}

/// Answers each path by a page that it has compressed itself.
const COMPRESSED: &str = r#"
const page = (size) => `<!doctype html><p>${"x".repeat(size)}`;
const headers = (encoding) => ({ headers: { "Content-Type": "text/html", "Content-Encoding": encoding } });
export default {
  routes: {
    "/short": () => new Response(Bun.gzipSync(page(10)), headers("gzip")),
    "/deflate": () => new Response(Bun.deflateSync(page(10)), headers("deflate")),
    "/long": () => {
      const noise = crypto.getRandomValues(new Uint8Array(60_000)).toHex();
      return new Response(Bun.gzipSync(page(10) + noise + noise), headers("gzip"));
    },
    "/stream": () => new Response(
      new Response(page(10)).body.pipeThrough(new CompressionStream("gzip")), headers("gzip")),
    "/pieces": () => {
      const whole = Bun.gzipSync(page(10));
      return new Response(new ReadableStream({
        start(c) { c.enqueue(whole.slice(0, 20)); c.enqueue(whole.slice(20)); c.close(); },
      }), headers("gzip"));
    },
    "/bomb": () => new Response(Bun.gzipSync(page(5 << 20)), headers("gzip")),
    "/broken": () => new Response(Bun.gzipSync(page(10)).slice(0, -1), headers("gzip")),
    "/empty": () => new Response("", headers("gzip")),
  },
  fetch: () => new Response("no"),
};
"#;

#[tokio::test]
async fn a_page_that_its_server_compresses_has_the_previews_script_in_the_preview_alone() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(COMPRESSED).await;
    let asks = async |path: &str, place: &str| {
        let request = learner.sandbox.request(Method::GET, path);
        let request = request.header("sec-fetch-mode", "navigate");
        let answer = request.header("sec-fetch-dest", place).send().await;
        let answer = answer.expect("an answer");
        let encoding = answer.headers().get("content-encoding").cloned();
        let length = answer.content_length();
        let body = answer.bytes().await.expect("a body");
        assert!(
            length.is_none_or(|length| length == body.len() as u64),
            "{path}"
        );
        (encoding, body)
    };
    for path in ["/short", "/deflate", "/long", "/stream"] {
        let (encoding, body) = asks(path, "iframe").await;
        assert_eq!(encoding, None, "{path}");
        let text = String::from_utf8_lossy(&body);
        let head = text.chars().take(60).collect::<String>();
        assert!(
            head.starts_with("<!doctype html><script src=\"/.hxlab/preview.js\""),
            "{path}: {head}"
        );
        assert!(text.contains("<p>xxxxxxxxxx"), "{path}: {head}");
        let (encoding, body) = asks(path, "document").await;
        assert!(encoding.is_some() && !body.starts_with(b"<"), "{path}");
    }
    for path in ["/pieces", "/bomb", "/broken", "/empty"] {
        let (encoding, body) = asks(path, "iframe").await;
        assert_eq!(encoding.expect("as it was"), "gzip", "{path}");
        assert_eq!(body.starts_with(&[0x1f, 0x8b]), path != "/empty", "{path}");
    }
}
