//! How far a learner is in a lesson.

use serde::Serialize;

use super::Tally;
use crate::course::Lesson;
use crate::store::Progress;

/// How far, in three steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Completion {
    /// Not opened yet.
    Ahead,
    /// Opened, read or answered in part.
    Started,
    /// Every question worked through and the challenge passed; marked as read, where there is neither.
    Done,
}

/// A learner's standing in one lesson.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Standing {
    /// How far.
    pub(crate) state: Completion,
    /// The part that is done, from 0 to 1; reading it counts as much as one question.
    pub(crate) share: f64,
    /// In words; empty for [`Completion::Ahead`].
    pub(crate) words: String,
}

impl Standing {
    /// Where a learner with this progress stands in `lesson`.
    #[must_use]
    pub(crate) fn of(lesson: &Lesson, progress: &Progress) -> Self {
        let Tally {
            asked,
            right,
            settled,
            ..
        } = Tally::of(lesson, progress);
        let read = progress.read.contains(&lesson.slug);
        let passed = progress.passed.contains(&lesson.slug);
        let tasks = usize::from(lesson.challenge.is_some());
        let challenged = tasks == 0 || passed;
        let done = challenged && settled == asked && (asked + tasks > 0 || read);
        let visited = read || settled > 0 || passed || progress.visited.contains(&lesson.slug);
        let (state, words) = match (done, visited) {
            (true, _) if right < asked => {
                (Completion::Done, format!("done, {right} of {asked} right"))
            }
            (true, _) => (Completion::Done, "done".to_owned()),
            (false, true) if settled == asked && !challenged && asked > 0 => {
                (Completion::Started, "challenge open".to_owned())
            }
            (false, true) if tasks > 0 && passed => {
                let words = format!("passed, {right} of {asked} right");
                (Completion::Started, words)
            }
            (false, true) => (Completion::Started, started(asked, right, read)),
            (false, false) => (Completion::Ahead, String::new()),
        };
        let parts = settled + usize::from(read) + if challenged { tasks } else { 0 };
        Self {
            state,
            share: share(parts, asked + tasks + 1),
            words,
        }
    }
}

fn started(asked: usize, right: usize, read: bool) -> String {
    match (right, read) {
        (0, false) => "begun".to_owned(),
        (0, true) if asked > 0 => "read, questions open".to_owned(),
        _ => format!("{right} of {asked} right"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a lesson asks a few questions")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
