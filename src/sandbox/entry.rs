//! What the learner watches, in the shapes that the page reads: status, console lines, and the
//! entries of the wire, which all who look at them share.

use std::sync::Arc;

use serde::Serialize;

use super::state::Unavailable;
use super::withheld::{Withheld, withhold};
use crate::engine::message::{HeaderList, Level, LimitName, StackFrame, Thrown};
use crate::exercise::StepId;

/// The longest text that one entry shows, in bytes.
pub(crate) const TEXT_LIMIT: usize = 4 * 1024;

/// The most bytes of headers that one entry shows; browsers send about one thousand.
pub(crate) const HEADERS_LIMIT: usize = 16 * 1024;

/// One thing in the feed. The page gets [`Record::event`] as the event's name and the rest as JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Record {
    /// How the Run does.
    Status(Status),
    /// A console line.
    Console(ConsoleLine),
    /// What crossed the gateway.
    Wire(Arc<WireEntry>),
    /// Whether a timer of the server is due soon. Only those who asked are told.
    Timers {
        /// Within ten seconds.
        due: bool,
    },
    /// Whether the server is in a turn that lasts, when that has changed. Only those who asked are told.
    Work {
        /// Whether it is.
        under_way: bool,
    },
    /// Which faults the learner has happen, when that has changed.
    Faults(HeldFaults),
    /// Another step of the lesson is done.
    Ticked {
        /// All that are.
        steps: Vec<StepId>,
    },
    /// The draft was saved, perhaps from another tab.
    Saved {
        /// The draft's version.
        version: u64,
    },
}

impl Record {
    /// The name of the server-sent event.
    #[must_use]
    pub(crate) fn event(&self) -> &'static str {
        match self {
            Self::Status(_) => "status",
            Self::Console(_) => "console",
            Self::Wire(_) => "wire",
            Self::Timers { .. } => "timers",
            Self::Work { .. } => "work",
            Self::Faults(_) => "faults",
            Self::Ticked { .. } => "ticked",
            Self::Saved { .. } => "saved",
        }
    }

    /// Bytes that it holds, about: the texts that may be long, and something for the rest.
    #[must_use]
    pub(crate) fn weight(&self) -> usize {
        let texts = match self {
            Self::Status(_)
            | Self::Timers { .. }
            | Self::Work { .. }
            | Self::Faults(_)
            | Self::Saved { .. } => 0,
            Self::Ticked { steps } => steps.iter().map(|step| step.len()).sum(),
            Self::Console(line) => line.text.len(),
            Self::Wire(entry) => return entry.weight(),
        };
        REST + texts
    }
}

/// What a record takes beside its texts, in bytes.
const REST: usize = 200;

impl WireEntry {
    /// Bytes that it holds, about.
    #[must_use]
    pub(crate) fn weight(&self) -> usize {
        REST + self.crossed.weight()
    }
}

impl Crossed {
    fn weight(&self) -> usize {
        let headers = |list: &HeaderList| -> usize {
            list.iter()
                .map(|(name, value)| name.len() + value.len())
                .sum()
        };
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        match self {
            Self::Http(it) => {
                let bodies = text(&it.request_body) + text(&it.body);
                let withheld = it.withheld.iter().map(|it| it.name.len()).sum::<usize>();
                it.path.len()
                    + headers(&it.request_headers)
                    + headers(&it.response_headers)
                    + withheld
                    + bodies
            }
            Self::WebSocket(it) => it.path.len() + text(&it.text),
            Self::Sse(it) => it.path.len() + it.data.len(),
            Self::Fault(it) => it.sentence.len(),
        }
    }
}

/// The phase of the Run, in the words of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Phase {
    /// Nothing was started yet.
    #[default]
    None,
    /// A process was asked for and has not answered yet.
    Starting,
    /// It answers.
    Running,
    /// `server.js` could not be loaded.
    Failed,
    /// The learner ended it.
    Stopped,
    /// It died or was ended at a limit.
    Crashed,
    /// It was ended for want of clients; the next request starts it anew.
    Asleep,
}

/// A change of phase.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Status {
    pub(crate) state: Phase,
    /// The number of the Run, from 1.
    pub(crate) run: u32,
    /// Milliseconds since 1970.
    pub(crate) at: u64,
    /// Why, where there is something to say.
    pub(crate) reason: Option<Reason>,
    /// What was thrown, and where.
    pub(crate) fault: Option<Thrown>,
}

