use super::*;
use http::header::COOKIE;

fn tossed(session: &'static str, domains: &[&str]) -> Tossed {
    Tossed {
        session,
        farewell: HeaderValue::from_static("hxlab=; Max-Age=0"),
        domains: domains.iter().map(|&domain| domain.to_owned()).collect(),
        lines: LINES,
    }
}

fn lines(tossed: &Tossed, cookies: &str, path: &str) -> Vec<String> {
    let value = cookies.parse().expect("a header's value");
    let headers = HeaderMap::from_iter([(COOKIE, value)]);
    let lines = tossed.expirations(&headers, path).into_iter();
    lines
        .map(|line| line.to_str().expect("plain letters").to_owned())
        .collect()
}

/// A cookie of the site's that can be read.
fn own() -> String {
    format!("hxlab={}", "A".repeat(43))
}

fn many(count: usize) -> String {
    let all: Vec<_> = (0..count).map(|number| format!("c{number}=1; ")).collect();
    all.concat()
}

#[test]
fn a_second_cookie_of_our_name_goes_wherever_it_stands_and_ours_stays() {
    let named = tossed("hxlab", &["lab.example"]);
    assert_eq!(
        lines(&named, "hxlab=a; theme=dark; hxlab=b", "/lessons/x"),
        [
            "hxlab=x; Max-Age=0; Path=/lessons",
            "hxlab=x; Max-Age=0; Path=/lessons/",
            "hxlab=x; Max-Age=0; Path=/lessons/x",
            "hxlab=x; Max-Age=0; Path=/; Domain=lab.example",
            "hxlab=x; Max-Age=0; Path=/lessons; Domain=lab.example",
            "hxlab=x; Max-Age=0; Path=/lessons/; Domain=lab.example",
            "hxlab=x; Max-Age=0; Path=/lessons/x; Domain=lab.example",
        ]
    );
    assert_eq!(
        lines(&tossed("hxlab", &[]), "hxlab=a; hxlab=b", "/me"),
        ["hxlab=x; Max-Age=0; Path=/me"]
    );
    let own = own();
    for calm in [
        String::new(),
        own.clone(),
        format!("{own}; a=b; theme=dark"),
    ] {
        assert!(lines(&named, &calm, "/").is_empty(), "{calm}");
    }
}

#[test]
fn far_too_much_goes_and_what_is_the_sites_stays() {
    let named = tossed("hxlab", &["lab.example"]);
    let many = many(MANY);
    let much = format!("c0={}; ", "x".repeat(MUCH));
    for flood in [many, much] {
        let lines = lines(&named, &format!("{}; {flood}theme=dark", own()), "/");
        assert_eq!(lines[0], "c0=x; Max-Age=0; Path=/");
        assert_eq!(lines[1], "c0=x; Max-Age=0; Path=/; Domain=lab.example");
        let is_ours = |line: &String| line.starts_with("hxlab=") || line.starts_with("theme=");
        assert!(!lines.iter().any(is_ours), "{lines:?}");
    }
}

#[test]
fn one_answer_takes_no_more_away_than_a_client_can_read() {
    let named = tossed("hxlab", &["lab.example"]);
    let bytes: usize = lines(&named, &many(5000), "/")
        .iter()
        .map(String::len)
        .sum();
    assert!((LINES - 100..=LINES).contains(&bytes), "{bytes}");
}

#[test]
fn cookies_are_looked_for_at_each_host_above_with_a_dot() {
    assert_eq!(domains("hxlab.localhost"), ["hxlab.localhost"]);
    assert_eq!(
        domains("learn.uni.example.org"),
        ["learn.uni.example.org", "uni.example.org", "example.org"]
    );
    assert!(domains("localhost").is_empty());
}
