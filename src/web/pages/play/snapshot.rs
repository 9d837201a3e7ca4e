//! A snapshot: what somebody shares of a project, to be read, run and copied by whoever has its address.
//!
//! It runs when its visitor says so, in a sandbox of their own that counts for their address: nothing is kept of them, and
//! no cookie is needed, so it works in a frame of another site's page as well ([`embed`]). That page's policy is the only
//! one of the site that lets others show it, so there is nothing in it that changes something of anybody's.

use std::net::IpAddr;
use std::sync::Arc;

use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;
use poem::web::{Data, Path};
use poem::{Request, Response, handler};
use serde::Serialize;

use super::project::first;
use super::{address, see};
use crate::budget::Who;
use crate::sandbox::StartOutcome;
use crate::store::{NewProject, Snapshot};
use crate::web::export;
use crate::web::fault::Fault;
use crate::web::gateway::report;
use crate::web::htmx::wants_fragment;
use crate::web::pages::bench;
use crate::web::pages::frame::PageFrame;
use crate::web::pages::policy;
use crate::web::site::Site;
use crate::web::who::{KnownOrNew, Learner, PathSnapshot, Visitor};

/// `GET /play/:snapshot`: nothing runs yet.
#[handler]
#[expect(clippy::needless_pass_by_value, reason = "poem gives it so")]
pub(crate) fn page(
    request: &Request,
    Data(site): Data<&Arc<Site>>,
    PathSnapshot(snapshot): PathSnapshot,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let owner = visitor.learner().map(Learner::id);
    let view = SnapshotView::of(site, &snapshot, owner == Some(snapshot.learner), None)?;
    PageFrame::new(site, request, &snapshot.name)?.page("snapshot.html", &view)
}

/// `POST /play/:snapshot`: the same with what runs.
#[handler]
pub(crate) async fn run(
    request: &Request,
    site: Data<&Arc<Site>>,
    PathSnapshot(snapshot): PathSnapshot,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let ran = start(request, &site, &snapshot).await?;
    let owner = visitor.learner().map(Learner::id);
    let view = SnapshotView::of(&site, &snapshot, owner == Some(snapshot.learner), Some(ran))?;
    let frame = PageFrame::new(&site, request, &snapshot.name)?;
    if wants_fragment(request.headers()) {
        return frame.block("snapshot.html", "stage", &view);
    }
    frame.page("snapshot.html", &view)
}

/// `POST /play/:snapshot/copy`: a project of one's own with these files.
#[handler]
pub(crate) async fn copy(
    PathSnapshot(snapshot): PathSnapshot,
    KnownOrNew(learner): KnownOrNew,
) -> Result<Response, Fault> {
    let new = NewProject {
        name: snapshot.name,
        htmx: snapshot.htmx,
        files: snapshot.files,
    };
    let id = learner.add_project(new).await?;
    Ok(see(&address(&id)))
}

/// `POST /play/:snapshot/take-back`: it is shared no longer.
#[handler]
pub(crate) async fn take_back(
    PathSnapshot(snapshot): PathSnapshot,
    learner: Learner,
) -> Result<Response, Fault> {
    learner.take_back(&snapshot.id).await?;
    Ok(see(&address(&snapshot.project)))
}

/// `GET /play/:snapshot/project.zip`.
#[handler]
pub(crate) fn archive(PathSnapshot(snapshot): PathSnapshot) -> Result<Response, Fault> {
    export::packed(&export::folder(&snapshot.name), &snapshot.files)
}

/// `GET /play/:snapshot/embed`: to be shown in a frame of any page.
#[handler]
pub(crate) async fn embed(
    request: &Request,
    site: Data<&Arc<Site>>,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    draw_embed(request, &site, &id, false).await
}

/// `POST /play/:snapshot/embed`: the same with what runs.
#[handler]
pub(crate) async fn run_embedded(
    request: &Request,
    site: Data<&Arc<Site>>,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    draw_embed(request, &site, &id, true).await
}

