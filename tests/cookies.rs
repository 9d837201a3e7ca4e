//! Cookies that other pages have put beside the site's: nobody becomes a stranger to their own work, or somebody
//! else.

use std::fmt::Write as _;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::actors::client::PATIENCE;
use crate::actors::http2;
use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::Program;

fn lesson() -> String {
    format!("/lessons/{LESSON}")
}

impl Answered {
    fn cookies(&self) -> impl Iterator<Item = &str> {
        let lines = self.head.lines();
        lines.filter_map(|line| line.strip_prefix("set-cookie: "))
    }

    /// The site's cookie that it sets, as `hxlab=TOKEN`.
    fn own_cookie(&self) -> Option<&str> {
        let mut lasting = self.cookies().filter(|it| !it.contains("Max-Age=0"));
        let ours = lasting.find(|it| it.starts_with("hxlab="))?;
        ours.split(';').next()
    }

    /// Whether it takes a cookie away, in these words.
    fn takes_away(&self, name: &str, place: &str) -> bool {
        let line = format!("{name}=x; Max-Age=0; {place}");
        self.cookies().any(|it| it == line)
    }

    #[track_caller]
    fn shows(&self, words: &str) {
        assert!(self.body.contains(words), "no “{words}” in:\n{}", self.body);
    }
}

/// What came back; other clients take fewer headers than a browser.
struct Answered {
    status: u16,
    head: String,
    body: String,
}

async fn sends(program: &Program, method: &str, path: &str, cookies: &[u8]) -> Answered {
    let socket = TcpStream::connect(("127.0.0.1", program.port())).await;
    let mut socket = socket.expect("the program listens");
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: hxlab.localhost:{}\r\nConnection: close\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Length: 0\r\nAccept: text/html\r\nCookie: ",
        program.port()
    );
    let request = [head.as_bytes(), cookies, b"\r\n\r\n"].concat();
    socket.write_all(&request).await.expect("it is taken");
    let mut answer = Vec::new();
    let read = timeout(PATIENCE, socket.read_to_end(&mut answer)).await;
    read.expect("in time").expect("it is read to its end");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
    Answered {
        status: status.expect("a status"),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

/// The cookie of somebody who has only looked.
async fn newcomer(program: &Program) -> String {
    let answer = gets(program, &lesson(), b"a=b").await;
    answer
        .own_cookie()
        .expect("a newcomer gets a cookie")
        .to_owned()
}

/// The cookie of a learner of whom something is kept.
async fn known(program: &Program) -> String {
    let cookie = newcomer(program).await;
    let read = format!("{}/read", lesson());
    let answer = sends(program, "POST", &read, cookie.as_bytes()).await;
    assert_eq!(answer.status, 303);
    cookie
}

async fn gets(program: &Program, path: &str, cookies: &[u8]) -> Answered {
    sends(program, "GET", path, cookies).await
}

/// So many cookies of so many bytes each.
fn flood(count: usize, bytes: usize) -> String {
    let value = "x".repeat(bytes);
    (0..count).fold(String::new(), |mut all, number| {
        let _ = write!(all, "c{number}={value}; ");
        all
    })
}

#[tokio::test]
async fn a_learner_stays_who_they_are_whatever_stands_beside_their_cookie() {
    let program = Program::site();
    let flood = flood(180, 4000);
    for own in [known(&program).await, newcomer(&program).await] {
        for before in [
            &b"a=\xc3\xbc"[..],
            b"\xff",
            b"a=\"",
            b"hxlab=; hxlab=x",
            flood.as_bytes(),
        ] {
            let cookies = [before, b"; ", own.as_bytes()].concat();
            let answer = gets(&program, &lesson(), &cookies).await;
            let words = String::from_utf8_lossy(&before[..before.len().min(20)]).into_owned();
            assert_eq!(answer.status, 200, "{words}");
            assert_eq!(answer.own_cookie(), Some(own.as_str()), "{words}");
        }
    }
}

#[tokio::test]
async fn the_cookie_of_somebody_else_beside_ones_own_makes_nobody_them() {
    let program = Program::site();
    let own = known(&program).await;
    for other in [known(&program).await, newcomer(&program).await] {
        let both = format!("{other}; {own}");
        let read = format!("{}/read", lesson());
        for (method, path, deepest) in [
            ("GET", lesson(), "Path=/lessons"),
            ("POST", read, "Path=/lessons"),
            ("GET", "/me".to_owned(), "Path=/me"),
        ] {
            let answer = sends(&program, method, &path, both.as_bytes()).await;
            assert_eq!(answer.status, 403, "{path}");
            answer.shows("a second cookie beside yours");
            assert_eq!(answer.own_cookie(), None);
            assert!(answer.takes_away("hxlab", "Path=/; Domain=hxlab.localhost"));
            assert!(answer.takes_away("hxlab", deepest), "{path}");
            assert!(!answer.takes_away("hxlab", "Path=/"), "there is ours");
        }
    }
    // A made-up one is nobody's, and goes as well.
    let tossed = format!("hxlab={}; {own}", "A".repeat(43));
    let answer = gets(&program, "/me", tossed.as_bytes()).await;
    assert_eq!(answer.status, 200);
    answer.shows("Your work");
    assert!(answer.takes_away("hxlab", "Path=/me"));
}

#[tokio::test]
async fn who_was_pushed_out_is_told_so_and_does_not_become_somebody_new() {
    let program = Program::site();
    for flood in [flood(150, 5), flood(20, 4080)] {
        for path in [lesson(), "/".to_owned(), "/me".to_owned()] {
            let answer = gets(&program, &path, flood.as_bytes()).await;
            assert_eq!(answer.status, 431, "{path}");
            answer.shows("yours was pushed out");
            answer.shows("href=\"/recover\"");
            assert_eq!(answer.own_cookie(), None, "{path}");
            assert!(answer.takes_away("c0", "Path=/; Domain=hxlab.localhost"));
            assert!(answer.takes_away("c19", "Path=/"), "{path}");
        }
        let recovery = gets(&program, "/recover", flood.as_bytes()).await;
        assert_eq!(recovery.status, 200);
    }
    // Cookies of other sites of the domain, as they usually are, are left alone.
    let answer = gets(&program, &lesson(), flood(40, 40).as_bytes()).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.takes_away("c0", "Path=/"));
}