/// Why a Run ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Reason {
    /// The limit, if it was one.
    pub(crate) limit: Option<LimitName>,
    /// One sentence for the learner.
    pub(crate) sentence: String,
}

/// A console line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ConsoleLine {
    /// Milliseconds since 1970.
    pub(crate) at: u64,
    /// The Run that wrote it.
    pub(crate) run: u32,
    pub(crate) level: Level,
    pub(crate) text: String,
    /// Where it was written.
    pub(crate) frame: Option<StackFrame>,
    /// What was thrown, for errors that nobody caught.
    pub(crate) fault: Option<Thrown>,
}

/// An entry of the wire. The same `entry` number again is the later state of the same thing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct WireEntry {
    /// Its number, from 1.
    pub(crate) entry: u64,
    /// Milliseconds since 1970.
    pub(crate) at: u64,
    /// A label for the browser: `A`, `B`, …
    pub(crate) client: String,
    #[serde(flatten)]
    pub(crate) crossed: Crossed,
}

/// The faults that hold until they are over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct HeldFaults {
    /// Connections are refused.
    pub(crate) refuses: bool,
    /// Until when, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refuses_until: Option<u64>,
    /// Each answer is delayed.
    pub(crate) delays: bool,
    /// Each request is answered 500.
    pub(crate) fails: bool,
}

/// The three kinds of traffic, and what the learner does to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub(crate) enum Crossed {
    /// A request and its response.
    Http(Box<Exchange>),
    /// Something on a WebSocket.
    WebSocket(SocketEntry),
    /// Something on a stream of server-sent events.
    Sse(StreamEntry),
    /// The learner had a fault happen, or it is over.
    Fault(FaultEntry),
}

/// A fault that a learner had happen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct FaultEntry {
    /// What was done, for the learner.
    pub(crate) sentence: String,
}

/// What a fault of the learner's did to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Influence {
    /// Its connection was refused: its status is what a client sees whose connection cannot be.
    Refused,
    /// Its answer was delayed.
    Delayed,
    /// It was answered 500 in the server's place.
    Failed,
}

impl Influence {
    /// What kept the server from being asked, where that was a fault of the learner's.
    pub(super) fn of(why: &Unavailable) -> Option<Self> {
        match why {
            Unavailable::Refused => Some(Self::Refused),
            Unavailable::Failing => Some(Self::Failed),
            _ => None,
        }
    }
}

/// A request and, once it is there, its response.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Exchange {
    /// Its number, which the socket or the stream that it opens has as well; none where the host answered by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request: Option<u32>,
    /// `GET`, …
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    /// The request's headers that htmx adds.
    pub(crate) htmx: HeaderList,
    /// All headers of the request.
    pub(crate) request_headers: HeaderList,
    /// The beginning of the request's body, at most [`TEXT_LIMIT`]; none for one that is no text.
    pub(crate) request_body: Option<String>,
    /// Bytes of the request's body: as many as it announces, or else as many as came with its head.
    pub(crate) request_size: u64,
    /// The response's status.
    pub(crate) status: Option<u16>,
    /// All headers of the response that reached the client.
    pub(crate) response_headers: HeaderList,
    /// What of the response's headers did not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) withheld: Vec<Withheld>,
    #[serde(rename = "type")]
    pub(crate) media_type: String,
    /// Bytes of the response's body so far.
    pub(crate) size: u64,
    /// From the request to the end of the response, in milliseconds.
    pub(crate) duration: Option<f64>,
    /// The beginning of the response's body as far as it is text.
    pub(crate) body: Option<String>,
    /// Whether the response's body is longer than shown.
    pub(crate) truncated: bool,
    /// Whether the response has ended.
    pub(crate) done: bool,
    /// What a fault of the learner's did to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) injected: Option<Influence>,
}

impl Exchange {
    /// Shows the headers of the learner's response: what of them reaches the client, and what does not.
    pub(super) fn show_response(&mut self, headers: &HeaderList) {
        self.response_headers = shown_headers(headers);
        self.withheld = withhold(&mut self.response_headers);
    }
}

/// What a page that is watched can name a message by, as well as the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Heard {
    /// The mark that the page gave the line.
    pub(crate) line: u32,
    /// The how many-th message to the page this is, from 1: of a socket all count, of a stream those of its name.
    pub(crate) nth: u32,
}

