//! The holes that loading left in the C library's heap, filled for good. A Run would put its first small
//! things into them, each on another shared page, and get a copy of all these pages.

/// The sizes of what fills large holes, in bytes: the largest first, so that few are needed.
const LARGE: [usize; 6] = [65536, 32768, 16384, 8192, 4096, 2048];

/// The C library keeps small holes in lists, each of holes of one size and only for blocks of that size. The
/// largest of these sizes and the distance to the next, in bytes, and how many there are.
const SMALL: usize = 1032;
const STEP: usize = 16;
const SIZES: usize = 64;

/// How much is taken at most, in bytes: far more than the holes can hold, so it only stops us where an allocator
/// puts the end of the heap elsewhere.
const MOST: usize = 32 << 20;

/// Takes all that is free below the end of the heap, so that Runs take new memory from there.
pub(in crate::engine::zygote) fn fill_holes() {
    // SAFETY: sbrk(0) changes nothing.
    let end = unsafe { libc::sbrk(0) };
    let small = (0..SIZES).map(|number| SMALL - number * STEP);
    let mut taken = 0;
    for size in LARGE.into_iter().chain(small) {
        while taken < MOST {
            // SAFETY: what is allocated here is never used, and never given back: it would be a hole.
            let filling = unsafe { libc::malloc(size) };
            // What lies beyond the end, or in a mapping, filled no hole.
            if filling.is_null() || filling >= end {
                break;
            }
            taken += size;
        }
    }
}
