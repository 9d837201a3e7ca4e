//! The store's words: what the product asks to be kept and asks for again.
//!
//! They know no database. Each way to keep them implements this one trait and is held to one contract
//! (`contract_tests.rs`). What a word does is done whole or not at all, and when it answers `Ok`, it
//! outlives the process and the power.

use std::pin::Pin;

use super::{
    Attempt, CheckResult, Deed, Draft, Forgotten, GoodRun, IntegrityCheck, Kept, KeptPiece,
    KeptPlace, LearnerId, LessonRecord, Naming, NewAttempt, NewProject, OwnProject, Progress,
    SaveOutcome, SavedVersion, Secret, SecretHash, Shared, Snapshot, StoreError, StoreFigures,
    Taken, TooMany,
};
use crate::exercise::{ExerciseId, LessonSlug, ProjectId, QuestionId, StepId};
use crate::project::Project;
use crate::questions::Outcome;
use crate::questions::rounds::{Round, Terms};

/// What a word answers, in time.
pub(crate) type StoreFuture<T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send>>;

/// What every way to keep learners' work can do.
pub(crate) trait Words: Send + Sync {
    /// Finishes the writes that wait and closes the database. Later writes fail with
    /// [`StoreError::Closed`].
    fn close(&self) -> Pin<Box<dyn Future<Output = ()> + Send>>;

    /// Writes something that changes nothing: fails where nothing can be kept.
    fn probe(&self) -> StoreFuture<()>;

    /// Reads all that is kept, beside what else is done. Fails where it is damaged, and then so does [`Words::probe`].
    fn check_integrity(&self) -> StoreFuture<IntegrityCheck>;

    /// How much there is of it, and how busy it is.
    fn figures(&self) -> StoreFigures;

    /// Lets go of what need not stay in memory; to be done again and again.
    fn keep_small(&self);

    /// The site's secret: the one that is kept, or else this new one, which then is.
    fn site_secret(&self, new: Secret) -> StoreFuture<Secret>;

    // Learners.

    /// The learner with this hash of a token.
    fn learner(&self, token: SecretHash) -> StoreFuture<Option<LearnerId>>;

    /// Makes a learner for this hash of a new token; the same hash again gives the same learner.
    fn create_learner(&self, token: SecretHash) -> StoreFuture<LearnerId>;

    /// Keeps this hash of a learner's new recovery code; the code before it is no longer good.
    fn set_recovery(&self, learner: LearnerId, code: SecretHash) -> StoreFuture<()>;

    /// Makes the browser with this hash of a new token the learner's to whom the code belongs; none when
    /// it is nobody's.
    fn recover(&self, code: SecretHash, token: SecretHash) -> StoreFuture<Option<LearnerId>>;

    /// Makes a learner's recovery code no longer good.
    fn void_recovery(&self, learner: LearnerId) -> StoreFuture<()>;

    /// Leaves a learner this one token of theirs: every other browser is theirs no longer, and their recovery
    /// code is no longer good.
    fn keep_only(&self, learner: LearnerId, token: SecretHash) -> StoreFuture<()>;

    /// What is kept about a learner, in numbers.
    fn kept(&self, learner: LearnerId) -> StoreFuture<Kept>;

    /// All that is kept about a learner, without the hashes of secrets, in pieces: what comes at a place,
    /// none at the end. Each piece is read at its own moment; what is added meanwhile may be in it or not.
    fn kept_piece(&self, learner: LearnerId, place: KeptPlace) -> StoreFuture<Option<KeptPiece>>;

    /// Deletes a learner with all that is kept about them.
    fn forget(&self, learner: LearnerId) -> StoreFuture<Forgotten>;

    /// The learners who have done nothing for so many days, counted back from a time after which others did something
    /// on some days.
    fn untouched(&self, days: u32) -> StoreFuture<Vec<LearnerId>>;

    /// The same as [`Words::forget`], for a learner who has still done nothing; none for another.
    fn forget_untouched(&self, learner: LearnerId, days: u32) -> StoreFuture<Option<Forgotten>>;

    // Lessons.

    /// What a learner has done in the course.
    fn progress(&self, learner: LearnerId) -> StoreFuture<Progress>;

    /// All that the page of an exercise shows of a learner, as it was at one moment.
    fn lesson_record(&self, learner: LearnerId, exercise: &ExerciseId)
    -> StoreFuture<LessonRecord>;

    /// Keeps that a learner has opened a lesson; only the first time counts.
    fn mark_visited(&self, learner: LearnerId, lesson: &LessonSlug) -> StoreFuture<()>;

    /// Marks a lesson as read, or takes the mark away.
    fn mark_read(&self, learner: LearnerId, lesson: &LessonSlug, read: bool) -> StoreFuture<()>;

    /// Keeps that a learner has done these steps of an exercise; only the first time counts. Answers all that they have
    /// done there, in that order.
    fn tick(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        steps: &[StepId],
    ) -> StoreFuture<Vec<StepId>>;

