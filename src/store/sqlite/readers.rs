//! The connections that only read. A read takes microseconds when the pages are in memory; it runs
//! on a blocking thread all the same, so that a slow disk never holds up the sockets.

use std::path::Path;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use rusqlite::Connection;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::schema;
use crate::store::StoreError;

/// How many reads run at once.
const READERS: usize = 4;

pub(super) struct Readers {
    /// One permit for each idle connection.
    idle: Semaphore,
    connections: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn open(file: &Path) -> Result<Self, StoreError> {
        let connections = (0..READERS).map(|_| {
            let connection = schema::connect(file)?;
            connection.pragma_update(None, "query_only", true)?;
            Ok(connection)
        });
        Ok(Self {
            idle: Semaphore::new(READERS),
            connections: Mutex::new(connections.collect::<Result<_, StoreError>>()?),
        })
    }

    pub(super) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = self.idle.acquire().await.map_err(|_| StoreError::Closed)?;
        // The connection brings a new permit when it comes back, even when the caller goes away.
        permit.forget();
        let readers = self.clone();
        let read = spawn_blocking(move || {
            let connection = readers.list().pop().ok_or(StoreError::Closed)?;
            let result = at_one_moment(&connection, work);
            readers.list().push(connection);
            readers.idle.add_permits(1);
            Ok(result?)
        });
        read.await
            .unwrap_or_else(|error| Err(StoreError::Other(error.to_string())))
    }

    /// Lets go of the pages of the database that connections at rest keep: the system has them as well.
    pub(super) fn keep_small(&self) {
        for connection in &*self.list() {
            // Whatever it could not let go of, it goes on using.
            let _ = connection.release_memory();
        }
    }

    fn list(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.connections.lock()
    }
}

/// Runs `work` in a transaction, so that all that it reads is of one moment.
fn at_one_moment<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let result = work(connection);
    // Nothing was written, so there is nothing to commit.
    connection.prepare_cached("ROLLBACK")?.execute([])?;
    result
}
