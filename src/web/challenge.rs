//! A challenge as the lesson's page tries it: begin a trial, begin and end each check, and what a check
//! may do to the sandbox beside acting in its pages: read the wire, stop and start the server, cut lines,
//! delay answers, ask without a browser.
//!
//! Every answer is JSON; a refusal is `{"error": sentence}`. A trial is found through its learner only.

mod asks;
mod pass;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use http::header::CACHE_CONTROL;
use poem::web::{Data, Json, Path};
use poem::{Body, IntoResponse, Request, Response, handler};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::body;
use super::fault::{Fault, Missing};
use super::host::CLIENTS;
use super::live::{self, Desk, Saved, read_draft};
use super::site::Site;
use crate::challenge::{Claim, Outline, Stage, Trial};
use crate::engine::message::Fault as Thrown;
use crate::sandbox::Outcome;
use crate::sandbox::entry::Entry;
use crate::sandbox::registry::new_id;
use crate::store::CheckResult;

pub use asks::ask;
pub use pass::passed;

/// The largest report on a check, in bytes.
const REPORT_LIMIT: usize = 64 * 1024;
/// The longest text of what was expected or found that is kept, in bytes.
const EVIDENCE_LIMIT: usize = 8 * 1024;
/// How long a question about the wire may wait for its answer, and the longest delay.
const WAIT_LIMIT: Duration = Duration::from_secs(10);

/// A trial that began, and the draft that is tried.
#[derive(Serialize)]
struct Begun<'a> {
    #[serde(flatten)]
    saved: Saved,
    trial: &'a str,
    checks: &'a [Outline],
}

/// `GET /lessons/:slug/checks.js`: the stories, for the worker that tells them.
#[handler]
pub fn stories(Data(site): Data<&Arc<Site>>, Path(slug): Path<String>) -> Result<Response, Fault> {
    let challenge = site.lesson(&slug)?.challenge.as_ref();
    let challenge = challenge.ok_or(Fault::NotFound(Missing::Challenge))?;
    Ok(Response::builder()
        .content_type("text/javascript; charset=utf-8")
        .header(CACHE_CONTROL, "no-cache")
        .body(challenge.checks.to_string()))
}

/// `POST /lessons/:slug/challenge`: saves the draft and begins a trial of it.
#[handler]
pub async fn begin(
    site: Data<&Arc<Site>>,
    Path(slug): Path<String>,
    request: &Request,
    sent: Body,
) -> Result<Response, Fault> {
    let desk = Desk::of(&site, &slug, request).await?;
    // First, so that checks which cannot be run change nothing.
    let checks = site.outlines(desk.lesson).await?;
    let (version, project) = read_draft(sent).await?;
    let saved = match desk.save(version, &project).await? {
        Ok(saved) => saved,
        Err(conflict) => return Ok(conflict),
    };
    let whose = (desk.learner, desk.lesson.exercise());
    let tried = (project, saved.version);
    let trial = Arc::new(Trial::new(new_id(), whose, tried, checks.to_vec()));
    for over in site.trials.add(trial.clone()) {
        leave(&site, &over).await;
    }
    let begun = Begun {
        saved,
        trial: &trial.id,
        checks: &trial.checks,
    };
    Ok(Json(begun).into_response())
}

/// Ends the sandbox of a trial.
async fn leave(site: &Site, trial: &Trial) {
    if let Some(stage) = trial.stage() {
        site.sandboxes.end(&stage.id).await;
    }
}

/// How the fresh Run of a check began.
#[derive(Serialize)]
struct Started {
    /// The address of each of its clients, by their labels.
    addresses: BTreeMap<&'static str, String>,
    outcome: &'static str,
    fault: Option<Thrown>,
    sentence: Option<String>,
}