/// What happens on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LineEvent {
    /// It opened.
    Open,
    Message,
    Close,
}

/// Which way something crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Direction {
    /// From the browser to the server.
    In,
    /// From the server to the browser.
    Out,
}

/// Something on a WebSocket.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct SocketEntry {
    /// The socket's number.
    pub(crate) socket: u32,
    /// Where it was opened.
    pub(crate) path: String,
    /// What happened.
    pub(crate) event: LineEvent,
    /// Which way.
    pub(crate) direction: Direction,
    /// Bytes of the payload.
    pub(crate) size: u64,
    /// The payload, cut at [`TEXT_LIMIT`]; none for binary.
    pub(crate) text: Option<String>,
    /// Whether the payload is binary.
    pub(crate) binary: bool,
    /// The close code.
    pub(crate) code: Option<u16>,
    /// The close reason.
    pub(crate) reason: String,
    /// Whether the text is longer than shown.
    pub(crate) truncated: bool,
    /// For a message to a whole topic: how many got it, where that is not listed one by one.
    pub(crate) receivers: Option<usize>,
    /// The publish that it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<Published>,
    /// Of a message to a page that is watched, unless such messages were not listed one by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) heard: Option<Heard>,
    /// Whether the learner sent it from the workbench, in the place of the client or of the server.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) composed: bool,
}

/// A message to a topic, of which each listed receiver has an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Published {
    pub(crate) topic: Arc<str>,
    /// The number of the first of its entries, which tells one publish from another.
    pub(crate) first: u64,
}

/// Something on a stream of server-sent events.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct StreamEntry {
    /// The stream's number.
    pub(crate) stream: u32,
    /// Where it was opened.
    pub(crate) path: String,
    /// What happened.
    pub(crate) event: LineEvent,
    /// The event's name, `message` when it has none.
    pub(crate) name: String,
    /// Its data, cut at [`TEXT_LIMIT`].
    pub(crate) data: String,
    pub(crate) event_id: Option<String>,
    /// Bytes of the data.
    pub(crate) size: u64,
    /// Whether the data is longer than shown.
    pub(crate) truncated: bool,
    /// Whether the learner sent it from the workbench, in the server's place.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) composed: bool,
    /// The number of the entry of the request that opened it.
    pub(crate) request: u64,
    /// Of a message, where its place on the stream is known; the line is 0 where the page gave it no mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) heard: Option<Heard>,
}

/// The beginning of `text`, at most [`TEXT_LIMIT`] bytes, and whether something is left out.
#[must_use]
pub(crate) fn shown(text: &str) -> (String, bool) {
    let end = text.floor_char_boundary(TEXT_LIMIT);
    (text[..end].to_owned(), end < text.len())
}

/// Headers as far as they fit in [`HEADERS_LIMIT`]; of the first that does not, the beginning.
#[must_use]
pub(crate) fn shown_headers(headers: &HeaderList) -> HeaderList {
    let mut left = HEADERS_LIMIT;
    let mut list = HeaderList::new();
    for (name, value) in headers {
        let value = &value[..value.floor_char_boundary(left.saturating_sub(name.len()))];
        if left <= name.len() {
            break;
        }
        left = left.saturating_sub(name.len() + value.len());
        list.push((name.clone(), value.to_owned()));
    }
    list
}

/// The beginning of a body if it is text, and whether something is left out.
#[must_use]
pub(crate) fn shown_bytes(bytes: &[u8]) -> (Option<String>, bool) {
    let cut = &bytes[..bytes.len().min(TEXT_LIMIT)];
    let whole = match std::str::from_utf8(cut) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && cut.len() < bytes.len() => {
            std::str::from_utf8(&cut[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return (None, false),
    };
    (Some(whole.to_owned()), whole.len() < bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_shown_as_far_as_they_fit() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let few = vec![header("a", "1"), header("b", "2")];
        assert_eq!(shown_headers(&few), few);
        let long = "x".repeat(HEADERS_LIMIT);
        let shown = shown_headers(&vec![
            header("a", "1"),
            header("b", &long),
            header("c", "3"),
        ]);
        assert_eq!(shown.len(), 2);
        assert_eq!(shown[1].1.len(), HEADERS_LIMIT - 3);
    }
}
