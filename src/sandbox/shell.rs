//! The task of one sandbox: waits for what happens, asks the state what to do, and does it.
//!
//! It owns the processes of its Runs (two for the moment in which a new one takes over), the answers
//! that clients wait for, and the clients' queues. It ends when the last handle is dropped; its Runs
//! end with it, and its clients see their lines end.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use futures_util::FutureExt;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep_until};

use super::clients::Clients;
use super::coming::{self, Coming};
use super::feed::Feed;
use super::frame;
use super::inbox::{Letter, Waiter};
use super::meter::Meter;
use super::occupancy::{Occupancy, Presence};
use super::places::{Activity, NoPlace, Place, Places};
use super::state::{
    Action, Command, Due, Event, Moment, NoRestart, OpenLines, Reply, RunNumber, StartOutcome,
    State,
};
use super::timers::Timers;
use super::waiting::Waiting;
use super::work::Work;
use super::{Pieces, ResponseHead, SandboxResponse, Socket};
use crate::budget::Who;
use crate::engine::message::{RequestId, ResponseBody, SocketId, ToRun};
use crate::engine::{Engine, Limits, Run, RunEnd, RunEvent, RunGone, RunSender, Starting};
use crate::project::Project;

/// What a sandbox's task starts with.
pub(super) struct Parts {
    /// Where its Run takes a place, and whose it is; without them there is always one.
    pub(super) places: Option<(Places, Option<Who>)>,
    /// Where is counted what waits for its clients.
    pub(super) waiting: Arc<Waiting>,
    /// Where Runs come from.
    pub(super) engine: Engine,
    /// What each Run may use.
    pub(super) limits: Limits,
    /// The sandbox's address.
    pub(super) url: String,
    /// What the first request starts.
    pub(super) project: Project,
    /// What comes from outside.
    pub(super) inbox: mpsc::Receiver<Letter>,
    /// For the clients' way back; weak, so that the task ends with the last handle.
    pub(super) letters: mpsc::WeakSender<Letter>,
    /// What the learner watches.
    pub(super) feed: Arc<Feed>,
    /// Where its Run and its clients are counted.
    pub(super) occupancy: Arc<Occupancy>,
    /// Where is counted what it uses.
    pub(super) meter: Arc<Meter>,
}

/// Lives until the last handle is dropped.
pub(super) async fn live(parts: Parts) {
    let mut inbox = parts.inbox;
    let mut shell = Shell {
        state: State::new(parts.project, parts.limits.clone()),
        engine: parts.engine,
        limits: parts.limits,
        url: parts.url,
        feed: parts.feed,
        letters: parts.letters,
        occupancy: parts.occupancy,
        meter: parts.meter,
        places: parts.places,
        place: None,
        activity: Arc::default(),
        present: None,
        work: Work::default(),
        coming: None,
        runs: [None, None],
        outcomes: HashMap::new(),
        done: None,
        injected: None,
        lines: None,
        timers: Timers::default(),
        answers: HashMap::new(),
        bodies: HashMap::new(),
        uploads: HashMap::new(),
        clients: Clients::new(parts.waiting),
    };
    let idle = shell.limits.idle;
    let mut quiet_at = Instant::now() + idle;
    for count in 1_u64.. {
        if count % IN_TURN == 0 {
            yield_now().await;
        }
        let quiet = shell.state.is_quiet();
        let spoke = shell.clients.has_unwritten();
        let senders = shell.senders();
        let [first, second] = &mut shell.runs;
        let event = tokio::select! {
            letter = next_letter(&mut inbox, &senders) => match letter {
                Some(letter) => {
                    quiet_at = Instant::now() + idle;
                    Some(shell.take(letter))
                }
                None => return,
            },
            starting = coming::turn(&mut shell.coming) => shell.begin(starting).await,
            event = said(first) => Some(event),
            event = said(second) => Some(event),
            due = shell.timers.next() => Some(Event::Due(due)),
            () = shell.work.is_due() => {
                shell.tell_work();
                None
            }
            () = sleep_until(quiet_at), if quiet => Some(Event::Quiet),
            // After all else that is ready, so that what comes meanwhile for a client goes out with the rest.
            () = yield_now(), if spoke => {
                shell.flush().await;
                None
            }
        };
        if let Some(event) = event {
            shell.tell_end(&event);
            shell.step(event).await;
        }
    }
}

