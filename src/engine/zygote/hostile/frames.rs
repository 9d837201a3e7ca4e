//! What a Run that was taken over can say to the parent: forged frames, foreign handles, floods,
//! silence. Whatever it is, the Run ends, the reason has a name, and the parent goes on.

use std::os::fd::{BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream as StdUnixStream;
use std::time::Duration;

use rustix::process::{Pid, PidfdFlags, pidfd_open};
use tokio::net::UnixStream;
use tokio::sync::oneshot;

use super::{fork_into, wait_for};
use crate::engine::codec;
use crate::engine::control::Exit;
use crate::engine::limits::Limits;
use crate::engine::link::Newborn;
use crate::engine::message::{
    CHUNK_LIMIT, FRAME_LIMIT, FromRun, Level, LimitName, Payload, RequestId, ResponseBody,
    SocketId, SocketTerms, Thrown, ToRun,
};
use crate::engine::zygote::jail::Jail;
use crate::engine::zygote::outlet::socket_pair;
use crate::engine::{Run, RunEnd, RunEvent, RunGone, keep};
use crate::settings::layer::Without;

/// Longer than any of this takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the hostile process writes, and whether it writes it again and again.
#[derive(Clone, Default)]
struct Script {
    bytes: Vec<u8>,
    again: bool,
    /// Whether it goes on reading, or never reads.
    deaf: bool,
}

impl Script {
    fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            ..Self::default()
        }
    }

    fn says(messages: &[FromRun]) -> Self {
        let mut bytes = Vec::new();
        for message in messages {
            codec::append(message, &mut bytes).unwrap();
        }
        Self::raw(bytes)
    }

    fn floods(message: &FromRun) -> Self {
        let mut script = Self::says(std::slice::from_ref(message));
        let once = script.bytes.clone();
        while script.bytes.len() < 32 * 1024 {
            script.bytes.extend_from_slice(&once);
        }
        script.again = true;
        script
    }

    /// In the jail: writes, and then reads to the end.
    fn perform(&self) -> i32 {
        // SAFETY: the jail left the socket at 0.
        let socket = unsafe { BorrowedFd::borrow_raw(0) };
        loop {
            let mut rest = &self.bytes[..];
            while !rest.is_empty() {
                match rustix::io::write(socket, rest) {
                    Ok(written) => rest = &rest[written..],
                    Err(_) => return 0,
                }
            }
            if !self.again {
                break;
            }
        }
        if self.deaf {
            std::thread::sleep(PATIENCE);
        }
        let mut taken = [0; 4096];
        while rustix::io::read(socket, &mut taken).is_ok_and(|bytes| bytes > 0) {}
        0
    }
}

/// A frame of this length, with what follows its head.
fn frame(length: u32, body: &[u8]) -> Vec<u8> {
    [&length.to_le_bytes()[..], body].concat()
}

/// Has a hostile process play `script` behind a real keeper.
fn start(script: &Script, limits: Limits) -> Run {
    let jail = Jail::prepare(Without::new()).unwrap();
    let (ours, theirs) = socket_pair().unwrap();
    let pid = fork_into(Some(&jail), theirs, || script.perform());
    keep(newborn(pid, ours), limits, None)
}

fn newborn(pid: Pid, ours: OwnedFd) -> Newborn {
    let (tell, exit) = oneshot::channel();
    let pidfd = pidfd_open(pid, PidfdFlags::empty()).unwrap();
    std::thread::spawn(move || {
        let status = wait_for(pid).unwrap();
        let exit = match (status.exit_status(), status.terminating_signal()) {
            (Some(status), _) => Exit::Status(status),
            (_, signal) => Exit::Signal(signal.unwrap_or(0)),
        };
        let _ = tell.send((exit, Duration::ZERO));
    });
    let socket = StdUnixStream::from(ours);
    socket.set_nonblocking(true).unwrap();
    Newborn {
        pid: pid.as_raw_nonzero().get().unsigned_abs(),
        socket: UnixStream::from_std(socket).unwrap(),
        pidfd,
        exit,
    }
}

async fn end_of(run: &mut Run) -> RunEnd {
    let ended = async {
        loop {
            if let RunEvent::Ended(end) = run.next().await {
                return end;
            }
        }
    };
    tokio::time::timeout(PATIENCE, ended)
        .await
        .expect("it ends")
}

