use http::header::COOKIE;

use super::*;
use crate::budget::Quota;

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
    let store = Store::open(folder.path(), Quota::default()).expect("a store");
    Sessions::new(store, &Url::parse(site).expect("the site's address"))
}

/// As for what is worth keeping.
async fn learner_or_new(sessions: &Sessions, headers: &HeaderMap) -> Result<Session, Fault> {
    match sessions.sender(headers).await? {
        Sender::Known(session) => Ok(session),
        Sender::Newcomer(token) => sessions.begin(token).await,
        Sender::Nobody => sessions.newcomer().await,
    }
}

#[tokio::test]
async fn a_learner_is_made_once_and_known_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sessions = sessions(&folder, "http://hxlab.localhost:3000");
    let (mut ada, bob) = (CookieJar::new(), CookieJar::new());
    assert_eq!(sessions.learner(&ada.cookies).await.expect("a read"), None);

    let first = learner_or_new(&sessions, &ada.cookies)
        .await
        .expect("a new learner");
    ada.keep(&first);
    assert_eq!(
        sessions.learner(&ada.cookies).await.expect("a read"),
        Some(first.learner)
    );
    let again = learner_or_new(&sessions, &ada.cookies)
        .await
        .expect("the same");
    assert_eq!(
        (again.learner, &again.cookie),
        (first.learner, &first.cookie)
    );

    let other = learner_or_new(&sessions, &bob.cookies)
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
        let session = learner_or_new(&sessions, &headers)
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
    for (site, start, secure) in [
        ("http://hxlab.localhost:3000", "hxlab=", false),
        ("https://learn.example.org", "__Host-hxlab=", true),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sessions = sessions(&folder, site);
        let session = learner_or_new(&sessions, &HeaderMap::new())
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

/// A learner with the name and value of their cookie.
async fn known(sessions: &Sessions) -> (LearnerId, String) {
    let session = sessions.newcomer().await;
    let session = session.expect("a new learner");
    let cookie = session.cookie.to_str().expect("plain letters");
    let pair = cookie.split(';').next().expect("a name and a value");
    (session.learner, pair.to_owned())
}

fn sent(cookies: &[u8]) -> HeaderMap {
    let value = HeaderValue::from_bytes(cookies).expect("a header's value");
    HeaderMap::from_iter([(COOKIE, value)])
}

#[tokio::test]
async fn a_learner_is_found_whatever_stands_around_their_cookie() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sessions = sessions(&folder, "http://hxlab.localhost:3000");
    let (ada, cookie) = known(&sessions).await;
    let (name, token) = cookie.split_once('=').expect("a name and a value");
    let made_up: Vec<_> = (0..200)
        .map(|number| format!("{name}={}; ", URL_SAFE_NO_PAD.encode([number; 32])))
        .collect();
    let made_up = made_up.concat();
    let long = format!("a={}; ", "x".repeat(700_000));
    for before in [
        &b"a=\xc3\xbc; "[..],
        b"\xff; ",
        b"a=\"; ",
        b"hxlab=x; hxlab; hxlab=; ",
        made_up.as_bytes(),
        long.as_bytes(),
    ] {
        let cookies = [before, cookie.as_bytes(), b"; b=\xe9"].concat();
        let session = learner_or_new(&sessions, &sent(&cookies)).await;
        let session = session.expect("the same");
        let words = String::from_utf8_lossy(&before[..before.len().min(40)]).into_owned();
        assert_eq!(session.learner, ada, "{words}");
    }
    let quoted = format!("{name}=\"{token}\"");
    let found = sessions.learner(&sent(quoted.as_bytes())).await;
    assert_eq!(found.expect("a read"), Some(ada));
}

#[tokio::test]
async fn of_two_learners_nobody_is_taken_for_the_other() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let named = sessions(&folder, "http://hxlab.localhost:3000");
    let (ada, of_ada) = known(&named).await;
    let (_, of_mallory) = known(&named).await;
    let both = sent(format!("{of_mallory}; {of_ada}").as_bytes());
    assert_eq!(named.learner(&both).await, Err(Fault::TwoLearners));
    let twice = sent(format!("{of_ada}; {of_ada}").as_bytes());
    assert_eq!(named.learner(&twice).await.expect("a read"), Some(ada));
    // At an address a page at another port can only add to the front.
    let bare = Sessions {
        bare: true,
        ..named
    };
    assert_eq!(bare.learner(&both).await.expect("a read"), Some(ada));
}

fn holding(token: &Token) -> HeaderMap {
    sent(format!("hxlab={}", URL_SAFE_NO_PAD.encode(token)).as_bytes())
}

async fn is_newcomer(sessions: &Sessions, token: &Token) -> bool {
    let sender = sessions.sender(&holding(token)).await.expect("a read");
    matches!(sender, Sender::Newcomer(found) if found == *token)
}

#[tokio::test]
async fn a_newcomer_is_known_again_though_nothing_is_kept() {
    let (folder, elsewhere) = (tempfile::tempdir(), tempfile::tempdir());
    let (folder, elsewhere) = (folder.expect("a folder"), elsewhere.expect("a folder"));
    let site = "http://hxlab.localhost:3000";
    let before = sessions(&folder, site);
    let token = before.invite().await.expect("a token");
    assert_eq!(before.learner(&holding(&token)).await, Ok(None));
    before.store.close().await;
    drop(before);

    let after = sessions(&folder, site);
    assert!(is_newcomer(&after, &token).await);
    for place in [0, RANDOM, token.len() - 1] {
        let mut forged = token;
        forged[place] ^= 1;
        assert!(!is_newcomer(&after, &forged).await, "{place}");
    }
    assert!(!is_newcomer(&sessions(&elsewhere, site), &token).await);

    let first = after.begin(token).await.expect("a learner");
    let again = after.begin(token).await.expect("the same");
    assert_eq!(first.learner, again.learner);
    assert_eq!(
        after.learner(&holding(&token)).await,
        Ok(Some(first.learner))
    );
}

#[tokio::test]
async fn a_newcomer_is_not_taken_for_a_learner_whose_cookie_was_tossed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let named = sessions(&folder, "http://hxlab.localhost:3000");
    let (_, of_mallory) = known(&named).await;
    let token = named.invite().await.expect("a token");
    let own = URL_SAFE_NO_PAD.encode(token);
    let both = sent(format!("{of_mallory}; hxlab={own}").as_bytes());
    assert_eq!(named.learner(&both).await, Err(Fault::TwoLearners));
}
