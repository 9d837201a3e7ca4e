//! What a sandbox has put off, and when it is due.

use std::collections::BTreeMap;

use tokio::time::{Instant, sleep_until};

use super::state::Due;

/// What was put off, the next first.
#[derive(Debug, Default)]
pub(super) struct Timers {
    /// By the time, and in the order in which they were added.
    all: BTreeMap<(Instant, u64), Due>,
    count: u64,
}

impl Timers {
    /// Adds one, in the place of the same one.
    pub(super) fn add(&mut self, at: Instant, due: Due) {
        self.forget(due);
        self.count += 1;
        self.all.insert((at, self.count), due);
    }

    /// Takes one out that nobody waits for any more. There are as many as requests may wait, so they are looked through.
    pub(super) fn forget(&mut self, unneeded: Due) {
        if !self.all.is_empty() {
            self.all.retain(|_, due| *due != unneeded);
        }
    }

    /// The next one, once it is due; never if there is none. Cancel-safe.
    pub(super) async fn next(&mut self) -> Due {
        let Some((at, _)) = self.all.keys().next().copied() else {
            return std::future::pending().await;
        };
        sleep_until(at).await;
        match self.all.pop_first() {
            Some((_, due)) => due,
            None => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::engine::message::RequestId;

    #[tokio::test]
    async fn what_is_due_first_comes_first_and_what_is_forgotten_or_replaced_does_not() {
        let mut timers = Timers::default();
        let now = Instant::now();
        let request = |number| Due::Request(RequestId(number));
        for (later, due) in [
            (1, Due::Refusal),
            (10, request(1)),
            (2, request(2)),
            (2, request(3)),
            (4, request(4)),
            (12, Due::Refusal),
        ] {
            timers.add(now + Duration::from_millis(later), due);
        }
        timers.forget(request(4));
        for due in [request(2), request(3), request(1), Due::Refusal] {
            assert_eq!(timers.next().await, due);
        }
        assert!(timers.all.is_empty());
    }
}
