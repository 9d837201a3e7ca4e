//! Which host a request is for, and what nobody serves.

use reqwest::{Method, StatusCode};

use crate::actors::learner::Learner;
use crate::actors::program::Program;

#[tokio::test]
async fn an_unknown_host_is_misdirected_and_a_plain_address_leads_to_the_site() {
    let program = Program::site();
    let client = program.client();
    for host in [
        "example.localhost",
        "a.b.hxlab.localhost",
        "hxlab.localhost.evil.localhost",
    ] {
        let response = client.at(host).get("/").await;
        assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let nobody = client
        .at("aaaaaaaaaaaaaaaaaaaaaaaaaa.hxlab.localhost")
        .get("/")
        .await;
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
    for host in ["localhost", "127.0.0.1"] {
        let response = client.at(host).get("/lessons/x?y=1").await;
        let location = response.headers()["location"]
            .to_str()
            .expect("text")
            .to_owned();
        assert_eq!(
            location,
            format!("{}/lessons/x?y=1", program.origin()),
            "{host}"
        );
    }
    for host in ["localhost", "127.0.0.1", "anything.localhost"] {
        assert_eq!(
            client.at(host).get("/healthz").await.status(),
            StatusCode::OK,
            "{host}"
        );
    }
}

#[tokio::test]
async fn what_is_not_there_has_a_page_that_says_so() {
    let program = Program::site();
    let site = program.client().at("hxlab.localhost");
    for path in ["/nothing", "/lessons/no-such-lesson", "/assets/v/none.js"] {
        let response = site.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(
            response.headers().contains_key("content-security-policy"),
            "{path}"
        );
        assert_eq!(response.headers()["origin-agent-cluster"], "?1", "{path}");
    }
}

#[tokio::test]
async fn a_sandbox_has_no_part_in_the_sites_cookies() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner
        .runs_server(
            "export default { fetch: (req) => new Response(req.headers.get('cookie') ?? 'none') };",
        )
        .await;
    assert_eq!(learner.sandbox.page("/").await, "none");
}

#[tokio::test]
async fn a_page_may_reach_the_other_origins_of_its_sandbox_and_no_other_place() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner
        .runs_server("export default { fetch: () => new Response('hello') };")
        .await;
    let response = learner.sandbox.get("/").await;
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .expect("text");
    let (id, port) = (&learner.sandbox_id, program.port());
    let wanted = |schemes: &[&str]| {
        let mut wanted = Vec::new();
        for scheme in schemes {
            for client in ["", "--alice", "--bob", "--carol", "--mallory"] {
                wanted.push(format!("{scheme}://{id}{client}.hxlab.localhost:{port}"));
            }
        }
        wanted
    };
    for (directive, schemes) in [
        ("form-action", &["http"] as &[_]),
        ("connect-src", &["http", "ws"]),
    ] {
        let rule = policy.split("; ").find(|rule| rule.starts_with(directive));
        let mut sources: Vec<_> = rule.expect(directive).split(' ').skip(1).collect();
        sources.retain(|source| !["'self'", "data:", "blob:"].contains(source));
        assert_eq!(sources, wanted(schemes), "{policy}");
    }
}

/// A server that sets a cookie and says which it got.
const COOKIES: &str = r#"export default { fetch: (req) => new Response(req.headers.get("cookie") ?? "none", {
  headers: { "Content-Type": "text/html", "Set-Cookie": "own=1; SameSite=Lax; HttpOnly" } }) };"#;

