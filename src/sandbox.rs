//! Sandboxes: the live thing that a draft runs in: an address, clients, a wire log, at most one
//! Run.
//!
//! [`Sandbox`] is the handle that the web holds; behind it, a task of its own ([`shell`]) owns the
//! Run's process and the clients' queues. What happens is decided in one pure function,
//! [`state::State::apply`]: an event in, actions out. What the learner watches (status, console,
//! wire) is the [`feed`].
//!
//! A sandbox's life: made by [`registry::Sandboxes::open`] when its owner's page or a request at its
//! address needs it; its Run starts with the owner's press of Run, or by itself with the first
//! request; a Run without clients for a quarter of an hour is put to sleep; a sandbox that has had no
//! Run and nobody there for [`registry::FORGET_AFTER`] is let go; the last handle's end is the end of
//! the task and of the Run.

pub mod addresses;
mod answer;
mod broadcast;
mod clients;
mod command;
pub mod entry;
pub mod eventstream;
pub mod feed;
pub mod frame;
#[cfg(test)]
mod narrow;
pub mod outbox;
pub mod registry;
mod rest;
mod shell;
pub mod state;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::engine::message::RequestId;
use crate::engine::{Engine, Limits};
use crate::project::Project;

pub use answer::{Answer, Pieces, ResponseHead, Socket};
use command::{Command, send_late};
use feed::Feed;
use rest::Rest;
pub use state::{Head, Outcome, Served, Unavailable};

/// A learner's server has so long for the beginning of its answer; a stream may then go on for as
/// long as it likes. Browsers and proxies give up after a minute or more.
pub const ANSWER_WITHIN: Duration = Duration::from_mins(1);

/// A handle to one live sandbox; cheap to clone.
#[derive(Clone)]
pub struct Sandbox {
    commands: mpsc::Sender<Command>,
    feed: Arc<Feed>,
    rest: Arc<Rest>,
    /// The number of the next request.
    requests: Arc<AtomicU32>,
    /// How long each request waits before it is put to the Run, in milliseconds.
    delay: Arc<AtomicU32>,
}

/// The sandbox's task is gone: the program is shutting down.
#[derive(Debug, thiserror::Error)]
#[error("this sandbox is shutting down: try again in a moment")]
pub struct SandboxGone;

/// A request whose answer is still awaited.
struct Waiting<'a> {
    request: RequestId,
    commands: Option<&'a mpsc::Sender<Command>>,
}

impl Waiting<'_> {
    fn answered(mut self) {
        self.commands = None;
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(commands) = self.commands {
            let request = self.request;
            send_late(commands, Command::Gone { request });
        }
    }
}

impl Sandbox {
    /// Makes a sandbox; `project` is what the first request starts when nobody pressed Run before.
    #[must_use]
    pub fn new(engine: Engine, limits: Limits, url: String, project: Project) -> Self {
        Self::with_feed(engine, limits, url, project, Feed::default())
    }

    /// The same, with a feed that keeps more or less.
    #[must_use]
    pub fn with_feed(
        engine: Engine,
        limits: Limits,
        url: String,
        project: Project,
        feed: Feed,
    ) -> Self {
        let (commands, inbox) = mpsc::channel(command::INBOX);
        let feed = Arc::new(feed);
        let rest = Arc::new(Rest::default());
        tokio::spawn(shell::live(shell::Parts {
            engine,
            limits,
            url,
            project,
            inbox,
            commands: commands.downgrade(),
            feed: feed.clone(),
            rest: rest.clone(),
        }));
        Self {
            commands,
            feed,
            rest,
            requests: Arc::default(),
            delay: Arc::default(),
        }
    }

    /// Starts `project` in place of what runs now; resolves when it answers or has failed.
    pub async fn run(&self, project: Project) -> Result<Outcome, SandboxGone> {
        let (reply, outcome) = oneshot::channel();
        self.send(Command::Run { project, reply }).await?;
        outcome.await.map_err(|_| SandboxGone)
    }

    /// Puts `project` in place of what the next start runs, without starting it.
    pub async fn keep(&self, project: Project) -> Result<(), SandboxGone> {
        self.send(Command::Keep { project }).await
    }

    /// Tells the watchers that the draft was saved.
    pub async fn saved(&self, version: u64) -> Result<(), SandboxGone> {
        self.send(Command::Saved { version }).await
    }

    /// Ends the Run; the sandbox answers 503 until it is started again.
    pub async fn stop(&self) -> Result<(), SandboxGone> {
        self.send(Command::Stop).await
    }

    /// Breaks the sockets and streams of the client of this name, or of all, as a lost line would.
    pub async fn cut(&self, client: Option<String>) -> Result<(), SandboxGone> {
        self.send(Command::Cut { client }).await
    }

    /// Has each request from now on wait so long before it is put to the Run.
    pub fn delay(&self, long: Duration) {
        let milliseconds = u32::try_from(long.as_millis()).unwrap_or(u32::MAX);
        self.delay.store(milliseconds, Ordering::Relaxed);
    }

    /// Asks the learner's server. Dropping the future tells the server that the client is gone.
    pub async fn request(&self, head: Head, body: Vec<u8>) -> Result<Answer, SandboxGone> {
        let delay = self.delay.load(Ordering::Relaxed);
        if delay > 0 {
            tokio::time::sleep(Duration::from_millis(delay.into())).await;
        }
        let request = RequestId(self.requests.fetch_add(1, Ordering::Relaxed));
        let (reply, mut answer) = oneshot::channel();
        self.send(Command::Request {
            request,
            head: Box::new(head),
            body,
            reply,
        })
        .await?;
        let waiting = Waiting {
            request,
            commands: Some(&self.commands),
        };
        let answer = tokio::select! {
            answer = &mut answer => answer,
            () = tokio::time::sleep(ANSWER_WITHIN) => {
                self.send(Command::Late { request }).await?;
                answer.await
            }
        };
        waiting.answered();
        answer.map_err(|_| SandboxGone)
    }

    /// Records a response that the gateway gave by itself (a library's file), for the wire.
    pub async fn record(&self, served: Served) {
        let _ = self.commands.send(Command::Served(Box::new(served))).await;
    }

    /// What the learner watches.
    #[must_use]
    pub fn feed(&self) -> &Arc<Feed> {
        &self.feed
    }

    /// Whether it has had no Run for so long, and nobody but the caller holds or watches it.
    fn is_forsaken(&self, since: Duration) -> bool {
        // The feed is held by the sandbox's task, by each handle and by each watcher; the way in by
        // each handle and by each socket and stream.
        let alone = Arc::strong_count(&self.feed) == 2 && self.commands.strong_count() == 1;
        alone && self.rest.has_lasted(since)
    }

    /// Whether it has had no Run for [`registry::PORT_RESTS`], and nobody but the registry and the caller
    /// holds or watches it. It may keep its port, but another may have it.
    fn is_forsaken_by_others(&self) -> bool {
        let alone = Arc::strong_count(&self.feed) == 3 && self.commands.strong_count() == 2;
        alone && self.rest.has_lasted(registry::PORT_RESTS)
    }

    async fn send(&self, command: Command) -> Result<(), SandboxGone> {
        self.commands.send(command).await.map_err(|_| SandboxGone)
    }
}
