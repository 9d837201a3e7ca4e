//! One WebSocket connection: messages in, frames out.
//!
//! A connection's life: the handshake is answered, the connection is taken over from HTTP, two
//! halves run side by side until one of them ends. The reading half hands whole messages to the
//! sandbox; the writing half takes all that waits in the client's outbox and writes it in one go; it
//! alone writes, so no frame is ever cut in two. Whoever ends first, the sandbox is told once ([`Socket`] sees to it).

mod frames;

use std::time::Duration;

use bytes::Bytes;
use fastwebsockets::{OpCode, WebSocketError};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::time::timeout;

use crate::engine::message::{Payload, SocketTerms};
use crate::sandbox::Socket;
use crate::sandbox::outbox::{self, End, TOLD_AT};
use crate::web::shutdown::Shutdown;
use frames::{Frames, Part};

/// The longest message from a client, in bytes, whatever a server allows; a longer one closes with
/// 1009.
pub const MESSAGE_LIMIT: usize = 64 * 1024;

/// A client that takes nothing for so long is cut off.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a silent client may take to answer our ping: at most so long, and half of what the
/// learner allows.
const PING_TIMEOUT: Duration = Duration::from_secs(8);
/// How long a client may take to answer our close frame.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Carries one connection until it ends.
pub async fn carry<S>(stream: S, socket: Socket, shutdown: Shutdown)
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let (read, mut write) = tokio::io::split(stream);
    let mut reader = Reader::new(read, socket.terms);
    let (code, reason) = {
        let writing = write_out(&mut write, &socket);
        tokio::pin!(writing);
        tokio::select! {
            closed = reader.hand_on(&socket) => {
                if let Some(code) = closed.answer {
                    socket.outbox.end(End::Close(code, closed.said.clone()));
                    let _ = timeout(CLOSE_TIMEOUT, writing).await;
                }
                (closed.code, closed.reason)
            }
            ended = &mut writing => match ended {
                End::Close(code, reason) => {
                    let _ = timeout(CLOSE_TIMEOUT, reader.until_closed()).await;
                    (code, reason)
                }
                End::Cut => (BROKEN, String::new()),
            },
            () = shutdown.requested() => {
                let reason = "the server is stopping";
                socket.outbox.end(End::Close(1001, reason.to_owned()));
                let _ = timeout(CLOSE_TIMEOUT, writing).await;
                (1001, reason.to_owned())
            }
        }
    };
    let _ = timeout(CLOSE_TIMEOUT, write.shutdown()).await;
    socket.closed(code, reason).await;
}

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

struct Reader<S> {
    frames: Frames<S>,
    /// The beginning of a message that comes in fragments.
    begun: Option<(OpCode, Vec<u8>)>,
    /// The longest message, in bytes.
    longest: usize,
    /// How long a client may be silent before it is asked for a sign of life, and how long after.
    patience: Option<(Duration, Duration)>,
}

/// A frame that matters to us.
enum Heard {
    Message(Payload),
    Ping(Vec<u8>),
    Pong,
    Closed(Closed),
}

impl<S: AsyncRead + AsyncWrite + Unpin> Reader<S> {
    fn new(read: ReadHalf<S>, terms: SocketTerms) -> Self {
        let longest = MESSAGE_LIMIT.min(terms.longest as usize);
        let idle = Duration::from_secs(terms.idle.into());
        let answer = PING_TIMEOUT.min(idle / 2);
        Self {
            frames: Frames::new(read, longest),
            begun: None,
            longest,
            patience: (!idle.is_zero()).then_some((idle.saturating_sub(answer), answer)),
        }
    }

    async fn hand_on(&mut self, socket: &Socket) -> Closed {
        loop {
            match self.hear_in_time(socket).await {
                Heard::Message(payload) => {
                    if socket.message(payload).await.is_err() {
                        return Closed::fault(1001, "the server is stopping");
                    }
                }
                Heard::Pong => {}
                Heard::Ping(payload) => socket.outbox.push(outbox::pong_frame(&payload)),
                Heard::Closed(closed) => return closed,
            }
        }
    }

    /// Waits for the client; a silent one is asked for a sign of life, and then cut off.
    async fn hear_in_time(&mut self, socket: &Socket) -> Heard {
        let Some((silence, answer)) = self.patience else {
            return self.hear().await;
        };
        // One future for both waits: a frame may have come in part.
        let hearing = self.hear();
        tokio::pin!(hearing);
        if let Ok(heard) = timeout(silence, &mut hearing).await {
            return heard;
        }
        socket.outbox.push(outbox::ping_frame(&[]));
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
            let Part {
                opcode,
                fin,
                payload,
            } = match self.frames.next().await {
                Ok(part) => part,
                Err(error) => return Heard::Closed(fault_of(&error)),
            };
            match opcode {
                OpCode::Close => return Heard::Closed(closed_by(&payload)),
                OpCode::Ping => return Heard::Ping(payload),
                OpCode::Pong => return Heard::Pong,
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
            (OpCode::Continuation, Some((opcode, mut begun))) => {
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
        if message.len() > self.longest {
            return Some(Heard::Closed(too_big()));
        }
        if !fin {
            self.begun = Some((opcode, message));
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

fn too_big() -> Closed {
    Closed::fault(1009, "Received too big message")
}

fn not_utf8() -> Closed {
    Closed::fault(1007, "Received invalid UTF-8")
}

fn fault_of(error: &WebSocketError) -> Closed {
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

/// Writes what waits until the sandbox or the connection ends it.
async fn write_out<S: AsyncWrite>(write: &mut WriteHalf<S>, socket: &Socket) -> End {
    let mut untold = 0;
    loop {
        let batch = socket.outbox.take().await;
        let mut frames = batch.frames;
        match &batch.end {
            Some(End::Cut) => return End::Cut,
            Some(End::Close(code, reason)) => frames.push(outbox::close_frame(*code, reason)),
            None => {}
        }
        match timeout(WRITE_TIMEOUT, write_all(write, &frames)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) => return End::Cut,
        }
        if let Some(end) = batch.end {
            return end;
        }
        untold += batch.sent;
        if untold >= TOLD_AT {
            socket.written(untold).await;
            untold = 0;
        }
    }
}

/// Frames that wait together are written together, so many bytes at once: a poem connection that was taken
/// over from HTTP takes one slice at a time, and copying costs far less than a system call for each.
const JOINED: usize = 16 * 1024;

async fn write_all<S: AsyncWrite>(
    write: &mut WriteHalf<S>,
    frames: &[Bytes],
) -> std::io::Result<()> {
    let mut rest = frames;
    while let Some((first, others)) = rest.split_first() {
        let mut length = first.len();
        let joins = |frame: &&Bytes| {
            length += frame.len();
            length <= JOINED
        };
        let (joined, later) = others.split_at(others.iter().take_while(joins).count());
        if joined.is_empty() {
            write.write_all(first).await?;
        } else {
            write.write_all(&rest[..=joined.len()].concat()).await?;
        }
        rest = later;
    }
    write.flush().await
}
