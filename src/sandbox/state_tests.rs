use std::sync::Arc;

use bytes::Bytes;

use super::super::entry::{Direction, LineEvent};
use super::super::eventstream::StreamEvent;
use super::super::outbox::End;
use super::*;
use crate::engine::RunEnd;
use crate::engine::message::{LimitName, Payload, ResponseBody, SocketTerms, ToRun};

#[path = "state_tests/injected.rs"]
mod injected;
#[path = "state_tests/places.rs"]
mod places;
#[path = "state_tests/uploads.rs"]
mod uploads;

const ONE: RequestId = RequestId(1);
const TWO: RequestId = RequestId(2);
const TERMS: SocketTerms = SocketTerms {
    longest: 1024,
    idle: 120,
    beats: false,
};

/// A sandbox and a clock that goes on by a millisecond with each event.
#[derive(Default)]
struct Play {
    state: State,
    at: Moment,
}

impl Play {
    fn running() -> Self {
        let mut play = Self::default();
        play.see(Command::Run(Project::default()));
        play.said(1, FromRun::Ready);
        play
    }

    /// Applies an event; gives all actions but the records.
    fn see(&mut self, event: impl Into<Event>) -> Vec<Action> {
        let (actions, _) = self.see_all(event);
        actions
    }

    fn see_all(&mut self, event: impl Into<Event>) -> (Vec<Action>, Vec<Record>) {
        self.at += 1000;
        let mut records = Vec::new();
        let mut actions = Vec::new();
        for action in self.state.apply(event.into(), self.at) {
            match action {
                Action::Record(record) => records.push(record),
                action => actions.push(action),
            }
        }
        (actions, records)
    }

    fn said(&mut self, run: RunNumber, message: FromRun) -> Vec<Action> {
        self.see(Event::Said(run, message))
    }

    fn get(&mut self, request: RequestId, path: &str) -> Vec<Action> {
        self.see(ask(request, path, false))
    }

    /// Opens a WebSocket and subscribes it to a topic.
    fn join(&mut self, request: RequestId, topic: &str) -> SocketId {
        self.see(ask(request, "/chat", true));
        let headers = Vec::new();
        let terms = TERMS;
        let upgrade = FromRun::Upgrade {
            request,
            headers,
            terms,
        };
        self.said(1, upgrade);
        let socket = SocketId(request.0);
        let topic = topic.to_owned();
        self.said(1, FromRun::Subscribe { socket, topic });
        socket
    }
}

fn ask(request: RequestId, path: &str, upgrade: bool) -> Command {
    let head = RequestHead {
        method: "GET".into(),
        path: path.into(),
        client: format!("browser {}", request.0),
        headers: vec![
            ("accept".into(), "*/*".into()),
            ("HX-Request".into(), "true".into()),
        ],
        upgrade,
        ..RequestHead::default()
    };
    let body = Vec::new();
    Command::Request {
        request,
        head: Box::new(head),
        body,
        more: false,
    }
}

fn text(text: &str) -> Payload {
    Payload::Text(text.into())
}

fn respond(request: RequestId, body: ResponseBody) -> FromRun {
    FromRun::Respond {
        request,
        status: 200,
        headers: vec![("Content-Type".into(), "text/event-stream".into())],
        body,
    }
}

#[test]
fn the_first_request_starts_the_server_and_waits_for_it() {
    let mut play = Play::default();
    assert_eq!(play.get(ONE, "/"), [Action::Start(1, Project::default())]);
    assert_eq!(play.get(TWO, "/2"), []);
    let told: Vec<_> = play
        .said(1, FromRun::Ready)
        .into_iter()
        .filter_map(|action| match action {
            Action::Tell(1, ToRun::Request { request, .. }) => Some(request),
            _ => None,
        })
        .collect();
    assert_eq!(told, [ONE, TWO]);
}

#[test]
fn run_again_loads_first_then_sends_the_old_clients_back() {
    let mut play = Play::running();
    let socket = play.join(ONE, "lobby");
    play.get(TWO, "/slow");
    assert_eq!(
        play.see(Command::Run(Project::default())),
        [Action::Start(2, Project::default())]
    );
    assert_eq!(
        play.said(2, FromRun::Ready),
        [
            Action::Answer(TWO, turned_back(3, Unavailable::Replaced)),
            Action::EndSocket(socket, End::Close(1012, "restart".into())),
            Action::Kill(1),
            Action::Resolve(2, StartOutcome::Running(2)),
        ]
    );
    let late = FromRun::Send {
        socket,
        payload: text("from the old Run"),
    };
    assert_eq!(play.said(1, late), []);
}

