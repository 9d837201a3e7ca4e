//! A copy of the database from before an upgrade, so that an upgrade can be taken back.
//!
//! It lies beside the database, under the number of the schema that it has and the day. Another one of that name was
//! made on the same day, before the same upgrade: the later one has all that it has.

use std::path::Path;

use rusqlite::Connection;
use time::OffsetDateTime;

use super::{FILE, backup, reserve, schema};
use crate::store::StoreError;

/// How many times the database's size an upgrade may take: the copy, the log of a step that writes every table
/// anew, and the database that has grown by it.
const ROOM: u64 = 3;

/// Keeps a copy where this program's steps are to change what is there.
pub(super) fn keep_copy(connection: &Connection, file: &Path) -> Result<(), StoreError> {
    // Where the system does not say, the copy itself will.
    keep_copy_within(connection, file, reserve::free(file).unwrap_or(u64::MAX))
}

/// The same, where so many bytes are free.
fn keep_copy_within(connection: &Connection, file: &Path, free: u64) -> Result<(), StoreError> {
    let taken = schema::taken(connection, file)?;
    if taken == 0 || taken == schema::NEWEST {
        return Ok(());
    }
    let needed = ROOM * size(connection).map_err(|error| StoreError::opening(file, &error))?;
    if free < needed {
        return Err(StoreError::NoRoomToUpgrade {
            path: file.to_owned(),
            needed: mebibytes(needed),
            free: free / MIB,
        });
    }
    let day = OffsetDateTime::now_utc().date();
    let copy = file.with_file_name(format!("{FILE}.schema-{taken}-{day}"));
    backup::copy_into(file, &copy)?;
    tracing::info!(copy = %copy.display(), "kept a copy of the database from before the upgrade");
    Ok(())
}

/// In bytes.
fn size(connection: &Connection) -> rusqlite::Result<u64> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get(0));
    let (pages, bytes): (i64, i64) = (number("page_count")?, number("page_size")?);
    Ok((pages * bytes).unsigned_abs())
}

const MIB: u64 = 1024 * 1024;

fn mebibytes(bytes: u64) -> u64 {
    bytes.div_ceil(MIB)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::Sqlite;
    use super::super::tests::left_by_an_earlier_program;
    use super::*;
    use crate::budget::Quota;
    use crate::store::Words;
    use crate::store::announcements::Announcements;

    fn schema_of(file: &Path) -> u32 {
        let connection = Connection::open(file).expect("a database");
        let number = connection.pragma_query_value(None, "user_version", |row| row.get(0));
        number.expect("a number")
    }

    async fn opens_and_closes(folder: &Path) {
        let store =
            Sqlite::open(folder, Announcements::counted_by(Quota::default())).expect("it opens");
        store.close().await;
    }

    fn copies(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).expect("a folder").flatten();
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        names.filter(|name| name.contains("schema-")).collect()
    }

    #[tokio::test]
    async fn an_upgrade_keeps_what_was_there_before() {
        let folder = left_by_an_earlier_program();
        let name = || format!("hxlab.db.schema-4-{}", OffsetDateTime::now_utc().date());
        let before_midnight = name();
        opens_and_closes(folder.path()).await;
        let made = copies(folder.path());
        assert!(made == [before_midnight] || made == [name()], "{made:?}");
        let copy = folder.path().join(&made[0]);
        assert_eq!(schema_of(&copy), 4);
        assert_eq!(schema_of(&folder.path().join(FILE)), schema::NEWEST);
    }

    #[tokio::test]
    async fn a_start_without_an_upgrade_keeps_no_copy() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        opens_and_closes(folder.path()).await;
        opens_and_closes(folder.path()).await;
        assert_eq!(copies(folder.path()), Vec::<String>::new());
    }

    #[test]
    fn without_room_for_a_copy_nothing_is_upgraded() {
        let folder = left_by_an_earlier_program();
        let file = folder.path().join(FILE);
        let connection = schema::connect(&file).expect("a database");
        let refused = keep_copy_within(&connection, &file, 100_000).expect_err("too little");
        insta::assert_snapshot!(
            refused.to_string().replace(&folder.path().display().to_string(), "…"),
            @"…/hxlab.db is from an earlier hxlab; bringing it up to date takes 1 MiB, for a copy and for the work, and only 0 MiB are free: make room, or start the earlier program"
        );
        assert_eq!(schema_of(&file), 4);
    }
}
