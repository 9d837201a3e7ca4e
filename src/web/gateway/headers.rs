//! Which headers cross the gateway, either way.
//!
//! Towards the Run everything but hop-by-hop headers and the site's own cookies; towards the client
//! all but what frames the connection, or belongs to the host it shares with others ([`withheld`]).
#![allow(unreachable_pub, reason = "the fuzz targets use it from another crate")]

use http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue};

use super::cookies::CookiePrefix;
use crate::engine::message::HeaderList;
use crate::sandbox::withheld::{self, Refusal, own_cookie};
use crate::web::cookies;

/// The cookie by which the wire tells one browser from another; never shown to the learner's server.
pub(crate) const CLIENT_COOKIE: &str = "hxlab_client";

/// The cookie that remembers that the line about reports was closed, with the beginning of a sandbox's id behind it:
/// sandboxes at ports share a host's cookies. Never shown to the learner's server either.
pub(crate) const REPORT_COOKIE: &str = "hxlab_report_";

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

/// What a handshake says of its connection, and servers look at.
const HANDSHAKE: [&str; 2] = ["connection", "upgrade"];

/// The request's headers as the learner's server sees them. With a mark, only the cookies that bear it.
#[must_use]
pub(super) fn to_run(
    headers: &HeaderMap,
    mark: Option<&CookiePrefix>,
    is_handshake: bool,
) -> HeaderList {
    let mut list = HeaderList::with_capacity(headers.len());
    for (name, value) in headers {
        let is_shown = is_handshake && HANDSHAKE.contains(&name.as_str());
        if HOP_BY_HOP.contains(&name.as_str()) && !is_shown {
            continue;
        }
        let value = from_bytes(value);
        if name == http::header::COOKIE {
            let rest = match mark {
                Some(mark) => mark.own(&value),
                None => without_own_cookies(&value),
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
pub(super) fn client_cookie(headers: &HeaderMap) -> Option<&str> {
    cookies::values(headers, CLIENT_COOKIE)
        .filter(|value| value.len() <= 64)
        .find_map(|value| str::from_utf8(value).ok())
}

/// Without what the gateway has set.
fn without_own_cookies(value: &str) -> Option<String> {
    let kept: Vec<_> = value
        .split(';')
        .map(str::trim)
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            name != CLIENT_COOKIE && !name.starts_with(REPORT_COOKIE)
        })
        .collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

/// What of a learner's response headers reaches the client. A header that is refused, or that does not hold to
/// the grammar, is left out; `refused` hears of the former.
pub fn to_client<'a>(list: &'a HeaderList, mut refused: impl FnMut(&'a str, Refusal)) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(list.len());
    for (written, value) in list {
        let Ok(name) = HeaderName::from_bytes(written.as_bytes()) else {
            continue;
        };
        if let Some(refusal) = withheld::refusal(name.as_str()) {
            refused(written, refusal);
            continue;
        }
        let value = if name == http::header::SET_COOKIE {
            let own = own_cookie(value);
            if own.len() < value.len() {
                refused(written, Refusal::CookieDomain);
            }
            to_bytes(&own)
        } else {
            to_bytes(value)
        };
        if let Some(value) = value {
            headers.append(name, value);
        }
    }
    headers
}

/// Says what to upgrade to, in the answer whose status asks for it (RFC 9110, section 15.5.22): a WebSocket, where the
/// learner's server says so, and nothing else.
pub(super) fn name_websocket(list: &HeaderList, headers: &mut HeaderMap) {
    let names_it = |(name, value): &(String, String)| {
        name.eq_ignore_ascii_case("upgrade") && value.eq_ignore_ascii_case("websocket")
    };
    if list.iter().any(names_it) {
        headers.insert(http::header::UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(
            http::header::CONNECTION,
            HeaderValue::from_static("upgrade"),
        );
    }
}

/// The subprotocol that a learner's server agrees to in a handshake.
#[must_use]
pub(super) fn subprotocol(list: &HeaderList) -> Option<HeaderValue> {
    let name = http::header::SEC_WEBSOCKET_PROTOCOL;
    let (_, value) = list
        .iter()
        .find(|(it, _)| it.eq_ignore_ascii_case(name.as_str()))?;
    to_bytes(value)
}

/// The length that a learner's server gives, for the answer to a HEAD.
#[must_use]
pub(super) fn length(list: &HeaderList) -> Option<u64> {
    let is_length = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-length");
    list.iter().find(is_length)?.1.parse().ok()
}

/// Whether a response is a stream of events that a browser reads as one.
#[must_use]
pub(super) fn is_event_stream(headers: &HeaderMap) -> bool {
    let media_type = headers.get(http::header::CONTENT_TYPE);
    let media_type = media_type.and_then(|value| value.to_str().ok());
    media_type.is_some_and(|it| it.trim_start().starts_with("text/event-stream"))
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

/// What one tenant of a port had the browser keep must not be taken for the next one's, and what changes without its
/// server must not be kept for longer: it is kept, but the browser asks whether it still holds.
pub(super) fn ask_each_time(headers: &mut HeaderMap) {
    let is_kept = !directives(headers).any(|it| it.eq_ignore_ascii_case("no-store"));
    let directive = if is_kept { "no-cache" } else { "no-store" };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(directive));
}

/// The directives of all `Cache-Control` lines, with their arguments. One that is no text says nothing.
fn directives(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(CACHE_CONTROL).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(list_of)
}

/// The members of a list (RFC 9110, section 5.6.1), of which a quoted string may hold commas.
pub(super) fn list_of(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let end = comma(line);
        rest = end.map(|end| &line[end + 1..]);
        Some(line[..end.unwrap_or(line.len())].trim())
    })
}

/// Where the first comma is that no quoted string holds.
fn comma(line: &str) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    line.bytes().position(|byte| {
        let is_text = std::mem::take(&mut is_escaped);
        match byte {
            _ if is_text => {}
            b'"' => is_quoted = !is_quoted,
            b'\\' => is_escaped = is_quoted,
            _ => {}
        }
        byte == b',' && !is_quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(list: &[(&str, &str)]) -> Vec<String> {
        let list = list
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        to_client(&list.collect(), |_, _| {})
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
            ("Total-Count", "3"),
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
                "x-anything: 1",
                "total-count: 3",
                "content-encoding: gzip",
            ]
        );
    }

    #[test]
    fn what_is_kept_at_a_port_is_asked_for_each_time_whatever_the_server_says() {
        for (lines, expected) in [
            (&[][..], "no-cache"),
            (&["no-store"], "no-store"),
            (&["private, No-Store"], "no-store"),
            (&["max-age=1", "no-store"], "no-store"),
            (&["max-age=99999, immutable"], "no-cache"),
            (&["x=\"no-store\", max-age=99999"], "no-cache"),
            (&["x=\"a, no-store, b\", max-age=99999"], "no-cache"),
            (&["x=\"a\\\", no-store, b\", max-age=9"], "no-cache"),
            (&["x=\"a\\\"\", no-store"], "no-store"),
            (&["x=\"no-store"], "no-cache"),
            (&["no-store=1"], "no-cache"),
            (&["x-no-store"], "no-cache"),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(CACHE_CONTROL, HeaderValue::from_static(line));
            }
            ask_each_time(&mut headers);
            let all: Vec<_> = headers.get_all(CACHE_CONTROL).iter().collect();
            assert_eq!(all, [expected], "{lines:?}");
        }
    }

    #[test]
    fn bytes_over_0x7f_cross_as_the_characters_of_their_numbers() {
        let list = vec![("x-name".to_owned(), "Zoë".to_owned())];
        assert_eq!(to_client(&list, |_, _| {})["x-name"].as_bytes(), b"Zo\xeb");
        let list = vec![("x-name".to_owned(), "名".to_owned())];
        assert!(to_client(&list, |_, _| {}).is_empty());
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_bytes(b"Zo\xeb \xc3\xab").expect("a value");
        headers.insert("hx-prompt", value);
        assert_eq!(
            to_run(&headers, None, false),
            [("hx-prompt".to_owned(), "Zoë Ã«".to_owned())]
        );
    }

    #[test]
    fn what_is_left_out_is_told_of_unless_something_else_says_the_same() {
        let list = [
            ("Content-Length", "1"),
            ("Strict-Transport-Security", "max-age=1"),
            ("Trailer", "X-Sum"),
            ("Set-Cookie", "a=1; Domain=x"),
            ("Set-Cookie", "b=1; Path=/"),
        ];
        let list = list.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let list = HeaderList::from(list);
        let mut told = Vec::new();
        to_client(&list, |name, refusal| {
            told.extend(refusal.reason().map(|_| name));
        });
        assert_eq!(told, ["Strict-Transport-Security", "Trailer", "Set-Cookie"]);
    }

    #[test]
    fn cookies_are_kept_to_their_own_host() {
        assert_eq!(
            client(&[
                ("set-cookie", "a=1; Domain=hxlab.localhost; Path=/"),
                ("set-cookie", "b=2;DOMAIN = x; HttpOnly; Priority=High"),
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
            to_run(&headers, None, false),
            [
                ("cookie".to_owned(), "a=1; b=2".to_owned()),
                ("hx-request".to_owned(), "true".to_owned()),
            ]
        );
        let in_a_handshake = to_run(&headers, None, true);
        assert!(in_a_handshake.contains(&("connection".to_owned(), "keep-alive".to_owned())));
        assert_eq!(
            without_own_cookies("hxlab_client=xyz; hxlab_report_abc=closed"),
            None
        );
    }
}
