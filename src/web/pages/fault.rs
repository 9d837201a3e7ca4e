//! The page about a fault.

use std::sync::Arc;

use http::HeaderValue;
use http::header::{HOST, HeaderMap};
use serde::Serialize;
use url::Url;

use super::frame::PageFrame;
use crate::web::fault::{Draw, Fault, FaultPage};
use crate::web::site::Site;

/// What the template `fault.html` is filled with.
#[derive(Serialize)]
struct FaultView<'a> {
    fault: &'a FaultPage,
}

/// Draws pages about faults in the theme of the one who asks.
#[must_use]
pub(crate) fn drawer(site: &Arc<Site>) -> Draw {
    let site = site.clone();
    Arc::new(move |fault: &FaultPage, headers: &HeaderMap| {
        let frame = PageFrame::of(&site, "/", headers, fault.title);
        let view = FaultView { fault };
        let is_elsewhere = headers
            .get(HOST)
            .is_some_and(|host| !is_of(host, &site.url));
        let drawn = frame.and_then(|frame| {
            let frame = if is_elsewhere {
                frame.elsewhere()
            } else {
                frame
            };
            frame.html("fault.html", &view)
        });
        let told =
            |cause: &Fault| tracing::error!(?cause, "the page about a fault does not render");
        drawn.inspect_err(told).ok()
    })
}

/// Whether a request's host is the site's, and not a sandbox's.
fn is_of(host: &HeaderValue, site: &Url) -> bool {
    let origin = site.origin().ascii_serialization();
    let own = origin.split_once("://").map(|(_, own)| own);
    host.to_str().ok().map(str::to_ascii_lowercase).as_deref() == own
}