fn respond(request: u32, status: u16, body: ResponseBody) -> FromRun {
    FromRun::Respond {
        request: RequestId(request),
        status,
        headers: Vec::new(),
        body,
    }
}

fn words(text: &str) -> Thrown {
    Thrown {
        name: text.to_owned(),
        message: text.to_owned(),
        frames: Vec::new(),
    }
}

/// What breaks the rules of the line.
fn broken() -> Vec<(&'static str, Script)> {
    let mut all = malformed();
    let says = |(what, message)| (what, Script::says(&[message]));
    all.extend(foreign().into_iter().map(says));
    all.extend(lies());
    all
}

/// Bytes that are no message.
fn malformed() -> Vec<(&'static str, Script)> {
    let longest = u32::try_from(FRAME_LIMIT).unwrap();
    let surplus = {
        let mut bytes = Vec::new();
        codec::append(&FromRun::Ready, &mut bytes).unwrap();
        let body = [&bytes[4..], b"more"].concat();
        frame(u32::try_from(body.len()).unwrap(), &body)
    };
    // A response with 2⁶³ headers, which the frame cannot hold.
    let endless = [&[2, 7, 0xc8, 1][..], &[0xff; 9], &[1]].concat();
    let raw = |bytes: Vec<u8>| Script::raw(bytes);
    vec![
        ("a frame of 4 GiB", raw(frame(u32::MAX, b""))),
        ("a frame one byte too long", raw(frame(longest + 1, b""))),
        ("an empty frame", raw(frame(0, b""))),
        ("a message of no kind", raw(frame(1, &[250]))),
        ("a message and more", raw(surplus)),
        ("a message cut short", raw(frame(2, &[2, 0x80]))),
        ("a list without end", raw(frame(14, &endless))),
        ("text that is none", raw(frame(5, &[14, 1, 2, 0xff, 0xfe]))),
        ("noise", raw(frame(64, &[0xa5; 64]))),
    ]
}

/// Messages about requests and sockets of others.
#[rustfmt::skip]
fn foreign() -> Vec<(&'static str, FromRun)> {
    let (request, socket) = (RequestId(7), SocketId(7));
    let topic = || "room".to_owned();
    let terms = SocketTerms { longest: 0, idle: 0, beats: false };
    let payload = || Payload::Text("x".to_owned());
    let respond = |request| respond(request, 200, ResponseBody::Empty);
    vec![
        ("an answer to nobody's request", respond(7)),
        ("an answer to the highest handle there is", respond(u32::MAX)),
        ("a piece of nobody's body", FromRun::Chunk { request, bytes: vec![1] }),
        ("the end of nobody's body", FromRun::End { request, broken: false }),
        ("nobody's upgrade", FromRun::Upgrade { request, headers: Vec::new(), terms }),
        ("a message to nobody's socket", FromRun::Send { socket, payload: payload() }),
        ("nobody's socket closed", FromRun::Close { socket, code: 1000, reason: topic() }),
        ("nobody's socket cut", FromRun::Terminate { socket }),
        ("nobody's socket pinged", FromRun::Ping { socket, payload: Vec::new(), pong: false }),
        ("nobody's socket subscribed", FromRun::Subscribe { socket, topic: topic() }),
        ("nobody's socket unsubscribed", FromRun::Unsubscribe { socket, topic: topic() }),
        (
            "published in nobody's name",
            FromRun::Publish { topic: topic(), except: Some(socket), payload: payload() },
        ),
    ]
}

/// Messages that cannot be true.
fn lies() -> Vec<(&'static str, Script)> {
    let too_much = vec![0; CHUNK_LIMIT + 1];
    let whole = ResponseBody::Whole(too_much.clone());
    let piece = FromRun::Chunk {
        request: RequestId(0),
        bytes: too_much,
    };
    let part = |length| FromRun::Part {
        bytes: vec![0; length],
    };
    let status = |status| Script::says(&[respond(0, status, ResponseBody::Empty)]);
    let idle = |done: &[u64]| {
        let messages: Vec<_> = done
            .iter()
            .map(|done| FromRun::Idle {
                done: *done,
                timers: false,
            })
            .collect();
        Script::says(&messages)
    };
    vec![
        ("a status under 200", status(101)),
        ("a status over 599", status(600)),
        (
            "a body over its limit",
            Script::says(&[respond(0, 200, whole)]),
        ),
        ("a piece over its limit", Script::says(&[piece])),
        (
            "a part of a message over its limit",
            Script::says(&[part(CHUNK_LIMIT + 1)]),
        ),
        (
            "a message without an end",
            Script::floods(&part(CHUNK_LIMIT)),
        ),
        (
            "a message with another inside",
            Script::says(&[part(1), FromRun::Ready]),
        ),
        (
            "a turn that ends in a message",
            Script::says(&[
                part(1),
                FromRun::Idle {
                    done: 1,
                    timers: false,
                },
            ]),
        ),
        (
            "a message outside of a turn",
            Script::says(&[
                FromRun::Idle {
                    done: 1,
                    timers: false,
                },
                part(1),
            ]),
        ),
        ("more done than was asked", idle(&[99])),
        ("idle without a turn", idle(&[1, 1])),
        ("idle backwards", idle(&[1, 0])),
    ]
}

