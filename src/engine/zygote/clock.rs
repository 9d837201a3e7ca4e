//! The clock of one turn inside a Run: a courtesy that can name the learner's line. The guarantee is
//! `hxlab`'s own clock, outside this process.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use crate::engine::message::LimitName;
use crate::engine::turn_time::{ProcessorClock, TurnTime};

/// The time of the turn, and whether a limit was reached.
#[derive(Debug, Default)]
pub(super) struct TurnClock {
    turn: RefCell<Option<(TurnTime, LimitName)>>,
    /// This process's.
    processor: RefCell<ProcessorClock>,
    stop: Cell<Option<LimitName>>,
}

impl TurnClock {
    /// A turn begins that may take so long, by the limit of this name.
    pub(super) fn begin(&self, long: Duration, limit: LimitName) {
        let now = Instant::now();
        let used = self.processor.borrow_mut().at_most(now);
        let turn = TurnTime::inside(long, now, used);
        self.turn.replace(Some((turn, limit)));
    }

    /// The turn is over.
    pub(super) fn end(&self) {
        self.turn.replace(None);
    }

    /// Gives back time that was not the learner's: waiting for `hxlab` to read.
    pub(super) fn forgive(&self, waited: Duration) {
        if let Some((turn, _)) = &mut *self.turn.borrow_mut() {
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
        if let Some((turn, limit)) = &mut *turn
            && turn.is_over(Instant::now(), || self.processor.borrow().read())
        {
            self.stop(*limit);
        }
        self.stop.get()
    }

    /// The limit that was reached, without a look at the time.
    pub(super) fn stopped(&self) -> Option<LimitName> {
        self.stop.get()
    }
}
