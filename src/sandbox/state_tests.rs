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
#[path = "state_tests/requests.rs"]
mod requests;
#[path = "state_tests/runs.rs"]
mod runs;
#[path = "state_tests/sockets.rs"]
mod sockets;
#[path = "state_tests/streams.rs"]
mod streams;
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

/// What whoever asked gets in the server's place.
fn turned_back(entry: u64, why: Unavailable) -> Reply {
    Reply::Unavailable { entry, why }
}
