//! What a Run says when it dies of a learner's file while Rust reads it: a frame that was made ready before. The
//! parser goes as deep as the file is nested, so its stack may overflow ([`stack`]), and some files make it try
//! one way after the other, so it may need more memory than a Run has ([`memory`]).
//!
//! Only `write` and `_exit` come after that.

mod memory;
mod stack;

use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use crate::engine::codec;
use crate::engine::message::FromRun;

pub(in crate::engine::zygote) use stack::listen;

/// A frame that is ready to be written.
struct Words {
    frame: AtomicPtr<u8>,
    length: AtomicUsize,
}

/// What to say when the stack overflows, and when there is no more memory.
static TOO_DEEP: Words = Words::none();
static TOO_MUCH: Words = Words::none();

/// Does work that may die of its depth, or of needing more than `most` bytes; then these are the last words.
pub(super) fn with<T>(
    too_deep: &FromRun,
    too_much: &FromRun,
    most: usize,
    work: impl FnOnce() -> T,
) -> T {
    let mut frames = [too_deep, too_much].map(|words| {
        let mut frame = Vec::new();
        // Without words it dies all the same, and `hxlab` says so in its own.
        let _ = codec::append(words, &mut frame);
        frame
    });
    TOO_DEEP.prepare(&mut frames[0]);
    TOO_MUCH.prepare(&mut frames[1]);
    memory::allow(most);
    let done = work();
    memory::allow_all();
    TOO_DEEP.forget();
    TOO_MUCH.forget();
    done
}

impl Words {
    const fn none() -> Self {
        Self {
            frame: AtomicPtr::new(ptr::null_mut()),
            length: AtomicUsize::new(0),
        }
    }

    /// The frame must stay until it is forgotten.
    fn prepare(&self, frame: &mut [u8]) {
        self.length.store(frame.len(), Ordering::SeqCst);
        self.frame.store(frame.as_mut_ptr(), Ordering::SeqCst);
    }

    fn forget(&self) {
        self.frame.store(ptr::null_mut(), Ordering::SeqCst);
    }

    /// Says it and ends the process; comes back where nothing is prepared.
    fn say(&self) {
        let frame = self.frame.load(Ordering::SeqCst);
        if !frame.is_null() {
            // SAFETY: the frame lives as long as it is named here; both calls may be made in any state.
            unsafe {
                libc::write(0, frame.cast(), self.length.load(Ordering::SeqCst));
                libc::_exit(0);
            }
        }
    }
}
