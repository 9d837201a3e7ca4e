//! Connections as the store wants them, and the schema's migrations.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::store::StoreError;

/// The steps from an empty database to this program's, numbered from 1; the database keeps the
/// number of its last one as `user_version`. A step that was released never changes: add another.
const STEPS: [(u32, &str); 11] = [
    (
        1,
        include_str!("../../../embedded/migrations/0001-learners-and-their-work.sql"),
    ),
    (
        2,
        include_str!("../../../embedded/migrations/0002-challenges.sql"),
    ),
    (
        3,
        include_str!("../../../embedded/migrations/0003-recovery.sql"),
    ),
    (
        4,
        include_str!("../../../embedded/migrations/0004-reviews.sql"),
    ),
    (
        5,
        include_str!("../../../embedded/migrations/0005-exercises-and-deeds.sql"),
    ),
    (
        6,
        include_str!("../../../embedded/migrations/0006-the-sites-secret.sql"),
    ),
    (
        7,
        include_str!("../../../embedded/migrations/0007-versions-are-thinned.sql"),
    ),
    (
        8,
        include_str!("../../../embedded/migrations/0008-texts-are-compressed.sql"),
    ),
    (
        9,
        include_str!("../../../embedded/migrations/0009-versions-have-names.sql"),
    ),
    (
        10,
        include_str!("../../../embedded/migrations/0010-the-playground.sql"),
    ),
    (
        11,
        include_str!("../../../embedded/migrations/0011-ticks.sql"),
    ),
];
/// The number of this program's last step.
pub(super) const NEWEST: u32 = STEPS[STEPS.len() - 1].0;

/// How long a connection waits for another program, such as a backup, to let go of the database.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// Opens a connection that syncs each commit to the disk.
pub(super) fn connect(file: &Path) -> Result<Connection, StoreError> {
    let open = || {
        let connection = Connection::open(file)?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is deleted is written over with zeros.
        connection.pragma_update(None, "secure_delete", true)?;
        // Without it SQLite prepares a statement anew for other values, in search of a better plan.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    };
    open().map_err(|error| StoreError::opening(file, &error))
}

/// Opens a connection to a database that is there, to read from it alone.
pub(super) fn reader(file: &Path) -> rusqlite::Result<Connection> {
    // To read a log SQLite writes beside it.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Takes the steps that the database lacks, all or none.
pub(super) fn migrate(connection: &mut Connection, file: &Path) -> Result<(), StoreError> {
    let fault = |error: rusqlite::Error| StoreError::opening(file, &error);
    // A step may make a table anew, and dropping the old one must not delete what refers to it. SQLite
    // takes no notice of this inside a transaction.
    connection
        .pragma_update(None, "foreign_keys", false)
        .map_err(fault)?;
    // Immediate: of two programs that start at once, one migrates and the other then finds it done.
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(fault)?;
    let taken = taken(&transaction, file)?;
    if taken < NEWEST {
        take_steps(&transaction, taken).map_err(fault)?;
    }
    transaction.commit().map_err(fault)?;
    connection
        .pragma_update(None, "foreign_keys", true)
        .map_err(fault)
}

/// Whether a database was begun by this program: it has its table of learners, or nothing at all yet.
fn is_ours(connection: &Connection, taken: u32) -> rusqlite::Result<bool> {
    let sql = if taken == 0 {
        "SELECT count(*) = 0 FROM sqlite_schema"
    } else {
        "SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'learners'"
    };
    connection.query_row(sql, [], |row| row.get(0))
}

/// Whether a database that is there was written by this program or an earlier one.
pub(super) fn check(connection: &Connection, file: &Path) -> Result<(), StoreError> {
    match taken(connection, file)? {
        0 => Err(StoreError::Damaged {
            path: file.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// How many steps a database has taken; none where it is empty. One of a later program, or of another one, is a fault.
pub(super) fn taken(connection: &Connection, file: &Path) -> Result<u32, StoreError> {
    let fault = |error: rusqlite::Error| StoreError::opening(file, &error);
    let taken: u32 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(fault)?;
    if taken > NEWEST {
        return Err(StoreError::Newer {
            path: file.to_owned(),
            found: taken,
            known: NEWEST,
        });
    }
    if !is_ours(connection, taken).map_err(fault)? {
        return Err(StoreError::Damaged {
            path: file.to_owned(),
        });
    }
    Ok(taken)
}

/// Writes a row that nothing else is kept in; what it holds now.
pub(super) fn probe(connection: &Connection) -> rusqlite::Result<Vec<u8>> {
    let sql = "INSERT INTO site_secrets (name, secret) VALUES ('probe', randomblob(8))
               ON CONFLICT (name) DO UPDATE SET secret = excluded.secret RETURNING secret";
    connection
        .prepare_cached(sql)?
        .query_row([], |row| row.get(0))
}

/// Reads that row again, and the newest of each table, by a connection that has nothing in memory yet: whether the file
/// holds what was written.
pub(super) fn look(file: &Path, written: &[u8]) -> Result<(), StoreError> {
    let damaged = || StoreError::Damaged {
        path: file.to_owned(),
    };
    let look = || {
        let connection = reader(file)?;
        let sql =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let mut tables = connection.prepare(sql)?;
        let tables = tables.query_map([], |row| row.get::<_, String>(0))?;
        for table in tables.collect::<rusqlite::Result<Vec<_>>>()? {
            let newest = format!("SELECT * FROM \"{table}\" ORDER BY rowid DESC LIMIT 1");
            let mut newest = connection.prepare(&newest)?;
            newest.query([])?.next()?;
        }
        let sql = "SELECT secret FROM site_secrets WHERE name = 'probe'";
        connection.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0))
    };
    match look() {
        Ok(read) if read == written => Ok(()),
        Ok(_) | Err(rusqlite::Error::QueryReturnedNoRows) => Err(damaged()),
        Err(error) => Err(StoreError::opening(file, &error)),
    }
}

fn take_steps(transaction: &Transaction<'_>, taken: u32) -> rusqlite::Result<()> {
    for (_, step) in STEPS.iter().filter(|(number, _)| *number > taken) {
        transaction.execute_batch(step)?;
    }
    let dangling = transaction
        .prepare("PRAGMA foreign_key_check")?
        .exists([])?;
    if dangling {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY);
        let sentence = "a row refers to one that is not there".to_owned();
        return Err(rusqlite::Error::SqliteFailure(code, Some(sentence)));
    }
    transaction.pragma_update(None, "user_version", NEWEST)
}
