//! Keeping learners' work in SQLite, in one file of the data folder.
//!
//! Entry point: [`Sqlite::open`]. This file is the list of what can be kept; the SQL of each noun stands in a
//! file of its own, as functions of a connection.
//!
//! One thread writes ([`writer`]): it takes all writes that wait, runs each in a savepoint of one transaction,
//! commits once with one fsync, announces the deeds, and only then answers each. So an acknowledged write
//! outlives the process and the power, and many learners who answer at once cost one fsync. Reads go to a few
//! connections of their own ([`readers`]) and see all that was acknowledged before.

mod attempts;
pub(super) mod backup;
mod challenges;
mod deeds;
mod drafts;
mod error;
mod history;
mod integrity;
mod kept;
mod learners;
mod lessons;
mod lock;
mod opening;
mod playground;
pub(super) mod purge;
mod readers;
mod reserve;
mod sandboxes;
mod schema;
mod texts;
mod ticks;
mod untouched;
mod upgrade;
mod versions;
mod wal;
mod writer;

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::Connection;
use tokio::task::spawn_blocking;

use super::{
    Attempt, CheckResult, Deed, Draft, Forgotten, GoodRun, IntegrityCheck, Kept, KeptPiece,
    KeptPlace, LearnerId, LessonRecord, Naming, NewAttempt, NewProject, OwnProject, Progress,
    SaveOutcome, SavedVersion, Secret, SecretHash, Shared, Snapshot, StoreError, StoreFigures,
    StoreFuture, Taken, TooMany, Words,
};
use crate::exercise::{ExerciseId, LessonSlug, ProjectId, QuestionId, StepId};
use crate::project::Project;
use crate::questions::Outcome;
use crate::questions::rounds::{Round, Terms};

use integrity::Integrity;
use opening::OpenFile;
use readers::Readers;
use reserve::Reserve;
use texts::Texts;
use writer::{Writer, Writing};

/// The database's file in the data folder.
pub(crate) const FILE: &str = "hxlab.db";

/// The open database.
pub(super) struct Sqlite {
    writer: Writer,
    readers: Arc<Readers>,
    texts: Arc<Texts>,
    file: OpenFile,
    integrity: Integrity,
    reserve: Reserve,
}

impl Sqlite {
    /// Runs `work` in a transaction; when this answers `Ok`, its changes are on the disk.
    fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Writing<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> StoreFuture<T> {
        let writer = self.writer.clone();
        Box::pin(async move { writer.write(work).await })
    }

    /// Runs `work` on a connection that only reads, at one moment of the database.
    fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> StoreFuture<T> {
        let readers = self.readers.clone();
        Box::pin(async move { readers.read(work).await })
    }
}

impl Words for Sqlite {
    fn close(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let (writer, integrity) = (self.writer.clone(), self.integrity.clone());
        Box::pin(async move {
            integrity.end().await;
            writer.close().await;
        })
    }

    fn probe(&self) -> StoreFuture<()> {
        let (writer, file) = (self.writer.clone(), self.file.clone());
        let (reserve, integrity) = (self.reserve.clone(), self.integrity.clone());
        Box::pin(async move {
            // SQLite goes on in a file that has lost its name, and all of that would be lost.
            if !file.is_there() {
                return Err(StoreError::Gone { path: file.path });
            }
            integrity.is_whole()?;
            let written = writer.write(|writing| schema::probe(writing)).await?;
            let look = spawn_blocking(move || schema::look(&file.path, &written));
            look.await
                .map_err(|error| StoreError::Other(error.to_string()))??;
            reserve.renew();
            Ok(())
        })
    }

    fn check_integrity(&self) -> StoreFuture<IntegrityCheck> {
        let integrity = self.integrity.clone();
        Box::pin(async move { integrity.check().await })
    }

    fn figures(&self) -> StoreFigures {
        // A file that is not there takes nothing.
        let bytes = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
        let log_bytes = bytes(&self.file.path.with_extension("db-wal"));
        let (commits, committing) = self.writer.commits();
        StoreFigures {
            bytes: bytes(&self.file.path) + log_bytes,
            log_bytes,
            waiting: self.writer.waiting(),
            commits,
            committing,
            check: self.integrity.last(),
        }
    }

