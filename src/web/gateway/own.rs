//! What the gateway answers by itself: the libraries for learners, the preview's script, and requests
//! that it does not let through.

use http::Method;
use http::header::{self, HeaderValue};
use poem::{Request, Response};

use super::request_context::RequestContext;
use crate::assets;
use crate::sandbox::{RequestHead, Sandbox, Served};
use crate::web::fault::Fault;
use crate::web::pages::assets as packed;
use crate::web::requests::TurnedAway;

/// Where learners' pages find htmx and its extensions.
const LIBRARIES: &str = "/lib/";
/// The script that the preview's frame needs.
pub(super) const PREVIEW_SCRIPT: &str = "/.hxlab/preview.js";

/// The script by which a check acts in a client's page.
pub(super) const CLIENT_SCRIPT: &str = "/.hxlab/client.js";
/// The script that shows those who come from outside whom to report a page to.
pub(super) const NOTICE_SCRIPT: &str = "/.hxlab/report.js";
/// A page that belongs to nobody's project, for the one who attacks.
const BLANK: &str = "/.hxlab/blank";

/// A library for learners, or a script that the gateway puts into pages.
pub(super) fn file(request: &Request) -> Option<Response> {
    let path = request.uri().path();
    let asset = match path.strip_prefix(LIBRARIES) {
        Some(name) => assets::library(name)?,
        None if path == PREVIEW_SCRIPT => assets::site("preview.js")?,
        None if path == CLIENT_SCRIPT => assets::site("client.js")?,
        None if path == NOTICE_SCRIPT => assets::site("report.js")?,
        None => return None,
    };
    matches!(*request.method(), Method::GET | Method::HEAD)
        .then(|| packed::respond(&asset, request.method(), request.headers(), packed::ASK))
}

/// Whether the page of nobody is asked for.
pub(super) fn is_blank(request: &Request) -> bool {
    request.uri().path() == BLANK && *request.method() == Method::GET
}

/// A page without anything but the scripts in `tag`.
pub(super) fn blank(tag: &str) -> Response {
    Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .body(format!(
            "<!doctype html>{tag}<title>Elsewhere</title><p>A page of somebody else's."
        ))
}

/// The response as the wire records it.
pub(super) fn served(head: &RequestHead, response: &Response) -> Served {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let size = response
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok());
    Served {
        head: head.clone(),
        status: response.status().as_u16(),
        headers: response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        size: size.unwrap_or(0),
    }
}

/// A request that does not reach the learner's server, with the reason.
pub(super) async fn refused(sandbox: &Sandbox, asked: &RequestContext, fault: &Fault) -> Response {
    let mut response = Response::builder()
        .status(fault.status())
        .content_type("text/plain; charset=utf-8")
        .body(format!("{}: {}\n", fault.title(), fault.sentence()));
    sandbox.record(served(&asked.head, &response)).await;
    if let Some(reason) = fault.refusal() {
        response.set_data(TurnedAway(reason));
    }
    response
}
