//! What one learner's server may use, and what may be open at its address: each limit with its name,
//! its default and the reason for that, its bounds as a setting, and the sentence for the learner.
//!
//! Whoever goes over `turn`, `start`, `memory`, `lines`, `messages` or `bytes` is ended; over `timers`
//! the learner's own call throws; over `topics`, `sockets`, `streams`, `requests` or `queued` the one that is
//! too much is turned away, and the console says why.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How many Runs there may be at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RunLimits {
    /// In all. Each takes two descriptors, and many systems give a program 1,024.
    pub(crate) all: usize,
    /// Of one learner, in all their lessons: more tabs than anybody works in.
    pub(crate) each: usize,
    /// Of all learners at one address other than this machine; a class can share one.
    pub(crate) at_address: usize,
}

impl Default for RunLimits {
    fn default() -> Self {
        Self {
            all: 400,
            each: 8,
            at_address: 200,
        }
    }
}

/// What one Run may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Processor time of one turn (by the wall clock, five times as much): one request, message or
    /// timer with the promises it settles.
    pub turn: Duration,
    /// The same until the server is loaded; a project may build tables as it starts.
    pub start: Duration,
    /// What the learner's objects may use, in bytes, beside the library that all Runs share.
    pub memory: usize,
    /// Console lines a second; three seconds' worth may come at once. More than anybody reads.
    pub lines: u32,
    /// Messages to `hxlab` a second, console lines among them; three seconds' worth at once.
    pub messages: u32,
    /// Bytes to `hxlab` a second; three seconds' worth at once.
    pub bytes: u32,
    /// Timers that wait at once.
    pub timers: usize,
    /// Topics that somebody is subscribed to.
    pub topics: usize,
    /// WebSockets that are open.
    pub sockets: usize,
    /// Bodies under way in pieces, streams of events among them.
    pub streams: usize,
    /// Requests that wait for their answer.
    pub requests: usize,
    /// The longest body of a request, in bytes.
    pub body: usize,
    /// Bytes of messages that wait for WebSocket clients, and the longest of them: twice what Bun lets wait for one.
    pub queued: usize,
    /// How long it stays without clients until it is put to sleep: long enough for a reader who comes
    /// back to the page, short enough that a class's Runs of yesterday hold no memory. A setting of its
    /// own, `sleep-after`; a sandbox where nobody is goes after four times that.
    pub idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            turn: Duration::from_secs(1),
            start: Duration::from_secs(2),
            memory: 32 * 1024 * 1024,
            lines: 500,
            messages: 50_000,
            bytes: 32 * 1024 * 1024,
            timers: 10_000,
            topics: 1_000,
            sockets: 2_000,
            streams: 1_000,
            requests: 1_000,
            body: 8 * 1024 * 1024,
            queued: 32 * 1024 * 1024,
            idle: Duration::from_mins(15),
        }
    }
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// The name of a limit, as settings, pages and the console write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitName {
    /// One turn took too long.
    Turn,
    /// Loading the server took too long.
    Start,
    /// Memory.
    Memory,
    /// Console lines in too short a time.
    Lines,
    /// Messages in too short a time.
    Messages,
    /// Bytes in too short a time.
    Bytes,
    /// Too many timers.
    Timers,
    /// Too many topics.
    Topics,
    /// Too many WebSockets.
    Sockets,
    /// Too many bodies in pieces.
    Streams,
    /// Too many requests.
    Requests,
    /// A body that is too long.
    Body,
    /// Too much waits for clients.
    Queued,
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LimitUnit {
    /// In milliseconds.
    Time,
    /// In bytes.
    Size,
    /// In pieces.
    Count,
}

impl LimitName {
    /// All, in the order of tables.
    pub(crate) const ALL: [Self; 13] = [
        Self::Turn,
        Self::Start,
        Self::Memory,
        Self::Lines,
        Self::Messages,
        Self::Bytes,
        Self::Timers,
        Self::Topics,
        Self::Sockets,
        Self::Streams,
        Self::Requests,
        Self::Body,
        Self::Queued,
    ];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Start => "start",
            Self::Memory => "memory",
            Self::Lines => "lines",
            Self::Messages => "messages",
            Self::Bytes => "bytes",
            Self::Timers => "timers",
            Self::Topics => "topics",
            Self::Sockets => "sockets",
            Self::Streams => "streams",
            Self::Requests => "requests",
            Self::Body => "body",
            Self::Queued => "queued",
        }
    }

    /// What it counts.
    #[must_use]
    pub(crate) fn unit(self) -> LimitUnit {
        match self {
            Self::Turn | Self::Start => LimitUnit::Time,
            Self::Memory | Self::Bytes | Self::Body | Self::Queued => LimitUnit::Size,
            _ => LimitUnit::Count,
        }
    }

    /// The least and the most that a setting may say: milliseconds, bytes or pieces. Below, no project
    /// of the course runs; above, a limit limits nothing.
    #[must_use]
    pub(crate) fn bounds(self) -> (u64, u64) {
        match self {
            Self::Turn | Self::Start => (50, 60_000),
            Self::Memory => (2 * MIB, 1024 * MIB),
            Self::Bytes => (64 * KIB, 1024 * MIB),
            Self::Body => (64 * KIB, 256 * MIB),
            Self::Queued => (512 * KIB, 1024 * MIB),
            Self::Lines => (10, 100_000),
            Self::Messages => (100, 10_000_000),
            Self::Timers | Self::Topics | Self::Sockets | Self::Streams | Self::Requests => {
                (1, 1_000_000)
            }
        }
    }
}

