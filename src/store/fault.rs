//! What can go wrong with the store, each as one sentence for the person who runs the program.

use std::io;
use std::path::{Path, PathBuf};

/// Why the store did not open, read or write.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// The data folder cannot be made.
    #[error("cannot make the data folder {path}: {reason}; name another one with --data DIR")]
    Folder {
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The database cannot be opened or written.
    #[error(
        "cannot write the database {path}; run hxlab as the user who owns it, make the folder and its files writable, \
         or name another folder with --data DIR"
    )]
    Unwritable {
        /// The database's file.
        path: PathBuf,
    },
    /// The file is something else, or damaged.
    #[error(
        "{path} is not a database of hxlab, or is damaged; \
         put a backup in its place with `hxlab restore FILE`, or name another folder with --data DIR"
    )]
    Damaged {
        /// The database's file.
        path: PathBuf,
    },
    /// A part of the database cannot be read.
    #[error(
        "the database {path} is damaged ({damage}): stop hxlab and put a backup in its place with \
         `hxlab restore FILE`, which keeps what is there now; the README says what to try where there is no backup"
    )]
    Spoilt {
        /// The database's file.
        path: PathBuf,
        /// What was found, in SQLite's words.
        damage: String,
    },
    /// What was to be restored is no whole database.
    #[error("{path} cannot be restored: {reason}; nothing was changed: name another copy")]
    BadCopy {
        path: PathBuf,
        /// In words.
        reason: String,
    },
    /// The database's log was written for another one.
    #[error(
        "the log {path}-wal does not belong to the database {path}, which was replaced or lost; nothing was changed. \
         Put a backup in place with `hxlab restore FILE`, or move the log away if the database is whole without it"
    )]
    ForeignLog {
        /// The database's file.
        path: PathBuf,
    },
    /// The file has nothing in it.
    #[error(
        "the database {path} is an empty file, as a copy that failed leaves it; \
         put a backup in place with `hxlab restore FILE`, or delete the file to begin anew"
    )]
    Empty {
        /// The database's file.
        path: PathBuf,
    },
    /// Another program works with the data folder.
    #[error(
        "{folder} is in use by another hxlab ({by}); stop that one, or name another folder with --data DIR"
    )]
    InUse {
        folder: PathBuf,
        /// Which process, as far as it says.
        by: String,
    },
    /// The database's file is no longer where it was opened.
    #[error("the database {path} was moved or deleted: put it back, or start hxlab again")]
    Gone {
        /// The database's file.
        path: PathBuf,
    },
    /// A copy cannot be written.
    #[error("cannot write {path}: {reason}; name another file, or make room for it")]
    Copy {
        path: PathBuf,
        /// In words.
        reason: String,
    },
    /// There is no room for a copy from before an upgrade.
    #[error(
        "{path} is from an earlier hxlab; bringing it up to date takes {needed} MiB, for a copy and for the work, \
         and only {free} MiB are free: make room, or start the earlier program"
    )]
    NoRoomToUpgrade {
        /// The database's file.
        path: PathBuf,
        needed: u64,
        free: u64,
    },
    /// A later version of the program has written the database.
    #[error(
        "{path} was written by a newer hxlab (its schema is {found}, this program knows {known}); \
         start the newer program, or name another folder with --data DIR"
    )]
    Newer {
        /// The database's file.
        path: PathBuf,
        /// The schema's number in the file.
        found: u32,
        /// The last number that this program knows.
        known: u32,
    },
    /// No room is left. Reads go on; writes work again when there is room.
    #[error("the disk is full: nothing was saved; free some space and try again")]
    Full,
    /// Another program holds the database for longer than the store waits.
    #[error("another program holds the database: nothing was saved; try again when it has ended")]
    Busy,
    /// The store was closed.
    #[error("the program is ending: nothing was saved; try again in a moment")]
    Closed,
    /// Anything else.
    #[error("the database failed ({0}); try again, and look at the log if it goes on")]
    Other(String),
}

impl StoreError {
    pub(super) fn copying(path: &Path, reason: &str) -> Self {
        Self::Copy {
            path: path.to_owned(),
            reason: reason.to_owned(),
        }
    }

    pub(super) fn folder(path: &Path, error: &io::Error) -> Self {
        Self::Folder {
            path: path.to_owned(),
            reason: error.to_string(),
        }
    }
}
