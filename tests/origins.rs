//! What other sites' pages may not do, at every route there is. The routes are read from the route table
//! itself, so a new one is tried without anybody thinking of it.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};

use crate::actors::learner::Learner;
use crate::actors::program::Program;

const TABLE: &str = include_str!("../src/web/routes.rs");

/// Each route with its methods. Whatever stands between `.at("` and its end is one route.
fn routes() -> Vec<(String, Vec<Method>)> {
    let table = TABLE.split_once("fn table(").expect("the table").1;
    let table = table.split_once("\nasync fn ").expect("its end").0;
    let ats = table.split(".at(").skip(1).map(|at| {
        let path = at.split('"').nth(1).expect("a path");
        let rest = at.split_once(path).expect("what follows").1;
        let words = [
            ("get(", "GET"),
            ("post(", "POST"),
            ("put(", "PUT"),
            ("delete(", "DELETE"),
            ("patch(", "PATCH"),
        ];
        let methods = words.into_iter().filter(|(word, _)| rest.contains(word));
        let methods = methods.map(|(_, method)| method.parse().expect("a method"));
        (filled(path), methods.collect())
    });
    ats.collect()
}

/// Answered on any host, before anything else: it reads and tells nothing.
const HEALTH: &str = "/healthz";

/// A path with something in the places of its parameters.
fn filled(path: &str) -> String {
    let part = |part: &str| {
        if part.starts_with(':') {
            "x".to_owned()
        } else {
            part.to_owned()
        }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_str(value).expect("a value"),
        )
    };
    let mut headers = HeaderMap::new();
    for (name, value) in pairs.iter().map(pair) {
        headers.append(name, value);
    }
    headers
}

/// All that a browser may say about where a request comes from, and whether the site may do it.
fn matrix(own: &str, sandbox: &str) -> Vec<(HeaderMap, bool)> {
    let mut all = Vec::new();
    for site in [
        None,
        Some("same-origin"),
        Some("same-site"),
        Some("cross-site"),
        Some("none"),
        Some(""),
    ] {
        for origin in [
            None,
            Some(own),
            Some(sandbox),
            Some("https://evil.example"),
            Some("null"),
        ] {
            let mut pairs = Vec::new();
            pairs.extend(site.map(|site| ("sec-fetch-site", site)));
            pairs.extend(origin.map(|origin| ("origin", origin)));
            let may = match site {
                Some(site) => site == "same-origin",
                None => origin == Some(own),
            };
            all.push((headers(&pairs), may));
        }
    }
    all
}

#[tokio::test]
async fn every_route_that_changes_something_refuses_other_sites() {
    let program = Program::site();
    let learner = Learner::arrives(&program).await;
    let own = program.origin();
    let sandbox = format!(
        "http://{}.hxlab.localhost:{}",
        learner.sandbox_id,
        program.port()
    );
    let routes = routes();
    assert!(routes.len() > 20, "{routes:?}");
    let mut tried = 0;
    for (path, methods) in &routes {
        assert!(!methods.is_empty(), "no method was read at {path}");
        for method in methods.iter().filter(|it| **it != Method::GET) {
            for (headers, may) in matrix(&own, &sandbox) {
                let sent = learner
                    .site
                    .request(method.clone(), path)
                    .headers(headers.clone());
                let status = sent.send().await.expect("an answer").status();
                // Let in, it has nothing to work on and is refused for that.
                let refused = status == StatusCode::FORBIDDEN;
                assert_eq!(refused, !may, "{method} {path} {headers:?}: {status}");
                tried += 1;
            }
        }
    }
    println!(
        "{tried} requests that would change something, with all that a browser may say of their origin"
    );
}

