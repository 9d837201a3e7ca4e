//! WebSockets and their topics.

use std::sync::Arc;

use super::super::entry::{Crossed, Direction, Heard, LineEvent, Published, SocketEntry, shown};
use super::super::frame::NO_CODE;
use super::super::outbox::End;
use super::{Action, ActionPlan, Reply, RunNumber, State};
use crate::engine::message::{
    HeaderList, LimitName, Payload, RequestId, SocketId, SocketTerms, ToRun,
};

/// The most topics of one socket.
const TOPICS_LIMIT: usize = 100;
/// The longest name of a topic, in bytes.
const TOPIC_NAME_LIMIT: usize = 256;
/// Up to so many receivers of one message are listed one by one on the wire.
const LISTED_LIMIT: usize = 16;

/// One browser's WebSocket.
#[derive(Debug)]
pub(super) struct SocketClient {
    run: RunNumber,
    /// Whose it is, as the wire names them.
    pub(super) label: Box<str>,
    path: Box<str>,
    topics: Vec<Arc<str>>,
    /// The mark of the line, and how many messages it was sent.
    heard: Heard,
}

/// How a frame came about, for the wire.
#[derive(Clone, Default)]
pub(super) struct How {
    pub(super) receivers: Option<usize>,
    pub(super) published: Option<Published>,
    pub(super) composed: bool,
}

impl State {
    pub(super) fn upgrade(
        &mut self,
        run: RunNumber,
        request: RequestId,
        headers: HeaderList,
        terms: SocketTerms,
        plan: &mut ActionPlan,
    ) {
        let socket = SocketId(request.0);
        let Some(mut asked) = self.take_handshake(run, request) else {
            if !self.requests.contains_key(&request) {
                // Whoever asked has gone meanwhile, and the Run has a socket open to nobody.
                let closed = ToRun::Closed {
                    socket,
                    code: 1006,
                    reason: String::new(),
                };
                plan.push(Action::Tell(run, closed));
            }
            return;
        };
        asked.exchange.status = Some(101);
        asked.exchange.show_response(&headers);
        asked.finish(plan.at);
        plan.record(asked.record());
        let entry = asked.entry;
        let client = SocketClient {
            run,
            label: asked.client.into(),
            path: asked.exchange.path.into(),
            topics: Vec::new(),
            heard: Heard {
                line: asked.line,
                nth: 0,
            },
        };
        self.sockets.insert(socket, client);
        plan.push(Action::Answer(
            request,
            Reply::Upgrade {
                entry,
                headers,
                terms,
            },
        ));
        self.line(
            socket,
            LineEvent::Open,
            Direction::In,
            (0, String::new()),
            plan,
        );
    }

    pub(super) fn message(&mut self, socket: SocketId, payload: Payload, plan: &mut ActionPlan) {
        let Some(run) = self.run_of(socket) else {
            return;
        };
        self.frame(socket, Direction::In, &payload, How::default(), plan);
        plan.push(Action::Tell(run, ToRun::Message { socket, payload }));
    }

    /// The wire lists no pings: libraries send them all the time.
    pub(super) fn beat(
        &mut self,
        socket: SocketId,
        payload: Vec<u8>,
        pong: bool,
        plan: &mut ActionPlan,
    ) {
        if let Some(run) = self.run_of(socket) {
            let beat = ToRun::Beat {
                socket,
                payload,
                pong,
            };
            plan.push(Action::Tell(run, beat));
        }
    }

    pub(super) fn closed(
        &mut self,
        socket: SocketId,
        code: u16,
        reason: String,
        plan: &mut ActionPlan,
    ) {
        let close = (code, reason.clone());
        self.line(socket, LineEvent::Close, Direction::In, close, plan);
        if let Some(client) = self.forget(socket) {
            let closed = ToRun::Closed {
                socket,
                code,
                reason,
            };
            plan.push(Action::Tell(client.run, closed));
        }
    }

    pub(super) fn written(&mut self, socket: SocketId, bytes: u32, plan: &mut ActionPlan) {
        if let Some(client) = self.sockets.get(&socket) {
            plan.push(Action::Tell(client.run, ToRun::Written { socket, bytes }));
        }
    }