/// What is too much.
fn floods() -> Vec<(&'static str, Script)> {
    let long = "x".repeat(60_000);
    let publish = FromRun::Publish {
        topic: "room".to_owned(),
        except: None,
        payload: Payload::Text(long.clone()),
    };
    let line = FromRun::Log {
        level: Level::Log,
        text: "again".to_owned(),
        at: None,
    };
    vec![
        ("console lines", Script::floods(&line)),
        (
            "faults",
            Script::floods(&FromRun::Uncaught {
                fault: words("again"),
            }),
        ),
        (
            "faults with long words",
            Script::floods(&FromRun::Uncaught {
                fault: words(&long),
            }),
        ),
        ("messages to a topic", Script::floods(&publish)),
        ("that it is ready", Script::floods(&FromRun::Ready)),
        ("turns of its own", Script::floods(&FromRun::Turn)),
    ]
}

/// A request, so that a handle is known and a turn is under way.
fn ask(run: &Run) {
    let request = ToRun::Request {
        request: RequestId(0),
        method: "GET".to_owned(),
        url: "http://room.hxlab.localhost/".to_owned(),
        headers: Vec::new(),
        remote: "127.0.0.1".to_owned(),
        port: 1,
        upgrade: false,
        more: false,
    };
    run.sender().send(&request).unwrap();
}

/// One that may run into its limit of time soon.
fn hasty() -> Limits {
    Limits {
        turn: Duration::from_millis(50),
        start: Duration::from_millis(50),
        ..Limits::default()
    }
}

#[tokio::test]
async fn a_hostile_run_cannot_fool_its_parent() {
    let mut count = 0;
    for (what, script) in broken() {
        let mut run = start(&script, Limits::default());
        ask(&run);
        let end = end_of(&mut run).await;
        assert!(matches!(end, RunEnd::Broke(_)), "{what}: {end:?}");
        count += 1;
    }
    for (what, script) in floods() {
        let mut run = start(&script, Limits::default());
        ask(&run);
        let end = end_of(&mut run).await;
        assert!(matches!(end, RunEnd::Limit { .. }), "{what}: {end:?}");
        count += 1;
    }
    println!("hostile Run: {count} attempts on its parent, {count} ended it");
}

#[tokio::test]
async fn a_hostile_run_cannot_keep_its_parent_waiting() {
    for (what, script) in [
        ("it says nothing", Script::default()),
        ("half a head", Script::raw([9, 0])),
        ("half a frame", Script::raw(frame(100, b"x"))),
        (
            "it never reads",
            Script {
                deaf: true,
                ..Script::default()
            },
        ),
    ] {
        let mut run = start(&script, hasty());
        ask(&run);
        let end = end_of(&mut run).await;
        let RunEnd::Limit { limit, .. } = end else {
            panic!("{what}: {end:?}");
        };
        assert_eq!(limit, LimitName::Start, "{what}");
    }
}

#[tokio::test]
async fn what_waits_for_a_run_that_never_reads_is_bounded() {
    let deaf = Script {
        deaf: true,
        ..Script::default()
    };
    let run = start(&deaf, Limits::default());
    let piece = ToRun::RequestBody {
        request: RequestId(0),
        bytes: vec![0; CHUNK_LIMIT],
    };
    let refused = (0..1000).find_map(|_| run.sender().send(&piece).err());
    assert_eq!(refused, Some(RunGone::Full));
}

#[tokio::test]
async fn one_that_ends_itself_says_how() {
    let leaves = Script::raw(Vec::new());
    let mut run = start(&leaves, Limits::default());
    run.kill();
    assert_eq!(end_of(&mut run).await, RunEnd::Killed);
}
