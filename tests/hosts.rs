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
