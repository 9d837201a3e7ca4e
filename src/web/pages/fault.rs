//! The page about a fault.

use std::sync::Arc;

use http::header::HeaderMap;
use serde::Serialize;

use super::frame::PageFrame;
use crate::web::fault::{Draw, FaultPage};
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
        let frame = PageFrame::of(&site, "/", headers, fault.title).ok()?;
        frame.html("fault.html", &FaultView { fault }).ok()
    })
}
