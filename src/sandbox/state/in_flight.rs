//! A request in flight, as the state knows it and the wire shows it.

use std::sync::Arc;

use super::super::entry::{Crossed, Exchange, Record, WireEntry, shown_bytes};
use super::super::eventstream::Parser;
use super::{Moment, RequestHead, RunNumber};
use crate::engine::message::HeaderList;

/// What has come of a request's body.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) body: Vec<u8>,
    /// Whether more comes.
    pub(super) more: bool,
}

/// A request that a Run is still to be sent.
#[derive(Debug)]
pub(super) struct Unsent {
    pub(super) head: RequestHead,
    pub(super) sent: Sent,
    /// Whether it is held back, because answers are delayed.
    pub(super) is_held: bool,
    /// Whether it is answered 500 in the server's place, as was the learner's wish when it came.
    pub(super) fails: bool,
}

/// A request that was not answered whole yet.
#[derive(Debug)]
pub(super) struct InFlight {
    /// Whom it was put to; none while a Run is being loaded.
    pub(super) run: Option<RunNumber>,
    /// What is still to be sent to the Run.
    pub(super) unsent: Option<Unsent>,
    /// Bytes of its body that the Run was sent and has not read, where the body comes in pieces.
    pub(super) unread: Option<u64>,
    pub(super) since: Moment,
    pub(super) client: String,
    /// The number of its entry on the wire.
    pub(super) entry: u64,
    pub(super) exchange: Exchange,
    pub(super) upgrade: bool,
    /// The mark that a watched page gave its line, or 0.
    pub(super) line: u32,
    pub(super) streaming: bool,
    /// Bytes of a streamed body that the client has not taken.
    pub(super) untaken: u64,
    /// Bytes that the learner put into it from the workbench, and that the client has not taken.
    pub(super) composed: u32,
    /// Whether more can be put into a streamed body: it is not compressed, and has no length that was told.
    pub(super) takes_more: bool,
    /// Reads the body when it is a stream of server-sent events.
    pub(super) events: Option<Parser>,
}

impl InFlight {
    /// Whether it waits although it could be sent.
    pub(super) fn is_held(&self) -> bool {
        self.unsent.as_ref().is_some_and(|it| it.is_held)
    }

    /// Counts a piece of the body, and keeps its beginning if it is text.
    pub(super) fn see(&mut self, bytes: &[u8]) {
        if self.exchange.size == 0 {
            let (body, truncated) = shown_bytes(bytes);
            self.exchange.body = body;
            self.exchange.truncated |= truncated;
        } else {
            self.exchange.truncated = true;
        }
        self.exchange.size += bytes.len() as u64;
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "durations are far below 2^52 µs"
    )]
    pub(super) fn finish(&mut self, at: Moment) {
        self.exchange.done = true;
        self.exchange.duration = Some(at.saturating_sub(self.since) as f64 / 1000.0);
    }

    /// How it stands now.
    pub(super) fn record(&self) -> Record {
        self.record_of(self.client.clone(), self.exchange.clone())
    }

    /// How it stands at its end.
    pub(super) fn last_record(mut self) -> Record {
        let client = std::mem::take(&mut self.client);
        let exchange = std::mem::take(&mut self.exchange);
        self.record_of(client, exchange)
    }

    fn record_of(&self, client: String, exchange: Exchange) -> Record {
        Record::Wire(Arc::new(WireEntry {
            entry: self.entry,
            at: self.since / 1000,
            client,
            crossed: Crossed::Http(Box::new(exchange)),
        }))
    }
}

/// About how many bytes a request is on its way to a Run.
pub(super) fn weight(head: &RequestHead, body: &[u8]) -> usize {
    let headers = head.headers.iter();
    let headers: usize = headers.map(|(name, value)| name.len() + value.len()).sum();
    headers + head.url.len() + body.len()
}

/// What htmx says of a request.
pub(super) fn htmx(headers: &HeaderList) -> HeaderList {
    let of_htmx = |(name, _): &&(String, String)| {
        let start = name.as_bytes().get(..3);
        start.is_some_and(|start| start.eq_ignore_ascii_case(b"hx-"))
    };
    headers.iter().filter(of_htmx).cloned().collect()
}

/// The first value of a header, empty when there is none.
pub(super) fn value<'a>(headers: &'a HeaderList, name: &str) -> &'a str {
    headers
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
        .map_or("", |(_, value)| value)
}