#[test]
fn a_server_that_does_not_load_is_named_to_who_asks() {
    let fault = Thrown {
        name: "SyntaxError".into(),
        message: "unexpected token".into(),
        frames: vec![],
    };
    let mut play = Play::running();
    play.see(Command::Run(Project::default()));
    assert_eq!(
        play.see(Event::Ended(2, RunEnd::Failed(fault.clone()))),
        [
            Action::Resolve(2, StartOutcome::Failed(2, fault.clone())),
            Action::Kill(1),
        ]
    );
    let failed = turned_back(1, Unavailable::Failed(fault));
    assert_eq!(play.get(ONE, "/"), [Action::Answer(ONE, failed)]);
    assert_eq!(
        play.see(Command::Run(Project::default())),
        [Action::Start(3, Project::default())]
    );
}

#[test]
fn a_limit_is_named_and_ends_every_client() {
    let mut play = Play::running();
    let socket = play.join(ONE, "lobby");
    let limit = RunEnd::Limit {
        limit: LimitName::Turn,
        fault: None,
    };
    let (actions, records) = play.see_all(Event::Ended(1, limit));
    assert_eq!(
        actions,
        [Action::EndSocket(
            socket,
            End::Close(1011, "the server is gone".into())
        )]
    );
    let Some(Record::Status(status)) = records.last() else {
        panic!("no status in {records:?}");
    };
    let reason = status.reason.as_ref().expect("a reason");
    assert_eq!(reason.limit, Some(LimitName::Turn));
    assert!(matches!(
        play.get(TWO, "/")[..],
        [Action::Answer(
            TWO,
            Reply::Unavailable {
                why: Unavailable::Crashed(_),
                ..
            }
        )]
    ));
}

#[test]
fn publish_reaches_the_topic_and_skips_the_sender() {
    let mut play = Play::running();
    let alice = play.join(ONE, "lobby");
    let bob = play.join(TWO, "lobby");
    let carol = play.join(RequestId(3), "other");
    let publish = |except| FromRun::Publish {
        topic: "lobby".into(),
        except,
        payload: text("hi"),
    };
    let both: Arc<[_]> = [alice, bob].into();
    assert_eq!(
        play.said(1, publish(None)),
        [Action::Deliver(both.clone(), None, text("hi"))]
    );
    assert_eq!(
        play.said(1, publish(Some(alice))),
        [Action::Deliver(both, Some(alice), text("hi"))]
    );
    play.see(Command::Closed(bob, 1001, String::new()));
    assert_eq!(play.said(1, publish(Some(alice))), []);
    assert!(play.state.sockets.contains_key(&carol));
    assert_eq!(play.state.topics.count(1), 2);
}

#[test]
fn the_entries_of_one_publish_say_that_they_belong_together() {
    let mut play = Play::running();
    play.join(ONE, "lobby");
    play.join(TWO, "lobby");
    let mut publish = |words: &str| {
        let (_, records) = play.see_all(Event::Said(
            1,
            FromRun::Publish {
                topic: "lobby".into(),
                except: None,
                payload: text(words),
            },
        ));
        let entries = records.into_iter().map(|record| match record {
            Record::Wire(entry) => entry,
            other => panic!("{other:?}"),
        });
        let of = |entry: Arc<WireEntry>| match &entry.crossed {
            Crossed::WebSocket(line) => (entry.entry, line.published.clone()),
            other => panic!("{other:?}"),
        };
        entries.map(of).collect::<Vec<_>>()
    };
    for words in ["hi", "bye"] {
        let entries = publish(words);
        let [(first, one), (_, other)] = &entries[..] else {
            panic!("{entries:?}");
        };
        let published = one.as_ref().expect("a publish");
        assert_eq!((&*published.topic, published.first), ("lobby", *first));
        assert_eq!(one, other);
    }
}

/// What whoever asked gets in the server's place.
fn turned_back(entry: u64, why: Unavailable) -> Reply {
    Reply::Unavailable { entry, why }
}

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
fn the_wire_shows_a_request_when_it_comes_and_again_when_it_is_answered() {
    let mut play = Play::running();
    let (_, asked) = play.see_all(ask(ONE, "/page/2?q=1", false));
    let whole = ResponseBody::Whole(b"<p>two</p>".to_vec());
    let (_, answered) = play.see_all(Event::Said(1, respond(ONE, whole)));
    let (Record::Wire(first), Record::Wire(last)) = (&asked[0], &answered[0]) else {
        panic!("{asked:?} {answered:?}");
    };
    assert_eq!(first.entry, last.entry);
    let Crossed::Http(exchange) = &last.crossed else {
        panic!("{last:?}");
    };
    assert_eq!(exchange.htmx, [("HX-Request".into(), "true".into())]);
    assert_eq!(exchange.body.as_deref(), Some("<p>two</p>"));
    assert_eq!(exchange.duration, Some(1.0));
    assert!(play.state.requests.is_empty());
}

