//! A prepared statement: bound, stepped through row by row, and reset.

use std::cell::Cell;
use std::ffi::{c_char, c_int};
use std::rc::Rc;
use std::slice;

use rusqlite::ffi::{self, sqlite3_stmt};

use super::{SqlFault, fault};

/// The encoding of text.
const UTF8: u8 = 1;

/// A statement, until it is dropped.
pub(in crate::engine::zygote) struct Statement {
    raw: *mut sqlite3_stmt,
    /// Kept for the connection's callback, which may outlive the connection.
    _refused: Rc<Cell<bool>>,
}

/// The value of a column in the present row; text should be UTF-8, and need not be.
pub(in crate::engine::zygote) enum Column<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'a [u8]),
    Blob(&'a [u8]),
}

impl Column<'_> {
    /// The name of its type.
    pub(in crate::engine::zygote) fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Integer(_) => "INTEGER",
            Self::Real(_) => "FLOAT",
            Self::Text(_) => "TEXT",
            Self::Blob(_) => "BLOB",
        }
    }
}

// SAFETY, of each block below: the statement is alive until it is dropped, indices out of range are answered by
// SQLite with null or a code, and its strings are copied or borrowed from it.
impl Statement {
    /// None for null.
    ///
    /// # Safety
    /// The pointer must be null or a statement that nobody else finalizes.
    pub(super) unsafe fn new(raw: *mut sqlite3_stmt, refused: Rc<Cell<bool>>) -> Option<Self> {
        (!raw.is_null()).then_some(Self {
            raw,
            _refused: refused,
        })
    }

    /// Binds a value to a parameter, counted from 1.
    pub(in crate::engine::zygote) fn bind(
        &self,
        index: c_int,
        value: &Column<'_>,
    ) -> Result<(), SqlFault> {
        let transient = ffi::SQLITE_TRANSIENT();
        let code = unsafe {
            match *value {
                Column::Null => ffi::sqlite3_bind_null(self.raw, index),
                Column::Integer(value) => ffi::sqlite3_bind_int64(self.raw, index, value),
                Column::Real(value) => ffi::sqlite3_bind_double(self.raw, index, value),
                Column::Text(text) => {
                    let (start, length) = (text.as_ptr().cast(), text.len() as u64);
                    ffi::sqlite3_bind_text64(self.raw, index, start, length, transient, UTF8)
                }
                Column::Blob([]) => ffi::sqlite3_bind_zeroblob(self.raw, index, 0),
                Column::Blob(bytes) => {
                    let (start, length) = (bytes.as_ptr().cast(), bytes.len() as u64);
                    ffi::sqlite3_bind_blob64(self.raw, index, start, length, transient)
                }
            }
        };
        self.check(code)
    }

    /// Goes to the next row; false at the end.
    pub(in crate::engine::zygote) fn step(&self) -> Result<bool, SqlFault> {
        match unsafe { ffi::sqlite3_step(self.raw) } {
            ffi::SQLITE_ROW => Ok(true),
            ffi::SQLITE_DONE => Ok(false),
            _ => Err(self.fault()),
        }
    }

    /// Lets go of the row and its locks; what is bound stays.
    pub(in crate::engine::zygote) fn reset(&self) {
        // What the last step ended with was told then.
        unsafe { ffi::sqlite3_reset(self.raw) };
    }

    fn check(&self, code: c_int) -> Result<(), SqlFault> {
        if code == ffi::SQLITE_OK {
            Ok(())
        } else {
            Err(self.fault())
        }
    }

    fn fault(&self) -> SqlFault {
        unsafe { SqlFault::last(ffi::sqlite3_db_handle(self.raw)) }
    }

    /// How many parameters it has.
    pub(in crate::engine::zygote) fn parameters(&self) -> c_int {
        unsafe { ffi::sqlite3_bind_parameter_count(self.raw) }
    }

    /// The name of a parameter, counted from 1, with the mark before it.
    pub(in crate::engine::zygote) fn parameter_name(&self, index: c_int) -> Option<String> {
        unsafe { copied(ffi::sqlite3_bind_parameter_name(self.raw, index)) }
    }

