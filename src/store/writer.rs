//! The one thread that writes.
//!
//! Its life: started by [`Writer::start`] with the connection; takes batches of waiting jobs until
//! it is told to close, or until the last [`Writer`] is dropped; then it moves the log into the
//! database and ends.
//!
//! A job that fails is rolled back to its own savepoint and told so; the others of its batch are
//! not touched. When the commit fails, or SQLite gives the whole transaction up (a full disk can do
//! that), each job that it held is told the failure.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::StoreError;

/// How many writes may wait before callers wait to hand theirs in.
const WAITING: usize = 1024;
/// The most writes in one commit, so that the first of them does not wait long.
const BATCH: usize = 256;

/// Does its work in the open transaction, or hears why there is none.
type Job = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Done + Send>;

/// A job that was done and whose caller still waits for the commit.
struct Done {
    fault: Option<StoreError>,
    tell: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

enum Order {
    Write(Job),
    Close(oneshot::Sender<()>),
}

/// A handle to the thread; clones share it.
#[derive(Clone)]
pub(super) struct Writer {
    orders: mpsc::Sender<Order>,
    commits: Arc<AtomicU64>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (orders, waiting) = mpsc::channel(WAITING);
        let commits = Arc::new(AtomicU64::default());
        let thread = Thread {
            connection,
            commits: commits.clone(),
        };
        thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || thread.work_off(waiting))
            .map_err(|error| StoreError::Other(error.to_string()))?;
        Ok(Self { orders, commits })
    }

    /// The number of commits so far; raised before anybody hears that theirs is done.
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = connection.and_then(|connection| Ok(in_savepoint(connection, work)?));
            Done {
                fault: result.as_ref().err().cloned(),
                tell: Box::new(move |committed: Result<(), StoreError>| {
                    // A caller that went away does not wait for the answer.
                    let _ = answer.send(committed.and(result));
                }),
            }
        });
        let sent = self.orders.send(Order::Write(job)).await;
        sent.map_err(|_| StoreError::Closed)?;
        answered.await.unwrap_or(Err(StoreError::Closed))
    }

    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.orders.send(Order::Close(done)).await.is_ok() {
            // An error means that the thread has ended, which is what was asked for.
            let _ = closed.await;
        }
    }
}

/// What the thread has.
struct Thread {
    connection: Connection,
    commits: Arc<AtomicU64>,
}

impl Thread {
    fn work_off(self, mut waiting: mpsc::Receiver<Order>) {
        let mut closing = None;
        while closing.is_none() {
            let Some(first) = waiting.blocking_recv() else {
                break;
            };
            let mut jobs = Vec::new();
            let mut next = Some(first);
            while let Some(order) = next {
                match order {
                    Order::Write(job) => jobs.push(job),
                    Order::Close(done) => {
                        closing = Some(done);
                        break;
                    }
                }
                next = (jobs.len() < BATCH)
                    .then(|| waiting.try_recv().ok())
                    .flatten();
            }
            self.commit_together(jobs);
        }
        // Closing the last connection would move the log as well; readers may still be open.
        if let Err(error) = self
            .connection
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        {
            tracing::warn!(%error, "the log stays beside the database until the next start");
        }
        drop(self);
        if let Some(done) = closing {
            let _ = done.send(());
        }
    }

    /// Runs the jobs in as few transactions as can be: one, unless SQLite gives one up in the middle.
    fn commit_together(&self, jobs: Vec<Job>) {
        let connection = &self.connection;
        let mut jobs = jobs.into_iter();
        while jobs.len() > 0 {
            if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
                let fault = StoreError::from(error);
                for job in jobs.by_ref() {
                    (job(Err(fault.clone())).tell)(Err(fault.clone()));
                }
                return;
            }
            let mut held = Vec::with_capacity(jobs.len());
            let mut given_up = None;
            for job in jobs.by_ref() {
                let done = job(Ok(connection));
                let fault = done.fault.clone();
                held.push(done);
                if connection.is_autocommit() {
                    given_up = fault;
                    break;
                }
            }
            let committed = given_up.map_or_else(|| commit(connection), Err);
            self.commits.fetch_add(1, Ordering::Release);
            for done in held {
                (done.tell)(committed.clone());
            }
        }
    }
}

fn commit(connection: &Connection) -> Result<(), StoreError> {
    let committed = connection.execute_batch("COMMIT");
    if committed.is_err() && !connection.is_autocommit() {
        // Nothing more can be done about a rollback that fails: the next BEGIN will tell.
        let _ = connection.execute_batch("ROLLBACK");
    }
    Ok(committed?)
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.execute_batch("SAVEPOINT job")?;
    let result = work(connection);
    if result.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK TO job")?;
    }
    if !connection.is_autocommit() {
        connection.execute_batch("RELEASE job")?;
    }
    result
}
