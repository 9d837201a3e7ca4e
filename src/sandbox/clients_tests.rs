//! Clients that are told things, one by one and all together, over connections that take what a test lets them.

use std::sync::atomic::Ordering;

use super::*;
use crate::engine::message::Payload;
use crate::sandbox::frame;
use crate::sandbox::narrow::Narrow;

/// So many clients, whose numbers begin with 0, and what each of them gets.
fn room(count: u32) -> (Clients, Arc<[SocketId]>, Vec<Arc<Narrow>>) {
    let mut clients = Clients::default();
    let sockets: Arc<[_]> = (0..count).map(SocketId).collect();
    let connect = |&socket| {
        let narrow = Narrow::with_room(usize::MAX);
        clients.add(socket).connect(narrow.clone());
        narrow
    };
    let lines = sockets.iter().map(connect).collect();
    (clients, sockets, lines)
}

fn text(text: &str) -> Bytes {
    frame::message(Payload::Text(text.into()))
}

fn frames(texts: &[&str]) -> Vec<u8> {
    texts.iter().flat_map(|it| text(it)).collect()
}

fn flush_all(clients: &mut Clients) {
    while clients.has_unwritten() {
        clients.flush();
    }
}

#[test]
fn everybody_but_the_speaker_gets_each_message_once_and_in_order() {
    let (mut clients, all, lines) = room(3);
    let said = [("one", 0), ("two", 1), ("three", 1), ("four", 2)];
    for (word, speaker) in said {
        clients.publish(all.clone(), Some(SocketId(speaker)), text(word));
    }
    flush_all(&mut clients);
    assert_eq!(lines[0].taken(), frames(&["two", "three", "four"]));
    assert_eq!(lines[1].taken(), frames(&["one", "four"]));
    assert_eq!(lines[2].taken(), frames(&["one", "two", "three"]));
}

#[test]
fn what_comes_together_is_written_together() {
    let (mut clients, all, lines) = room(2);
    for word in ["one", "two", "three"] {
        clients.publish(all.clone(), None, text(word));
    }
    flush_all(&mut clients);
    for line in lines {
        assert_eq!(line.taken(), frames(&["one", "two", "three"]));
        assert_eq!(line.calls.load(Ordering::Relaxed), 1);
    }
}

#[test]
fn a_message_to_one_keeps_its_place_among_those_to_all() {
    let (mut clients, all, lines) = room(2);
    for word in ["one", "two"] {
        clients.publish(all.clone(), None, text(word));
    }
    clients.send(SocketId(1), text("to you"), 6);
    clients.publish(all, None, text("three"));
    flush_all(&mut clients);
    assert_eq!(lines[0].taken(), frames(&["one", "two", "three"]));
    assert_eq!(lines[1].taken(), frames(&["one", "two", "to you", "three"]));
}

#[test]
fn messages_to_different_rooms_keep_their_order() {
    let (mut clients, all, lines) = room(3);
    let few: Arc<[_]> = all[..2].into();
    for (word, to) in [
        ("one", &all),
        ("two", &all),
        ("three", &few),
        ("four", &few),
        ("five", &all),
    ] {
        clients.publish(to.clone(), None, text(word));
    }
    flush_all(&mut clients);
    assert_eq!(
        lines[0].taken(),
        frames(&["one", "two", "three", "four", "five"])
    );
    assert_eq!(lines[2].taken(), frames(&["one", "two", "five"]));
}

#[test]
fn what_comes_while_some_have_been_written_to_reaches_all() {
    let count = u32::try_from(FLUSHED).unwrap() * 3;
    let (mut clients, all, lines) = room(count);
    let words: Vec<_> = (0..10).map(|number| number.to_string()).collect();
    for word in &words {
        clients.publish(all.clone(), None, text(word));
        clients.flush();
    }
    flush_all(&mut clients);
    let expected = frames(&words.iter().map(String::as_str).collect::<Vec<_>>());
    for line in lines {
        assert_eq!(line.taken(), expected);
    }
}

#[test]
fn an_end_comes_after_what_was_said_before_it() {
    let (mut clients, all, lines) = room(2);
    for word in ["one", "two"] {
        clients.publish(all.clone(), None, text(word));
    }
    let outbox = clients.outboxes[&SocketId(0)].clone();
    clients.end(SocketId(0), End::Close(1000, String::new()));
    clients.publish(all, None, text("three"));
    flush_all(&mut clients);
    // As the connection's own task does when it is told of the end.
    outbox.flush();
    let close = frame::close(1000, "");
    assert_eq!(
        lines[0].taken(),
        [frames(&["one", "two"]), close.to_vec()].concat()
    );
    assert_eq!(lines[1].taken(), frames(&["one", "two", "three"]));
}

#[test]
fn a_client_that_does_not_read_holds_up_nobody_and_gets_all_later() {
    let (mut clients, all, lines) = room(3);
    lines[1].room.store(0, Ordering::Relaxed);
    let outbox = clients.outboxes[&SocketId(1)].clone();
    let expected = frames(&["one", "two", "three"]);
    for word in ["one", "two", "three"] {
        clients.publish(all.clone(), None, text(word));
        flush_all(&mut clients);
    }
    assert_eq!(lines[0].taken(), expected);
    assert_eq!(lines[2].taken(), expected);
    lines[1].room.store(usize::MAX, Ordering::Relaxed);
    outbox.flush();
    assert_eq!(lines[1].taken(), expected);
}

#[test]
fn much_at_once_is_written_as_it_comes() {
    let (mut clients, all, lines) = room(2);
    let long = "x".repeat(10_000);
    for _ in 0..300 {
        clients.publish(all.clone(), None, text(&long));
    }
    flush_all(&mut clients);
    for line in lines {
        assert_eq!(line.taken().len(), text(&long).len() * 300);
    }
}

#[test]
fn where_too_much_waits_the_one_furthest_behind_goes() {
    let (mut clients, all, lines) = room(3);
    for line in &lines[1..] {
        line.room.store(0, Ordering::Relaxed);
    }
    let [longer, long] = [18, 15].map(|mib| text(&"x".repeat(mib << 20)));
    clients.send(SocketId(1), longer, 0);
    clients.send(SocketId(2), text("short"), 0);
    assert!(!clients.relieve());
    clients.publish(all, None, long.clone());
    assert!(clients.relieve(), "33 MiB wait");
    assert_eq!(lines[0].taken(), long);
    let waits = |socket| clients.outboxes[&SocketId(socket)].waits();
    assert_eq!(waits(1), 0);
    assert!(waits(2) > long.len());
}
