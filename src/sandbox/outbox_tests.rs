//! A queue in front of a connection that takes as much as a test lets it.

use std::sync::atomic::Ordering;

use super::*;
use crate::engine::message::Payload;
use crate::sandbox::narrow::Narrow;

fn connected(room: usize) -> (Outbox, Arc<Narrow>) {
    let outbox = Outbox::default();
    let narrow = Narrow::with_room(room);
    outbox.connect(narrow.clone());
    (outbox, narrow)
}

fn text(text: &str) -> Bytes {
    frame::message(Payload::Text(text.into()))
}

#[test]
fn what_waits_is_written_at_once_and_one_flushes() {
    let (outbox, narrow) = connected(usize::MAX);
    assert!(outbox.push(text("one")));
    assert!(!outbox.push(text("two")), "somebody flushes already");
    outbox.flush();
    assert_eq!(narrow.taken(), b"\x81\x03one\x81\x03two");
    assert_eq!(narrow.calls.load(Ordering::Relaxed), 1);
    assert_eq!(outbox.backlog(), Backlog::Nothing);
    assert!(outbox.push(text("three")));
}

#[test]
fn frames_long_and_short_all_go_out_in_order_however_little_is_taken() {
    let (outbox, narrow) = connected(0);
    let mut expected = Vec::new();
    for length in [10, JOINED, 20, JOINED / 2, JOINED / 2, 3 * JOINED, 0, 7] {
        let frame = text(&"x".repeat(length));
        expected.extend_from_slice(&frame);
        let _ = outbox.push(frame);
    }
    while outbox.backlog() == Backlog::Waits {
        narrow.room.store(1_000, Ordering::Relaxed);
        outbox.flush();
    }
    assert_eq!(narrow.taken(), expected);
}

#[tokio::test]
async fn what_a_connection_does_not_take_is_left_over_for_its_task() {
    let (outbox, narrow) = connected(3);
    outbox.left_over().await;
    let _ = outbox.push(text("one"));
    let _ = outbox.push(text("two"));
    outbox.flush();
    outbox.left_over().await;
    assert_eq!(outbox.backlog(), Backlog::Waits);
    narrow.room.store(usize::MAX, Ordering::Relaxed);
    outbox.flush();
    assert_eq!(narrow.taken(), b"\x81\x03one\x81\x03two");
    assert_eq!(outbox.backlog(), Backlog::Nothing);
}

#[test]
fn a_client_that_reads_may_be_told_any_amount_in_one_turn() {
    let (outbox, narrow) = connected(usize::MAX);
    for _ in 0..2 * BYTES_LIMIT / JOINED {
        let _ = outbox.push(text(&"x".repeat(JOINED)));
    }
    outbox.flush();
    assert!(narrow.taken().len() > 2 * BYTES_LIMIT);
    assert_eq!(outbox.backlog(), Backlog::Nothing);
}

#[test]
fn nothing_is_lost_before_there_is_a_connection() {
    let outbox = Outbox::default();
    assert!(outbox.push(text("early")));
    outbox.flush();
    assert_eq!(outbox.backlog(), Backlog::Waits);
    let narrow = Narrow::with_room(usize::MAX);
    outbox.connect(narrow.clone());
    outbox.flush();
    assert_eq!(narrow.taken(), b"\x81\x05early");
}

#[test]
fn a_close_comes_after_what_waits_and_nothing_after_it() {
    let (outbox, narrow) = connected(usize::MAX);
    let _ = outbox.push(text("last"));
    outbox.end(End::Close(1012, "again".into()));
    outbox.end(End::Cut);
    assert!(!outbox.push(text("later")));
    assert_eq!(outbox.backlog(), Backlog::Waits);
    outbox.flush();
    assert_eq!(narrow.taken(), b"\x81\x04last\x88\x07\x03\xf4again");
    let end = End::Close(1012, "again".into());
    assert_eq!(outbox.backlog(), Backlog::Ended(end));
}

