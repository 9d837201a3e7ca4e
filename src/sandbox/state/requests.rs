//! Requests: asked, answered, refused, gone. What comes in pieces is with the [streams](super::streams).

use super::super::entry::{Exchange, LineEvent, shown, shown_bytes, shown_headers};
use super::super::eventstream::Parser;
use super::asked::{Asked, htmx, value, weight};
use super::{Action, Head, Reply, RunNumber, Served, State, Todo, Unavailable};
use crate::engine::QUEUE_LIMIT;
use crate::engine::message::{CHUNK_LIMIT, HeaderList, RequestId, ResponseBody, ToRun};

/// The most requests in flight in one sandbox, streams among them.
pub const REQUESTS_LIMIT: usize = 2_000;

/// The most bytes of requests that wait for a Run to be loaded; all go into its queue at once.
const WAITING_LIMIT: usize = QUEUE_LIMIT / 2;

impl State {
    pub(super) fn request(
        &mut self,
        request: RequestId,
        head: Head,
        body: Vec<u8>,
        todo: &mut Todo,
    ) {
        let asked = self.asked(&head, &body, todo);
        self.requests.insert(request, asked);
        if self.requests.len() + self.sockets.len() > REQUESTS_LIMIT {
            return self.refuse(request, Unavailable::Busy, todo);
        }
        if let Some(why) = self.down.clone() {
            return self.refuse(request, why, todo);
        }
        if self.current.is_none() && self.waiting() + weight(&head, &body) > WAITING_LIMIT {
            return self.refuse(request, Unavailable::Busy, todo);
        }
        if let Some(asked) = self.requests.get_mut(&request) {
            asked.unsent = Some((head, body));
            todo.record(asked.record());
        }
        match (self.starting, self.current) {
            (None, None) => self.start(todo),
            (_, Some(run)) => self.ask(run, request, todo),
            (Some(_), None) => {}
        }
    }

    /// Puts everything that waited to a Run.
    pub(super) fn ask_waiting(&mut self, run: RunNumber, todo: &mut Todo) {
        for request in self.requests.keys().copied().collect::<Vec<_>>() {
            self.ask(run, request, todo);
        }
    }

    /// The bytes of the requests that wait for a Run.
    fn waiting(&self) -> usize {
        let unsent = self.requests.values().filter_map(|it| it.unsent.as_ref());
        unsent.map(|(head, body)| weight(head, body)).sum()
    }

    fn ask(&mut self, run: RunNumber, request: RequestId, todo: &mut Todo) {
        let Some(asked) = self.requests.get_mut(&request) else {
            return;
        };
        let Some((head, body)) = asked.unsent.take() else {
            return;
        };
        asked.run = Some(run);
        for piece in body.chunks(CHUNK_LIMIT) {
            let bytes = piece.to_vec();
            todo.push(Action::Tell(run, ToRun::RequestBody { request, bytes }));
        }
        todo.push(Action::Tell(
            run,
            ToRun::Request {
                request,
                method: head.method,
                url: head.url,
                headers: head.headers,
                remote: head.remote,
                port: head.port,
                upgrade: head.upgrade,
            },
        ));
    }

    pub(super) fn respond(
        &mut self,
        run: RunNumber,
        request: RequestId,
        status: u16,
        headers: HeaderList,
        body: ResponseBody,
        todo: &mut Todo,
    ) {
        let Some(asked) = self.request_of(run, request) else {
            return;
        };
        if asked.streaming {
            return;
        }
        asked.exchange.status = Some(status);
        asked.exchange.response_headers = shown_headers(&headers);
        value(&headers, "content-type").clone_into(&mut asked.exchange.media_type);
        match &body {
            ResponseBody::Empty => asked.finish(todo.at),
            ResponseBody::Whole(bytes) => {
                asked.see(bytes);
                asked.finish(todo.at);
            }
            ResponseBody::Chunks { .. } => {
                asked.streaming = true;
                let stream = asked.exchange.media_type.starts_with("text/event-stream");
                asked.events = stream.then(Parser::default);
            }
        }
        todo.record(asked.record());
        let opened = asked.events.is_some();
        let streaming = asked.streaming;
        todo.push(Action::Answer(
            request,
            Reply::Respond {
                status,
                headers,
                body,
            },
        ));
        if opened {
            self.stream_entry(request, LineEvent::Open, None, todo);
        }
        if !streaming {
            self.requests.remove(&request);
        }
    }

