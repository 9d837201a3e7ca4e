//! What a check asks about the wire.

use std::time::Duration;

use poem::web::Json;
use poem::{Body, IntoResponse, Response, handler};
use serde::{Deserialize, Serialize};

use super::{WAIT_LIMIT, json_of};
use crate::challenge::Claim;
use crate::sandbox::entry::WireEntry;
use crate::web::fault::Fault;
use crate::web::who::PathTrial;

/// A question about the wire.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireQuestion {
    claim: Claim,
    /// How long to wait for the first thing that fits.
    #[serde(default)]
    milliseconds: u64,
}

#[derive(Serialize)]
struct OnTheWire<'a> {
    /// All that fits.
    entries: Vec<&'a WireEntry>,
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
pub(crate) async fn look(PathTrial(trial): PathTrial, sent: Body) -> Result<Response, Fault> {
    let stage = trial.stage()?;
    let WireQuestion {
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
