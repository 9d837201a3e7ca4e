//! A trial: one attempt at a challenge. Each check has a sandbox of its own, so that it begins with a
//! fresh Run, fresh clients and an empty log, and the learner's own server and whoever uses it are left
//! alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::sync::watch;

use super::Outline;
use super::claim::Unproved;
use crate::exercise::ExerciseId;
use crate::project::Project;
use crate::sandbox::Sandbox;
use crate::sandbox::feed::Log;
use crate::store::LearnerId;

/// A trial is let go after so long, whatever became of it.
const LASTS: Duration = Duration::from_mins(30);
/// One that no page follows and of which nothing is asked is let go after so long. A page that lost its connection is
/// back sooner.
const ABANDONED: Duration = Duration::from_mins(1);
/// So many checks of a trial may be under way at once. A page has fewer of them side by side.
const AT_ONCE: usize = 6;

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
    /// Told when another check is under way, and when the trial is over.
    changed: watch::Sender<()>,
    since: Instant,
    /// When somebody was last known to be there.
    seen: Mutex<Instant>,
}

/// How far its checks are.
#[derive(Default)]
struct Checked {
    is_over: bool,
    /// By their places in the list.
    under_way: BTreeMap<usize, Stage>,
    /// Those of checks that have ended, and whose clients are still used; by their places.
    kept: BTreeMap<usize, Stage>,
    /// Sandboxes that have ended, of which the page may show clients still, with the places of their checks.
    left_over: Vec<(usize, String)>,
    /// The places of the checks that passed.
    passed: BTreeSet<usize>,
}

/// Where a check is played.
#[derive(Clone)]
pub(crate) struct Stage {
    /// The sandbox's id, by which clients reach it.
    pub(crate) id: String,
    pub(crate) sandbox: Sandbox,
}

/// Why no check can begin.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoStage {
    /// The trial has no such check, or is over.
    NoCheck,
    /// As many as may be are under way.
    TooMany,
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
        let now = Instant::now();
        Self {
            id,
            learner,
            exercise,
            project,
            version,
            checks,
            checked: Mutex::default(),
            changed: watch::Sender::new(()),
            since: now,
            seen: Mutex::new(now),
        }
    }

    /// Whether the check of this id can begin; gives the clients that it needs. [`set`](Self::set) asks once more, since
    /// others can have begun while this one waited for its sandbox.
    pub(crate) fn admits(&self, check: &str) -> Result<&[&'static str], NoStage> {
        let place = self.place(check).ok_or(NoStage::NoCheck)?;
        self.checked.lock().admits(place)?;
        Ok(&self.checks[place].clients)
    }

    /// Has the check of this id played on `stage`. Answers the stage of the same check before, which is not needed.
    ///
    /// # Errors
    ///
    /// Where the check cannot begin any more; with `stage`, which is not needed then.
    pub(crate) fn set(&self, check: &str, stage: Stage) -> Result<Option<Stage>, (NoStage, Stage)> {
        let Some(place) = self.place(check) else {
            return Err((NoStage::NoCheck, stage));
        };
        let mut checked = self.checked.lock();
        if let Err(why) = checked.admits(place) {
            return Err((why, stage));
        }
        let before = checked.under_way.insert(place, stage);
        if let Some(before) = &before {
            checked.left_over.push((place, before.id.clone()));
        }
        drop(checked);
        self.changed.send_replace(());
        Ok(before)
    }

    /// Where the check of this id is played, if it is under way.
    #[must_use]
    pub(crate) fn stage(&self, check: &str) -> Option<Stage> {
        let place = self.place(check)?;
        self.checked.lock().under_way.get(&place).cloned()
    }

    /// The checks under way, by their ids; none once the trial is over.
    #[must_use]
    pub(crate) fn stages(&self) -> Option<Vec<(String, Stage)>> {
        let checked = self.checked.lock();
        let stages = checked.under_way.iter();
        let named = stages.map(|(place, stage)| (self.checks[*place].id.clone(), stage.clone()));
        (!checked.is_over).then(|| named.collect())
    }

    /// Tells when [`stages`](Self::stages) has changed.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// Ends the check of this id, of which the page says whether it passed; none when it is not under way.
    /// Answers the stage that is not needed any more: its own, or where that is kept in use, the one before.
    pub(crate) fn end(
        &self,
        check: &str,
        said: bool,
        keeps: bool,
    ) -> Option<(Option<Stage>, EndedCheck)> {
        let place = self.place(check)?;
        let mut checked = self.checked.lock();
        let stage = checked.under_way.remove(&place)?;
        checked.left_over.push((place, stage.id.clone()));
        let unproved = self.checks[place].unproved(&stage.log());
        let passed = said && unproved.is_none();
        if passed {
            checked.passed.insert(place);
        } else {
            checked.passed.remove(&place);
        }
        let ended = EndedCheck {
            passed,
            unproved: unproved.filter(|_| said),
            all_passed: checked.passed.len() == self.checks.len(),
        };
        let unneeded = if keeps {
            checked.kept.insert(place, stage)
        } else {
            Some(stage)
        };
        Some((unneeded, ended))
    }

    /// The page shows nothing of this check any more. Answers the ids of its sandboxes.
    pub(crate) fn leave(&self, check: &str) -> Vec<String> {
        let Some(place) = self.place(check) else {
            return Vec::new();
        };
        let mut checked = self.checked.lock();
        let over = checked.left_over.extract_if(.., |(of, _)| *of == place);
        let mut over: Vec<_> = over.map(|(_, id)| id).collect();
        checked.kept.remove(&place);
        if let Some(stage) = checked.under_way.remove(&place) {
            over.push(stage.id);
            drop(checked);
            self.changed.send_replace(());
        }
        over
    }

    /// Ends it for good. Answers the stages of the checks that were under way, and those that were kept.
    pub(crate) fn close(&self) -> Vec<Stage> {
        let mut checked = self.checked.lock();
        checked.is_over = true;
        let stages = std::mem::take(&mut checked.under_way);
        let kept = std::mem::take(&mut checked.kept);
        drop(checked);
        self.changed.send_replace(());
        stages.into_values().chain(kept.into_values()).collect()
    }

    /// Whether its time is over, or its page has been gone for long. To be asked again and again: it notes who follows.
    fn is_abandoned(&self, now: Instant) -> bool {
        let mut seen = self.seen.lock();
        if self.changed.receiver_count() > 0 {
            *seen = now;
        }
        now.duration_since(self.since) > LASTS || now.duration_since(*seen) > ABANDONED
    }

    fn place(&self, check: &str) -> Option<usize> {
        self.checks.iter().position(|it| it.id == check)
    }
}

