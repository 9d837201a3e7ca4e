//! Steps, to be played as a challenge is: each has a lesson of its own, with the lesson's projects and one check, which
//! tells the step's story and claims what the step claims.

use std::sync::Arc;

use serde_json::Value;

use super::test_case::told;
use crate::challenge::as_checks;
use crate::claim::Claim;
use crate::course::{Course, Lesson, Step, Unit};
use crate::exercise::StepId;
use crate::store::CheckResult;

/// The lessons in which steps are played.
pub(super) struct Stages(Vec<Stage>);

struct Stage {
    /// The lesson and the step that it is for.
    of: (Arc<Lesson>, StepId),
    lesson: Arc<Lesson>,
}

/// What of a project is a step's.
pub(super) struct StepCase {
    pub(super) step: Arc<Step>,
    /// Whether its edit is made.
    pub(super) is_done: bool,
}

impl Stages {
    /// One for each step of the course that claims something.
    pub(super) fn of(course: &Course) -> Self {
        let mut stages = Vec::new();
        for lesson in course.lessons() {
            for step in lesson.steps.iter().filter(|step| !step.claims.is_empty()) {
                // No lesson's name has two hyphens in a row and a name behind them that is not its own.
                let slug = format!("{}--step-{}", lesson.slug, step.id).into();
                let checks = as_checks(lesson.step_stories.as_deref(), step);
                stages.push(Stage {
                    of: (lesson.clone(), step.id.clone()),
                    lesson: Arc::new(lesson.bare(slug, checks.into())),
                });
            }
        }
        Self(stages)
    }

    /// Where a step is played; none for one that claims nothing.
    pub(super) fn stage(&self, lesson: &Lesson, step: &Step) -> Option<&Arc<Lesson>> {
        let is_it = |stage: &&Stage| stage.of.0.slug == lesson.slug && stage.of.1 == step.id;
        self.0.iter().find(is_it).map(|stage| &stage.lesson)
    }

    /// All of them, as a unit of the course.
    pub(super) fn unit(&self) -> Unit {
        Unit {
            number: 0,
            title: "Steps".to_owned(),
            summary: "Steps, each as a challenge.".to_owned(),
            lessons: self.0.iter().map(|stage| stage.lesson.clone()).collect(),
        }
    }
}

impl StepCase {
    /// What is wrong with how its check ended, if that is known.
    pub(super) fn problem(&self, result: Option<&CheckResult>, words: &str) -> Option<String> {
        let id = &self.step.id;
        let Some(result) = result else {
            return Some(format!(
                "the step “{id}” could not be played to its end: {words}"
            ));
        };
        match (self.is_done, result.passed) {
            (true, true) => None,
            (true, false) => Some(format!(
                "what the step “{id}” claims does not hold once its edit is made: {}",
                told(&[result])
            )),
            (false, true) => Some(format!(
                "what the step “{id}” claims holds before its edit is made already"
            )),
            (false, false) if self.is_of_claims(result) => None,
            (false, false) => Some(format!(
                "the story of the step “{id}” fails before its edit is made, where it must only do the deeds: {}",
                told(&[result])
            )),
        }
    }

    /// Whether it failed since something is not in the log, and not since the story could not go on. A server that does
    /// not start is one that shows nothing.
    fn is_of_claims(&self, result: &CheckResult) -> bool {
        let evidence: Value = serde_json::from_str(&result.evidence).unwrap_or_default();
        let expected = evidence["expected"].as_str().unwrap_or_default();
        let claims = self.step.claims.iter();
        let mut sentences = claims.map(Claim::expectation);
        expected == STARTS || sentences.any(|sentence| sentence == expected)
    }
}

/// What the page says is expected of a server that does not start (`workbench/one-check.js`).
const STARTS: &str = "server.js starts";