/// So many events are dealt with before other tasks have their turn: what a loud server says is no reason for a page
/// to wait.
const IN_TURN: u64 = 32;

/// The next letter, as soon as the Runs have taken most of what they were sent: clients that send
/// faster than their server reads have to wait, and it is not ended for them.
async fn next_letter(
    inbox: &mut mpsc::Receiver<Letter>,
    senders: &[Option<RunSender>; 2],
) -> Option<Letter> {
    for sender in senders.iter().flatten() {
        sender.room().await;
    }
    inbox.recv().await
}

/// The next word of a Run; for ever if there is none.
async fn said(slot: &mut Option<(RunNumber, Run)>) -> Event {
    match slot {
        Some((number, run)) => match run.next().await {
            RunEvent::Message(message) => Event::Said(*number, message),
            RunEvent::Ended(end) => Event::Ended(*number, end),
        },
        None => std::future::pending().await,
    }
}

struct Shell {
    state: State,
    engine: Engine,
    limits: Limits,
    url: String,
    feed: Arc<Feed>,
    letters: mpsc::WeakSender<Letter>,
    occupancy: Arc<Occupancy>,
    meter: Arc<Meter>,
    places: Option<(Places, Option<Who>)>,
    /// The Run's, while there is one.
    place: Option<Place>,
    activity: Arc<Activity>,
    /// The Run's, while there is one.
    present: Option<Presence>,
    work: Work,
    /// The Run that waits for its turn to start.
    coming: Option<Coming>,
    runs: [Option<(RunNumber, Run)>; 2],
    outcomes: HashMap<RunNumber, oneshot::Sender<StartOutcome>>,
    /// Who waits for whether what is composed next was sent.
    done: Option<oneshot::Sender<bool>>,
    /// Who waits for whether the next fault happens.
    injected: Option<oneshot::Sender<Result<(), NoRestart>>>,
    /// Who asked who has connections open.
    lines: Option<oneshot::Sender<Vec<OpenLines>>>,
    /// What was put off.
    timers: Timers,
    answers: HashMap<RequestId, oneshot::Sender<SandboxResponse>>,
    bodies: HashMap<RequestId, StreamedBody>,
    uploads: HashMap<RequestId, Admission>,
    clients: Clients,
}

/// The shell's end of a streamed body. The state ends a Run that sends more than its client takes, so
/// the queue is bounded.
struct StreamedBody {
    pieces: mpsc::UnboundedSender<Bytes>,
    broken: Arc<AtomicBool>,
}

/// The shell's end of a request's body that comes in pieces; without it no more is sent.
struct Admission(Arc<Semaphore>);

impl Drop for Admission {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Shell {
    /// Registers the waiter for the command's result; drops the waiters of clients that are gone.
    fn take(&mut self, Letter { command, waiter }: Letter) -> Event {
        match waiter {
            Waiter::Nobody => {}
            Waiter::StartOutcome(reply) => {
                // The state numbers Runs from 1, one after the other.
                self.outcomes.insert(self.state.next_run(), reply);
            }
            Waiter::Done(reply) => self.done = Some(reply),
            Waiter::Injected(reply) => self.injected = Some(reply),
            Waiter::Lines(reply) => self.lines = Some(reply),
            Waiter::Answer(request, reply, admitted) => {
                self.answers.insert(request, reply);
                if let Some(admitted) = admitted {
                    self.uploads.insert(request, Admission(admitted));
                }
            }
        }
        match &command {
            Command::Request { body, .. } => self.meter.add(body.len()),
            Command::BodyPiece(_, bytes) => self.meter.add(bytes.len()),
            Command::Message(_, payload) => self.meter.add(payload.len()),
            Command::Gone(request) => {
                self.answers.remove(request);
                self.bodies.remove(request);
                self.uploads.remove(request);
                self.timers.forget(Due::Request(*request));
            }
            Command::Closed(socket, ..) => self.clients.remove(*socket),
            _ => {}
        }
        Event::Command(command)
    }

