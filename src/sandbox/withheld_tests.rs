use super::*;

#[test]
fn the_lists_can_be_searched() {
    for list in [&STANDARD[..], &FRAMING, &BROWSER, &VENDORS, &PROXY] {
        assert!(list.is_sorted(), "{list:?}");
    }
}

#[test]
fn an_applications_own_headers_reach_the_client() {
    for name in [
        "X-Count",
        "X-Total-Count",
        "X-Cache",
        "X-Request-Id",
        "X-Response-Time",
        "X-Frame-Options",
        "X-Powered-By",
        "X-Accel-Buffering",
        "x-cached-until",
        "HX-Trigger",
        "HX-Trigger-After-Swap",
        "hx-reswap",
        "Total-Count",
        "Request-Id",
        "RateLimit-Remaining",
        "Server",
        "Deprecation",
        "Sunset",
        "Timing-Allow-Origin",
        "Permissions-Policy",
        "Content-Security-Policy",
        "Set-Cookie",
        "Content-Encoding",
        "ETag",
        "Last-Modified",
        "WWW-Authenticate",
        "Access-Control-Allow-Origin",
        "Location",
    ] {
        assert_eq!(refusal(name), None, "{name}");
    }
}

#[test]
fn what_steers_browsers_or_proxies_is_not_a_learners() {
    for (name, why) in [
        ("Strict-Transport-Security", Refusal::Browser),
        ("Clear-Site-Data", Refusal::Browser),
        ("Public-Key-Pins", Refusal::Browser),
        ("Alt-Svc", Refusal::Browser),
        ("NEL", Refusal::Browser),
        ("Report-To", Refusal::Browser),
        ("Sec-Session-Registration", Refusal::Browser),
        ("X-Hxlab-Anything", Refusal::Browser),
        ("X-Accel-Redirect", Refusal::Proxy),
        ("X-Accel-Expires", Refusal::Proxy),
        ("X-Sendfile", Refusal::Proxy),
        ("X-Sendfile-Type", Refusal::Proxy),
        ("X-Sendfile2", Refusal::Proxy),
        ("X-Send-File", Refusal::Proxy),
        ("X-LIGHTTPD-send-file", Refusal::Proxy),
        ("X-Lighttpd-Send-Tempfile", Refusal::Proxy),
        ("X-LiteSpeed-Cache-Control", Refusal::Proxy),
        ("X-REPROXY-URL", Refusal::Proxy),
        ("X-Cache-Tags", Refusal::Proxy),
        ("X-Varnish-Ttl", Refusal::Proxy),
        ("X-Envoy-Immediate-Health-Check-Fail", Refusal::Proxy),
        ("X-Amz-Meta-Any", Refusal::Proxy),
        ("X-Robots-Tag", Refusal::Proxy),
        ("X-Akamai-Edgescape", Refusal::Proxy),
        ("Edge-Cache-Tag", Refusal::Proxy),
        ("Edge-Control", Refusal::Proxy),
        ("Fastly-Restarts", Refusal::Proxy),
        ("Surrogate-Control", Refusal::Proxy),
        ("Surrogate-Key", Refusal::Proxy),
        ("CDN-Cache-Control", Refusal::Proxy),
        ("Netlify-CDN-Cache-Control", Refusal::Proxy),
        ("CF-Cache-Status", Refusal::Proxy),
        ("Cache-Tag", Refusal::Proxy),
        ("Via", Refusal::Proxy),
        ("Content-Length", Refusal::Framing),
        ("Trailer", Refusal::Trailer),
        // Of these nobody has heard: a browser or a proxy of tomorrow may have.
        ("Compute-Pressure-Policy", Refusal::Unknown),
        ("Count", Refusal::Unknown),
        ("X_Accel", Refusal::Proxy),
        ("X_Count", Refusal::Unknown),
    ] {
        assert_eq!(refusal(name), Some(why), "{name}");
    }
}

#[test]
fn the_wire_has_what_reached_the_client_and_says_what_did_not() {
    let written = [
        ("Content-Type", "text/html"),
        ("X-Accel-Redirect", "/etc/passwd"),
        ("X-Count", "3"),
        ("Content-Length", "1"),
        ("Set-Cookie", "a=1; Domain=x; Path=/"),
        ("set-cookie", "b=2"),
    ];
    let mut headers = HeaderList::from(written.map(|(name, value)| (name.into(), value.into())));
    let withheld = withhold(&mut headers);
    let names: Vec<_> = withheld.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["X-Accel-Redirect", "Set-Cookie: Domain"]);
    let left: Vec<_> = headers.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(left, ["text/html", "3", "1", "a=1; Path=/", "b=2"]);
}
