use super::*;

struct CookieJar {
    cookies: HeaderMap,
}

impl CookieJar {
    fn new() -> Self {
        Self {
            cookies: HeaderMap::new(),
        }
    }

    /// Keeps a cookie as browsers do: name and value only.
    fn keep(&mut self, session: &Session) {
        let cookie = session.cookie.to_str().expect("plain letters");
        let pair = cookie.split(';').next().expect("a name and a value");
        let value = format!("theme=dark; {pair}")
            .parse()
            .expect("a header's value");
        self.cookies.insert(COOKIE, value);
    }
}

fn sessions(folder: &tempfile::TempDir, site: &str) -> Sessions {
    let store = Store::open(folder.path()).expect("a store");
    Sessions::new(store, &Url::parse(site).expect("the site's address"))
}

#[tokio::test]
async fn a_learner_is_made_once_and_known_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sessions = sessions(&folder, "http://hxlab.localhost:3000");
    let (mut ada, bob) = (CookieJar::new(), CookieJar::new());
    assert_eq!(sessions.learner(&ada.cookies).await.expect("a read"), None);

    let first = sessions
        .learner_or_new(&ada.cookies)
        .await
        .expect("a new learner");
    ada.keep(&first);
    assert_eq!(
        sessions.learner(&ada.cookies).await.expect("a read"),
        Some(first.learner)
    );
    let again = sessions
        .learner_or_new(&ada.cookies)
        .await
        .expect("the same");
    assert_eq!(
        (again.learner, &again.cookie),
        (first.learner, &first.cookie)
    );

    let other = sessions
        .learner_or_new(&bob.cookies)
        .await
        .expect("a new learner");
    assert_ne!(other.learner, first.learner);
}

#[tokio::test]
async fn a_made_up_token_is_nobody() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sessions = sessions(&folder, "http://hxlab.localhost:3000");
    let made_up = URL_SAFE_NO_PAD.encode([7; 32]);
    for value in ["", "x", &made_up, &format!("{made_up}A")] {
        let mut headers = HeaderMap::new();
        let cookie = format!("hxlab={value}").parse().expect("a header's value");
        headers.insert(COOKIE, cookie);
        assert_eq!(
            sessions.learner(&headers).await.expect("a read"),
            None,
            "{value}"
        );
        let session = sessions
            .learner_or_new(&headers)
            .await
            .expect("a new learner");
        let cookie = session.cookie.to_str().expect("plain letters");
        assert!(
            !cookie.contains(&made_up),
            "a token is never taken from outside"
        );
    }
}

#[tokio::test]
async fn the_cookie_is_closed_to_scripts_and_other_sites() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (site, start, secure) in [
        ("http://hxlab.localhost:3000", "hxlab=", false),
        ("https://learn.example.org", "__Host-hxlab=", true),
    ] {
        let sessions = sessions(&folder, site);
        let session = sessions
            .learner_or_new(&HeaderMap::new())
            .await
            .expect("a new learner");
        let cookie = session.cookie.to_str().expect("plain letters");
        assert!(cookie.starts_with(start), "{cookie}");
        for part in [
            "; Path=/",
            "; Max-Age=31536000",
            "; HttpOnly",
            "; SameSite=Lax",
        ] {
            assert!(cookie.contains(part), "{part} in {cookie}");
        }
        assert_eq!(cookie.ends_with("; Secure"), secure, "{cookie}");
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}
