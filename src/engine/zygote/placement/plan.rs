//! Where the blocks of each arena are to lie: arithmetic alone.
//!
//! Loading the library is the same sequence of calls each time, so a block is known by its *turn*: its place
//! in the free list with which its arena began. [`PlacementPlan::spread`] is for the first rehearsal: few turns
//! share a page, so that it shows which of them a Run may write to. [`PlacementPlan::closer`] is for the second,
//! which looks at these alone. [`PlacementPlan::of`] is made from the [`ArenaUsage`] that the second one saw. It
//! divides the blocks of all sizes into three zones: what every Run writes to, with the free blocks that it takes
//! first; what some Runs write to; and the rest. Large blocks get seats in the C library's heap in the same way; those
//! that no Run writes to have none.
#![expect(
    clippy::cast_possible_truncation,
    reason = "turns and numbers of blocks are below 65,535"
)]

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::arena::{HEAD, LAST, SIZES};
use crate::engine::zygote::memory::{LargeBlock, SeatPlan};

/// How many acts a rehearsal has: what every Run does, then what some do.
pub(super) const ACTS: usize = 2;

/// How much ground the blocks of one size are spread over at first, in bytes times their size: the smaller the
/// blocks, the more of them there are. A test checks what all sizes take together.
const SPREAD: usize = 100 << 20;

/// How many bytes of blocks of one size there are at most in the first rehearsal. Objects of the library beyond
/// that would not be placed; a test of the rehearsal checks that there are none.
const MOST: usize = 480 * 1024;

/// How many bytes of blocks of one size the rehearsed Run can take.
const TAKEN: usize = 64 * 1024;

/// The C library's alignment, which the engine expects of its arenas.
const ALIGN: usize = 16;

/// Where each arena stands on the ground, and in which order it gives out its blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PlacementPlan {
    /// How much ground there must be, in bytes.
    pub(super) length: usize,
    pub(super) places: Vec<ArenaPlan>,
    /// The places of large blocks.
    pub(super) seats: SeatPlan,
}

/// One arena.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ArenaPlan {
    /// Its size, as a place in [`SIZES`].
    pub(super) size: u8,
    /// Bytes from the start of the ground.
    pub(super) at: usize,
    /// Turn → number of the block.
    pub(super) order: Vec<u16>,
    /// In a rehearsal, the blocks that are for the Run, on pages of their own.
    pub(super) for_the_run: Range<u16>,
}

/// What a rehearsal saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Usage {
    pub(super) arenas: Vec<ArenaUsage>,
    /// Act by act, the large blocks in pages that were written to for the first time.
    pub(super) large: [Vec<LargeBlock>; ACTS],
}

/// What a rehearsal saw of the arena of one size.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ArenaUsage {
    /// The size, as a place in [`SIZES`].
    pub(super) size: u8,
    /// How many turns had come when the library was loaded.
    pub(super) turns: u16,
    /// The turns whose blocks were free by then, in the order of the free list.
    pub(super) free: Vec<u16>,
    /// Act by act, the turns whose blocks are in use and in pages that were written to for the first time.
    pub(super) written: [Vec<u16>; ACTS],
    /// By the end of each act, how many blocks of [`ArenaPlan::for_the_run`] had been given out.
    pub(super) taken: [u16; ACTS],
}

impl PlacementPlan {
    /// All blocks apart, in small groups, when the system's pages have so many bytes.
    pub(super) fn spread(page: usize) -> Self {
        let mut plan = Self::default();
        for (size, bytes) in (0..).zip(SIZES) {
            let turns: Vec<_> = (0..Self::room(size)).collect();
            let most = SPREAD / (bytes * page);
            plan.push_apart(size, &turns, &[], most, page);
        }
        plan
    }

    /// How many blocks of a size there are in the first rehearsal.
    pub(super) fn room(size: u8) -> u16 {
        (MOST / SIZES[usize::from(size)]) as u16
    }

    /// The blocks apart that may have been written to, and all others side by side.
    pub(super) fn closer(seen: &Usage, page: usize) -> Self {
        let mut plan = Self {
            seats: seen.seats(true),
            ..Self::default()
        };
        for seen in &seen.arenas {
            let apart: Vec<_> = seen.written.iter().flatten().copied().collect();
            let mut rest = rest(seen, &apart);
            // One more than comes, so that the arena is never full.
            rest.push(seen.turns);
            plan.push_apart(seen.size, &apart, &rest, usize::MAX, page);
        }
        plan
    }

