//! The clock of a Run's turns as `hxlab` keeps it, and the checks of what a Run says: pure, so that
//! they can be tested without a process.
//!
//! A turn is outstanding from the moment a message is sent, or [`FromRun::Turn`] comes, until
//! [`FromRun::Idle`] answers it. Time in which `hxlab` itself does not read is not counted. `used` is
//! everywhere the processor time of the Run's process so far.

use std::time::{Duration, Instant};

use super::limits::{Allowance, Limits};
use super::message::{CHUNK_LIMIT, CONTROL_LIMIT, FromRun, LimitName, ResponseBody};
use super::turn_time::TurnTime;

/// How long after the engine's own limit the process is killed: time enough for it to name the line.
pub(super) const GRACE: Duration = Duration::from_millis(80);

/// Why a Run must end.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Violation {
    /// It went over a limit.
    Limit(LimitName),
    /// It broke the protocol.
    Broke(String),
}

/// Watches one Run.
#[derive(Debug)]
pub(super) struct Watch {
    limits: Limits,
    ready: bool,
    sent: u64,
    done: u64,
    own_turn: bool,
    turn: Option<TurnTime>,
    /// Bytes of a message of which only parts have come.
    parts: usize,
    lines: Allowance,
    messages: Allowance,
    bytes: Allowance,
}

impl Watch {
    /// A Run that was just forked.
    pub(super) fn new(limits: Limits, now: Instant) -> Self {
        Self {
            ready: false,
            sent: 0,
            done: 0,
            own_turn: false,
            turn: None,
            parts: 0,
            lines: Allowance::new(limits.lines.saturating_mul(2), now),
            messages: Allowance::new(limits.messages, now),
            bytes: Allowance::new(limits.bytes, now),
            limits,
        }
    }

    /// When to ask whether the turn [is late](Watch::is_late).
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.turn.as_ref().map(TurnTime::next)
    }

    /// Whether one is.
    pub(super) fn is_turn_under_way(&self) -> bool {
        self.turn.is_some()
    }

    /// The limit of the turn that is under way.
    pub(super) fn turn_limit(&self) -> LimitName {
        if self.ready {
            LimitName::Turn
        } else {
            LimitName::Start
        }
    }

    /// Whether the turn took too long, and the Run must be killed.
    pub(super) fn is_late(&mut self, now: Instant, used: impl FnOnce() -> Duration) -> bool {
        self.turn
            .as_mut()
            .is_some_and(|turn| turn.is_over(now, used))
    }

    /// So many messages were sent in all.
    pub(super) fn sent(&mut self, sent: u64, now: Instant, used: impl FnOnce() -> Duration) {
        self.sent = sent;
        if self.turn.is_none() && self.outstanding() {
            self.begin(now, used());
        }
    }

    /// `hxlab` did not read for so long.
    pub(super) fn forgive(&mut self, away: Duration) {
        if let Some(turn) = &mut self.turn {
            turn.forgive(away);
        }
    }

    /// Takes one message of the Run; `bytes` is the length of its frame, `minted` the highest number
    /// of a request that it was given.
    pub(super) fn hear(
        &mut self,
        message: &FromRun,
        bytes: usize,
        minted: Option<u32>,
        now: Instant,
        used: impl FnOnce() -> Duration,
    ) -> Result<(), Violation> {
        check(message, minted)?;
        self.join(message)?;
        let line = matches!(message, FromRun::Log { .. } | FromRun::Uncaught { .. });
        let over = if line && !self.lines.take(1, now) {
            Some(LimitName::Lines)
        } else if !self.messages.take(1, now) {
            Some(LimitName::Messages)
        } else if !self.bytes.take(bytes, now) {
            Some(LimitName::Bytes)
        } else {
            None
        };
        if let Some(limit) = over {
            return Err(Violation::Limit(limit));
        }
        match message {
            FromRun::Ready => self.ready = true,
            FromRun::Turn => {
                self.own_turn = true;
                if self.turn.is_none() {
                    self.begin(now, used());
                }
            }
            FromRun::Idle { done, .. } => self.idle(*done, now, used)?,
            _ => {}
        }
        Ok(())
    }

    /// Holds messages in parts to their limit and to their turn.
    fn join(&mut self, message: &FromRun) -> Result<(), Violation> {
        let broke = |sentence: &str| Err(Violation::Broke(sentence.to_owned()));
        match message {
            FromRun::Part { .. } if self.turn.is_none() => {
                broke("it sends a part of a message outside of a turn")
            }
            FromRun::Part { bytes } => {
                self.parts += bytes.len();
                if self.parts > self.limits.queued {
                    return broke("it sends a message that is too long");
                }
                Ok(())
            }
            FromRun::Send { .. } | FromRun::Publish { .. } => {
                self.parts = 0;
                Ok(())
            }
            // A limit may end the Run anywhere.
            FromRun::Stopped { .. } => Ok(()),
            _ if self.parts > 0 => broke("it does not end the message that it began"),
            _ => Ok(()),
        }
    }

    fn idle(
        &mut self,
        done: u64,
        now: Instant,
        used: impl FnOnce() -> Duration,
    ) -> Result<(), Violation> {
        if done < self.done || done > self.sent || (done == self.done && !self.own_turn) {
            return Err(Violation::Broke(format!(
                "it says {done} messages are done, after {} of {}",
                self.done, self.sent
            )));
        }
        self.done = done;
        self.own_turn = false;
        self.turn = None;
        if self.outstanding() {
            self.begin(now, used());
        }
        Ok(())
    }

    fn outstanding(&self) -> bool {
        self.own_turn || self.done < self.sent
    }

    fn begin(&mut self, now: Instant, used: Duration) {
        let limit = match self.turn_limit() {
            LimitName::Start => self.limits.start,
            _ => self.limits.turn,
        };
        self.turn = Some(TurnTime::outside(limit, GRACE, now, used));
    }
}

