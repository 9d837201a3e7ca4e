//! Where SQLite has its memory from: what is [lent](super::super::memory) to it within the Run's limit. When that
//! is used up, the statement fails, and the server goes on.

use std::cell::OnceCell;
use std::ffi::{c_int, c_void};
use std::ptr;
use std::rc::Rc;

use rusqlite::ffi;

use super::Host;

thread_local! {
    /// Whose memory it is: SQLite's methods have no argument that could tell.
    static LENDER: OnceCell<Rc<Host>> = const { OnceCell::new() };
}

/// From now on SQLite's memory is this Run's; false when that was settled before.
pub(super) fn lend_from(host: &Rc<Host>) -> bool {
    LENDER.with(|lender| lender.set(Rc::clone(host)).is_ok())
}

/// What SQLite calls.
pub(super) const METHODS: ffi::sqlite3_mem_methods = ffi::sqlite3_mem_methods {
    xMalloc: Some(take),
    xFree: Some(give_back),
    xRealloc: Some(resize),
    xSize: Some(size),
    xRoundup: Some(rounded),
    xInit: Some(init),
    xShutdown: Some(shutdown),
    pAppData: ptr::null_mut(),
};

unsafe extern "C" fn take(bytes: c_int) -> *mut c_void {
    // SAFETY: null is a pointer to nothing, as resizing wants it.
    unsafe { resize(ptr::null_mut(), bytes) }
}

unsafe extern "C" fn give_back(pointer: *mut c_void) {
    LENDER.with(|lender| {
        if let Some(host) = lender.get() {
            // SAFETY: SQLite gives back what it was given by `resize`, or null.
            unsafe { host.memory.take_back(pointer.cast()) };
        }
    });
}

unsafe extern "C" fn resize(pointer: *mut c_void, bytes: c_int) -> *mut c_void {
    let bytes = usize::try_from(bytes).unwrap_or(0);
    LENDER.with(|lender| match lender.get() {
        // SAFETY: SQLite passes what it was given, or null.
        Some(host) => unsafe { host.memory.lend(pointer.cast(), bytes).cast() },
        None => ptr::null_mut(),
    })
}

unsafe extern "C" fn size(pointer: *mut c_void) -> c_int {
    // SAFETY: SQLite asks about what it was given.
    let size = unsafe { libc::malloc_usable_size(pointer) };
    c_int::try_from(size).unwrap_or(c_int::MAX)
}

unsafe extern "C" fn rounded(bytes: c_int) -> c_int {
    bytes.saturating_add(7) & !7
}

unsafe extern "C" fn init(_: *mut c_void) -> c_int {
    ffi::SQLITE_OK
}

unsafe extern "C" fn shutdown(_: *mut c_void) {}
