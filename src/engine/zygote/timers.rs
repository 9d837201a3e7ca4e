//! The timers of a Run: numbers that JavaScript chose, in the order in which they are due.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

/// The longest delay that JavaScript's timers know, 2³¹ − 1 ms.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// Timers by when they are due; those due at the same moment fire in the order they were set.
#[derive(Debug, Default)]
pub(super) struct Timers {
    due: BTreeSet<(Instant, u64, u32)>,
    by_id: HashMap<u32, (Instant, u64)>,
    order: u64,
}

impl Timers {
    /// Sets a timer, or sets it anew.
    pub(super) fn set(&mut self, id: u32, delay: Duration, now: Instant) {
        self.clear(id);
        self.order += 1;
        let at = now + delay.min(LONGEST);
        self.due.insert((at, self.order, id));
        self.by_id.insert(id, (at, self.order));
    }

    /// Forgets a timer.
    pub(super) fn clear(&mut self, id: u32) {
        if let Some((at, order)) = self.by_id.remove(&id) {
            self.due.remove(&(at, order, id));
        }
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.by_id.len()
    }

    /// When the next timer is due.
    pub(super) fn next(&self) -> Option<Instant> {
        self.due.first().map(|(at, ..)| *at)
    }

    /// Takes one timer that is due.
    pub(super) fn take_due(&mut self, now: Instant) -> Option<u32> {
        let (at, _, id) = *self.due.first()?;
        if at > now {
            return None;
        }
        self.clear(id);
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_fire_in_order_and_can_be_cleared() {
        let start = Instant::now();
        let mut timers = Timers::default();
        timers.set(1, Duration::from_millis(20), start);
        timers.set(2, Duration::from_millis(10), start);
        timers.set(3, Duration::from_millis(10), start);
        timers.set(4, Duration::from_millis(5), start);
        timers.clear(4);
        assert_eq!(timers.next(), Some(start + Duration::from_millis(10)));
        let later = start + Duration::from_millis(15);
        let fired: Vec<_> = std::iter::from_fn(|| timers.take_due(later)).collect();
        assert_eq!(fired, [2, 3]);
        assert_eq!(timers.take_due(later), None);
    }
}
