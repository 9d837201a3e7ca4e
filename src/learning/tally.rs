//! What is read, answered and passed, in numbers.

use serde::Serialize;

use crate::course::Lesson;
use crate::store::Progress;

/// What is read, answered and passed, in numbers: of a lesson, or of several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Tally {
    pub(crate) lessons: usize,
    /// Those marked as read.
    pub(crate) read: usize,
    /// Steps that there are now.
    pub(crate) steps: usize,
    /// Those that are done.
    pub(crate) ticked: usize,
    /// Questions that are asked now.
    pub(crate) asked: usize,
    /// Those worked through: answered right, or closed.
    pub(crate) settled: usize,
    /// Those that were answered right.
    pub(crate) right: usize,
    /// What all of them are worth.
    pub(crate) points: u32,
    /// What the right ones are worth.
    pub(crate) earned: u32,
    /// Lessons with a challenge.
    pub(crate) challenges: usize,
    /// Those that are passed.
    pub(crate) passed: usize,
}

impl Tally {
    /// Of one lesson, as it is now; it may have changed since it was answered.
    #[must_use]
    pub(crate) fn of(lesson: &Lesson, progress: &Progress) -> Self {
        let mut tally = Self {
            lessons: 1,
            read: usize::from(progress.read.contains(&lesson.slug)),
            steps: lesson.steps.len(),
            challenges: usize::from(lesson.challenge.is_some()),
            passed: usize::from(progress.passed.contains(&lesson.slug)),
            ..Self::default()
        };
        let steps = lesson.steps.iter();
        let ticked = steps.filter(|step| progress.is_ticked(&lesson.slug, &step.id));
        tally.ticked = ticked.count();
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
            steps: sum.steps + one.steps,
            ticked: sum.ticked + one.ticked,
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
