//! The way in to a sandbox's task: commands, each with whoever waits for what comes of it.

use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc, oneshot};

use super::SandboxResponse;
use super::state::{Command, NoRestart, OpenLines, StartOutcome};
use crate::engine::message::RequestId;

/// How many letters wait for a sandbox before who sends them has to wait.
pub(super) const INBOX: usize = 256;

/// A command on its way.
pub(super) struct Letter {
    pub(super) command: Command,
    pub(super) waiter: Waiter,
}

/// Who waits.
pub(super) enum Waiter {
    Nobody,
    /// For how the Run's start went.
    StartOutcome(oneshot::Sender<StartOutcome>),
    /// For whether what was composed was sent.
    Done(oneshot::Sender<bool>),
    /// For whether a fault happens, or why not.
    Injected(oneshot::Sender<Result<(), NoRestart>>),
    /// For who has connections open.
    Lines(oneshot::Sender<Vec<OpenLines>>),
    /// For the answer to this request, and for leave to send more of its body, where more comes.
    Answer(
        RequestId,
        oneshot::Sender<SandboxResponse>,
        Option<Arc<Semaphore>>,
    ),
}

impl From<Command> for Letter {
    fn from(command: Command) -> Self {
        let waiter = Waiter::Nobody;
        Self { command, waiter }
    }
}

/// Sends from a place that cannot wait; a full queue is waited for in a task of its own.
pub(super) fn send_late(letters: &mpsc::Sender<Letter>, command: Command) {
    if let Err(mpsc::error::TrySendError::Full(letter)) = letters.try_send(command.into())
        && let Ok(runtime) = tokio::runtime::Handle::try_current()
    {
        let letters = letters.clone();
        runtime.spawn(async move {
            let _ = letters.send(letter).await;
        });
    }
}
