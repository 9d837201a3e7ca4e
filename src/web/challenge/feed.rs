//! What happens in the sandboxes of a trial's checks, as server-sent events in one response: a browser has six
//! connections to a site, and several checks are under way at once.

use std::sync::Arc;

use async_stream::stream;
use bytes::Bytes;
use futures_util::Stream;
use futures_util::future::{pending, select_all};
use poem::web::Data;
use poem::{Request, Response, handler};
use serde::Serialize;
use tokio::time::timeout;

use crate::budget::Share;
use crate::challenge::{Stage, Trial};
use crate::sandbox::Watcher;
use crate::sandbox::entry::Record;
use crate::web::fault::Fault;
use crate::web::live::{self, FeedEnds, HEARTBEAT, RETRY, STILL_HERE};
use crate::web::site::Site;
use crate::web::who::PathTrial;

/// `GET /trials/:trial/live`: each record with the id of its check, from the check's beginning; it ends with
/// the trial.
#[handler]
pub(crate) fn watch(
    request: &Request,
    Data(site): Data<&Arc<Site>>,
    PathTrial(trial): PathTrial,
) -> Result<Response, Fault> {
    let share = live::share(site, trial.whose())?;
    let ends = FeedEnds::of(site, trial.whose(), request);
    Ok(live::answer(events(trial.follow(), share, ends)))
}

/// A check whose sandbox is followed.
struct Followed {
    check: String,
    stage: String,
    watcher: Watcher,
    /// The number of the last record that was sent.
    seen: u64,
    is_under_way: bool,
}

impl Followed {
    fn new((check, stage): (String, Stage)) -> Self {
        Self {
            check,
            stage: stage.id,
            watcher: stage.sandbox.watch(),
            seen: 0,
            is_under_way: true,
        }
    }

    /// The next of its records as events, if there are more.
    fn piece(&mut self) -> Option<Bytes> {
        let check = &self.check;
        let (events, last) = live::piece(&self.watcher, self.seen, &|_, record| {
            event(&OfCheck { check, record })
        });
        self.seen = last?;
        Some(events.into())
    }

    fn has_more(&self) -> bool {
        self.watcher.last() > self.seen
    }
}

/// Those that are under way, and those that have ended but not been told to their end.
fn keep_up(followed: &mut Vec<Followed>, under_way: Vec<(String, Stage)>) {
    for one in followed.iter_mut() {
        one.is_under_way = under_way.iter().any(|(_, stage)| stage.id == one.stage);
    }
    followed.retain(|one| one.is_under_way || one.has_more());
    for (check, stage) in under_way {
        if followed.iter().all(|one| one.stage != stage.id) {
            followed.push(Followed::new((check, stage)));
        }
    }
}

async fn news(followed: &[Followed]) {
    if followed.is_empty() {
        return pending().await;
    }
    let waits = followed
        .iter()
        .map(|one| Box::pin(one.watcher.wait(one.seen)));
    select_all(waits).await;
}

fn events(trial: Arc<Trial>, share: Share, mut ends: FeedEnds) -> impl Stream<Item = Bytes> + Send {
    let guard = ends.site.shutdown.guard();
    stream! {
        let _held = (guard, share);
        let mut changes = trial.changes();
        let mut followed = Vec::new();
        yield Bytes::from_static(RETRY);
        loop {
            changes.mark_unchanged();
            let Some(under_way) = trial.stages() else { return };
            keep_up(&mut followed, under_way);
            for one in &mut followed {
                let turn = ends.site.turns.next().await;
                let piece = one.piece();
                drop(turn);
                if let Some(piece) = piece {
                    yield piece;
                }
            }
            let waited = tokio::select! {
                waited = timeout(HEARTBEAT, news(&followed)) => waited.is_ok(),
                _ = changes.changed() => true,
                () = ends.come() => return,
            };
            if !waited {
                yield Bytes::from_static(STILL_HERE);
            }
        }
    }
}

#[derive(Serialize)]
struct OfCheck<'a> {
    check: &'a str,
    record: &'a Record,
}

/// JSON on one line has neither a line feed nor a carriage return, so it is one `data` field.
fn event(told: &OfCheck) -> String {
    let json = serde_json::to_string(told).unwrap_or_else(|_| "null".to_owned());
    format!("event: {}\ndata: {json}\n\n", told.record.event())
}
