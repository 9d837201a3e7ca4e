//! Whether a sandbox's Runs work on what they were sent, as its watchers are told.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::entry::Record;

/// Watchers hear of a turn that lasts so long: nearly all are much shorter.
const TURN_IS_LONG: Duration = Duration::from_millis(200);

/// What watchers were told, and when to look again.
#[derive(Debug, Default)]
pub(super) struct Work {
    under_way: bool,
    looks_at: Option<Instant>,
}

impl Work {
    /// A Run was sent something, so there is something to look at.
    pub(super) fn begin(&mut self) {
        self.looks_at
            .get_or_insert_with(|| Instant::now() + TURN_IS_LONG);
    }

    /// Resolves when it is time to look; never if there is nothing to look at. Cancel-safe.
    pub(super) async fn is_due(&self) {
        match self.looks_at {
            Some(at) => sleep_until(at).await,
            None => std::future::pending().await,
        }
    }

    /// Notes what was seen, and gives what watchers are to be told. It is looked at again as long as a Run works.
    pub(super) fn see(&mut self, under_way: bool) -> Option<Record> {
        self.looks_at = under_way.then(|| Instant::now() + TURN_IS_LONG);
        let is_news = under_way != self.under_way;
        self.under_way = under_way;
        is_news.then_some(Record::Work { under_way })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(news: Option<Record>) -> Option<bool> {
        news.map(|record| matches!(record, Record::Work { under_way: true }))
    }

    #[test]
    fn a_long_turn_is_told_once_and_its_end_once() {
        let mut work = Work::default();
        assert_eq!(work.looks_at, None);
        work.begin();
        assert_eq!(told(work.see(true)), Some(true));
        assert_eq!(told(work.see(true)), None);
        assert!(work.looks_at.is_some());
        assert_eq!(told(work.see(false)), Some(false));
        assert_eq!(work.looks_at, None);
    }

    #[test]
    fn a_short_turn_is_not_told() {
        let mut work = Work::default();
        work.begin();
        assert_eq!(told(work.see(false)), None);
        assert_eq!(work.looks_at, None);
    }

    #[tokio::test]
    async fn what_is_sent_meanwhile_puts_nothing_off() {
        let mut work = Work::default();
        work.begin();
        let at = work.looks_at;
        work.begin();
        assert_eq!(work.looks_at, at);
        work.is_due().await;
        assert!(at.is_some_and(|at| at <= Instant::now()));
    }
}
