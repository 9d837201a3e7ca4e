//! The one thread that writes.
//!
//! Its life: started by [`Writer::start`] with the connection; takes batches of waiting jobs until
//! it is told to close, or until the last [`Writer`] is dropped; then it moves the log into the
//! database and ends.
//!
//! Where something was deleted for good, the log is moved into the database and emptied after the commit, since it
//! holds what was there before. A backup that reads at this moment needs it: then that is done after a later commit.
//!
//! What a job did is kept in [`Writing`] and announced when the commit has succeeded, before anybody hears
//! that theirs is done.
//!
//! A job that fails is rolled back to its own savepoint and told so; the others of its batch are
//! not touched. When the commit fails, or SQLite gives the whole transaction up (a full disk can do
//! that), each job that it held is told the failure.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::lock::FolderLock;
use super::schema::BUSY;
use crate::store::announcements::{Announcements, Changes};
use crate::store::{Deed, LearnerId, StoreError};

/// How many writes may wait before callers wait to hand theirs in.
const WAITING: usize = 1024;
/// The most writes in one commit, so that the first of them does not wait long.
const BATCH: usize = 256;
/// How long the log's end is waited for while somebody reads from it.
const LOG_WAIT: Duration = Duration::from_millis(50);

/// Does its work in the open transaction, or hears why there is none.
type Job = Box<dyn FnOnce(Result<&Writing<'_>, StoreError>) -> Done + Send>;

/// A job that was done and whose caller still waits for the commit.
struct Done {
    fault: Option<StoreError>,
    tell: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

enum Order {
    Write(Job),
    KeepSmall,
    Close(oneshot::Sender<()>),
}

/// A handle to the thread; clones share it.
#[derive(Clone)]
pub(super) struct Writer {
    orders: mpsc::Sender<Order>,
    committed: Arc<Committed>,
}

/// How often something was committed, and how long that took in all, with the work.
#[derive(Debug, Default)]
struct Committed {
    times: AtomicU64,
    microseconds: AtomicU64,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        announcements: Announcements,
        lock: FolderLock,
    ) -> Result<Self, StoreError> {
        let (orders, waiting) = mpsc::channel(WAITING);
        let committed = Arc::new(Committed::default());
        let thread = Thread {
            connection,
            announcements,
            committed: committed.clone(),
            log_is_to_go: Cell::default(),
            _lock: lock,
        };
        thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || thread.work_off(waiting))
            .map_err(|error| StoreError::Other(error.to_string()))?;
        Ok(Self { orders, committed })
    }

    /// How many writes wait.
    pub(super) fn waiting(&self) -> usize {
        WAITING - self.orders.capacity()
    }

    /// How often something was committed since the start, and how long that took in all.
    pub(super) fn commits(&self) -> (u64, Duration) {
        let Committed {
            times,
            microseconds,
        } = &*self.committed;
        let took = Duration::from_micros(microseconds.load(Ordering::Relaxed));
        (times.load(Ordering::Relaxed), took)
    }

    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Writing<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |writing| {
            let result = writing.and_then(|writing| Ok(in_savepoint(writing, work)?));
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

    /// Has the connection let go of the database's pages that it keeps, after the writes that wait. Where too many
    /// wait, it does not.
    pub(super) fn keep_small(&self) {
        let _ = self.orders.try_send(Order::KeepSmall);
    }

    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.orders.send(Order::Close(done)).await.is_ok() {
            // An error means that the thread has ended, which is what was asked for.
            let _ = closed.await;
        }
    }
}

/// A transaction that is being written, and what is done in it.
pub(super) struct Writing<'c> {
    connection: &'c Connection,
    changes: RefCell<Changes>,
    erases: Cell<bool>,
}

impl Deref for Writing<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl<'c> Writing<'c> {
    /// Nothing is done yet in the connection's transaction.
    pub(super) fn of(connection: &'c Connection) -> Self {
        Self {
            connection,
            changes: RefCell::default(),
            erases: Cell::default(),
        }
    }

