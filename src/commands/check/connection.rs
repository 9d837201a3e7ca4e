//! What leads a browser: numbered commands, each with one answer, as JSON.
//!
//! Chromium speaks the DevTools protocol over two pipes ([`Connection::over_pipes`]), Firefox speaks WebDriver BiDi over
//! a WebSocket ([`Connection::over_socket`]). [`Connection::ask`] sends a command and waits for the answer with its
//! number. Events are not heeded.

mod pipes;
mod socket;

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::{Mutex, MutexGuard};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

/// Why a command has no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    /// The browser has closed the connection.
    #[error("the browser is gone")]
    Gone,
    /// The browser knows better.
    #[error("the browser refused {command}: {message}")]
    Refused { command: String, message: String },
}

/// Our end of the connection. What reads and writes ends with it.
pub(super) struct Connection {
    commands: mpsc::UnboundedSender<String>,
    waiting: PendingCommands,
    next: AtomicU64,
    _tasks: JoinSet<()>,
}

/// Who waits for which answer; none once the browser is gone.
#[derive(Clone)]
struct PendingCommands(Arc<Mutex<Option<Waiting>>>);

type Waiting = HashMap<u64, oneshot::Sender<Answer>>;

/// A result, or the sentence of a refusal.
type Answer = Result<Value, String>;

/// What the browser says: an answer with a number, or an event without one.
#[derive(Deserialize)]
struct BrowserMessage {
    id: Option<u64>,
    #[serde(default)]
    result: Value,
    /// What was wrong: in DevTools an object with a sentence in it, in BiDi a code.
    error: Option<Value>,
    /// BiDi's sentence about the error.
    message: Option<String>,
}

impl Connection {
    /// With a browser that reads from `commands` and writes `messages`.
    pub(super) fn over_pipes(
        commands: impl AsyncWrite + Unpin + Send + 'static,
        messages: impl AsyncRead + Unpin + Send + 'static,
    ) -> Self {
        Self::new(|queue, waiting, tasks| {
            tasks.spawn(pipes::write(queue, commands));
            tasks.spawn(pipes::read(messages, waiting));
        })
    }

    /// With a browser that has a WebSocket for commands at `port` of this machine.
    pub(super) async fn over_socket(port: u16) -> io::Result<Self> {
        let (messages, commands) = socket::open(port).await?;
        Ok(Self::new(|queue, waiting, tasks| {
            tasks.spawn(socket::write(queue, commands));
            tasks.spawn(socket::read(messages, waiting));
        }))
    }

    fn new(
        start: impl FnOnce(mpsc::UnboundedReceiver<String>, PendingCommands, &mut JoinSet<()>),
    ) -> Self {
        let (commands, queue) = mpsc::unbounded_channel();
        let waiting = PendingCommands::default();
        let mut tasks = JoinSet::new();
        start(queue, waiting.clone(), &mut tasks);
        Self {
            commands,
            waiting,
            next: AtomicU64::new(1),
            _tasks: tasks,
        }
    }

    /// The result of a command to the browser, or, in DevTools, to the page of a session.
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
        answer.map_err(|message| Unanswered::Refused {
            command: command.to_owned(),
            message,
        })
    }
}

impl Default for PendingCommands {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Some(HashMap::new()))))
    }
}

impl PendingCommands {
    fn add(&self, id: u64) -> Result<oneshot::Receiver<Answer>, Unanswered> {
        let (sender, receiver) = oneshot::channel();
        let mut waiting = self.lock();
        waiting.as_mut().ok_or(Unanswered::Gone)?.insert(id, sender);
        Ok(receiver)
    }

    /// Gives a message of the browser to whoever waits for it.
    fn hear(&self, json: &[u8]) {
        match serde_json::from_slice::<BrowserMessage>(json) {
            Ok(message) => self.answer(message),
            Err(error) => tracing::warn!(%error, "the browser said what is no message"),
        }
    }

    fn answer(&self, message: BrowserMessage) {
        let Some(id) = message.id else { return };
        let waiting = self.lock().as_mut().and_then(|all| all.remove(&id));
        // One who no longer waits needs no answer.
        let _ = waiting.map(|waiting| waiting.send(message.answer()));
    }

    /// The browser says nothing any more.
    fn end(&self) {
        self.lock().take();
    }

    fn lock(&self) -> MutexGuard<'_, Option<Waiting>> {
        self.0.lock()
    }
}

impl BrowserMessage {
    fn answer(self) -> Answer {
        let Some(error) = self.error else {
            return Ok(self.result);
        };
        let of_devtools = error["message"].as_str().map(ToOwned::to_owned);
        let sentence = self.message.or(of_devtools);
        Err(sentence.unwrap_or_else(|| error.to_string()))
    }
}

fn message(id: u64, session: Option<&str>, command: &str, params: &Value) -> String {
    let mut message = json!({ "id": id, "method": command, "params": params });
    if let Some(session) = session {
        message["sessionId"] = session.into();
    }
    message.to_string()
}

#[cfg(test)]
#[path = "connection_tests.rs"]
mod tests;
