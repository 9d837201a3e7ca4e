//! The line of those who wait for ports: first come, first served.
//!
//! Whoever is first holds the turn and looks again whenever ports may have become free. Nobody who comes later takes
//! any meanwhile, so that a check that needs many is not overtaken for ever by those that need few. A learner's own
//! sandbox goes before all checks: without it nothing of theirs can be saved, run or checked.

use std::sync::atomic::{AtomicUsize, Ordering};
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
    /// How many go before the line.
    ahead: AtomicUsize,
}

/// One who goes before the line, for as long as this lives.
struct Ahead<'a>(&'a Line);

impl<'a> Ahead<'a> {
    fn of(line: &'a Line) -> Self {
        line.ahead.fetch_add(1, Ordering::Relaxed);
        Self(line)
    }
}

impl Drop for Ahead<'_> {
    fn drop(&mut self) {
        self.0.ahead.fetch_sub(1, Ordering::Relaxed);
        self.0.tell();
    }
}

impl Line {
    /// Ports may have become free.
    pub(super) fn tell(&self) {
        self.freed.notify_waiters();
    }

    /// Whether somebody goes before those in line.
    fn gives_way(&self) -> bool {
        self.ahead.load(Ordering::Relaxed) > 0
    }
}

impl Ports {
    /// A port for a learner's own sandbox; waits for so long at most, while checks have some that they give back.
    pub(super) async fn settle(
        &self,
        tenant: &Tenant,
        patience: Duration,
        is_used: IsUsed<'_>,
    ) -> Result<(), NoPort> {
        let first = self.lease(tenant, is_used);
        let Err(none) = first else { return Ok(()) };
        let _ahead = Ahead::of(&self.line);
        let lease = || self.lease(tenant, is_used).is_ok();
        let comes = self.comes_to(&lease, &|| false);
        match timeout(patience, comes).await {
            Ok(true) => Ok(()),
            _ => Err(none),
        }
    }

    /// Ports for all of these, or for none; waits for so long at most. Without patience, whoever comes while others
    /// wait gets none.
    pub(super) async fn reserve(
        &self,
        tenants: &[Tenant],
        patience: Duration,
        is_used: IsUsed<'_>,
    ) -> Result<(), NoPort> {
        if let Ok(_turn) = self.line.turn.try_lock()
            && !self.line.gives_way()
            && self.lease_all(tenants, is_used).is_ok()
        {
            return Ok(());
        }
        let comes = async {
            let _turn = self.line.turn.lock().await;
            let lease = || self.lease_all(tenants, is_used).is_ok();
            self.comes_to(&lease, &|| self.line.gives_way()).await
        };
        match timeout(patience, comes).await {
            Ok(true) => Ok(()),
            _ => Err(self.none()),
        }
    }

    /// Leases as soon as that can be, and while it need not give way; gives whether it has, or nobody gives any ports
    /// back.
    async fn comes_to(
        &self,
        lease: &(dyn Fn() -> bool + Sync),
        gives_way: &(dyn Fn() -> bool + Sync),
    ) -> bool {
        loop {
            // First, so that what becomes free while we look is not missed.
            let freed = self.line.freed.notified();
            let is_behind = gives_way();
            if !is_behind && lease() {
                return true;
            }
            if !is_behind && !self.some_come_back() {
                return false;
            }
            let _ = timeout(LOOKS_EVERY, freed).await;
        }
    }
}

#[cfg(test)]
#[path = "line_tests.rs"]
mod tests;