    /// The steps of an exercise that a learner has done, in that order.
    fn ticked(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Vec<StepId>>;

    // Questions.

    /// All attempts of a learner at a lesson's questions, the oldest first.
    fn attempts(&self, learner: LearnerId, lesson: &LessonSlug) -> StoreFuture<Vec<Attempt>>;

    /// The round that a learner is in now at a question.
    fn round(&self, learner: LearnerId, question: &QuestionId, terms: &Terms)
    -> StoreFuture<Round>;

    /// Keeps an attempt, where these settings leave a try for it: of two answers that are sent at once for
    /// one try, one is taken.
    fn add_attempt(
        &self,
        learner: LearnerId,
        attempt: NewAttempt,
        terms: &Terms,
    ) -> StoreFuture<Taken>;

    /// Keeps that a learner looks at a question's answer, where these terms let them now. Answers whether
    /// they do.
    fn reveal(
        &self,
        learner: LearnerId,
        lesson: &LessonSlug,
        question: &QuestionId,
        terms: &Terms,
    ) -> StoreFuture<bool>;

    /// Keeps how a learner marks their newest answer to a question, where the judge was not sure of it and
    /// they have not marked it yet. Answers whether there was such an answer.
    fn mark_own(
        &self,
        learner: LearnerId,
        lesson: &LessonSlug,
        question: &QuestionId,
        outcome: Outcome,
    ) -> StoreFuture<bool>;

    // Exercises.

    /// The newest version of a draft.
    fn draft(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Option<Draft>>;

    /// One version of a draft.
    fn draft_at(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        version: u64,
    ) -> StoreFuture<Option<Draft>>;

    /// Saves a project that was made from version `base` of the draft, 0 when there was none.
    fn save_draft(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        project: &Project,
        base: u64,
    ) -> StoreFuture<SaveOutcome>;

    /// The versions of a draft before this number, without their files, the newest first, at most `limit` of them.
    fn versions(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        before: u64,
        limit: u32,
    ) -> StoreFuture<Vec<SavedVersion>>;

    /// Gives a version a name, by which it stays however old it is, or takes it away.
    fn name_version(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        version: u64,
        name: Option<&str>,
    ) -> StoreFuture<Naming>;

    /// Keeps that a Run of a version has started. The newest of these stays however old it is.
    fn note_run(&self, learner: LearnerId, exercise: &ExerciseId, version: u64) -> StoreFuture<()>;

    /// The version whose Run started last.
    fn good_run(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Option<GoodRun>>;

    /// The id of the sandbox of a draft, if it has one.
    fn sandbox_id(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Option<String>>;

    /// The id of the sandbox of a draft, which becomes `new_id` if there was none. Of two callers at once
    /// both get the same.
    fn sandbox_id_or(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        new_id: &str,
    ) -> StoreFuture<String>;

    /// Whose sandbox this is, and of which exercise.
    fn sandbox_owner(&self, id: &str) -> StoreFuture<Option<(LearnerId, ExerciseId)>>;

    /// Keeps how a check ended; where it was the last of all that passed, that the challenge is passed.
    fn add_result(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        result: CheckResult,
        all_passed: bool,
    ) -> StoreFuture<()>;

    /// How each check of a challenge ended last, in no order.
    fn results(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Vec<CheckResult>>;

    /// The version of the draft that passed a challenge first.
    fn passed(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Option<u64>>;

    // The playground.

    /// Keeps a new project of a learner's under this id, with the first version of its draft; not where they have as many
    /// as they may have.
    fn add_project(
        &self,
        learner: LearnerId,
        id: &ProjectId,
        new: NewProject,
    ) -> StoreFuture<Result<(), TooMany>>;

    /// A learner's projects, the one that was saved last first; deleted ones that can be brought back among them.
    fn own_projects(&self, learner: LearnerId) -> StoreFuture<Vec<OwnProject>>;

    /// One of them, where it is not deleted.
    fn own_project(&self, learner: LearnerId, id: &ProjectId) -> StoreFuture<Option<OwnProject>>;

    /// Gives a project another name. Answers whether there is one.
    fn rename_project(&self, learner: LearnerId, id: &ProjectId, name: &str) -> StoreFuture<bool>;

    /// Marks a project as deleted, or takes that back. What is shared of it is not there meanwhile. Answers whether there
    /// is one.
    fn mark_deleted(
        &self,
        learner: LearnerId,
        id: &ProjectId,
        is_deleted: bool,
    ) -> StoreFuture<bool>;

    /// Deletes a deleted project for good, with all that is shared of it. Answers whether there is one.
    fn erase_project(&self, learner: LearnerId, id: &ProjectId) -> StoreFuture<bool>;

    /// Does so with all projects that were deleted for too long to be brought back. Answers how many those were.
    fn sweep_projects(&self) -> StoreFuture<usize>;

    /// Shares the newest version of a project's draft under this id; where the same files are shared already, they are
    /// shared as before. None where there is no such project.
    fn share(
        &self,
        learner: LearnerId,
        project: &ProjectId,
        new_id: &str,
    ) -> StoreFuture<Option<Result<Shared, TooMany>>>;

    /// The snapshots of a project, the newest first.
    fn snapshots(&self, learner: LearnerId, project: &ProjectId) -> StoreFuture<Vec<Shared>>;

    /// What is shared under an id, by whomever.
    fn snapshot(&self, id: &str) -> StoreFuture<Option<Snapshot>>;

    /// Shares a snapshot no longer. Answers of which project it was; none where the learner shared no such one.
    fn take_back(&self, learner: LearnerId, id: &str) -> StoreFuture<Option<ProjectId>>;

    // Deeds.

    /// The deeds after this number, in order, at most `limit` of them.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a class's live view is to listen")
    )]
    fn deeds_after(&self, number: u64, limit: u32) -> StoreFuture<Vec<Deed>>;
}
