use std::rc::Rc;

use rquickjs::allocator::Allocator;

use super::*;
use crate::engine::zygote::host::Host;
use crate::engine::zygote::memory::Meter;
use crate::engine::zygote::modules::ImportMap;

const SIZE: usize = 1000;

fn block(turn: u32) -> LargeBlock {
    LargeBlock { turn, size: SIZE }
}

/// An allocator with seats for these turns, all of one size, and the addresses of the seats.
fn with_seats(turns: &[u32], apart: bool) -> (Meter, Vec<usize>) {
    let memory = Account::default();
    let blocks = turns.iter().map(|turn| block(*turn)).collect();
    memory.open_seats(&SeatPlan { blocks, apart });
    let seat = |(_, seat): &(LargeBlock, *mut u8)| *seat as usize;
    let seats = memory.seats.reserved.borrow().iter().map(seat).collect();
    let host = Host::new(ImportMap::new(), memory);
    (Meter(Rc::new(host)), seats)
}

#[test]
fn a_block_gets_the_seat_of_its_turn_however_it_is_asked_for() {
    let (mut meter, seats) = with_seats(&[2, 3, 5], false);
    let first = meter.alloc(SIZE);
    assert!(!seats.contains(&(first as usize)));
    assert_eq!(meter.alloc(SIZE) as usize, seats[0]);
    // What lay there before is not seen.
    // SAFETY: seats are as long as this, and nobody else has them.
    unsafe { (seats[1] as *mut u8).write_bytes(7, SIZE) };
    let third = meter.calloc(SIZE / 8, 8);
    assert_eq!(third as usize, seats[1]);
    // SAFETY: blocks are as long as they were asked for.
    unsafe {
        assert!(
            std::slice::from_raw_parts(third, SIZE)
                .iter()
                .all(|it| *it == 0)
        );
        first.write_bytes(9, SIZE);
        let fourth = meter.realloc(first, SIZE + 1);
        let fifth = meter.realloc(fourth, SIZE);
        assert_eq!(fifth as usize, seats[2]);
        assert!(
            std::slice::from_raw_parts(fifth, SIZE)
                .iter()
                .all(|it| *it == 9)
        );
    }
}

#[test]
fn a_seat_of_another_size_stays_empty_and_those_behind_it_do_not() {
    let (mut meter, seats) = with_seats(&[1, 2], false);
    assert_ne!(meter.alloc(SIZE + 500) as usize, seats[0]);
    assert_eq!(meter.alloc(SIZE) as usize, seats[1]);
}

#[test]
fn blocks_that_are_in_use_are_known_by_their_turns() {
    let (mut meter, seats) = with_seats(&[2], false);
    let [first, second, third] = [0; 3].map(|_| meter.alloc(SIZE));
    // SAFETY: each is in use, and given back once.
    unsafe {
        meter.dealloc(first);
        let moved = meter.realloc(third, 2 * SIZE) as usize;
        let mut left = meter.0.memory.close_seats();
        left.sort_unstable();
        let grown = LargeBlock {
            turn: 4,
            size: 2 * SIZE,
        };
        assert_eq!(left, [(block(2), second as usize), (grown, moved)]);
        assert_eq!(second as usize, seats[0]);
        // After that nothing is counted.
        meter.alloc(SIZE);
        assert!(meter.0.memory.close_seats().is_empty());
    }
}

#[test]
fn a_seat_is_counted_while_it_is_in_use() {
    let (mut meter, _) = with_seats(&[1], false);
    let seat = meter.alloc(SIZE);
    assert!(meter.0.memory.used() >= SIZE);
    // SAFETY: it is in use.
    unsafe { meter.dealloc(seat) };
    assert_eq!(meter.0.memory.used(), 0);
}

#[test]
fn in_a_rehearsal_no_page_has_two_seats() {
    let (_, seats) = with_seats(&[1, 2, 3], true);
    let mut pages: Vec<_> = seats.iter().map(|seat| seat / page_size()).collect();
    pages.sort_unstable();
    pages.dedup();
    assert_eq!(pages.len(), 3);
    assert!(seats.iter().all(|seat| seat % page_size() == 0));
}
