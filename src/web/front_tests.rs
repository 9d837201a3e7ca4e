use poem::endpoint;

use super::*;

const ID: &str = "abcdefghijklmnopqrstuvwx27";

/// The status of an answer with where it leads to, or who answers.
async fn ask(method: Method, host: &str, path: &str) -> (u16, String) {
    ask_at(None, method, host, path).await
}

/// The same where sandboxes have this domain.
async fn ask_at(domain: Option<&str>, method: Method, host: &str, path: &str) -> (u16, String) {
    let url = Url::parse("http://hxlab.localhost:3000").expect("the site's address");
    let site = endpoint::make_sync(|_| "the site".to_owned());
    let sandboxes = endpoint::make_sync(|request: Request| {
        let id = request.extensions().get::<SandboxId>();
        id.map_or(String::new(), |id| format!("sandbox {}", id.0))
    });
    let domain = SandboxDomain::new("http://hxlab.localhost:3000", domain.map(str::to_owned));
    let front = Front::new(&url, None, site, sandboxes).with_sandboxes_at(&domain);
    let request = Request::builder()
        .method(method)
        .uri_str(path)
        .header("host", host);
    let response = front.get_response(request.finish()).await;
    let status = response.status().as_u16();
    let location = response.header("location").map(str::to_owned);
    let text = match location {
        Some(location) => location,
        None => response.into_body().into_string().await.expect("a text"),
    };
    (status, text)
}

#[tokio::test]
async fn a_request_goes_where_its_host_lives() {
    let own = "hxlab.localhost:3000";
    assert_eq!(ask(Method::GET, own, "/a").await, (200, "the site".into()));
    let sandbox = format!("{ID}.hxlab.localhost:3000");
    assert_eq!(
        ask(Method::POST, &sandbox, "/a").await,
        (200, format!("sandbox {ID}"))
    );
    assert_eq!(ask(Method::GET, "evil.example", "/a").await.0, 421);
    assert_eq!(ask(Method::GET, "", "/a").await.0, 400);
}

#[tokio::test]
async fn this_machines_other_names_lead_to_the_site() {
    let there = |path: &str| (307, format!("http://hxlab.localhost:3000{path}"));
    assert_eq!(
        ask(Method::GET, "localhost:3000", "/a?b=c").await,
        there("/a?b=c")
    );
    assert_eq!(
        ask(Method::GET, "127.0.0.1:3000", "//evil.example").await,
        there("//evil.example")
    );
    assert_eq!(ask(Method::POST, "localhost:3000", "/a").await.0, 421);
}

#[tokio::test]
async fn health_is_told_on_any_host() {
    for host in ["hxlab.localhost", "127.0.0.1:3000", "evil.example", ""] {
        assert_eq!(
            ask(Method::GET, host, "/healthz").await,
            (200, "ok\n".into()),
            "{host}"
        );
    }
}

#[tokio::test]
async fn an_address_from_before_another_domain_leads_to_it() {
    let ask = |method, host| ask_at(Some("boxes.localhost"), method, host, "/a?b=c");
    let before = format!("{ID}--bob.hxlab.localhost:3000");
    let now = format!("http://{ID}--bob.boxes.localhost:3000/a?b=c");
    assert_eq!(ask(Method::GET, &before).await, (307, now));
    assert_eq!(ask(Method::POST, &before).await.0, 421);
    let bare = "http://hxlab.localhost:3000/a?b=c".to_owned();
    assert_eq!(ask(Method::GET, "boxes.localhost:3000").await, (307, bare));
    let there = format!("{ID}.boxes.localhost:3000");
    let sandbox = format!("sandbox {ID}");
    assert_eq!(ask(Method::POST, &there).await, (200, sandbox));
}
