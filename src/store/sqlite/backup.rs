//! Copies of the database: made while it is in use, and put back.
//!
//! A copy is written beside its place, synced, and only then given its name, so a kill at any moment leaves the
//! whole old file or the whole new one. What restoring replaces is kept beside it.

use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::lock::FolderLock;
use super::opening::make_folder;
use super::{FILE, schema, wal};
use crate::store::StoreError;

/// Writes a copy of a data folder's database, as it is at one moment. The program may be running.
pub(in crate::store) fn backup(folder: &Path, copy: &Path) -> Result<(), StoreError> {
    if copy.exists() {
        return Err(StoreError::copying(copy, "there is such a file already"));
    }
    let file = folder.join(FILE);
    wal::check(&file)?;
    copy_into(&file, copy)
}

/// Puts a copy in the place of a data folder's database, which is kept. Answers under which name, if there was one.
pub(in crate::store) fn restore(copy: &Path, folder: &Path) -> Result<Option<PathBuf>, StoreError> {
    check(copy)?;
    make_folder(folder)?;
    let _lock = FolderLock::take(folder)?;
    let place = folder.join(FILE);
    let next = folder.join("hxlab.db.restored");
    copy_into(copy, &next)?;
    let fault = |error: std::io::Error| StoreError::copying(&place, &error.to_string());
    let kept = keep(folder).map_err(fault)?;
    fs::rename(&next, &place).map_err(fault)?;
    sync(folder).map_err(fault)?;
    Ok(kept)
}

/// Whether a file is a whole database that this program can open.
fn check(file: &Path) -> Result<(), StoreError> {
    wal::check(file)?;
    let connection = read(file)?;
    schema::check(&connection, file)?;
    let fault = |error: rusqlite::Error| StoreError::opening(file, &error);
    let found: String = connection
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .map_err(fault)?;
    if found == "ok" {
        return Ok(());
    }
    Err(StoreError::Damaged {
        path: file.to_owned(),
    })
}

fn read(file: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = Connection::open_with_flags(file, flags);
    let connection = open.map_err(|error| StoreError::opening(file, &error))?;
    let waits = connection.busy_timeout(schema::BUSY);
    waits.map_err(|error| StoreError::opening(file, &error))?;
    Ok(connection)
}

/// Copies a database, with what its log holds, to a file of this name.
pub(super) fn copy_into(from: &Path, to: &Path) -> Result<(), StoreError> {
    let part = with_end(to, ".part");
    let connection = read(from)?;
    schema::check(&connection, from)?;
    let fault = |error: std::io::Error| StoreError::copying(to, &error.to_string());
    // One that was killed has left its part, and SQLite's journal of it.
    for left in [part.clone(), with_end(&part, "-journal")] {
        if left.exists() {
            fs::remove_file(left).map_err(fault)?;
        }
    }
    let text = part
        .to_str()
        .ok_or_else(|| StoreError::copying(to, "its name is not UTF-8"))?;
    // SQLite takes an empty file; it would make one that everybody can read.
    let mut options = File::options();
    let made = options.write(true).create_new(true).mode(0o600).open(&part);
    made.map_err(fault)?;
    if let Err(error) = connection.execute("VACUUM INTO $1", [text]) {
        // On a full disk its part would stay in the way.
        let _ = fs::remove_file(&part);
        return Err(StoreError::copying(to, &error.to_string()));
    }
    File::open(&part)
        .and_then(|file| file.sync_all())
        .map_err(fault)?;
    fs::rename(&part, to).map_err(fault)?;
    sync(to.parent().unwrap_or(Path::new("."))).map_err(fault)
}

/// A path with more at the end of its name.
fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Gives the present database a second name, and takes its log away: a log that stays would be taken for the new
/// one's.
fn keep(folder: &Path) -> std::io::Result<Option<PathBuf>> {
    let place = folder.join(FILE);
    if !place.exists() {
        return Ok(None);
    }
    // Moves the log into the database, where that is whole and the log is its own; then there is none.
    if wal::check(&place).is_ok()
        && let Ok(connection) = read(&place)
    {
        let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    let number = (1..=u32::MAX).find(|number| !kept(folder, *number).exists());
    let kept = kept(folder, number.unwrap_or(1));
    fs::hard_link(&place, &kept)?;
    for end in ["-wal", "-shm"] {
        let beside = |file: &Path| with_end(file, end);
        if beside(&place).exists() {
            fs::rename(beside(&place), beside(&kept))?;
        }
    }
    Ok(Some(kept))
}

fn kept(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("hxlab.db.before-{number}"))
}

fn sync(folder: &Path) -> std::io::Result<()> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    File::open(folder)?.sync_all()
}
