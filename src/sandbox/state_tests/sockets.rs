//! WebSockets, their messages and topics.

use super::*;

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
fn a_socket_whose_client_went_away_during_the_handshake_is_closed_in_the_server() {
    let mut play = Play::running();
    play.see(ask(ONE, "/chat", true));
    play.see(Command::Gone(ONE));
    let upgrade = FromRun::Upgrade {
        request: ONE,
        headers: Vec::new(),
        terms: TERMS,
    };
    let closed = ToRun::Closed {
        socket: SocketId(ONE.0),
        code: 1006,
        reason: String::new(),
    };
    assert_eq!(play.said(1, upgrade), [Action::Tell(1, closed)]);
    assert!(play.state.sockets.is_empty());
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

/// A source of choices that is the same each time.
struct Choices(u64);

impl Choices {
    /// One of so many.
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % count
    }
}

#[test]
fn whatever_happens_each_line_that_opens_closes_once() {
    for seed in 0..300 {
        let mut choices = Choices(seed);
        let mut play = Play::running();
        let mut lines: BTreeMap<(bool, u32), i32> = BTreeMap::new();
        let mut count = |records: Vec<Record>, seed: u64| {
            for record in records {
                let Record::Wire(entry) = record else {
                    continue;
                };
                let (line, event) = match &entry.crossed {
                    Crossed::WebSocket(it) => ((true, it.socket), it.event),
                    Crossed::Sse(it) => ((false, it.stream), it.event),
                    _ => continue,
                };
                let open = lines.entry(line).or_default();
                match event {
                    LineEvent::Open => *open += 1,
                    LineEvent::Close => *open -= 1,
                    LineEvent::Message => {}
                }
                assert!((0..=1).contains(open), "seed {seed}: {line:?}, {event:?}");
            }
            lines.values().sum::<i32>()
        };
        for number in 1..60 {
            let known = RequestId(u32::try_from(choices.below(number)).expect("few") + 1);
            let event = happening(&mut choices, number, known, play.state.runs);
            let (_, records) = play.see_all(event);
            count(records, seed);
        }
        let (_, records) = play.see_all(Command::Stop);
        assert_eq!(count(records, seed), 0, "seed {seed}: a line is open still");
    }
}

/// Something that happens in a sandbox with three clients: a request or a handshake, what the Run makes of one that was
/// asked, or the end of a line in one of the ways that there are.
fn happening(choices: &mut Choices, number: u64, known: RequestId, runs: RunNumber) -> Event {
    let socket = SocketId(known.0);
    let said = |message| Event::Said(runs, message);
    let (headers, terms) = (Vec::new(), TERMS);
    match choices.below(16) {
        0..=3 => {
            let request = RequestId(u32::try_from(number).expect("few"));
            ask_as(number % 3, request, choices.below(3) > 0).into()
        }
        4..=7 => said(FromRun::Upgrade {
            request: known,
            headers,
            terms,
        }),
        8 => said(respond(known, ResponseBody::Chunks { length: None })),
        9 => said(FromRun::End {
            request: known,
            broken: choices.below(2) == 0,
        }),
        10 => Command::Gone(known).into(),
        11 => Command::Closed(socket, 1001, String::new()).into(),
        12 => said(FromRun::Terminate { socket }),
        13 => {
            let client = match choices.below(3) {
                0 => "A",
                1 => "B",
                _ => "C",
            };
            Command::Cut(Some(client.to_owned())).into()
        }
        14 => Command::Run(Project::default()).into(),
        _ => Event::Said(runs, FromRun::Ready),
    }
}

fn ask_as(client: u64, request: RequestId, upgrade: bool) -> Command {
    let Command::Request {
        request,
        head,
        body,
        more,
    } = ask(request, "/chat", upgrade)
    else {
        unreachable!("`ask` asks");
    };
    let client = format!("browser {client}");
    let head = Box::new(RequestHead { client, ..*head });
    Command::Request {
        request,
        head,
        body,
        more,
    }
}
