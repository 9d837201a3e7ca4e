//! What a sandbox uses, for an operator. Its task writes, and whoever asks reads; neither waits for the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::budget::Who;
use crate::engine::{RunEnd, RunGauge};
use crate::exercise::LessonSlug;
use crate::store::LearnerId;

/// Whose a sandbox is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whose {
    pub(super) owner: Owner,
    /// None for one of a check.
    pub(super) lesson: Option<LessonSlug>,
}

/// Who has a sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Learner(LearnerId),
    /// Somebody who runs a snapshot, of whom nothing is known but the address; nor that, from this machine.
    Address(Option<Who>),
}

impl Owner {
    /// By whom its Runs are counted.
    pub(super) fn who(self) -> Option<Who> {
        match self {
            Self::Learner(learner) => Some(learner.who()),
            Self::Address(at) => at,
        }
    }

    fn learner(self) -> Option<LearnerId> {
        match self {
            Self::Learner(learner) => Some(learner),
            Self::Address(_) => None,
        }
    }
}

/// The counts of one sandbox.
#[derive(Debug, Default)]
pub(super) struct Meter {
    /// None of one that stands alone.
    pub(super) whose: Option<Whose>,
    /// To the learner's server and from it, over its line to clients.
    bytes: AtomicU64,
    /// Requests that wait or are answered in pieces, and sockets.
    clients: AtomicUsize,
    runs: Mutex<Runs>,
}

/// A sandbox in which nothing has run for longer is not in use.
const LATELY: Duration = Duration::from_secs(10);

/// What the Runs of one sandbox have used.
#[derive(Debug, Default)]
struct Runs {
    /// Those that have not ended, or whose end was not noticed yet; the newest last.
    present: Vec<Metered>,
    /// The processor time of those that have ended.
    ended: Duration,
    /// When the newest one was last seen to live.
    seen: Option<Instant>,
}

/// One Run, and the processor time that it was last seen to have used.
#[derive(Debug)]
struct Metered {
    run: RunGauge,
    used: Duration,
}

impl Runs {
    /// Reads each one's clock, and adds those that have ended to the sum.
    fn look(&mut self) {
        let ended = &mut self.ended;
        self.present.retain_mut(|it| {
            // Asked before its clock is read: what it used in all is told before it is gone.
            let is_alive = it.run.is_alive();
            it.used = it.used.max(it.run.processor_time());
            if !is_alive {
                *ended += it.used;
            }
            is_alive
        });
        if !self.present.is_empty() {
            self.seen = Some(Instant::now());
        }
    }

    fn processor_time(&self) -> Duration {
        self.ended + self.present.iter().map(|it| it.used).sum::<Duration>()
    }
}

impl Meter {
    pub(super) fn of(whose: Option<Whose>) -> Self {
        Self {
            whose,
            ..Self::default()
        }
    }

    pub(super) fn add(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn set_clients(&self, clients: usize) {
        self.clients.store(clients, Ordering::Relaxed);
    }

    pub(super) fn clients(&self) -> usize {
        self.clients.load(Ordering::Relaxed)
    }

    pub(super) fn began(&self, run: RunGauge) {
        let mut runs = self.runs.lock();
        runs.present.push(Metered {
            run,
            used: Duration::ZERO,
        });
        runs.look();
    }

    /// Whether it is a visitor's, who runs a snapshot.
    pub(super) fn is_visitors(&self) -> bool {
        let owner = self.whose.as_ref().map(|it| it.owner);
        matches!(owner, Some(Owner::Address(_)))
    }

    /// Whether it is a check's.
    pub(super) fn is_checks(&self) -> bool {
        let is_learners = |it: &Whose| matches!(it.owner, Owner::Learner(_));
        let whose = self.whose.as_ref();
        whose.is_some_and(|it| it.lesson.is_none() && is_learners(it))
    }

    /// Ends the processes of its Runs from outside; the task hears of it.
    pub(super) fn kill(&self) {
        for it in &self.runs.lock().present {
            it.run.kill();
        }
    }

    /// Whether a Run's process lives.
    pub(super) fn has_run(&self) -> bool {
        self.runs.lock().present.iter().any(|it| it.run.is_alive())
    }

    /// What it uses now.
    pub(super) fn figures(&self, id: &str, requests: u32) -> SandboxFigures {
        let mut runs = self.runs.lock();
        runs.look();
        let processor = runs.processor_time();
        let lately = runs.seen.is_some_and(|seen| seen.elapsed() < LATELY);
        let run = runs.present.last().map(|it| it.run.clone());
        drop(runs);
        SandboxFigures {
            id: id.to_owned(),
            learner: self.whose.as_ref().and_then(|it| it.owner.learner()),
            who: self.whose.as_ref().and_then(|it| it.owner.who()),
            lesson: self.whose.as_ref().and_then(|it| it.lesson.clone()),
            process: run.as_ref().map(RunGauge::pid),
            processor,
            ran_lately: run.is_some() || lately,
            memory: run.as_ref().map_or(0, RunGauge::memory),
            clients: self.clients(),
            requests,
            bytes: self.bytes.load(Ordering::Relaxed),
        }
    }
}

/// Why Runs have ended, with how often; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ends(Arc<[AtomicU64; ENDS.len()]>);

/// In the order of [`Ends`]: put to sleep, stopped or replaced; not loaded; over a limit; dead by itself; a breach of
/// its line's rules; killed from outside.
const ENDS: [&str; 6] = ["unwanted", "failed", "limit", "crashed", "broke", "killed"];

impl Ends {
    /// One that nobody wanted any longer.
    pub(super) fn unwanted(&self) {
        self.0[0].fetch_add(1, Ordering::Relaxed);
    }

    /// One that ended by itself, or was ended.
    pub(super) fn count(&self, end: &RunEnd) {
        let place = match end {
            RunEnd::Failed(_) => 1,
            RunEnd::Limit { .. } => 2,
            RunEnd::Crashed(_) => 3,
            RunEnd::Broke(_) => 4,
            RunEnd::Killed => 5,
        };
        self.0[place].fetch_add(1, Ordering::Relaxed);
    }

    /// How often each was why.
    pub(crate) fn totals(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = ENDS.iter().zip(&*self.0);
        counts.map(|(name, count)| (*name, count.load(Ordering::Relaxed)))
    }
}

/// What one sandbox uses.
#[derive(Clone, Debug)]
pub(crate) struct SandboxFigures {
    pub(crate) id: String,
    pub(crate) learner: Option<LearnerId>,
    /// By whom its Runs are counted: the learner, or a visitor's address.
    pub(crate) who: Option<Who>,
    /// None for one of a check.
    pub(crate) lesson: Option<LessonSlug>,
    /// Of its Run, if it has one.
    pub(crate) process: Option<u32>,
    /// That its Runs have used so far, those that have ended too.
    pub(crate) processor: Duration,
    /// Whether a Run lives, or did a moment ago.
    pub(crate) ran_lately: bool,
    /// Of its Run's process, in bytes.
    pub(crate) memory: u64,
    /// Requests that wait or are answered in pieces, and sockets.
    pub(crate) clients: usize,
    /// All that came so far.
    pub(crate) requests: u32,
    /// To its server and from it so far.
    pub(crate) bytes: u64,
}
