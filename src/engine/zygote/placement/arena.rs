//! QuickJS's own arenas, into whose free lists we write the order in which blocks are given out.
//!
//! The engine takes small blocks (up to 512 bytes with their header) from arenas, each of blocks of one size: a
//! head, then the blocks side by side. The free blocks of an arena form a list of their numbers, and a new
//! block is always the first on it. Numbers have 16 bits, and nothing asks how large an arena is. So an
//! arena with room behind it can have blocks far from its head, and its list may have any order: whoever writes
//! the list decides where each coming object will lie ([`super::plan`]).
//!
//! This is the private layout of the pinned engine (`JSArena` and `JSMallocBlockHeader` in `quickjs.c`).
//! [`Arena::claim`] compares every field that is used with a fresh arena, and refuses an engine that has another
//! layout.

use std::ops::Range;

use rquickjs::qjs;

use crate::engine::zygote::memory::Ground;

/// The sizes of blocks with their headers, in bytes. Elsewhere a size is given as its place in this list.
pub(super) const SIZES: [usize; 31] = [
    16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 144, 160, 176, 192, 208, 224,
    240, 256, 288, 320, 352, 384, 416, 448, 480, 512,
];

/// What stands before the first block, in bytes.
pub(super) const HEAD: usize = size_of::<ArenaHeader>();

/// The highest number that a block can have.
pub(super) const LAST: u16 = NIL - 1;

/// Ends a free list.
const NIL: u16 = u16::MAX;

/// How many bytes the engine gives an arena at most.
const WHOLE: usize = 4096;

/// More blocks than all arenas of one size hold when the engine has just started.
const LEFT_OVER: usize = 2048;

/// What stands before each block, in bytes.
const BLOCK_HEAD: usize = size_of::<BlockHead>();

#[repr(C)]
struct Links([*mut Links; 2]);

#[repr(C, align(8))]
struct ArenaHeader {
    free_link: Links,
    link: Links,
    size: u8,
    used: u16,
    count: u16,
    first_free: u16,
}

#[repr(C)]
struct BlockHead {
    /// The block's number, or the next free one's while it is free.
    number: u16,
    size: u8,
    kind: u8,
    references: i32,
}

/// An arena on our ground. Its first block is never given back, so that the arena stays.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arena {
    head: *mut ArenaHeader,
    size: u8,
}

/// The engine's arenas are not as this module knows them.
#[derive(Debug, thiserror::Error)]
#[error("the engine lays out its arenas in another way than this version knows")]
pub(super) struct Unknown;

impl Arena {
    /// Has the engine make an arena for blocks of this size, `at` bytes from the start of the ground.
    ///
    /// # Safety
    /// The runtime must be alive and take its memory from a [`Meter`](crate::engine::zygote::memory::Meter) of this ground, which
    /// has room there for as many blocks as will be asked for.
    pub(super) unsafe fn claim(
        runtime: *mut qjs::JSRuntime,
        ground: &Ground,
        size: u8,
        at: usize,
    ) -> Result<Self, Unknown> {
        let bytes = SIZES[usize::from(size)] - BLOCK_HEAD;
        ground.offer(at);
        // First, what is left of the existing arenas is used up, for good.
        for _ in 0..LEFT_OVER {
            // SAFETY: the runtime is alive.
            let block: *mut u8 = unsafe { qjs::js_malloc_rt(runtime, bytes as qjs::size_t) }.cast();
            if block.is_null() {
                break;
            }
            if ground.is_taken() {
                let head = ground.place(at).cast();
                let arena = Self { head, size };
                // SAFETY: the engine has just made this arena, with one block in use.
                let known = unsafe { arena.is_as_known(block) };
                return known.then_some(arena).ok_or(Unknown);
            }
        }
        Err(Unknown)
    }

    /// Whether a fresh arena, of which only `block` was given out, has the layout that this module knows.
    unsafe fn is_as_known(&self, block: *mut u8) -> bool {
        let bytes = SIZES[usize::from(self.size)];
        let count = (WHOLE - HEAD) / bytes;
        // SAFETY: all of this lies in the first 4 KiB of the arena, which the engine has written.
        unsafe {
            let head = &*self.head;
            let lists = (1..count).all(|number| {
                let block = &*self.block(number);
                let next = if number + 1 == count {
                    NIL.into()
                } else {
                    number + 1
                };
                block.size == self.size && usize::from(block.number) == next
            });
            let first = &*self.block(0);
            lists
                && block == self.block(0).cast::<u8>().add(BLOCK_HEAD)
                && (first.size, first.number) == (self.size, 0)
                && head.size == self.size
                && usize::from(head.count) == count
                && (head.used, head.first_free) == (1, 1)
        }
    }

    /// From now on blocks are given out in this order, and then the arena is full.
    ///
    /// # Safety
    /// There must be room for these blocks, and none of them may be in use.
    pub(super) unsafe fn set_order(&self, order: impl IntoIterator<Item = u16>) {
        // SAFETY: the blocks are ours to write to, and the head is the engine's.
        unsafe {
            let mut count = (*self.head).used;
            let mut from = &raw mut (*self.head).first_free;
            for number in order {
                let block = self.block(number.into());
                (*block).size = self.size;
                *from = number;
                from = &raw mut (*block).number;
                count += 1;
            }
            *from = NIL;
            (*self.head).count = count;
        }
    }

    /// The numbers of the free blocks, in the order in which they will be given out.
    pub(super) fn free(&self) -> Vec<u16> {
        let mut free = Vec::new();
        // SAFETY: the arena is there, and its list ends with NIL.
        unsafe {
            let mut next = (*self.head).first_free;
            while next != NIL {
                free.push(next);
                next = (*self.block(next.into())).number;
            }
        }
        free
    }

    /// Whether no block is free.
    pub(super) fn is_full(&self) -> bool {
        // SAFETY: the arena is there.
        unsafe { (*self.head).first_free == NIL }
    }

    /// Whether nothing but its place in the list was ever written to a free block.
    pub(super) fn is_fresh(&self, number: u16) -> bool {
        let block = self.block(number.into());
        let (bytes, head) = (SIZES[usize::from(self.size)], BLOCK_HEAD);
        // SAFETY: the block is there, as long as its size says.
        unsafe {
            let content = std::slice::from_raw_parts(block.cast::<u8>().add(head), bytes - head);
            (*block).references == 0 && (*block).kind == 0 && content.iter().all(|byte| *byte == 0)
        }
    }

    /// The size of its blocks, as a place in [`SIZES`].
    pub(super) fn size(&self) -> u8 {
        self.size
    }

    /// The addresses of one block.
    pub(super) fn address(&self, number: u16) -> Range<usize> {
        let start = self.block(number.into()) as usize;
        start..start + SIZES[usize::from(self.size)]
    }

    /// The addresses from the head to the end of the last of these blocks.
    pub(super) fn span(&self, numbers: &[u16]) -> Range<usize> {
        let last = numbers.iter().max().copied().unwrap_or_default();
        self.head as usize..self.address(last).end
    }

    fn block(&self, number: usize) -> *mut BlockHead {
        let offset = HEAD + number * SIZES[usize::from(self.size)];
        self.head.cast::<u8>().wrapping_add(offset).cast()
    }
}

#[cfg(test)]
#[path = "arena_tests.rs"]
mod tests;
