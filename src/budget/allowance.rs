//! So many bytes a day for each, of what is sent or kept.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::Who;

const DAY: Duration = Duration::from_hours(24);
/// The most who are counted: some megabytes. Beyond it those with least are counted anew.
const COUNTED: usize = 65_536;

/// What each has had since a day began; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Allowance {
    /// In bytes a day, of each.
    most: u64,
    today: Arc<Mutex<Today>>,
}

#[derive(Debug)]
struct Today {
    since: Instant,
    by: HashMap<Who, u64>,
}

impl Allowance {
    /// Nobody has had anything yet.
    pub(crate) fn new(most: u64) -> Self {
        let today = Today {
            since: Instant::now(),
            by: HashMap::new(),
        };
        Self {
            most,
            today: Arc::new(Mutex::new(today)),
        }
    }

    /// Whether somebody may have more today.
    pub(crate) fn has_left(&self, who: Who) -> bool {
        self.has_left_at(who, Instant::now())
    }

    fn has_left_at(&self, who: Who, now: Instant) -> bool {
        let mut today = self.today.lock();
        if now >= today.since + DAY {
            today.since = now;
            today.by.clear();
        }
        today.by.get(&who).is_none_or(|had| *had < self.most)
    }

    /// Counts bytes that somebody has had.
    pub(crate) fn add(&self, who: Who, bytes: u64) {
        let mut today = self.today.lock();
        if today.by.len() >= COUNTED && !today.by.contains_key(&who) {
            let little = self.most / 100;
            today.by.retain(|_, had| *had >= little);
        }
        *today.by.entry(who).or_default() += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_their_bytes_a_day() {
        let (ada, bob) = (Who::Learner(1), Who::Learner(2));
        let allowance = Allowance::new(1000);
        let start = Instant::now();
        allowance.add(ada, 999);
        assert!(allowance.has_left_at(ada, start));
        allowance.add(ada, 1);
        assert!(!allowance.has_left_at(ada, start) && allowance.has_left_at(bob, start));
        assert!(allowance.has_left_at(ada, start + DAY));
    }

    #[test]
    fn so_many_are_counted() {
        let allowance = Allowance::new(1000);
        for number in 0..=i64::try_from(COUNTED).unwrap() {
            let bytes = if number == 7 { 1000 } else { 1 };
            allowance.add(Who::Learner(number), bytes);
        }
        let counted = allowance.today.lock().by.len();
        assert_eq!(counted, 2, "the greedy one and the last");
    }
}
