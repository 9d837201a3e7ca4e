//! Whether the whole database can be read. SQLite comes upon a spoilt page only where somebody asks for what is on it.
//!
//! A check (`PRAGMA quick_check`) reads each page once, by a connection and on a thread of its own behind those that
//! serve, so nobody waits for it. What the last one found holds until the next ([`Integrity::is_whole`]). The end of
//! the program interrupts it, since it would keep the log from going into the database.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode, InterruptHandle};
use tokio::sync::oneshot;
use tokio::time::sleep;

use super::schema;
use crate::store::{IntegrityCheck, StoreError};

/// How much lower the thread's priority is than that of those that serve, as `nice` counts it.
const NICE: i32 = 10;
/// How often a check is told that the program ends, until it has heard.
const TELL: Duration = Duration::from_millis(5);

/// The checks of one database; clones share them.
#[derive(Clone)]
pub(super) struct Integrity(Arc<State>);

struct State {
    file: PathBuf,
    last: Mutex<Option<IntegrityCheck>>,
    /// One check at a time.
    turn: Mutex<()>,
    /// By which the one that is under way is interrupted.
    under_way: Mutex<Option<InterruptHandle>>,
    is_over: AtomicBool,
}

impl Integrity {
    /// Nothing is checked yet.
    pub(super) fn of(file: &Path) -> Self {
        Self(Arc::new(State {
            file: file.to_owned(),
            last: Mutex::default(),
            turn: Mutex::default(),
            under_way: Mutex::default(),
            is_over: AtomicBool::new(false),
        }))
    }

    /// Checks the database as it is now. Fails where it is damaged, or cannot be checked.
    pub(super) async fn check(&self) -> Result<IntegrityCheck, StoreError> {
        let (done, checked) = oneshot::channel();
        let state = self.0.clone();
        thread::Builder::new()
            .name("store-check".to_owned())
            .spawn(move || {
                // For Linux this is the thread's. Where it is refused, the check and pages are equals.
                let _ = rustix::process::nice(NICE);
                // Whoever asked may have gone; what was found is kept.
                let _ = done.send(state.check());
            })
            .map_err(|error| StoreError::Other(error.to_string()))?;
        let check = checked.await.unwrap_or(Err(StoreError::Closed))?;
        self.is_whole()?;
        Ok(check)
    }

    /// What the last check came to, if there was one.
    pub(super) fn last(&self) -> Option<IntegrityCheck> {
        self.0.last.lock().clone()
    }

    /// Fails where the last check found damage.
    pub(super) fn is_whole(&self) -> Result<(), StoreError> {
        match self.last().and_then(|last| last.damage) {
            Some(damage) => Err(StoreError::Spoilt {
                path: self.0.file.clone(),
                damage,
            }),
            None => Ok(()),
        }
    }

    /// Ends the one that is under way, and all to come.
    pub(super) async fn end(&self) {
        self.0.is_over.store(true, Ordering::Relaxed);
        // One that has not begun its statement yet does not hear it the first time.
        loop {
            match &*self.0.under_way.lock() {
                Some(check) => check.interrupt(),
                None => return,
            }
            sleep(TELL).await;
        }
    }
}

impl State {
    fn check(&self) -> Result<IntegrityCheck, StoreError> {
        let _turn = self.turn.lock();
        let began = Instant::now();
        let found = self.look();
        *self.under_way.lock() = None;
        if self.is_over.load(Ordering::Relaxed) {
            return Err(StoreError::Closed);
        }
        let check = IntegrityCheck {
            at: SystemTime::now(),
            took: began.elapsed(),
            damage: found?,
        };
        *self.last.lock() = Some(check.clone());
        Ok(check)
    }

    fn look(&self) -> Result<Option<String>, StoreError> {
        let connection = match schema::reader(&self.file) {
            Ok(connection) => connection,
            Err(error) => return damage_of(error),
        };
        *self.under_way.lock() = Some(connection.get_interrupt_handle());
        if self.is_over.load(Ordering::Relaxed) {
            return Err(StoreError::Closed);
        }
        damage(&connection)
    }
}

/// What is damaged in a database, in SQLite's words on one line; none where each page is in its place.
pub(super) fn damage(connection: &Connection) -> Result<Option<String>, StoreError> {
    let found = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match found {
        Ok(found) if found == "ok" => Ok(None),
        Ok(found) => Ok(Some(on_one_line(&found))),
        Err(error) => damage_of(error),
    }
}

/// A disk that cannot be read is damage as well; what has nothing to do with the pages is a failure.
fn damage_of(error: rusqlite::Error) -> Result<Option<String>, StoreError> {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure) => {
            Ok(Some(on_one_line(&error.to_string())))
        }
        _ => Err(error.into()),
    }
}

pub(super) fn on_one_line(found: &str) -> String {
    let lines = found.lines().filter(|line| !line.starts_with("***"));
    lines.collect::<Vec<_>>().join("; ")
}
