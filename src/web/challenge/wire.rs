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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::entry::{Crossed, Exchange};

    fn entry(number: u64, body: &str) -> Arc<WireEntry> {
        Arc::new(WireEntry {
            entry: number,
            at: 0,
            client: "A".to_owned(),
            crossed: Crossed::Http(Box::new(Exchange {
                method: "GET".to_owned(),
                path: "/".to_owned(),
                status: Some(200),
                body: Some(body.to_owned()),
                done: true,
                ..Exchange::default()
            })),
        })
    }

    fn claim(json: &str) -> Claim {
        serde_json::from_str(json).expect("a claim")
    }

    #[test]
    fn an_answer_shares_the_logs_entries_and_has_an_end() {
        let body = "x".repeat(4096);
        let entries = (1..=500).map(|number| entry(number, &body)).collect();
        let log = Log {
            entries,
            is_whole: true,
        };
        let found = found(&claim(r#"{ "request": "GET" }"#), &log, false).expect("some");
        for (found, kept) in found.entries.iter().zip(&log.entries) {
            assert!(Arc::ptr_eq(found, kept), "a copy");
        }
        let weight: usize = found.entries.iter().map(|it| it.weight()).sum();
        assert!(weight <= FOUND && weight > FOUND - 8192, "{weight}");
    }

    #[test]
    fn what_does_not_fit_is_waited_for_and_then_told_with_what_comes_nearest() {
        let log = Log {
            entries: vec![entry(7, "hello")],
            is_whole: true,
        };
        let claim = claim(r#"{ "request": "GET", "path": "/other" }"#);
        assert!(found(&claim, &log, false).is_none());
        let last = found(&claim, &log, true).expect("the last look");
        assert!(last.entries.is_empty() && last.words.is_some());
        assert_eq!(last.near.map(|near| near.entry), Some(7));
    }
}