impl Checked {
    /// Whether the check at this place can begin, or begin anew.
    fn admits(&self, place: usize) -> Result<(), NoStage> {
        if self.is_over {
            return Err(NoStage::NoCheck);
        }
        let others = self.under_way.keys().filter(|it| **it != place);
        if others.count() >= AT_ONCE {
            return Err(NoStage::TooMany);
        }
        Ok(())
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
    /// Takes in a new one. Answers the one that it puts an end to: the learner's one before, for the same exercise.
    pub(crate) fn add(&self, trial: Arc<Trial>) -> Vec<Arc<Trial>> {
        let is_before = |it: &Trial| it.learner == trial.learner && it.exercise == trial.exercise;
        let over = self.remove_where(is_before);
        self.0.lock().insert(trial.id.clone(), trial);
        over
    }

    /// A learner's trial, of which something is asked.
    #[must_use]
    pub(crate) fn of(&self, learner: LearnerId, id: &str) -> Option<Arc<Trial>> {
        let trial = self.0.lock().get(id).cloned()?;
        if trial.learner != learner {
            return None;
        }
        *trial.seen.lock() = Instant::now();
        Some(trial)
    }

    /// Lets all of a learner's go.
    pub(crate) fn remove_all(&self, learner: LearnerId) -> Vec<Arc<Trial>> {
        self.remove_where(|it| it.learner == learner)
    }

    /// Lets those go whose pages are gone, and those that have lasted too long.
    pub(crate) fn remove_abandoned(&self, now: Instant) -> Vec<Arc<Trial>> {
        self.remove_where(|it| it.is_abandoned(now))
    }

    fn remove_where(&self, is_over: impl Fn(&Trial) -> bool) -> Vec<Arc<Trial>> {
        let mut trials = self.0.lock();
        let over = trials.extract_if(|_, it| is_over(it));
        over.map(|(_, trial)| trial).collect()
    }

    /// Lets one go.
    pub(crate) fn remove(&self, id: &str) {
        self.0.lock().remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Variant;

    fn stage(id: &str) -> Stage {
        Stage {
            id: id.to_owned(),
            sandbox: Sandbox::dormant(),
        }
    }

    fn trial(checks: usize) -> Trial {
        let outline = |number| Outline {
            id: format!("check-{number}"),
            expects: String::new(),
            hint: String::new(),
            seconds: 1,
            wire: Vec::new(),
            alone: false,
            clients: Vec::new(),
            line: 1,
            about_the_wire: false,
        };
        let exercise = ExerciseId {
            lesson: "hello".to_owned().into(),
            variant: Variant::of_htmx(2),
        };
        Trial::new(
            "trial".to_owned(),
            (LearnerId::of_test(1), exercise),
            (Project::default(), 1),
            (0..checks).map(outline).collect(),
        )
    }

    #[tokio::test]
    async fn of_checks_that_wait_together_no_more_begin_than_may_be_under_way() {
        let trial = trial(AT_ONCE + 1);
        let ids: Vec<_> = trial.checks.iter().map(|it| it.id.clone()).collect();
        assert!(ids.iter().all(|id| trial.admits(id).is_ok()), "all wait");
        let (last, first) = ids.split_last().unwrap();
        for id in first {
            assert!(matches!(trial.set(id, stage(id)), Ok(None)), "{id}");
        }
        let refused = trial.set(last, stage(last));
        assert!(
            matches!(&refused, Err((NoStage::TooMany, stage)) if stage.id == *last),
            "its stage is handed back"
        );
        let anew = trial.set(&first[0], stage("anew"));
        assert!(
            matches!(&anew, Ok(Some(before)) if before.id == first[0]),
            "one that is under way may begin anew"
        );
        trial.close();
        let late = trial.set(last, stage(last));
        assert!(matches!(late, Err((NoStage::NoCheck, _))));
    }

    #[test]
    fn a_trial_goes_when_its_page_is_gone_or_its_time_is_over() {
        let trials = Trials::default();
        let trial = Arc::new(trial(1));
        let (id, whose, begun) = (trial.id.clone(), trial.learner, trial.since);
        trials.add(trial.clone());
        let gone = |after| !trials.remove_abandoned(begun + after).is_empty();
        assert!(!gone(ABANDONED), "its page may still come");
        let page = trial.changes();
        assert!(!gone(ABANDONED * 5), "a page follows it");
        drop(page);
        assert!(!gone(ABANDONED * 6), "its page may come back");
        assert!(gone(ABANDONED * 6 + Duration::from_secs(1)));
        assert!(trials.of(whose, &id).is_none());
        trials.add(trial.clone());
        let _page = trial.changes();
        assert!(gone(LASTS + Duration::from_secs(1)), "followed or not");
    }
}