    /// Has a deed announced after the commit.
    pub(super) fn done(&self, deed: Deed) {
        self.touch(deed.learner);
        self.changes.borrow_mut().deeds.push(deed);
    }

    /// Has what was made of a learner's work known to be old after the commit.
    pub(super) fn touch(&self, learner: LearnerId) {
        self.changes.borrow_mut().learners.push(learner);
    }

    /// Has bytes that are kept of a learner's counted after the commit.
    pub(super) fn kept(&self, learner: LearnerId, bytes: usize) {
        self.changes.borrow_mut().kept.push((learner, bytes as u64));
    }

    /// Has nothing stay on the disk of what is deleted.
    pub(super) fn erase(&self) {
        self.erases.set(true);
    }
}

/// What the thread has.
struct Thread {
    connection: Connection,
    announcements: Announcements,
    committed: Arc<Committed>,
    /// Whether the log holds something that was deleted for good.
    log_is_to_go: Cell<bool>,
    /// Until the last write is done.
    _lock: FolderLock,
}

impl Thread {
    fn work_off(self, mut waiting: mpsc::Receiver<Order>) {
        let mut closing = None;
        while closing.is_none() {
            let Some(first) = waiting.blocking_recv() else {
                break;
            };
            let mut jobs = Vec::new();
            let mut is_to_be_small = false;
            let mut next = Some(first);
            while let Some(order) = next {
                match order {
                    Order::Write(job) => jobs.push(job),
                    Order::KeepSmall => is_to_be_small = true,
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
            if is_to_be_small {
                // Whatever it could not let go of, it goes on using.
                let _ = self.connection.release_memory();
            }
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
            let began = Instant::now();
            if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
                let fault = StoreError::from(error);
                for job in jobs.by_ref() {
                    (job(Err(fault.clone())).tell)(Err(fault.clone()));
                }
                return;
            }
            let writing = Writing::of(connection);
            let mut held = Vec::with_capacity(jobs.len());
            let mut given_up = None;
            for job in jobs.by_ref() {
                let done = job(Ok(&writing));
                let fault = done.fault.clone();
                held.push(done);
                if connection.is_autocommit() {
                    given_up = fault;
                    break;
                }
            }
            let committed = given_up.map_or_else(|| commit(connection), Err);
            if committed.is_ok() {
                self.committed.add(began.elapsed());
                if writing.erases.get() {
                    self.log_is_to_go.set(true);
                }
                self.announcements.announce(writing.changes.into_inner());
                self.empty_log();
            }
            for done in held {
                (done.tell)(committed.clone());
            }
        }
    }

    fn empty_log(&self) {
        if !self.log_is_to_go.get() {
            return;
        }
        // Writes do not wait for a backup to end.
        let emptied = self.connection.busy_timeout(LOG_WAIT).and_then(|()| {
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            let is_read: bool = self.connection.query_row(sql, [], |row| row.get(0))?;
            Ok(!is_read)
        });
        self.log_is_to_go.set(!emptied.unwrap_or(false));
        // It was accepted before.
        let _ = self.connection.busy_timeout(BUSY);
    }
}

impl Committed {
    fn add(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.times.fetch_add(1, Ordering::Relaxed);
        self.microseconds.fetch_add(micros, Ordering::Relaxed);
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
    connection: &Writing<'_>,
    work: impl FnOnce(&Writing<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.execute_batch("SAVEPOINT job")?;
    let (deeds, kept) = {
        let changes = connection.changes.borrow();
        (changes.deeds.len(), changes.kept.len())
    };
    let result = work(connection);
    if result.is_err() {
        let mut changes = connection.changes.borrow_mut();
        changes.deeds.truncate(deeds);
        changes.kept.truncate(kept);
    }
    if result.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK TO job")?;
    }
    if !connection.is_autocommit() {
        connection.execute_batch("RELEASE job")?;
    }
    result
}