#[tokio::test]
async fn sandboxes_below_another_domain_are_reached_shown_and_kept_to_themselves_there() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let program = Program::site_again(folder, &["--sandbox-domain", "boxes.localhost"]);
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(COOKIES).await;
    let (id, port) = (&learner.sandbox_id, program.port());
    let home = format!("http://{id}.boxes.localhost:{port}");
    assert_eq!(learner.sandbox.url("/"), format!("{home}/"));
    let page = learner.site.get("/lessons/a-websocket-in-html").await;
    let frames = format!("frame-src http://*.boxes.localhost:{port}/;");
    assert!(policy(&page).contains(&frames), "{}", policy(&page));
    let shown = learner.sandbox.get("/").await;
    let ancestors = format!(
        "http://{id}--mallory.boxes.localhost:{port} {}",
        program.origin()
    );
    assert!(policy(&shown).contains(&ancestors), "{}", policy(&shown));

    let before = learner.site.at(&format!("{id}.hxlab.localhost"));
    let moved = before.get("/a?b=c").await;
    assert_eq!(moved.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(moved.headers()["location"], format!("{home}/a?b=c"));
    let bare = learner.site.at("boxes.localhost").get("/").await;
    assert_eq!(bare.headers()["location"], format!("{}/", program.origin()));
}

fn policy(response: &reqwest::Response) -> String {
    let policy = response.headers()["content-security-policy"].to_str();
    policy.expect("text").to_owned()
}

const FRAMES: &str = "; SameSite=None; Secure; Partitioned";

#[tokio::test]
async fn a_frame_of_another_site_keeps_its_cookies_and_a_tab_keeps_them_as_they_are() {
    for domain in [&["--sandbox-domain", "boxes.localhost"][..], &[]] {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let program = Program::site_again(folder, domain);
        let mut learner = Learner::arrives(&program).await;
        learner.runs_server(COOKIES).await;
        let address = learner.sandbox.url("");
        let host = address.split(['/', ':']).nth(3).expect("a host");
        for place in ["iframe", "document"] {
            let is_marked = place == "iframe" && !domain.is_empty();
            let asks = |cookie: &str, mode: &str| {
                // A browser of its own each time.
                let request = program.client().at(host).request(Method::GET, "/");
                let request = request.header("sec-fetch-mode", mode);
                let request = request.header("sec-fetch-dest", place);
                request.header("cookie", cookie).send()
            };
            let first = asks("x=y", "navigate").await.expect("an answer");
            let [own, client] = &set(&first)[..] else {
                panic!("two cookies: {:?}", set(&first));
            };
            for cookie in [own, client] {
                assert_eq!(cookie.ends_with(FRAMES), is_marked, "{cookie}");
                assert_eq!(cookie.contains("SameSite=Lax"), !is_marked, "{cookie}");
                assert!(cookie.contains("; HttpOnly"), "{cookie}");
            }
            let body = first.text().await.expect("a body");
            assert_eq!(body.contains("data-partitioned"), is_marked);
            // What the page asks for afterwards does not say where it is.
            let client = client.split(';').next().expect("a pair");
            let next = asks(&format!("{client}; own=1"), "cors").await;
            let next = next.expect("an answer");
            assert_eq!(&set(&next), std::slice::from_ref(own));
            assert_eq!(next.text().await.expect("a body"), "own=1");
        }
    }
}

fn set(answer: &reqwest::Response) -> Vec<String> {
    let all = answer.headers().get_all("set-cookie").iter();
    let all = all.map(|it| it.to_str().expect("text").to_owned());
    all.collect()
}

#[tokio::test]
async fn browsers_are_told_to_use_https_alone_where_the_settings_say_so() {
    for (settings, expected) in [
        (
            &["--hsts", "600"][..],
            Some("max-age=600; includeSubDomains"),
        ),
        (&[], None),
    ] {
        let site = ["--site-url", "https://learn.example.org"];
        let program = Program::site_where(&[&site[..], settings].concat(), |_| {});
        let client = program.client().at("127.0.0.1");
        for path in ["/", "/nowhere"] {
            let asked = client.request(Method::GET, path);
            let asked = asked.header("host", "learn.example.org").send().await;
            let answer = asked.expect("the site answers");
            let told = answer.headers().get("strict-transport-security");
            assert_eq!(told.and_then(|it| it.to_str().ok()), expected, "{path}");
        }
    }
}
