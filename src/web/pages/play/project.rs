//! A learner's own project: its page, with the workbench beside what can be done with it as a whole.

use std::sync::Arc;

use http::HeaderValue;
use http::header::CACHE_CONTROL;
use poem::web::Data;
use poem::{Body, Request, Response, handler};
use serde::Serialize;

use super::{LIMIT, address, see};
use crate::exercise::ExerciseId;
use crate::project::Project;
use crate::store::{OwnProject, Shared, project_name};
use crate::web::fault::{Fault, Missing};
use crate::web::pages::bench::{Bench, BenchPlace, BenchView, StarterFiles};
use crate::web::pages::form;
use crate::web::pages::frame::PageFrame;
use crate::web::pages::piece::Piece;
use crate::web::site::Site;
use crate::web::who::{Guest, Learner, PathProject, WithCookie};

/// `GET /play/projects/:project`.
#[handler]
pub(crate) async fn page(
    request: &Request,
    site: Data<&Arc<Site>>,
    PathProject(id): PathProject,
    Guest(learner): Guest,
) -> Result<Response, Fault> {
    let learner = learner.ok_or(Fault::NotFound(Missing::Project))?;
    let project = learner.project(&id).await?;
    let draft = learner.project_draft(&id).await?;
    let sandbox = learner.project_sandbox(&id).await?;
    let open = first(&draft.project);
    let place = BenchPlace {
        work: ExerciseId::of_project(&id).lesson,
        title: &project.name,
        address: address(&id),
        htmx: project.htmx,
        open: &open,
        noise: &[],
        starter: &Project::default(),
    };
    let bench = Bench::new(&site, place, Some(draft), sandbox);
    let none = StarterFiles::none();
    let view = ProjectView {
        slots: Slots {
            state: joined(&bench.state(&none)?),
            sources: joined(&bench.sources(&none)?),
            sandbox: crate::escape::escaped(bench.link()),
        },
        bench: BenchView {
            address: address(&id),
            is_lesson: false,
        },
        snapshots: shared_rows(&site, learner.snapshots(&id).await?),
        site_url: site.url.as_str(),
        project: &project,
    };
    let frame = PageFrame::new(&site, request, &project.name)?;
    let mut response = frame.page("project.html", &view)?;
    // Who has shared it comes Back to what they typed, and not to what the page began with.
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `POST /play/projects/:project/name`: another name.
#[handler]
pub(crate) async fn rename(
    PathProject(id): PathProject,
    body: Body,
    learner: Learner,
) -> Result<Response, Fault> {
    let fields = form::read(body, LIMIT).await?;
    let name = project_name(fields.first("name").unwrap_or_default());
    learner.rename_project(&id, &name).await?;
    Ok(see(&address(&id)))
}

/// `POST /play/projects/:project/delete`: for a day it can be brought back.
#[handler]
pub(crate) async fn delete(
    PathProject(id): PathProject,
    learner: Learner,
) -> Result<Response, Fault> {
    learner.delete_project(&id).await?;
    Ok(see("/play#deleted"))
}

/// `POST /play/projects/:project/restore`: brings it back.
#[handler]
pub(crate) async fn restore(
    PathProject(id): PathProject,
    learner: Learner,
) -> Result<Response, Fault> {
    learner.restore_project(&id).await?;
    Ok(see("/play"))
}

/// `POST /play/projects/:project/erase`: deletes a deleted one for good.
#[handler]
pub(crate) async fn erase(
    PathProject(id): PathProject,
    learner: Learner,
) -> Result<Response, Fault> {
    learner.erase_project(&id).await?;
    Ok(see("/play"))
}

/// `POST /play/projects/:project/share`: a snapshot of what was saved last.
#[handler]
pub(crate) async fn share(
    PathProject(id): PathProject,
    WithCookie(learner): WithCookie,
) -> Result<Response, Fault> {
    let shared = learner.share(&id).await?;
    Ok(see(&format!("/play/{}", shared.id)))
}

/// The files to show first: the server's, and the page.
pub(super) fn first(project: &Project) -> Vec<String> {
    let server = project.server().map(str::to_owned);
    let html = project.text("index.html").map(|_| "index.html".to_owned());
    server.into_iter().chain(html).collect()
}

fn joined(pieces: &[Arc<Piece>]) -> String {
    pieces.iter().map(|piece| piece.as_str()).collect()
}

/// What the template `project.html` is filled with.
#[derive(Serialize)]
struct ProjectView<'a> {
    project: &'a OwnProject,
    snapshots: Vec<SharedRow>,
    /// The site's address, with a slash at its end.
    site_url: &'a str,
    bench: BenchView,
    slots: Slots,
}

/// A link to one of its snapshots.
#[derive(Serialize)]
struct SharedRow {
    #[serde(flatten)]
    shared: Shared,
    /// Whether whoever runs the site has blocked it.
    is_blocked: bool,
}

fn shared_rows(site: &Site, snapshots: Vec<Shared>) -> Vec<SharedRow> {
    let sandboxes = &site.learning.sandboxes;
    let row = |shared: Shared| SharedRow {
        is_blocked: sandboxes.is_blocked_snapshot(&shared.id),
        shared,
    };
    snapshots.into_iter().map(row).collect()
}

/// What fills the gaps of the template `workbench.html`, as HTML.
#[derive(Serialize)]
struct Slots {
    state: String,
    sources: String,
    sandbox: String,
}