    /// The client is gone: the Run is told, and nothing more is sent.
    pub(super) fn gone(&mut self, request: RequestId, todo: &mut Todo) {
        self.give_up(request, todo);
        self.finish(request, true, todo);
    }

    /// The answer did not begin in time: the client hears so, and the Run that nobody waits.
    pub(super) fn late(&mut self, request: RequestId, todo: &mut Todo) {
        if self.requests.get(&request).is_some_and(|it| !it.streaming) {
            self.give_up(request, todo);
            self.refuse(request, Unavailable::Late, todo);
        }
    }

    fn give_up(&mut self, request: RequestId, todo: &mut Todo) {
        if let Some(run) = self.requests.get(&request).and_then(|asked| asked.run) {
            todo.push(Action::Tell(run, ToRun::Gone { request }));
        }
    }

    /// Records what the gateway answered by itself.
    pub(super) fn served(&mut self, served: Served, todo: &mut Todo) {
        let mut asked = self.asked(&served.head, &[], todo);
        asked.exchange.status = Some(served.status);
        value(&served.headers, "content-type").clone_into(&mut asked.exchange.media_type);
        asked.exchange.response_headers = served.headers;
        asked.exchange.size = served.size;
        asked.finish(todo.at);
        todo.record(asked.record());
    }

    /// Ends everything that is in flight.
    pub(super) fn refuse_all(&mut self, why: &Unavailable, todo: &mut Todo) {
        for request in self.requests.keys().copied().collect::<Vec<_>>() {
            self.refuse(request, why.clone(), todo);
        }
    }

    /// Ends what was put to one Run.
    pub(super) fn refuse_run(&mut self, run: RunNumber, why: &Unavailable, todo: &mut Todo) {
        let of_run =
            |(request, asked): (&RequestId, &Asked)| (asked.run == Some(run)).then_some(*request);
        for request in self.requests.iter().filter_map(of_run).collect::<Vec<_>>() {
            self.refuse(request, why.clone(), todo);
        }
    }

    /// Answers in the server's place, or ends the stream that it began.
    fn refuse(&mut self, request: RequestId, why: Unavailable, todo: &mut Todo) {
        if let Some(asked) = self.requests.get_mut(&request)
            && !asked.streaming
        {
            asked.exchange.status = Some(why.status());
            todo.push(Action::Answer(request, Reply::Unavailable(why)));
        }
        self.finish(request, false, todo);
    }

    /// Forgets a request and records its end.
    pub(super) fn finish(&mut self, request: RequestId, broken: bool, todo: &mut Todo) {
        if self
            .requests
            .get(&request)
            .is_some_and(|asked| asked.events.is_some())
        {
            self.stream_entry(request, LineEvent::Close, None, todo);
        }
        let Some(mut asked) = self.requests.remove(&request) else {
            return;
        };
        asked.finish(todo.at);
        todo.record(asked.record());
        if asked.streaming {
            todo.push(Action::Finish(request, broken));
        }
    }

    fn asked(&mut self, head: &Head, body: &[u8], todo: &Todo) -> Asked {
        let (request_body, truncated) = shown_bytes(body);
        Asked {
            run: None,
            unsent: None,
            since: todo.at,
            client: self.label(&head.client),
            entry: self.next_entry(),
            exchange: Exchange {
                method: head.method.clone(),
                path: shown(&head.path).0,
                htmx: htmx(&head.headers),
                request_headers: shown_headers(&head.headers),
                request_body: request_body.filter(|text| !text.is_empty()),
                truncated,
                ..Exchange::default()
            },
            upgrade: head.upgrade,
            streaming: false,
            untaken: 0,
            events: None,
        }
    }

    /// A request that was put to this Run.
    pub(super) fn request_of(&mut self, run: RunNumber, request: RequestId) -> Option<&mut Asked> {
        self.requests
            .get_mut(&request)
            .filter(|asked| asked.run == Some(run))
    }

    /// Takes a handshake out of the requests, to become a socket.
    pub(super) fn take_handshake(&mut self, run: RunNumber, request: RequestId) -> Option<Asked> {
        self.request_of(run, request)
            .filter(|asked| asked.upgrade && !asked.streaming)?;
        self.requests.remove(&request)
    }
}
