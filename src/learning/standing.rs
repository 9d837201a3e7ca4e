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
    /// Opened, read, followed or answered in part.
    Started,
    /// Every question worked through, and the challenge passed; where there is none, every step done. Marked as read,
    /// where there is nothing of these.
    Done,
}

/// A learner's standing in one lesson.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Standing {
    /// How far.
    pub(crate) state: Completion,
    /// The part that is done, from 0 to 1; reading it counts as much as a question, and so does a step.
    pub(crate) share: f64,
    /// In words; empty for [`Completion::Ahead`].
    pub(crate) words: String,
}

impl Standing {
    /// Where a learner with this progress stands in `lesson`.
    #[must_use]
    pub(crate) fn of(lesson: &Lesson, progress: &Progress) -> Self {
        let tally = Tally::of(lesson, progress);
        let Tally {
            asked,
            right,
            settled,
            steps,
            ticked,
            ..
        } = tally;
        let read = progress.read.contains(&lesson.slug);
        let passed = progress.passed.contains(&lesson.slug);
        let tasks = usize::from(lesson.challenge.is_some());
        let challenged = tasks == 0 || passed;
        // Who has passed the challenge can do what its steps lead to.
        let stepped = ticked == steps || passed;
        let done = challenged && stepped && settled == asked && (asked + tasks + steps > 0 || read);
        let visited =
            read || settled + ticked > 0 || passed || progress.visited.contains(&lesson.slug);
        let (state, words) = match (done, visited) {
            (true, _) if right < asked => {
                (Completion::Done, format!("done, {right} of {asked} right"))
            }
            (true, _) => (Completion::Done, "done".to_owned()),
            (false, true) if settled == asked && stepped && !challenged && asked + steps > 0 => {
                (Completion::Started, "challenge open".to_owned())
            }
            (false, true) if tasks > 0 && passed => {
                let words = format!("passed, {right} of {asked} right");
                (Completion::Started, words)
            }
            (false, true) => (Completion::Started, started(&tally, read)),
            (false, false) => (Completion::Ahead, String::new()),
        };
        let followed = if stepped { steps } else { ticked };
        let parts = settled + followed + usize::from(read) + if challenged { tasks } else { 0 };
        Self {
            state,
            share: share(parts, asked + steps + tasks + 1),
            words,
        }
    }
}

fn started(tally: &Tally, read: bool) -> String {
    let Tally {
        asked,
        right,
        steps,
        ticked,
        ..
    } = *tally;
    let answered = match (right, read) {
        (0, false) => None,
        (0, true) if asked > 0 => Some("read, questions open".to_owned()),
        (_, true) if asked == 0 => Some("read".to_owned()),
        _ => Some(format!("{right} of {asked} right")),
    };
    let followed = (ticked > 0).then(|| format!("{ticked} of {steps} steps"));
    match (followed, answered) {
        (None, None) => "begun".to_owned(),
        (followed, answered) => {
            let said: Vec<_> = followed.into_iter().chain(answered).collect();
            said.join(", ")
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a lesson has a few parts")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
