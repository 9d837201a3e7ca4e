//! By what a browser asks whether what it keeps still holds, where a sandbox has a port and no name of its own.
//!
//! Browsers keep answers by the port, so the next tenant would be asked about those of the one before, and confirm
//! them: the next page would run the old one's script. So each entity tag bears its tenant's mark on the wire, as
//! cookies do, and what bears another's or none is not asked. A date can bear none, so an answer with a date alone gets
//! a tag that says whose it is ([`Marks::dated`]), and a date without a tag of its tenant is not asked about either.
//!
//! Going Back a browser shows what it keeps without asking at all, but not where `Vary` names what differs: the
//! cookie that says which tenant it has seen ([`moving`](super::moving)) does.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::cookies::CookiePrefix;
use super::headers::list_of;
use crate::engine::message::HeaderList;

/// How long a browser may take what it was told before about requests from elsewhere, which it does not ask for again.
const NO_TIME: HeaderValue = HeaderValue::from_static("0");

/// The marks of one tenant's entity tags.
struct Marks<'a> {
    /// What its server's own begin with.
    own: &'a str,
    /// The tag of an answer with a date alone.
    dated: String,
}

impl<'a> Marks<'a> {
    fn of(tenant: &'a CookiePrefix) -> Self {
        let own = tenant.as_str();
        let dated = format!("{}~", own.trim_end_matches('.'));
        Self { own, dated }
    }

    /// A tag with the mark.
    fn marked(&self, tag: &str) -> Option<String> {
        let (weak, text) = parts(tag)?;
        Some(format!("{weak}\"{}{text}\"", self.own))
    }

    /// The same as its server wrote it; none where it is not this tenant's.
    fn unmarked(&self, tag: &str) -> Option<String> {
        let (weak, text) = parts(tag)?;
        let text = text.strip_prefix(self.own)?;
        Some(format!("{weak}\"{text}\""))
    }

    fn is_dated(&self, tag: &str) -> bool {
        parts(tag).is_some_and(|(_, text)| text == self.dated)
    }
}

/// Marks what a response says of itself, and has the browser ask on its way Back too.
pub(super) fn mark_all(tenant: &CookiePrefix, headers: &mut HeaderMap) {
    let marks = Marks::of(tenant);
    let tag = headers.remove(header::ETAG);
    let tag = tag.and_then(|tag| marks.marked(tag.to_str().ok()?));
    let is_dated = headers.contains_key(header::LAST_MODIFIED);
    let tag = tag.or_else(|| is_dated.then(|| format!("W/\"{}\"", marks.dated)));
    if let Some(tag) = tag.and_then(|tag| HeaderValue::try_from(tag).ok()) {
        headers.insert(header::ETAG, tag);
    }
    headers.append(header::VARY, HeaderValue::from_static("Cookie"));
    if headers.contains_key(header::ACCESS_CONTROL_MAX_AGE) {
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, NO_TIME);
    }
}

/// Leaves of a request's conditions those that are about answers of this tenant, as its server wrote them.
pub(super) fn keep_own(tenant: &CookiePrefix, headers: &mut HeaderList) {
    let marks = Marks::of(tenant);
    let mut is_known = false;
    headers.retain_mut(|(name, value)| match name.as_str() {
        "if-none-match" if value.trim() != "*" => {
            is_known |=
                list_of(value).any(|tag| marks.is_dated(tag) || marks.unmarked(tag).is_some());
            keep_tags(value, |tag| marks.unmarked(tag))
        }
        // No browser sends it by itself: a page may have a tag from elsewhere than the header.
        "if-match" => keep_tags(value, |tag| {
            Some(marks.unmarked(tag).unwrap_or_else(|| tag.to_owned()))
        }),
        _ => true,
    });
    let mut is_whole = false;
    headers.retain_mut(|(name, value)| match name.as_str() {
        "if-modified-since" => is_known,
        "if-range" => {
            let own = marks.unmarked(value);
            is_whole = own.is_none();
            *value = own.unwrap_or_default();
            !is_whole
        }
        _ => true,
    });
    // What it has of another tenant's answer is not to be completed with a part of this one's.
    headers.retain(|(name, _)| !is_whole || name != HeaderName::as_str(&header::RANGE));
}

/// Keeps some of a list of tags; whether one is left.
fn keep_tags(value: &mut String, keep: impl Fn(&str) -> Option<String>) -> bool {
    let kept: Vec<_> = list_of(value).filter_map(keep).collect();
    *value = kept.join(", ");
    !kept.is_empty()
}