/// What is wrong is said in the frame as well, where else the browser would say that it may not be shown.
async fn draw_embed(
    request: &Request,
    site: &Site,
    id: &str,
    runs: bool,
) -> Result<Response, Fault> {
    let shown = async {
        let snapshot = site.learning.snapshot(id).await?;
        let ran = if runs {
            Some(start(request, site, &snapshot).await?)
        } else {
            None
        };
        let view = SnapshotView::of(site, &snapshot, false, ran)?;
        let frame = PageFrame::new(site, request, &snapshot.name)?;
        if wants_fragment(request.headers()) {
            return frame.block("embed.html", "stage", &view);
        }
        frame.page("embed.html", &view)
    };
    let mut response = match shown.await {
        Ok(response) => response,
        Err(fault) => {
            let view = NotShown {
                title: fault.title(),
                sentence: fault.sentence(),
            };
            let frame = PageFrame::new(site, request, fault.title())?;
            let mut said = frame.page("embed-fault.html", &view)?;
            said.set_status(fault.status());
            said
        }
    };
    open_to_frames(&mut response);
    Ok(response)
}

/// Lets any page show it.
fn open_to_frames(response: &mut Response) {
    let headers = response.headers_mut();
    let own = headers.get(CONTENT_SECURITY_POLICY);
    let open = own
        .and_then(|policy| policy.to_str().ok())
        .map(policy::open_to_frames);
    if let Some(Ok(policy)) = open.map(HeaderValue::try_from) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

/// Starts a snapshot for whoever asks.
async fn start(request: &Request, site: &Site, snapshot: &Snapshot) -> Result<Ran, Fault> {
    let address = whence(request);
    site.snapshot_runs.admit(address)?;
    let sandboxes = &site.learning.sandboxes;
    let files = snapshot.files.clone();
    let at = address.and_then(Who::at);
    let (id, sandbox) = sandboxes.visiting(at, &snapshot.id, files.clone()).await?;
    let outcome = sandbox.run(files).await.map_err(Fault::internal)?;
    let trouble = match outcome {
        StartOutcome::Running(_) => None,
        StartOutcome::Failed(_, thrown) => Some(format!("{}: {}", thrown.name, thrown.message)),
        StartOutcome::Ended(_, sentence) => Some(sentence),
    };
    if trouble.is_some() {
        sandboxes.end(&id).await;
        return Ok(Ran { at: None, trouble });
    }
    let at = Some(sandboxes.url(&id)?);
    Ok(Ran { at, trouble })
}

fn whence(request: &Request) -> Option<IpAddr> {
    let address = request.remote_addr().as_socket_addr();
    address.map(std::net::SocketAddr::ip)
}

/// What became of a Run.
#[derive(Default, Serialize)]
struct Ran {
    /// Where it is.
    at: Option<String>,
    /// Why it is not.
    trouble: Option<String>,
}

/// What the templates `snapshot.html` and `embed.html` are filled with.
#[derive(Serialize)]
struct SnapshotView<'a> {
    name: &'a str,
    htmx: u32,
    shared_ms: i64,
    /// Path of the page.
    address: String,
    /// The page's whole address.
    link: String,
    /// Where the learner's own project is, whose snapshot it is.
    own: Option<String>,
    files: Vec<String>,
    /// Nothing, where nobody has pressed Run.
    ran: Ran,
    /// Where it is reported.
    report: Option<String>,
}

impl<'a> SnapshotView<'a> {
    fn of(
        site: &Site,
        snapshot: &'a Snapshot,
        is_own: bool,
        ran: Option<Ran>,
    ) -> Result<Self, Fault> {
        let path = format!("/play/{}", snapshot.id);
        let link = format!("{}{}", site.url, path.trim_start_matches('/'));
        let report_to = site.report_to.as_ref();
        Ok(Self {
            name: &snapshot.name,
            htmx: snapshot.htmx,
            shared_ms: snapshot.shared_ms,
            own: is_own.then(|| address(&snapshot.project)),
            files: bench::sources(site, &snapshot.files, &first(&snapshot.files))?,
            report: report_to.map(|to| report::link(to, &link)),
            address: path,
            link,
            ran: ran.unwrap_or_default(),
        })
    }
}

/// What the template `embed-fault.html` is filled with.
#[derive(Serialize)]
struct NotShown {
    title: &'static str,
    sentence: String,
}
