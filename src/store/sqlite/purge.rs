//! Making a database smaller while nobody uses it: learners who have done nothing for long go, projects that were
//! deleted go, versions of drafts that are due go, texts that earlier programs kept as they are get compressed, and the room that is free in the
//! file goes back to the disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::lock::FolderLock;
use super::opening::open_all;
use super::reserve::Reserve;
use super::{FILE, Writing, backup, kept, playground, texts, untouched, versions};
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
    in_transaction(&mut connection, playground::sweep)?;
    for (draft, _) in drafts(&connection)? {
        gone.versions += in_transaction(&mut connection, |writing| versions::thin(writing, draft))?;
    }
    if_there_is_room(compress(&mut connection))?;
    if_there_is_room(connection.execute_batch("VACUUM"))?;
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
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
    backup::clean_up(folder)?;
    let (connection, _) = open_all(&file)?;
    Ok(Some((lock, connection)))
}

/// So many texts are compressed in one transaction.
const TEXTS: usize = 256;

/// Compresses the texts that earlier programs kept as they are.
fn compress(connection: &mut Connection) -> rusqlite::Result<()> {
    for texts in texts::plain(connection)?.chunks(TEXTS) {
        in_transaction(connection, |writing| {
            let mut texts = texts.iter();
            texts.try_for_each(|text| texts::pack(writing, *text))
        })?;
    }
    Ok(())
}

/// What takes some room before it gives room back is left out where there is none.
fn if_there_is_room(done: rusqlite::Result<()>) -> Result<(), StoreError> {
    match done.map_err(StoreError::from) {
        Err(StoreError::Full) => Ok(()),
        done => done,
    }
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
    use crate::project::Contents;

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
    fn a_purge_compresses_what_an_earlier_program_kept_as_it_was() {
        let folder = left_by_an_earlier_program();
        let long = "<p>so on</p>".repeat(1000);
        let file = folder.path().join(FILE);
        let connection = Connection::open(&file).expect("a database");
        let written = connection.execute("UPDATE texts SET body = $1", [&long]);
        assert!(written.expect("a write") > 0);
        drop(connection);
        purge(folder.path(), None).expect("a purge");
        let connection = Connection::open(&file).expect("a database");
        let bodies: Vec<Contents> = connection
            .prepare("SELECT body, packed FROM texts WHERE packed AND octet_length(body) < 500")
            .expect("SQL")
            .query_map([], |row| texts::contents(row, row.get_ref(0)?, 1))
            .expect("a read")
            .collect::<rusqlite::Result<_>>()
            .expect("texts");
        let texts = "SELECT count(*) FROM texts";
        let texts: i64 = connection
            .query_row(texts, [], |row| row.get(0))
            .expect("a read");
        assert_eq!(Ok(bodies.len()), usize::try_from(texts));
        assert!(!bodies.is_empty());
        assert!(bodies.iter().all(|body| body.bytes() == long.as_bytes()));
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
