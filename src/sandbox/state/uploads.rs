//! Bodies of requests that come in pieces, as fast as the Run reads them.

use super::super::upload::BrokenOff;
use super::{Action, ActionPlan, RunNumber, State, Unavailable};
use crate::engine::RunEnd;
use crate::engine::message::{LimitName, RequestId, ToRun};

/// The most bytes of one body, behind its beginning, that a Run was sent and has not read.
pub(super) const UNREAD: u32 = 256 * 1024;

impl State {
    /// A further piece; the shell lets no more come than was admitted.
    pub(super) fn body_piece(&mut self, request: RequestId, bytes: Vec<u8>, plan: &mut ActionPlan) {
        if let Some(asked) = self.requests.get_mut(&request)
            && let (Some(run), Some(unread)) = (asked.run, &mut asked.unread)
        {
            *unread += bytes.len() as u64;
            plan.push(Action::Tell(run, ToRun::BodyPiece { request, bytes }));
        }
    }

    pub(super) fn body_end(
        &mut self,
        request: RequestId,
        broken: Option<BrokenOff>,
        plan: &mut ActionPlan,
    ) {
        let broken = match broken {
            Some(BrokenOff::TooLong(why)) => {
                self.turn_away("A request", LimitName::Body, plan);
                if self.is_unanswered(request) {
                    return self.turn_back(request, Unavailable::TooLong(why), plan);
                }
                Some(why)
            }
            Some(BrokenOff::Lost(why)) => Some(why),
            None => None,
        };
        if let Some(asked) = self.requests.get(&request)
            && let (Some(run), Some(_)) = (asked.run, asked.unread)
        {
            plan.push(Action::Tell(run, ToRun::BodyEnd { request, broken }));
        }
    }

    /// The Run has read so much, so more may come.
    pub(super) fn body_read(
        &mut self,
        run: RunNumber,
        request: RequestId,
        bytes: u32,
        plan: &mut ActionPlan,
    ) {
        let Some(asked) = self.request_of(run, request) else {
            return;
        };
        let rest = asked.unread.and_then(|it| it.checked_sub(bytes.into()));
        if rest.is_none() {
            let how = "it reads more of a body than was sent".to_owned();
            return self.ended(run, RunEnd::Broke(how), plan);
        }
        asked.unread = rest;
        plan.push(Action::Admit(request, bytes));
    }
}
