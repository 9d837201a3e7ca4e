//! A plan put into effect in a runtime, and what can be seen of it there.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use rquickjs::{Context, Runtime};

use super::arena::{Arena, LAST, Unknown};
use super::plan::{ArenaPlan, ArenaUsage, PlacementPlan, Usage};
use crate::engine::zygote::memory::{Account, LargeBlock};

/// The arenas of a plan, and where the large blocks lie that are to be looked at.
#[derive(Debug, Default)]
pub(super) struct Layout {
    arenas: Vec<(Arena, ArenaPlan)>,
    large: Vec<(LargeBlock, usize)>,
}

/// A plan could not be put into effect; the runtime is as good as before.
#[derive(Debug, thiserror::Error)]
pub(super) enum LayoutError {
    #[error("there was no address space for it: {0}")]
    Ground(#[from] io::Error),
    #[error(transparent)]
    Arena(#[from] Unknown),
}

impl Layout {
    /// Has a fresh runtime make its arenas as planned.
    ///
    /// # Safety
    /// The runtime must take its memory from a [`Meter`](crate::engine::zygote::memory::Meter) of this account.
    pub(super) unsafe fn lay(
        plan: &PlacementPlan,
        runtime: &Runtime,
        account: &Account,
    ) -> Result<Self, LayoutError> {
        if plan.places.is_empty() {
            return Ok(Self::default());
        }
        let Ok(context) = Context::base(runtime) else {
            return Ok(Self::default());
        };
        let raw = context.get_runtime_ptr();
        drop(context);
        // Otherwise, what that context leaves behind would become free while the library is loaded.
        runtime.run_gc();
        let ground = account.open_ground(plan.length)?;
        let mut arenas = Vec::new();
        for place in &plan.places {
            // SAFETY: the runtime is alive, and the plan counted the room that each arena needs.
            let arena = unsafe {
                let arena = Arena::claim(raw, ground, place.size, place.at)?;
                arena.set_order(place.order.iter().copied());
                arena
            };
            arenas.push((arena, place.clone()));
        }
        Ok(Self {
            arenas,
            large: Vec::new(),
        })
    }

    /// The library is loaded, and these are its large blocks, with their addresses. Where the plan has seats
    /// apart, the others are known not to be written to.
    pub(super) fn note_large(&mut self, plan: &PlacementPlan, large: Vec<(LargeBlock, usize)>) {
        self.large = large;
        if plan.seats.apart {
            self.large
                .retain(|(block, _)| plan.seats.blocks.contains(block));
        }
    }

    /// How many blocks of each arena have been given out, and which are free.
    pub(super) fn turns(&self) -> Usage {
        let mut turn_of = vec![0; usize::from(LAST) + 1];
        let arenas = self.arenas.iter();
        let arenas = arenas
            .map(|(arena, place)| {
                for (turn, number) in (0..).zip(&place.order) {
                    turn_of[usize::from(*number)] = turn;
                }
                turns(arena, &place.order, &turn_of)
            })
            .collect();
        Usage {
            arenas,
            ..Usage::default()
        }
    }

    /// For a rehearsal: what a Run takes from now on comes from pages that hold nothing else.
    ///
    /// # Safety
    /// The runtime must be alive, and its plan one for a rehearsal.
    pub(super) unsafe fn set_apart(&self) {
        for (arena, place) in &self.arenas {
            // A full one is in no list of arenas with free blocks, and has to stay full.
            if !arena.is_full() {
                // SAFETY: the plan has room for these blocks, and they were in no list yet.
                unsafe { arena.set_order(place.for_the_run.clone()) };
            }
        }
    }

    /// At the end of an act, adds to `seen` what the Run has written to since it began, with pages of so many bytes.
    pub(super) fn look(&self, seen: &mut Usage, act: usize, page: usize) -> io::Result<()> {
        let pages = File::open("/proc/self/pagemap")?;
        seen.large[act] = self.written_large(seen, &pages, page)?;
        for ((arena, place), seen) in self.arenas.iter().zip(&mut seen.arenas) {
            look(arena, place, seen, act, (&pages, page))?;
        }
        Ok(())
    }

    /// The large blocks that were written to, but those that an act before has written to.
    fn written_large(
        &self,
        seen: &Usage,
        pages: &File,
        page: usize,
    ) -> io::Result<Vec<LargeBlock>> {
        let mut found = Vec::new();
        for (block, start) in &self.large {
            let (first, end) = (start / page, (start + block.size).div_ceil(page));
            let is_known = seen.large.iter().flatten().any(|known| known == block);
            if !is_known && written(pages, first, end - first)?.contains(&true) {
                found.push(*block);
            }
        }
        Ok(found)
    }
}

/// What was written to of one arena.
fn look(
    arena: &Arena,
    place: &ArenaPlan,
    seen: &mut ArenaUsage,
    act: usize,
    (pages, page): (&File, usize),
) -> io::Result<()> {
    let order = &place.order;
    let span = arena.span(order);
    let first = span.start / page;
    let written = written(pages, first, span.end.div_ceil(page) - first)?;
    let mut known = vec![false; seen.turns.into()];
    for turn in seen.written.iter().flatten().chain(&seen.free) {
        known[usize::from(*turn)] = true;
    }
    let is_written = |turn: &u16| {
        let block = arena.address(order[usize::from(*turn)]);
        let pages = block.start / page - first..=(block.end - 1) / page - first;
        !known[usize::from(*turn)] && written[pages].contains(&true)
    };
    seen.written[act] = (0..seen.turns).filter(is_written).collect();
    // They were given out in this order, after those that had been given back.
    let run: Vec<_> = place.for_the_run.clone().collect();
    let taken = run.partition_point(|number| !arena.is_fresh(*number));
    seen.taken[act] = u16::try_from(taken).unwrap_or(u16::MAX);
    Ok(())
}

fn turns(arena: &Arena, order: &[u16], turn_of: &[u16]) -> ArenaUsage {
    let free = arena.free();
    // What was never given out is free in the order of the beginning, and as empty as the ground was.
    let both = order.iter().rev().zip(free.iter().rev());
    let left = both.take_while(|(one, other)| one == other && arena.is_fresh(**one));
    let left = left.count();
    let gave_back = free[..free.len() - left].iter();
    ArenaUsage {
        size: arena.size(),
        turns: u16::try_from(order.len() - left).unwrap_or(LAST),
        free: gave_back.map(|it| turn_of[usize::from(*it)]).collect(),
        ..ArenaUsage::default()
    }
}

/// Which of these pages this process has written to since it was forked: those that it alone maps
/// (Documentation/admin-guide/mm/pagemap.rst in the kernel's source).
fn written(pages: &File, first: usize, count: usize) -> io::Result<Vec<bool>> {
    const PRESENT: u64 = 1 << 63;
    const EXCLUSIVE: u64 = 1 << 56;
    let mut entries = vec![0; count * 8];
    pages.read_exact_at(&mut entries, first as u64 * 8)?;
    let (entries, _) = entries.as_chunks::<8>();
    let is_written = |entry: &[u8; 8]| {
        let entry = u64::from_ne_bytes(*entry);
        entry & PRESENT != 0 && entry & EXCLUSIVE != 0
    };
    Ok(entries.iter().map(is_written).collect())
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
