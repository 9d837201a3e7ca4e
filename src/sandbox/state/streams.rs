//! Bodies that come in pieces, server-sent events among them.

use super::super::entry::{Crossed, Heard, LineEvent, StreamEntry, shown};
use super::super::eventstream::StreamEvent;
use super::{Action, ActionPlan, RunNumber, State};
use crate::engine::RunEnd;
use crate::engine::message::{RequestId, ToRun};

/// The most bytes of one body under way to a client. `serve.js` stops at half of it, so a Run that
/// goes further does not keep to its rules.
const UNTAKEN_LIMIT: u64 = 512 * 1024;

impl State {
    pub(super) fn chunk(
        &mut self,
        run: RunNumber,
        request: RequestId,
        bytes: Vec<u8>,
        plan: &mut ActionPlan,
    ) {
        let Some(asked) = self
            .request_of(run, request)
            .filter(|asked| asked.streaming)
        else {
            return;
        };
        asked.see(&bytes);
        asked.untaken += bytes.len() as u64;
        if asked.untaken > UNTAKEN_LIMIT {
            let how = "it sends more of a body than its client takes".to_owned();
            return self.ended(run, RunEnd::Broke(how), plan);
        }
        let events = match &mut asked.events {
            Some(parser) => parser.read(&bytes),
            None => Vec::new(),
        };
        plan.push(Action::Piece(request, bytes.into()));
        for event in events {
            self.stream_entry(request, LineEvent::Message, Some(event), plan);
        }
    }

    pub(super) fn end(
        &mut self,
        run: RunNumber,
        request: RequestId,
        broken: bool,
        plan: &mut ActionPlan,
    ) {
        if self
            .request_of(run, request)
            .is_some_and(|asked| asked.streaming)
        {
            self.finish(request, broken, plan);
        }
    }

    /// The client took a piece, so the Run may send more.
    pub(super) fn taken(&mut self, request: RequestId, bytes: u32, plan: &mut ActionPlan) {
        if let Some(asked) = self.requests.get_mut(&request)
            && let Some(run) = asked.run
        {
            // What the Run did not send it is not told of.
            let composed = asked.composed.min(bytes);
            asked.composed -= composed;
            let bytes = bytes - composed;
            asked.untaken = asked.untaken.saturating_sub(u64::from(bytes));
            plan.push(Action::Tell(run, ToRun::Taken { request, bytes }));
        }
    }

    /// Records what happened on a stream of events.
    pub(super) fn stream_entry(
        &mut self,
        request: RequestId,
        event: LineEvent,
        seen: Option<StreamEvent>,
        plan: &mut ActionPlan,
    ) {
        self.stream_entry_of(request, event, (seen, false), plan);
    }

    /// The same, where the learner may have composed it.
    pub(super) fn stream_entry_of(
        &mut self,
        request: RequestId,
        event: LineEvent,
        (seen, composed): (Option<StreamEvent>, bool),
        plan: &mut ActionPlan,
    ) {
        let Some(asked) = self.requests.get(&request) else {
            return;
        };
        let seen = seen.unwrap_or(StreamEvent {
            name: String::new(),
            data: String::new(),
            id: None,
            nth: None,
        });
        let (data, truncated) = shown(&seen.data);
        let nth = match event {
            LineEvent::Message => seen.nth,
            LineEvent::Open | LineEvent::Close => Some(0),
        };
        let entry = StreamEntry {
            stream: request.0,
            path: asked.exchange.path.clone(),
            event,
            name: seen.name,
            data,
            event_id: seen.id,
            size: seen.data.len() as u64,
            truncated,
            composed,
            request: asked.entry,
            heard: nth.map(|nth| Heard {
                line: asked.line,
                nth,
            }),
        };
        let client = asked.client.clone();
        self.crossed(client, Crossed::Sse(entry), plan);
    }
}
