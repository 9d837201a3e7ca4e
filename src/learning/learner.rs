//! A learner, and what is found through them.

use std::sync::Arc;

use super::Learning;
use crate::course::Lesson;
use crate::questions::rounds::Round;
use crate::questions::{Outcome, Question};
use crate::store::{
    Attempt, Draft, Forgotten, Kept, KeptPiece, KeptPlace, LearnerId, LessonRecord, NewAttempt,
    Progress, StoreError, Taken,
};

/// A learner, through whom alone what is theirs is found. Clones are cheap.
#[derive(Clone)]
pub(crate) struct Learner {
    pub(super) learning: Arc<Learning>,
    id: LearnerId,
}

impl Learner {
    pub(super) fn new(learning: Arc<Learning>, id: LearnerId) -> Self {
        Self { learning, id }
    }

    /// Who it is.
    pub(crate) fn id(&self) -> LearnerId {
        self.id
    }

    /// What they have done.
    pub(crate) async fn progress(&self) -> Result<Progress, StoreError> {
        self.learning.store.progress(self.id).await
    }

    /// Their answers to a lesson's questions, the oldest first.
    pub(crate) async fn attempts(&self, lesson: &Lesson) -> Result<Vec<Attempt>, StoreError> {
        self.learning.store.attempts(self.id, &lesson.slug).await
    }

    /// Their project for a lesson, as it was saved last.
    pub(crate) async fn draft(&self, lesson: &Lesson) -> Result<Option<Draft>, StoreError> {
        self.learning.store.draft(self.id, &lesson.exercise()).await
    }

    /// The version of their draft that first passed a lesson's challenge.
    pub(crate) async fn passed_draft(&self, lesson: &Lesson) -> Result<Option<Draft>, StoreError> {
        let (store, exercise) = (&self.learning.store, lesson.exercise());
        match store.passed(self.id, &exercise).await? {
            Some(version) => store.draft_at(self.id, &exercise, version).await,
            None => Ok(None),
        }
    }

    /// All that a lesson's page shows of them, as it was at one moment.
    pub(crate) async fn record(&self, lesson: &Lesson) -> Result<LessonRecord, StoreError> {
        let store = &self.learning.store;
        store.lesson_record(self.id, &lesson.exercise()).await
    }

    /// Rises whenever something of theirs is written.
    pub(crate) fn revision(&self) -> u64 {
        self.learning.store.revision(self.id)
    }

    /// The id of their sandbox for a lesson, the same each time.
    pub(crate) async fn sandbox_id(&self, lesson: &Lesson) -> Result<String, StoreError> {
        let exercise = lesson.exercise();
        self.learning.sandboxes.id(self.id, &exercise).await
    }

    /// Keeps that they have opened a lesson.
    pub(crate) async fn visit(&self, lesson: &Lesson) -> Result<(), StoreError> {
        let store = &self.learning.store;
        store.mark_visited(self.id, &lesson.slug).await
    }

    /// Marks a lesson as read, or takes the mark away.
    pub(crate) async fn mark_read(&self, lesson: &Lesson, read: bool) -> Result<(), StoreError> {
        let store = &self.learning.store;
        store.mark_read(self.id, &lesson.slug, read).await
    }

    /// The round that they are in now at a question.
    pub(crate) async fn round(&self, question: &Question) -> Result<Round, StoreError> {
        let store = &self.learning.store;
        store.round(self.id, &question.id, &question.terms()).await
    }

    /// Keeps an answer, unless there are no more tries.
    pub(crate) async fn answer(
        &self,
        question: &Question,
        attempt: NewAttempt,
    ) -> Result<Taken, StoreError> {
        let store = &self.learning.store;
        store.add_attempt(self.id, attempt, &question.terms()).await
    }

    /// Keeps that they look at the right answer; false where it is not due yet.
    pub(crate) async fn reveal(
        &self,
        lesson: &Lesson,
        question: &Question,
    ) -> Result<bool, StoreError> {
        let (id, terms) = (&question.id, question.terms());
        let store = &self.learning.store;
        store.reveal(self.id, &lesson.slug, id, &terms).await
    }

    /// Keeps how they mark their last answer; false where there is none to be marked by them.
    pub(crate) async fn mark_own(
        &self,
        lesson: &Lesson,
        question: &Question,
        outcome: Outcome,
    ) -> Result<bool, StoreError> {
        let store = &self.learning.store;
        let (lesson, question) = (&lesson.slug, &question.id);
        store.mark_own(self.id, lesson, question, outcome).await
    }

    /// What is kept about them, in numbers.
    pub(crate) async fn kept(&self) -> Result<Kept, StoreError> {
        self.learning.store.kept(self.id).await
    }

    /// Some of all that is kept about them, from a place on; none at the end.
    pub(crate) async fn kept_piece(
        &self,
        place: KeptPlace,
    ) -> Result<Option<KeptPiece>, StoreError> {
        self.learning.store.kept_piece(self.id, place).await
    }

    /// Deletes all that is kept about them, and ends what is live: their sandboxes, those of their trials, others' Runs
    /// of what they share, and the feeds that show them.
    pub(crate) async fn forget(&self) -> Result<(), StoreError> {
        let forgotten = self.learning.store.forget(self.id).await?;
        self.end(forgotten).await;
        Ok(())
    }

    /// The same, where they have done nothing for so many days. Answers whether that is so.
    pub(super) async fn forget_untouched(&self, days: u32) -> Result<bool, StoreError> {
        let store = &self.learning.store;
        let Some(forgotten) = store.forget_untouched(self.id, days).await? else {
            return Ok(false);
        };
        self.end(forgotten).await;
        Ok(true)
    }

    async fn end(&self, forgotten: Forgotten) {
        self.learning.departures.tell(self.id);
        self.end_trials().await;
        for sandbox in forgotten.sandboxes {
            self.learning.sandboxes.end(&sandbox).await;
        }
        for snapshot in forgotten.snapshots {
            self.learning.sandboxes.end_snapshot(&snapshot).await;
        }
    }
}
