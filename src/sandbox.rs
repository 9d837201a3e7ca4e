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
//! Run and nobody there for [`registry::LET_GO_AFTER_SLEEPS`] times as long is let go; the last handle's end is
//! the end of the task and of the Run.

pub(crate) mod addresses;
mod broadcast;
mod clients;
mod coming;
pub(crate) mod entry;
pub(crate) mod eventstream;
pub(crate) mod feed;
pub(crate) mod frame;
mod inbox;
mod lives;
pub(crate) mod meter;
#[cfg(test)]
mod narrow;
mod occupancy;
pub(crate) mod outbox;
pub(crate) mod places;
pub(crate) mod registry;
mod response;
mod shell;
pub(crate) mod state;
mod timers;
mod upload;
pub(crate) mod waiting;
pub(crate) mod withheld;
mod work;

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use crate::budget::Who;
use crate::engine::message::RequestId;
use crate::engine::{Engine, Limits};
use crate::project::Project;

use feed::Feed;
use inbox::{Letter, Waiter, send_late};
use meter::{Meter, SandboxFigures, Whose};
use occupancy::{Occupancy, Presence};
use places::Places;
pub(crate) use response::{Pieces, ResponseHead, SandboxResponse, Socket};
use state::Command;
pub(crate) use state::{
    Composed, InjectedFault, NoRestart, OpenLines, RequestHead, Served, StartOutcome, Unavailable,
};
use upload::Upload;
pub(crate) use upload::{BrokenOff, Rest};
use waiting::Waiting;

/// A learner's server has so long for the beginning of its answer, from the end of the request on; a stream may then go on for as
/// long as it likes. Browsers and proxies give up after a minute or more.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_mins(1);

/// A sandbox's task has so long to take a command that ends its Run.
const TAKEN_WITHIN: Duration = Duration::from_millis(500);

/// A handle to one live sandbox, whose holder counts as present; cheap to clone.
#[derive(Clone)]
pub(crate) struct Sandbox {
    live: Arc<Live>,
    _presence: Presence,
}

/// What all handles to one sandbox share. Who holds this alone is not present.
struct Live {
    letters: mpsc::Sender<Letter>,
    feed: Arc<Feed>,
    occupancy: Arc<Occupancy>,
    /// The number of the next request.
    requests: AtomicU32,
    /// Bytes of the kept project.
    project: AtomicUsize,
    /// What its Runs may use.
    limits: Limits,
    /// What it uses.
    meter: Arc<Meter>,
}

/// A sandbox's feed, whose watcher counts as present. It does not keep the sandbox's task alive.
pub(crate) struct Watcher {
    feed: Arc<Feed>,
    _presence: Presence,
}

impl Deref for Watcher {
    type Target = Feed;

    fn deref(&self) -> &Feed {
        &self.feed
    }
}

/// What a sandbox shares with others; nothing, where it stands alone.
#[derive(Default)]
struct Company {
    /// Where its Runs take their owner's place.
    places: Option<(Places, Option<Who>)>,
    /// Where what waits for its clients is counted among what waits for those of others.
    waiting: Option<Arc<Waiting>>,
    whose: Option<Whose>,
}

/// The sandbox's task is gone: the program is shutting down.
#[derive(Debug, thiserror::Error)]
#[error("this sandbox is shutting down: try again in a moment")]
pub(crate) struct SandboxGone;

/// A request whose answer is still awaited.
struct Awaited<'a> {
    request: RequestId,
    letters: Option<&'a mpsc::Sender<Letter>>,
}

impl Awaited<'_> {
    fn answered(mut self) {
        self.letters = None;
    }
}

impl Drop for Awaited<'_> {
    fn drop(&mut self) {
        if let Some(letters) = self.letters {
            send_late(letters, Command::Gone(self.request));
        }
    }
}

impl Live {
    fn new(
        letters: mpsc::Sender<Letter>,
        feed: Feed,
        limits: Limits,
        whose: Option<Whose>,
    ) -> Arc<Self> {
        Arc::new(Self {
            letters,
            feed: Arc::new(feed),
            occupancy: Occupancy::vacant(),
            requests: AtomicU32::default(),
            project: AtomicUsize::default(),
            limits,
            meter: Arc::new(Meter::of(whose)),
        })
    }

    /// Bytes that it holds, about: the project, the feed, and something for the rest.
    fn weight(&self) -> usize {
        const REST: usize = 8 * 1024;
        REST + self.project.load(Ordering::Relaxed) + self.feed.bytes()
    }

    /// What it uses now.
    fn figures(&self, id: &str) -> SandboxFigures {
        self.meter
            .figures(id, self.requests.load(Ordering::Relaxed))
    }

