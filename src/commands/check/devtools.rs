//! The DevTools protocol over two pipes (`--remote-debugging-pipe`): each message is JSON and ends with a
//! NUL byte.
//!
//! [`DevTools::ask`] sends a command and waits for the answer with its number. Events are not heeded.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::{Mutex, MutexGuard};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

/// Why a command has no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    /// The browser has closed its pipe.
    #[error("the browser is gone")]
    Gone,
    /// The browser knows better.
    #[error("the browser refused {command}: {message}")]
    Refused { command: String, message: String },
}

/// A browser's end of the protocol. What reads and writes ends with it.
pub(super) struct DevTools {
    commands: mpsc::UnboundedSender<String>,
    waiting: Arc<PendingCommands>,
    next: AtomicU64,
    _tasks: JoinSet<()>,
}

/// Who waits for which answer; none once the browser is gone.
struct PendingCommands(Mutex<Option<HashMap<u64, oneshot::Sender<DevToolsMessage>>>>);

/// What the browser says: an answer with a number, or an event without one.
#[derive(Deserialize)]
struct DevToolsMessage {
    id: Option<u64>,
    #[serde(default)]
    result: Value,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
}

impl DevTools {
    /// Speaks with the browser that reads `commands` and writes `messages`.
    pub(super) fn over(
        commands: impl AsyncWrite + Unpin + Send + 'static,
        messages: impl AsyncRead + Unpin + Send + 'static,
    ) -> Self {
        let (sender, queue) = mpsc::unbounded_channel();
        let waiting = Arc::new(PendingCommands(Mutex::new(Some(HashMap::new()))));
        let mut tasks = JoinSet::new();
        tasks.spawn(write(queue, commands));
        tasks.spawn(read(messages, waiting.clone()));
        Self {
            commands: sender,
            waiting,
            next: AtomicU64::new(1),
            _tasks: tasks,
        }
    }

    /// The result of a command to the browser, or to the page of a session.
    pub(super) async fn ask(
        &self,
        session: Option<&str>,
        command: &str,
        params: Value,
    ) -> Result<Value, Unanswered> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let answer = self.waiting.add(id)?;
        self.commands
            .send(message(id, session, command, &params))
            .map_err(|_| Unanswered::Gone)?;
        let answer = answer.await.map_err(|_| Unanswered::Gone)?;
        match answer.error {
            None => Ok(answer.result),
            Some(Refusal { message }) => Err(Unanswered::Refused {
                command: command.to_owned(),
                message,
            }),
        }
    }
}

impl PendingCommands {
    fn add(&self, id: u64) -> Result<oneshot::Receiver<DevToolsMessage>, Unanswered> {
        let (sender, receiver) = oneshot::channel();
        let mut waiting = self.lock();
        waiting.as_mut().ok_or(Unanswered::Gone)?.insert(id, sender);
        Ok(receiver)
    }

    fn answer(&self, message: DevToolsMessage) {
        let Some(id) = message.id else { return };
        let waiting = self.lock().as_mut().and_then(|all| all.remove(&id));
        // One who no longer waits needs no answer.
        let _ = waiting.map(|waiting| waiting.send(message));
    }

    fn lock(&self) -> MutexGuard<'_, Option<HashMap<u64, oneshot::Sender<DevToolsMessage>>>> {
        self.0.lock()
    }
}

async fn write(mut queue: mpsc::UnboundedReceiver<String>, mut to: impl AsyncWrite + Unpin) {
    while let Some(message) = queue.recv().await {
        // A browser that is gone is told of by the other pipe.
        if to.write_all(message.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn read(from: impl AsyncRead + Unpin, waiting: Arc<PendingCommands>) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    while matches!(from.read_until(0, &mut bytes).await, Ok(count) if count > 0) {
        let json = bytes.strip_suffix(&[0]).unwrap_or(&bytes);
        match serde_json::from_slice::<DevToolsMessage>(json) {
            Ok(message) => waiting.answer(message),
            Err(error) => tracing::warn!(%error, "the browser said what is no message"),
        }
        bytes.clear();
    }
    waiting.lock().take();
}

fn message(id: u64, session: Option<&str>, command: &str, params: &Value) -> String {
    let mut message = json!({ "id": id, "method": command, "params": params });
    if let Some(session) = session {
        message["sessionId"] = session.into();
    }
    format!("{message}\0")
}

#[cfg(test)]
#[path = "devtools_tests.rs"]
mod tests;
