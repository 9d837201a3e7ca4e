//! The clock of one turn inside a Run: a courtesy that can name the learner's line. The guarantee is
//! `hxlab`'s own clock, outside this process.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use crate::engine::message::LimitName;
use crate::engine::turn_time::{TurnTime, processor_time};

/// The time of the turn, and whether a limit was reached.
#[derive(Debug, Default)]
pub(super) struct TurnClock {
    turn: RefCell<Option<TurnTime>>,
    stop: Cell<Option<LimitName>>,
}

impl TurnClock {
    /// A turn begins that may take `limit`.
    pub(super) fn begin(&self, limit: Duration) {
        let turn = TurnTime::begin(limit, Instant::now(), processor_time(None));
        self.turn.replace(Some(turn));
    }

    /// The turn is over.
    pub(super) fn end(&self) {
        self.turn.replace(None);
    }

    /// Gives back time that was not the learner's: waiting for `hxlab` to read.
    pub(super) fn forgive(&self, waited: Duration) {
        if let Some(turn) = &mut *self.turn.borrow_mut() {
            turn.forgive(waited);
        }
    }

    /// Ends the Run at the next point where the engine can be interrupted.
    pub(super) fn stop(&self, limit: LimitName) {
        if self.stop.get().is_none() {
            self.stop.set(Some(limit));
        }
    }

    /// Whether a limit was reached; looks at the time.
    pub(super) fn check(&self) -> Option<LimitName> {
        let mut turn = self.turn.borrow_mut();
        let over = |turn: &mut TurnTime| turn.is_over(Instant::now(), || processor_time(None));
        if turn.as_mut().is_some_and(over) {
            self.stop(LimitName::Time);
        }
        self.stop.get()
    }

    /// The limit that was reached, without a look at the time.
    pub(super) fn stopped(&self) -> Option<LimitName> {
        self.stop.get()
    }
}
