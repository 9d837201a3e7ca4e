use super::*;

const PAGE: usize = 4096;

fn seen(size: u8) -> ArenaUsage {
    ArenaUsage {
        size,
        turns: 100,
        free: vec![7, 3],
        written: [vec![5, 90], vec![40]],
        taken: [1, 4],
    }
}

fn arenas(arenas: Vec<ArenaUsage>) -> Usage {
    Usage {
        arenas,
        ..Usage::default()
    }
}

/// The page of each turn's block.
fn pages(place: &ArenaPlan) -> Vec<usize> {
    let bytes = SIZES[usize::from(place.size)];
    let start = |number: &u16| place.at + HEAD + usize::from(*number) * bytes;
    place
        .order
        .iter()
        .map(|number| start(number) / PAGE)
        .collect()
}

fn each_number_once(place: &ArenaPlan) {
    let mut numbers = place.order.clone();
    numbers.extend(place.for_the_run.clone());
    numbers.push(0);
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), count, "size {}", place.size);
}

#[test]
fn what_runs_write_to_lies_together_and_the_rest_behind() {
    let plan = PlacementPlan::of(&arenas(vec![seen(5), seen(8)]), PAGE);
    assert_eq!(plan.places.len(), 2);
    for place in &plan.places {
        each_number_once(place);
        // Seven free blocks more than the two that there are, for twice what was taken.
        assert_eq!(place.order.len(), 100 + 6);
        let pages = pages(place);
        for every in [5, 90, 7] {
            assert_eq!(pages[every], 0);
        }
        for some in [40, 3, 100, 105] {
            assert_eq!(pages[some], 1);
        }
        for rest in [0, 99] {
            assert!(pages[rest] > 1);
        }
    }
}

#[test]
fn a_rehearsal_has_few_blocks_on_a_page_and_then_one() {
    let three = arenas([0, 5, 30].map(seen).to_vec());
    for page in [4096, 16 * 1024, 64 * 1024] {
        for place in &PlacementPlan::spread(page).places {
            each_number_once(place);
            assert!(!place.order.is_empty());
        }
        assert!(PlacementPlan::spread(page).length < 64 << 20);
        for place in &PlacementPlan::closer(&three, page).places {
            each_number_once(place);
            assert_eq!(place.order.len(), 101);
        }
    }
    let plan = PlacementPlan::closer(&arenas(vec![seen(8)]), PAGE);
    let pages = pages(&plan.places[0]);
    let mut apart = [5, 90, 40, 0].map(|turn: usize| pages[turn]).to_vec();
    apart.dedup();
    assert_eq!(apart.len(), 4);
}

#[test]
fn an_arena_with_blocks_out_of_reach_is_left_out() {
    let large = ArenaUsage {
        size: 30,
        turns: 5000,
        ..ArenaUsage::default()
    };
    let (small, far) = (seen(0), seen(0));
    let near_is_large = ArenaUsage {
        written: [(0..5000).collect(), Vec::new()],
        ..large
    };
    let plan = PlacementPlan::of(&arenas(vec![small, near_is_large, far]), PAGE);
    let sizes: Vec<_> = plan.places.iter().map(|it| it.size).collect();
    assert_eq!(sizes, [30, 0]);
}

#[test]
fn large_blocks_that_every_run_writes_to_come_first_and_the_small_ones_of_them() {
    let block = |turn, size| LargeBlock { turn, size };
    let [hash, shape, class, route] = [
        block(1, 16_384),
        block(2, 900),
        block(3, 600),
        block(4, 700),
    ];
    let seen = Usage {
        arenas: Vec::new(),
        large: [vec![hash, shape, class], vec![route]],
    };
    for (plan, apart) in [
        (PlacementPlan::closer(&seen, PAGE), true),
        (PlacementPlan::of(&seen, PAGE), false),
    ] {
        assert_eq!(plan.seats.blocks, [class, shape, hash, route]);
        assert_eq!(plan.seats.apart, apart);
    }
}