    /// Adds an arena in which the turns `apart` lie apart, in at most `most` groups, and `rest` side by side.
    fn push_apart(&mut self, size: u8, apart: &[u16], rest: &[u16], most: usize, page: usize) {
        let bytes = SIZES[usize::from(size)];
        let step = page.div_ceil(bytes);
        let room = usize::from(LAST) - 1 - rest.len() - TAKEN / bytes;
        let groups = most.clamp(1, room / step);
        let group = apart.len().div_ceil(groups).clamp(1, step);
        let number_of = |place: usize| 1 + place / group * step + place % group;
        let mut numbers = vec![0; apart.len() + rest.len()];
        // With the largest pages there may be room only for some; the engine makes more arenas for the others.
        let fit = apart.len().min(groups * group);
        for (place, turn) in apart[..fit].iter().enumerate() {
            numbers[usize::from(*turn)] = number_of(place) as u16;
        }
        let behind = 1 + fit.div_ceil(group) * step;
        for (number, turn) in (behind..).zip(rest) {
            numbers[usize::from(*turn)] = number as u16;
        }
        numbers.truncate(
            numbers
                .iter()
                .position(|it| *it == 0)
                .unwrap_or(numbers.len()),
        );
        let for_the_run = (behind + rest.len())
            .next_multiple_of(step)
            .min(usize::from(LAST));
        let end = (for_the_run + TAKEN / bytes).min(usize::from(LAST));
        self.places.push(ArenaPlan {
            size,
            at: self.length,
            order: numbers,
            for_the_run: for_the_run as u16..end as u16,
        });
        self.length += (HEAD + end * bytes).next_multiple_of(page);
    }

    /// The plan for what was seen.
    pub(super) fn of(seen: &Usage, page: usize) -> Self {
        let zones: Vec<_> = seen.arenas.iter().map(zones).collect();
        let places = seen
            .arenas
            .iter()
            .zip(&zones)
            .map(|(seen, zones)| ArenaPlan {
                size: seen.size,
                at: 0,
                order: vec![0; zones.iter().map(Vec::len).sum()],
                for_the_run: 0..0,
            });
        let mut plan = Self {
            length: 0,
            places: places.collect(),
            seats: seen.seats(false),
        };
        for zone in 0..=ACTS {
            for (place, zones) in plan.places.iter_mut().zip(&zones) {
                let bytes = SIZES[usize::from(place.size)];
                if zone == 0 {
                    place.at = plan.length.next_multiple_of(ALIGN);
                    // Number 0 is the block that keeps the arena.
                    plan.length = place.at + HEAD + bytes;
                }
                let blocks = place.at + HEAD;
                let first = (plan.length - blocks).div_ceil(bytes);
                for (number, turn) in (first..).zip(&zones[zone]) {
                    place.order[usize::from(*turn)] = number.min(usize::from(LAST)) as u16;
                }
                plan.length = blocks + (first + zones[zone].len()) * bytes;
            }
            plan.length = plan.length.next_multiple_of(page);
        }
        // An arena with a block out of reach is left to the engine.
        plan.places.retain(|place| !place.order.contains(&LAST));
        plan
    }
}

impl Usage {
    /// Seats for all large blocks that were written to: those of an act together, and of these the small ones, since
    /// not all pages of a larger one are written to.
    fn seats(&self, apart: bool) -> SeatPlan {
        let mut acts = self.large.clone();
        for blocks in &mut acts {
            blocks.sort_unstable_by_key(|block| (block.size, block.turn));
        }
        SeatPlan {
            blocks: acts.concat(),
            apart,
        }
    }
}

#[cfg(test)]
impl ArenaUsage {
    pub(super) fn turns(&self) -> u16 {
        self.turns
    }

    /// How many turns were first written to in this act.
    pub(super) fn written(&self, act: usize) -> usize {
        self.written[act].len()
    }
}

/// The turns of one size by zone: for each act, what it was the first to write to and the free blocks that it took;
/// then the rest. Turns that had not come when the library was loaded are for Runs.
fn zones(seen: &ArenaUsage) -> [Vec<u16>; ACTS + 1] {
    let mut zones: [Vec<u16>; ACTS + 1] = Default::default();
    let mut free = seen.free.iter().copied().chain(seen.turns..);
    let mut before = 0;
    let acts = (1..).zip(seen.written.iter().zip(seen.taken));
    for (zone, (times, (written, taken))) in zones.iter_mut().zip(acts) {
        // What only some Runs do, others may do twice as much of.
        let wanted = taken.saturating_mul(times);
        let first = free.by_ref().take(wanted.saturating_sub(before).into());
        *zone = written.iter().copied().chain(first).collect();
        before = before.max(wanted);
    }
    let placed: Vec<_> = zones.iter().flatten().copied().collect();
    zones[ACTS] = rest(seen, &placed);
    zones
}

/// The turns that had come when the library was loaded, except these.
fn rest(seen: &ArenaUsage, without: &[u16]) -> Vec<u16> {
    let mut is_rest = vec![true; seen.turns.into()];
    for turn in without {
        if let Some(is_rest) = is_rest.get_mut(usize::from(*turn)) {
            *is_rest = false;
        }
    }
    (0..seen.turns)
        .filter(|turn| is_rest[usize::from(*turn)])
        .collect()
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
