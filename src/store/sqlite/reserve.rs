//! Room on the disk that is kept for deleting: SQLite writes to its log what it deletes, and on a full disk it could
//! not.
//!
//! It is a file that holds nothing. Whoever needs the room gives the file up ([`Reserve::give_up`]), and it is taken
//! again as soon as there is room for it twice ([`Reserve::renew`]).

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rustix::fs::{FallocateFlags, fallocate, statvfs};

/// The file in the data folder.
const FILE: &str = "hxlab.reserve";
/// In bytes: a piece of what is deleted, and the log of it.
const ROOM: u64 = 8 * 1024 * 1024;

/// The room that one data folder keeps.
#[derive(Clone, Debug)]
pub(super) struct Reserve {
    path: PathBuf,
}

impl Reserve {
    /// That of a folder. It may have been given up.
    pub(super) fn of(folder: &Path) -> Self {
        Self {
            path: folder.join(FILE),
        }
    }

    /// Takes the room, where it is not taken and there is enough for others as well.
    pub(super) fn renew(&self) {
        if self.is_there() || free(&self.path).is_none_or(|free| free < 2 * ROOM) {
            return;
        }
        let made = File::create(&self.path)
            .and_then(|file| Ok(fallocate(file, FallocateFlags::empty(), 0, ROOM)?));
        if let Err(error) = made {
            tracing::debug!(%error, "no room is kept for deleting");
            self.give_up();
        }
    }

    /// Whether the room is taken.
    pub(super) fn is_there(&self) -> bool {
        self.path.exists()
    }

    /// Gives the room up. Answers whether there was any.
    pub(super) fn give_up(&self) -> bool {
        fs::remove_file(&self.path).is_ok()
    }
}

/// How many bytes are free beside a file.
pub(super) fn free(file: &Path) -> Option<u64> {
    let stats = statvfs(file.parent()?).ok()?;
    Some(stats.f_bavail * stats.f_frsize)
}