impl Started {
    fn new(site: &Site, stage: &str, outcome: Outcome) -> Result<Self, Fault> {
        let (outcome, fault, sentence) = match outcome {
            Outcome::Running(_) => ("running", None, None),
            Outcome::Failed(_, fault) => ("failed", Some(fault), None),
            Outcome::Ended(_, sentence) => ("failed", None, Some(sentence)),
        };
        let address = |(label, _)| Ok((label, site.sandboxes.client_url(stage, label)?));
        Ok(Self {
            addresses: CLIENTS
                .into_iter()
                .map(address)
                .collect::<Result<_, Fault>>()?,
            outcome,
            fault,
            sentence,
        })
    }
}

/// `POST /trials/:trial/checks/:check/begin`
#[handler]
pub async fn begin_check(
    site: Data<&Arc<Site>>,
    Path((trial, check)): Path<(String, String)>,
    request: &Request,
) -> Result<Response, Fault> {
    let trial = find(&site, request, &trial).await?;
    if !trial.has(&check) {
        return Err(Fault::NotFound(Missing::Check));
    }
    let (id, sandbox) = site.sandboxes.passing(trial.project.clone())?;
    if let Some(before) = trial.set(&check, id.clone(), sandbox.clone()) {
        site.sandboxes.end(&before).await;
    }
    let outcome = sandbox.run(trial.project.clone()).await;
    let started = Started::new(&site, &id, outcome.map_err(Fault::internal)?)?;
    Ok(Json(started).into_response())
}

/// What the page says about a check.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    passed: bool,
    #[serde(default)]
    evidence: Evidence,
}

/// What was expected and what was found; both empty for a check that passed.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Evidence {
    expected: String,
    found: String,
    /// The number of the entry on the wire that shows it, where there is one.
    entry: Option<u64>,
}

impl Evidence {
    fn cut(mut self) -> Self {
        for text in [&mut self.expected, &mut self.found] {
            text.truncate(text.floor_char_boundary(EVIDENCE_LIMIT));
        }
        self
    }
}

/// `POST /trials/:trial/checks/:check/end`: the verdict, which the log may overrule.
#[handler]
pub async fn end_check(
    site: Data<&Arc<Site>>,
    Path((trial, check)): Path<(String, String)>,
    request: &Request,
    sent: Body,
) -> Result<Response, Fault> {
    let trial = find(&site, request, &trial).await?;
    let report: Report = json_of(sent).await?;
    let ended = trial.end(&check, report.passed);
    let ended = ended.ok_or_else(|| {
        Fault::unprocessable("This check is not under way: start the checks again.")
    })?;
    let evidence = match ended.unproved {
        Some(unproved) => Evidence {
            expected: unproved.expected,
            found: unproved.found,
            entry: unproved.entry,
        },
        None => report.evidence.cut(),
    };
    let result = CheckResult {
        check,
        passed: ended.passed,
        evidence: json!(evidence).to_string(),
        version: trial.version,
    };
    site.store
        .add_result(trial.learner, &trial.exercise, result, ended.all_passed)
        .await?;
    let verdict = json!({ "passed": ended.passed, "evidence": evidence, "all": ended.all_passed });
    Ok(Json(verdict).into_response())
}

/// A question about the wire.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    claim: Claim,
    /// How long to wait for the first thing that fits.
    #[serde(default)]
    milliseconds: u64,
}

/// What answers it.
#[derive(Serialize)]
struct OnTheWire<'a> {
    /// All that fits.
    entries: Vec<&'a Entry>,
    /// Where nothing does: the entry that comes nearest, and in words what it is and what it lacks.
    near: Option<Near>,
}

#[derive(Serialize)]
struct Near {
    entry: u64,
    words: String,
}

