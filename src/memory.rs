//! Gives memory back to the system that the allocator keeps after a crowd has gone.
//!
//! The allocator keeps what was freed in the middle of its heaps, and a site on a small machine shares the memory with
//! its learners' servers. [`Heap::give_back`] looks how much that is, and has it returned where it is much.

use std::fs;

/// So much may lie unused, in bytes, before it is worth the work.
const UNUSED: usize = 6 * 1024 * 1024;
/// Where giving back has not helped, since what is used lies all over the heap, so many looks are left out, unless much
/// less is used meanwhile.
const REST: u32 = 4;

/// The heap of this process.
#[derive(Debug, Default)]
pub(crate) struct Heap {
    rest: u32,
    /// In bytes, when it was given back last.
    used: usize,
}

/// In bytes.
#[derive(Clone, Copy, Debug)]
struct Held {
    /// By the program.
    used: usize,
    /// Of the machine's memory, by the process alone.
    resident: usize,
}

impl Heap {
    /// Returns to the system what lies unused, where it is much. Takes some milliseconds then.
    pub(crate) fn give_back(&mut self) {
        let Some(before) = Held::now() else {
            return;
        };
        if self.rest > 0 && before.used + UNUSED > self.used {
            self.rest -= 1;
            return;
        }
        if !before.is_wasteful() {
            return;
        }
        trim();
        let after = Held::now().unwrap_or(before);
        let helped = before.resident.saturating_sub(after.resident) >= UNUSED / 2;
        self.rest = if helped { 0 } else { REST };
        self.used = after.used;
    }
}

impl Held {
    /// None where the system or the allocator does not say.
    fn now() -> Option<Self> {
        let statm = fs::read_to_string("/proc/self/statm").ok()?;
        let mut pages = statm.split(' ').map(|word| word.parse::<usize>().ok());
        let (resident, shared) = (pages.nth(1)??, pages.next()??);
        Some(Self {
            used: used()?,
            resident: resident.saturating_sub(shared) * rustix::param::page_size(),
        })
    }

    /// More than a tenth lies unused, and more than is worth the work.
    fn is_wasteful(&self) -> bool {
        self.resident > self.used + self.used / 10 + UNUSED
    }
}

#[cfg(target_env = "gnu")]
#[expect(clippy::unnecessary_wraps, reason = "other allocators do not say it")]
fn used() -> Option<usize> {
    // SAFETY: it reads the allocator's own counts, under its locks.
    let info = unsafe { libc::mallinfo2() };
    Some(info.uordblks + info.hblkhd)
}

#[cfg(target_env = "gnu")]
fn trim() {
    // SAFETY: it returns free pages only, under the allocator's locks.
    unsafe { libc::malloc_trim(0) };
}

/// Other allocators give back by themselves.
#[cfg(not(target_env = "gnu"))]
fn used() -> Option<usize> {
    None
}

#[cfg(not(target_env = "gnu"))]
fn trim() {}

#[cfg(all(test, target_env = "gnu"))]
mod tests {
    use super::*;

    #[test]
    fn what_lies_unused_between_what_is_used_goes_back() {
        // Small enough not to be mapped alone, and every tenth stays.
        let mut blocks: Vec<_> = (0..64 * 1024).map(|_| vec![1_u8; 2048]).collect();
        let mut place = 0;
        blocks.retain(|_| {
            place += 1;
            place % 10 == 0
        });
        let before = Held::now().expect("Linux says it");
        Heap::default().give_back();
        let after = Held::now().expect("Linux says it");
        assert!(
            after.resident + 2 * UNUSED < before.resident,
            "{before:?} {after:?}"
        );
        assert!(blocks.iter().all(|block| block[0] == 1));
    }
}