    fn keep_small(&self) {
        self.texts.keep_small();
        self.readers.keep_small();
        self.writer.keep_small();
    }

    fn site_secret(&self, new: Secret) -> StoreFuture<Secret> {
        let kept = self.read(learners::site_secret);
        let keep = self.write(move |writing| learners::keep_site_secret(writing, new));
        Box::pin(async move {
            match kept.await? {
                Some(secret) => Ok(secret),
                None => keep.await,
            }
        })
    }

    fn learner(&self, token: SecretHash) -> StoreFuture<Option<LearnerId>> {
        self.read(move |connection| learners::of_token(connection, token))
    }

    fn create_learner(&self, token: SecretHash) -> StoreFuture<LearnerId> {
        self.write(move |writing| learners::create(writing, token))
    }

    fn set_recovery(&self, learner: LearnerId, code: SecretHash) -> StoreFuture<()> {
        self.write(move |writing| learners::set_recovery(writing, learner, code))
    }

    fn void_recovery(&self, learner: LearnerId) -> StoreFuture<()> {
        self.write(move |writing| learners::void_recovery(writing, learner))
    }

    fn keep_only(&self, learner: LearnerId, token: SecretHash) -> StoreFuture<()> {
        self.write(move |writing| learners::keep_only(writing, learner, token))
    }

    fn recover(&self, code: SecretHash, token: SecretHash) -> StoreFuture<Option<LearnerId>> {
        self.write(move |writing| learners::recover(writing, code, token))
    }

    fn kept(&self, learner: LearnerId) -> StoreFuture<Kept> {
        self.read(move |connection| kept::in_numbers(connection, learner))
    }

    fn kept_piece(&self, learner: LearnerId, place: KeptPlace) -> StoreFuture<Option<KeptPiece>> {
        self.read(move |connection| kept::piece(connection, learner, place))
    }

    fn forget(&self, learner: LearnerId) -> StoreFuture<Forgotten> {
        let (writer, reserve) = (self.writer.clone(), self.reserve.clone());
        Box::pin(async move {
            let forget = move |writing: &Writing<'_>| kept::forget(writing, learner);
            let forgotten = writer.write(forget).await;
            if !matches!(forgotten, Err(StoreError::Full)) || !reserve.give_up() {
                return forgotten;
            }
            let some = move |writing: &Writing<'_>| kept::forget_some(writing, learner);
            while writer.write(some).await? {}
            let forgotten = writer.write(forget).await;
            reserve.renew();
            forgotten
        })
    }

    fn untouched(&self, days: u32) -> StoreFuture<Vec<LearnerId>> {
        self.read(move |connection| untouched::all(connection, days))
    }

    fn forget_untouched(&self, learner: LearnerId, days: u32) -> StoreFuture<Option<Forgotten>> {
        self.write(move |writing| untouched::forget(writing, learner, days))
    }

    fn progress(&self, learner: LearnerId) -> StoreFuture<Progress> {
        self.read(move |connection| lessons::progress(connection, learner))
    }

    fn lesson_record(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
    ) -> StoreFuture<LessonRecord> {
        let (exercise, texts) = (exercise.clone(), self.texts.clone());
        self.read(move |connection| {
            Ok(LessonRecord {
                progress: lessons::progress(connection, learner)?,
                attempts: attempts::of_lesson(connection, learner, &exercise.lesson)?,
                draft: drafts::newest(connection, &texts, learner, &exercise)?,
                results: challenges::results(connection, learner, &exercise)?,
                sandbox: sandboxes::id(connection, learner, &exercise)?,
            })
        })
    }

    fn mark_visited(&self, learner: LearnerId, lesson: &LessonSlug) -> StoreFuture<()> {
        let lesson = lesson.clone();
        self.write(move |writing| lessons::mark_visited(writing, learner, &lesson))
    }

    fn mark_read(&self, learner: LearnerId, lesson: &LessonSlug, read: bool) -> StoreFuture<()> {
        let lesson = lesson.clone();
        self.write(move |writing| lessons::mark_read(writing, learner, &lesson, read))
    }

