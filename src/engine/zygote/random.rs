//! `Math.random` of a Run: xoshiro256++, started anew after each fork, since the engine's own state
//! would be the same in every Run.

use std::cell::Cell;

/// The generator's state.
#[derive(Debug, Default)]
pub(super) struct Random {
    state: Cell<[u64; 4]>,
}

impl Random {
    /// Starts from a seed that is never used again.
    pub(super) fn seed(&self, seed: &[u8; 32]) {
        let mut state = [0; 4];
        for (word, bytes) in state.iter_mut().zip(seed.chunks_exact(8)) {
            *word = bytes
                .iter()
                .rev()
                .fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        // All zeros is the one state that never changes.
        state[0] |= 1;
        self.state.set(state);
    }

    /// A number from 0 up to, but not including, 1.
    #[expect(
        clippy::cast_precision_loss,
        reason = "53 bits are what a double holds"
    )]
    pub(super) fn next(&self) -> f64 {
        let [mut a, mut b, mut c, mut d] = self.state.get();
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = d.rotate_left(45);
        self.state.set([a, b, c, d]);
        (result >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_its_seed_and_stays_in_range() {
        let [first, again, other] = [[1; 32], [1; 32], [2; 32]].map(|seed| {
            let random = Random::default();
            random.seed(&seed);
            (0..100).map(|_| random.next()).collect::<Vec<_>>()
        });
        assert_eq!(first, again);
        assert_ne!(first, other);
        assert!(first.iter().all(|number| (0.0..1.0).contains(number)));
    }
}