    /// Applies an event, and those that its actions bring about.
    async fn step(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for action in self.state.apply(event, now()) {
                events.extend(self.perform(action).await);
            }
        }
        for slot in &mut self.runs {
            slot.take_if(|(number, _)| !self.state.wants(*number));
        }
        self.coming
            .take_if(|coming| !self.state.wants(coming.number));
        if self.state.has_run() != self.present.is_some() {
            self.present = self.state.has_run().then(|| self.occupancy.enter());
        }
        if self.present.is_none() {
            self.place = None;
        }
        self.activity.set(self.state.is_quiet());
        self.meter.set_clients(self.state.clients());
    }

    /// Tells watchers whether a Run works that has been sent something.
    fn tell_work(&mut self) {
        let works = self.runs.iter().flatten().any(|(_, run)| run.is_at_work());
        if let Some(news) = self.work.see(works) {
            self.feed.push(news);
        }
    }

    /// Notes the end of a Run.
    fn tell_end(&self, event: &Event) {
        let Event::Ended(run, end) = event else {
            return;
        };
        tracing::debug!(sandbox = &self.url, run, ?end, "a Run ended");
        if let Some((places, _)) = &self.places {
            places.ends.count(end);
        }
    }

    /// Ends a Run that is not wanted any longer.
    fn kill(&mut self, number: RunNumber) {
        for slot in &mut self.runs {
            if slot.take_if(|(other, _)| *other == number).is_none() {
                continue;
            }
            tracing::debug!(
                sandbox = &self.url,
                run = number,
                "a Run ended: it was not wanted any more"
            );
            if let Some((places, _)) = &self.places {
                places.ends.unwanted();
            }
        }
    }

    fn senders(&self) -> [Option<RunSender>; 2] {
        let runs = self.runs.each_ref();
        runs.map(|slot| slot.as_ref().map(|(_, run)| run.sender()))
    }

    /// Does one thing; gives what went wrong with it.
    async fn perform(&mut self, action: Action) -> Option<Event> {
        match action {
            Action::Start(number, project) => return self.start(number, project).await,
            Action::Kill(number) => self.kill(number),
            Action::Tell(number, message) => return self.tell(number, &message),
            Action::Resolve(number, outcome) => {
                if let Some(reply) = self.outcomes.remove(&number) {
                    let _ = reply.send(outcome);
                }
            }
            Action::Admit(request, bytes) => {
                if let Some(Admission(admitted)) = self.uploads.get(&request) {
                    admitted.add_permits(bytes as usize);
                }
            }
            Action::Answer(request, reply) => self.answer(request, reply),
            Action::Piece(request, bytes) => {
                self.meter.add(bytes.len());
                if let Some(body) = self.bodies.get(&request) {
                    let _ = body.pieces.send(bytes);
                }
            }
            Action::Finish(request, broken) => {
                self.uploads.remove(&request);
                if let Some(body) = self.bodies.remove(&request) {
                    body.broken.store(broken, Ordering::Release);
                }
            }
            Action::Deliver(sockets, except, payload) => {
                self.meter.add(payload.len() * sockets.len());
                self.clients
                    .publish(sockets, except, frame::message(payload));
                return self.relieve();
            }
            Action::Send(socket, payload) => {
                let bytes = payload.len();
                self.meter.add(bytes);
                self.clients.send(socket, frame::message(payload), bytes);
                return self.relieve();
            }
            Action::Ping(socket, payload, pong) => {
                let beat = if pong { frame::pong } else { frame::ping };
                self.clients.send(socket, beat(&payload), 0);
            }
            Action::EndSocket(socket, end) => self.clients.end(socket, end),
            Action::Done(is_sent) => {
                if let Some(reply) = self.done.take() {
                    let _ = reply.send(is_sent);
                }
            }
            Action::Injected(injected) => {
                if let Some(reply) = self.injected.take() {
                    let _ = reply.send(injected);
                }
            }
            Action::Lines(lines) => {
                if let Some(reply) = self.lines.take() {
                    let _ = reply.send(lines);
                }
            }
            Action::PutOff(long, due) => self.timers.add(Instant::now() + long, due),
            Action::Record(record) => self.feed.push(record),
        }
        None
    }

    /// Cuts off the clients that are furthest behind, where too much waits.
    fn relieve(&mut self) -> Option<Event> {
        let has_cut_off = self.clients.relieve();
        has_cut_off.then(|| Command::CutOff.into())
    }

    /// Writes what waits for the next few clients.
    async fn flush(&mut self) {
        for (socket, bytes) in self.clients.flush() {
            self.step(Command::Written(socket, bytes).into()).await;
        }
    }

