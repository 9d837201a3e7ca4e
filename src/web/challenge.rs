//! A challenge as the lesson's page tries it: begin a trial, begin and end each check, and what a check
//! may do to the sandbox beside acting in its pages: look at the wire ([`look`]), act on the server ([`act`]),
//! ask without a browser ([`ask`]).
//!
//! Every answer is JSON; a refusal is `{"error": sentence}`. A trial is found through its learner only.

mod asks;
mod feed;
mod pass;
mod server;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use http::header::CACHE_CONTROL;
use poem::web::{Data, Json, Path};
use poem::{Body, IntoResponse, Response, handler};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::body;
use super::fault::{Fault, Missing};
use super::live::{SavedAt, read_draft, save_draft};
use super::requests::TurnedAway;
use super::site::Site;
use super::who::{PathLesson, PathStage, PathTrial, WithCookie};
use crate::budget::Reason;
use crate::challenge::Outline;
use crate::engine::message::Thrown;
use crate::learning::{Evidence, LearningFault};
use crate::sandbox::StartOutcome;
use crate::sandbox::addresses::CLIENTS;

pub(crate) use asks::ask;
pub(crate) use feed::watch;
pub(crate) use pass::passed;
pub(crate) use server::act;
pub(crate) use wire::look;

/// The largest report on a check, in bytes.
const REPORT_LIMIT: usize = 64 * 1024;
/// How long a question about the wire may wait for its answer, and the longest delay.
const WAIT_LIMIT: Duration = Duration::from_secs(10);

/// A trial that began, and the draft that is tried.
#[derive(Serialize)]
struct Begun<'a> {
    #[serde(flatten)]
    saved: SavedAt,
    trial: &'a str,
    checks: &'a [Outline],
}

/// `GET /lessons/:slug/checks.js`: the stories, for the worker that tells them.
#[handler]
pub(super) fn stories(PathLesson(lesson): PathLesson) -> Result<Response, Fault> {
    let challenge = lesson.challenge.as_ref();
    let challenge = challenge.ok_or(Fault::NotFound(Missing::Challenge))?;
    Ok(Response::builder()
        .content_type("text/javascript; charset=utf-8")
        .header(CACHE_CONTROL, "no-cache")
        .body(challenge.checks.to_string()))
}

/// `POST /lessons/:slug/challenge`: saves the draft and begins a trial of it.
#[handler]
pub(super) async fn begin(
    PathLesson(lesson): PathLesson,
    WithCookie(learner): WithCookie,
    sent: Body,
) -> Result<Response, Fault> {
    let desk = learner.desk(lesson).await?;
    // First, so that checks which cannot be run change nothing.
    desk.is_open()?;
    let checks = desk.outlines().await?;
    let (version, project) = read_draft(sent).await?;
    let saved = match save_draft(&desk, version, &project).await? {
        Ok(saved) => saved,
        Err(conflict) => return Ok(conflict),
    };
    let trial = desk.begin_trial((project, saved.version), &checks).await;
    let begun = Begun {
        saved: SavedAt::new(saved, &desk),
        trial: &trial.id,
        checks: &trial.checks,
    };
    Ok(Json(begun).into_response())
}

/// How the fresh Run of a check began.
#[derive(Serialize)]
struct Started {
    outcome: &'static str,
    fault: Option<Thrown>,
    sentence: Option<String>,
}

impl From<StartOutcome> for Started {
    fn from(outcome: StartOutcome) -> Self {
        let (outcome, fault, sentence) = match outcome {
            StartOutcome::Running(_) => ("running", None, None),
            StartOutcome::Failed(_, fault) => ("failed", Some(fault), None),
            StartOutcome::Ended(_, sentence) => ("failed", None, Some(sentence)),
        };
        Self {
            outcome,
            fault,
            sentence,
        }
    }
}

/// What the page wants of a check's beginning.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BeginAsked {
    /// Whether it waits for ports where none are free.
    #[serde(default)]
    waits: bool,
}

/// `POST /trials/:trial/checks/:check/begin`: the outcome is `running`, `failed` or `no-port`.
#[handler]
pub(super) async fn begin_check(
    Path((_, check)): Path<(String, String)>,
    PathTrial(trial): PathTrial,
    sent: Body,
) -> Result<Response, Fault> {
    let BeginAsked { waits } = json_of(sent).await?;
    match trial.begin_check(&check, waits).await {
        Ok(outcome) => Ok(Json(Started::from(outcome)).into_response()),
        Err(LearningFault::NoPort(_)) => {
            let mut answer = Json(json!({ "outcome": "no-port" })).into_response();
            // Of whoever has not waited yet the page makes one that waits.
            if waits {
                answer.set_data(TurnedAway(Reason::Ports));
            }
            Ok(answer)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /trials/:trial/checks/:check/leave`: the page has taken the check's clients away.
#[handler]
pub(super) async fn leave_check(
    Path((_, check)): Path<(String, String)>,
    PathTrial(trial): PathTrial,
) -> Result<Response, Fault> {
    trial.leave_check(&check).await;
    Ok(Json(json!({})).into_response())
}

/// `POST /trials/:trial/checks/:check/clients/:client`: the address of one of its clients, by the label. With
/// ports it takes one, so only clients that are opened have one.
#[handler]
pub(super) fn open_client(
    Data(site): Data<&Arc<Site>>,
    Path((_, _, label)): Path<(String, String, String)>,
    PathStage { stage, .. }: PathStage,
) -> Result<Response, Fault> {
    let client = CLIENTS.into_iter().find(|(known, _)| *known == label);
    let (label, _) = client.ok_or(Fault::NotFound(Missing::Check))?;
    let address = site.learning.sandboxes.client_url(&stage.id, label)?;
    Ok(Json(json!({ "address": address })).into_response())
}

/// What the page says about a check.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckReport {
    passed: bool,
    #[serde(default)]
    evidence: Evidence,
    /// Whether its clients are still used.
    #[serde(default)]
    keeps: bool,
}

/// `POST /trials/:trial/checks/:check/end`: the verdict, which the log may overrule.
#[handler]
pub(super) async fn end_check(
    Path((_, check)): Path<(String, String)>,
    PathTrial(trial): PathTrial,
    sent: Body,
) -> Result<Response, Fault> {
    let said: CheckReport = json_of(sent).await?;
    let verdict = trial.end_check(&check, (said.passed, said.evidence), said.keeps);
    let verdict = verdict.await?;
    let verdict = json!({
        "passed": verdict.passed,
        "evidence": verdict.evidence,
        "all": verdict.all_passed,
    });
    Ok(Json(verdict).into_response())
}

/// `POST /trials/:trial/end`: the page is done with it.
#[handler]
pub(super) async fn end(PathTrial(trial): PathTrial) -> Result<Response, Fault> {
    trial.end().await;
    Ok(Json(json!({})).into_response())
}

async fn json_of<T: DeserializeOwned>(sent: Body) -> Result<T, Fault> {
    let bytes = body::read(sent, REPORT_LIMIT).await?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Fault::unprocessable(format!("This is not what a check sends ({error}).")))
}
