//! What went wrong in SQLite, in its own words and by its own names.

use std::ffi::{CStr, c_int};

use rusqlite::ffi;

/// An error of SQLite's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine::zygote) struct SqlFault {
    /// What went wrong.
    pub(in crate::engine::zygote) message: String,
    /// The extended code.
    pub(in crate::engine::zygote) code: c_int,
    /// Where in the SQL, in bytes; −1 where SQLite does not say.
    pub(in crate::engine::zygote) offset: c_int,
}

impl SqlFault {
    /// The fault of a call that has no connection.
    pub(super) fn check(code: c_int) -> Result<(), Self> {
        if code == ffi::SQLITE_OK {
            return Ok(());
        }
        Err(Self::of_code(code))
    }

    /// A fault by its code alone.
    pub(in crate::engine::zygote) fn of_code(code: c_int) -> Self {
        // SAFETY: the strings are constants of SQLite's.
        let message = unsafe { text(ffi::sqlite3_errstr(code)) };
        Self {
            message,
            code,
            offset: -1,
        }
    }

    /// What the last call on this connection ended with.
    ///
    /// # Safety
    /// The connection must be open, or a statement of it alive.
    pub(super) unsafe fn last(db: *mut ffi::sqlite3) -> Self {
        // SAFETY: as demanded above; the text is copied before the next call.
        unsafe {
            Self {
                message: text(ffi::sqlite3_errmsg(db)),
                code: ffi::sqlite3_extended_errcode(db),
                offset: ffi::sqlite3_error_offset(db),
            }
        }
    }

    /// What went wrong, in SQLite's words, and where these need it in ours as well.
    pub(in crate::engine::zygote) fn sentence(&self) -> String {
        if self.code & 0xFF == ffi::SQLITE_NOMEM {
            return format!("{}: a database is part of its Run’s memory", self.message);
        }
        self.message.clone()
    }

    /// The same, with what to write instead where the SQL has what only Bun's SQLite reads: its parser is built to
    /// take a `LIMIT` in `DELETE` and `UPDATE`.
    pub(super) fn explained(mut self, sql: &str) -> Self {
        let verb = sql.split_whitespace().next().unwrap_or_default();
        let writes = ["delete", "update"]
            .iter()
            .any(|it| verb.eq_ignore_ascii_case(it));
        let near = self.message.to_ascii_lowercase();
        if writes && (near.starts_with("near \"limit\"") || near.starts_with("near \"order\"")) {
            self.message += ": DELETE and UPDATE take no LIMIT here; write WHERE rowid IN (SELECT rowid FROM … LIMIT …)";
        }
        self
    }

    /// The same, where the statement stands so many bytes further on in the SQL.
    pub(in crate::engine::zygote) fn further(mut self, bytes: usize) -> Self {
        if self.offset >= 0 {
            let bytes = c_int::try_from(bytes).unwrap_or(c_int::MAX);
            self.offset = self.offset.saturating_add(bytes);
        }
        self
    }

    /// The name of the code, as programs know it: `SQLITE_CONSTRAINT_UNIQUE`.
    pub(in crate::engine::zygote) fn name(&self) -> &'static str {
        let find = |code| NAMES.iter().find(|(known, _)| *known == code);
        let found = find(self.code).or_else(|| find(self.code & 0xFF));
        found.map_or("SQLITE_ERROR", |(_, name)| name)
    }
}

/// Copies a string of SQLite's.
///
/// # Safety
/// The pointer must be null or a string that ends with a zero.
pub(super) unsafe fn text(pointer: *const std::ffi::c_char) -> String {
    if pointer.is_null() {
        return String::new();
    }
    // SAFETY: as demanded above.
    let text = unsafe { CStr::from_ptr(pointer) };
    text.to_string_lossy().into_owned()
}

/// Codes and their names.
macro_rules! names {
    ($($name:ident)*) => { &[$((ffi::$name, stringify!($name)),)*] };
}

const NAMES: &[(c_int, &str)] = names! {
    SQLITE_ERROR SQLITE_INTERNAL SQLITE_PERM SQLITE_ABORT SQLITE_BUSY SQLITE_LOCKED SQLITE_NOMEM
    SQLITE_READONLY SQLITE_INTERRUPT SQLITE_IOERR SQLITE_CORRUPT SQLITE_NOTFOUND SQLITE_FULL
    SQLITE_CANTOPEN SQLITE_PROTOCOL SQLITE_EMPTY SQLITE_SCHEMA SQLITE_TOOBIG SQLITE_CONSTRAINT
    SQLITE_MISMATCH SQLITE_MISUSE SQLITE_NOLFS SQLITE_AUTH SQLITE_FORMAT SQLITE_RANGE SQLITE_NOTADB
    SQLITE_NOTICE SQLITE_WARNING
    SQLITE_ERROR_MISSING_COLLSEQ SQLITE_ERROR_RETRY SQLITE_ERROR_SNAPSHOT SQLITE_ABORT_ROLLBACK
    SQLITE_BUSY_RECOVERY SQLITE_BUSY_SNAPSHOT SQLITE_BUSY_TIMEOUT SQLITE_LOCKED_SHAREDCACHE
    SQLITE_LOCKED_VTAB SQLITE_READONLY_RECOVERY SQLITE_READONLY_CANTLOCK SQLITE_READONLY_ROLLBACK
    SQLITE_READONLY_DBMOVED SQLITE_READONLY_CANTINIT SQLITE_READONLY_DIRECTORY SQLITE_IOERR_READ
    SQLITE_IOERR_SHORT_READ SQLITE_IOERR_WRITE SQLITE_IOERR_TRUNCATE SQLITE_IOERR_NOMEM
    SQLITE_CORRUPT_VTAB SQLITE_CORRUPT_SEQUENCE SQLITE_CORRUPT_INDEX SQLITE_CANTOPEN_ISDIR
    SQLITE_CANTOPEN_FULLPATH SQLITE_CONSTRAINT_CHECK SQLITE_CONSTRAINT_COMMITHOOK
    SQLITE_CONSTRAINT_FOREIGNKEY SQLITE_CONSTRAINT_FUNCTION SQLITE_CONSTRAINT_NOTNULL
    SQLITE_CONSTRAINT_PRIMARYKEY SQLITE_CONSTRAINT_TRIGGER SQLITE_CONSTRAINT_UNIQUE
    SQLITE_CONSTRAINT_VTAB SQLITE_CONSTRAINT_ROWID SQLITE_CONSTRAINT_PINNED
    SQLITE_CONSTRAINT_DATATYPE
};