/// `POST /trials/:trial/wire`: what fits a claim, out of all since the check began.
#[handler]
pub async fn wire(
    site: Data<&Arc<Site>>,
    Path(trial): Path<String>,
    request: &Request,
    sent: Body,
) -> Result<Response, Fault> {
    let stage = stage(&site, request, &trial).await?;
    let Question {
        claim,
        milliseconds,
    } = json_of(sent).await?;
    if !claim.is_clear() {
        let sentence = "A question about the wire names one of request, frame and event.";
        return Err(Fault::unprocessable(sentence));
    }
    let until = Duration::from_millis(milliseconds).min(WAIT_LIMIT);
    let until = tokio::time::Instant::now() + until;
    loop {
        let seen = stage.sandbox.feed().last();
        let log = stage.log();
        let entries = log.entries.iter().filter(|entry| claim.count(entry) > 0);
        let entries: Vec<_> = entries.collect();
        let left = until.saturating_duration_since(tokio::time::Instant::now());
        if !entries.is_empty() || left.is_zero() {
            let near = claim.nearest(&log.entries).filter(|_| entries.is_empty());
            let near = near.map(|(near, words)| Near {
                entry: near.entry,
                words,
            });
            return Ok(Json(OnTheWire { entries, near }).into_response());
        }
        stage.wait(seen, left).await;
    }
}

/// What a check does to the server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase", tag = "do")]
enum Deed {
    Stop,
    Start,
    Cut { client: Option<String> },
    Delay { milliseconds: u64 },
}

/// `POST /trials/:trial/server`
#[handler]
pub async fn server(
    site: Data<&Arc<Site>>,
    Path(trial): Path<String>,
    request: &Request,
    sent: Body,
) -> Result<Response, Fault> {
    let Stage { id, sandbox, .. } = stage(&site, request, &trial).await?;
    let trial = find(&site, request, &trial).await?;
    let nothing = |()| Json(json!({})).into_response();
    let answer = match json_of(sent).await? {
        Deed::Stop => sandbox.stop().await.map(nothing),
        Deed::Cut { client } => sandbox.cut(client).await.map(nothing),
        Deed::Start => {
            let outcome = sandbox.run(trial.project.clone()).await;
            let outcome = outcome.map_err(Fault::internal)?;
            Ok(Json(Started::new(&site, &id, outcome)?).into_response())
        }
        Deed::Delay { milliseconds } => {
            sandbox.delay(Duration::from_millis(milliseconds).min(WAIT_LIMIT));
            Ok(nothing(()))
        }
    };
    answer.map_err(Fault::internal)
}

/// `GET /trials/:trial/live`: what crosses the wire of the check under way.
#[handler]
pub async fn watch(
    site: Data<&Arc<Site>>,
    Path(trial): Path<String>,
    request: &Request,
) -> Result<Response, Fault> {
    let stage = stage(&site, request, &trial).await?;
    Ok(live::follow(&stage.sandbox, request, &site))
}

/// `POST /trials/:trial/end`: the page is done with it.
#[handler]
pub async fn end(
    site: Data<&Arc<Site>>,
    Path(trial): Path<String>,
    request: &Request,
) -> Result<Response, Fault> {
    let trial = find(&site, request, &trial).await?;
    site.trials.remove(&trial.id);
    leave(&site, &trial).await;
    Ok(Json(json!({})).into_response())
}

async fn find(site: &Site, request: &Request, trial: &str) -> Result<Arc<Trial>, Fault> {
    let learner = site.sessions.learner(request.headers()).await?;
    let learner = learner.ok_or(Fault::NoSession)?;
    let trial = site.trials.of(learner, trial);
    trial.ok_or(Fault::NotFound(Missing::Trial))
}

/// Where the check under way is played.
async fn stage(site: &Site, request: &Request, trial: &str) -> Result<Stage, Fault> {
    let trial = find(site, request, trial).await?;
    trial.stage().ok_or(Fault::NotFound(Missing::Check))
}

async fn json_of<T: DeserializeOwned>(sent: Body) -> Result<T, Fault> {
    let bytes = body::read(sent, REPORT_LIMIT).await?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Fault::unprocessable(format!("This is not what a check sends ({error}).")))
}
