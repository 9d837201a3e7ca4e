use std::rc::Rc;

use rquickjs::{Context, Runtime, qjs};

use super::super::arena::SIZES;
use super::super::loaded;
use super::*;
use crate::engine::zygote::host::Host;
use crate::engine::zygote::memory::{Account, Meter};
use crate::engine::zygote::modules::ImportMap;

const PAGE: usize = 4096;
/// The place of 64 bytes among the sizes: 56 and a block's head.
const SIZE: u8 = 6;
const BYTES: usize = 56;

/// A runtime whose arena of 64 bytes gives out its blocks in this order.
fn with_order(order: &[u16], test: impl FnOnce(*mut qjs::JSRuntime, &Rc<Host>)) {
    let host = Rc::new(Host::new(ImportMap::new(), Account::default()));
    let runtime = Runtime::new_with_alloc(Meter(Rc::clone(&host))).unwrap();
    let place = ArenaPlan {
        size: SIZE,
        at: 0,
        order: order.to_vec(),
        for_the_run: 0..0,
    };
    let plan = PlacementPlan {
        length: 1 << 20,
        places: vec![place],
        ..PlacementPlan::default()
    };
    // SAFETY: the allocator is of this account.
    unsafe { Layout::lay(&plan, &runtime, &host.memory) }.unwrap();
    let context = Context::base(&runtime).unwrap();
    test(context.get_runtime_ptr(), &host);
}

fn take(runtime: *mut qjs::JSRuntime, bytes: usize) -> *mut u8 {
    // SAFETY: the runtime is alive.
    unsafe { qjs::js_malloc_rt(runtime, bytes as qjs::size_t).cast() }
}

fn give_back(runtime: *mut qjs::JSRuntime, block: *mut u8) {
    // SAFETY: the runtime is alive and gave out this block.
    unsafe { qjs::js_free_rt(runtime, block.cast()) }
}

/// Said where the engine is another one than `arena.rs` knows.
const MEND: &str = "write `SIZES`, `ArenaHeader` and `BlockHead` in arena.rs anew, by `JSArena` and \
    `JSMallocBlockHeader` in the new version's quickjs.c; until then hxlab runs, but each Run takes more memory";

#[test]
fn the_pinned_engine_lays_out_its_arenas_as_this_version_knows() {
    for (size, bytes) in (0..).zip(SIZES) {
        let host = Rc::new(Host::new(ImportMap::new(), Account::default()));
        let runtime = Runtime::new_with_alloc(Meter(Rc::clone(&host))).unwrap();
        let order = vec![3, 1, 2];
        let place = ArenaPlan {
            size,
            at: 0,
            order,
            for_the_run: 0..0,
        };
        let plan = PlacementPlan {
            length: 1 << 20,
            places: vec![place],
            ..PlacementPlan::default()
        };
        // SAFETY: the allocator is of this account.
        let laid = unsafe { Layout::lay(&plan, &runtime, &host.memory) };
        let laid = laid.unwrap_or_else(|error| panic!("blocks of {bytes} bytes: {error}; {MEND}"));
        assert_eq!(laid.arenas.len(), 1);
    }
}

#[test]
fn blocks_are_given_out_as_planned_and_taken_back() {
    let order: Vec<_> = (1..4000).rev().collect();
    with_order(&order, |runtime, host| {
        let first = take(runtime, BYTES);
        let second = take(runtime, BYTES);
        assert!(host.memory.ground().holds(first));
        assert_eq!(first as usize - second as usize, 64);
        assert_eq!(first as usize % align_of::<u64>(), 0);
        give_back(runtime, first);
        assert_eq!(take(runtime, BYTES), first);
        assert_eq!(take(runtime, BYTES) as usize, second as usize - 64);
    });
}

#[test]
fn a_full_arena_is_followed_by_one_of_the_engine() {
    with_order(&[1, 2, 3], |runtime, host| {
        let is_ours = |block: &*mut u8| host.memory.ground().holds(*block);
        let blocks: Vec<_> = (0..200).map(|_| take(runtime, BYTES)).collect();
        assert!(blocks.iter().filter(|it| is_ours(it)).count() <= 3);
        assert!(!is_ours(blocks.last().unwrap()));
        for block in blocks {
            give_back(runtime, block);
        }
        assert!((0..200).all(|_| !take(runtime, BYTES).is_null()));
    });
}

#[test]
fn a_block_keeps_its_content_when_it_grows_out_of_the_ground_and_shrinks() {
    with_order(&(1..4000).collect::<Vec<_>>(), |runtime, host| {
        let mut block = take(runtime, BYTES);
        // SAFETY: each block is as long as was asked for, and is given back once.
        unsafe {
            block.write_bytes(7, BYTES);
            for bytes in [100, 400, 5000, 100_000, 3000, BYTES] {
                block = qjs::js_realloc_rt(runtime, block.cast(), bytes as qjs::size_t).cast();
                assert!(
                    std::slice::from_raw_parts(block, BYTES)
                        .iter()
                        .all(|it| *it == 7)
                );
                let usable = qjs::js_malloc_usable_size_rt(runtime, block.cast());
                assert!(usable >= bytes as qjs::size_t);
            }
        }
        let used = host.memory.used();
        give_back(runtime, block);
        assert!(host.memory.used() <= used);
    });
}

#[test]
fn the_ground_is_counted_once() {
    with_order(&(1..4000).collect::<Vec<_>>(), |runtime, host| {
        let used = host.memory.used();
        assert!(used > 1 << 20);
        let block = take(runtime, BYTES);
        give_back(runtime, block);
        assert_eq!(host.memory.used(), used);
    });
}

#[test]
fn the_library_takes_the_same_turns_each_time() {
    // What is loaded is not freed: that takes time, and the engine complains of what is still alive.
    let turns = |plan: &PlacementPlan| {
        let (library, layout) = loaded(plan).unwrap();
        std::mem::forget(library);
        let mut large: Vec<_> = layout.large.iter().map(|(block, _)| *block).collect();
        large.sort_unstable();
        let seen = layout.turns();
        (seen, large)
    };
    let (first, large) = turns(&PlacementPlan::spread(PAGE));
    assert!(first.arenas.iter().all(|it| it.turns > 0));
    // With other content of the zones, objects lie elsewhere.
    let mut written = first.clone();
    for seen in &mut written.arenas {
        let used = (0..seen.turns).filter(|turn| !seen.free.contains(turn));
        seen.written[0] = used.step_by(7).collect();
    }
    written.large[0] = large.iter().step_by(7).copied().collect();
    for plan in [&first, &written].map(|seen| PlacementPlan::of(seen, PAGE)) {
        let again = turns(&plan);
        assert_eq!(again.0, first);
        assert_eq!(again.1, large);
    }
    let (seen, apart) = turns(&PlacementPlan::closer(&written, PAGE));
    assert_eq!(seen, first);
    assert_eq!(apart, written.large[0], "each has its seat");
}