    /// How many columns its rows have; this may change with the schema until it is stepped.
    pub(in crate::engine::zygote) fn columns(&self) -> c_int {
        unsafe { ffi::sqlite3_column_count(self.raw) }
    }

    /// The name of a column, counted from 0.
    pub(in crate::engine::zygote) fn column_name(&self, index: c_int) -> String {
        unsafe { fault::text(ffi::sqlite3_column_name(self.raw, index)) }
    }

    /// The type that a column was declared with.
    pub(in crate::engine::zygote) fn declared_type(&self, index: c_int) -> Option<String> {
        unsafe { copied(ffi::sqlite3_column_decltype(self.raw, index)) }
    }

    /// How many rows its connection has changed so far, by triggers as well.
    pub(in crate::engine::zygote) fn changes(&self) -> i64 {
        unsafe { ffi::sqlite3_total_changes64(ffi::sqlite3_db_handle(self.raw)) }
    }

    /// The number of the row that its connection inserted last.
    pub(in crate::engine::zygote) fn last_row(&self) -> i64 {
        unsafe { ffi::sqlite3_last_insert_rowid(ffi::sqlite3_db_handle(self.raw)) }
    }

    /// Whether it leaves the database as it is.
    pub(in crate::engine::zygote) fn is_readonly(&self) -> bool {
        unsafe { ffi::sqlite3_stmt_readonly(self.raw) != 0 }
    }

    /// The SQL with what is bound in it. Empty where that is too long.
    pub(in crate::engine::zygote) fn expanded(&self) -> String {
        unsafe {
            let sql = ffi::sqlite3_expanded_sql(self.raw);
            let copy = fault::text(sql);
            ffi::sqlite3_free(sql.cast());
            copy
        }
    }

    /// The SQL as it was written.
    pub(in crate::engine::zygote) fn sql(&self) -> String {
        unsafe { fault::text(ffi::sqlite3_sql(self.raw)) }
    }

    /// A column of the present row, counted from 0. It is gone with the next step, which borrows it anew.
    pub(in crate::engine::zygote) fn column(&self, index: c_int) -> Result<Column<'_>, SqlFault> {
        let raw = self.raw;
        let column = unsafe {
            match ffi::sqlite3_column_type(raw, index) {
                ffi::SQLITE_INTEGER => Column::Integer(ffi::sqlite3_column_int64(raw, index)),
                ffi::SQLITE_FLOAT => Column::Real(ffi::sqlite3_column_double(raw, index)),
                ffi::SQLITE_TEXT => {
                    let start = ffi::sqlite3_column_text(raw, index);
                    Column::Text(self.bytes(start, index)?)
                }
                ffi::SQLITE_BLOB => {
                    let start = ffi::sqlite3_column_blob(raw, index);
                    Column::Blob(self.bytes(start.cast(), index)?)
                }
                _ => Column::Null,
            }
        };
        Ok(column)
    }

    /// As many bytes from `start` as the column has. Without a start it is empty, or there was no memory.
    fn bytes(&self, start: *const u8, index: c_int) -> Result<&[u8], SqlFault> {
        let length = unsafe { ffi::sqlite3_column_bytes(self.raw, index) };
        if start.is_null() {
            let code = unsafe { ffi::sqlite3_errcode(ffi::sqlite3_db_handle(self.raw)) };
            let no_memory = code == ffi::SQLITE_NOMEM;
            return if no_memory {
                Err(self.fault())
            } else {
                Ok(&[])
            };
        }
        Ok(unsafe { slice::from_raw_parts(start, usize::try_from(length).unwrap_or(0)) })
    }
}

impl Drop for Statement {
    fn drop(&mut self) {
        // SAFETY: it is finalized once.
        unsafe { ffi::sqlite3_finalize(self.raw) };
    }
}

/// Copies a string of SQLite's that may be missing.
///
/// # Safety
/// The pointer must be null or a string that ends with a zero.
unsafe fn copied(pointer: *const c_char) -> Option<String> {
    // SAFETY: as demanded above.
    (!pointer.is_null()).then(|| unsafe { fault::text(pointer) })
}