/// What stands before the quotes of a tag, and between them.
fn parts(tag: &str) -> Option<(&str, &str)> {
    let at = tag.find('"')?;
    let (weak, quoted) = tag.split_at(at);
    let text = quoted.strip_prefix('"')?.strip_suffix('"')?;
    Some((weak, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::addresses::Tenant;

    fn tenant(id: &str) -> CookiePrefix {
        CookiePrefix::of(&Tenant {
            id: id.repeat(26),
            client: None,
        })
    }

    fn answer(of: &CookiePrefix, list: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in list {
            headers.append(*name, HeaderValue::from_static(value));
        }
        mark_all(of, &mut headers);
        headers
    }

    fn asks(of: &CookiePrefix, list: &[(&str, &str)]) -> Vec<String> {
        let list = list.iter();
        let mut list: HeaderList = list.map(|(a, b)| ((*a).into(), (*b).into())).collect();
        keep_own(of, &mut list);
        let all = list.into_iter();
        all.map(|(name, value)| format!("{name}: {value}"))
            .collect()
    }

    fn tag(headers: &HeaderMap) -> &str {
        headers[header::ETAG].to_str().expect("text")
    }

    #[test]
    fn a_tenant_is_asked_about_its_own_answers_alone() {
        let (alice, mallory) = (tenant("a"), tenant("m"));
        for written in ["\"1\"", "W/\"a, b\"", "\"\""] {
            let kept = answer(&mallory, &[("etag", written)]);
            let sent = [("if-none-match", tag(&kept)), ("accept", "*/*")];
            assert_eq!(asks(&alice, &sent), ["accept: */*"]);
            let own = format!("if-none-match: {written}");
            assert_eq!(asks(&mallory, &sent), [own.as_str(), "accept: */*"]);
        }
        // One that bears no mark is from before the sandbox, or of another program.
        assert_eq!(
            asks(&alice, &[("if-none-match", "\"1\", W/\"2\"")]),
            [""; 0]
        );
        assert_eq!(
            asks(&alice, &[("if-none-match", "*")]),
            ["if-none-match: *"]
        );
        let both = "\"hx.aaaaaaaaaaaa..1\", \"hx.mmmmmmmmmmmm..2\"";
        assert_eq!(
            asks(&alice, &[("if-none-match", both)]),
            ["if-none-match: \"1\""]
        );
    }

    #[test]
    fn a_date_is_asked_about_where_a_tag_says_whose_it_is() {
        let (alice, mallory) = (tenant("a"), tenant("m"));
        let date = "Mon, 30 Nov 2026 10:00:00 GMT";
        let asked = |kept: &HeaderMap, of| {
            asks(
                of,
                &[("if-modified-since", date), ("if-none-match", tag(kept))],
            )
        };
        let own = format!("if-modified-since: {date}");
        let kept = answer(&mallory, &[("last-modified", date)]);
        assert_eq!(asked(&kept, &mallory), [own.as_str()]);
        assert_eq!(asked(&kept, &alice), [""; 0]);
        let kept = answer(&mallory, &[("last-modified", date), ("etag", "\"1\"")]);
        assert_eq!(asked(&kept, &mallory), [&own, "if-none-match: \"1\""]);
        assert_eq!(asked(&kept, &alice), [""; 0]);
        assert_eq!(asks(&alice, &[("if-modified-since", date)]), [""; 0]);
    }

    #[test]
    fn a_part_is_asked_for_where_the_rest_is_the_same_tenants() {
        let (alice, mallory) = (tenant("a"), tenant("m"));
        let kept = answer(&mallory, &[("etag", "\"1\"")]);
        let sent = [("range", "bytes=5-"), ("if-range", tag(&kept))];
        assert_eq!(
            asks(&mallory, &sent),
            ["range: bytes=5-", "if-range: \"1\""]
        );
        assert_eq!(asks(&alice, &sent), [""; 0]);
        assert_eq!(asks(&alice, &[("range", "bytes=5-")]), ["range: bytes=5-"]);
    }

    #[test]
    fn a_page_may_name_a_tag_as_it_was_written_or_as_it_came() {
        let alice = tenant("a");
        let sent = [("if-match", "\"hx.aaaaaaaaaaaa..1\", \"2\"")];
        assert_eq!(asks(&alice, &sent), ["if-match: \"1\", \"2\""]);
    }

    #[test]
    fn going_back_asks_and_nothing_about_others_is_taken_along() {
        let headers = answer(
            &tenant("a"),
            &[("vary", "HX-Request"), ("access-control-max-age", "600")],
        );
        let vary: Vec<_> = headers.get_all("vary").iter().collect();
        assert_eq!(vary, ["HX-Request", "Cookie"]);
        assert_eq!(headers["access-control-max-age"], "0");
        assert!(!headers.contains_key("etag"));
    }
}
