//! Progress: which lessons a learner has opened and marked as read, what they did at questions, which steps they have
//! done, and which challenges they have passed.

use std::collections::{HashMap, HashSet};

use super::{Attempt, CheckResult, Draft};
use crate::exercise::{LessonSlug, QuestionId, StepId};
use crate::questions::Question;
use crate::questions::rounds::{QuestionDeed, Round};

/// What a learner has done, by lessons and questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// When this was read, in milliseconds since 1970.
    pub(crate) at_ms: u64,
    /// What they did at questions, the oldest first.
    pub(crate) deeds: HashMap<QuestionId, Vec<QuestionDeed>>,
    /// The lessons that were opened.
    pub(crate) visited: HashSet<LessonSlug>,
    /// The lessons that are marked as read.
    pub(crate) read: HashSet<LessonSlug>,
    /// The steps that are done, in whichever variant. A lesson need not have all of them any more.
    pub(crate) ticked: HashMap<LessonSlug, HashSet<StepId>>,
    /// The lessons whose challenges are passed, in whichever variant.
    pub(crate) passed: HashSet<LessonSlug>,
}

/// All that a lesson's page shows of a learner, as it was at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LessonRecord {
    /// What they have done in the course.
    pub(crate) progress: Progress,
    /// Their attempts at the lesson's questions, the oldest first.
    pub(crate) attempts: Vec<Attempt>,
    /// Their draft.
    pub(crate) draft: Option<Draft>,
    /// How each check of the challenge ended last, in no order.
    pub(crate) results: Vec<CheckResult>,
    /// The id of the draft's sandbox.
    pub(crate) sandbox: Option<String>,
}

impl Progress {
    /// Whether a step of a lesson is done.
    #[must_use]
    pub(crate) fn is_ticked(&self, lesson: &str, step: &str) -> bool {
        let ticked = self.ticked.get(lesson);
        ticked.is_some_and(|ticked| ticked.contains(step))
    }

    /// The round that the learner is in at a question.
    #[must_use]
    pub(crate) fn round(&self, question: &Question) -> Round {
        let deeds = self.deeds.get(&question.id).map(Vec::as_slice);
        Round::of(deeds.unwrap_or_default(), &question.terms(), self.at_ms)
    }
}
