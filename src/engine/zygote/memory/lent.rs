//! Memory for what is not the engine's: counted with it, and refused at the limit without ending the Run, because
//! whoever borrows can say so to the learner's code.

use super::Account;

/// The part of a Run's memory that is not lent: what the code that is told of the refusal needs.
const KEPT: usize = 16;

impl Account {
    /// Makes a loan, or changes the size of one; null when there is no room, and the old loan stays.
    ///
    /// # Safety
    /// The pointer must be null or a loan of this account.
    pub(in crate::engine::zygote) unsafe fn lend(&self, pointer: *mut u8, size: usize) -> *mut u8 {
        // SAFETY: null has no size, and a loan is the C library's.
        let old = unsafe { libc::malloc_usable_size(pointer.cast()) };
        let wanted = self.used().saturating_add(size.saturating_sub(old));
        if wanted > self.lendable.get() {
            return std::ptr::null_mut();
        }
        // SAFETY: as demanded above.
        let new = unsafe { libc::realloc(pointer.cast(), size) };
        if !new.is_null() {
            // SAFETY: it was just given out.
            let size = unsafe { libc::malloc_usable_size(new) };
            self.used.set(self.used().saturating_sub(old) + size);
        }
        new.cast()
    }

    /// How many bytes more may be lent.
    pub(in crate::engine::zygote) fn room(&self) -> usize {
        self.lendable.get().saturating_sub(self.used())
    }

    /// Takes a loan back.
    ///
    /// # Safety
    /// The pointer must be null or a loan of this account.
    pub(in crate::engine::zygote) unsafe fn take_back(&self, pointer: *mut u8) {
        // SAFETY: as demanded above.
        unsafe {
            let size = libc::malloc_usable_size(pointer.cast());
            self.used.set(self.used().saturating_sub(size));
            libc::free(pointer.cast());
        }
    }

    /// Of so many bytes that may be taken beside what is in use, most may be lent.
    pub(super) fn allow_loans(&self, more: usize) {
        let lendable = self.used().saturating_add(more - more / KEPT);
        self.lendable.set(lendable);
    }
}
