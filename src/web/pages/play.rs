//! The playground: a learner's own projects, outside any lesson.
//!
//! `/play` lists them and the beginnings of new ones; [`project`] is one of them in its workbench, [`snapshot`]
//! what is shared of one, [`embed`] that in the frame of another page. A form's answer leads on by 303, so all of it works without JavaScript but for changing code.

pub(crate) mod embed;
pub(crate) mod import;
pub(crate) mod project;
pub(crate) mod snapshot;

use std::sync::Arc;

use http::StatusCode;
use http::header::LOCATION;
use poem::web::Data;
use poem::{Body, Request, Response, handler};
use serde::Serialize;

use super::form;
use super::frame::PageFrame;
use crate::beginnings::{self, BEGINNINGS, Beginning};
use crate::exercise::ProjectId;
use crate::project::{FILE_LIMIT, FILES_LIMIT, PROJECT_LIMIT};
use crate::store::{NewProject, OwnProject, PROJECTS_MOST};
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::{Guest, KnownOrNew};

/// A form of one short field.
const LIMIT: usize = 1024;

/// `GET /play`.
#[handler]
pub(crate) async fn page(
    request: &Request,
    site: Data<&Arc<Site>>,
    Guest(learner): Guest,
) -> Result<Response, Fault> {
    let all = match learner {
        Some(learner) => learner.projects().await?,
        None => Vec::new(),
    };
    let (deleted, projects): (Vec<_>, Vec<_>) = all
        .into_iter()
        .map(Row::of)
        .partition(|row| row.project.is_deleted);
    let view = PlayView {
        is_full: projects.len() + deleted.len() >= PROJECTS_MOST as usize,
        most: PROJECTS_MOST,
        limits: LimitsView::default(),
        projects,
        deleted,
        beginnings: BEGINNINGS.iter().map(BeginningRow::of).collect(),
    };
    PageFrame::new(&site, request, "Playground")?.page("play.html", &view)
}

/// `POST /play/projects`: a new project, from the beginning that the form names.
#[handler]
pub(crate) async fn begin(body: Body, KnownOrNew(learner): KnownOrNew) -> Result<Response, Fault> {
    let fields = form::read(body, LIMIT).await?;
    let beginning = fields.first("beginning").and_then(beginnings::named);
    let beginning = beginning.ok_or_else(|| {
        Fault::unprocessable("There is no such beginning: choose one of those in the playground.")
    })?;
    let new = NewProject {
        name: beginning.title.to_owned(),
        htmx: beginning.htmx,
        files: beginning.files().map_err(Fault::internal)?,
    };
    let id = learner.add_project(new).await?;
    Ok(see(&address(&id)))
}

/// Where a project's page is.
pub(super) fn address(id: &ProjectId) -> String {
    format!("/play/projects/{id}")
}

/// An answer that leads on.
fn see(address: &str) -> Response {
    let response = Response::builder().status(StatusCode::SEE_OTHER);
    response.header(LOCATION, address).finish()
}

/// What the template `play.html` is filled with.
#[derive(Serialize)]
struct PlayView {
    projects: Vec<Row>,
    /// Those that can be brought back.
    deleted: Vec<Row>,
    beginnings: Vec<BeginningRow>,
    /// Whether there is room for none more.
    is_full: bool,
    most: u32,
    limits: LimitsView,
}

/// How large a project may be, in words.
#[derive(Serialize)]
struct LimitsView {
    files: usize,
    file_kib: usize,
    project_mib: usize,
}

impl Default for LimitsView {
    fn default() -> Self {
        Self {
            files: FILES_LIMIT,
            file_kib: FILE_LIMIT / 1024,
            project_mib: PROJECT_LIMIT / (1024 * 1024),
        }
    }
}

#[derive(Serialize)]
struct Row {
    address: String,
    project: OwnProject,
}

impl Row {
    fn of(project: OwnProject) -> Self {
        Self {
            address: address(&project.id),
            project,
        }
    }
}

#[derive(Serialize)]
struct BeginningRow {
    name: &'static str,
    title: &'static str,
    summary: &'static str,
}

impl BeginningRow {
    fn of(beginning: &Beginning) -> Self {
        Self {
            name: beginning.name,
            title: beginning.title,
            summary: beginning.summary,
        }
    }
}
