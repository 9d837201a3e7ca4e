//! The file system that SQLite sees in a Run: none. Its own opens files and asks the kernel for more than a Run
//! may; the jail would end the Run for it, without a word to the learner.

use std::ffi::{c_char, c_int};
use std::ptr;
use std::slice;

use rusqlite::ffi::{self, sqlite3_file, sqlite3_filename, sqlite3_vfs};

/// SQLite's own, for databases in memory that several connections share.
const SHARED: &std::ffi::CStr = c"memdb";

/// Makes this the only file system beside the one in memory; a code of SQLite's.
pub(super) fn install() -> c_int {
    // SAFETY: SQLite is ready and this process a single thread. What is registered lives for ever.
    unsafe {
        let system = ffi::sqlite3_vfs_find(ptr::null());
        if system.is_null() {
            return ffi::SQLITE_ERROR;
        }
        let ours: *mut sqlite3_vfs = Box::leak(Box::new(nothing(&*system)));
        let code = ffi::sqlite3_vfs_register(ours, 1);
        let shared = ffi::sqlite3_vfs_find(SHARED.as_ptr());
        let mut next = (*ours).pNext;
        while !next.is_null() {
            let vfs = next;
            next = (*vfs).pNext;
            if vfs != shared {
                ffi::sqlite3_vfs_unregister(vfs);
            }
        }
        code
    }
}

/// Files that are not there; the time is the system's.
fn nothing(system: &sqlite3_vfs) -> sqlite3_vfs {
    sqlite3_vfs {
        iVersion: 2,
        szOsFile: c_int::try_from(size_of::<sqlite3_file>()).unwrap_or(c_int::MAX),
        mxPathname: system.mxPathname,
        pNext: ptr::null_mut(),
        zName: c"nothing".as_ptr(),
        pAppData: ptr::null_mut(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_path_name),
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: system.xCurrentTime,
        xGetLastError: None,
        xCurrentTimeInt64: system.xCurrentTimeInt64,
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    }
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    _: sqlite3_filename,
    file: *mut sqlite3_file,
    _: c_int,
    _: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives room for a file; without methods it is not closed.
    unsafe { (*file).pMethods = ptr::null() };
    ffi::SQLITE_CANTOPEN
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, _: *const c_char, _: c_int) -> c_int {
    ffi::SQLITE_IOERR_DELETE_NOENT
}

unsafe extern "C" fn access(
    _: *mut sqlite3_vfs,
    _: *const c_char,
    _: c_int,
    is_there: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives the place for its answer.
    unsafe { *is_there = 0 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn full_path_name(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    full: *mut c_char,
) -> c_int {
    // SAFETY: SQLite gives a string that ends with a zero, and so much room.
    unsafe {
        let length = libc::strlen(name) + 1;
        if length > usize::try_from(room).unwrap_or(0) {
            return ffi::SQLITE_CANTOPEN;
        }
        ptr::copy_nonoverlapping(name, full, length);
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn randomness(_: *mut sqlite3_vfs, count: c_int, bytes: *mut c_char) -> c_int {
    // SAFETY: SQLite gives room for so many.
    let bytes =
        unsafe { slice::from_raw_parts_mut(bytes.cast(), usize::try_from(count).unwrap_or(0)) };
    if getrandom::fill(bytes).is_ok() {
        count
    } else {
        0
    }
}

/// Nobody else could let go of a lock meanwhile.
unsafe extern "C" fn sleep(_: *mut sqlite3_vfs, _: c_int) -> c_int {
    0
}
