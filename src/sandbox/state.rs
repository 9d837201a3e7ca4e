//! The live state of a sandbox, changed in one pure function.
//!
//! [`State::apply`] takes what happened and when, and gives what is to be done. It knows no clock, no
//! task, no process and no socket, so each rule of a sandbox can be tested as a list of events. The
//! rules lie by their noun: [`runs`], [`requests`],
//! [`streams`], [`uploads`], [`sockets`].
//!
//! Invariants: a request or a socket belongs to one Run and is forgotten with it; what a Run says of
//! a request or socket that is not its own, or not there, has no effect; a topic without
//! subscribers does not exist.

mod compose;
mod event;
mod in_flight;
mod injected;
mod parts;
mod requests;
mod runs;
mod sockets;
mod streams;
mod topics;
mod uploads;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub(crate) use event::{
    Action, Command, Composed, Event, Reply, RequestHead, RunNumber, Served, StartOutcome,
    Unavailable,
};
pub(crate) use injected::{Due, InjectedFault, NoRestart, OpenLines};

use super::entry::{ConsoleLine, Crossed, Phase, Record, Status, WireEntry};
use crate::engine::message::{FromRun, Level, LimitName, RequestId, SocketId, Thrown};
use crate::limits::Limits;
use crate::project::Project;

use in_flight::{InFlight, Sent};
use injected::Injected;
use parts::Parts;
use sockets::SocketClient;
use topics::Topics;

/// Microseconds since 1970.
pub(crate) type Moment = u64;

/// Everything that is alive in a sandbox.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// What may be open at once.
    limits: Limits,
    /// The limits that the console has told of since this Run took over.
    told: BTreeSet<LimitName>,
    /// What the console has told of changed answers since then.
    changes: BTreeSet<Box<str>>,
    /// What the next start runs.
    project: Project,
    /// The number of the last Run.
    runs: RunNumber,
    /// The Run that answers.
    current: Option<RunNumber>,
    /// The Run that is being loaded.
    starting: Option<RunNumber>,
    /// Why nobody answers, when there is neither.
    down: Option<Unavailable>,
    /// Whether a request starts the project again after a Run has died.
    revives: bool,
    /// Whether watchers are told when the server works, and of its timers.
    tells_work: bool,
    /// What the Run that was started last runs, until it is loaded.
    loading: Option<Project>,
    /// What the Run that answers runs.
    loaded: Option<Project>,
    /// What the learner has happen to requests.
    injected: Injected,
    requests: BTreeMap<RequestId, InFlight>,
    /// How many of them have a body under way in pieces.
    streams: usize,
    sockets: BTreeMap<SocketId, SocketClient>,
    topics: Topics,
    /// The beginning of a message that comes in parts.
    parts: Parts,
    /// Browsers by what tells them apart, with their labels.
    labels: HashMap<String, String>,
    /// The number of the last entry of the wire.
    entries: u64,
    /// The newest socket when a message to a topic was not listed one by one. Of those up to it nobody knows the
    /// how many-th message they are sent.
    uncounted: Option<SocketId>,
}

impl State {
    /// A sandbox at rest, which starts `project` with its first request.
    #[must_use]
    pub(crate) fn new(project: Project, limits: Limits) -> Self {
        Self {
            limits,
            project,
            ..Self::default()
        }
    }

    /// Changes the state by an event; gives what is to be done, in order.
    pub(crate) fn apply(&mut self, event: Event, at: Moment) -> Vec<Action> {
        let mut plan = ActionPlan {
            at,
            actions: Vec::new(),
        };
        self.decide(event, &mut plan);
        if self.starting.is_none() {
            self.loading = None;
        }
        if self.current.is_none() {
            self.loaded = None;
        }
        plan.actions
    }

    fn decide(&mut self, event: Event, plan: &mut ActionPlan) {
        match event {
            Event::Command(command) => self.obey(command, plan),
            Event::Due(due) => self.due(due, plan),
            Event::Quiet => self.sleep(NOBODY, plan),
            Event::Said(run, message) => self.said(run, message, plan),
            Event::Ended(run, end) => self.ended(run, end, plan),
            Event::Full(run, sentence) => self.full(run, sentence, plan),
        }
    }

