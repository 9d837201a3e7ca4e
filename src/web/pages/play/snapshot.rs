//! A snapshot: what somebody shares of a project, to be read, run and copied by whoever has its address.
//!
//! It runs when its visitor says so, in a sandbox of their own that counts for their address: nothing is kept of them, and
//! no cookie is needed, so it works in a frame of another site's page as well ([`embed`](super::embed)).

use std::net::IpAddr;
use std::sync::Arc;

use poem::web::{Data, Path};
use poem::{Body, Request, Response, handler};
use serde::Serialize;
use tokio::runtime::Handle;

use super::project::first;
use super::{LIMIT, address, see};
use crate::budget::Who;
use crate::escape::escaped;
use crate::learning::Learning;
use crate::sandbox::StartOutcome;
use crate::store::{NewProject, Snapshot};
use crate::web::export;
use crate::web::fault::Fault;
use crate::web::gateway::report;
use crate::web::htmx::wants_fragment;
use crate::web::pages::bench;
use crate::web::pages::form;
use crate::web::pages::frame::PageFrame;
use crate::web::site::Site;
use crate::web::who::{Guest, KnownOrNew, Learner, PathSnapshot};

/// `GET /play/:snapshot`: nothing runs yet. The visitor gets the site's cookie, so that one that the snapshot's page
/// puts in its place is noticed before they copy anything into another's account.
#[handler]
pub(crate) fn page(
    request: &Request,
    Data(site): Data<&Arc<Site>>,
    PathSnapshot(snapshot): PathSnapshot,
    Guest(learner): Guest,
) -> Result<Response, Fault> {
    let owner = learner.as_ref().map(Learner::id);
    let view = SnapshotView::of(site, &snapshot, owner == Some(snapshot.learner), None)?;
    PageFrame::new(site, request, &snapshot.name)?.page("snapshot.html", &view)
}

/// `POST /play/:snapshot`: the same with what runs.
#[handler]
pub(crate) async fn run(
    request: &Request,
    site: Data<&Arc<Site>>,
    PathSnapshot(snapshot): PathSnapshot,
    Guest(learner): Guest,
    body: Body,
) -> Result<Response, Fault> {
    let ran = start(request, body, &site, &snapshot).await?;
    let owner = learner.as_ref().map(Learner::id);
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
pub(crate) async fn take_back(Path(id): Path<String>, learner: Learner) -> Result<Response, Fault> {
    let project = learner.take_back(&id).await?;
    Ok(see(&address(&project)))
}

/// `GET /play/:snapshot/project.zip`.
#[handler]
pub(crate) fn archive(PathSnapshot(snapshot): PathSnapshot) -> Result<Response, Fault> {
    export::packed(&export::folder(&snapshot.name), &snapshot.files)
}

/// Starts a snapshot for whoever asks; in the sandbox where it ran for them before, which the form names as `before`.
pub(super) async fn start(
    request: &Request,
    body: Body,
    site: &Arc<Site>,
    snapshot: &Snapshot,
) -> Result<Ran, Fault> {
    let fields = form::read(body, LIMIT).await?;
    let address = whence(request);
    site.snapshot_runs.admit(address)?;
    let (learning, files) = (&site.learning, snapshot.files.clone());
    let named = (&*snapshot.id, fields.first("before"));
    let at = address.and_then(Who::at);
    let (id, sandbox) = learning
        .sandboxes
        .visiting(at, named, files.clone())
        .await?;
    let visit = Visit::begin(learning, id);
    // Who blocked it meanwhile, or shares it no longer, has ended those sandboxes that were there before this one.
    learning.snapshot(&snapshot.id).await?;
    let trouble = match sandbox.run(files).await {
        Ok(StartOutcome::Running(_)) => None,
        Ok(StartOutcome::Failed(_, thrown)) => Some(format!("{}: {}", thrown.name, thrown.message)),
        Ok(StartOutcome::Ended(_, sentence)) => Some(sentence),
        Err(gone) => {
            learning.snapshot(&snapshot.id).await?;
            return Err(Fault::internal(gone));
        }
    };
    if trouble.is_some() {
        return Ok(Ran {
            trouble,
            ..Ran::default()
        });
    }
    let at = Some(learning.sandboxes.url(&visit.id)?);
    Ok(Ran {
        at,
        sandbox: Some(visit.stays()),
        trouble,
    })
}

/// A visitor's sandbox until its Run has started: it ends with this, as when the visitor leaves before.
struct Visit {
    learning: Arc<Learning>,
    id: String,
    is_over: bool,
}

impl Visit {
    fn begin(learning: &Arc<Learning>, id: String) -> Self {
        Self {
            learning: Arc::clone(learning),
            id,
            is_over: true,
        }
    }

    /// Its visitor is told where it is, so it goes on; its id.
    fn stays(mut self) -> String {
        self.is_over = false;
        self.id.clone()
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        if let (true, Ok(runtime)) = (self.is_over, Handle::try_current()) {
            let (learning, id) = (Arc::clone(&self.learning), std::mem::take(&mut self.id));
            runtime.spawn(async move { learning.sandboxes.end(&id).await });
        }
    }
}

fn whence(request: &Request) -> Option<IpAddr> {
    let address = request.remote_addr().as_socket_addr();
    address.map(std::net::SocketAddr::ip)
}

/// What became of a Run.
#[derive(Default, Serialize)]
pub(super) struct Ran {
    /// Where it is.
    at: Option<String>,
    /// The id of its sandbox, in which it runs when it is run again.
    sandbox: Option<String>,
    /// Why it does not run.
    trouble: Option<String>,
}

/// What the templates `snapshot.html` and `embed.html` are filled with.
#[derive(Serialize)]
pub(super) struct SnapshotView<'a> {
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
    /// HTML for another page, which shows it there.
    frame: String,
}

impl<'a> SnapshotView<'a> {
    pub(super) fn of(
        site: &Site,
        snapshot: &'a Snapshot,
        is_own: bool,
        ran: Option<Ran>,
    ) -> Result<Self, Fault> {
        let path = format!("/play/{}", snapshot.id);
        let link = format!("{}{}", site.url, path.trim_start_matches('/'));
        let report_to = site.report_to.as_ref();
        Ok(Self {
            frame: frame_of(&link, &snapshot.name),
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

/// The element by which another page shows it. A learner wrote the name, and whoever copies this gets it as it is.
fn frame_of(link: &str, name: &str) -> String {
    format!(
        r#"<iframe src="{}/embed" title="{}" width="100%" height="480" loading="lazy"></iframe>"#,
        escaped(link),
        escaped(name)
    )
}
