//! What the web tells a sandbox's task.

use tokio::sync::{mpsc, oneshot};

use super::Answer;
use super::state::{Head, Outcome, Served};
use crate::engine::message::{Payload, RequestId, SocketId};
use crate::project::Project;

/// How many commands wait for a sandbox before who sends them has to wait.
pub const INBOX: usize = 256;

/// What the web tells a sandbox.
pub enum Command {
    /// Start a project.
    Run {
        /// Which.
        project: Project,
        /// Who waits for the outcome.
        reply: oneshot::Sender<Outcome>,
    },
    /// Keep a project for the next start.
    Keep {
        /// Which.
        project: Project,
    },
    /// End the Run.
    Stop,
    /// Break the lines of the client of this name, or of all.
    Cut {
        /// As the wire names it.
        client: Option<String>,
    },
    /// The draft was saved.
    Saved {
        /// Its version.
        version: u64,
    },
    /// Answer a request.
    Request {
        /// Its number.
        request: RequestId,
        /// Its head; apart, so that the commands of WebSockets, of which many may wait, are small.
        head: Box<Head>,
        /// Its whole body.
        body: Vec<u8>,
        /// Who waits for the answer.
        reply: oneshot::Sender<Answer>,
    },
    /// The gateway answered by itself.
    Served(Box<Served>),
    /// A client went away before its response ended.
    Gone {
        /// Which request.
        request: RequestId,
    },
    /// A request has waited for its answer for too long.
    Late {
        /// Which request.
        request: RequestId,
    },
    /// A client took a piece of a streamed body.
    Taken {
        /// Which request.
        request: RequestId,
        /// How many bytes.
        bytes: u32,
    },
    /// A WebSocket message.
    Message {
        /// From whom.
        socket: SocketId,
        /// Text or binary.
        payload: Payload,
    },
    /// A WebSocket is closed or gone.
    Closed {
        /// Which.
        socket: SocketId,
        /// The close code.
        code: u16,
        /// The close reason.
        reason: String,
    },
    /// What the Run sent to a WebSocket has gone out.
    Written {
        /// Which.
        socket: SocketId,
        /// How many bytes since it was last told.
        bytes: u32,
    },
}

/// Sends from a place that cannot wait; a full queue is waited for in a task of its own.
pub(super) fn send_late(commands: &mpsc::Sender<Command>, command: Command) {
    if let Err(mpsc::error::TrySendError::Full(command)) = commands.try_send(command)
        && let Ok(runtime) = tokio::runtime::Handle::try_current()
    {
        let commands = commands.clone();
        runtime.spawn(async move {
            let _ = commands.send(command).await;
        });
    }
}
