//! The versions of a learner's draft: to look through, to name, to find the last one whose Run started.

use super::work::Work;
use super::{Desk, Learner, LearningFault};
use crate::store::{Draft, Naming, SavedVersion};

impl Learner {
    /// The versions of their draft before this number, the newest first, at most `limit` of them.
    pub(crate) async fn versions(
        &self,
        work: &Work,
        before: u64,
        limit: u32,
    ) -> Result<Vec<SavedVersion>, LearningFault> {
        self.owns(work).await?;
        let store = &self.learning.store;
        let versions = store.versions(self.id(), &work.exercise(), before, limit);
        Ok(versions.await?)
    }

    /// One version of their draft, where it is still kept.
    pub(crate) async fn version(
        &self,
        work: &Work,
        version: u64,
    ) -> Result<Option<Draft>, LearningFault> {
        self.owns(work).await?;
        let store = &self.learning.store;
        let draft = store.draft_at(self.id(), &work.exercise(), version);
        Ok(draft.await?)
    }

    /// The version whose Run started last, and when it did, in milliseconds since 1970.
    pub(crate) async fn good_run(
        &self,
        work: &Work,
    ) -> Result<Option<(Draft, u64)>, LearningFault> {
        self.owns(work).await?;
        let Some(run) = self
            .learning
            .store
            .good_run(self.id(), &work.exercise())
            .await?
        else {
            return Ok(None);
        };
        let draft = self.version(work, run.version).await?;
        Ok(draft.map(|draft| (draft, run.ran_ms)))
    }

    /// Gives a version of their draft a name, or takes it away.
    pub(crate) async fn name_version(
        &self,
        work: &Work,
        version: u64,
        name: Option<&str>,
    ) -> Result<Naming, LearningFault> {
        self.owns(work).await?;
        self.learning.quota.admit(self.id().who())?;
        let store = &self.learning.store;
        let named = store.name_version(self.id(), &work.exercise(), version, name);
        Ok(named.await?)
    }
}

impl Desk {
    /// Keeps that a Run of a version has started. The learner's server runs all the same where that fails.
    pub(crate) async fn note_run(&self, version: u64) {
        let (learner, exercise) = (self.learner.id(), self.work.exercise());
        let store = &self.learner.learning.store;
        let noted = async {
            let last = store.good_run(learner, &exercise).await?;
            if last.is_some_and(|last| last.version == version) {
                return Ok(());
            }
            store.note_run(learner, &exercise, version).await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "it was not kept which code ran last");
        }
    }
}
