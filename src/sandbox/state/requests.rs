//! Requests: asked, answered, refused, gone. What comes in pieces is with the [streams](super::streams).

use super::super::entry::{Exchange, Influence, LineEvent, shown, shown_bytes, shown_headers};
use super::super::eventstream::Parser;
use super::in_flight::{InFlight, Sent, Unsent, htmx, value, weight};
use super::injected::Due;
use super::uploads::UNREAD;
use super::{Action, ActionPlan, Reply, RequestHead, RunNumber, Served, State, Unavailable};
use crate::engine::QUEUE_LIMIT;
use crate::engine::message::{CHUNK_LIMIT, HeaderList, LimitName, RequestId, ResponseBody, ToRun};

/// The most bytes of requests that wait for a Run to be loaded; all go into its queue at once.
const WAITING_LIMIT: usize = QUEUE_LIMIT / 2;

impl State {
    pub(super) fn request(
        &mut self,
        request: RequestId,
        head: RequestHead,
        sent: Sent,
        plan: &mut ActionPlan,
    ) {
        let asked = self.asked(Some(request), &head, &sent.body, plan);
        self.requests.insert(request, asked);
        let (fails, delay) = (self.injected.fails(), self.injected.delay());
        if self.injected.refuses() {
            return self.refuse(request, Unavailable::Refused, plan);
        }
        if fails && delay.is_none() {
            return self.refuse(request, Unavailable::Failing, plan);
        }
        if let Some((what, limit)) = self.is_one_too_many(request) {
            self.turn_away(what, limit, plan);
            let why = Unavailable::Full(self.limits.because(limit));
            return self.refuse(request, why, plan);
        }
        if let Some(why) = self.down.clone().filter(|_| !fails) {
            return self.refuse(request, why, plan);
        }
        let waits = self.current.is_none() || delay.is_some();
        if waits && self.waiting() + weight(&head, &sent.body) > WAITING_LIMIT {
            let why = match self.current {
                Some(_) => Unavailable::Delayed,
                None => Unavailable::Busy,
            };
            return self.refuse(request, why, plan);
        }
        if let Some(asked) = self.requests.get_mut(&request) {
            asked.unsent = Some(Unsent {
                head,
                sent,
                is_held: delay.is_some(),
                fails,
            });
            if let Some(delay) = delay {
                asked.exchange.injected = self.injected.influence_of_delay();
                plan.push(Action::PutOff(delay, Due::Request(request)));
            }
            plan.record(asked.record());
        }
        self.put(request, plan);
    }

    /// Puts a request to the server, and starts that where it is not there; one that is held back waits.
    pub(super) fn put(&mut self, request: RequestId, plan: &mut ActionPlan) {
        let Some(asked) = self.requests.get(&request).filter(|it| !it.is_held()) else {
            return;
        };
        if asked.unsent.as_ref().is_some_and(|it| it.fails) {
            return self.refuse(request, Unavailable::Failing, plan);
        }
        match (self.starting, self.current) {
            (None, None) => self.start(plan),
            (_, Some(run)) => self.ask(run, request, plan),
            (Some(_), None) => {}
        }
    }

    /// The limit that a request just taken in is over.
    fn is_one_too_many(&self, request: RequestId) -> Option<(&'static str, LimitName)> {
        let upgrade = self.requests.get(&request).is_some_and(|it| it.upgrade);
        if upgrade && self.sockets.len() >= self.limits.sockets {
            return Some(("A WebSocket", LimitName::Sockets));
        }
        let waiting = self.requests.len() - self.streams;
        (waiting > self.limits.requests).then_some(("A request", LimitName::Requests))
    }

    /// Puts everything that waited to a Run.
    pub(super) fn ask_waiting(&mut self, run: RunNumber, plan: &mut ActionPlan) {
        for request in self.requests.keys().copied().collect::<Vec<_>>() {
            self.ask(run, request, plan);
        }
    }

    /// The bytes of the requests that wait for a Run.
    fn waiting(&self) -> usize {
        let unsent = self.requests.values().filter_map(|it| it.unsent.as_ref());
        unsent.map(|it| weight(&it.head, &it.sent.body)).sum()
    }

