//! A connection to a database in memory.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::{CString, c_char, c_int, c_void};
use std::ptr;
use std::rc::Rc;

use rusqlite::ffi::{self, sqlite3};

use super::statement::Statement;
use super::{Host, SqlFault, fault};

/// Machine instructions of SQLite's between two looks at the clock: some twenty microseconds.
const INSTRUCTIONS: c_int = 1000;

unsafe extern "C" {
    /// Closes it once its last statement is gone; the crate's bindings leave it out.
    fn sqlite3_close_v2(db: *mut sqlite3) -> c_int;
}

/// The schema that statements mean when they name none.
const MAIN: *const c_char = c"main".as_ptr();

/// How a database is opened.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine::zygote) struct Opening {
    /// Nothing may be written.
    pub(in crate::engine::zygote) readonly: bool,
    /// It is made when there is none of the name.
    pub(in crate::engine::zygote) create: bool,
}

/// The databases of this Run that have a name: the same for all who open them, as files are, and kept when the last
/// of these has closed. The connections only keep them.
#[derive(Default)]
pub(in crate::engine::zygote) struct Named(BTreeMap<String, Connection>);

/// An open connection, until it is closed or dropped. Statements outlive it, as SQLite allows.
pub(in crate::engine::zygote) struct Connection {
    db: *mut sqlite3,
    /// Whether a statement was refused because it would attach a file. On the heap, where SQLite's callback
    /// finds it for as long as statements live.
    refused: Rc<Cell<bool>>,
}

impl Connection {
    /// A new database that nobody else sees.
    pub(in crate::engine::zygote) fn private(host: &Rc<Host>) -> Result<Self, SqlFault> {
        let flags = ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE;
        Self::open(host, c":memory:", flags, ptr::null())
    }

    /// The database of this name; a name that is new makes one, unless `opening` forbids that.
    pub(in crate::engine::zygote) fn named(
        host: &Rc<Host>,
        named: &mut Named,
        name: &str,
        opening: Opening,
    ) -> Result<Self, SqlFault> {
        let is_there = named.0.contains_key(name);
        let path = CString::new(format!("/{name}"));
        let (true, Ok(path)) = (is_there || opening.create, path) else {
            return Err(SqlFault {
                message: "unable to open database file".into(),
                ..SqlFault::of_code(ffi::SQLITE_CANTOPEN)
            });
        };
        let writing = ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE;
        let shared = c"memdb".as_ptr();
        if !is_there {
            let keeper = Self::open(host, &path, writing, shared)?;
            named.0.insert(name.to_owned(), keeper);
        }
        let reading = ffi::SQLITE_OPEN_READONLY;
        let flags = if opening.readonly { reading } else { writing };
        Self::open(host, &path, flags, shared)
    }

    fn open(
        host: &Rc<Host>,
        path: &std::ffi::CStr,
        flags: c_int,
        vfs: *const c_char,
    ) -> Result<Self, SqlFault> {
        super::begin(host)?;
        let flags = flags | ffi::SQLITE_OPEN_NOMUTEX | ffi::SQLITE_OPEN_EXRESCODE;
        let mut db = ptr::null_mut();
        // SAFETY: the strings end with a zero; a connection that could not be opened is closed by the drop.
        let code = unsafe { ffi::sqlite3_open_v2(path.as_ptr(), &raw mut db, flags, vfs) };
        let connection = Self {
            db,
            refused: Rc::default(),
        };
        if code != ffi::SQLITE_OK {
            return Err(SqlFault::of_code(code));
        }
        connection.bound(host);
        Ok(connection)
    }

    /// Keeps it within the Run's limits.
    fn bound(&self, host: &Rc<Host>) {
        let memory = host.limits.borrow().memory;
        let memory = c_int::try_from(memory).unwrap_or(c_int::MAX);
        let db = self.db;
        // SAFETY: the connection is open. The host lives as long as the process.
        unsafe {
            // A value that could never fit is refused by name.
            for limit in [ffi::SQLITE_LIMIT_LENGTH, ffi::SQLITE_LIMIT_SQL_LENGTH] {
                ffi::sqlite3_limit(db, limit, memory);
            }
            let clock = Rc::as_ptr(host).cast_mut().cast();
            ffi::sqlite3_progress_handler(db, INSTRUCTIONS, Some(is_over), clock);
            self.watch_attaching();
            // As SQLite has it by itself, and Bun.
            let none = ptr::null_mut::<c_int>();
            ffi::sqlite3_db_config(db, ffi::SQLITE_DBCONFIG_ENABLE_FKEY, 0 as c_int, none);
            // Nobody writes to the schema's own table, or to those of full-text search, and breaks them.
            ffi::sqlite3_db_config(db, ffi::SQLITE_DBCONFIG_DEFENSIVE, 1 as c_int, none);
        }
    }

    /// Refuses files.
    fn watch_attaching(&self) {
        let refused = Rc::as_ptr(&self.refused).cast_mut().cast();
        // SAFETY: the connection is open, and `refused` lives as long as it or its last statement.
        unsafe { ffi::sqlite3_set_authorizer(self.db, Some(authorize), refused) };
    }