/// What can be said of one message without knowing any other.
fn check(message: &FromRun, minted: Option<u32>) -> Result<(), Violation> {
    let broke = |sentence: &str| Err(Violation::Broke(sentence.to_owned()));
    if handle(message).is_some_and(|handle| minted.is_none_or(|minted| handle > minted)) {
        return broke("it names a request or socket that it was not given");
    }
    match message {
        FromRun::Respond { status, .. } if !(200..=599).contains(status) => {
            broke("it answers with a status outside 200 to 599")
        }
        FromRun::Respond {
            body: ResponseBody::Whole(bytes),
            ..
        }
        | FromRun::Chunk { bytes, .. }
            if bytes.len() > CHUNK_LIMIT =>
        {
            broke("it sends a piece of a body over 64 KiB")
        }
        FromRun::Part { bytes } if bytes.len() > CHUNK_LIMIT => {
            broke("it sends a part of a message over 64 KiB")
        }
        FromRun::Ping { payload, .. } if payload.len() > CONTROL_LIMIT => {
            broke("it sends a ping of over 125 bytes")
        }
        _ => Ok(()),
    }
}

/// The request or socket that a message names.
fn handle(message: &FromRun) -> Option<u32> {
    match message {
        FromRun::Respond { request, .. }
        | FromRun::Chunk { request, .. }
        | FromRun::End { request, .. }
        | FromRun::BodyRead { request, .. }
        | FromRun::Upgrade { request, .. } => Some(request.0),
        FromRun::Send { socket, .. }
        | FromRun::Close { socket, .. }
        | FromRun::Terminate { socket }
        | FromRun::Ping { socket, .. }
        | FromRun::Subscribe { socket, .. }
        | FromRun::Unsubscribe { socket, .. } => Some(socket.0),
        FromRun::Publish { except, .. } => except.map(|socket| socket.0),
        FromRun::Ready
        | FromRun::Failed { .. }
        | FromRun::Log { .. }
        | FromRun::Uncaught { .. }
        | FromRun::Turn
        | FromRun::Idle { .. }
        | FromRun::Stopped { .. }
        | FromRun::Part { .. } => None,
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
