//! What was committed, told to whoever listens in this process.
//!
//! Deeds are announced in the order of their numbers, each after its commit and before whoever did it hears
//! that it is done. A listener who falls behind is told so by the channel, and reads what they missed by
//! number.
//!
//! A learner's *revision* rises with each commit that changed something of theirs, so what was made of it
//! before is known to be old.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::broadcast;

use super::{Deed, LearnerId};
use crate::budget::Quota;

/// How many deeds a listener may be behind.
const BEHIND: usize = 1024;
/// How many counters learners share. Two of one counter make each other's pages anew, which is right but
/// costs time; one counter for each learner would grow for ever.
const COUNTERS: usize = 4096;

/// A handle to the announcements; clones share it.
#[derive(Clone)]
pub(super) struct Announcements(Arc<Shared>);

struct Shared {
    deeds: broadcast::Sender<Arc<Deed>>,
    revisions: Box<[AtomicU64]>,
    hasher: RandomState,
    quota: Quota,
}

/// What one commit changed.
#[derive(Default)]
pub(super) struct Changes {
    /// In the order of their numbers.
    pub(super) deeds: Vec<Deed>,
    /// The learners of whom something was changed; may name one more than once.
    pub(super) learners: Vec<LearnerId>,
    /// What was kept of whom, in bytes.
    pub(super) kept: Vec<(LearnerId, u64)>,
}

impl Announcements {
    pub(super) fn counted_by(quota: Quota) -> Self {
        Self(Arc::new(Shared {
            deeds: broadcast::Sender::new(BEHIND),
            revisions: (0..COUNTERS).map(|_| AtomicU64::default()).collect(),
            hasher: RandomState::new(),
            quota,
        }))
    }

    /// Tells what was committed.
    pub(super) fn announce(&self, changes: Changes) {
        for learner in changes.learners {
            self.counter(learner).fetch_add(1, Ordering::Release);
        }
        for (learner, bytes) in changes.kept {
            self.0.quota.kept(learner.who(), bytes);
        }
        for deed in changes.deeds {
            // Nobody listening is no failure.
            let _ = self.0.deeds.send(Arc::new(deed));
        }
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Arc<Deed>> {
        self.0.deeds.subscribe()
    }

    pub(super) fn revision(&self, learner: LearnerId) -> u64 {
        self.counter(learner).load(Ordering::Acquire)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "any bits of a hash choose a counter"
    )]
    fn counter(&self, learner: LearnerId) -> &AtomicU64 {
        let hash = self.0.hasher.hash_one(learner) as usize;
        &self.0.revisions[hash % COUNTERS]
    }
}
