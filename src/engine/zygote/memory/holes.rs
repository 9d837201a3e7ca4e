//! The holes that loading left in the C library's heap, filled for good. A Run would put its first small
//! things into them, each on another shared page, and get a copy of all these pages.

/// The sizes of what fills them, in bytes: the largest first, so that few are needed.
const FILLINGS: [usize; 14] = [
    65536, 32768, 16384, 8192, 4096, 2048, 1024, 512, 256, 128, 88, 56, 40, 24,
];

/// How much is taken at most, in bytes: far more than the holes can hold, so it only stops us where an allocator
/// puts the end of the heap elsewhere.
const MOST: usize = 32 << 20;

/// Takes all that is free below the end of the heap, so that Runs take new memory from there.
pub(in crate::engine::zygote) fn fill_holes() {
    // SAFETY: sbrk(0) changes nothing.
    let end = unsafe { libc::sbrk(0) };
    let mut taken = 0;
    for size in FILLINGS {
        while taken < MOST {
            // SAFETY: what is allocated here is never used, and given back at most once.
            let filling = unsafe { libc::malloc(size) };
            // What lies beyond the end, or in a mapping, filled no hole.
            if filling.is_null() || filling >= end {
                // SAFETY: as above.
                unsafe { libc::free(filling) };
                break;
            }
            taken += size;
        }
    }
}
