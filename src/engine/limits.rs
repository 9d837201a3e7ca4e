//! The rates among a Run's limits, counted; the limits themselves stand in [`crate::limits`].

use std::time::Instant;

pub use crate::limits::Limits;

/// How many seconds' worth of a rate may come at once.
const BURST: f64 = 3.0;

/// An allowance that fills again with time.
#[derive(Clone, Debug)]
pub(super) struct Allowance {
    left: f64,
    rate: f64,
    since: Instant,
}

impl Allowance {
    /// A full allowance of so many a second.
    #[must_use]
    pub(super) fn new(rate: u32, now: Instant) -> Self {
        let rate = f64::from(rate);
        Self {
            left: rate * BURST,
            rate,
            since: now,
        }
    }

    /// Takes `amount`; `false` when that is more than is left.
    #[expect(clippy::cast_precision_loss, reason = "amounts are sizes of frames")]
    pub(super) fn take(&mut self, amount: usize, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.since).as_secs_f64();
        self.since = now;
        self.left = (self.left + passed * self.rate).min(self.rate * BURST) - amount as f64;
        self.left >= 0.0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_allowance_bursts_then_follows_its_rate() {
        let start = Instant::now();
        let mut allowance = Allowance::new(10, start);
        assert!(allowance.take(30, start));
        assert!(!allowance.take(1, start));
        assert!(allowance.take(9, start + Duration::from_secs(1)));
        assert!(!allowance.take(31, start + Duration::from_mins(1)));
    }
}
