//! The store: what is kept about learners, in SQLite, in the words of the product.
//!
//! Entry point: [`Store::open`]. Each noun's SQL stands in its own file below `store/`; it is SQL
//! that PostgreSQL reads as well.
//!
//! One thread writes ([`writer`]): it takes all writes that wait, runs each in a savepoint of one
//! transaction, commits once with one fsync, and only then answers each. So an acknowledged write
//! outlives the process and the power, and many learners who answer at once cost one fsync. Reads
//! go to a few connections of their own ([`readers`]) and see all that was acknowledged before.

mod attempts;
mod challenges;
mod deeds;
mod drafts;
mod fault;
mod kept;
mod learners;
mod progress;
mod readers;
mod recovery;
mod sandboxes;
mod schema;
mod writer;

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::Connection;

pub use attempts::{Attempt, NewAttempt, Taken};
pub use challenges::CheckResult;
pub use drafts::{Draft, SaveOutcome};
pub use fault::StoreError;
pub use kept::{Kept, KeptLesson};
pub use learners::LearnerId;
pub use progress::Progress;

use readers::Readers;
use writer::Writer;

/// The database's file in the data folder.
const FILE: &str = "hxlab.db";

/// A handle to the store; clones share it.
#[derive(Clone)]
pub struct Store {
    writer: Writer,
    readers: Arc<Readers>,
}

impl Store {
    /// Opens the database in this folder, makes both if needed, and brings it up to date.
    ///
    /// Blocks for some milliseconds: call it before serving.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| StoreError::folder(folder, &error))?;
        let file = folder.join(FILE);
        let mut connection = schema::connect(&file)?;
        schema::migrate(&mut connection, &file)?;
        Ok(Self {
            readers: Arc::new(Readers::open(&file)?),
            writer: Writer::start(connection)?,
        })
    }

    /// Finishes the writes that wait and closes the database. Later writes fail with
    /// [`StoreError::Closed`].
    pub async fn close(&self) {
        self.writer.close().await;
    }

    /// Rises with each commit: what was read at one revision still holds while it is the same.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.writer.commits()
    }

    /// Runs `work` in a transaction; when this answers `Ok`, its changes are on the disk.
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.writer.write(work).await
    }

    /// Runs `work` on a connection that only reads.
    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.readers.read(work).await
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
#[path = "store_tests.rs"]
mod tests;
