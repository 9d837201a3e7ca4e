//! One WebSocket connection: messages in, frames out.
//!
//! A connection's life: the handshake is answered, the connection is taken over from HTTP, and whole
//! messages are handed to the sandbox until one of the two ends it. The sandbox writes to the client by
//! itself (its `Outbox`); only what the client does not take at once is written here.
//! Whoever ends first, the sandbox is told once ([`Socket`] sees to it).

mod frames;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fastwebsockets::{OpCode, WebSocketError};
use tokio::net::tcp::OwnedReadHalf;
use tokio::time::timeout;

use crate::engine::message::{Payload, SocketTerms};
use crate::sandbox::outbox::{Backlog, End};
use crate::sandbox::{Socket, frame};
use crate::web::listen::{FromClient, ToClient};
use crate::web::shutdown::Shutdown;
use frames::{ClientFrame, ClientFrames, FrameFault};

/// The longest message from a client, in bytes, whatever a server allows; a longer one closes with
/// 1009.
pub(super) const MESSAGE_LIMIT: usize = 64 * 1024;

/// A client that takes nothing for so long is cut off.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a silent client may take to answer our ping: at most so long, and half of what the
/// learner allows.
const PING_TIMEOUT: Duration = Duration::from_secs(8);
/// What our pings carry, and their pongs by it: the learner hears only of the others.
const OUR_PING: &[u8] = b"hxlab";
/// How long a client may take to answer our close frame.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Carries one connection until it ends. What is seldom waited for is boxed: thousands of connections do
/// nothing but wait for their clients, and each has room for all that it may wait for.
pub(super) fn carry(
    from_client: FromClient,
    to_client: Arc<ToClient>,
    socket: Socket,
    shutdown: Shutdown,
) -> impl Future<Output = ()> {
    socket.outbox.connect(Arc::clone(&to_client) as _);
    let mut reader = Reader::new(from_client, socket.terms);
    async move {
        let ended = tokio::select! {
            closed = reader.hand_on(&socket) => EndedBy::Client(closed),
            end = write_rest(&to_client, &socket) => EndedBy::Sandbox(end),
            () = shutdown.requested() => EndedBy::Program,
        };
        Box::pin(finish(ended, reader, to_client, socket)).await;
    }
}

/// Who ends a connection.
enum EndedBy {
    Client(Closed),
    Sandbox(End),
    Program,
}

async fn finish(ended: EndedBy, mut reader: Reader, to_client: Arc<ToClient>, socket: Socket) {
    let close = async |code, reason| {
        socket.outbox.end(End::Close(code, reason));
        let _ = timeout(CLOSE_TIMEOUT, write_rest(&to_client, &socket)).await;
    };
    let (code, reason) = match ended {
        EndedBy::Client(closed) => {
            if closed.answer == Some(TOO_BIG) {
                socket.tell(too_long(socket.terms)).await;
            }
            if let Some(code) = closed.answer {
                close(code, closed.said).await;
            }
            (closed.code, closed.reason)
        }
        EndedBy::Sandbox(End::Close(code, reason)) => {
            let _ = timeout(CLOSE_TIMEOUT, reader.until_closed()).await;
            (code, reason)
        }
        EndedBy::Sandbox(End::Cut) => (BROKEN, String::new()),
        EndedBy::Program => {
            let reason = "the server is stopping";
            close(RESTART, reason.to_owned()).await;
            (RESTART, reason.to_owned())
        }
    };
    // A client that is gone has ended it before.
    let _ = to_client.end();
    socket.outbox.disconnect();
    socket.closed(code, reason).await;
}

/// The code at the end of the program, which is mostly begun again at once: libraries such as htmx's come back after
/// it, and not after 1001.
const RESTART: u16 = 1012;

/// The code of a connection that ended without a close frame.
const BROKEN: u16 = 1006;

/// How the client's side ended.
struct Closed {
    /// What the sandbox is told.
    code: u16,
    reason: String,
    /// The code to answer with; none when the connection is gone.
    answer: Option<u16>,
    /// The reason in the answer.
    said: String,
}

