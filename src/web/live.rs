//! What the workbench, beside a lesson or in the playground, asks of the site: save the draft, run and stop it, give the
//! starter and the solution, send what the learner composed, have faults happen, and the live feed.
//!
//! Every answer but the feed is JSON; a refusal is `{"error": sentence}` and changes nothing.

mod compose;
mod faults;
mod feed;

use std::collections::BTreeMap;

use http::StatusCode;
use http::header::{CACHE_CONTROL, LOCATION};
use poem::web::Json;
use poem::{Body, IntoResponse, Response, handler};
use serde::{Deserialize, Serialize};

use super::body;
use super::fault::Fault;
use super::who::{Learner, PathLesson, PathWork, WithCookie};
use crate::engine::message::Thrown;
use crate::learning::Desk;
use crate::project::{JsonContents, Project};
use crate::sandbox::StartOutcome;
use crate::store::{Draft, SaveOutcome};

pub(crate) use compose::send;
pub(crate) use faults::{inject, look};
pub(crate) use feed::{FeedEnds, HEARTBEAT, RETRY, STILL_HERE, answer, piece, share, watch};

/// The largest request that carries a project, in bytes: a project of 1 MiB of which every second
/// character is escaped. Base64 is a third longer than its bytes, which fits as well.
const SENT_LIMIT: usize = 2 * 1024 * 1024;

/// A draft as the editor sends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    /// The version that it was made from, 0 when nothing was saved yet.
    version: u64,
    files: BTreeMap<String, JsonContents>,
}

/// A draft that was saved.
#[derive(Serialize)]
pub(crate) struct Saved {
    pub(crate) version: u64,
    /// Milliseconds since 1970.
    saved: u64,
}

/// A draft that was saved, and where it runs: a page that was open for long may have another address, a newcomer's
/// has none. None where there is no address now.
#[derive(Serialize)]
pub(crate) struct SavedAt {
    #[serde(flatten)]
    pub(crate) saved: Saved,
    address: Option<String>,
}

impl SavedAt {
    pub(crate) fn new(saved: Saved, desk: &Desk) -> Self {
        Self {
            saved,
            address: desk.address().ok(),
        }
    }
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

/// `PUT /lessons/:slug/draft`, and of a project `PUT /play/projects/:project/draft`; so are the others.
#[handler]
pub(super) async fn save(
    PathWork(work): PathWork,
    WithCookie(learner): WithCookie,
    sent: Body,
) -> Result<Response, Fault> {
    let desk = learner.desk(work).await?;
    let (version, project) = read_draft(sent).await?;
    match save_draft(&desk, version, &project).await? {
        Ok(saved) => {
            desk.keep(project).await;
            Ok(Json(SavedAt::new(saved, &desk)).into_response())
        }
        Err(conflict) => Ok(conflict),
    }
}

/// `POST /lessons/:slug/run`
#[handler]
pub(super) async fn start(
    PathWork(work): PathWork,
    WithCookie(learner): WithCookie,
    sent: Body,
) -> Result<Response, Fault> {
    let desk = learner.desk(work).await?;
    // First, so that what is refused changes nothing.
    desk.is_open()?;
    let (version, project) = read_draft(sent).await?;
    let saved = match save_draft(&desk, version, &project).await? {
        Ok(saved) => saved,
        Err(conflict) => return Ok(conflict),
    };
    let outcome = desk.run(project).await?;
    if let StartOutcome::Running(_) = outcome {
        desk.note_run(saved.version).await;
    }
    let address = desk.address()?;
    Ok(Json(began(saved, address, outcome)).into_response())
}

/// `POST /lessons/:slug/stop`
#[handler]
pub(super) async fn stop(PathWork(work): PathWork, learner: Learner) -> Result<Response, Fault> {
    learner.desk(work).await?.stop().await?;
    Ok(Json(serde_json::json!({})).into_response())
}

/// `GET /lessons/:slug/open`: to the sandbox, which a newcomer's page cannot name since they have none yet. It may
/// be a browser without scripts.
#[handler]
pub(super) async fn open(
    PathWork(work): PathWork,
    WithCookie(learner): WithCookie,
) -> Result<Response, Fault> {
    let address = learner.desk(work).await?.address()?;
    let response = Response::builder().status(StatusCode::SEE_OTHER);
    Ok(response
        .header(CACHE_CONTROL, "no-store")
        .header(LOCATION, address)
        .finish())
}

/// `GET /lessons/:slug/starter`
#[handler]
pub(super) fn starter(PathLesson(lesson): PathLesson) -> Response {
    let files = &lesson.starter;
    Json(Files { files }).into_response()
}

/// `GET /lessons/:slug/solution`
#[handler]
pub(super) fn solution(PathLesson(lesson): PathLesson) -> Response {
    let files = &lesson.solution;
    Json(Files { files }).into_response()
}

/// Saves a draft; the other tab's newer one comes back as a response of its own.
pub(super) async fn save_draft(
    desk: &Desk,
    base: u64,
    project: &Project,
) -> Result<Result<Saved, Response>, Fault> {
    Ok(match desk.save(base, project).await? {
        SaveOutcome::Saved { version, saved_ms } => Ok(Saved {
            version,
            saved: saved_ms,
        }),
        SaveOutcome::Conflict(draft) => Err(conflict(draft)),
    })
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
    let project = Project::from_json(sent.files)?;
    Ok((sent.version, project))
}

fn began(saved: Saved, address: String, outcome: StartOutcome) -> Began {
    let (run, outcome, fault, sentence) = match outcome {
        StartOutcome::Running(run) => (run, "running", None, None),
        StartOutcome::Failed(run, fault) => (run, "failed", Some(fault), None),
        StartOutcome::Ended(run, sentence) => (run, "failed", None, Some(sentence)),
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
