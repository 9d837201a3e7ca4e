//! Sandboxes with ports of the site's address: what holds for names holds for them. Cookies do not know
//! ports, in browsers as in the client used here, so the gateway has to keep them apart.

use reqwest::header::HOST;
use reqwest::{Method, StatusCode, Url};
use serde_json::json;

use crate::actors::learner::{LESSON, Learner, workbench_state};
use crate::actors::program::Program;
use crate::actors::reader::Reader;

/// Tells the cookies that it gets; sets one of its own, and tries to set the site's.
const COOKIES: &str = r#"export default { fetch(req) {
  const { pathname } = new URL(req.url);
  const headers = new Headers();
  if (pathname === "/set") {
    headers.append("Set-Cookie", "mine=1; Path=/");
    headers.append("Set-Cookie", "hxlab=stolen; Path=/");
    headers.append("Set-Cookie", "hxlab=stolen; Path=/lessons");
  }
  return new Response(req.headers.get("cookie") ?? "none", { headers });
} };"#;

/// Tests run beside each other: each takes ports of its own.
fn site(first: u16, count: u16) -> Program {
    let ports = format!("{first}-{}", first + count - 1);
    Program::site_where(&["--preview-ports", &ports], |_| {})
}

async fn arrives(program: &Program) -> Learner {
    Learner::at_host(program, &program.client(), "127.0.0.1").await
}

/// What the server gets, in any order.
async fn cookies(learner: &Learner) -> Vec<String> {
    let page = learner.sandbox.page("/").await;
    let mut cookies: Vec<_> = page.split("; ").map(str::to_owned).collect();
    cookies.sort();
    cookies
}

#[tokio::test]
async fn each_sandbox_has_a_port_and_its_own_cookies_only() {
    let program = site(21_000, 40);
    let mut alice = arrives(&program).await;
    alice.runs_server(COOKIES).await;
    // The same browser at another lesson, whose server is somebody else's in all but name.
    let other = "server-sent-events";
    let page = alice.site.page(&format!("/lessons/{other}")).await;
    let state = workbench_state(&page);
    let url = Url::parse(state["sandbox"]["url"].as_str().expect("text")).expect("an address");
    let port = url.port().expect("a port");
    let ran = alice
        .site
        .request(Method::POST, &format!("/lessons/{other}/run"));
    let ran = ran.header("origin", format!("http://127.0.0.1:{}", program.port()));
    let ran = ran.json(&json!({ "version": 0, "files": { "server.js": COOKIES } }));
    assert_eq!(
        ran.send().await.expect("an answer").status(),
        StatusCode::OK
    );
    let second = alice.sandbox.on(port);

    assert_eq!(
        alice.sandbox.page("/").await,
        "none",
        "the site's cookie stays outside"
    );
    assert_eq!(alice.sandbox.page("/set").await, "none");
    assert_eq!(cookies(&alice).await, ["hxlab=stolen", "mine=1"]);
    assert_eq!(
        second.page("/").await,
        "none",
        "another's cookies stay outside"
    );
    second.page("/set").await;
    assert_eq!(cookies(&alice).await, ["hxlab=stolen", "mine=1"]);
    // The site still knows who this is: the draft is there.
    let files = alice.files().await;
    assert_eq!(files["server.js"], COOKIES);
}

