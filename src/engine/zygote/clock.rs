//! The clock of one turn inside a Run: a courtesy that can name the learner's line. The guarantee is
//! `hxlab`'s own clock, outside this process.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use crate::engine::message::LimitName;
use crate::engine::turn_time::{ProcessorClock, TurnTime};

/// For how long a turn may compute before others come first.
const SHORT: Duration = Duration::from_millis(50);

/// The time of the turn, and whether a limit was reached.
#[derive(Debug, Default)]
pub(super) struct TurnClock {
    turn: RefCell<Option<Turn>>,
    processor: RefCell<ProcessorClock>,
    stop: Cell<Option<LimitName>>,
}

/// A turn that is under way.
#[derive(Debug)]
struct Turn {
    /// What it may take, and the limit that says so.
    time: TurnTime,
    limit: LimitName,
    /// What it may take and still be a short one; none once it has taken more.
    short: Option<TurnTime>,
}

impl TurnClock {
    /// Begins a turn that may take so long, by the limit of this name.
    pub(super) fn begin(&self, long: Duration, limit: LimitName) {
        let now = Instant::now();
        let used = self.processor.borrow_mut().at_most(now);
        self.turn.replace(Some(Turn {
            time: TurnTime::inside(long, now, used),
            limit,
            short: Some(TurnTime::inside(SHORT, now, used)),
        }));
    }

    /// The turn is over.
    pub(super) fn end(&self) {
        self.turn.replace(None);
    }

    /// Gives back time that was not the learner's: waiting for `hxlab` to read.
    pub(super) fn forgive(&self, waited: Duration) {
        if let Some(turn) = &mut *self.turn.borrow_mut() {
            turn.time.forgive(waited);
            if let Some(short) = &mut turn.short {
                short.forgive(waited);
            }
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
        if let Some(Turn { time, limit, .. }) = &mut *self.turn.borrow_mut()
            && time.is_over(Instant::now(), || self.processor.borrow().read())
        {
            self.stop(*limit);
        }
        self.stop.get()
    }

    /// Lets whoever waits for the processor go first, once the turn is no longer short. The kernel would let the
    /// turn go on for a whole time slice, and a page that somebody waits for would be that much later.
    pub(super) fn give_way(&self) {
        if let Some(Turn { short, .. }) = &mut *self.turn.borrow_mut() {
            let used = || self.processor.borrow().read();
            short.take_if(|short| short.is_over(Instant::now(), used));
            if short.is_none() {
                std::thread::yield_now();
            }
        }
    }

    /// The limit that was reached, without a look at the time.
    pub(super) fn stopped(&self) -> Option<LimitName> {
        self.stop.get()
    }
}
