//! The wire between `hxlab` and a Run: two enums, framed by a four-byte little-endian length and
//! encoded by postcard.
//!
//! `hxlab` believes nothing that comes back: a frame longer than [`FRAME_LIMIT`], one that does not
//! decode, or one that names a request or socket it was not given ends the Run.
//!
//! Handles are minted by `hxlab`: a [`RequestId`] with each request, and the socket that a request
//! becomes by an upgrade keeps that number as its [`SocketId`].

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use crate::limits::LimitName;

/// The longest frame in either direction, in bytes. A file of a project (256 KiB) fits in one.
pub const FRAME_LIMIT: usize = 320 * 1024;

/// The longest piece of a body in one frame, in bytes.
pub(crate) const CHUNK_LIMIT: usize = 64 * 1024;

/// The longest message to WebSocket clients that crosses in one piece, in bytes; a longer one comes in parts.
pub(crate) const WHOLE_LIMIT: usize = 256 * 1024;

/// The longest payload of a ping or a pong, in bytes (RFC 6455, section 5.5).
pub(crate) const CONTROL_LIMIT: usize = 125;

/// One HTTP request in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RequestId(pub u32);

/// One WebSocket, by the number of the request that was upgraded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SocketId(pub u32);

/// Names and values in order, as they stand on the wire; a name may come twice.
pub type HeaderList = Vec<(String, String)>;

/// What a WebSocket message carries, or a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Payload {
    /// Text.
    Text(String),
    /// Bytes.
    Binary(#[serde(with = "serde_bytes")] Vec<u8>),
}

impl Payload {
    /// Its length in bytes.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(bytes) => bytes.len(),
        }
    }
}

/// What the learner's `websocket` object says about its sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SocketTerms {
    /// The longest message from a client, in bytes; the gateway has a limit of its own beside it.
    pub longest: u32,
    /// Seconds without a sign of life until a client is cut off; 0 is never.
    pub idle: u16,
    /// Whether the Run is told of pings and pongs: whether the learner hears either.
    pub beats: bool,
}

/// What a timer does later than this is waited for by nobody who watches a Run.
pub(crate) const TIMER_HORIZON: Duration = Duration::from_secs(10);

/// What `hxlab` tells a Run. Each is one turn; the Run answers each with [`FromRun::Idle`] when its
/// job queue is empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToRun {
    /// One file of the project; all come before [`ToRun::Start`].
    File {
        /// A checked file name.
        name: String,
        /// Its text, or its bytes where it is no text.
        contents: Payload,
    },
    /// Load the server.
    Start {
        /// The name of its file, `server.js` mostly; none where only files are served.
        server: Option<String>,
        /// What `Math.random` starts from; never reused.
        seed: [u8; 32],
        /// The sandbox's own origin, for `server.url`: `http://ID.hxlab.localhost:3000/`.
        url: String,
    },
    /// A piece of the body of the request that follows; the bodies are bounded by the gateway.
    RequestBody {
        /// The request to come.
        request: RequestId,
        /// At most [`CHUNK_LIMIT`] bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// A request; what is here of its body came before.
    Request {
        /// Its handle.
        request: RequestId,
        /// `GET`, `POST`, …
        method: String,
        /// The absolute URL.
        url: String,
        /// Request headers, hop-by-hop ones left out.
        headers: HeaderList,
        /// The client's address, `server.requestIP`.
        remote: String,
        /// The client's port.
        port: u16,
        /// Whether `server.upgrade` can succeed: a well-formed WebSocket handshake.
        upgrade: bool,
        /// Whether more of its body comes, up to [`ToRun::BodyEnd`].
        more: bool,
    },
    /// A further piece of a request's body.
    BodyPiece {
        /// Which request.
        request: RequestId,
        /// At most [`CHUNK_LIMIT`] bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// A body that came in pieces is complete, or broke off.
    BodyEnd {
        /// Which request.
        request: RequestId,
        /// Why it broke off.
        broken: Option<String>,
    },
    /// The client of a request went away before the response ended: `req.signal` aborts and the
    /// body's stream is cancelled.
    Gone {
        /// Which request.
        request: RequestId,
    },
    /// The client has taken so many bytes of a streamed body; more may be sent.
    Taken {
        /// Which request.
        request: RequestId,
        /// How many bytes.
        bytes: u32,
    },
    /// A message from a WebSocket client.
    Message {
        /// Which socket.
        socket: SocketId,
        /// Text or binary.
        payload: Payload,
    },
    /// A ping from a WebSocket client, which is answered by now, or a pong.
    Beat {
        /// Which socket.
        socket: SocketId,
        /// At most [`CONTROL_LIMIT`] bytes.
        #[serde(with = "serde_bytes")]
        payload: Vec<u8>,
        /// Whether it is a pong.
        pong: bool,
    },
    /// A socket is closed; its topics are left.
    Closed {
        /// Which socket.
        socket: SocketId,
        /// The close code, 1006 when there was none.
        code: u16,
        /// The close reason.
        reason: String,
    },
    /// So many bytes of what the Run sent to one socket have gone out since it was last told; small
    /// amounts are told later, together.
    Written {
        /// Which socket.
        socket: SocketId,
        /// How many bytes.
        bytes: u32,
    },
}

/// The severity of a console line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// `console.debug`
    Debug,
    /// `console.log`
    Log,
    /// `console.info`
    Info,
    /// `console.warn`
    Warn,
    /// `console.error`, and what was thrown and not caught
    Error,
}

