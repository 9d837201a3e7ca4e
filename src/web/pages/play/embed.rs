//! A snapshot in a frame of any page: to be read, and run.
//!
//! These are the only pages of the site that others may show, so there is nothing in them that changes something of
//! anybody's. What is wrong is said in the frame as well, where else the browser would say that it may not be shown.

use std::sync::Arc;

use http::header::HeaderMap;
use poem::web::Data;
use poem::{Body, Endpoint, EndpointExt, Request, Response, handler};
use serde::Serialize;

use super::snapshot::{Ran, SnapshotView, start};
use crate::store::Snapshot;
use crate::web::fault::{Draw, Fault, FaultAnswers, FaultPage};
use crate::web::htmx::wants_fragment;
use crate::web::pages::frame::PageFrame;
use crate::web::pages::policy;
use crate::web::site::Site;
use crate::web::who::PathSnapshot;

/// `GET /play/:snapshot/embed`: nothing runs yet.
#[handler]
pub(crate) fn page(
    request: &Request,
    Data(site): Data<&Arc<Site>>,
    PathSnapshot(snapshot): PathSnapshot,
) -> Result<Response, Fault> {
    drawn(request, site, &snapshot, None)
}

/// `POST /play/:snapshot/embed`: the same with what runs.
#[handler]
pub(crate) async fn run(
    request: &Request,
    Data(site): Data<&Arc<Site>>,
    PathSnapshot(snapshot): PathSnapshot,
    body: Body,
) -> Result<Response, Fault> {
    let ran = start(request, body, site, &snapshot).await?;
    drawn(request, site, &snapshot, Some(ran))
}

fn drawn(
    request: &Request,
    site: &Site,
    snapshot: &Snapshot,
    ran: Option<Ran>,
) -> Result<Response, Fault> {
    let view = SnapshotView::of(site, snapshot, false, ran)?;
    let frame = PageFrame::new(site, request, &snapshot.name)?;
    if wants_fragment(request.headers()) {
        return frame.block("embed.html", "stage", &view);
    }
    frame.page("embed.html", &view)
}

/// Stands around both: any page may show their answers, those about faults too.
pub(crate) fn around<E: Endpoint + 'static>(
    endpoint: E,
    site: &Arc<Site>,
) -> impl Endpoint<Output = Response> + 'static {
    FaultAnswers::around(endpoint, drawer(site))
        .drawing_fragments()
        .naming(site.report_to.as_ref())
        .around(|endpoint, request| async move {
            let mut response = endpoint.call(request).await?;
            policy::open_to_frames(&mut response);
            Ok(response)
        })
}

/// What the templates `embed-fault.html` and `embed-refused.html` are filled with.
#[derive(Serialize)]
struct FaultView<'a> {
    fault: &'a FaultPage,
}

/// Draws the page about a fault; for htmx, what stands in the place of the Run.
fn drawer(site: &Arc<Site>) -> Draw {
    let site = site.clone();
    Arc::new(move |fault: &FaultPage, headers: &HeaderMap| {
        let template = if wants_fragment(headers) {
            "embed-refused.html"
        } else {
            "embed-fault.html"
        };
        let frame = PageFrame::of(&site, "/", headers, fault.title);
        let drawn = frame.and_then(|frame| frame.html(template, &FaultView { fault }));
        let told =
            |cause: &Fault| tracing::error!(?cause, "the page about a fault does not render");
        drawn.inspect_err(told).ok()
    })
}
