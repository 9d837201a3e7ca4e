//! An order in which things are shown that tells nothing of the order in which they were written,
//! and is the same at every visit.

/// A permutation of `0..count` that is never the plain one where there are two or more, made from
/// `seed`: the same seed gives the same order.
pub(super) fn shuffled(count: usize, seed: &str) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = hash(seed);
    for place in (1..count).rev() {
        state = next(state);
        let below = u64::try_from(place + 1).unwrap_or(u64::MAX);
        let chosen = usize::try_from((state >> 33) % below).unwrap_or(0);
        order.swap(place, chosen);
    }
    if order.is_sorted() && count > 1 {
        order.rotate_left(1);
    }
    order
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The generator of Knuth's MMIX; its upper bits are the good ones.
fn next(state: u64) -> u64 {
    state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407)
}
