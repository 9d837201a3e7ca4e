//! The ground: one piece of address space, in which we say where things lie.
//!
//! The engine cannot be told where to put something, but whoever gives it memory decides: its next allocation gets
//! the place that was [offered](Ground::offer).

use std::cell::Cell;
use std::io;
use std::ptr;

use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mmap_anonymous, munmap};

/// One mapping, empty at first. Nothing in it is ever given back one by one.
#[derive(Debug)]
pub(in crate::engine::zygote) struct Ground {
    start: Cell<*mut u8>,
    length: Cell<usize>,
    /// Where the next thing that the engine asks for will lie.
    offered: Cell<Option<*mut u8>>,
}

impl Default for Ground {
    fn default() -> Self {
        Self {
            start: Cell::new(ptr::null_mut()),
            length: Cell::new(0),
            offered: Cell::new(None),
        }
    }
}

impl Ground {
    /// Maps so many bytes, all zeros, which take no memory until they are written to.
    pub(in crate::engine::zygote) fn open(&self, length: usize) -> io::Result<()> {
        debug_assert!(self.length.get() == 0, "a ground is opened once");
        let (access, flags) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE);
        // SAFETY: a new mapping, wherever the system likes; the advice changes no content.
        let start = unsafe {
            let start =
                mmap_anonymous(ptr::null_mut(), length, access, flags | MapFlags::NORESERVE)?;
            // Huge pages would be copied, or looked for, by each Run. A kernel without them says so.
            let _ = madvise(start, length, Advice::LinuxNoHugepage);
            start
        };
        self.start.set(start.cast());
        self.length.set(length);
        Ok(())
    }

    /// Whether something that the engine was given lies here.
    pub(in crate::engine::zygote) fn holds(&self, pointer: *mut u8) -> bool {
        (pointer as usize).wrapping_sub(self.start.get() as usize) < self.length.get()
    }

    /// The address of so many bytes from the start.
    pub(in crate::engine::zygote) fn place(&self, at: usize) -> *mut u8 {
        self.start.get().wrapping_add(at)
    }

    /// Offers this place for the next allocation.
    pub(in crate::engine::zygote) fn offer(&self, at: usize) {
        self.offered.set(Some(self.place(at)));
    }

    /// What is offered, for whoever asks first.
    pub(in crate::engine::zygote) fn take(&self) -> Option<*mut u8> {
        self.offered.take()
    }

    /// Whether nothing is offered any more.
    pub(in crate::engine::zygote) fn is_taken(&self) -> bool {
        self.offered.get().is_none()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        if self.length.get() > 0 {
            // SAFETY: the mapping is ours, and the runtime whose arenas stood here is gone.
            let _ = unsafe { munmap(self.start.get().cast(), self.length.get()) };
        }
    }
}