    /// A handle for whoever comes.
    fn visit(self: &Arc<Self>) -> Sandbox {
        Sandbox {
            live: Arc::clone(self),
            _presence: self.occupancy.enter(),
        }
    }
}

impl Sandbox {
    /// Makes a sandbox; `project` is what the first request starts when nobody pressed Run before.
    #[must_use]
    pub(crate) fn new(engine: Engine, limits: Limits, url: String, project: Project) -> Self {
        Self::among(
            Company::default(),
            engine,
            limits,
            url,
            project,
            Feed::default(),
        )
    }

    /// The same among others, with a feed that keeps more or less.
    #[must_use]
    fn among(
        Company {
            places,
            waiting,
            whose,
        }: Company,
        engine: Engine,
        limits: Limits,
        url: String,
        project: Project,
        feed: Feed,
    ) -> Self {
        let (letters, inbox) = mpsc::channel(inbox::INBOX);
        let live = Live::new(letters, feed, limits.clone(), whose);
        live.project.store(project.bytes(), Ordering::Relaxed);
        tokio::spawn(shell::live(shell::Parts {
            places,
            waiting: Waiting::sandbox(&limits, waiting),
            engine,
            limits,
            url,
            project,
            inbox,
            letters: live.letters.downgrade(),
            feed: Arc::clone(&live.feed),
            occupancy: Arc::clone(&live.occupancy),
            meter: Arc::clone(&live.meter),
        }));
        live.visit()
    }

    /// One that does nothing, for tests of who holds it.
    #[cfg(test)]
    pub(crate) fn dormant() -> Self {
        let (letters, _) = mpsc::channel(1);
        Live::new(letters, Feed::default(), Limits::default(), None).visit()
    }

    /// Starts `project` in place of what runs now; resolves when it answers or has failed.
    pub(crate) async fn run(&self, project: Project) -> Result<StartOutcome, SandboxGone> {
        self.live.project.store(project.bytes(), Ordering::Relaxed);
        let (reply, outcome) = oneshot::channel();
        self.post(Letter {
            command: Command::Run(project),
            waiter: Waiter::StartOutcome(reply),
        })
        .await?;
        outcome.await.map_err(|_| SandboxGone)
    }

    /// Puts `project` in place of what the next start runs, without starting it.
    pub(crate) async fn keep(&self, project: Project) -> Result<(), SandboxGone> {
        self.live.project.store(project.bytes(), Ordering::Relaxed);
        self.send(Command::Keep(project)).await
    }

    /// From now on a Run that has died is followed by another one, with the next request.
    pub(crate) async fn revive(&self) -> Result<(), SandboxGone> {
        self.send(Command::Revive).await
    }

    /// From now on watchers are told when the server works, and whether it may soon do so by itself.
    pub(crate) async fn tell_work(&self) -> Result<(), SandboxGone> {
        self.send(Command::TellWork).await
    }

    /// Tells the watchers that the draft was saved.
    pub(crate) async fn saved(&self, version: u64) -> Result<(), SandboxGone> {
        self.send(Command::Saved(version)).await
    }

    /// Ends the Run; the sandbox answers 503 until it is started again.
    pub(crate) async fn stop(&self) -> Result<(), SandboxGone> {
        self.send(Command::Stop).await
    }

