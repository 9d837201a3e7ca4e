//! Copies of the database: made while it is in use, and put back.
//!
//! A copy is written beside its place, synced, and only then given its name, so a kill at any moment leaves the
//! whole old file or the whole new one. What restoring replaces is kept beside it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::lock::FolderLock;
use super::opening::make_folder;
use super::{FILE, integrity, schema, wal};
use crate::store::StoreError;

/// What a copy is called until it is whole, after its name.
const PART: &str = ".part";
/// What a copy is called that is to take the database's place.
const NEXT: &str = "hxlab.db.restored";
/// What the database is called that a copy has replaced, before a number.
const KEPT: &str = "hxlab.db.before-";
/// What SQLite keeps beside a database, after its name, that belongs to it.
const LOGS: [&str; 2] = ["-wal", "-journal"];

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
    clean_up(folder)?;
    let (place, next) = (folder.join(FILE), folder.join(NEXT));
    copy_into(copy, &next)?;
    let fault = |error: io::Error| StoreError::copying(&place, &error.to_string());
    let kept = keep(folder).map_err(fault)?;
    fs::rename(&next, &place).map_err(fault)?;
    take_logs_away(&place).map_err(fault)?;
    sync(folder).map_err(fault)?;
    Ok(kept)
}

/// Ends what a restore that was killed has begun in a data folder that is ours: either the old database is in its
/// place, with its log, or the new one, without.
pub(super) fn clean_up(folder: &Path) -> Result<(), StoreError> {
    let place = folder.join(FILE);
    let next = folder.join(NEXT);
    let work = || {
        for left in parts(&next).into_iter().chain([next.clone()]) {
            remove(&left)?;
        }
        if !place.exists() {
            return Ok(());
        }
        for kept in all_kept(folder)? {
            let logs = LOGS.map(|end| (with_end(&place, end), with_end(&kept, end)));
            let is_old_in_place = is_one_file(&place, &kept);
            for (log, kept) in logs {
                if is_old_in_place {
                    remove(&kept)?;
                } else if is_one_file(&log, &kept) {
                    remove(&log)?;
                }
            }
            if is_old_in_place {
                remove(&kept)?;
            }
        }
        Ok(())
    };
    work().map_err(|error: io::Error| StoreError::folder(folder, &error))
}

/// The names that a copy has until it is whole, with SQLite's journal of it.
fn parts(copy: &Path) -> [PathBuf; 2] {
    let part = with_end(copy, PART);
    let journal = with_end(&part, "-journal");
    [part, journal]
}

/// Refuses what is no whole database that this program can open.
fn check(copy: &Path) -> Result<(), StoreError> {
    let bad = |reason: String| StoreError::BadCopy {
        path: copy.to_owned(),
        reason,
    };
    // SQLite would say that it cannot write it.
    File::open(copy).map_err(|error| bad(error.to_string()))?;
    let damaged = |why: &str| bad(format!("it is damaged ({why})"));
    let look = || {
        wal::check(copy)?;
        let connection = read(copy)?;
        schema::check(&connection, copy)?;
        Ok(connection)
    };
    let connection = look().map_err(|error| match error {
        StoreError::Damaged { .. } => bad("it is no database of hxlab, or is damaged".to_owned()),
        StoreError::Empty { .. } => bad("it is an empty file".to_owned()),
        StoreError::ForeignLog { .. } => bad("the log beside it is of another database".to_owned()),
        error => error,
    })?;
    let found = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
    let found: String = found.map_err(|error| damaged(&error.to_string()))?;
    if found == "ok" {
        return Ok(());
    }
    Err(damaged(&integrity::on_one_line(&found)))
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
    let connection = read(from)?;
    schema::check(&connection, from)?;
    let fault = |error: io::Error| StoreError::copying(to, &error.to_string());
    let [part, journal] = parts(to);
    let text = part
        .to_str()
        .ok_or_else(|| StoreError::copying(to, "its name is not UTF-8"))?;
    let file = begin(&part, &journal, to)?;
    if let Err(error) = connection.execute("VACUUM INTO $1", [text]) {
        // On a full disk its part would stay in the way.
        let _ = fs::remove_file(&part);
        return Err(match StoreError::from(&error) {
            StoreError::Full => StoreError::copying(to, "the disk is full"),
            _ => not_copied((from, to), &connection, &error),
        });
    }
    file.sync_all().map_err(fault)?;
    fs::rename(&part, to).map_err(fault)?;
    sync(to.parent().unwrap_or(Path::new("."))).map_err(fault)
}

