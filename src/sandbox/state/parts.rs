//! Messages to clients that are too long for one frame of a Run's line: joined here, and then like any other.

use super::{ActionPlan, RunNumber, State};
use crate::engine::RunEnd;
use crate::engine::message::Payload;

/// What is here of a message of this Run. The engine sees to it that it is no longer than the limit “queued” and
/// that its end comes in the same turn.
#[derive(Debug, Default)]
pub(super) struct Parts {
    run: RunNumber,
    bytes: Vec<u8>,
}

impl Parts {
    pub(super) fn add(&mut self, run: RunNumber, bytes: &[u8]) {
        if self.run != run {
            self.bytes = Vec::new();
            self.run = run;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The beginning of the message that ends now.
    fn take(&mut self, run: RunNumber) -> Vec<u8> {
        let bytes = std::mem::take(&mut self.bytes);
        if self.run == run { bytes } else { Vec::new() }
    }
}

impl State {
    /// A whole message, by its last part; none where its text is none, which ends the Run.
    pub(super) fn joined(
        &mut self,
        run: RunNumber,
        last: Payload,
        plan: &mut ActionPlan,
    ) -> Option<Payload> {
        let mut bytes = self.parts.take(run);
        if bytes.is_empty() {
            return Some(last);
        }
        match last {
            Payload::Binary(last) => {
                bytes.extend(last);
                Some(Payload::Binary(bytes))
            }
            Payload::Text(last) => {
                bytes.extend(last.into_bytes());
                let Ok(text) = String::from_utf8(bytes) else {
                    let how = "it sends a text that is not UTF-8".to_owned();
                    self.ended(run, RunEnd::Broke(how), plan);
                    return None;
                };
                Some(Payload::Text(text))
            }
        }
    }
}
