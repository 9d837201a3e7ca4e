//! SQLite for one Run: databases in memory, and nothing else.
//!
//! [`begin`] prepares SQLite in this process when the first database is opened, after the jail stands, so a Run
//! without one pays nothing. From then on SQLite takes its memory from the [`heap`], which counts it with the
//! learner's objects, and knows only the [`vfs`], which has no files. A [`Connection`] asks the turn's clock
//! while it works, and its [`Statement`]s own what they need.

mod connection;
mod fault;
mod heap;
mod statement;
mod vfs;

use std::ffi::c_int;
use std::rc::Rc;

use rusqlite::ffi;

use super::host::Host;

pub(super) use connection::{Connection, Named, Opening};
pub(super) use fault::SqlFault;
pub(super) use statement::{Column, Statement};

/// Prepares SQLite, once for each process. Does nothing the next time.
pub(super) fn begin(host: &Rc<Host>) -> Result<(), SqlFault> {
    if !heap::lend_from(host) {
        return Ok(());
    }
    let methods = heap::METHODS;
    // SAFETY: nothing in this process has used SQLite before, and it is a single thread. The methods are
    // copied.
    let codes: [c_int; 5] = unsafe {
        [
            ffi::sqlite3_config(ffi::SQLITE_CONFIG_SINGLETHREAD),
            ffi::sqlite3_config(ffi::SQLITE_CONFIG_MALLOC, &raw const methods),
            ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0 as c_int),
            // A name is a name: “file:…?vfs=…” would choose where it is opened.
            ffi::sqlite3_config(ffi::SQLITE_CONFIG_URI, 0 as c_int),
            ffi::sqlite3_initialize(),
        ]
    };
    codes.into_iter().try_for_each(SqlFault::check)?;
    SqlFault::check(vfs::install())
}
