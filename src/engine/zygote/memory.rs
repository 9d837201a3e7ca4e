//! The memory of the learner's objects, counted, so that a Run that takes too much is told so, and not
//! shown whatever error its code makes of it.
//!
//! Over the limit the Run is asked to stop. The engine does so at its next chance, and can then name the line;
//! until then there is a small reserve. Beyond that nothing more is given out.
//!
//! What [`placement`](super::placement) wants at a certain place lies on the [`ground`], if it is small, and in one of
//! the [`seats`], if it is large.

mod charge;
mod ground;
mod holes;
mod lent;
mod seats;

use std::cell::Cell;
use std::io;
use std::rc::Rc;

use rquickjs::allocator::Allocator;

use super::host::Host;
use crate::engine::message::LimitName;
use seats::Seats;

pub(super) use charge::Charge;
pub(super) use ground::Ground;
pub(super) use holes::fill_holes;
pub(super) use seats::{LargeBlock, SeatPlan};

/// What may be taken between reaching the limit and stopping, in bytes.
const RESERVE: usize = 4 * 1024 * 1024;

/// What is in use, and how much may be.
#[derive(Debug)]
pub(super) struct Account {
    used: Cell<usize>,
    limit: Cell<usize>,
    /// How much may be in use for something to be lent.
    lendable: Cell<usize>,
    ground: Ground,
    seats: Seats,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            used: Cell::new(0),
            limit: Cell::new(usize::MAX - RESERVE),
            lendable: Cell::new(0),
            ground: Ground::default(),
            seats: Seats::default(),
        }
    }
}

impl Account {
    /// What is in use, in bytes.
    pub(super) fn used(&self) -> usize {
        self.used.get()
    }

    /// From now on `more` bytes may be taken beside what is in use.
    pub(super) fn allow(&self, more: usize) {
        self.limit.set(self.used.get().saturating_add(more));
        self.allow_loans(more);
    }

    /// Opens the ground, which is to be opened once, and counts it as in use.
    pub(super) fn open_ground(&self, length: usize) -> io::Result<&Ground> {
        self.ground.open(length)?;
        self.used.set(self.used.get() + length);
        Ok(&self.ground)
    }

    #[cfg(test)]
    pub(super) fn ground(&self) -> &Ground {
        &self.ground
    }
}

/// The C library's allocator behind an account, but for what lies on the account's ground.
pub(super) struct Meter(pub(super) Rc<Host>);

impl Meter {
    /// Whether so many bytes more may be taken.
    fn permit(&self, more: usize) -> bool {
        let account = &self.0.memory;
        let wanted = account.used.get().saturating_add(more);
        if wanted > account.limit.get() {
            self.0.clock.stop(LimitName::Memory);
        }
        wanted <= account.limit.get() + RESERVE
    }

    /// Counts what was just given out for so many bytes.
    fn took(&self, pointer: *mut u8, size: usize) -> *mut u8 {
        let account = &self.0.memory;
        // SAFETY: null, or just given out by the C library.
        let usable = unsafe { libc::malloc_usable_size(pointer.cast()) };
        account.used.set(account.used.get() + usable);
        account.seats.note(pointer, size);
        pointer
    }

    /// # Safety
    /// The pointer must be null or one that is in use.
    unsafe fn gave_back(&self, pointer: *mut u8) {
        // SAFETY: as demanded above.
        let size = unsafe { libc::malloc_usable_size(pointer.cast()) };
        let account = &self.0.memory;
        account.used.set(account.used.get().saturating_sub(size));
        account.seats.forget(pointer);
    }
}

// SAFETY: every pointer comes from malloc or its like of the C library, seats too, or is null, and the
// usable size is the C library's own answer. Only whole arenas are on the ground; the engine neither
// asks for their size nor lets them grow.
unsafe impl Allocator for Meter {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        if let Some(place) = self.0.memory.ground.take() {
            return place;
        }
        if !self.permit(size) {
            return std::ptr::null_mut();
        }
        let seat = self.0.memory.seats.take(size);
        // SAFETY: malloc takes any size.
        let place = seat.unwrap_or_else(|| unsafe { libc::malloc(size) }.cast());
        self.took(place, size)
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        let whole = count.saturating_mul(size);
        if !self.permit(whole) {
            return std::ptr::null_mut();
        }
        let place = match self.0.memory.seats.take(whole) {
            Some(seat) => {
                // SAFETY: a seat is as long as what was asked for.
                unsafe { seat.write_bytes(0, whole) };
                seat
            }
            // SAFETY: calloc takes any size, and looks after their product.
            None => unsafe { libc::calloc(count, size) }.cast(),
        };
        self.took(place, whole)
    }

    unsafe fn dealloc(&mut self, pointer: *mut u8) {
        if self.0.memory.ground.holds(pointer) {
            return;
        }
        // SAFETY: the caller gives back what it was given.
        unsafe {
            self.gave_back(pointer);
            libc::free(pointer.cast());
        }
    }

    unsafe fn realloc(&mut self, pointer: *mut u8, size: usize) -> *mut u8 {
        // SAFETY: the caller passes what it was given; the C library leaves it alone on failure.
        unsafe {
            let old = libc::malloc_usable_size(pointer.cast());
            if !self.permit(size.saturating_sub(old)) {
                return std::ptr::null_mut();
            }
            let moved = match self.0.memory.seats.take(size) {
                Some(seat) => {
                    seat.copy_from_nonoverlapping(pointer, old.min(size));
                    libc::free(pointer.cast());
                    seat
                }
                None => libc::realloc(pointer.cast(), size).cast(),
            };
            if !moved.is_null() {
                let account = &self.0.memory;
                account.used.set(account.used.get().saturating_sub(old));
                account.seats.forget(pointer);
                self.took(moved, size);
            }
            moved
        }
    }

    unsafe fn usable_size(pointer: *mut u8) -> usize {
        // SAFETY: the caller asks about what it was given.
        unsafe { libc::malloc_usable_size(pointer.cast()) }
    }
}