/// Why a copy was not written: the database is damaged, or there is something about the copy.
fn not_copied(
    (from, to): (&Path, &Path),
    connection: &Connection,
    error: &rusqlite::Error,
) -> StoreError {
    match integrity::damage(connection) {
        Ok(Some(damage)) => StoreError::Spoilt {
            path: from.to_owned(),
            damage,
        },
        _ => StoreError::copying(to, &error.to_string()),
    }
}

/// Begins the file that a copy is written to, and locks it. One that somebody who was killed has left goes, with
/// SQLite's journal of it.
fn begin(part: &Path, journal: &Path, to: &Path) -> Result<File, StoreError> {
    let fault = |error: io::Error| StoreError::copying(to, &error.to_string());
    let lock = |file: &File| flock(file, FlockOperation::NonBlockingLockExclusive);
    if File::open(part).is_ok_and(|left| lock(&left) == Err(Errno::WOULDBLOCK)) {
        return Err(StoreError::copying(to, "another hxlab is writing it"));
    }
    for left in [part, journal] {
        remove(left).map_err(fault)?;
    }
    // SQLite takes an empty file; it would make one that everybody can read.
    let mut options = File::options();
    let file = options.write(true).create_new(true).mode(0o600).open(part);
    let file = file.map_err(fault)?;
    // Another one that came between takes it for one that was left. Where a disk has no locks, it is written without.
    let is_locked = lock(&file) != Err(Errno::WOULDBLOCK);
    let inode = file.metadata().map_err(fault)?.ino();
    if !is_locked || fs::metadata(part).map_or(0, |part| part.ino()) != inode {
        return Err(StoreError::copying(to, "another hxlab is writing it"));
    }
    Ok(file)
}

/// Parts of copies in a folder that nobody is writing, such as a backup that was killed leaves.
pub(in crate::store) fn left_in(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = files.map(|file| file.path());
    let is_part = |path: &PathBuf| path.to_str().is_some_and(|path| path.ends_with(PART));
    let mut left: Vec<_> = paths.filter(is_part).filter(|path| is_left(path)).collect();
    left.sort();
    left
}

fn is_left(part: &Path) -> bool {
    let is_of_copy = wal::may_be_database(part).unwrap_or(false);
    let lock = |file| flock(&file, FlockOperation::NonBlockingLockShared);
    is_of_copy && File::open(part).is_ok_and(|file| lock(file).is_ok())
}

/// A path with more at the end of its name.
fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Gives what is there a second name each: the present database and its log. They stay in their places until the new
/// database is in its own.
fn keep(folder: &Path) -> io::Result<Option<PathBuf>> {
    let place = folder.join(FILE);
    // Moves the log into the database, where that is whole and the log is its own; then there is none.
    if place.exists()
        && wal::check(&place).is_ok()
        && let Ok(connection) = read(&place)
    {
        let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    let number = (1..u32::MAX).find(|number| !is_taken(folder, *number));
    let kept = kept(folder, number.unwrap_or(1));
    let mut names = Vec::new();
    for end in ["", LOGS[0], LOGS[1]] {
        let (present, kept) = (with_end(&place, end), with_end(&kept, end));
        if present.exists() {
            fs::hard_link(&present, &kept)?;
            names.push(kept);
        }
    }
    Ok(names.into_iter().next())
}

/// A log that stays would be taken for the new database's; so might what tells where to find what in it.
fn take_logs_away(place: &Path) -> io::Result<()> {
    for end in [LOGS[0], LOGS[1], "-shm"] {
        remove(&with_end(place, end))?;
    }
    Ok(())
}

fn kept(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("{KEPT}{number}"))
}

/// The databases that were replaced; of some there may be the log alone.
fn all_kept(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let numbers = fs::read_dir(folder)?.filter_map(|file| {
        let name = file.ok()?.file_name();
        let number = name.to_str()?.strip_prefix(KEPT)?;
        number.split('-').next()?.parse().ok()
    });
    Ok(numbers.map(|number| kept(folder, number)).collect())
}

fn is_taken(folder: &Path, number: u32) -> bool {
    let kept = kept(folder, number);
    kept.exists() || LOGS.iter().any(|end| with_end(&kept, end).exists())
}

/// Whether two names lead to one file.
fn is_one_file(one: &Path, other: &Path) -> bool {
    let id = |path: &Path| fs::metadata(path).map(|file| (file.dev(), file.ino())).ok();
    id(one).is_some() && id(one) == id(other)
}

/// Removes a file, if it is there.
fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    File::open(folder)?.sync_all()
}
