//! The page about a fault.

use std::sync::Arc;

use http::header::HeaderMap;
use serde::Serialize;

use super::frame::PageFrame;
use crate::web::fault::{Draw, Fault, FaultPage};
use crate::web::site::Site;

/// What the template `fault.html` is filled with.
#[derive(Serialize)]
struct FaultView<'a> {
    fault: &'a FaultPage,
    /// Where whoever runs the site is asked.
    contact: Option<&'a str>,
}

/// Draws pages about faults in the theme of the one who asks.
#[must_use]
pub(crate) fn drawer(site: &Arc<Site>) -> Draw {
    let site = site.clone();
    Arc::new(move |fault: &FaultPage, headers: &HeaderMap| {
        let frame = PageFrame::of(&site, "/", headers, fault.title);
        let contact = site.report_to.as_ref().filter(|_| fault.asks);
        let contact = contact.map(url::Url::as_str);
        let view = FaultView { fault, contact };
        let drawn = frame.and_then(|frame| frame.html("fault.html", &view));
        let told =
            |cause: &Fault| tracing::error!(?cause, "the page about a fault does not render");
        drawn.inspect_err(told).ok()
    })
}
