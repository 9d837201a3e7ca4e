//! The store: what is kept about learners, in the words of the product.
//!
//! Entry point: [`Store::open`]. [`Words`] says what can be kept and asked for, without a database in it;
//! each way to keep it is a folder, of which there is one so far: [`sqlite`]. The rules that decide what is
//! kept are pure functions beside the types that they are about (`draft.rs`) or in
//! [`questions`](crate::questions::rounds); a way to keep reads, asks the rule and writes, in one transaction.
//!
//! What somebody did is a [`Deed`] with a number, announced after its commit ([`Store::listen`]).

mod announcements;
mod attempt;
mod challenge;
mod deed;
mod draft;
mod fault;
mod figures;
mod kept;
mod learner;
mod playground;
mod progress;
mod sqlite;
mod thinning;
mod version;
mod words;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::broadcast;

pub(crate) use attempt::{Attempt, Mark, NewAttempt, Taken};
pub(crate) use challenge::CheckResult;
pub(crate) use deed::{Deed, Marker, What};
pub(crate) use draft::{Draft, SaveOutcome};
pub(crate) use fault::StoreError;
pub(crate) use figures::{IntegrityCheck, StoreFigures};
pub(crate) use kept::{Forgotten, Kept, KeptLesson, KeptPiece, KeptPlace};
pub(crate) use learner::{LearnerId, Secret, SecretHash};
pub(crate) use playground::{
    NewProject, OwnProject, PROJECTS_MOST, Shared, Snapshot, TooMany, project_name,
};
pub(crate) use progress::{LessonRecord, Progress};
pub(crate) use version::{GoodRun, NAMED_MOST, Naming, SavedVersion};
pub(crate) use words::{StoreFuture, Words};

pub(crate) use sqlite::FILE;

use crate::budget::Quota;
use announcements::Announcements;

/// A handle to the store; clones share it. Its methods are [`Words`].
#[derive(Clone)]
pub(crate) struct Store {
    words: Arc<dyn Words>,
    announcements: Announcements,
}

impl Store {
    /// Opens the database in this folder, makes both if needed, and brings it up to date.
    ///
    /// Blocks for some milliseconds: call it before serving.
    /// What is written for a learner is counted by `quota`.
    pub(crate) fn open(folder: &Path, quota: Quota) -> Result<Self, StoreError> {
        let announcements = Announcements::counted_by(quota);
        let words = sqlite::Sqlite::open(folder, announcements.clone())?;
        Ok(Self {
            words: Arc::new(words),
            announcements,
        })
    }

    /// The deeds from now on, in order.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a class's live view is to listen")
    )]
    #[must_use]
    pub(crate) fn listen(&self) -> broadcast::Receiver<Arc<Deed>> {
        self.announcements.listen()
    }

    /// Rises whenever something of this learner's was changed: what was made at one revision still holds
    /// while it is the same.
    #[must_use]
    pub(crate) fn revision(&self, learner: LearnerId) -> u64 {
        self.announcements.revision(learner)
    }
}

/// Writes a copy of all that is kept in a data folder to a new file. The program may be running.
pub(crate) fn backup(folder: &Path, copy: &Path) -> Result<(), StoreError> {
    sqlite::backup::backup(folder, copy)
}

/// What backups to a folder that were killed have left there.
pub(crate) fn parts_left_in(folder: &Path) -> Vec<PathBuf> {
    sqlite::backup::left_in(folder)
}

/// Puts such a copy in the place of what is kept in a data folder. Answers where that is now, if there was something.
pub(crate) fn restore(copy: &Path, folder: &Path) -> Result<Option<PathBuf>, StoreError> {
    sqlite::backup::restore(copy, folder)
}

/// What is to go, or went, so that a database takes less room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Purge {
    /// Who had done nothing for long.
    pub(crate) learners: usize,
    /// Of the other learners' drafts.
    pub(crate) versions: usize,
    /// What the database took on the disk.
    pub(crate) bytes_before: u64,
    pub(crate) bytes_after: u64,
}

/// Finds what can go from a data folder that no program uses: learners who have done nothing for so many days, and
/// versions of drafts whose time is over.
pub(crate) fn look_for_purge(folder: &Path, days: Option<u32>) -> Result<Purge, StoreError> {
    sqlite::purge::look(folder, days)
}

/// Lets go of what [`look_for_purge`] finds, for good.
pub(crate) fn purge(folder: &Path, days: Option<u32>) -> Result<Purge, StoreError> {
    sqlite::purge::purge(folder, days)
}

impl Deref for Store {
    type Target = dyn Words;

    fn deref(&self) -> &Self::Target {
        &*self.words
    }
}

#[cfg(test)]
mod contract_tests;