    pub(super) fn send(
        &mut self,
        run: RunNumber,
        socket: SocketId,
        payload: Payload,
        plan: &mut ActionPlan,
    ) {
        let Some(payload) = self.joined(run, payload, plan) else {
            return;
        };
        if self.owns(run, socket) {
            self.frame(socket, Direction::Out, &payload, How::default(), plan);
            plan.push(Action::Send(socket, payload));
        }
    }

    pub(super) fn close(
        &mut self,
        run: RunNumber,
        socket: SocketId,
        code: u16,
        reason: String,
        plan: &mut ActionPlan,
    ) {
        if self.owns(run, socket) {
            let code = if stands_for_none(code) { NO_CODE } else { code };
            self.end_socket(socket, End::Close(code, reason), plan);
        }
    }

    pub(super) fn terminate(&mut self, run: RunNumber, socket: SocketId, plan: &mut ActionPlan) {
        if self.owns(run, socket) {
            self.end_socket(socket, End::Cut, plan);
        }
    }

    pub(super) fn ping(
        &mut self,
        run: RunNumber,
        socket: SocketId,
        payload: Vec<u8>,
        pong: bool,
        plan: &mut ActionPlan,
    ) {
        if self.owns(run, socket) {
            plan.push(Action::Ping(socket, payload, pong));
        }
    }

    pub(super) fn subscribe(
        &mut self,
        run: RunNumber,
        socket: SocketId,
        topic: &str,
        plan: &mut ActionPlan,
    ) {
        let known = self.topics.name(run, topic);
        if known.is_none() && self.topics.count(run) >= self.limits.topics {
            return self.turn_away("A subscription", LimitName::Topics, plan);
        }
        let Some(client) = self
            .sockets
            .get_mut(&socket)
            .filter(|client| client.run == run)
        else {
            return;
        };
        let fits = client.topics.len() < TOPICS_LIMIT && topic.len() <= TOPIC_NAME_LIMIT;
        if fits && !client.topics.iter().any(|name| **name == *topic) {
            let name = known.unwrap_or_else(|| topic.into());
            // Most listen to one topic, and there may be many thousands of them.
            client.topics.reserve_exact(1);
            client.topics.push(Arc::clone(&name));
            self.topics.join(run, name, socket);
        }
    }

    pub(super) fn unsubscribe(&mut self, run: RunNumber, socket: SocketId, topic: &str) {
        if let Some(client) = self
            .sockets
            .get_mut(&socket)
            .filter(|client| client.run == run)
        {
            client.topics.retain(|other| **other != *topic);
            self.topics.leave(run, topic, socket);
        }
    }

    pub(super) fn publish(
        &mut self,
        run: RunNumber,
        topic: &str,
        except: Option<SocketId>,
        payload: Payload,
        plan: &mut ActionPlan,
    ) {
        let Some(payload) = self.joined(run, payload, plan) else {
            return;
        };
        let Some(subscribers) = self.topics.subscribers(run, topic) else {
            return;
        };
        let except = except.filter(|socket| subscribers.binary_search(socket).is_ok());
        let hearers = subscribers.len() - usize::from(except.is_some());
        let hearing = subscribers.iter().filter(|&&socket| Some(socket) != except);
        let (listed, receivers) = match hearers {
            ..=LISTED_LIMIT => (hearers, None),
            _ => (1, Some(hearers)),
        };
        if receivers.is_some() {
            self.uncounted = self.sockets.last_key_value().map(|(last, _)| *last);
        }
        let how = How {
            receivers,
            published: self.topics.name(run, topic).map(|topic| Published {
                topic,
                first: self.entries + 1,
            }),
            composed: false,
        };
        for &socket in hearing.take(listed) {
            self.frame(socket, Direction::Out, &payload, how.clone(), plan);
        }
        if hearers > 0 {
            plan.push(Action::Deliver(subscribers, except, payload));
        }
    }

    /// Breaks the sockets and streams of one client, or of all, as a lost line would.
    pub(super) fn cut(&mut self, client: Option<&str>, plan: &mut ActionPlan) {
        let is_it = |label: &str| client.is_none_or(|client| client == label);
        let sockets: Vec<_> = self
            .sockets
            .iter()
            .filter(|(_, client)| is_it(&client.label))
            .map(|(socket, client)| (*socket, client.run))
            .collect();
        for (socket, run) in sockets {
            self.end_socket(socket, End::Cut, plan);
            let (code, reason) = (1006, String::new());
            let closed = ToRun::Closed {
                socket,
                code,
                reason,
            };
            plan.push(Action::Tell(run, closed));
        }
        let streams = self.requests.iter();
        let streams: Vec<_> = streams
            .filter(|(_, asked)| asked.streaming && is_it(&asked.client))
            .map(|(request, _)| *request)
            .collect();
        for request in streams {
            self.gone(request, plan);
        }
    }