impl Closed {
    /// The client broke the protocol. It is told how; for the learner's server the line broke, as in
    /// Bun, whose words these are.
    fn fault(code: u16, reason: &str) -> Self {
        Self {
            code: BROKEN,
            reason: reason.to_owned(),
            answer: Some(code),
            said: reason.to_owned(),
        }
    }

    fn gone(reason: &str) -> Self {
        Self {
            code: BROKEN,
            reason: reason.to_owned(),
            answer: None,
            said: String::new(),
        }
    }
}

struct Reader {
    frames: ClientFrames<OwnedReadHalf>,
    /// The beginning of a message that comes in fragments.
    begun: Option<Box<(OpCode, Vec<u8>)>>,
    terms: SocketTerms,
}

/// A frame that matters to us.
enum Heard {
    Message(Payload),
    Ping(Vec<u8>),
    Pong(Vec<u8>),
    Closed(Closed),
}

impl Reader {
    fn new(FromClient { socket, first }: FromClient, terms: SocketTerms) -> Self {
        Self {
            frames: ClientFrames::new(socket, first, longest(terms)),
            begun: None,
            terms,
        }
    }

    async fn hand_on(&mut self, socket: &Socket) -> Closed {
        loop {
            let told = match self.hear_in_time(socket).await {
                Heard::Message(payload) => Box::pin(socket.message(payload)).await,
                Heard::Pong(payload) if payload == OUR_PING => Ok(()),
                Heard::Pong(payload) => Box::pin(socket.beat(payload, true)).await,
                Heard::Ping(payload) => {
                    Box::pin(say(socket, frame::pong(&payload))).await;
                    Box::pin(socket.beat(payload, false)).await
                }
                Heard::Closed(closed) => return closed,
            };
            if told.is_err() {
                return Closed::fault(RESTART, "the server is stopping");
            }
        }
    }

    /// Waits for the client; a silent one is asked for a sign of life, and then cut off.
    async fn hear_in_time(&mut self, socket: &Socket) -> Heard {
        let idle = Duration::from_secs(self.terms.idle.into());
        if idle.is_zero() {
            return Box::pin(self.hear()).await;
        }
        let answer = PING_TIMEOUT.min(idle / 2);
        // One future for both waits: a frame may have come in part.
        let mut hearing = pin!(self.hear());
        if let Ok(heard) = timeout(idle.saturating_sub(answer), &mut hearing).await {
            return heard;
        }
        Box::pin(say(socket, frame::ping(OUR_PING))).await;
        match timeout(answer, &mut hearing).await {
            Ok(heard) => heard,
            Err(_) => Heard::Closed(Closed::gone("WebSocket timed out from inactivity")),
        }
    }

    /// Reads on after our close frame until the client's.
    async fn until_closed(&mut self) {
        while !matches!(self.hear().await, Heard::Closed(_)) {}
    }

    async fn hear(&mut self) -> Heard {
        loop {
            let ClientFrame {
                opcode,
                fin,
                payload,
            } = match self.frames.next().await {
                Ok(part) => part,
                Err(fault) => return Heard::Closed(fault_of(&fault)),
            };
            match opcode {
                OpCode::Close => return Heard::Closed(closed_by(&payload)),
                OpCode::Ping => return Heard::Ping(payload),
                OpCode::Pong => return Heard::Pong(payload),
                opcode => {
                    if let Some(heard) = self.collect(opcode, fin, payload) {
                        return heard;
                    }
                }
            }
        }
    }

    /// Puts fragments together; their sum is bounded like a single frame.
    fn collect(&mut self, opcode: OpCode, fin: bool, bytes: Vec<u8>) -> Option<Heard> {
        let (opcode, message) = match (opcode, self.begun.take()) {
            (OpCode::Continuation, Some(begun)) => {
                let (opcode, mut begun) = *begun;
                begun.extend(bytes);
                (opcode, begun)
            }
            (OpCode::Continuation, None) => {
                let reason = "Received continuation frame outside a fragmented message";
                return Some(Heard::Closed(Closed::fault(1002, reason)));
            }
            (_, Some(_)) => {
                let reason = "Received new message inside a fragmented message";
                return Some(Heard::Closed(Closed::fault(1002, reason)));
            }
            (opcode, None) => (opcode, bytes),
        };
        if message.len() > longest(self.terms) {
            return Some(Heard::Closed(too_big()));
        }
        if !fin {
            self.begun = Some(Box::new((opcode, message)));
            return None;
        }
        Some(match opcode {
            OpCode::Text => match String::from_utf8(message) {
                Ok(text) => Heard::Message(Payload::Text(text)),
                Err(_) => Heard::Closed(not_utf8()),
            },
            _ => Heard::Message(Payload::Binary(message)),
        })
    }
}

