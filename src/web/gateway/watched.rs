//! How the wire and a page that is watched name the same thing.
//!
//! A script in the preview's pages tells the workbench what an answer or a message changed. Of an answer to htmx it
//! reads the number on the wire from a header. A WebSocket and an `EventSource` show it no headers: it puts a mark into
//! their address, which is taken out here, so that neither the learner's server nor the wire sees it.

use http::header::{HeaderName, HeaderValue};
use http::uri::{PathAndQuery, Uri};
use poem::{Request, Response};

use super::query;
use super::request_context::RequestContext;

/// The number of an answer's entry on the wire.
const ENTRY: HeaderName = HeaderName::from_static("hxlab-entry");

/// The name of a line's mark in its address.
const LINE: &str = "hxlab-line=";

/// Takes the mark of a line out of an address; 0 where there is none.
pub(super) fn unmark(request: &mut Request) -> u32 {
    let path = request.uri().path_and_query().map(PathAndQuery::as_str);
    let Some((plain, mark)) = path.and_then(|path| query::take(path, LINE)) else {
        return 0;
    };
    let mark = mark.parse().unwrap_or(0);
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = plain.parse().ok();
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
    mark
}

/// Tells a request of htmx's which entry its answer is.
pub(super) fn number(asked: &RequestContext, entry: u64, answer: &mut Response) {
    let headers = asked.head.headers.iter();
    if headers.into_iter().any(|(name, _)| name.starts_with("hx-")) {
        answer.headers_mut().insert(ENTRY, HeaderValue::from(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_a_line_stays_with_the_gateway() {
        let marks = |uri: &str| {
            let mut request = Request::builder().uri_str(uri).finish();
            (unmark(&mut request), request.uri().to_string())
        };
        let expected = |mark, uri: &str| (mark, uri.to_owned());
        assert_eq!(marks("/chat?room=1"), expected(0, "/chat?room=1"));
        assert_eq!(marks("/chat?hxlab-line=7"), expected(7, "/chat"));
        assert_eq!(
            marks("http://a.test/chat?a=1&hxlab-line=x"),
            expected(0, "http://a.test/chat?a=1")
        );
    }
}
