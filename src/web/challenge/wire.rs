//! What a check asks about the wire.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use poem::web::Data;
use poem::{Body, Response, handler};
use serde::{Deserialize, Serialize};

use super::{WAIT_LIMIT, json_of};
use crate::budget::{Budget, Use, Who};
use crate::claim::Claim;
use crate::sandbox::entry::WireEntry;
use crate::sandbox::feed::Log;
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::{Learner, PathStage};

/// The most that an answer holds of the wire, in bytes of its texts, about: far more than a story looks at.
const FOUND: usize = 512 * 1024;
/// What one question is counted for while it waits, in bytes.
const QUESTION: usize = 16 * 1024;

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
struct OnTheWire {
    /// What fits: all of it, or the first [`FOUND`] bytes.
    entries: Vec<Arc<WireEntry>>,
    /// Where nothing fits: what should, in words.
    words: Option<String>,
    /// Where nothing does: the entry that comes nearest, and in words what it is and what it lacks.
    near: Option<Near>,
}

#[derive(Serialize)]
struct Near {
    entry: u64,
    words: String,
}

/// `POST /trials/:trial/checks/:check/wire`: what fits a claim, out of all since the check began.
#[handler]
pub(crate) async fn look(
    site: Data<&Arc<Site>>,
    learner: Learner,
    PathStage { stage, .. }: PathStage,
    sent: Body,
) -> Result<Response, Fault> {
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
    let who = Some(learner.id().who());
    let _waiting = site.budget.take(Use::Claims, who, QUESTION)?;
    loop {
        let seen = stage.sandbox.feed().last();
        let left = until.saturating_duration_since(tokio::time::Instant::now());
        // Nothing of the log is held while it waits.
        if let Some(found) = found(&claim, &stage.log(), left.is_zero()) {
            return answer(&site.budget, who, &found);
        }
        stage.wait(seen, left).await;
    }
}

/// The answer, which is counted until it is sent.
fn answer(budget: &Budget, who: Option<Who>, found: &OnTheWire) -> Result<Response, Fault> {
    let weight = found
        .entries
        .iter()
        .map(|entry| entry.weight())
        .sum::<usize>();
    // The text is about as long again.
    let share = budget.take(Use::Claims, who, 2 * weight)?;
    let text = serde_json::to_vec(found).map_err(Fault::internal)?;
    let body = stream::once(async move {
        let _share = share;
        Ok::<_, std::io::Error>(Bytes::from(text))
    });
    Ok(Response::builder()
        .content_type("application/json")
        .body(Body::from_bytes_stream(body)))
}

/// What fits; where nothing does, what comes nearest, if this is the last look.
fn found(claim: &Claim, log: &Log, is_last: bool) -> Option<OnTheWire> {
    let fitting = log.entries.iter().filter(|entry| claim.count(entry) > 0);
    let mut entries = Vec::new();
    let mut bytes = 0;
    for entry in fitting {
        bytes += entry.weight();
        if bytes > FOUND && !entries.is_empty() {
            break;
        }
        entries.push(entry.clone());
    }
    if entries.is_empty() && !is_last {
        return None;
    }
    let near = claim.nearest(&log.entries).filter(|_| entries.is_empty());
    let near = near.map(|(near, words)| Near {
        entry: near.entry,
        words,
    });
    let words = entries.is_empty().then(|| claim.expectation());
    Some(OnTheWire {
        entries,
        words,
        near,
    })
}
