//! Learners who are gone, or have signed out elsewhere: whoever shows something of theirs for long hears of it.

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::store::LearnerId;

/// So many may be told at once. Who has missed one looks for themselves.
const MISSED_AFTER: usize = 64;

/// Says who has departed. Clones share it.
#[derive(Clone)]
pub(crate) struct Departures(broadcast::Sender<LearnerId>);

/// Hears of one learner's departure.
pub(crate) struct DepartureListener {
    whose: LearnerId,
    all: broadcast::Receiver<LearnerId>,
}

impl Default for Departures {
    fn default() -> Self {
        Self(broadcast::Sender::new(MISSED_AFTER))
    }
}

impl Departures {
    /// Tells everybody who listens.
    pub(crate) fn tell(&self, learner: LearnerId) {
        // Nobody may be listening.
        let _ = self.0.send(learner);
    }

    /// Hears of this learner's from now on.
    pub(crate) fn of(&self, whose: LearnerId) -> DepartureListener {
        let all = self.0.subscribe();
        DepartureListener { whose, all }
    }
}

impl DepartureListener {
    /// Waits until the learner may have departed.
    pub(crate) async fn heard(&mut self) {
        loop {
            match self.all.recv().await {
                Ok(learner) if learner != self.whose => {}
                Ok(_) | Err(RecvError::Lagged(_)) => return,
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