    fn ask(&mut self, run: RunNumber, request: RequestId, plan: &mut ActionPlan) {
        let Some(asked) = self.requests.get_mut(&request) else {
            return;
        };
        let Some(Unsent { head, sent, .. }) = asked.unsent.take_if(|it| !it.is_held) else {
            return;
        };
        let Sent { body, more } = sent;
        asked.run = Some(run);
        asked.unread = more.then_some(body.len() as u64);
        for piece in body.chunks(CHUNK_LIMIT) {
            let bytes = piece.to_vec();
            plan.push(Action::Tell(run, ToRun::RequestBody { request, bytes }));
        }
        plan.push(Action::Tell(
            run,
            ToRun::Request {
                request,
                method: head.method,
                url: head.url,
                headers: head.headers,
                remote: head.remote,
                port: head.port,
                upgrade: head.upgrade,
                more,
            },
        ));
        if more {
            plan.push(Action::Admit(request, UNREAD));
        }
    }

    pub(super) fn respond(
        &mut self,
        run: RunNumber,
        request: RequestId,
        status: u16,
        headers: HeaderList,
        body: ResponseBody,
        plan: &mut ActionPlan,
    ) {
        if matches!(body, ResponseBody::Chunks { .. }) && self.streams >= self.limits.streams {
            if self
                .request_of(run, request)
                .is_some_and(|it| !it.streaming)
            {
                self.turn_away("A body in pieces", LimitName::Streams, plan);
                let why = Unavailable::Full(self.limits.because(LimitName::Streams));
                self.turn_back(request, why, plan);
            }
            return;
        }
        let Some(asked) = self.request_of(run, request) else {
            return;
        };
        if asked.streaming {
            return;
        }
        asked.exchange.status = Some(status);
        asked.exchange.show_response(&headers);
        value(&headers, "content-type").clone_into(&mut asked.exchange.media_type);
        match &body {
            ResponseBody::Empty => asked.finish(plan.at),
            ResponseBody::Whole(bytes) => {
                asked.see(bytes);
                asked.finish(plan.at);
            }
            ResponseBody::Chunks { length } => {
                asked.streaming = true;
                let stream = asked.exchange.media_type.starts_with("text/event-stream");
                asked.events = stream.then(Parser::default);
                let has = |name| !value(&headers, name).is_empty();
                asked.takes_more =
                    length.is_none() && !has("content-length") && !has("content-encoding");
            }
        }
        let opened = asked.events.is_some();
        let entry = asked.entry;
        let streaming = asked.streaming;
        if streaming {
            plan.record(asked.record());
            self.streams += 1;
        } else if let Some(asked) = self.requests.remove(&request) {
            plan.record(asked.last_record());
        }
        plan.push(Action::Answer(
            request,
            Reply::Respond {
                entry,
                status,
                headers,
                body,
            },
        ));
        if opened {
            self.stream_entry(request, LineEvent::Open, None, plan);
        }
    }

    /// The client is gone: the Run is told, and nothing more is sent.
    pub(super) fn gone(&mut self, request: RequestId, plan: &mut ActionPlan) {
        self.give_up(request, plan);
        self.finish(request, true, plan);
    }

    /// The answer did not begin in time: the client hears so, and the Run that nobody waits.
    pub(super) fn late(&mut self, request: RequestId, plan: &mut ActionPlan) {
        if self.is_unanswered(request) {
            self.turn_back(request, Unavailable::Late, plan);
        }
    }

    /// Whether no answer has begun.
    pub(super) fn is_unanswered(&self, request: RequestId) -> bool {
        self.requests.get(&request).is_some_and(|it| !it.streaming)
    }

    /// Answers in the server's place a request that it was asked; the Run hears that nobody waits.
    pub(super) fn turn_back(
        &mut self,
        request: RequestId,
        why: Unavailable,
        plan: &mut ActionPlan,
    ) {
        self.give_up(request, plan);
        self.refuse(request, why, plan);
    }

    fn give_up(&mut self, request: RequestId, plan: &mut ActionPlan) {
        if let Some(run) = self.requests.get(&request).and_then(|asked| asked.run) {
            plan.push(Action::Tell(run, ToRun::Gone { request }));
        }
    }

