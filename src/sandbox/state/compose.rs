//! What a learner sends from the workbench on a line that is open, in the place of one of its ends: see
//! [`State::compose`]. The wire says of each such entry that it was composed.

use super::super::entry::{Direction, LineEvent};
use super::super::eventstream::StreamEvent;
use super::sockets::How;
use super::{Action, ActionPlan, Composed, State};
use crate::engine::message::{Payload, RequestId, SocketId, ToRun};

/// The most bytes of composed events that one client has not taken.
const UNTAKEN_LIMIT: usize = 64 * 1024;

impl State {
    /// Sends it, if its line is open and can take it; says whether it was sent.
    pub(super) fn compose(&mut self, composed: Composed, plan: &mut ActionPlan) {
        let is_sent = match composed {
            Composed::Frame {
                socket,
                direction,
                text,
            } => self.compose_frame(socket, direction, text, plan),
            Composed::Event { stream, event } => self.compose_event(stream, &event, plan),
        };
        plan.push(Action::Done(is_sent));
    }

    fn compose_frame(
        &mut self,
        socket: SocketId,
        direction: Direction,
        text: String,
        plan: &mut ActionPlan,
    ) -> bool {
        let Some(run) = self.run_of(socket) else {
            return false;
        };
        let payload = Payload::Text(text);
        let how = How {
            composed: true,
            ..How::default()
        };
        self.frame(socket, direction, &payload, how, plan);
        plan.push(match direction {
            Direction::In => Action::Tell(run, ToRun::Message { socket, payload }),
            Direction::Out => Action::Send(socket, payload),
        });
        true
    }

    /// An event is put between two of the server's, never into one.
    fn compose_event(
        &mut self,
        stream: RequestId,
        event: &StreamEvent,
        plan: &mut ActionPlan,
    ) -> bool {
        let text = event.written();
        let asked = self.requests.get_mut(&stream);
        let Some(asked) = asked.filter(|it| it.takes_more) else {
            return false;
        };
        let untaken = asked.composed as usize + text.len();
        let between = asked.events.as_mut().filter(|it| it.is_between());
        let Some(parser) = between.filter(|_| untaken <= UNTAKEN_LIMIT) else {
            return false;
        };
        // Counted with the others, as the page counts what it hears.
        let events = parser.read(text.as_bytes());
        asked.composed = u32::try_from(untaken).unwrap_or(u32::MAX);
        asked.see(text.as_bytes());
        plan.push(Action::Piece(stream, text.into()));
        for event in events {
            self.stream_entry_of(stream, LineEvent::Message, (Some(event), true), plan);
        }
        true
    }
}
