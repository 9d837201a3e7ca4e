//! Seats: places in the C library's heap that are reserved side by side, before the library is loaded, for those
//! of its large blocks that Runs write to.
//!
//! The engine takes whatever is larger than 512 bytes from the C library, which puts it anywhere. Loading is
//! the same sequence of calls each time, so such a block is known by its *turn*: how many calls for memory came
//! before it. When the turn of a reserved seat comes, the block gets it. A seat is an ordinary block of the C library,
//! and can be given back or grow like any other.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};

use rustix::param::page_size;
use serde::{Deserialize, Serialize};

use super::Account;
use super::holes::fill_holes;

/// A large block, as the engine asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in crate::engine::zygote) struct LargeBlock {
    /// The number of the call.
    pub(in crate::engine::zygote) turn: u32,
    /// In bytes.
    pub(in crate::engine::zygote) size: usize,
}

/// Which seats there are to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine::zygote) struct SeatPlan {
    /// In the order in which they lie.
    pub(in crate::engine::zygote) blocks: Vec<LargeBlock>,
    /// For a rehearsal: each on pages of its own.
    pub(in crate::engine::zygote) apart: bool,
}

/// The seats, and who sits where.
#[derive(Debug, Default)]
pub(super) struct Seats {
    is_open: Cell<bool>,
    turns: Cell<u32>,
    /// Seats that are free, by their turns.
    reserved: RefCell<VecDeque<(LargeBlock, *mut u8)>>,
    /// The blocks that are in use, by their addresses.
    seated: RefCell<BTreeMap<usize, LargeBlock>>,
}

impl Account {
    /// Reserves seats and begins to count turns: before there is a runtime.
    pub(in crate::engine::zygote) fn open_seats(&self, plan: &SeatPlan) {
        if !plan.apart && !plan.blocks.is_empty() {
            fill_holes();
        }
        let seat = |(place, block): (usize, &LargeBlock)| (*block, seat(block.size, plan, place));
        let mut seats: Vec<_> = plan.blocks.iter().enumerate().map(seat).collect();
        seats.sort_unstable_by_key(|(block, _)| block.turn);
        self.seats.reserved.replace(seats.into());
        self.seats.is_open.set(true);
    }

    /// Ends the counting: the library is loaded. Gives all large blocks that are in use, with their addresses.
    pub(in crate::engine::zygote) fn close_seats(&self) -> Vec<(LargeBlock, usize)> {
        self.seats.is_open.set(false);
        let seated = self.seats.seated.take();
        seated
            .into_iter()
            .map(|(address, block)| (block, address))
            .collect()
    }
}

/// The first seat begins a page, so that they share none with what lies before them.
fn seat(size: usize, plan: &SeatPlan, place: usize) -> *mut u8 {
    let page = page_size();
    // SAFETY: these take any size; the alignment is a power of two.
    unsafe {
        match (plan.apart, place) {
            (true, _) => libc::aligned_alloc(page, size.next_multiple_of(page)),
            (false, 0) => libc::aligned_alloc(page, size),
            (false, _) => libc::malloc(size),
        }
    }
    .cast()
}

impl Seats {
    /// One call for so many bytes: its turn, and its seat if there is one.
    pub(super) fn take(&self, size: usize) -> Option<*mut u8> {
        if !self.is_open.get() {
            return None;
        }
        let turn = self.turns.get() + 1;
        self.turns.set(turn);
        let mut reserved = self.reserved.borrow_mut();
        let (block, seat) = reserved.pop_front_if(|(block, _)| block.turn <= turn)?;
        // Where loading went another way than in the rehearsal, the seat stays empty.
        (block == LargeBlock { turn, size } && !seat.is_null()).then_some(seat)
    }

    /// Who asked last got this.
    pub(super) fn note(&self, pointer: *mut u8, size: usize) {
        if self.is_open.get() && !pointer.is_null() {
            let turn = self.turns.get();
            let block = LargeBlock { turn, size };
            self.seated.borrow_mut().insert(pointer as usize, block);
        }
    }

    /// This is in use no more.
    pub(super) fn forget(&self, pointer: *mut u8) {
        if self.is_open.get() {
            self.seated.borrow_mut().remove(&(pointer as usize));
        }
    }
}

#[cfg(test)]
#[path = "seats_tests.rs"]
mod tests;
