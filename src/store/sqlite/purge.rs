//! Making a database smaller while nobody uses it: learners who have done nothing for long go, versions of drafts
//! that are due go, and the room that is free in the file goes back to the disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::lock::FolderLock;
use super::reserve::Reserve;
use super::{FILE, Writing, kept, open_all, untouched, versions};
use crate::store::{LearnerId, Purge, StoreError};

/// Finds what is to go of a data folder, where `days` says after how long without a deed a learner goes.
pub(in crate::store) fn look(folder: &Path, days: Option<u32>) -> Result<Purge, StoreError> {
    let Some((_lock, connection)) = open(folder)? else {
        return Ok(Purge::default());
    };
    let learners = learners(&connection, days)?;
    let mut versions = 0;
    for (draft, learner) in drafts(&connection)? {
        if !learners.contains(&learner) {
            versions += versions::due(&connection, draft)?.len();
        }
    }
    let bytes = size(folder);
    Ok(Purge {
        learners: learners.len(),
        versions,
        bytes_before: bytes,
        bytes_after: bytes,
    })
}

/// Lets go of it. Where there is no room to give room back, the file stays as long as it is, and is filled again.
pub(in crate::store) fn purge(folder: &Path, days: Option<u32>) -> Result<Purge, StoreError> {
    let reserve = Reserve::of(folder);
    reserve.give_up();
    let Some((_lock, mut connection)) = open(folder)? else {
        return Ok(Purge::default());
    };
    let mut gone = Purge {
        bytes_before: size(folder),
        ..Purge::default()
    };
    for learner in learners(&connection, days)? {
        in_transaction(&mut connection, |writing| kept::forget(writing, learner))?;
        gone.learners += 1;
    }
    for (draft, _) in drafts(&connection)? {
        gone.versions += in_transaction(&mut connection, |writing| versions::thin(writing, draft))?;
    }
    shorten(&connection)?;
    drop(connection);
    reserve.renew();
    gone.bytes_after = size(folder);
    Ok(gone)
}

/// Nothing where there is no database.
fn open(folder: &Path) -> Result<Option<(FolderLock, Connection)>, StoreError> {
    let file = folder.join(FILE);
    if !file.exists() {
        return Ok(None);
    }
    let lock = FolderLock::take(folder)?;
    let (connection, _) = open_all(&file)?;
    Ok(Some((lock, connection)))
}

/// Writes the database anew, without what is free in it, and empties its log. This takes as much room again.
fn shorten(connection: &Connection) -> Result<(), StoreError> {
    match connection.execute_batch("VACUUM").map_err(StoreError::from) {
        Ok(()) | Err(StoreError::Full) => {}
        Err(fault) => return Err(fault),
    }
    Ok(connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?)
}

fn learners(connection: &Connection, days: Option<u32>) -> rusqlite::Result<BTreeSet<LearnerId>> {
    let learners = days.map_or(Ok(Vec::new()), |days| untouched::all(connection, days))?;
    Ok(learners.into_iter().collect())
}

/// All drafts, each with whose it is.
fn drafts(connection: &Connection) -> rusqlite::Result<Vec<(i64, LearnerId)>> {
    let mut drafts = connection.prepare("SELECT id, learner_id FROM drafts")?;
    let drafts = drafts.query_map([], |row| Ok((row.get(0)?, LearnerId(row.get(1)?))))?;
    drafts.collect()
}

fn in_transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Writing<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = work(&Writing::of(&transaction))?;
    transaction.commit()?;
    Ok(done)
}

/// What the database and its log take on the disk, in bytes.
fn size(folder: &Path) -> u64 {
    let files = [FILE.to_owned(), format!("{FILE}-wal")];
    let sizes = files.map(|file| fs::metadata(folder.join(file)).map_or(0, |file| file.len()));
    sizes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{folder, left_by_an_earlier_program};
    use super::*;

    #[test]
    fn a_purge_does_what_the_look_has_told() {
        let folder = left_by_an_earlier_program();
        let told = look(folder.path(), Some(0)).expect("a look");
        assert_eq!(look(folder.path(), None).expect("a look").learners, 0);
        assert!(told.learners > 0, "{told:?}");
        let gone = purge(folder.path(), Some(0)).expect("a purge");
        assert_eq!(
            (gone.learners, gone.versions),
            (told.learners, told.versions)
        );
        let left = look(folder.path(), Some(0)).expect("a look");
        assert_eq!((left.learners, left.versions), (0, 0));
    }

    #[test]
    fn without_a_database_there_is_nothing_to_purge_and_none_is_made() {
        let folder = folder();
        assert_eq!(
            purge(folder.path(), Some(0)).expect("a purge"),
            Purge::default()
        );
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}
