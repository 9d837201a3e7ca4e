//! What one Run may use. Each limit has a default and its reason; a Run that goes over one is ended
//! with the name of the limit, and hurts nobody else.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// What one Run may use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Processor time of one turn (by the wall clock, five times as much): one request, message or timer with the promises it settles.
    pub time: Duration,
    /// The same until `server.js` is loaded; a project may build tables as it starts.
    pub load_time: Duration,
    /// What the learner's objects may use, in bytes, beside the library that all Runs share.
    pub memory: usize,
    /// Console lines a second; three seconds' worth may come at once.
    pub lines: u32,
    /// Messages to `hxlab` a second, console lines among them; three seconds' worth at once.
    pub messages: u32,
    /// Bytes to `hxlab` a second; three seconds' worth at once.
    pub bytes: u32,
    /// How long it stays without clients until it is put to sleep: long enough for a reader who comes
    /// back to the page, short enough that a class's Runs of yesterday hold no memory.
    pub idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(1),
            load_time: Duration::from_secs(2),
            memory: 32 * 1024 * 1024,
            lines: 500,
            messages: 50_000,
            bytes: 32 * 1024 * 1024,
            idle: Duration::from_mins(15),
        }
    }
}

/// How many seconds' worth of a rate may come at once.
const BURST: f64 = 3.0;

/// An allowance that fills again with time.
#[derive(Clone, Debug)]
pub struct Allowance {
    left: f64,
    rate: f64,
    since: Instant,
}

impl Allowance {
    /// A full allowance of so many a second.
    #[must_use]
    pub fn new(rate: u32, now: Instant) -> Self {
        let rate = f64::from(rate);
        Self {
            left: rate * BURST,
            rate,
            since: now,
        }
    }

    /// Takes `amount`; `false` when that is more than is left.
    #[expect(clippy::cast_precision_loss, reason = "amounts are sizes of frames")]
    pub fn take(&mut self, amount: usize, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.since).as_secs_f64();
        self.since = now;
        self.left = (self.left + passed * self.rate).min(self.rate * BURST) - amount as f64;
        self.left >= 0.0
    }
}

#[cfg(test)]
mod tests {
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