#[tokio::test]
async fn headers_that_are_too_large_get_the_same_page_by_http_1_and_2() {
    let program = Program::site();
    let host = format!("hxlab.localhost:{}", program.port());
    let by_http2 = async |host: &str, path: &str, cookies: &str| {
        let headers = [("accept", "text/html"), ("cookie", cookies)];
        http2::body_of(program.port(), host, path, &headers).await
    };
    for flood in [flood(20, 4080), flood(180, 4000)] {
        let first = gets(&program, "/me", flood.as_bytes()).await;
        let second = by_http2(&host, "/me", &flood).await;
        first.shows("yours was pushed out");
        // All but the nonce of the one page.
        let words = |page: &str| page.split("<main").nth(1).map(str::to_owned);
        assert_eq!(words(&second), words(&first.body));
        assert!(words(&second).is_some(), "{second}");
    }
    // Whoever is known is not stopped by what is beside their cookie.
    let own = known(&program).await;
    let page = by_http2(&host, "/me", &format!("{}{own}", flood(20, 4080))).await;
    assert!(page.contains("Your work"), "{page}");
    // And a sandbox says how much its server takes.
    let mut learner = Learner::arrives(&program).await;
    learner
        .runs_server("export default { fetch: () => new Response('here') };")
        .await;
    let address = learner.sandbox.url("/");
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let refused = by_http2(host, "/", &flood(20, 4080)).await;
    assert!(refused.contains("at most 32 KiB"), "{refused}");
}

#[tokio::test]
async fn who_has_a_cookie_that_cannot_be_read_is_told_so_and_offered_the_recovery_code() {
    let program = Program::site();
    let own = known(&program).await;
    for cookie in [&b"hxlab=\xc3\xbc"[..], &own.as_bytes()[..30], b"hxlab="] {
        let read = format!("{}/read", lesson());
        for (method, path) in [("GET", lesson()), ("GET", "/me".to_owned()), ("POST", read)] {
            let answer = sends(&program, method, &path, cookie).await;
            assert_eq!(answer.status, 403, "{path}");
            answer.shows("was cut short or changed");
            answer.shows("href=\"/recover\"");
            assert_eq!(answer.own_cookie(), None, "{path}");
            assert!(
                answer
                    .cookies()
                    .any(|it| it.starts_with("hxlab=; Path=/; Max-Age=0")),
                "the next load begins anew"
            );
            assert!(answer.takes_away("hxlab", "Path=/; Domain=hxlab.localhost"));
        }
        let recovery = gets(&program, "/recover", cookie).await;
        assert_eq!(recovery.status, 200);
    }
}