    /// Records what the gateway answered by itself.
    pub(super) fn served(&mut self, served: Served, plan: &mut ActionPlan) {
        let mut asked = self.asked(None, &served.head, &[], plan);
        asked.exchange.status = Some(served.status);
        value(&served.headers, "content-type").clone_into(&mut asked.exchange.media_type);
        asked.exchange.response_headers = served.headers;
        asked.exchange.size = served.size;
        asked.finish(plan.at);
        plan.record(asked.last_record());
    }

    /// Ends everything that is in flight.
    pub(super) fn refuse_all(&mut self, why: &Unavailable, plan: &mut ActionPlan) {
        for request in self.requests.keys().copied().collect::<Vec<_>>() {
            self.refuse(request, why.clone(), plan);
        }
    }

    /// Ends what was put to one Run.
    pub(super) fn refuse_run(&mut self, run: RunNumber, why: &Unavailable, plan: &mut ActionPlan) {
        let of_run = |(request, asked): (&RequestId, &InFlight)| {
            (asked.run == Some(run)).then_some(*request)
        };
        for request in self.requests.iter().filter_map(of_run).collect::<Vec<_>>() {
            self.refuse(request, why.clone(), plan);
        }
    }

    /// Answers in the server's place, or ends the stream that it began.
    fn refuse(&mut self, request: RequestId, why: Unavailable, plan: &mut ActionPlan) {
        if let Some(asked) = self.requests.get_mut(&request)
            && !asked.streaming
        {
            asked.exchange.status = Some(why.status());
            asked.exchange.injected = Influence::of(&why).or(asked.exchange.injected);
            let entry = asked.entry;
            plan.push(Action::Answer(request, Reply::Unavailable { entry, why }));
        }
        self.finish(request, false, plan);
    }

    /// Forgets a request and records its end.
    pub(super) fn finish(&mut self, request: RequestId, broken: bool, plan: &mut ActionPlan) {
        if self
            .requests
            .get(&request)
            .is_some_and(|asked| asked.events.is_some())
        {
            self.stream_entry(request, LineEvent::Close, None, plan);
        }
        let Some(mut asked) = self.requests.remove(&request) else {
            return;
        };
        asked.finish(plan.at);
        let streaming = asked.streaming;
        plan.record(asked.last_record());
        if streaming {
            self.streams -= 1;
            plan.push(Action::Finish(request, broken));
        }
    }

    fn asked(
        &mut self,
        request: Option<RequestId>,
        head: &RequestHead,
        body: &[u8],
        plan: &ActionPlan,
    ) -> InFlight {
        let (request_body, _) = shown_bytes(body);
        InFlight {
            run: None,
            unsent: None,
            unread: None,
            since: plan.at,
            client: self.label(head),
            entry: self.next_entry(),
            exchange: Exchange {
                request: request.map(|it| it.0),
                method: head.method.clone(),
                path: shown(&head.path).0,
                htmx: htmx(&head.headers),
                request_headers: shown_headers(&head.headers),
                request_body: request_body.filter(|text| !text.is_empty()),
                request_size: length_of(&head.headers, body),
                ..Exchange::default()
            },
            upgrade: head.upgrade,
            line: head.line,
            streaming: false,
            untaken: 0,
            composed: 0,
            takes_more: false,
            events: None,
        }
    }

    /// A request that was put to this Run.
    pub(super) fn request_of(
        &mut self,
        run: RunNumber,
        request: RequestId,
    ) -> Option<&mut InFlight> {
        self.requests
            .get_mut(&request)
            .filter(|asked| asked.run == Some(run))
    }

    /// Takes a handshake out of the requests, to become a socket.
    pub(super) fn take_handshake(
        &mut self,
        run: RunNumber,
        request: RequestId,
    ) -> Option<InFlight> {
        self.request_of(run, request)
            .filter(|asked| asked.upgrade && !asked.streaming)?;
        self.requests.remove(&request)
    }
}

/// Bytes of a body of which this came with the head: more may follow.
fn length_of(headers: &HeaderList, body: &[u8]) -> u64 {
    let announced = value(headers, "content-length").parse();
    announced.unwrap_or(body.len() as u64)
}
