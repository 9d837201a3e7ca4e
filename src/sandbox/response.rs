//! What a sandbox gives back to the gateway: a whole response, a stream of pieces, or a socket.
//!
//! Each is the owner of its line: dropped early, it tells the sandbox that the client is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use tokio::sync::mpsc;

use super::SandboxGone;
use super::inbox::{Letter, send_late};
use super::occupancy::Presence;
use super::outbox::Outbox;
use super::state::{Command, Unavailable};
use crate::engine::message::{HeaderList, Payload, RequestId, SocketId, SocketTerms};

/// What a sandbox answers to a request.
pub(crate) enum SandboxResponse {
    /// The whole response.
    Whole { response: ResponseHead, body: Bytes },
    /// A response whose body comes in pieces.
    Stream {
        response: ResponseHead,
        /// Where the pieces arrive. Dropping it tells the Run that the client is gone.
        pieces: Pieces,
    },
    /// The request becomes a WebSocket.
    Socket {
        /// The number of its entry on the wire.
        entry: u64,
        /// Extra headers of the 101 response.
        headers: HeaderList,
        /// The server's side of the socket. Dropping it counts as a close without a frame.
        socket: Socket,
    },
    /// There is no server to answer.
    Unavailable {
        /// The number of its entry on the wire.
        entry: u64,
        /// The reason, for a page.
        why: Unavailable,
    },
}

/// Status and headers as the learner's server gave them.
pub(crate) struct ResponseHead {
    /// The number of its entry on the wire.
    pub(crate) entry: u64,
    /// 200 to 599.
    pub(crate) status: u16,
    /// Not filtered yet.
    pub(crate) headers: HeaderList,
    /// The length of a streamed body, where known.
    pub(crate) length: Option<u64>,
}

/// The pieces of a streamed body.
pub(crate) struct Pieces {
    request: RequestId,
    queue: mpsc::UnboundedReceiver<Bytes>,
    letters: mpsc::Sender<Letter>,
    /// Set when the Run said that the body broke.
    broken: Arc<AtomicBool>,
    ended: bool,
    _presence: Presence,
}

impl Pieces {
    pub(super) fn new(
        request: RequestId,
        queue: mpsc::UnboundedReceiver<Bytes>,
        letters: mpsc::Sender<Letter>,
        broken: Arc<AtomicBool>,
        presence: Presence,
    ) -> Self {
        Self {
            request,
            queue,
            letters,
            broken,
            ended: false,
            _presence: presence,
        }
    }

    /// The next piece; `None` at the end, an error when the body broke off. Taking a piece lets the
    /// Run send more.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, std::io::Error>> {
        match self.queue.recv().await {
            Some(piece) => {
                let bytes = u32::try_from(piece.len()).unwrap_or(u32::MAX);
                let taken = Command::Taken(self.request, bytes);
                let _ = self.letters.send(taken.into()).await;
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
            send_late(&self.letters, Command::Gone(self.request));
        }
    }
}

/// The server's side of a WebSocket: what came from the client goes in by its methods, what is for
/// the client lies framed in [`Socket::outbox`].
pub(crate) struct Socket {
    id: SocketId,
    /// Frames for the client, and how to end.
    pub(crate) outbox: Arc<Outbox>,
    /// What holds for it.
    pub(crate) terms: SocketTerms,
    letters: mpsc::Sender<Letter>,
    closed: bool,
    _presence: Presence,
}

impl Socket {
    pub(super) fn new(
        id: SocketId,
        outbox: Arc<Outbox>,
        terms: SocketTerms,
        letters: mpsc::Sender<Letter>,
        presence: Presence,
    ) -> Self {
        Self {
            id,
            outbox,
            terms,
            letters,
            closed: false,
            _presence: presence,
        }
    }

    /// Hands on a message; waits when the sandbox is behind.
    pub(crate) async fn message(&self, payload: Payload) -> Result<(), SandboxGone> {
        // A place is waited for first: the future has no room for a command, and there are many of it.
        let place = self.letters.reserve().await.map_err(|_| SandboxGone)?;
        place.send(Command::Message(self.id, payload).into());
        Ok(())
    }

    /// Hands on a ping or a pong where the Run wants to hear of it; waits when the sandbox is behind.
    pub(crate) async fn beat(&self, payload: Vec<u8>, pong: bool) -> Result<(), SandboxGone> {
        if self.terms.beats {
            let place = self.letters.reserve().await.map_err(|_| SandboxGone)?;
            place.send(Command::Beat(self.id, payload, pong).into());
        }
        Ok(())
    }

    /// Tells the learner something about this socket; once for each Run.
    pub(crate) async fn tell(&self, sentence: String) {
        let _ = self
            .letters
            .send(Command::Changed(sentence.into()).into())
            .await;
    }

    /// Tells that the client closed, or that its connection is gone (1006).
    pub(crate) async fn closed(mut self, code: u16, reason: String) {
        self.closed = true;
        let command = Command::Closed(self.id, code, reason);
        let _ = self.letters.send(command.into()).await;
    }

    /// Tells that so many bytes of what the Run sent have gone out.
    pub(crate) async fn written(&self, bytes: u32) {
        let written = Command::Written(self.id, bytes);
        let _ = self.letters.send(written.into()).await;
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if !self.closed {
            let command = Command::Closed(self.id, 1006, String::new());
            send_late(&self.letters, command);
        }
    }
}
