//! A trial: one attempt at a challenge. Each check has a sandbox of its own, so that it begins with a
//! fresh Run, fresh clients and an empty log, and the learner's own server and whoever uses it are left
//! alone.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::Outline;
use super::claim::Unproved;
use crate::exercise::ExerciseId;
use crate::project::Project;
use crate::sandbox::Sandbox;
use crate::sandbox::feed::Log;
use crate::store::LearnerId;

/// A trial is let go after so long, whatever became of it.
const LASTS: Duration = Duration::from_mins(30);

/// One attempt at a challenge.
pub(crate) struct Trial {
    /// By which the page names it.
    pub(crate) id: String,
    /// Whose it is.
    pub(crate) learner: LearnerId,
    /// The exercise that is tried.
    pub(crate) exercise: ExerciseId,
    /// What is tried.
    pub(crate) project: Project,
    /// The version of the learner's draft that it is.
    pub(crate) version: u64,
    /// The checks, in order.
    pub(crate) checks: Vec<Outline>,
    checked: Mutex<Checked>,
    since: Instant,
}

/// How far its checks are.
#[derive(Default)]
struct Checked {
    under_way: Option<Stage>,
    /// The places of the checks that passed.
    passed: BTreeSet<usize>,
}

/// Where a check is played.
#[derive(Clone)]
pub(crate) struct Stage {
    /// The sandbox's id, by which clients reach it.
    pub(crate) id: String,
    pub(crate) sandbox: Sandbox,
    /// The check's place in the list.
    place: usize,
    /// Whether its verdict is still to come.
    open: bool,
}

/// How a check ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EndedCheck {
    /// Whether it passed: the page said so, and the log holds what is claimed.
    pub(crate) passed: bool,
    /// What the page says and the log does not bear out.
    pub(crate) unproved: Option<Unproved>,
    /// Whether now every check of the trial has passed.
    pub(crate) all_passed: bool,
}

impl Trial {
    /// A trial of `project`.
    #[must_use]
    pub(crate) fn new(
        id: String,
        (learner, exercise): (LearnerId, ExerciseId),
        (project, version): (Project, u64),
        checks: Vec<Outline>,
    ) -> Self {
        Self {
            id,
            learner,
            exercise,
            project,
            version,
            checks,
            checked: Mutex::default(),
            since: Instant::now(),
        }
    }

    /// Whether it has a check of this id.
    #[must_use]
    pub(crate) fn has(&self, check: &str) -> bool {
        self.checks.iter().any(|it| it.id == check)
    }

    /// Has the check of this id played in a new sandbox. Answers the id of the one before.
    pub(crate) fn set(&self, check: &str, id: String, sandbox: Sandbox) -> Option<String> {
        let place = self.checks.iter().position(|it| it.id == check)?;
        let stage = Stage {
            id,
            sandbox,
            place,
            open: true,
        };
        let before = self.checked.lock().under_way.replace(stage);
        before.map(|stage| stage.id)
    }

    /// Where the check under way is played.
    #[must_use]
    pub(crate) fn stage(&self) -> Option<Stage> {
        self.checked.lock().under_way.clone()
    }

    /// Ends the check of this id, of which the page says whether it passed; none when it is not the one
    /// under way.
    pub(crate) fn end(&self, check: &str, said: bool) -> Option<EndedCheck> {
        let mut checked = self.checked.lock();
        let stage = checked.under_way.as_mut()?;
        let outline = &self.checks[stage.place];
        if !stage.open || outline.id != check {
            return None;
        }
        stage.open = false;
        let (place, unproved) = (stage.place, outline.unproved(&stage.log()));
        let passed = said && unproved.is_none();
        if passed {
            checked.passed.insert(place);
        } else {
            checked.passed.remove(&place);
        }
        Some(EndedCheck {
            passed,
            unproved: unproved.filter(|_| said),
            all_passed: checked.passed.len() == self.checks.len(),
        })
    }
}

impl Stage {
    /// What crossed the wire, each thing in its latest state.
    #[must_use]
    pub(crate) fn log(&self) -> Log {
        self.sandbox.feed().wire()
    }

    /// Waits until something more crosses the wire, at most so long.
    pub(crate) async fn wait(&self, seen: u64, long: Duration) {
        let _ = tokio::time::timeout(long, self.sandbox.feed().wait(seen)).await;
    }
}

/// All trials under way.
#[derive(Default)]
pub(crate) struct Trials(Mutex<HashMap<String, Arc<Trial>>>);

impl Trials {
    /// Takes in a new one. Answers those that it puts an end to: the learner's one before, for
    /// the same exercise, and all that have lasted too long.
    pub(crate) fn add(&self, trial: Arc<Trial>) -> Vec<Arc<Trial>> {
        let mut trials = self.0.lock();
        let is_over = |it: &Arc<Trial>| {
            let same = it.learner == trial.learner && it.exercise == trial.exercise;
            same || it.since.elapsed() > LASTS
        };
        let over: Vec<_> = trials.values().filter(|it| is_over(it)).cloned().collect();
        trials.retain(|_, it| !is_over(it));
        trials.insert(trial.id.clone(), trial);
        over
    }

    /// A learner's trial.
    #[must_use]
    pub(crate) fn of(&self, learner: LearnerId, id: &str) -> Option<Arc<Trial>> {
        let trial = self.0.lock().get(id).cloned()?;
        (trial.learner == learner).then_some(trial)
    }

    /// Lets all of a learner's go.
    pub(crate) fn remove_all(&self, learner: LearnerId) -> Vec<Arc<Trial>> {
        let mut trials = self.0.lock();
        let gone = trials.extract_if(|_, it| it.learner == learner);
        gone.map(|(_, trial)| trial).collect()
    }

    /// Lets one go.
    pub(crate) fn remove(&self, id: &str) {
        self.0.lock().remove(id);
    }
}
