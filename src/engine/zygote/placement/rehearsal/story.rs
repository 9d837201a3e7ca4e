//! What the rehearsed Run is told: a project that uses what lessons use, and some clients.

use crate::engine::codec;
use crate::engine::message::{Payload, RequestId, SocketId, ToRun};
use crate::engine::zygote::placement::plan::ACTS;

/// The project, in our own files.
const FILES: [(&str, &str); 3] = [
    (
        "server.js",
        include_str!("../../../../../embedded/engine/rehearsal/server.js"),
    ),
    (
        "chat.js",
        include_str!("../../../../../embedded/engine/rehearsal/chat.js"),
    ),
    (
        "index.html",
        include_str!("../../../../../embedded/engine/rehearsal/index.html"),
    ),
];

const ORIGIN: &str = "http://rehearsal.hxlab.localhost";

/// The project's pages, and some that are none.
const PATHS: [&str; 6] = [
    "/index.html",
    "/goods/tea?page=2",
    "/plain",
    "/data",
    "/nowhere",
    "/fault",
];

/// What a browser sends along, as the gateway passes it on.
const HEADERS: [(&str, &str); 8] = [
    ("accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ("accept-encoding", "gzip, deflate, br, zstd"),
    ("accept-language", "en-GB,en;q=0.5"),
    ("cookie", "guest=1"),
    ("host", "rehearsal.hxlab.localhost"),
    ("origin", ORIGIN),
    ("sec-fetch-mode", "navigate"),
    ("user-agent", "Mozilla/5.0"),
];

/// Each act as frames, one behind the other.
pub(super) fn acts() -> [Vec<u8>; ACTS] {
    [every_run(), some_runs()].map(|messages| {
        let mut frames = Vec::new();
        for message in messages {
            // Each is far shorter than the limit of a frame; one that did not fit would not be told.
            let _ = codec::append(&message, &mut frames);
        }
        frames
    })
}

/// The start and a page, twice: what the first time makes the second one finds.
fn every_run() -> Vec<ToRun> {
    let mut story: Vec<_> = FILES.iter().map(|(name, text)| file(name, text)).collect();
    story.push(ToRun::Start {
        server: Some("server.js".into()),
        seed: [1; 32],
        url: format!("{ORIGIN}/"),
    });
    story.extend([1, 2].map(|number| request(number, "GET", "/", &[])));
    story
}

/// What else servers are asked.
fn some_runs() -> Vec<ToRun> {
    let mut story = Vec::new();
    let mut number = 10;
    for _ in 0..2 {
        for path in PATHS {
            number += 1;
            story.push(request(number, "GET", path, &[]));
        }
        number += 1;
        story.extend(form(number));
        number += 1;
        story.extend(stream(number));
        number += 1;
        story.extend(socket(number));
    }
    story
}

fn form(number: u32) -> [ToRun; 2] {
    let body = ToRun::RequestBody {
        request: RequestId(number),
        bytes: b"name=Alice&text=Hello+there%21".to_vec(),
    };
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    [body, request(number, "POST", "/notes", &kind)]
}

fn file(name: &str, text: &str) -> ToRun {
    let (name, contents) = (name.to_owned(), Payload::Text(text.to_owned()));
    ToRun::File { name, contents }
}

fn request(number: u32, method: &str, path: &str, more: &[(&str, &str)]) -> ToRun {
    let headers = HEADERS.iter().chain(more);
    ToRun::Request {
        request: RequestId(number),
        method: method.to_owned(),
        url: format!("{ORIGIN}{path}"),
        headers: headers
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect(),
        remote: "127.0.0.1".to_owned(),
        port: 4000,
        upgrade: path == "/chat",
        more: false,
    }
}

/// A client of the stream, which goes away.
fn stream(number: u32) -> [ToRun; 4] {
    let request_id = RequestId(number);
    let taken = ToRun::Taken {
        request: request_id,
        bytes: 64,
    };
    [
        request(number, "GET", "/events", &[]),
        taken.clone(),
        taken,
        ToRun::Gone {
            request: request_id,
        },
    ]
}

/// A WebSocket's client, which says something and goes.
fn socket(number: u32) -> Vec<ToRun> {
    let socket = SocketId(number);
    let says = |text: &str| ToRun::Message {
        socket,
        payload: Payload::Text(text.to_owned()),
    };
    vec![
        request(number, "GET", "/chat", &[]),
        says(r#"{"message":"Hello","HEADERS":{}}"#),
        says("not JSON"),
        ToRun::Closed {
            socket,
            code: 1001,
            reason: String::new(),
        },
    ]
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::Shutdown;
    use std::os::unix::net::UnixStream;

    use super::*;
    use crate::engine::codec::FrameBuffer;
    use crate::engine::message::FromRun;
    use crate::engine::zygote::library::Library;
    use crate::engine::zygote::memory::Account;
    use crate::engine::zygote::outlet::socket_pair;
    use crate::engine::zygote::reap::{Forked, fork};
    use crate::engine::zygote::{leave, life};

    /// What a Run says to these frames.
    fn answers(frames: &[u8]) -> Vec<FromRun> {
        let (ours, theirs) = socket_pair().unwrap();
        match fork().unwrap() {
            Forked::Child => {
                drop(ours);
                let library = Library::load(Account::default(), |_, _| Ok(())).unwrap();
                let _library = std::mem::ManuallyDrop::new(life::rehearse(library, theirs));
                leave(0)
            }
            Forked::Parent(_) => drop(theirs),
        }
        let mut socket = UnixStream::from(ours);
        socket.write_all(frames).unwrap();
        socket.shutdown(Shutdown::Write).unwrap();
        let (mut bytes, mut said) = (Vec::new(), FrameBuffer::default());
        socket.read_to_end(&mut bytes).unwrap();
        said.buffer().extend_from_slice(&bytes);
        std::iter::from_fn(|| said.next().unwrap()).collect()
    }

    #[test]
    fn the_story_goes_as_it_is_meant_to() {
        let answers = answers(&acts().concat());
        let statuses: Vec<_> = answers
            .iter()
            .filter_map(|it| match it {
                FromRun::Respond { status, .. } => Some(*status),
                _ => None,
            })
            .collect();
        let round = [200, 200, 200, 200, 404, 500, 200, 200];
        assert_eq!(statuses, [&[200, 200][..], &round, &round].concat());
        let count = |is: fn(&FromRun) -> bool| answers.iter().filter(|it| is(it)).count();
        assert_eq!(count(|it| matches!(it, FromRun::Upgrade { .. })), 2);
        assert_eq!(count(|it| matches!(it, FromRun::Publish { .. })), 2);
        assert_eq!(count(|it| matches!(it, FromRun::Uncaught { .. })), 0);
        assert!(count(|it| matches!(it, FromRun::Chunk { .. })) >= 2);
    }
}