    fn obey(&mut self, command: Command, plan: &mut ActionPlan) {
        match command {
            Command::Run(project) => {
                self.end_injected("Run ended them.", plan);
                self.project = project;
                self.start(plan);
            }
            Command::Keep(project) => self.project = project,
            Command::Revive => self.revives = true,
            Command::TellWork => self.tells_work = true,
            Command::Saved(version) => plan.record(Record::Saved { version }),
            Command::Stop => self.stop(plan),
            Command::StopForOperator => self.stop_for_operator(plan),
            Command::Sleep(sentence) if self.is_quiet() => self.sleep(&sentence, plan),
            // Somebody came meanwhile.
            Command::Sleep(_) => {}
            Command::Cut(client) => self.cut(client.as_deref(), plan),
            Command::Delay(long) => self.delay(long),
            Command::Request {
                request,
                head,
                body,
                more,
            } => self.request(request, *head, Sent { body, more }, plan),
            Command::BodyPiece(request, bytes) => self.body_piece(request, bytes, plan),
            Command::BodyEnd(request, broken) => self.body_end(request, broken, plan),
            Command::Changed(sentence) => self.changed(sentence, plan),
            Command::Served(served) => self.served(*served, plan),
            Command::Gone(request) => self.gone(request, plan),
            Command::Late(request) => self.late(request, plan),
            Command::Taken(request, bytes) => self.taken(request, bytes, plan),
            Command::Message(socket, payload) => self.message(socket, payload, plan),
            Command::Beat(socket, payload, pong) => self.beat(socket, payload, pong, plan),
            Command::Closed(socket, code, reason) => self.closed(socket, code, reason, plan),
            Command::Written(socket, bytes) => self.written(socket, bytes, plan),
            Command::CutOff => {
                let who = "A WebSocket client that does not read";
                self.turn_away(who, LimitName::Queued, plan);
            }
            Command::Compose(composed) => self.compose(composed, plan),
            Command::Inject(fault) => self.inject(fault, plan),
            Command::Lines => plan.push(Action::Lines(self.open_lines())),
        }
    }

    /// Whether a Run is up and nobody is there.
    #[must_use]
    pub(crate) fn is_quiet(&self) -> bool {
        self.current.is_some()
            && self.starting.is_none()
            && self.requests.is_empty()
            && self.sockets.is_empty()
    }

    /// Whether watchers are told when the server works.
    #[must_use]
    pub(crate) fn tells_work(&self) -> bool {
        self.tells_work
    }

    /// How many requests wait or are answered in pieces, and how many sockets are open.
    #[must_use]
    pub(crate) fn clients(&self) -> usize {
        self.requests.len() + self.sockets.len()
    }

    /// Whether a Run is there, loaded or not.
    #[must_use]
    pub(crate) fn has_run(&self) -> bool {
        self.current.is_some() || self.starting.is_some()
    }

    /// The number that the next Run will have.
    #[must_use]
    pub(crate) fn next_run(&self) -> RunNumber {
        self.runs + 1
    }

    /// Whether this Run is still wanted.
    #[must_use]
    pub(crate) fn wants(&self, run: RunNumber) -> bool {
        self.current == Some(run) || self.starting == Some(run)
    }

    fn said(&mut self, run: RunNumber, message: FromRun, plan: &mut ActionPlan) {
        if !self.wants(run) {
            return;
        }
        match message {
            FromRun::Ready => self.ready(run, plan),
            FromRun::Respond {
                request,
                status,
                headers,
                body,
            } => self.respond(run, request, status, headers, body, plan),
            FromRun::BodyRead { request, bytes } => self.body_read(run, request, bytes, plan),
            FromRun::Chunk { request, bytes } => self.chunk(run, request, bytes, plan),
            FromRun::End { request, broken } => self.end(run, request, broken, plan),
            FromRun::Upgrade {
                request,
                headers,
                terms,
            } => self.upgrade(run, request, headers, terms, plan),
            FromRun::Part { bytes } => self.parts.add(run, &bytes),
            FromRun::Send { socket, payload } => self.send(run, socket, payload, plan),
            FromRun::Close {
                socket,
                code,
                reason,
            } => self.close(run, socket, code, reason, plan),
            FromRun::Terminate { socket } => self.terminate(run, socket, plan),
            FromRun::Ping {
                socket,
                payload,
                pong,
            } => self.ping(run, socket, payload, pong, plan),
            FromRun::Subscribe { socket, topic } => self.subscribe(run, socket, &topic, plan),
            FromRun::Unsubscribe { socket, topic } => self.unsubscribe(run, socket, &topic),
            FromRun::Publish {
                topic,
                except,
                payload,
            } => self.publish(run, &topic, except, payload, plan),
            FromRun::Log { level, text, at } => plan.record(Record::Console(ConsoleLine {
                at: plan.milliseconds(),
                run,
                level,
                text,
                frame: at,
                fault: None,
            })),
            FromRun::Uncaught { fault } => plan.uncaught(run, fault),
            FromRun::Idle { timers, .. } if self.tells_work => {
                plan.record(Record::Timers { due: timers });
            }
            // The engine turns the first two into the Run's end, and keeps time by the others.
            FromRun::Failed { .. }
            | FromRun::Stopped { .. }
            | FromRun::Turn
            | FromRun::Idle { .. } => {}
        }
    }