#[tokio::test]
async fn no_route_takes_a_handshake_of_another_site() {
    let program = Program::site();
    let learner = Learner::arrives(&program).await;
    let own = program.origin();
    for (path, methods) in routes() {
        if !methods.contains(&Method::GET) || path == HEALTH {
            continue;
        }
        for origin in [
            None,
            Some("https://evil.example"),
            Some("null"),
            Some(own.as_str()),
        ] {
            let mut pairs = vec![
                ("connection", "Upgrade"),
                ("upgrade", "websocket"),
                ("sec-websocket-version", "13"),
                ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
                ("sec-fetch-site", "same-origin"),
            ];
            pairs.extend(origin.map(|origin| ("origin", origin)));
            let sent = learner
                .site
                .request(Method::GET, &path)
                .headers(headers(&pairs));
            let status = sent.send().await.expect("an answer").status();
            let refused = status == StatusCode::FORBIDDEN;
            assert_eq!(
                refused,
                origin != Some(own.as_str()),
                "{path} {origin:?}: {status}"
            );
        }
    }
}

#[tokio::test]
async fn every_answer_of_the_site_and_of_a_sandbox_is_sealed() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    for (path, _) in routes().into_iter().filter(|(path, _)| path != HEALTH) {
        let answer = learner.site.get(&path).await;
        let headers = answer.headers();
        let says = |name: &str| {
            headers
                .get(name)
                .map(|it| it.to_str().expect("text").to_owned())
        };
        assert_eq!(
            says("x-content-type-options").as_deref(),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            says("origin-agent-cluster").as_deref(),
            Some("?1"),
            "{path}"
        );
        assert_eq!(
            says("cross-origin-opener-policy").as_deref(),
            Some("same-origin"),
            "{path}"
        );
        let policy = says("content-security-policy").expect("a policy");
        // Only what is made for other sites' pages may be in their frames.
        let ancestors = match path.as_str() {
            "/play/x/embed" => "frame-ancestors *;",
            _ => "frame-ancestors 'self';",
        };
        for rule in [
            "default-src 'none'",
            ancestors,
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-"), "{path}: {policy}");
    }
    let server = r#"export default { fetch: () => new Response("x", { headers: {
      "Content-Security-Policy": "default-src *", "Origin-Agent-Cluster": "?0", "Set-Cookie": "hxlab=stolen; Domain=hxlab.localhost",
      "Clear-Site-Data": '"cookies"', "Strict-Transport-Security": "max-age=9", "Alt-Svc": "h3=\":1\"",
      "Service-Worker-Allowed": "/", "Content-Length": "999", "Transfer-Encoding": "gzip", "Connection": "close" } }) };"#;
    learner.runs_server(server).await;
    let answer = learner.sandbox.get("/").await;
    let headers = answer.headers();
    for gone in [
        "clear-site-data",
        "strict-transport-security",
        "alt-svc",
        "service-worker-allowed",
        "transfer-encoding",
    ] {
        assert!(!headers.contains_key(gone), "{gone}");
    }
    assert_eq!(headers["content-length"], "1");
    assert_eq!(headers["origin-agent-cluster"], "?1");
    assert_eq!(headers["set-cookie"], "hxlab=stolen");
    let policies: Vec<_> = headers.get_all("content-security-policy").iter().collect();
    assert_eq!(policies.len(), 2, "ours holds beside the learner's");
    let ours = policies[1].to_str().expect("text");
    assert!(ours.contains("frame-ancestors 'self'"), "{ours}");
    assert!(ours.contains("sandbox allow-scripts"), "{ours}");
    assert!(!ours.contains("allow-top-navigation"), "{ours}");
}

/// A value with a line end would begin a header of its own, or the body.
#[tokio::test]
async fn a_learners_header_cannot_begin_another() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    let server = r#"export default { fetch(req) {
      const value = decodeURIComponent(new URL(req.url).search.slice(1));
      try { return new Response("x", { headers: { "X-One": value } }); }
      catch (error) { return new Response("refused: " + error.name); } } };"#;
    learner.runs_server(server).await;
    for value in [
        "a%0D%0AX-Two:%20b",
        "a%0AX-Two:%20b",
        "a%0DX-Two:%20b",
        "a%00b",
        "a%0D%0A%0D%0Abody",
    ] {
        let answer = learner.sandbox.get(&format!("/?{value}")).await;
        assert!(!answer.headers().contains_key("x-two"), "{value}");
        assert!(!answer.headers().contains_key("x-one"), "{value}");
        let body = answer.text().await.expect("a body");
        assert!(
            body.starts_with("refused: TypeError") || body == "x",
            "{value}: {body}"
        );
    }
}
