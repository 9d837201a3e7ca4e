//! Cookies of a sandbox that has a port and no name of its own. Browsers send a host's cookies to all its
//! ports, so each of a sandbox's cookies bears its tenant's mark on the wire, and what bears no mark or
//! another's stays outside: those of the site, and of other sandboxes.
//!
//! They are also kept from scripts (`HttpOnly`): `document.cookie` has no ports either, and another
//! sandbox's page in the same browser would read them.

use http::header::{self, HeaderMap, HeaderValue};

use crate::sandbox::addresses::Tenant;

/// How much of a sandbox's id is in the mark: 60 bits.
const ID: usize = 12;

/// The mark before the names of one tenant's cookies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CookiePrefix(String);

impl CookiePrefix {
    /// The mark of a sandbox, or of one of its clients.
    pub(super) fn of(tenant: &Tenant) -> Self {
        let id = tenant.id.get(..ID).unwrap_or(&tenant.id);
        let client = tenant.client.unwrap_or_default();
        Self(format!("hx.{id}.{client}."))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// What of a `Cookie` header is this tenant's, as its server wrote it.
    pub(super) fn own(&self, cookies: &str) -> Option<String> {
        let pairs = cookies.split(';').map(str::trim);
        let own: Vec<_> = pairs
            .filter_map(|pair| pair.strip_prefix(&self.0))
            .collect();
        (!own.is_empty()).then(|| own.join("; "))
    }

    /// A `Set-Cookie` of the learner's server as the browser gets it.
    pub(super) fn marked(&self, cookie: &str) -> String {
        let mut parts = cookie.split(';');
        let pair = parts.next().unwrap_or_default().trim();
        let others = parts.filter(|part| !part.trim().eq_ignore_ascii_case("httponly"));
        let others = others.fold(String::new(), |before, part| before + ";" + part);
        format!("{}{pair}{others}; HttpOnly", self.0)
    }

    /// Marks all that a response sets.
    pub(super) fn mark_all(&self, headers: &mut HeaderMap) {
        let cookies: Vec<_> = headers
            .get_all(header::SET_COOKIE)
            .iter()
            .cloned()
            .collect();
        headers.remove(header::SET_COOKIE);
        for cookie in cookies {
            let marked = [self.0.as_bytes(), cookie.as_bytes()].concat();
            let marked = match cookie.to_str() {
                Ok(cookie) => HeaderValue::try_from(self.marked(cookie)),
                // Bytes that are no text have no attributes to look at.
                Err(_) => HeaderValue::try_from(marked),
            };
            if let Ok(marked) = marked {
                headers.append(header::SET_COOKIE, marked);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(id: &str, client: Option<&'static str>) -> CookiePrefix {
        let id = id.to_owned();
        CookiePrefix::of(&Tenant { id, client })
    }

    #[test]
    fn only_its_own_cookies_reach_a_server_and_under_their_own_names() {
        let mark = mark("abcdefghijklmnopqrstuvwx27", None);
        let sent = "hxlab=token; hx.abcdefghijkl..a=1; hx.zzzzzzzzzzzz..a=2; a=3; hx.abcdefghijkl..b=x=y; \
                    hx.abcdefghijkl.alice.a=4; hxlab_client=z";
        assert_eq!(mark.own(sent).as_deref(), Some("a=1; b=x=y"));
        assert_eq!(mark.own("hxlab=token; a=3"), None);
    }

    #[test]
    fn what_a_server_sets_bears_its_mark_and_is_kept_from_scripts() {
        let mark = mark("abcdefghijklmnopqrstuvwx27", Some("bob"));
        for (set, expected) in [
            ("a=1", "hx.abcdefghijkl.bob.a=1; HttpOnly"),
            (
                "a=1; Path=/; httponly",
                "hx.abcdefghijkl.bob.a=1; Path=/; HttpOnly",
            ),
            (
                "hxlab=stolen; Path=/lessons",
                "hx.abcdefghijkl.bob.hxlab=stolen; Path=/lessons; HttpOnly",
            ),
            (
                "=hxlab=stolen",
                "hx.abcdefghijkl.bob.=hxlab=stolen; HttpOnly",
            ),
            ("", "hx.abcdefghijkl.bob.; HttpOnly"),
        ] {
            assert_eq!(mark.marked(set), expected);
        }
    }
}