#[test]
fn a_client_too_far_behind_is_ended_with_1013_after_the_frame_that_is_begun() {
    let (outbox, narrow) = connected(2);
    let _ = outbox.push(text("one"));
    outbox.flush();
    for _ in 0..FRAMES_LIMIT {
        let _ = outbox.push(frame::ping(&[]));
    }
    narrow.room.store(usize::MAX, Ordering::Relaxed);
    outbox.flush();
    assert_eq!(
        narrow.taken(),
        [b"\x81\x03one".as_slice(), &frame::close(1013, "too slow")].concat()
    );
    let end = End::Close(1013, "too slow".into());
    assert_eq!(outbox.backlog(), Backlog::Ended(end));
}

#[test]
fn what_is_sent_now_comes_after_what_waits_and_waits_where_there_is_no_room() {
    let (outbox, narrow) = connected(8);
    let [one, two, three] = ["one", "two", "three"].map(text);
    outbox.send(&one, || unreachable!("there is room"));
    let _ = outbox.push(two);
    outbox.send(&three, || three.clone());
    assert_eq!(narrow.taken(), b"\x81\x03one\x81\x03t");
    assert_eq!(outbox.backlog(), Backlog::Waits);
    narrow.room.store(usize::MAX, Ordering::Relaxed);
    outbox.flush();
    assert_eq!(narrow.taken(), b"\x81\x03one\x81\x03two\x81\x05three");
}

#[test]
fn a_frame_that_is_sent_in_part_goes_on_where_it_stopped() {
    let (outbox, narrow) = connected(4);
    let frames = [text("one"), text("two")].concat();
    outbox.send(&frames, || frames.clone().into());
    assert_eq!(narrow.taken(), b"\x81\x03on");
    narrow.room.store(usize::MAX, Ordering::Relaxed);
    outbox.flush();
    assert_eq!(narrow.taken(), frames);
}

#[test]
fn a_broken_connection_is_cut() {
    struct Broken;
    impl TryWrite for Broken {
        fn try_write(&self, _: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }
    }
    let outbox = Outbox::default();
    outbox.connect(Arc::new(Broken));
    let _ = outbox.push(text("into the void"));
    outbox.flush();
    assert_eq!(outbox.backlog(), Backlog::Ended(End::Cut));

    let outbox = Outbox::default();
    outbox.connect(Arc::new(Broken));
    outbox.send(b"into the void", || Bytes::from_static(b"into the void"));
    assert_eq!(outbox.backlog(), Backlog::Ended(End::Cut));
}

#[test]
fn the_run_is_told_of_what_went_to_this_client_alone_once_it_is_worth_it() {
    let (outbox, _) = connected(usize::MAX);
    let _ = outbox.push(text("to all"));
    let half = TOLD_AT / 2;
    for told in [None, Some(half * 2), None] {
        let _ = outbox.push_own(text("to one"), half as usize);
        assert_eq!(outbox.flush(), told);
    }
}

#[test]
fn who_is_too_far_behind_in_a_long_frame_is_cut_and_nothing_is_kept_for_it() {
    let waiting = Arc::new(Waiting::default());
    let outbox = Outbox::counted(Arc::clone(&waiting));
    let narrow = Narrow::with_room(10);
    outbox.connect(narrow.clone());
    let long = waiting.hold(text(&"x".repeat(3 * JOINED)));
    let _ = outbox.push(long);
    let _ = outbox.push(text("short"));
    assert!(outbox.waits() > 3 * JOINED);
    outbox.cut_off();
    assert_eq!(outbox.backlog(), Backlog::Ended(End::Cut));
    assert_eq!(waiting.bytes(), 0);
}

#[test]
fn all_that_waits_is_counted_until_it_is_written_or_nobody_wants_it() {
    let waiting = Arc::new(Waiting::default());
    let outbox = Outbox::counted(Arc::clone(&waiting));
    let narrow = Narrow::with_room(5);
    outbox.connect(narrow.clone());
    let _ = outbox.push(text("one"));
    let _ = outbox.push(text("two"));
    assert_eq!(waiting.bytes(), 10);
    outbox.flush();
    assert_eq!(waiting.bytes(), 5);
    drop(outbox);
    assert_eq!(waiting.bytes(), 0);
}
