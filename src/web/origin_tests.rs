use super::*;

const OWN: &str = "http://hxlab.localhost:3000";
const SANDBOX: &str = "http://abcdefghijklmnopqrstuvwx27.hxlab.localhost:3000";
const EVIL: &str = "https://evil.example";

/// Whether the site lets this through; `+` before the method asks for a WebSocket.
fn lets(method: &str, headers: &[(&'static str, &str)]) -> bool {
    let site = Url::parse("http://hxlab.localhost:3000/").expect("the site's address");
    let mut sent = HeaderMap::new();
    for (name, value) in headers {
        sent.append(*name, value.parse().expect("a header's value"));
    }
    let method = match method.strip_prefix('+') {
        Some(method) => {
            sent.insert(
                header::UPGRADE,
                "websocket".parse().expect("a header's value"),
            );
            method
        }
        None => method,
    };
    let method = method.parse().expect("a method");
    SiteOrigin::new(&site).check(&method, &sent).is_ok()
}

#[test]
fn only_the_site_itself_changes_things() {
    let site = |value| ("sec-fetch-site", value);
    let origin = |value| ("origin", value);
    for (method, headers, expected) in [
        // Reading is free, from wherever the learner comes.
        ("GET", vec![], true),
        ("GET", vec![site("none")], true),
        ("GET", vec![site("cross-site")], true),
        ("GET", vec![site("same-site"), origin(SANDBOX)], true),
        ("HEAD", vec![site("cross-site")], true),
        ("OPTIONS", vec![origin(EVIL)], true),
        // The browser says where the request comes from.
        ("POST", vec![site("same-origin")], true),
        ("POST", vec![site("same-origin"), origin(OWN)], true),
        ("POST", vec![site("same-origin"), origin("null")], true),
        ("POST", vec![site("same-site"), origin(SANDBOX)], false),
        ("POST", vec![site("same-site"), origin(OWN)], false),
        ("POST", vec![site("cross-site"), origin(EVIL)], false),
        ("POST", vec![site("none")], false),
        ("POST", vec![site("")], false),
        ("POST", vec![site("same-origin"), site("cross-site")], false),
        // A browser that does not say it, as on a bare address without https, sends `Origin`.
        ("POST", vec![origin(OWN)], true),
        ("POST", vec![origin("http://HXLAB.localhost:3000")], false),
        ("POST", vec![origin("http://hxlab.localhost")], false),
        ("POST", vec![origin("https://hxlab.localhost:3000")], false),
        ("POST", vec![origin(SANDBOX)], false),
        ("POST", vec![origin("null")], false),
        ("POST", vec![origin(OWN), origin(OWN)], false),
        ("POST", vec![], false),
        // All methods that are not for reading are alike.
        ("PUT", vec![site("same-origin")], true),
        ("PUT", vec![], false),
        ("DELETE", vec![site("same-site")], false),
        ("PATCH", vec![origin(EVIL)], false),
        ("BREW", vec![], false),
        // A handshake is a GET that asks for more.
        ("+GET", vec![origin(OWN)], true),
        ("+GET", vec![origin(OWN), site("same-origin")], true),
        ("+GET", vec![site("same-origin")], false),
        ("+GET", vec![origin(SANDBOX)], false),
        ("+GET", vec![origin("null")], false),
        ("+GET", vec![], false),
        ("CONNECT", vec![origin(EVIL)], false),
    ] {
        assert_eq!(lets(method, &headers), expected, "{method} {headers:?}");
    }
}
