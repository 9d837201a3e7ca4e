//! Does what an operator orders: ends a Run, keeps the block list.

use std::time::Duration;

use tokio::time::{interval, timeout};

use super::Control;
use super::wire::{BlockedEntry, Reply};
use crate::blocks::{Blocked, Edit};
use crate::budget::Who;

/// The store has so long to say whether there is a sandbox.
const LOOKED_UP_WITHIN: Duration = Duration::from_secs(5);
/// How often is looked whether somebody has edited the list.
const LOOK: Duration = Duration::from_secs(2);

impl Control {
    /// Ends a sandbox's Run, and has requests not start it again, after a restart neither. A check's sandbox is not kept,
    /// and has no other Run.
    pub(super) async fn stop(&self, name: &str) -> Reply {
        let id = match self.sandbox(name).await {
            Ok(id) => id,
            Err(why) => return Reply::Refused(why),
        };
        // Its Run is ended though the database does not answer.
        let kept = self.is_kept(&id).await;
        let written = match kept {
            Ok(true) => self.caps.blocks().block(Blocked::Stopped(id.clone())),
            Ok(false) | Err(_) => Ok(true),
        };
        let had_run = self.site.learning.sandboxes.end_run(&id).await;
        let done = match (had_run, &written) {
            (true, _) => format!("stopped the server of sandbox {id}"),
            (false, Ok(false)) => {
                return Reply::Refused(format!("the server of sandbox {id} is stopped already"));
            }
            (false, _) => {
                format!("no server of sandbox {id} runs, and no request starts it")
            }
        };
        tracing::info!(sandbox = id, had_run, "an operator stopped a server");
        match (kept, written) {
            (Err(why), _) => Reply::Refused(format!(
                "{done}, but a restart of hxlab lifts that, since it could not be kept: {why}"
            )),
            (_, Err(error)) if error.is_in_file() => Reply::Refused(format!(
                "{done}, but only until the list is mended: {error}; mend it, then stop it again"
            )),
            (_, Err(error)) => Reply::Refused(format!(
                "{done} until hxlab ends, but not after that: {error}"
            )),
            (Ok(true), Ok(_)) => Reply::Done(format!(
                "{done}; its learner's Run starts it again. To prevent that: hxlab block {id}"
            )),
            (Ok(false), Ok(_)) => Reply::Done(done),
        }
    }

    /// Shuts a sandbox, or shuts an address out, and ends what of theirs runs.
    pub(super) async fn block(&self, name: &str) -> Reply {
        let whom = match self.whom(name).await {
            Ok(whom) => whom,
            Err(why) => return Reply::Refused(why),
        };
        let words = whom.words();
        let written = self.caps.blocks().block(whom.clone());
        let ended = self.end_runs_of(&whom).await;
        match written {
            Err(error) if error.is_in_file() => Reply::Refused(format!(
                "{words} is blocked only until the list is mended: {error}; mend it, then block {name} again"
            )),
            Err(error) => Reply::Refused(format!(
                "{words} is blocked until hxlab ends, but not after that: {error}"
            )),
            Ok(false) => Reply::Refused(format!("{words} is blocked already")),
            Ok(true) => {
                tracing::info!(blocked = words, ended, "an operator blocked somebody");
                Reply::Done(match ended {
                    0 => format!("blocked {words}"),
                    1 => format!("blocked {words}, and stopped its server"),
                    _ => format!("blocked {words}, and stopped its {ended} servers"),
                })
            }
        }
    }

    /// Lets somebody in again. What is on the list need not be there any more.
    pub(super) async fn unblock(&self, name: &str) -> Reply {
        let whom = match self.listed(name) {
            Some(whom) => whom,
            None => match self.whom(name).await {
                Ok(whom) => whom,
                Err(why) => return Reply::Refused(why),
            },
        };
        let words = whom.words();
        match self.caps.blocks().unblock(&whom) {
            Ok(true) => {
                tracing::info!(unblocked = words, "an operator let somebody in again");
                Reply::Done(format!("{words} is blocked no longer"))
            }
            Ok(false) => Reply::Refused(match whom {
                Blocked::Sandbox(id) if self.caps.blocks().has(&Blocked::Stopped(id.clone())) => {
                    format!("{words} is stopped and not blocked: its learner's Run starts it")
                }
                _ => format!("{words} is not blocked; see hxlab blocked"),
            }),
            Err(error) if error.is_in_file() => Reply::Refused(format!(
                "{words} is blocked no longer, but only until the list is mended: {error}; delete its line there too"
            )),
            Err(error) => Reply::Refused(format!(
                "{words} is blocked no longer until hxlab ends, but is after that: {error}"
            )),
        }
    }

    /// Who is blocked. What was edited a moment ago counts already, and a fault in it is said.
    pub(super) async fn blocked(&self) -> Reply {
        match self.caps.blocks().follow() {
            Ok(edit) => self.heed(edit).await,
            Err(why) => {
                return Reply::Refused(format!(
                    "{why}; until it is mended, whoever was blocked before still is"
                ));
            }
        }
        let all = self.caps.blocks().all().into_iter();
        let entry = |(whom, since): (Blocked, u64)| BlockedEntry {
            what: whom.words(),
            since,
        };
        Reply::Blocked(all.map(entry).collect())
    }

    /// Takes over what is edited in the list, for ever: whoever is new on it has what of theirs runs ended.
    pub(crate) async fn follow_blocks(self) {
        let mut looks = interval(LOOK);
        let mut told = None;
        loop {
            looks.tick().await;
            match self.caps.blocks().follow() {
                Ok(edit) => {
                    told = None;
                    self.heed(edit).await;
                }
                // Once, and not each time that it is looked at.
                Err(why) if told.as_ref() != Some(&why) => {
                    tracing::error!(%why, "the block list has a fault, so its changes do not count: whoever was blocked before still is");
                    told = Some(why);
                }
                Err(_) => {}
            }
        }
    }

    async fn heed(&self, edit: Edit) {
        for whom in edit.blocked {
            let (ended, words) = (self.end_runs_of(&whom).await, whom.words());
            tracing::info!(blocked = words, ended, "the block list was edited");
        }
        for whom in edit.let_in {
            tracing::info!(unblocked = whom.words(), "the block list was edited");
        }
    }

    async fn end_runs_of(&self, whom: &Blocked) -> usize {
        let sandboxes = &self.site.learning.sandboxes;
        let ids = match whom {
            Blocked::Sandbox(id) | Blocked::Stopped(id) => vec![id.clone()],
            Blocked::Snapshot(id) => sandboxes.of_snapshot(id),
            Blocked::Address(address) => {
                let is_there = |who: Who| {
                    let at = self.site.whence.of(who);
                    at == Some(Who::Network(*address))
                };
                let live = sandboxes.figures().into_iter();
                let theirs = live.filter(|it| it.who.is_some_and(is_there));
                theirs.map(|it| it.id).collect()
            }
        };
        let mut ended = 0;
        for id in ids {
            ended += usize::from(sandboxes.end_run(&id).await);
        }
        ended
    }

    /// Whether the store knows a sandbox.
    pub(super) async fn is_kept(&self, id: &str) -> Result<bool, String> {
        let owner = self.site.learning.store.sandbox_owner(id);
        match timeout(LOOKED_UP_WITHIN, owner).await {
            Ok(found) => found
                .map(|owner| owner.is_some())
                .map_err(|error| error.to_string()),
            Err(_) => Err("the database does not answer".to_owned()),
        }
    }
}
