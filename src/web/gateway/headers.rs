//! Which headers cross the gateway, either way.
//!
//! Towards the Run everything but hop-by-hop headers and the site's own cookies; towards the client
//! only what a learner's server may say: nothing that frames the connection, and nothing that
//! belongs to the host it shares with others.
#![allow(unreachable_pub, reason = "the fuzz targets use it from another crate")]

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::cookies::CookiePrefix;
use crate::engine::message::HeaderList;

/// The cookie by which the wire tells one browser from another; never shown to the learner's server.
pub(crate) const CLIENT_COOKIE: &str = "hxlab_client";

/// What names the connection, not the message (RFC 9110, section 7.6.1), and the body's framing.
const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Response headers that a learner may set, besides those that begin with `x-` or `hx-`.
const ALLOWED: [&str; 33] = [
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "age",
    "allow",
    "cache-control",
    "content-disposition",
    "content-language",
    "content-location",
    "content-range",
    "content-security-policy",
    "content-type",
    "date",
    "etag",
    "expires",
    "last-modified",
    "link",
    "location",
    "permissions-policy",
    "pragma",
    "preference-applied",
    "referrer-policy",
    "refresh",
    "retry-after",
    "server-timing",
    "set-cookie",
    "vary",
    "warning",
    "www-authenticate",
];

/// The request's headers as the learner's server sees them. With a mark, only the cookies that bear it.
#[must_use]
pub(super) fn to_run(headers: &HeaderMap, mark: Option<&CookiePrefix>) -> HeaderList {
    let mut list = HeaderList::with_capacity(headers.len());
    for (name, value) in headers {
        if HOP_BY_HOP.contains(&name.as_str()) {
            continue;
        }
        let value = from_bytes(value);
        if name == http::header::COOKIE {
            let rest = match mark {
                Some(mark) => mark.own(&value),
                None => without_client_cookie(&value),
            };
            if let Some(rest) = rest {
                list.push(("cookie".to_owned(), rest));
            }
        } else {
            list.push((name.as_str().to_owned(), value));
        }
    }
    list
}

/// The value of the cookie that tells browsers apart.
#[must_use]
pub(super) fn client_cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == CLIENT_COOKIE && value.len() <= 64)
        .map(|(_, value)| value)
}

fn without_client_cookie(value: &str) -> Option<String> {
    let kept: Vec<_> = value
        .split(';')
        .map(str::trim)
        .filter(|pair| pair.split('=').next() != Some(CLIENT_COOKIE))
        .collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

/// What of a learner's response headers reaches the client. A header that is not allowed, or that
/// does not hold to the grammar, is left out.
#[must_use]
pub fn to_client(list: &HeaderList) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(list.len());
    for (name, value) in list {
        let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
            continue;
        };
        let value = if name == http::header::SET_COOKIE {
            to_bytes(&own_cookie(value))
        } else {
            to_bytes(value)
        };
        if let (true, Some(value)) = (is_allowed(name.as_str()), value) {
            headers.append(name, value);
        }
    }
    headers
}

/// The length that a learner's server gives, for the answer to a HEAD.
#[must_use]
pub(super) fn length(list: &HeaderList) -> Option<u64> {
    let is_length = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-length");
    list.iter().find(is_length)?.1.parse().ok()
}

/// A value as JavaScript has it: each byte is the character of that number, whatever it was meant
/// to encode (the Fetch standard's "isomorphic decode").
fn from_bytes(value: &HeaderValue) -> String {
    if let Ok(ascii) = value.to_str() {
        return ascii.to_owned();
    }
    value.as_bytes().iter().copied().map(char::from).collect()
}

/// The way back; none for a character over 0xFF, which no value can hold.
fn to_bytes(value: &str) -> Option<HeaderValue> {
    if value.is_ascii() {
        return HeaderValue::from_str(value).ok();
    }
    let bytes: Option<Vec<u8>> = value.chars().map(|it| u8::try_from(it).ok()).collect();
    HeaderValue::from_bytes(&bytes?).ok()
}

fn is_allowed(name: &str) -> bool {
    ALLOWED.contains(&name) || name.starts_with("hx-") || name.starts_with("x-")
}

/// A cookie kept to its own host: without `Domain`.
fn own_cookie(cookie: &str) -> String {
    let is_domain = |part: &str| {
        let name = part.split('=').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case("domain")
    };
    let mut parts = cookie.split(';');
    let pair = parts.next().unwrap_or_default();
    std::iter::once(pair)
        .chain(parts.filter(|part| !is_domain(part)))
        .collect::<Vec<_>>()
        .join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(list: &[(&str, &str)]) -> Vec<String> {
        let list = list
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        to_client(&list.collect())
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or("?")))
            .collect()
    }

    #[test]
    fn what_belongs_to_the_host_or_the_connection_stays_behind() {
        let list = [
            ("Content-Type", "text/html"),
            ("HX-Push-Url", "/page/2"),
            ("X-Anything", "1"),
            ("Clear-Site-Data", "\"*\""),
            ("Strict-Transport-Security", "max-age=1"),
            ("Alt-Svc", "h3=\":1\""),
            ("Service-Worker-Allowed", "/"),
            ("Connection", "close"),
            ("Transfer-Encoding", "chunked"),
            ("Content-Length", "1"),
            ("Content-Encoding", "gzip"),
            ("Origin-Agent-Cluster", "?0"),
            ("Bad Name", "1"),
            ("X-Split", "a\r\nSet-Cookie: b=c"),
        ];
        assert_eq!(
            client(&list),
            [
                "content-type: text/html",
                "hx-push-url: /page/2",
                "x-anything: 1"
            ]
        );
    }

    #[test]
    fn bytes_over_0x7f_cross_as_the_characters_of_their_numbers() {
        let list = vec![("x-name".to_owned(), "Zoë".to_owned())];
        assert_eq!(to_client(&list)["x-name"].as_bytes(), b"Zo\xeb");
        let list = vec![("x-name".to_owned(), "名".to_owned())];
        assert!(to_client(&list).is_empty());
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_bytes(b"Zo\xeb \xc3\xab").expect("a value");
        headers.insert("hx-prompt", value);
        assert_eq!(
            to_run(&headers, None),
            [("hx-prompt".to_owned(), "Zoë Ã«".to_owned())]
        );
    }

    #[test]
    fn cookies_are_kept_to_their_own_host() {
        assert_eq!(
            client(&[
                ("set-cookie", "a=1; Domain=hxlab.localhost; Path=/"),
                ("set-cookie", "b=2;DOMAIN = x; HttpOnly"),
            ]),
            ["set-cookie: a=1; Path=/", "set-cookie: b=2; HttpOnly"]
        );
    }

    #[test]
    fn the_run_sees_neither_the_connection_nor_our_cookie() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("cookie", "a=1; hxlab_client=xyz; b=2"),
            ("connection", "keep-alive"),
            ("hx-request", "true"),
        ] {
            headers.append(name, HeaderValue::from_static(value));
        }
        assert_eq!(client_cookie(&headers), Some("xyz"));
        assert_eq!(
            to_run(&headers, None),
            [
                ("cookie".to_owned(), "a=1; b=2".to_owned()),
                ("hx-request".to_owned(), "true".to_owned()),
            ]
        );
        assert_eq!(without_client_cookie("hxlab_client=xyz"), None);
    }
}
