//! The line of those who wait for ports: first come, first served.
//!
//! Whoever is first holds the turn and looks again whenever ports may have become free. Nobody who comes later takes
//! any meanwhile, so that a check that needs many is not overtaken for ever by those that need few.

use std::time::Duration;

use tokio::sync::{Mutex, Notify};
use tokio::time::timeout;

use super::{IsUsed, NoPort, Ports, Tenant};

/// How often the first one looks by itself: a rest is over, or a learner has been away for long enough, without a word.
const LOOKS_EVERY: Duration = Duration::from_secs(1);

/// A line of those who wait.
#[derive(Default)]
pub(super) struct Line {
    /// Fair: who asks first has it first.
    turn: Mutex<()>,
    freed: Notify,
}

impl Line {
    /// Ports may have become free.
    pub(super) fn tell(&self) {
        self.freed.notify_waiters();
    }
}

impl Ports {
    /// Ports for all of these, or for none; waits for so long at most. Without patience, whoever comes while others
    /// wait gets none.
    pub(super) async fn reserve(
        &self,
        tenants: &[Tenant],
        patience: Duration,
        is_used: IsUsed<'_>,
    ) -> Result<(), NoPort> {
        if let Ok(_turn) = self.line.turn.try_lock()
            && self.lease_all(tenants, is_used).is_ok()
        {
            return Ok(());
        }
        let waited = timeout(patience, self.wait(tenants, is_used)).await;
        waited.map_err(|_| self.none())
    }

    async fn wait(&self, tenants: &[Tenant], is_used: IsUsed<'_>) {
        let _turn = self.line.turn.lock().await;
        loop {
            // First, so that what becomes free while we look is not missed.
            let freed = self.line.freed.notified();
            if self.lease_all(tenants, is_used).is_ok() {
                return;
            }
            let _ = timeout(LOOKS_EVERY, freed).await;
        }
    }
}

#[cfg(test)]
#[path = "line_tests.rs"]
mod tests;
