//! The clock of one turn inside a Run: a courtesy that can name the learner's line. The guarantee is
//! `hxlab`'s own clock, outside this process.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::engine::message::LimitName;

/// When the turn must end, and whether a limit was reached.
#[derive(Debug, Default)]
pub(super) struct TurnClock {
    deadline: Cell<Option<Instant>>,
    stop: Cell<Option<LimitName>>,
}

impl TurnClock {
    /// A turn begins that may take `limit`.
    pub(super) fn begin(&self, limit: Duration) {
        self.deadline.set(Instant::now().checked_add(limit));
    }

    /// The turn is over.
    pub(super) fn end(&self) {
        self.deadline.set(None);
    }

    /// Gives back time that was not the learner's: waiting for `hxlab` to read.
    pub(super) fn forgive(&self, waited: Duration) {
        self.deadline.set(self.deadline.get().map(|at| at + waited));
    }

    /// Ends the Run at the next point where the engine can be interrupted.
    pub(super) fn stop(&self, limit: LimitName) {
        if self.stop.get().is_none() {
            self.stop.set(Some(limit));
        }
    }

    /// Whether a limit was reached; looks at the time.
    pub(super) fn check(&self) -> Option<LimitName> {
        if self.deadline.get().is_some_and(|at| Instant::now() >= at) {
            self.stop(LimitName::Time);
        }
        self.stop.get()
    }

    /// The limit that was reached, without a look at the time.
    pub(super) fn stopped(&self) -> Option<LimitName> {
        self.stop.get()
    }
}