/// The longest message, in bytes.
fn longest(terms: SocketTerms) -> usize {
    MESSAGE_LIMIT.min(terms.longest as usize)
}

/// The code of a message that is too long.
const TOO_BIG: u16 = 1009;

/// What the learner reads when a message was too long.
fn too_long(terms: SocketTerms) -> String {
    let (most, mend) = match longest(terms) {
        MESSAGE_LIMIT => (
            "64 KiB".to_owned(),
            "send more than that in the body of a request",
        ),
        most => (format!("{most} bytes"), "that is its maxPayloadLength"),
    };
    format!(
        "A WebSocket client sent a message that is too long, so it was closed with 1009: here a message from a \
         client has at most {most}; {mend}"
    )
}

fn too_big() -> Closed {
    Closed::fault(TOO_BIG, "Received too big message")
}

fn not_utf8() -> Closed {
    Closed::fault(1007, "Received invalid UTF-8")
}

fn fault_of(fault: &FrameFault) -> Closed {
    let error = match fault {
        FrameFault::Unmasked => return Closed::fault(1002, "Received unmasked frame"),
        FrameFault::Parser(error) => error,
    };
    match error {
        WebSocketError::FrameTooLarge => too_big(),
        WebSocketError::InvalidUTF8 => not_utf8(),
        WebSocketError::IoError(_) | WebSocketError::UnexpectedEOF => Closed::gone(""),
        WebSocketError::PingFrameTooLarge => Closed::fault(1002, "Received too big control frame"),
        WebSocketError::ControlFrameFragmented => {
            Closed::fault(1002, "Received fragmented control frame")
        }
        _ => Closed::fault(1002, "Received invalid frame"),
    }
}

/// What a client's close frame says (RFC 6455, section 5.5.1).
fn closed_by(payload: &[u8]) -> Closed {
    match payload {
        [] => Closed {
            code: 1005,
            reason: String::new(),
            answer: Some(1005),
            said: String::new(),
        },
        [high, low, reason @ ..] => {
            let code = u16::from_be_bytes([*high, *low]);
            match std::str::from_utf8(reason) {
                Ok(reason) if matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999) => Closed {
                    code,
                    reason: reason.to_owned(),
                    answer: Some(code),
                    said: reason.to_owned(),
                },
                Err(_) => not_utf8(),
                _ => Closed::fault(1002, "Received invalid close code"),
            }
        }
        [_] => Closed::fault(1002, "Received invalid close payload"),
    }
}

/// Says something to the client; what it does not take at once is left over.
async fn say(socket: &Socket, frame: Bytes) {
    if socket.outbox.push(frame) {
        flush(socket).await;
    }
}

async fn flush(socket: &Socket) {
    if let Some(bytes) = socket.outbox.flush() {
        socket.written(bytes).await;
    }
}

/// Writes what the sandbox could not, until it or the connection is to end.
async fn write_rest(to_client: &ToClient, socket: &Socket) -> End {
    loop {
        socket.outbox.left_over().await;
        if let Some(end) = Box::pin(write_on(to_client, socket)).await {
            return end;
        }
    }
}

/// Writes until nothing waits, or the connection is to end.
async fn write_on(to_client: &ToClient, socket: &Socket) -> Option<End> {
    loop {
        flush(socket).await;
        match socket.outbox.backlog() {
            Backlog::Nothing => return None,
            Backlog::Ended(end) => return Some(end),
            Backlog::Waits => tokio::select! {
                room = timeout(WRITE_TIMEOUT, to_client.writable()) => match room {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) | Err(_) => return Some(End::Cut),
                },
                () = socket.outbox.cut() => return Some(End::Cut),
            },
        }
    }
}
