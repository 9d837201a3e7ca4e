//! The DevTools protocol over two pipes (`--remote-debugging-pipe`): each message is JSON and ends with a
//! NUL byte.
//!
//! [`DevTools::ask`] sends a command and waits for the answer with its number. Of events one is heeded: a
//! page or a frame in a process of its own that was attached is told to believe that it has the focus,
//! whichever window has it, and to attach its own frames.

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

/// What the browser says: an answer with a number, or an event with a name.
#[derive(Deserialize)]
struct DevToolsMessage {
    id: Option<u64>,
    #[serde(default)]
    result: Value,
    error: Option<Refusal>,
    #[serde(default)]
    method: String,
    #[serde(default)]
    params: Value,
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
        tasks.spawn(read(messages, waiting.clone(), sender.clone()));
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

    fn answer(&self, id: u64, message: DevToolsMessage) {
        let waiting = self.lock().as_mut().and_then(|all| all.remove(&id));
        // A command to an attached frame has nobody who waits.
        if let Some(waiting) = waiting {
            // One who no longer waits needs no answer.
            let _ = waiting.send(message);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<HashMap<u64, oneshot::Sender<DevToolsMessage>>>> {
        self.0.lock()
    }
}

/// What is asked of a page so that its frames in other processes are told the same as itself.
pub(super) fn attach_frames() -> (&'static str, Value) {
    let params = json!({ "autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true });
    ("Target.setAutoAttach", params)
}

/// What makes a page believe that it has the focus.
pub(super) fn focus() -> (&'static str, Value) {
    let params = json!({ "enabled": true });
    ("Emulation.setFocusEmulationEnabled", params)
}

async fn write(mut queue: mpsc::UnboundedReceiver<String>, mut to: impl AsyncWrite + Unpin) {
    while let Some(message) = queue.recv().await {
        // A browser that is gone is told of by the other pipe.
        if to.write_all(message.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn read(
    from: impl AsyncRead + Unpin,
    waiting: Arc<PendingCommands>,
    commands: mpsc::UnboundedSender<String>,
) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    while matches!(from.read_until(0, &mut bytes).await, Ok(count) if count > 0) {
        let json = bytes.strip_suffix(&[0]).unwrap_or(&bytes);
        match serde_json::from_slice::<DevToolsMessage>(json) {
            Ok(message) => heed(message, &waiting, &commands),
            Err(error) => tracing::warn!(%error, "the browser said what is no message"),
        }
        bytes.clear();
    }
    waiting.lock().take();
}

fn heed(
    message: DevToolsMessage,
    waiting: &PendingCommands,
    commands: &mpsc::UnboundedSender<String>,
) {
    if let Some(id) = message.id {
        return waiting.answer(id, message);
    }
    let is_frame = message.params["targetInfo"]["type"] == "iframe";
    if message.method != "Target.attachedToTarget" || !is_frame {
        return;
    }
    let session = message.params["sessionId"].as_str();
    for (command, params) in [focus(), attach_frames()] {
        // Number 0 waits for nothing: a frame may be gone before it is told.
        let _ = commands.send(self::message(0, session, command, &params));
    }
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
