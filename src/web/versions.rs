//! The versions of a draft: listed, given, named; and the one whose Run started last.
//!
//! Every answer is JSON; a refusal is `{"error": sentence}`. All are found through the learner only. Who is not known
//! yet has none.

use http::header::CACHE_CONTROL;
use poem::web::{Json, Path, Query};
use poem::{Body, IntoResponse, Response, handler};
use serde::{Deserialize, Serialize};

use super::body;
use super::fault::{Fault, Missing};
use super::who::{Learner, PathWork, Visitor};
use crate::project::Project;
use crate::store::{Draft, NAMED_MOST, Naming, SavedVersion};

/// The most versions of one answer.
const PAGE: u32 = 100;
/// The longest name of a version, in characters.
const NAME_LIMIT: usize = 60;
/// The largest request that names a version, in bytes.
const NAMING_LIMIT: usize = 1024;

/// Which part of the list is asked for.
#[derive(Deserialize)]
struct Part {
    /// Versions before this number; without it, from the newest on.
    before: Option<u64>,
}

/// A part of the list.
#[derive(Serialize)]
struct List {
    /// The newest first.
    versions: Vec<VersionView>,
    /// Whether older ones are kept.
    more: bool,
}

#[derive(Serialize)]
struct VersionView {
    version: u64,
    /// Milliseconds since 1970, as all times here.
    saved: u64,
    ran: Option<u64>,
    name: Option<String>,
    /// Whether it passed the challenge first.
    passed: bool,
    checks: ChecksView,
}

/// How many checks of a version ended how.
#[derive(Serialize)]
struct ChecksView {
    passed: u32,
    failed: u32,
}

impl From<SavedVersion> for VersionView {
    fn from(saved: SavedVersion) -> Self {
        Self {
            version: saved.number,
            saved: saved.saved_ms,
            ran: saved.ran_ms,
            name: saved.name,
            passed: saved.passed,
            checks: ChecksView {
                passed: saved.checks_passed,
                failed: saved.checks_failed,
            },
        }
    }
}

/// A version with its files.
#[derive(Serialize)]
struct Whole {
    version: u64,
    saved: u64,
    /// When its Run started, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    ran: Option<u64>,
    files: Project,
}

impl Whole {
    fn new(draft: Draft, ran: Option<u64>) -> Self {
        Self {
            version: draft.version,
            saved: draft.saved_ms,
            ran,
            files: draft.project,
        }
    }
}

/// `GET /lessons/:slug/versions?before=N`, and of a project below `/play/projects/:project`; so are the others.
#[handler]
pub(super) async fn list(
    PathWork(work): PathWork,
    Query(Part { before }): Query<Part>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let before = before.unwrap_or(u64::MAX);
    let mut versions = match visitor.learner() {
        Some(learner) => learner.versions(&work, before, PAGE + 1).await?,
        None => Vec::new(),
    };
    let more = versions.len() > PAGE as usize;
    versions.truncate(PAGE as usize);
    let versions = versions.into_iter().map(VersionView::from).collect();
    Ok(fresh(&List { versions, more }))
}

/// `GET /lessons/:slug/versions/:version`
#[handler]
pub(super) async fn one(
    PathWork(work): PathWork,
    Path((_, version)): Path<(String, String)>,
    learner: Learner,
) -> Result<Response, Fault> {
    let draft = learner.version(&work, number(&version)?).await?;
    let draft = draft.ok_or(Fault::NotFound(Missing::Version))?;
    Ok(fresh(&Whole::new(draft, None)))
}

/// `GET /lessons/:slug/good-run`: the version whose Run started last.
#[handler]
pub(super) async fn good_run(
    PathWork(work): PathWork,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let run = match visitor.learner() {
        Some(learner) => learner.good_run(&work).await?,
        None => None,
    };
    let (draft, ran) = run.ok_or(Fault::NotFound(Missing::GoodRun))?;
    Ok(fresh(&Whole::new(draft, Some(ran))))
}

/// A version's name; an empty one takes it away.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
}

/// `POST /lessons/:slug/versions/:version/name`
#[handler]
pub(super) async fn name(
    PathWork(work): PathWork,
    Path((_, version)): Path<(String, String)>,
    learner: Learner,
    sent: Body,
) -> Result<Response, Fault> {
    let version = number(&version)?;
    let bytes = body::read(sent, NAMING_LIMIT).await?;
    let Named { name } = serde_json::from_slice(&bytes)
        .map_err(|error| Fault::unprocessable(format!("This is no name ({error}).")))?;
    let name = name.trim();
    if name.chars().count() > NAME_LIMIT || name.chars().any(char::is_control) {
        let sentence =
            format!("A name is one line of at most {NAME_LIMIT} characters: choose another.");
        return Err(Fault::unprocessable(sentence));
    }
    let name = Some(name).filter(|name| !name.is_empty());
    match learner.name_version(&work, version, name).await? {
        Naming::Named => Ok(fresh(&serde_json::json!({ "name": name }))),
        Naming::NoVersion => Err(Fault::NotFound(Missing::Version)),
        Naming::TooMany => Err(Fault::unprocessable(format!(
            "{NAMED_MOST} versions of this code have names, and more cannot be kept: take another one's name away first."
        ))),
    }
}

fn number(version: &str) -> Result<u64, Fault> {
    let number = version
        .parse()
        .ok()
        .filter(|number| i64::try_from(*number).is_ok());
    number.ok_or(Fault::NotFound(Missing::Version))
}

/// An answer that holds at this moment only.
fn fresh(answer: &(impl Serialize + Sync)) -> Response {
    let answer = Json(answer).with_header(CACHE_CONTROL, "no-store");
    answer.into_response()
}
