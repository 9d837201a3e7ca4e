//! How far a learner is in a lesson, as the pages say it.

use serde::Serialize;

use crate::course::Lesson;
use crate::store::Progress;

/// How far, in three steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not opened yet.
    Ahead,
    /// Opened, read or answered in part.
    Started,
    /// Every question worked through and the challenge passed; marked as read, where there is neither.
    Done,
}

/// A learner's standing in one lesson.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// How far.
    pub state: State,
    /// The part that is done, from 0 to 1; reading it counts as much as one question.
    pub share: f64,
    /// In words; empty for [`State::Ahead`].
    pub words: String,
}

impl Standing {
    /// Where a learner with this progress stands in `lesson`.
    #[must_use]
    pub fn of(lesson: &Lesson, progress: &Progress) -> Self {
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
            (true, _) if right < asked => (State::Done, format!("done, {right} of {asked} right")),
            (true, _) => (State::Done, "done".to_owned()),
            (false, true) if settled == asked && !challenged && asked > 0 => {
                (State::Started, "challenge open".to_owned())
            }
            (false, true) if tasks > 0 && passed => {
                let words = format!("passed, {right} of {asked} right");
                (State::Started, words)
            }
            (false, true) => (State::Started, started(asked, right, read)),
            (false, false) => (State::Ahead, String::new()),
        };
        let parts = settled + usize::from(read) + if challenged { tasks } else { 0 };
        Self {
            state,
            share: share(parts, asked + tasks + 1),
            words,
        }
    }
}

/// What is read, answered and passed, in numbers: of a lesson, or of several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Lessons.
    pub lessons: usize,
    /// Those marked as read.
    pub read: usize,
    /// Questions that are asked now.
    pub asked: usize,
    /// Those worked through: answered right, or closed.
    pub settled: usize,
    /// Those that were answered right.
    pub right: usize,
    /// What all of them are worth.
    pub points: u32,
    /// What the right ones are worth.
    pub earned: u32,
    /// Lessons with a challenge.
    pub challenges: usize,
    /// Those that are passed.
    pub passed: usize,
}

impl Tally {
    /// Of one lesson, as it is now; it may have changed since it was answered.
    #[must_use]
    pub fn of(lesson: &Lesson, progress: &Progress) -> Self {
        let mut tally = Self {
            lessons: 1,
            read: usize::from(progress.read.contains(&lesson.slug)),
            challenges: usize::from(lesson.challenge.is_some()),
            passed: usize::from(progress.passed.contains(&lesson.slug)),
            ..Self::default()
        };
        for question in &lesson.questions {
            let round = progress.round(question);
            tally.asked += 1;
            tally.settled += usize::from(round.settled);
            tally.right += usize::from(round.ever_right);
            tally.points += question.settings.points;
            if round.ever_right {
                tally.earned += question.settings.points;
            }
        }
        tally
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            lessons: sum.lessons + one.lessons,
            read: sum.read + one.read,
            asked: sum.asked + one.asked,
            settled: sum.settled + one.settled,
            right: sum.right + one.right,
            points: sum.points + one.points,
            earned: sum.earned + one.earned,
            challenges: sum.challenges + one.challenges,
            passed: sum.passed + one.passed,
        })
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
