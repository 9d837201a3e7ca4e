//! What the workbench beside a lesson asks of the site: save the draft, run and stop it, give the
//! starter and the solution, and the live feed.
//!
//! Every answer but the feed is JSON; a refusal is `{"error": sentence}` and changes nothing.

mod feed;

use std::collections::BTreeMap;
use std::sync::Arc;

use http::StatusCode;
use poem::web::{Data, Json, Path};
use poem::{Body, IntoResponse, Request, Response, handler};
use serde::{Deserialize, Serialize};

use super::body;
use super::fault::Fault;
use super::site::Site;
use crate::course::Lesson;
use crate::engine::message::Fault as Thrown;
use crate::project::{Project, ProjectError};
use crate::sandbox::{Outcome, Sandbox};
use crate::store::{Draft, LearnerId, SaveOutcome};

pub use feed::{follow, watch};

/// The largest request that carries a project, in bytes: a project of 1 MiB of which every second
/// character is escaped.
const SENT_LIMIT: usize = 2 * 1024 * 1024;

/// A draft as the editor sends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    /// The version that it was made from, 0 when nothing was saved yet.
    version: u64,
    files: BTreeMap<String, String>,
}

/// A draft that was saved.
#[derive(Serialize)]
pub struct Saved {
    /// Its version.
    pub version: u64,
    /// Milliseconds since 1970.
    saved: u64,
}

/// How a Run began.
#[derive(Serialize)]
struct Began {
    #[serde(flatten)]
    saved: Saved,
    /// Where it is reached: a page that was open for long may have another.
    address: String,
    run: u32,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<Thrown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<String>,
}

/// The learner's other tab saved something newer.
#[derive(Serialize)]
struct Conflict {
    error: &'static str,
    #[serde(flatten)]
    saved: Saved,
    files: Project,
}

#[derive(Serialize)]
struct Files<'a> {
    files: &'a Project,
}

/// `PUT /lessons/:slug/draft`
#[handler]
pub async fn save(
    site: Data<&Arc<Site>>,
    Path(slug): Path<String>,
    request: &Request,
    sent: Body,
) -> Result<Response, Fault> {
    let desk = Desk::of(&site, &slug, request).await?;
    let (version, project) = read_draft(sent).await?;
    match desk.save(version, &project).await? {
        Ok(saved) => {
            let _ = desk.sandbox.keep(project).await;
            Ok(Json(saved).into_response())
        }
        Err(conflict) => Ok(conflict),
    }
}

/// `POST /lessons/:slug/run`
#[handler]
pub async fn start(
    site: Data<&Arc<Site>>,
    Path(slug): Path<String>,
    request: &Request,
    sent: Body,
) -> Result<Response, Fault> {
    let desk = Desk::of(&site, &slug, request).await?;
    let (version, project) = read_draft(sent).await?;
    let saved = match desk.save(version, &project).await? {
        Ok(saved) => saved,
        Err(conflict) => return Ok(conflict),
    };
    let outcome = desk.sandbox.run(project).await.map_err(Fault::internal)?;
    let address = site.sandboxes.url(&desk.id)?;
    Ok(Json(began(saved, address, outcome)).into_response())
}

/// `POST /lessons/:slug/stop`
#[handler]
pub async fn stop(
    site: Data<&Arc<Site>>,
    Path(slug): Path<String>,
    request: &Request,
) -> Result<Response, Fault> {
    let desk = Desk::of(&site, &slug, request).await?;
    desk.sandbox.stop().await.map_err(Fault::internal)?;
    Ok(Json(serde_json::json!({})).into_response())
}

/// `GET /lessons/:slug/starter`
#[handler]
pub fn starter(Data(site): Data<&Arc<Site>>, Path(slug): Path<String>) -> Result<Response, Fault> {
    let lesson = site.lesson(&slug)?;
    let files = &lesson.starter;
    Ok(Json(Files { files }).into_response())
}

/// `GET /lessons/:slug/solution`
#[handler]
pub fn solution(Data(site): Data<&Arc<Site>>, Path(slug): Path<String>) -> Result<Response, Fault> {
    let lesson = site.lesson(&slug)?;
    let files = &lesson.solution;
    Ok(Json(Files { files }).into_response())
}

/// A learner's place at a lesson.
pub struct Desk<'a> {
    site: &'a Site,
    pub(super) learner: LearnerId,
    pub(super) lesson: &'a Arc<Lesson>,
    /// The sandbox's id.
    id: String,
    sandbox: Sandbox,
}

impl<'a> Desk<'a> {
    /// Only who came by the lesson's page has one: it gave them the cookie.
    pub(super) async fn of(
        site: &'a Site,
        slug: &str,
        request: &Request,
    ) -> Result<Desk<'a>, Fault> {
        let lesson = site.lesson(slug)?;
        let learner = site.sessions.learner(request.headers()).await?;
        let learner = learner.ok_or(Fault::NoSession)?;
        let id = site.sandboxes.id(learner, lesson).await?;
        let sandbox = site.sandboxes.of(learner, lesson).await?;
        Ok(Desk {
            site,
            learner,
            lesson,
            id,
            sandbox,
        })
    }

    /// Saves a draft; the other tab's newer one comes back as a response of its own.
    pub(super) async fn save(
        &self,
        base: u64,
        project: &Project,
    ) -> Result<Result<Saved, Response>, Fault> {
        let store = &self.site.store;
        let exercise = self.lesson.exercise();
        let saved = store.save_draft(self.learner, &exercise, project, base);
        match saved.await? {
            SaveOutcome::Saved { version, saved_ms } => {
                if version != base {
                    let _ = self.sandbox.saved(version).await;
                }
                Ok(Ok(Saved {
                    version,
                    saved: saved_ms,
                }))
            }
            SaveOutcome::Conflict(draft) => Ok(Err(conflict(draft))),
        }
    }
}

fn conflict(draft: Draft) -> Response {
    let conflict = Conflict {
        error: "This draft was changed in another tab: choose which of the two to keep.",
        saved: Saved {
            version: draft.version,
            saved: draft.saved_ms,
        },
        files: draft.project,
    };
    Json(conflict)
        .with_status(StatusCode::CONFLICT)
        .into_response()
}

/// The draft that a page sent, and the version that it was made from.
pub(super) async fn read_draft(sent: Body) -> Result<(u64, Project), Fault> {
    let bytes = body::read(sent, SENT_LIMIT).await?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Fault::unprocessable("The files are not UTF-8 text: save them as UTF-8."))?;
    let sent: Sent = serde_json::from_str(text).map_err(|error| {
        Fault::unprocessable(format!(
            "The draft is not what the editor sends ({error}): reload the page."
        ))
    })?;
    let project = Project::from_texts(sent.files).map_err(refusal)?;
    Ok((sent.version, project))
}

fn refusal(error: ProjectError) -> Fault {
    match error {
        ProjectError::FileSize(_) | ProjectError::ProjectSize | ProjectError::Files => {
            Fault::DraftTooLarge(error)
        }
        ProjectError::Name(_) | ProjectError::Encoding(_) => {
            Fault::unprocessable(error.to_string())
        }
    }
}

fn began(saved: Saved, address: String, outcome: Outcome) -> Began {
    let (run, outcome, fault, sentence) = match outcome {
        Outcome::Running(run) => (run, "running", None, None),
        Outcome::Failed(run, fault) => (run, "failed", Some(fault), None),
        Outcome::Ended(run, sentence) => (run, "failed", None, Some(sentence)),
    };
    Began {
        saved,
        address,
        run,
        outcome,
        fault,
        sentence,
    }
}