#[test]
fn nothing_said_of_a_stranger_has_an_effect() {
    let mut play = Play::running();
    play.join(ONE, "lobby");
    play.see(Command::Run(Project::default()));
    let (socket, request) = (SocketId(1), TWO);
    play.get(request, "/");
    for message in [
        respond(RequestId(9), ResponseBody::Empty),
        FromRun::Terminate {
            socket: SocketId(9),
        },
        FromRun::Send {
            socket: SocketId(9),
            payload: text("x"),
        },
        FromRun::End {
            request,
            broken: false,
        },
        FromRun::Upgrade {
            request,
            headers: vec![],
            terms: TERMS,
        },
    ] {
        assert_eq!(play.said(1, message.clone()), [], "{message:?}");
    }
    let taken_over = FromRun::Send {
        socket,
        payload: text("from a Run that has no clients"),
    };
    assert_eq!(play.said(2, taken_over), []);
}

#[test]
fn sleep_needs_a_quiet_sandbox_and_the_next_request_wakes_it() {
    let mut play = Play::running();
    assert!(play.state.is_quiet());
    play.get(ONE, "/");
    assert!(!play.state.is_quiet());
    play.said(1, respond(ONE, ResponseBody::Empty));
    assert_eq!(play.see(Event::Quiet), [Action::Kill(1)]);
    assert!(!play.state.is_quiet());
    assert_eq!(play.get(TWO, "/"), [Action::Start(2, Project::default())]);
}

#[test]
fn a_frame_is_listed_with_its_direction_for_each_browser() {
    let mut play = Play::running();
    let alice = play.join(ONE, "lobby");
    let (_, records) = play.see_all(Command::Message(alice, text("hello")));
    let Record::Wire(entry) = &records[0] else {
        panic!("{records:?}");
    };
    let WireEntry {
        crossed: Crossed::WebSocket(frame),
        client,
        ..
    } = &**entry
    else {
        panic!("{entry:?}");
    };
    assert_eq!(client, "A");
    assert_eq!((frame.direction, frame.size), (Direction::In, 5));
    assert_eq!(frame.text.as_deref(), Some("hello"));
}

#[test]
fn what_the_gateway_changes_is_told_once_a_run() {
    let mut play = Play::running();
    let mut told = || {
        play.see_all(Command::Changed("It was left out".into()))
            .1
            .len()
    };
    assert_eq!((told(), told()), (1, 0));
    play.see(Command::Run(Project::default()));
    play.said(2, FromRun::Ready);
    let (_, records) = play.see_all(Command::Changed("It was left out".into()));
    assert_eq!(records.len(), 1);
}

#[test]
fn a_request_without_an_answer_gets_504_and_its_run_is_told() {
    let mut play = Play::running();
    play.get(ONE, "/");
    let late = turned_back(1, Unavailable::Late);
    assert_eq!(
        play.see(Command::Late(ONE)),
        [
            Action::Tell(1, ToRun::Gone { request: ONE }),
            Action::Answer(ONE, late),
        ]
    );
    assert_eq!(play.said(1, respond(ONE, ResponseBody::Empty)), []);

    play.get(TWO, "/stream");
    play.said(1, respond(TWO, ResponseBody::Chunks { length: None }));
    assert_eq!(play.see(Command::Late(TWO)), []);
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

#[test]
fn what_waits_for_a_server_to_be_loaded_is_bounded() {
    let mut play = Play::default();
    let mut post = |number: u32| {
        let Command::Request { request, head, .. } = ask(RequestId(number), "/", false) else {
            unreachable!("`ask` asks");
        };
        let body = vec![b'x'; 1024 * 1024];
        play.see(Command::Request {
            request,
            head,
            body,
            more: false,
        })
    };
    assert_eq!(post(1).len(), 1);
    let busy = turned_back(2, Unavailable::Busy);
    assert_eq!(post(2), [Action::Answer(TWO, busy)]);
}

#[test]
fn a_message_in_parts_is_one_message() {
    let mut play = Play::running();
    let socket = play.join(ONE, "room");
    let part = |bytes: &[u8]| FromRun::Part {
        bytes: bytes.to_vec(),
    };
    assert!(play.said(1, part("aé".as_bytes())).is_empty());
    // Somebody else's Run has nothing to do with it.
    assert!(play.said(9, part(b"!")).is_empty());
    let payload = Payload::Text("€".to_owned());
    let send = FromRun::Send { socket, payload };
    let whole = Payload::Text("aé€".to_owned());
    assert_eq!(play.said(1, send), [Action::Send(socket, whole)]);

    assert!(play.said(1, part(&[0xff])).is_empty());
    let payload = Payload::Text("text".to_owned());
    let actions = play.said(1, FromRun::Send { socket, payload });
    let broken = End::Close(1011, "the server is gone".to_owned());
    assert!(actions.contains(&Action::EndSocket(socket, broken)));
}

#[test]
fn timers_are_told_to_those_who_asked() {
    let mut play = Play::running();
    let idle = |timers| Event::Said(1, FromRun::Idle { done: 0, timers });
    assert_eq!(play.see_all(idle(true)), (vec![], vec![]));
    play.see(Command::TellTimers);
    let told = vec![Record::Timers { due: false }];
    assert_eq!(play.see_all(idle(false)), (vec![], told));
}
