//! What a sandbox uses, for an operator. Its task writes, and whoever asks reads; neither waits for the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

use crate::engine::{RunEnd, RunGauge};
use crate::exercise::LessonSlug;
use crate::store::LearnerId;

/// Whose a sandbox is.
#[derive(Clone, Debug)]
pub(super) struct Whose {
    pub(super) learner: LearnerId,
    /// None for one of a check.
    pub(super) lesson: Option<LessonSlug>,
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
    run: Mutex<Option<RunGauge>>,
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
        *self.run.lock() = Some(run);
    }

    /// Ends the process of its Run from outside; the task hears of it.
    pub(super) fn kill(&self) {
        if let Some(run) = &*self.run.lock() {
            run.kill();
        }
    }

    /// Whether its Run's process lives.
    pub(super) fn has_run(&self) -> bool {
        self.run.lock().as_ref().is_some_and(RunGauge::is_alive)
    }

    /// What it uses now.
    pub(super) fn figures(&self, id: &str, requests: u32) -> SandboxFigures {
        let run = self.run.lock().clone().filter(RunGauge::is_alive);
        SandboxFigures {
            id: id.to_owned(),
            learner: self.whose.as_ref().map(|it| it.learner),
            lesson: self.whose.as_ref().and_then(|it| it.lesson.clone()),
            process: run.as_ref().map(RunGauge::pid),
            processor: run
                .as_ref()
                .map_or(Duration::ZERO, RunGauge::processor_time),
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
    /// None for one of a check.
    pub(crate) lesson: Option<LessonSlug>,
    /// Of its Run, if it has one.
    pub(crate) process: Option<u32>,
    /// That its Run has used so far.
    pub(crate) processor: Duration,
    /// Of its Run's process, in bytes.
    pub(crate) memory: u64,
    /// Requests that wait or are answered in pieces, and sockets.
    pub(crate) clients: usize,
    /// All that came so far.
    pub(crate) requests: u32,
    /// To its server and from it so far.
    pub(crate) bytes: u64,
}