    /// Fills this private database with one that was serialized.
    pub(in crate::engine::zygote) fn fill(
        &self,
        bytes: &[u8],
        readonly: bool,
    ) -> Result<(), SqlFault> {
        let mut flags = ffi::SQLITE_DESERIALIZE_FREEONCLOSE;
        flags |= if readonly {
            ffi::SQLITE_DESERIALIZE_READONLY
        } else {
            ffi::SQLITE_DESERIALIZE_RESIZEABLE
        };
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        // SAFETY: the copy is as long as the bytes, and SQLite's from now on, whatever happens.
        let code = unsafe {
            let copy: *mut u8 = ffi::sqlite3_malloc64(bytes.len() as u64).cast();
            if copy.is_null() {
                return Err(SqlFault::of_code(ffi::SQLITE_NOMEM));
            }
            ptr::copy_nonoverlapping(bytes.as_ptr(), copy, bytes.len());
            // SQLite attaches it by itself.
            ffi::sqlite3_set_authorizer(self.db, None, ptr::null_mut());
            let db = self.db;
            let code = ffi::sqlite3_deserialize(db, MAIN, copy, length, length, flags as _);
            self.watch_attaching();
            code
        };
        SqlFault::check(code)
    }

    /// The database as the bytes of a file.
    pub(in crate::engine::zygote) fn serialize(&self, schema: &str) -> Result<Vec<u8>, SqlFault> {
        let schema = CString::new(schema).map_err(|_| SqlFault::of_code(ffi::SQLITE_MISUSE))?;
        let mut length = 0;
        // SAFETY: the bytes are as many as SQLite says, copied, and given back.
        unsafe {
            let bytes = ffi::sqlite3_serialize(self.db, schema.as_ptr(), &raw mut length, 0);
            if bytes.is_null() {
                return Err(SqlFault::of_code(ffi::SQLITE_NOMEM));
            }
            let length = usize::try_from(length).unwrap_or(0);
            let copy = std::slice::from_raw_parts(bytes, length).to_vec();
            ffi::sqlite3_free(bytes.cast());
            Ok(copy)
        }
    }

    /// Reads the first statement, and how many bytes of the SQL it took; no statement where there is only white
    /// space or a comment.
    pub(in crate::engine::zygote) fn prepare(
        &self,
        sql: &str,
    ) -> Result<(Option<Statement>, usize), SqlFault> {
        let mut statement = ptr::null_mut();
        let mut tail = ptr::null();
        let length = c_int::try_from(sql.len()).unwrap_or(c_int::MAX);
        self.refused.set(false);
        // SAFETY: the connection is open, and the text as long as it is told; the tail points into it.
        unsafe {
            let code = ffi::sqlite3_prepare_v3(
                self.db,
                sql.as_ptr().cast(),
                length,
                0,
                &raw mut statement,
                &raw mut tail,
            );
            if code != ffi::SQLITE_OK {
                let refusal = self.refusal();
                return Err(refusal.unwrap_or_else(|| SqlFault::last(self.db).explained(sql)));
            }
            let used = (tail as usize).saturating_sub(sql.as_ptr() as usize);
            let statement = Statement::new(statement, Rc::clone(&self.refused));
            Ok((statement, used.min(sql.len())))
        }
    }

    /// Why a statement was refused that would have opened a file.
    fn refusal(&self) -> Option<SqlFault> {
        self.refused.take().then(|| SqlFault {
            message: "a sandbox has no disk: ATTACH takes ':memory:' only, and VACUUM no INTO"
                .into(),
            ..SqlFault::of_code(ffi::SQLITE_CANTOPEN)
        })
    }

    /// Whether a transaction is open.
    pub(in crate::engine::zygote) fn in_transaction(&self) -> bool {
        // SAFETY: the connection is open.
        unsafe { ffi::sqlite3_get_autocommit(self.db) == 0 }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // SAFETY: it is closed once, and SQLite keeps it until the last of its statements is gone.
        unsafe { sqlite3_close_v2(self.db) };
    }
}

/// Whether the turn's time is over, or the Run is to stop for another reason.
unsafe extern "C" fn is_over(host: *mut c_void) -> c_int {
    // SAFETY: what was registered with this function.
    let host = unsafe { &*host.cast::<Host>() };
    host.clock.give_way();
    c_int::from(host.clock.check().is_some())
}

/// Allows all but to attach files.
unsafe extern "C" fn authorize(
    refused: *mut c_void,
    action: c_int,
    name: *const c_char,
    _: *const c_char,
    _: *const c_char,
    _: *const c_char,
) -> c_int {
    if action != ffi::SQLITE_ATTACH {
        return ffi::SQLITE_OK;
    }
    // SAFETY: SQLite gives a string, or null where the name is not written down; `refused` is what was registered.
    unsafe {
        let known = !name.is_null();
        if known && matches!(&*fault::text(name), "" | ":memory:") {
            return ffi::SQLITE_OK;
        }
        (*refused.cast::<Cell<bool>>()).set(true);
    }
    ffi::SQLITE_DENY
}
