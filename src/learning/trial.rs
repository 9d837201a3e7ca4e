//! A trial's life: it begins at a [`Desk`]; each check, several of them at once, begins with a sandbox of its own and
//! ends with a verdict that is kept; the trial ends when its page is done, or when another begins.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::{Desk, Learner, Learning, LearningFault};
use crate::challenge::{EndedCheck, Outline, Stage, Trial};
use crate::project::Project;
use crate::sandbox::StartOutcome;
use crate::sandbox::registry::new_id;
use crate::store::{CheckResult, LearnerId};

/// The longest text of what was expected or found that is kept, in bytes.
const EVIDENCE_LIMIT: usize = 8 * 1024;

/// How long a check waits for its ports, which others use: as long as several of those before it may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// What was expected and what was found; both empty for a check that passed.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Evidence {
    /// What the check expects.
    pub(crate) expected: String,
    /// What there was.
    pub(crate) found: String,
    /// The number of the entry on the wire that shows it, where there is one.
    pub(crate) entry: Option<u64>,
    /// The first error that nobody caught in the learner's server meanwhile, with its place.
    pub(crate) error: Option<String>,
    /// Why the Run ended meanwhile, in a sentence, where that came before any such error.
    pub(crate) ended: Option<String>,
}

impl Evidence {
    /// As it was kept; what cannot be read is empty.
    pub(crate) fn kept(result: &CheckResult) -> Self {
        serde_json::from_str(&result.evidence).unwrap_or_default()
    }

    fn cut(mut self) -> Self {
        let texts = [&mut self.expected, &mut self.found];
        let causes = self.error.iter_mut().chain(&mut self.ended);
        for text in texts.into_iter().chain(causes) {
            text.truncate(text.floor_char_boundary(EVIDENCE_LIMIT));
        }
        self
    }
}

/// A trial under way, found through its learner.
pub(crate) struct OwnTrial {
    learning: Arc<Learning>,
    trial: Arc<Trial>,
}

/// How a check ended, as it is kept.
pub(crate) struct CheckVerdict {
    pub(crate) passed: bool,
    /// The page's, or the log's where that overrules it.
    pub(crate) evidence: Evidence,
    /// Whether now every check of the trial has passed.
    pub(crate) all_passed: bool,
}

impl Desk {
    /// Begins a trial of a version of the draft. The learner's one before, for the same lesson, ends.
    pub(crate) async fn begin_trial(
        &self,
        (project, version): (Project, u64),
        checks: &[Outline],
    ) -> Arc<Trial> {
        let learning = &self.learner.learning;
        let whose = (self.learner.id(), self.work.exercise());
        let trial = Trial::new(new_id(), whose, (project, version), checks.to_vec());
        let trial = Arc::new(trial);
        for over in learning.trials.add(trial.clone()) {
            learning.leave(&over).await;
        }
        trial
    }
}

impl Learner {
    /// A trial of theirs that is under way.
    pub(crate) fn trial(&self, id: &str) -> Result<OwnTrial, LearningFault> {
        let trial = self.learning.trials.of(self.id(), id);
        Ok(OwnTrial {
            learning: self.learning.clone(),
            trial: trial.ok_or(LearningFault::NoTrial)?,
        })
    }

    /// Ends all trials of theirs.
    pub(super) async fn end_trials(&self) {
        for trial in self.learning.trials.remove_all(self.id()) {
            self.learning.leave(&trial).await;
        }
    }
}

impl OwnTrial {
    pub(crate) fn whose(&self) -> LearnerId {
        self.trial.learner
    }

    pub(crate) fn project(&self) -> &Project {
        &self.trial.project
    }

    /// Where a check under way is played.
    pub(crate) fn stage(&self, check: &str) -> Result<Stage, LearningFault> {
        self.trial.stage(check).ok_or(LearningFault::NotUnderWay)
    }

    /// The trial itself, for whoever follows it.
    pub(crate) fn follow(&self) -> Arc<Trial> {
        self.trial.clone()
    }

    /// Begins a check: a fresh Run in a sandbox of its own, with an address for each of its clients. Where none are
    /// free, it `waits` for them, or gives up at once.
    pub(crate) async fn begin_check(
        &self,
        check: &str,
        waits: bool,
    ) -> Result<StartOutcome, LearningFault> {
        let trial = &self.trial;
        let clients = trial.admits(check)?;
        let patience = if waits { PATIENCE } else { Duration::ZERO };
        let sandboxes = &self.learning.sandboxes;
        let passing = sandboxes.passing(trial.learner, trial.project.clone(), (clients, patience));
        let (id, sandbox) = passing.await?;
        let stage = Stage {
            id,
            sandbox: sandbox.clone(),
        };
        match trial.set(check, stage) {
            Ok(Some(before)) => sandboxes.end(&before.id).await,
            Ok(None) => {}
            Err((why, unneeded)) => {
                sandboxes.end(&unneeded.id).await;
                // No page has had it.
                sandboxes.vacated(&unneeded.id);
                return Err(why.into());
            }
        }
        sandbox.tell_work().await?;
        Ok(sandbox.run(trial.project.clone()).await?)
    }

    /// Ends a check under way and keeps its verdict, in which the log has the last word. Where `keeps` says so
    /// its sandbox lives on, until its page leaves it.
    pub(crate) async fn end_check(
        &self,
        check: &str,
        (said, evidence): (bool, Evidence),
        keeps: bool,
    ) -> Result<CheckVerdict, LearningFault> {
        let trial = &self.trial;
        let ended = trial.end(check, said, keeps);
        let (unneeded, ended) = ended.ok_or(LearningFault::NotUnderWay)?;
        if let Some(stage) = unneeded {
            self.learning.sandboxes.end(&stage.id).await;
        }
        let verdict = CheckVerdict::new(ended, evidence);
        let result = CheckResult {
            check: check.to_owned(),
            passed: verdict.passed,
            evidence: serde_json::json!(verdict.evidence).to_string(),
            version: trial.version,
        };
        let all = verdict.all_passed;
        let store = &self.learning.store;
        store
            .add_result(trial.learner, &trial.exercise, result, all)
            .await?;
        Ok(verdict)
    }

    /// The page shows none of a check's clients any more, so that other checks can have their addresses at once. One
    /// that is under way ends without a verdict.
    pub(crate) async fn leave_check(&self, check: &str) {
        let sandboxes = &self.learning.sandboxes;
        for stage in self.trial.leave(check) {
            sandboxes.end(&stage).await;
            sandboxes.vacated(&stage);
        }
    }

    /// Ends it.
    pub(crate) async fn end(&self) {
        self.learning.trials.remove(&self.trial.id);
        self.learning.leave(&self.trial).await;
    }
}

impl Learning {
    /// Ends the trials whose pages are gone; to be done again and again.
    pub(crate) async fn end_abandoned_trials(&self) {
        for trial in self.trials.remove_abandoned(Instant::now()) {
            self.leave(&trial).await;
        }
    }

    /// Ends a trial, and the sandboxes of its checks.
    async fn leave(&self, trial: &Trial) {
        for stage in trial.close() {
            self.sandboxes.end(&stage.id).await;
        }
    }
}

impl CheckVerdict {
    fn new(ended: EndedCheck, said: Evidence) -> Self {
        let evidence = match ended.unproved {
            Some(unproved) => Evidence {
                expected: unproved.expected,
                found: unproved.found,
                entry: unproved.entry,
                ..said.cut()
            },
            None => said.cut(),
        };
        Self {
            passed: ended.passed,
            evidence,
            all_passed: ended.all_passed,
        }
    }
}