    /// Ends a socket from our side and forgets it.
    pub(super) fn end_socket(&mut self, socket: SocketId, end: End, plan: &mut ActionPlan) {
        let close = match &end {
            End::Close(code, reason) => (*code, reason.clone()),
            End::Cut => (1006, String::new()),
        };
        self.line(socket, LineEvent::Close, Direction::Out, close, plan);
        if self.forget(socket).is_some() {
            plan.push(Action::EndSocket(socket, end));
        }
    }

    pub(super) fn sockets_of(&self, run: RunNumber) -> Vec<SocketId> {
        self.sockets
            .iter()
            .filter(|(_, client)| client.run == run)
            .map(|(socket, _)| *socket)
            .collect()
    }

    fn owns(&self, run: RunNumber, socket: SocketId) -> bool {
        self.sockets
            .get(&socket)
            .is_some_and(|client| client.run == run)
    }

    fn forget(&mut self, socket: SocketId) -> Option<SocketClient> {
        let client = self.sockets.remove(&socket)?;
        for topic in &client.topics {
            self.topics.leave(client.run, topic, socket);
        }
        Some(client)
    }

    /// Records a frame.
    pub(super) fn frame(
        &mut self,
        socket: SocketId,
        direction: Direction,
        payload: &Payload,
        how: How,
        plan: &mut ActionPlan,
    ) {
        let (size, text, truncated) = match payload {
            Payload::Text(text) => {
                let (shown, truncated) = shown(text);
                (text.len(), Some(shown), truncated)
            }
            Payload::Binary(bytes) => (bytes.len(), None, false),
        };
        let Some((client, entry)) = self.entry_of(socket, LineEvent::Message, direction) else {
            return;
        };
        let heard = (direction == Direction::Out).then(|| self.count(socket));
        let entry = SocketEntry {
            heard: heard.flatten(),
            size: size as u64,
            binary: text.is_none(),
            text,
            truncated,
            receivers: how.receivers,
            published: how.published,
            composed: how.composed,
            ..entry
        };
        self.crossed(client, Crossed::WebSocket(entry), plan);
    }

    /// The Run whose socket it is, while it is open.
    pub(super) fn run_of(&self, socket: SocketId) -> Option<RunNumber> {
        self.sockets.get(&socket).map(|client| client.run)
    }

    /// Counts a message to a client; none where it is not watched, or where some were not listed one by one.
    fn count(&mut self, socket: SocketId) -> Option<Heard> {
        let client = self.sockets.get_mut(&socket)?;
        client.heard.nth = client.heard.nth.saturating_add(1);
        let is_counted = self.uncounted.is_none_or(|last| socket > last);
        (is_counted && client.heard.line > 0).then_some(client.heard)
    }

    /// Records that a socket opened or closed.
    fn line(
        &mut self,
        socket: SocketId,
        event: LineEvent,
        direction: Direction,
        (code, reason): (u16, String),
        plan: &mut ActionPlan,
    ) {
        if let Some((client, entry)) = self.entry_of(socket, event, direction) {
            let entry = SocketEntry {
                code: (code > 0).then_some(code),
                reason,
                ..entry
            };
            self.crossed(client, Crossed::WebSocket(entry), plan);
        }
    }

    fn entry_of(
        &self,
        socket: SocketId,
        event: LineEvent,
        direction: Direction,
    ) -> Option<(String, SocketEntry)> {
        let client = self.sockets.get(&socket)?;
        let entry = SocketEntry {
            socket: socket.0,
            path: client.path.to_string(),
            event,
            direction,
            size: 0,
            text: None,
            binary: false,
            code: None,
            reason: String::new(),
            truncated: false,
            receivers: None,
            published: None,
            composed: false,
            heard: None,
        };
        Some((client.label.to_string(), entry))
    }
}

/// Whether a close code goes out as a close frame without one. Any other is sent as it is, as Bun does: a browser
/// then reports what it makes of it.
fn stands_for_none(code: u16) -> bool {
    matches!(code, 0 | NO_CODE | 1006)
}
