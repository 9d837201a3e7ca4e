//! Whether the `-wal` beside a database was written for it.
//!
//! SQLite takes each `-wal` that is whole in itself. One that stayed where its database was replaced by a copy
//! destroys the copy; one of another hxlab brings that one's learners. So it is looked at first ([`check`]).
//!
//! Two things are certain. A copy that SQLite has made is not in the mode of a log, and then has none. And each log
//! has a *line*, a random number from its first byte on: SQLite counts the times that it begins the log anew, and its
//! first salt with them, so their difference stays. The program keeps the line in the database's own file, as its
//! `application_id` ([`adopt`]). While that is on its way, the log's first frame holds the number from before,
//! changed by [`COMING`], so that a kill at any moment leaves what is known. The formats are SQLite's
//! (<https://www.sqlite.org/fileformat2.html>).

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::store::StoreError;

/// Changes a line into what is written while the next one is on its way.
const COMING: u32 = 0x6878_6c62;
/// The line of a database whose log is not known: an earlier program's, or a new one.
const UNKNOWN: u32 = 0;

/// Each time that another program empties the log of one that runs, the line moves on by one; so often it may.
const STRANGERS: u32 = 1024;

/// The bytes of a database's header, and where its fields are.
const HEADER: usize = 100;
const READ_VERSION: usize = 19;
const APPLICATION_ID: usize = 68;
/// The version of a database that has a log.
const WITH_LOG: u8 = 2;
const FORMAT: &[u8] = b"SQLite format 3\0";

/// The bytes of a log's header, and of that of each frame.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Refuses a database whose log is another's, one that is empty, and a log without a database. Changes nothing.
pub(super) fn check(file: &Path) -> Result<(), StoreError> {
    let path = file.to_owned();
    let fault = |error: io::Error| match error.kind() {
        ErrorKind::PermissionDenied => StoreError::Unwritable { path: path.clone() },
        _ => StoreError::Other(error.to_string()),
    };
    let log = Log::read(&beside(file)).map_err(fault)?;
    let header = begin(file, HEADER).map_err(fault)?;
    let Some(header) = header else {
        return log.map_or(Ok(()), |_| Err(StoreError::ForeignLog { path }));
    };
    if header.is_empty() {
        return Err(StoreError::Empty { path });
    }
    let Some(log) = log else { return Ok(()) };
    if header.len() < HEADER || !header.starts_with(FORMAT) {
        return Err(StoreError::Damaged { path });
    }
    let line = number(&header, APPLICATION_ID);
    if header[READ_VERSION] == WITH_LOG && log.is_of(line) {
        return Ok(());
    }
    Err(StoreError::ForeignLog { path })
}

/// Whether a file begins as a database does, or as one whose first page is not written yet.
pub(super) fn may_be_database(file: &Path) -> io::Result<bool> {
    let header = begin(file, FORMAT.len())?;
    let is_unwritten = |header: &[u8]| header.iter().all(|byte| *byte == 0);
    Ok(header.is_some_and(|header| is_unwritten(&header) || header == FORMAT))
}

/// Keeps in the database which log is its own. Before this the connection has written nothing.
pub(super) fn adopt(connection: &Connection, file: &Path) -> Result<(), StoreError> {
    let work = || -> rusqlite::Result<()> {
        let log = || Log::read(&beside(file)).ok().flatten();
        // Only a log that is there: SQLite gives no random line to one that was emptied before it began.
        let is_read = match log() {
            Some(_) => connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], first)?,
            None => false,
        };
        let before: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        // Somebody reads the old log, such as a backup: which one will follow it is not known.
        if is_read {
            return keep(connection, UNKNOWN);
        }
        keep(connection, before.cast_unsigned() ^ COMING)?;
        keep(connection, log().map_or(UNKNOWN, |log| log.line))?;
        connection
            .query_row("PRAGMA wal_checkpoint", [], first)
            .map(drop)
    };
    work().map_err(|error| StoreError::opening(file, &error))
}

fn first(row: &rusqlite::Row<'_>) -> rusqlite::Result<bool> {
    row.get(0)
}

fn keep(connection: &Connection, line: u32) -> rusqlite::Result<()> {
    connection.pragma_update(None, "application_id", line.cast_signed())
}

/// The log of a database.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// What a log says of whose it is.
struct Log {
    line: u32,
    /// The `application_id` in its first frame, if that is the database's first page.
    first: Option<u32>,
}

impl Log {
    /// None where SQLite would take nothing from the file.
    fn read(path: &Path) -> io::Result<Option<Self>> {
        let Some(header) = begin(path, LOG_HEADER)?.filter(|header| header.len() == LOG_HEADER)
        else {
            return Ok(None);
        };
        let page @ 512..=65_536 = number(&header, 8) as usize else {
            return Ok(None);
        };
        let length = LOG_HEADER + FRAME_HEADER + page;
        let bytes = begin(path, length)?.unwrap_or_default();
        if bytes.len() < length || !is_whole(&bytes) {
            return Ok(None);
        }
        let is_first_page = number(&bytes, LOG_HEADER) == 1;
        let id = number(&bytes, LOG_HEADER + FRAME_HEADER + APPLICATION_ID);
        Ok(Some(Self {
            line: number(&bytes, 16).wrapping_sub(number(&bytes, 12)),
            first: is_first_page.then_some(id),
        }))
    }

    fn is_of(&self, line: u32) -> bool {
        let apart = self.line.wrapping_sub(line).cast_signed().unsigned_abs();
        line == UNKNOWN || apart < STRANGERS || self.first == Some(line ^ COMING)
    }
}

/// Whether the header and the first frame of a log have their checksums and the same salts.
fn is_whole(bytes: &[u8]) -> bool {
    let word = match number(bytes, 0) {
        0x377f_0682 => u32::from_le_bytes,
        0x377f_0683 => u32::from_be_bytes,
        _ => return false,
    };
    let sum = |before: (u32, u32), bytes: &[u8]| {
        let (words, _) = bytes.as_chunks::<4>();
        words.chunks_exact(2).fold(before, |(a, b), pair| {
            let a = a.wrapping_add(word(pair[0])).wrapping_add(b);
            (a, b.wrapping_add(word(pair[1])).wrapping_add(a))
        })
    };
    let header = sum((0, 0), &bytes[..24]);
    let frame = &bytes[LOG_HEADER..];
    let all = sum(sum(header, &frame[..8]), &frame[FRAME_HEADER..]);
    header == (number(bytes, 24), number(bytes, 28))
        && frame[8..16] == bytes[16..24]
        && all == (number(frame, 16), number(frame, 20))
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let found = bytes.get(at..).and_then(|rest| rest.first_chunk());
    found.copied().map_or(0, u32::from_be_bytes)
}

/// As many bytes of a file's beginning as there are, up to a number; none where there is no file.
fn begin(path: &Path, most: usize) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
#[path = "wal_tests.rs"]
mod tests;
