//! Cookies of a sandbox that is shown in a frame while its domain is of another site than the page's.
//!
//! There browsers keep and send a cookie only if it says `SameSite=None; Secure; Partitioned`; then it belongs to
//! this page's frames alone. So a frame's cookies are made such ones on their way out. In a tab of its own the
//! sandbox is nobody's third party, and its cookies stay as its server wrote them.
//!
//! A request does not say whether a page in a frame has sent it. Its first document does (`Sec-Fetch-Dest`); the
//! cookie by which the wire knows the browser again ([`MARK`]) says so from then on, since a frame and a tab have no
//! cookie in common.

use http::header::{HeaderMap, HeaderValue, SET_COOKIE};

/// What the value of a frame's own cookie begins with; no letter of base64.
pub(super) const MARK: &str = "frame.";

/// What the preview's script gets to know, so that the cookies of scripts are made such ones as well.
pub(super) const ATTRIBUTE: &str = " data-partitioned";

/// The attributes that a browser wants to see, in the place of what was written.
const WANTED: &[u8] = b"; SameSite=None; Secure; Partitioned";

/// Makes all cookies that a response sets a frame's.
pub(super) fn mark_all(headers: &mut HeaderMap) {
    let cookies: Vec<_> = headers.get_all(SET_COOKIE).iter().map(marked).collect();
    headers.remove(SET_COOKIE);
    for cookie in cookies.into_iter().flatten() {
        headers.append(SET_COOKIE, cookie);
    }
}

fn marked(cookie: &HeaderValue) -> Option<HeaderValue> {
    let mut parts = cookie.as_bytes().split(|byte| *byte == b';');
    let mut marked = parts.next()?.to_vec();
    for part in parts.filter(|part| !is_replaced(part)) {
        marked.push(b';');
        marked.extend(part);
    }
    marked.extend(WANTED);
    HeaderValue::from_bytes(&marked).ok()
}

fn is_replaced(part: &[u8]) -> bool {
    let name = part.split(|byte| *byte == b'=').next().unwrap_or_default();
    ["samesite", "secure", "partitioned"]
        .iter()
        .any(|it| name.trim_ascii().eq_ignore_ascii_case(it.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frames_cookies_say_what_browsers_want_to_see_and_keep_the_rest() {
        let mut headers = HeaderMap::new();
        for cookie in [
            "a=1",
            "b=2; Path=/x; samesite = Strict; HttpOnly",
            "c=; Max-Age=0; Secure; SECURE; Partitioned",
            "__Host-d=secure; Path=/; Secure",
        ] {
            headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
        }
        let odd = HeaderValue::from_bytes(b"e=\xfc; SameSite=Lax").expect("a value");
        headers.append(SET_COOKIE, odd);
        mark_all(&mut headers);
        let all = headers.get_all(SET_COOKIE).iter();
        let all: Vec<_> = all
            .map(|it| String::from_utf8_lossy(it.as_bytes()))
            .collect();
        let end = "; SameSite=None; Secure; Partitioned";
        let begun = [
            "a=1",
            "b=2; Path=/x; HttpOnly",
            "c=; Max-Age=0",
            "__Host-d=secure; Path=/",
            "e=\u{fffd}",
        ];
        assert_eq!(all, begun.map(|it| format!("{it}{end}")));
    }
}
