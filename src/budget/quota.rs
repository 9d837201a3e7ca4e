//! How much of a learner's may be kept in a day, and of all learners' at one address.
//!
//! The store tells what it has written for a learner ([`Quota::kept`]). Whoever is about to have something written
//! asks first ([`Quota::admit`]), so the last write of a day may go beyond.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;

use super::{Allowance, Reason, Refusals, Who};

/// The most that is kept in a day, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuotaLimits {
    /// Of one learner: more than somebody who types all day.
    pub(crate) each: u64,
    /// Of all learners at one address other than this machine; a school can share one.
    pub(crate) at_address: u64,
}

impl Default for QuotaLimits {
    fn default() -> Self {
        Self {
            each: 256 << 20,
            at_address: 8 << 30,
        }
    }
}

/// The quotas of one program; clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Quota {
    learners: Allowance,
    addresses: Allowance,
    whence: Whence,
    refusals: Refusals,
}

/// All of a day was kept already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UsedUp {
    #[error(
        "You have saved as much today as one learner may. Nothing was changed: go on tomorrow, or ask whoever runs \
         the site for more."
    )]
    Learner,
    #[error(
        "Those at your address have saved as much today as one address may. Nothing was changed: go on tomorrow, or \
         ask whoever runs the site for more."
    )]
    Address,
}

impl Default for Quota {
    fn default() -> Self {
        Self::new(
            QuotaLimits::default(),
            Whence::default(),
            Refusals::default(),
        )
    }
}

impl Quota {
    /// Nothing was kept yet; who is turned away is counted there.
    #[must_use]
    pub(crate) fn new(limits: QuotaLimits, whence: Whence, refusals: Refusals) -> Self {
        Self {
            learners: Allowance::new(limits.each),
            addresses: Allowance::new(limits.at_address),
            whence,
            refusals,
        }
    }

    /// Whether something more of a learner's may be kept.
    pub(crate) fn admit(&self, learner: Who) -> Result<(), UsedUp> {
        let at = self.whence.of(learner);
        let (used_up, reason) = if !self.learners.has_left(learner) {
            (UsedUp::Learner, Reason::LearnerKept)
        } else if at.is_some_and(|at| !self.addresses.has_left(at)) {
            (UsedUp::Address, Reason::AddressKept)
        } else {
            return Ok(());
        };
        self.refusals.count(reason, Some(learner));
        Err(used_up)
    }

    /// Counts bytes that were kept of a learner's.
    pub(crate) fn kept(&self, learner: Who, bytes: u64) {
        self.learners.add(learner, bytes);
        if let Some(at) = self.whence.of(learner) {
            self.addresses.add(at, bytes);
        }
    }
}

/// The most learners whose address is known; where there are more, all are noted anew when they come.
const KNOWN: usize = 65_536;

/// From which address each learner came last; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whence(Arc<Mutex<HashMap<Who, Who>>>);

impl Whence {
    /// Notes where a learner comes from.
    pub(crate) fn note(&self, learner: Who, address: Option<IpAddr>) {
        let mut known = self.0.lock();
        if known.len() >= KNOWN {
            known.clear();
        }
        match address.and_then(Who::at) {
            Some(at) => known.insert(learner, at),
            None => known.remove(&learner),
        };
    }

    /// None for who comes from this machine. An address comes from itself.
    #[must_use]
    pub(crate) fn of(&self, who: Who) -> Option<Who> {
        match who {
            Who::Learner(_) => self.0.lock().get(&who).copied(),
            Who::Network(_) => Some(who),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: Who = Who::Learner(1);
    const BOB: Who = Who::Learner(2);
    const EVE: Who = Who::Learner(3);

    #[test]
    fn a_learner_and_an_address_have_their_parts() {
        let limits = QuotaLimits {
            each: 100,
            at_address: 150,
        };
        let quota = Quota::new(limits, Whence::default(), Refusals::default());
        let note = |who, address: &str| quota.whence.note(who, address.parse().ok());
        note(ADA, "2001:db8::1");
        note(BOB, "2001:db8::2");
        note(EVE, "192.0.2.1");
        quota.kept(ADA, 100);
        assert_eq!(quota.admit(ADA), Err(UsedUp::Learner));
        assert_eq!(quota.admit(BOB), Ok(()));
        quota.kept(BOB, 50);
        assert_eq!(quota.admit(BOB), Err(UsedUp::Address));
        assert_eq!(quota.admit(EVE), Ok(()));
        let counted = quota.refusals.totals().filter(|(_, total)| *total > 0);
        let counted: Vec<_> = counted.collect();
        assert_eq!(counted, [("kept-per-learner", 1), ("kept-per-address", 1)]);
        note(BOB, "127.0.0.1");
        assert_eq!(quota.admit(BOB), Ok(()));
    }

    #[test]
    fn so_many_learners_are_known() {
        let whence = Whence::default();
        for number in 0..=i64::try_from(KNOWN).expect("a few") {
            whence.note(Who::Learner(number), "192.0.2.1".parse().ok());
        }
        assert_eq!(whence.0.lock().len(), 1);
    }
}