impl Limits {
    /// Sets one, in milliseconds, bytes or pieces.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the bounds of every limit fit 32 bits"
    )]
    pub(crate) fn set(&mut self, name: LimitName, value: u64) {
        match name {
            LimitName::Turn => self.turn = Duration::from_millis(value),
            LimitName::Start => self.start = Duration::from_millis(value),
            LimitName::Memory => self.memory = value as usize,
            LimitName::Lines => self.lines = value as u32,
            LimitName::Messages => self.messages = value as u32,
            LimitName::Bytes => self.bytes = value as u32,
            LimitName::Timers => self.timers = value as usize,
            LimitName::Topics => self.topics = value as usize,
            LimitName::Sockets => self.sockets = value as usize,
            LimitName::Streams => self.streams = value as usize,
            LimitName::Requests => self.requests = value as usize,
            LimitName::Body => self.body = value as usize,
            LimitName::Queued => self.queued = value as usize,
        }
    }

    /// What is the matter and what to look for: “one turn took longer than 1 s: …”. It follows “because”.
    #[must_use]
    pub fn because(&self, name: LimitName) -> String {
        let what = match name {
            LimitName::Turn => format!(
                "one turn took longer than {}: look for a loop that does not end",
                time(self.turn)
            ),
            LimitName::Start => format!(
                "the server was not loaded within {}: look for a loop that does not end at its top level",
                time(self.start)
            ),
            LimitName::Memory => format!(
                "the server used more than {} of memory: look for what grows and is never let go",
                size(self.memory as u64)
            ),
            LimitName::Lines => format!(
                "the server wrote more than {} console lines a second: look for a console call in a loop",
                self.lines
            ),
            LimitName::Messages => format!(
                "the server said more than {} things a second: look for a send, a publish or a timer in \
                 a loop",
                self.messages
            ),
            LimitName::Bytes => format!(
                "the server sent more than {} a second: look for a large body or message in a loop",
                size(self.bytes.into())
            ),
            LimitName::Timers => format!(
                "more than {} timers wait at once: end those that are not needed with clearTimeout or \
                 clearInterval",
                self.timers
            ),
            LimitName::Topics => format!(
                "the server has {} topics with subscribers: unsubscribe from those that are over",
                self.topics
            ),
            LimitName::Sockets => format!(
                "{} WebSockets are open: close those that are over",
                self.sockets
            ),
            LimitName::Streams => format!(
                "{} bodies are under way in pieces: end the streams that are over",
                self.streams
            ),
            LimitName::Requests => format!(
                "{} requests wait for their answers: look for a promise that never settles",
                self.requests
            ),
            LimitName::Body => format!(
                "a request's body has at most {}: send less at once",
                size(self.body as u64)
            ),
            LimitName::Queued => format!(
                "at most {} of messages may wait for WebSocket clients: send less where ws.send answers −1 or 0",
                size(self.queued as u64)
            ),
        };
        format!("{what} (limit “{}”)", name.as_str())
    }
}

fn time(long: Duration) -> String {
    match long.as_millis() {
        whole if whole % 1000 == 0 => format!("{} s", whole / 1000),
        milliseconds => format!("{milliseconds} ms"),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        whole if whole % MIB == 0 => format!("{} MiB", whole / MIB),
        whole if whole % KIB == 0 => format!("{} KiB", whole / KIB),
        bytes => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_is_set_by_its_name_and_named_in_its_sentence() {
        for name in LimitName::ALL {
            let (least, most) = name.bounds();
            for value in [least, most] {
                let mut limits = Limits::default();
                limits.set(name, value);
                assert_ne!(limits, Limits::default(), "{name:?}");
                let sentence = limits.because(name);
                assert!(sentence.contains(&format!("(limit “{}”)", name.as_str())));
            }
        }
    }

    #[test]
    fn sentences_have_plain_units() {
        let mut limits = Limits::default();
        assert!(limits.because(LimitName::Turn).contains("longer than 1 s:"));
        assert!(limits.because(LimitName::Memory).contains("than 32 MiB of"));
        limits.set(LimitName::Turn, 250);
        assert!(limits.because(LimitName::Turn).contains("than 250 ms:"));
        limits.set(LimitName::Bytes, 64 * KIB);
        assert!(limits.because(LimitName::Bytes).contains("than 64 KiB a"));
    }
}
