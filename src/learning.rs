//! What a learner's state means: how far they are, what is due, what they work at.
//!
//! Entry points: [`Learning::learner`] gives a [`Learner`], through whom alone what is theirs is found, so
//! that another's is simply not there. [`Standing`], [`Tally`] and [`Review`] are pure: they say what a course
//! and a learner's progress come to. This floor knows no page and no request.

mod departures;
mod desk;
mod fault;
mod history;
mod learner;
mod outlines;
mod playground;
mod review;
mod standing;
mod steps;
mod tally;
mod trial;
mod work;

use std::sync::Arc;

use crate::budget::Quota;
use crate::challenge::Trials;
use crate::course::Course;
use crate::sandbox::registry::Sandboxes;
use crate::store::{LearnerId, Store, StoreError};

pub(crate) use departures::{DepartureListener, Departures};
pub(crate) use desk::Desk;
pub(crate) use fault::LearningFault;
pub(crate) use learner::Learner;
pub(crate) use review::{Review, met};
pub(crate) use standing::{Completion, Standing};
pub(crate) use steps::Noticing;
pub(crate) use tally::Tally;
pub(crate) use trial::{Evidence, OwnTrial};
pub(crate) use work::Work;

use outlines::Outlines;
use steps::Noticings;

/// The course, what is kept about its learners, and what of theirs is live.
pub(crate) struct Learning {
    pub(crate) course: Arc<Course>,
    pub(crate) store: Store,
    pub(crate) sandboxes: Sandboxes,
    /// How much is kept of each in a day.
    pub(crate) quota: Quota,
    /// Whose browsers may no longer see what is theirs.
    pub(crate) departures: Departures,
    trials: Trials,
    outlines: Outlines,
    noticings: Noticings,
}

impl Learning {
    /// Nothing is tried yet.
    pub(crate) fn new(
        course: Arc<Course>,
        store: Store,
        sandboxes: Sandboxes,
        quota: Quota,
    ) -> Arc<Self> {
        Arc::new(Self {
            course,
            store,
            sandboxes,
            quota,
            departures: Departures::default(),
            trials: Trials::default(),
            outlines: Outlines::default(),
            noticings: Noticings::default(),
        })
    }

    /// Deletes all of the learners who have done nothing for so many days. Answers how many they were.
    pub(crate) async fn forget_untouched(self: &Arc<Self>, days: u32) -> Result<usize, StoreError> {
        let mut forgotten = 0;
        for id in self.store.untouched(days).await? {
            forgotten += usize::from(self.learner(id).forget_untouched(days).await?);
        }
        Ok(forgotten)
    }

    /// Everything of one learner's.
    pub(crate) fn learner(self: &Arc<Self>, id: LearnerId) -> Learner {
        Learner::new(self.clone(), id)
    }
}

#[cfg(test)]
#[path = "learning_tests.rs"]
mod tests;
