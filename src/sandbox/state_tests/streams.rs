//! Bodies in pieces, and events.

use super::*;

#[test]
fn the_run_is_not_told_of_what_it_did_not_send() {
    let mut play = Play::running();
    play.get(ONE, "/prices");
    let headers = vec![("content-type".to_owned(), "text/event-stream".to_owned())];
    play.said(
        1,
        FromRun::Respond {
            request: ONE,
            status: 200,
            headers,
            body: ResponseBody::Chunks { length: None },
        },
    );
    let event = StreamEvent {
        name: "price".into(),
        data: "1".into(),
        id: None,
        nth: None,
    };
    let written = event.written();
    let length = u32::try_from(written.len()).expect("it is short");
    let composed = Composed::Event { stream: ONE, event };
    let sent = [Action::Piece(ONE, written.into()), Action::Done(true)];
    assert_eq!(play.see(Command::Compose(composed)), sent);
    let bytes = 3;
    let taken = ToRun::Taken {
        request: ONE,
        bytes,
    };
    let told = play.see(Command::Taken(ONE, length + bytes));
    assert_eq!(told, [Action::Tell(1, taken)]);
}

#[test]
fn a_stream_is_handed_on_and_its_events_are_listed() {
    let mut play = Play::running();
    play.get(ONE, "/prices");
    let chunks = ResponseBody::Chunks { length: None };
    play.said(1, respond(ONE, chunks));
    let piece = b"event: price\ndata: 42\n\n".to_vec();
    let chunk = FromRun::Chunk {
        request: ONE,
        bytes: piece.clone(),
    };
    let (actions, records) = play.see_all(Event::Said(1, chunk));
    assert_eq!(actions, [Action::Piece(ONE, Bytes::from(piece))]);
    let [Record::Wire(entry)] = &records[..] else {
        panic!("not one event: {records:?}");
    };
    let WireEntry {
        crossed: Crossed::Sse(event),
        client,
        ..
    } = &**entry
    else {
        panic!("not an event: {entry:?}");
    };
    assert_eq!(
        (client.as_str(), event.name.as_str(), event.data.as_str()),
        ("A", "price", "42")
    );

    let (actions, records) = play.see_all(Command::Gone(ONE));
    assert_eq!(
        actions,
        [
            Action::Tell(1, ToRun::Gone { request: ONE }),
            Action::Finish(ONE, true),
        ]
    );
    let [Record::Wire(closed), Record::Wire(ended)] = &records[..] else {
        panic!("{records:?}");
    };
    assert!(matches!(
        (&closed.crossed, &ended.crossed),
        (Crossed::Sse(close), Crossed::Http(exchange)) if close.event == LineEvent::Close && exchange.done && exchange.size == 23
    ));
}

#[test]
fn a_run_that_sends_more_of_a_body_than_is_taken_is_ended() {
    let mut play = Play::running();
    play.get(ONE, "/");
    play.said(1, respond(ONE, ResponseBody::Chunks { length: None }));
    let chunk = || FromRun::Chunk {
        request: ONE,
        bytes: vec![b'x'; 64 * 1024],
    };
    for _ in 0..8 {
        play.said(1, chunk());
    }
    play.see(Command::Taken(ONE, 64 * 1024));
    assert_eq!(play.said(1, chunk()).len(), 1);
    assert_eq!(play.said(1, chunk()), [Action::Finish(ONE, false)]);
    assert!(!play.state.has_run());
}