#[tokio::test]
async fn a_port_answers_for_its_own_name_only_and_the_site_refuses_its_pages() {
    let program = site(21_100, 40);
    let mut learner = arrives(&program).await;
    learner
        .runs_server("export default { fetch: (req) => new Response(req.url) };")
        .await;
    let url = learner.sandbox.url("/");
    assert_eq!(learner.sandbox.page("/").await, url);
    for host in [
        "evil.example",
        "hxlab.localhost",
        "127.0.0.1:1",
        "localhost",
        "127.0.0.1",
    ] {
        let asked = learner.sandbox.request(Method::GET, "/").header(HOST, host);
        let status = asked.send().await.expect("an answer").status();
        assert_eq!(status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    // The site's own port does not answer for a sandbox, nor a sandbox's for the site.
    let lesson = format!("/lessons/{LESSON}");
    assert_eq!(
        learner.sandbox.page(&lesson).await,
        learner.sandbox.url(&lesson)
    );

    let origin = url.trim_end_matches('/').to_owned();
    for (name, value) in [("origin", origin.as_str()), ("sec-fetch-site", "same-site")] {
        let sent = learner
            .site
            .request(Method::POST, &format!("{lesson}/stop"));
        let status = sent
            .header(name, value)
            .send()
            .await
            .expect("an answer")
            .status();
        assert_eq!(status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let policy = |response: &reqwest::Response| {
        let policy = response.headers()["content-security-policy"].to_str();
        policy.expect("text").to_owned()
    };
    let page = learner.site.get(&lesson).await;
    assert!(
        policy(&page).contains("frame-src http://127.0.0.1:*;"),
        "{}",
        policy(&page)
    );
    let shown = learner.sandbox.get("/").await;
    let own = format!(
        "frame-ancestors 'self' {origin} http://127.0.0.1:{};",
        program.port()
    );
    assert!(policy(&shown).contains(&own), "{}", policy(&shown));
    assert!(!policy(&shown).contains(":*"), "{}", policy(&shown));
}

#[tokio::test]
async fn when_all_ports_are_in_use_the_lesson_can_be_read_and_run_says_so() {
    let program = site(21_200, 10);
    let mut learners = Vec::new();
    // Other programs may have some of the ten.
    let words = loop {
        let mut learner = arrives(&program).await;
        let server = (
            "server.js",
            "export default { fetch: () => new Response('on') };",
        );
        let (status, answer) = learner.runs(&[server]).await;
        if status == StatusCode::SERVICE_UNAVAILABLE {
            break answer["error"].as_str().expect("a sentence").to_owned();
        }
        assert_eq!(status, StatusCode::OK, "{answer}");
        learners.push(learner);
    };
    assert!((1..=10).contains(&learners.len()), "{}", learners.len());
    let all = format!(
        "All {} addresses for learners' servers are in use",
        learners.len()
    );
    assert!(words.starts_with(&all), "{words}");
    for learner in &learners {
        assert_eq!(learner.sandbox.page("/").await, "on");
    }
}

#[tokio::test]
async fn a_browser_that_comes_to_a_port_for_the_first_time_leaves_old_storage_behind() {
    let program = site(21_300, 40);
    let mut learner = arrives(&program).await;
    learner.runs_server("export default { fetch: () => new Response('<p>mine', { headers: { 'Content-Type': 'text/html' } }) };").await;
    let sandbox = learner.sandbox.clone();
    let navigate = || async {
        let asked = sandbox
            .request(Method::GET, "/")
            .header("upgrade-insecure-requests", "1");
        asked
            .send()
            .await
            .expect("an answer")
            .text()
            .await
            .expect("a page")
    };
    assert!(navigate().await.contains("localStorage.clear()"));
    let page = navigate().await;
    assert!(page.contains("<p>mine"), "{page}");
    // What it had the browser keep is not shown for the next one's.
    for (kept, expected) in [
        ("public, max-age=31536000, immutable", "no-cache"),
        ("no-store", "no-store"),
    ] {
        let server = format!(
            "export default {{ fetch: () => new Response('<p>mine', {{ headers: {{ 'Content-Type': 'text/html', 'Cache-Control': '{kept}' }} }}) }};"
        );
        learner.runs_server(&server).await;
        let answer = learner.sandbox.get("/").await;
        assert_eq!(answer.headers()["cache-control"], expected, "{kept}");
    }
    assert!(
        page.contains("/.hxlab/preview.js"),
        "on an address that browsers do not trust, too"
    );
    assert_eq!(
        program
            .client()
            .at("127.0.0.1")
            .on(learner.sandbox.port())
            .page("/")
            .await,
        "<p>mine"
    );
}

#[tokio::test]
async fn one_visitors_snapshots_leave_ports_for_others() {
    let settings = [
        "--preview-ports",
        "21700-21715",
        "--trusted-proxy",
        "127.0.0.1",
    ];
    let program = Program::site_where(&settings, |_| {});
    let ada = Reader::at_host(&program, "127.0.0.1");
    let begun = ada.posts("/play/projects", "beginning=empty").await;
    let shared = ada
        .posts(&format!("{}/share", begun.header("location")), "")
        .await;
    let snapshot = shared.header("location");
    let runs = async |address: &str| {
        let form = ada
            .form(snapshot, "")
            .header("sec-fetch-site", "same-origin");
        ada.sends(form.header("x-forwarded-for", address)).await
    };
    for _ in 0..2 {
        runs("203.0.113.1").await.shows("<iframe src=");
    }
    let refused = runs("203.0.113.1").await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    refused.shows("2 shared projects run for your network address already");
    for other in 2..5 {
        for _ in 0..2 {
            let ran = runs(&format!("203.0.113.{other}")).await;
            ran.shows("<iframe src=");
        }
    }
    // Half of the ports are for learners' own.
    let refused = runs("203.0.113.9").await;
    refused.shows("8 shared projects run for visitors already");
    let mut learner = arrives(&program).await;
    learner
        .runs_server("export default { fetch: () => new Response('mine') };")
        .await;
    assert_eq!(learner.sandbox.page("/").await, "mine");
}
