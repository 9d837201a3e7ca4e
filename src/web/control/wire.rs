//! What `hxlab top` and its like ask of a running hxlab, and what it answers: a line of JSON each way.

use serde::{Deserialize, Serialize};

/// The longest line that is asked, in bytes.
pub(crate) const ORDER: usize = 4096;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Order {
    /// What is used, and by whom.
    Figures,
    /// End the Run of a sandbox.
    Stop(String),
    /// Shut a sandbox, or an address out.
    Block(String),
    /// Let it in again.
    Unblock(String),
    /// Who is blocked.
    Blocked,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reply {
    Figures(Box<Figures>),
    /// It was done; a sentence says what.
    Done(String),
    Blocked(Vec<BlockedEntry>),
    /// It was not done; a sentence says why, without a full stop.
    Refused(String),
}

/// Somebody who is blocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BlockedEntry {
    /// `sandbox ID` or `address IP`.
    pub(crate) what: String,
    /// In seconds since 1970.
    pub(crate) since: u64,
}

/// What is used at one moment. What rises for as long as the program runs is marked so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) version: String,
    /// Milliseconds since the program began.
    pub(crate) at_ms: u64,
    /// Of the program itself, in bytes.
    pub(crate) memory: u64,
    pub(crate) connections: Portion,
    pub(crate) runs: Portion,
    /// Memory for clients, in bytes.
    pub(crate) budget: Portion,
    /// Bytes that wait for WebSocket clients.
    pub(crate) queued: usize,
    /// Sandboxes that are live, with a server or without.
    pub(crate) live: usize,
    /// Answers so far; rises.
    pub(crate) answers: u64,
    /// Who was turned away so far, by the reason; rises.
    pub(crate) refused: Vec<(String, u64)>,
    /// Those that have a server or clients, or had one a moment ago.
    pub(crate) sandboxes: Vec<SandboxEntry>,
}

/// How much of what there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Portion {
    pub(crate) taken: usize,
    pub(crate) limit: usize,
}

/// What one sandbox uses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SandboxEntry {
    pub(crate) sandbox: String,
    /// The learner's number.
    pub(crate) learner: Option<i64>,
    /// None for one of a check.
    pub(crate) lesson: Option<String>,
    /// From which its learner came last; none for this machine.
    pub(crate) address: Option<String>,
    /// Of its server; none where it has none.
    pub(crate) process: Option<u32>,
    /// Of all its servers so far, in microseconds; rises.
    pub(crate) processor_us: u64,
    /// Of its server, in bytes.
    pub(crate) memory: u64,
    pub(crate) clients: usize,
    /// Rises.
    pub(crate) requests: u32,
    /// Rises.
    pub(crate) bytes: u64,
}
