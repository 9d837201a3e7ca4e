//! A step: a small edit in a lesson's text, which the text notices when it is done.
//!
//! Stages: the block's lines become text, edits and claims ([`parse()`]) → its edits are made in the starter as the
//! steps before have left it ([`lay`]); an edit that does not apply is a fault.

mod edit;
mod parse;

use std::sync::Arc;

use super::Lesson;
use super::diagnostic::FileFaults;
use super::folders::LessonFolder;
use crate::claim::Claim;
use crate::exercise::StepId;
use crate::project::Project;

pub(crate) use edit::{Edit, Sign};
pub(super) use parse::parse;

/// A step of a lesson.
#[derive(Debug)]
pub(crate) struct Step {
    /// Unique in the lesson.
    pub(crate) id: StepId,
    /// The line of its fence in the lesson's file.
    pub(crate) line: usize,
    /// What to do, and why: sanitised block HTML.
    pub(crate) text_html: String,
    /// What to change, in order; some steps change nothing.
    pub(crate) edits: Vec<Edit>,
    /// What is seen afterwards: sanitised block HTML.
    pub(crate) see_html: String,
    /// What the sandbox's log holds once it is done, all of it since the last Run. Empty for a step that the learner
    /// ticks.
    pub(crate) claims: Vec<Claim>,
}

/// Makes all edits in the starter, one after the other; each that does not apply is a fault. A file in which one did
/// not is left alone by the later ones, which would tell the same fault again.
pub(super) fn lay(steps: &[Arc<Step>], starter: &Project, faults: &mut FileFaults) {
    let mut project = starter.clone();
    let mut broken = Vec::new();
    for edit in steps.iter().flat_map(|step| &step.edits) {
        if broken.contains(&&edit.file) {
            continue;
        }
        if let Err(conflict) = edit.make(&mut project) {
            faults.add(conflict.line, conflict.problem, conflict.mend);
            broken.push(&edit.file);
        }
    }
}

/// `steps.js`, where there is one; without a step that claims something nobody would play it.
pub(super) fn stories(
    folder: &LessonFolder<'_>,
    steps: &[Arc<Step>],
    faults: &mut FileFaults,
) -> Option<Arc<str>> {
    let mut own = FileFaults::of(format!("{}/steps.js", folder.path));
    let text = own.text(folder.steps?);
    if steps.iter().all(|step| step.claims.is_empty()) {
        let mend = "remove the file, or write what a step claims behind `when:`";
        own.add(1, "no step of the lesson has a claim", mend);
    }
    faults.found.append(&mut own.found);
    Some(text.into())
}

impl Lesson {
    /// The starter with the first steps done, so many of them.
    #[must_use]
    pub(crate) fn with_steps(&self, count: usize) -> Project {
        let mut project = self.starter.clone();
        let done = self.steps.iter().take(count);
        for edit in done.flat_map(|step| &step.edits) {
            // In a course without faults each applies.
            let _ = edit.make(&mut project);
        }
        project
    }

    /// The step with this id.
    #[must_use]
    pub(crate) fn step(&self, id: &str) -> Option<&Arc<Step>> {
        self.steps.iter().find(|step| step.id == *id)
    }
}

#[cfg(test)]
#[path = "step_tests.rs"]
mod tests;
