//! The program's allocator: the system's, with a limit while a learner's file is read. Elsewhere it costs a look at
//! one number.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::TOO_MUCH;

/// How much may still be given out, in bytes.
static LEFT: AtomicUsize = AtomicUsize::new(usize::MAX);

/// No limit.
const ALL: usize = usize::MAX;

#[global_allocator]
static LIMITED: Limited = Limited;

struct Limited;

/// From now on so many bytes may be taken.
pub(super) fn allow(most: usize) {
    LEFT.store(most, Ordering::Relaxed);
}

/// The limit is over.
pub(super) fn allow_all() {
    LEFT.store(ALL, Ordering::Relaxed);
}

/// Counts what is taken. A Run has one thread, and only in a Run is there a limit.
fn take(size: usize) {
    let left = LEFT.load(Ordering::Relaxed);
    if left != ALL {
        match left.checked_sub(size) {
            Some(left) => LEFT.store(left, Ordering::Relaxed),
            None => TOO_MUCH.say(),
        }
    }
}

fn give_back(size: usize) {
    let left = LEFT.load(Ordering::Relaxed);
    if left != ALL {
        LEFT.store(left.saturating_add(size).min(ALL - 1), Ordering::Relaxed);
    }
}

// SAFETY: each call is the system's own, with what was given here.
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        // SAFETY: as the caller has to see to.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        // SAFETY: as the caller has to see to.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        give_back(layout.size());
        // SAFETY: as the caller has to see to.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        take(size);
        give_back(layout.size());
        // SAFETY: as the caller has to see to.
        unsafe { System.realloc(pointer, layout, size) }
    }
}