    /// A label for a browser: its own name, or `A` to `Z`, then `A2` and so on.
    fn label(&mut self, RequestHead { client, name, .. }: &RequestHead) -> String {
        if let Some(name) = name {
            return (*name).to_owned();
        }
        if let Some(label) = self.labels.get(client) {
            return label.clone();
        }
        let number = self.labels.len();
        let letter = char::from(b'A' + u8::try_from(number % 26).unwrap_or(0));
        let label = match number / 26 {
            0 => letter.to_string(),
            round => format!("{letter}{}", round + 1),
        };
        if self.labels.len() < LABELS_LIMIT {
            self.labels.insert(client.to_owned(), label.clone());
        }
        label
    }

    fn next_entry(&mut self) -> u64 {
        self.entries += 1;
        self.entries
    }

    /// Tells the learner, once for each Run, that something was turned away and why.
    fn turn_away(&mut self, what: &str, limit: LimitName, plan: &mut ActionPlan) {
        if self.told.insert(limit) {
            let because = self.limits.because(limit);
            let text = format!("{what} was turned away, because {because}");
            self.warn(text, plan);
        }
    }

    /// Tells the learner, once for each Run, what the gateway has changed in an answer.
    fn changed(&mut self, sentence: Box<str>, plan: &mut ActionPlan) {
        if self.changes.len() < CHANGES_LIMIT && self.changes.insert(sentence.clone()) {
            self.warn(sentence.into(), plan);
        }
    }

    fn warn(&self, text: String, plan: &mut ActionPlan) {
        plan.record(Record::Console(ConsoleLine {
            at: plan.milliseconds(),
            run: self.current.or(self.starting).unwrap_or(self.runs),
            level: Level::Warn,
            text,
            frame: None,
            fault: None,
        }));
    }

    /// Records something new on the wire.
    fn crossed(&mut self, client: String, crossed: Crossed, plan: &mut ActionPlan) {
        let entry = WireEntry {
            entry: self.next_entry(),
            at: plan.milliseconds(),
            client,
            crossed,
        };
        plan.record(Record::Wire(Arc::new(entry)));
    }
}

/// Why a Run sleeps by itself.
const NOBODY: &str = "Nobody was here for a while, so the server was put to sleep. The next request starts it \
                      anew, without what it held in memory.";

/// The most changes of answers that a Run's console tells of.
const CHANGES_LIMIT: usize = 30;

/// The most browsers that are told apart.
const LABELS_LIMIT: usize = 2_000;

/// What is to be done about one event.
struct ActionPlan {
    at: Moment,
    actions: Vec<Action>,
}

impl ActionPlan {
    fn push(&mut self, action: Action) {
        self.actions.push(action);
    }

    fn record(&mut self, record: Record) {
        self.push(Action::Record(record));
    }

    fn milliseconds(&self) -> u64 {
        self.at / 1000
    }

    fn status(&mut self, state: Phase, run: RunNumber) {
        self.record(Record::Status(Status {
            state,
            run,
            at: self.milliseconds(),
            ..Status::default()
        }));
    }

    fn uncaught(&mut self, run: RunNumber, fault: Thrown) {
        self.record(Record::Console(ConsoleLine {
            at: self.milliseconds(),
            run,
            level: Level::Error,
            text: format!("{}: {}", fault.name, fault.message),
            frame: fault.frames.first().cloned(),
            fault: Some(fault),
        }));
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