    fn tick(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        steps: &[StepId],
    ) -> StoreFuture<Vec<StepId>> {
        let (exercise, steps) = (exercise.clone(), steps.to_vec());
        self.write(move |writing| ticks::add(writing, learner, &exercise, &steps))
    }

    fn ticked(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Vec<StepId>> {
        let exercise = exercise.clone();
        self.read(move |connection| ticks::of_exercise(connection, learner, &exercise))
    }

    fn attempts(&self, learner: LearnerId, lesson: &LessonSlug) -> StoreFuture<Vec<Attempt>> {
        let lesson = lesson.clone();
        self.read(move |connection| attempts::of_lesson(connection, learner, &lesson))
    }

    fn round(
        &self,
        learner: LearnerId,
        question: &QuestionId,
        terms: &Terms,
    ) -> StoreFuture<Round> {
        let (question, terms) = (question.clone(), terms.clone());
        self.read(move |connection| attempts::round_now(connection, learner, &question, &terms))
    }

    fn add_attempt(
        &self,
        learner: LearnerId,
        attempt: NewAttempt,
        terms: &Terms,
    ) -> StoreFuture<Taken> {
        let terms = terms.clone();
        self.write(move |writing| attempts::add(writing, learner, &attempt, &terms))
    }

    fn reveal(
        &self,
        learner: LearnerId,
        lesson: &LessonSlug,
        question: &QuestionId,
        terms: &Terms,
    ) -> StoreFuture<bool> {
        let (lesson, question, terms) = (lesson.clone(), question.clone(), terms.clone());
        self.write(move |writing| attempts::reveal(writing, learner, (&lesson, &question), &terms))
    }

    fn mark_own(
        &self,
        learner: LearnerId,
        lesson: &LessonSlug,
        question: &QuestionId,
        outcome: Outcome,
    ) -> StoreFuture<bool> {
        let (lesson, question) = (lesson.clone(), question.clone());
        self.write(move |writing| {
            attempts::mark_own(writing, learner, (&lesson, &question), outcome)
        })
    }

    fn draft(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Option<Draft>> {
        let (exercise, texts) = (exercise.clone(), self.texts.clone());
        self.read(move |connection| drafts::newest(connection, &texts, learner, &exercise))
    }

    fn draft_at(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        version: u64,
    ) -> StoreFuture<Option<Draft>> {
        let (exercise, texts) = (exercise.clone(), self.texts.clone());
        self.read(move |connection| drafts::at(connection, &texts, learner, &exercise, version))
    }

    fn save_draft(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        project: &Project,
        base: u64,
    ) -> StoreFuture<SaveOutcome> {
        // Its texts are shared, not copied.
        let (exercise, project) = (exercise.clone(), project.clone());
        let texts = self.texts.clone();
        self.write(move |writing| drafts::save(writing, &texts, learner, &exercise, &project, base))
    }

    fn versions(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        before: u64,
        limit: u32,
    ) -> StoreFuture<Vec<SavedVersion>> {
        let exercise = exercise.clone();
        self.read(move |connection| {
            history::versions(connection, learner, &exercise, (before, limit))
        })
    }

    fn name_version(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        version: u64,
        name: Option<&str>,
    ) -> StoreFuture<Naming> {
        let (exercise, name) = (exercise.clone(), name.map(str::to_owned));
        self.write(move |writing| {
            history::name(writing, learner, &exercise, (version, name.as_deref()))
        })
    }

    fn note_run(&self, learner: LearnerId, exercise: &ExerciseId, version: u64) -> StoreFuture<()> {
        let exercise = exercise.clone();
        self.write(move |writing| history::note_run(writing, learner, &exercise, version))
    }

    fn good_run(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Option<GoodRun>> {
        let exercise = exercise.clone();
        self.read(move |connection| history::good_run(connection, learner, &exercise))
    }

    fn sandbox_id(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Option<String>> {
        let exercise = exercise.clone();
        self.read(move |connection| sandboxes::id(connection, learner, &exercise))
    }

    fn sandbox_id_or(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        new_id: &str,
    ) -> StoreFuture<String> {
        let (exercise, new_id) = (exercise.clone(), new_id.to_owned());
        self.write(move |writing| sandboxes::id_or(writing, learner, &exercise, &new_id))
    }

    fn sandbox_owner(&self, id: &str) -> StoreFuture<Option<(LearnerId, ExerciseId)>> {
        let id = id.to_owned();
        self.read(move |connection| sandboxes::owner(connection, &id))
    }

    fn add_result(
        &self,
        learner: LearnerId,
        exercise: &ExerciseId,
        result: CheckResult,
        all_passed: bool,
    ) -> StoreFuture<()> {
        let exercise = exercise.clone();
        self.write(move |writing| {
            challenges::add_result(writing, learner, &exercise, &result, all_passed)
        })
    }

    fn results(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Vec<CheckResult>> {
        let exercise = exercise.clone();
        self.read(move |connection| challenges::results(connection, learner, &exercise))
    }

    fn passed(&self, learner: LearnerId, exercise: &ExerciseId) -> StoreFuture<Option<u64>> {
        let exercise = exercise.clone();
        self.read(move |connection| challenges::passed(connection, learner, &exercise))
    }

    fn add_project(
        &self,
        learner: LearnerId,
        id: &ProjectId,
        new: NewProject,
    ) -> StoreFuture<Result<(), TooMany>> {
        let (id, texts) = (id.clone(), self.texts.clone());
        self.write(move |writing| playground::add(writing, &texts, learner, &id, &new))
    }

    fn own_projects(&self, learner: LearnerId) -> StoreFuture<Vec<OwnProject>> {
        self.read(move |connection| playground::all(connection, learner))
    }

    fn own_project(&self, learner: LearnerId, id: &ProjectId) -> StoreFuture<Option<OwnProject>> {
        let id = id.clone();
        self.read(move |connection| playground::one(connection, learner, &id))
    }

    fn rename_project(&self, learner: LearnerId, id: &ProjectId, name: &str) -> StoreFuture<bool> {
        let (id, name) = (id.clone(), name.to_owned());
        self.write(move |writing| playground::rename(writing, learner, &id, &name))
    }

    fn mark_deleted(
        &self,
        learner: LearnerId,
        id: &ProjectId,
        is_deleted: bool,
    ) -> StoreFuture<bool> {
        let id = id.clone();
        self.write(move |writing| playground::mark_deleted(writing, learner, &id, is_deleted))
    }

    fn erase_project(&self, learner: LearnerId, id: &ProjectId) -> StoreFuture<bool> {
        let id = id.clone();
        self.write(move |writing| playground::erase(writing, learner, &id))
    }

    fn sweep_projects(&self) -> StoreFuture<usize> {
        self.write(playground::sweep)
    }

    fn share(
        &self,
        learner: LearnerId,
        project: &ProjectId,
        new_id: &str,
    ) -> StoreFuture<Option<Result<Shared, TooMany>>> {
        let (project, new_id) = (project.clone(), new_id.to_owned());
        self.write(move |writing| playground::share(writing, learner, &project, &new_id))
    }

    fn snapshots(&self, learner: LearnerId, project: &ProjectId) -> StoreFuture<Vec<Shared>> {
        let project = project.clone();
        self.read(move |connection| playground::of_project(connection, learner, &project))
    }

    fn snapshot(&self, id: &str) -> StoreFuture<Option<Snapshot>> {
        let (id, texts) = (id.to_owned(), self.texts.clone());
        self.read(move |connection| playground::snapshot(connection, &texts, &id))
    }

    fn take_back(&self, learner: LearnerId, id: &str) -> StoreFuture<Option<ProjectId>> {
        let id = id.to_owned();
        self.write(move |writing| playground::take_back(writing, learner, &id))
    }

    fn deeds_after(&self, number: u64, limit: u32) -> StoreFuture<Vec<Deed>> {
        self.read(move |connection| deeds::after(connection, number, limit))
    }
}

/// Milliseconds since 1970, as the database holds them.
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
#[path = "sqlite_tests.rs"]
mod tests;
