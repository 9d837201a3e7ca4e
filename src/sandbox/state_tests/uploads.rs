//! Bodies that come in pieces.

use super::*;

/// A request whose body has begun with four bytes.
fn upload(request: RequestId) -> Command {
    let Command::Request { request, head, .. } = ask(request, "/", false) else {
        unreachable!("`ask` asks");
    };
    Command::Request {
        request,
        head,
        body: b"four".to_vec(),
        more: true,
    }
}

#[test]
fn a_body_comes_as_fast_as_the_run_reads_it() {
    let mut play = Play::default();
    play.see(upload(ONE));
    let admits = |actions: Vec<Action>| {
        let admits = actions.into_iter().filter_map(|action| match action {
            Action::Admit(ONE, bytes) => Some(bytes),
            _ => None,
        });
        admits.collect::<Vec<_>>()
    };
    assert_eq!(admits(play.said(1, FromRun::Ready)), [256 * 1024]);
    let piece = ToRun::BodyPiece {
        request: ONE,
        bytes: vec![0; 10],
    };
    assert_eq!(
        play.see(Command::BodyPiece(ONE, vec![0; 10])),
        [Action::Tell(1, piece)]
    );
    let read = |bytes| FromRun::BodyRead {
        request: ONE,
        bytes,
    };
    assert_eq!(admits(play.said(1, read(14))), [14]);
    assert!(play.state.has_run());
    play.said(1, read(1));
    assert!(!play.state.has_run(), "it reads what was never sent");
}

#[test]
fn nothing_of_a_body_comes_after_the_answer() {
    let mut play = Play::running();
    play.see(upload(ONE));
    play.said(1, respond(ONE, ResponseBody::Empty));
    assert_eq!(play.see(Command::BodyPiece(ONE, vec![0; 10])), []);
    assert_eq!(play.see(Command::BodyEnd(ONE, None)), []);
    let late = FromRun::BodyRead {
        request: ONE,
        bytes: 4,
    };
    assert_eq!(play.said(1, late), []);
    assert!(play.state.has_run());
}

#[test]
fn the_wire_says_how_long_a_body_is_of_which_it_keeps_nothing() {
    let mut play = Play::running();
    let Command::Request { mut head, .. } = ask(ONE, "/", false) else {
        unreachable!("`ask` asks");
    };
    head.headers.push(("Content-Length".into(), "70000".into()));
    let (_, records) = play.see_all(Command::Request {
        request: ONE,
        head,
        body: vec![0xff; 1000],
        more: true,
    });
    let [Record::Wire(entry)] = &records[..] else {
        panic!("{records:?}");
    };
    assert!(matches!(
        &entry.crossed,
        Crossed::Http(it) if it.request_body.is_none() && it.request_size == 70_000
    ));
}
