//! What a sandbox gives back to the gateway: a whole response, a stream of pieces, or a socket.
//!
//! Each is the owner of its line: dropped early, it tells the sandbox that the client is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use tokio::sync::mpsc;

use super::SandboxGone;
use super::command::{Command, send_late};
use super::outbox::Outbox;
use super::state::Unavailable;
use crate::engine::message::{HeaderList, Payload, RequestId, SocketId, SocketTerms};

/// What a sandbox answers to a request.
pub enum Answer {
    /// The whole response.
    Whole {
        /// Its head.
        response: ResponseHead,
        /// Its body.
        body: Bytes,
    },
    /// A response whose body comes in pieces.
    Stream {
        /// Its head.
        response: ResponseHead,
        /// Where the pieces arrive. Dropping it tells the Run that the client is gone.
        pieces: Pieces,
    },
    /// The request becomes a WebSocket.
    Socket {
        /// Extra headers of the 101 response.
        headers: HeaderList,
        /// The server's side of the socket. Dropping it counts as a close without a frame.
        socket: Socket,
    },
    /// There is no server to answer; the reason, for a page.
    Unavailable(Unavailable),
}

/// Status and headers as the learner's server gave them.
pub struct ResponseHead {
    /// 200 to 599.
    pub status: u16,
    /// Not filtered yet.
    pub headers: HeaderList,
    /// The length of a streamed body, where known.
    pub length: Option<u64>,
}

/// The pieces of a streamed body.
pub struct Pieces {
    request: RequestId,
    queue: mpsc::UnboundedReceiver<Bytes>,
    commands: mpsc::Sender<Command>,
    /// Set when the Run said that the body broke.
    broken: Arc<AtomicBool>,
    ended: bool,
}

impl Pieces {
    pub(super) fn new(
        request: RequestId,
        queue: mpsc::UnboundedReceiver<Bytes>,
        commands: mpsc::Sender<Command>,
        broken: Arc<AtomicBool>,
    ) -> Self {
        Self {
            request,
            queue,
            commands,
            broken,
            ended: false,
        }
    }

    /// The next piece; `None` at the end, an error when the body broke off. Taking a piece lets the
    /// Run send more.
    pub async fn next(&mut self) -> Option<Result<Bytes, std::io::Error>> {
        match self.queue.recv().await {
            Some(piece) => {
                let taken = Command::Taken {
                    request: self.request,
                    bytes: u32::try_from(piece.len()).unwrap_or(u32::MAX),
                };
                let _ = self.commands.send(taken).await;
                Some(Ok(piece))
            }
            None if self.ended => None,
            None => {
                self.ended = true;
                let broken = self.broken.load(Ordering::Acquire);
                broken.then(|| Err(std::io::Error::other("the response broke off")))
            }
        }
    }
}

impl Drop for Pieces {
    fn drop(&mut self) {
        if !self.ended {
            send_late(
                &self.commands,
                Command::Gone {
                    request: self.request,
                },
            );
        }
    }
}

/// The server's side of a WebSocket: what came from the client goes in by its methods, what is for
/// the client lies framed in [`Socket::outbox`].
pub struct Socket {
    id: SocketId,
    /// Frames for the client, and how to end.
    pub outbox: Arc<Outbox>,
    /// What holds for it.
    pub terms: SocketTerms,
    commands: mpsc::Sender<Command>,
    closed: bool,
}

impl Socket {
    pub(super) fn new(
        id: SocketId,
        outbox: Arc<Outbox>,
        terms: SocketTerms,
        commands: mpsc::Sender<Command>,
    ) -> Self {
        Self {
            id,
            outbox,
            terms,
            commands,
            closed: false,
        }
    }

    /// Hands on a message; waits when the sandbox is behind.
    pub async fn message(&self, payload: Payload) -> Result<(), SandboxGone> {
        // A place is waited for first: the future has no room for a command, and there are many of it.
        let place = self.commands.reserve().await.map_err(|_| SandboxGone)?;
        let socket = self.id;
        place.send(Command::Message { socket, payload });
        Ok(())
    }

    /// Tells that the client closed, or that its connection is gone (1006).
    pub async fn closed(mut self, code: u16, reason: String) {
        self.closed = true;
        let command = Command::Closed {
            socket: self.id,
            code,
            reason,
        };
        let _ = self.commands.send(command).await;
    }

    /// Tells that so many bytes of what the Run sent have gone out.
    pub async fn written(&self, bytes: u32) {
        let socket = self.id;
        let _ = self.commands.send(Command::Written { socket, bytes }).await;
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if !self.closed {
            let command = Command::Closed {
                socket: self.id,
                code: 1006,
                reason: String::new(),
            };
            send_late(&self.commands, command);
        }
    }
}