    /// Ends the Run for whoever runs the site; only the learner's Run starts it again. Whether there was one. A Run
    /// that does not read has no commands taken behind it, and is killed.
    pub(crate) async fn end_for_operator(&self) -> Result<bool, SandboxGone> {
        let meter = &self.live.meter;
        let had_run = meter.has_run();
        let told = self.send(Command::StopForOperator);
        if let Ok(told) = tokio::time::timeout(TAKEN_WITHIN, told).await {
            told?;
        }
        let late = Instant::now() + TAKEN_WITHIN;
        while meter.has_run() {
            if Instant::now() > late {
                meter.kill();
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(had_run)
    }

    /// Has a new sandbox begin as one whose Run an operator has ended.
    fn begin_stopped(&self) {
        send_late(&self.live.letters, Command::StopForOperator);
    }

    /// Breaks the sockets and streams of the client of this name, or of all, as a lost line would.
    pub(crate) async fn cut(&self, client: Option<String>) -> Result<(), SandboxGone> {
        self.send(Command::Cut(client)).await
    }

    /// Sends on a line in the place of one of its ends; whether that line was open and took it.
    pub(crate) async fn compose(&self, composed: Composed) -> Result<bool, SandboxGone> {
        let (reply, is_open) = oneshot::channel();
        let command = Command::Compose(composed);
        let waiter = Waiter::Done(reply);
        self.post(Letter { command, waiter }).await?;
        is_open.await.map_err(|_| SandboxGone)
    }

    /// Has a fault happen that the learner asks for, or says why it could not.
    pub(crate) async fn inject(
        &self,
        fault: InjectedFault,
    ) -> Result<Result<(), NoRestart>, SandboxGone> {
        let (reply, injected) = oneshot::channel();
        let command = Command::Inject(fault);
        let waiter = Waiter::Injected(reply);
        self.post(Letter { command, waiter }).await?;
        injected.await.map_err(|_| SandboxGone)
    }

    /// Who has connections open.
    pub(crate) async fn open_lines(&self) -> Result<Vec<OpenLines>, SandboxGone> {
        let (reply, lines) = oneshot::channel();
        let command = Command::Lines;
        let waiter = Waiter::Lines(reply);
        self.post(Letter { command, waiter }).await?;
        lines.await.map_err(|_| SandboxGone)
    }

    /// Has each request from now on wait so long before it is put to the Run.
    pub(crate) async fn delay(&self, long: Duration) -> Result<(), SandboxGone> {
        let long = (!long.is_zero()).then_some(long);
        self.send(Command::Delay(long)).await
    }

    /// Whether any page may show it in a frame: a visitor's runs a snapshot, and holds nothing of anybody's.
    #[must_use]
    pub(crate) fn is_open_to_frames(&self) -> bool {
        self.live.meter.is_visitors()
    }

    /// Whether a check is played in it, which acts in the pages of its clients.
    #[must_use]
    pub(crate) fn is_checks(&self) -> bool {
        self.live.meter.is_checks()
    }

    /// What its Runs may use.
    #[must_use]
    pub(crate) fn limits(&self) -> &Limits {
        &self.live.limits
    }

    /// Asks the learner's server; `rest` comes behind `body`, where it is long. Dropping the future tells the server
    /// that the client is gone.
    pub(crate) async fn request(
        &self,
        head: RequestHead,
        body: Vec<u8>,
        rest: Option<Rest>,
    ) -> Result<SandboxResponse, SandboxGone> {
        let request = RequestId(self.live.requests.fetch_add(1, Ordering::Relaxed));
        let (reply, answer) = oneshot::channel();
        let command = Command::Request {
            request,
            head: Box::new(head),
            body,
            more: rest.is_some(),
        };
        let upload = rest.map(|rest| Upload::new(request, rest, self.live.letters.clone()));
        let admitted = upload.as_ref().map(|it| Arc::clone(&it.admitted));
        let waiter = Waiter::Answer(request, reply, admitted);
        self.post(Letter { command, waiter }).await?;
        let awaited = Awaited {
            request,
            letters: Some(&self.live.letters),
        };
        let answer = self.answer(request, answer, upload).await?;
        awaited.answered();
        Ok(answer)
    }

    /// Waits for an answer, for so long from the end of the request's body on.
    async fn answer(
        &self,
        request: RequestId,
        mut answer: oneshot::Receiver<SandboxResponse>,
        upload: Option<Upload>,
    ) -> Result<SandboxResponse, SandboxGone> {
        let patience = async {
            if let Some(upload) = upload {
                // A task of its own: it goes on behind an answer that came before the body's end.
                let _ = tokio::spawn(upload.carry()).await;
            }
            tokio::time::sleep(ANSWER_WITHIN).await;
        };
        let answer = tokio::select! {
            answer = &mut answer => answer,
            () = patience => {
                self.send(Command::Late(request)).await?;
                answer.await
            }
        };
        answer.map_err(|_| SandboxGone)
    }

    /// Records a response that the gateway gave by itself (a library's file), for the wire.
    pub(crate) async fn record(&self, served: Served) {
        // One that is shutting down has no wire any more.
        let _ = self.send(Command::Served(Box::new(served))).await;
    }

    /// Tells the learner what the gateway changed in an answer of the learner's server; once a Run.
    pub(crate) async fn changed(&self, sentence: String) {
        // One that is shutting down has no console any more.
        let _ = self.send(Command::Changed(sentence.into())).await;
    }

    /// What the learner watches.
    #[must_use]
    pub(crate) fn feed(&self) -> &Feed {
        &self.live.feed
    }

    /// The same, for whoever stays to watch.
    #[must_use]
    pub(crate) fn watch(&self) -> Watcher {
        Watcher {
            feed: Arc::clone(&self.live.feed),
            _presence: self.live.occupancy.enter(),
        }
    }

    async fn send(&self, command: Command) -> Result<(), SandboxGone> {
        self.post(command.into()).await
    }

    async fn post(&self, letter: Letter) -> Result<(), SandboxGone> {
        let posted = self.live.letters.send(letter).await;
        posted.map_err(|_| SandboxGone)
    }
}