/// One place of a stack in the learner's own files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackFrame {
    /// The function's name, empty at the top level.
    pub function: String,
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

impl StackFrame {
    /// Its line in the text of its file.
    #[must_use]
    pub(crate) fn line_in<'a>(&self, text: &'a str) -> Option<&'a str> {
        let before = self.line.checked_sub(1)?;
        text.lines().nth(usize::try_from(before).ok()?)
    }
}

/// Something thrown, or a file that did not parse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thrown {
    /// `TypeError`, `SyntaxError`, …
    pub name: String,
    /// The message in words.
    pub message: String,
    /// The learner's own frames, innermost first; empty when no place is known.
    pub frames: Vec<StackFrame>,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ResponseBody {
    /// None at all (`new Response(null)`).
    Empty,
    /// Whole, at most [`CHUNK_LIMIT`] bytes.
    Whole(#[serde(with = "serde_bytes")] Vec<u8>),
    /// In [`FromRun::Chunk`]s up to [`FromRun::End`]. The length is known for a large whole body.
    Chunks {
        /// Bytes in all, where known.
        length: Option<u64>,
    },
}

/// What a Run tells `hxlab`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromRun {
    /// The server's file is loaded and has a server.
    Ready,
    /// The server could not be loaded; the Run ends.
    Failed {
        /// Why, and where.
        fault: Thrown,
    },
    /// The answer to a request. Once for each.
    Respond {
        /// Which request.
        request: RequestId,
        /// 200 to 599.
        status: u16,
        /// As the learner set them; filtered by the gateway.
        headers: HeaderList,
        /// The body.
        body: ResponseBody,
    },
    /// A piece of a streamed body.
    Chunk {
        /// Which request.
        request: RequestId,
        /// At most [`CHUNK_LIMIT`] bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// So many bytes of a request's body that came in pieces were read; more may be sent.
    BodyRead {
        /// Which request.
        request: RequestId,
        /// How many bytes.
        bytes: u32,
    },
    /// A streamed body is complete, or broke.
    End {
        /// Which request.
        request: RequestId,
        /// Whether it broke: the connection is cut instead of ended.
        broken: bool,
    },
    /// `server.upgrade` succeeded: the request becomes a socket of the same number.
    Upgrade {
        /// Which request.
        request: RequestId,
        /// Extra headers of the 101 response.
        headers: HeaderList,
        /// What holds for its socket.
        terms: SocketTerms,
    },
    /// A message to one socket.
    Send {
        /// Which socket.
        socket: SocketId,
        /// Text or binary.
        payload: Payload,
    },
    /// Close a socket in order.
    Close {
        /// Which socket.
        socket: SocketId,
        /// The close code.
        code: u16,
        /// The close reason.
        reason: String,
    },
    /// Cut a socket without a close frame (`ws.terminate`).
    Terminate {
        /// Which socket.
        socket: SocketId,
    },
    /// Send a ping frame, or a pong that nobody asked for.
    Ping {
        /// Which socket.
        socket: SocketId,
        /// At most 125 bytes.
        #[serde(with = "serde_bytes")]
        payload: Vec<u8>,
        /// Whether it is a pong.
        pong: bool,
    },
    /// Subscribe a socket to a topic.
    Subscribe {
        /// Which socket.
        socket: SocketId,
        /// The topic.
        topic: String,
    },
    /// End a subscription.
    Unsubscribe {
        /// Which socket.
        socket: SocketId,
        /// The topic.
        topic: String,
    },
    /// A message to all subscribers of a topic, crossing the pipe once.
    Publish {
        /// The topic.
        topic: String,
        /// The sender, who gets none (`ws.publish`).
        except: Option<SocketId>,
        /// Text or binary.
        payload: Payload,
    },
    /// A console line.
    Log {
        /// Its severity.
        level: Level,
        /// The arguments, formatted.
        text: String,
        /// Where `console` was called, when known.
        at: Option<StackFrame>,
    },
    /// Something was thrown and not caught. The Run goes on.
    Uncaught {
        /// What, and where.
        fault: Thrown,
    },
    /// A turn that `hxlab` did not begin (a timer) begins; it ends with [`FromRun::Idle`].
    Turn,
    /// So many of `hxlab`'s messages are done, and the job queue is empty.
    Idle {
        /// How many since the start.
        done: u64,
        /// Whether a timer is due within [`TIMER_HORIZON`]: whether the Run may soon do something by itself.
        timers: bool,
    },
    /// The engine stopped itself at a limit; the Run ends.
    Stopped {
        /// Which limit.
        limit: LimitName,
        /// Where it was stopped, when known.
        fault: Thrown,
    },
    /// A part of a message, in front of the [`FromRun::Send`] or [`FromRun::Publish`] that has its last one. Nothing else
    /// comes between them, and all of them in one turn.
    Part {
        /// At most [`CHUNK_LIMIT`] bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
}