    fn tell(&mut self, number: RunNumber, message: &ToRun) -> Option<Event> {
        if self.state.tells_work() {
            self.work.begin();
        }
        let of_number = |(other, _): &&(RunNumber, Run)| *other == number;
        let (_, run) = self.runs.iter().flatten().find(of_number)?;
        match run.sender().send(message) {
            // Why it has ended it says itself, after all else that it said.
            Ok(()) | Err(RunGone::Ended) => None,
            Err(refused) => Some(Event::Ended(number, RunEnd::Broke(refused.to_string()))),
        }
    }

    /// Has a Run wait for its turn, and starts it where that is now. Until then the sandbox hears what else comes.
    async fn start(&mut self, number: RunNumber, project: Project) -> Option<Event> {
        if let (Some((places, who)), None) = (&self.places, &self.place) {
            match places.take(*who, &self.activity, &self.letters) {
                Ok(place) => self.place = Some(place),
                Err(NoPlace(sentence)) => return Some(Event::Full(number, sentence)),
            }
        }
        self.coming = Some(Coming::new(number, project, self.engine.turn()));
        let starting = coming::turn(&mut self.coming).now_or_never()?;
        self.begin(starting).await
    }

    /// Starts the Run that has its turn.
    async fn begin(&mut self, starting: Starting) -> Option<Event> {
        let Coming {
            number, project, ..
        } = self.coming.take()?;
        let (url, limits) = (&self.url, self.limits.clone());
        match self.engine.spawn_now(starting, &project, url, limits).await {
            Ok(run) => {
                let (sandbox, process) = (&self.url, run.pid());
                tracing::debug!(sandbox, run = number, process, "a Run began");
                self.meter.began(run.gauge());
                let slot = self.runs.iter_mut().find(|slot| slot.is_none());
                // The state kills an unready Run before it starts another, so one of two is free.
                if let Some(slot) = slot {
                    *slot = Some((number, run));
                }
                None
            }
            Err(error) => {
                tracing::error!(%error, "a Run did not start");
                Some(Event::Ended(number, RunEnd::Crashed(error.to_string())))
            }
        }
    }

    fn answer(&mut self, request: RequestId, reply: Reply) {
        let (Some(waiting), Some(letters)) =
            (self.answers.remove(&request), self.letters.upgrade())
        else {
            return;
        };
        let answer = match reply {
            Reply::Respond {
                entry,
                status,
                headers,
                body,
            } => {
                let (body, length) = match body {
                    ResponseBody::Empty => (Some(Bytes::new()), None),
                    ResponseBody::Whole(bytes) => (Some(bytes.into()), None),
                    ResponseBody::Chunks { length } => (None, length),
                };
                self.meter.add(body.as_ref().map_or(0, Bytes::len));
                let response = ResponseHead {
                    entry,
                    status,
                    headers,
                    length,
                };
                match body {
                    Some(body) => SandboxResponse::Whole { response, body },
                    None => SandboxResponse::Stream {
                        response,
                        pieces: self.stream(request, letters),
                    },
                }
            }
            Reply::Upgrade {
                entry,
                headers,
                terms,
            } => {
                let id = SocketId(request.0);
                let outbox = self.clients.add(id);
                SandboxResponse::Socket {
                    entry,
                    headers,
                    socket: Socket::new(id, outbox, terms, letters, self.occupancy.enter()),
                }
            }
            Reply::Unavailable { entry, why } => SandboxResponse::Unavailable { entry, why },
        };
        if !matches!(answer, SandboxResponse::Stream { .. }) {
            self.uploads.remove(&request);
        }
        // A client that is gone says so by dropping what is in the answer.
        let _ = waiting.send(answer);
    }

    /// Opens the way of a streamed body.
    fn stream(&mut self, request: RequestId, letters: mpsc::Sender<Letter>) -> Pieces {
        let (pieces, queue) = mpsc::unbounded_channel();
        let broken = Arc::new(AtomicBool::new(false));
        let body = StreamedBody {
            pieces,
            broken: broken.clone(),
        };
        self.bodies.insert(request, body);
        Pieces::new(request, queue, letters, broken, self.occupancy.enter())
    }
}

fn now() -> Moment {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Moment::try_from(since.as_micros()).unwrap_or(Moment::MAX)
}
