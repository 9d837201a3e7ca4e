//! The review: which questions are back because they were missed or guessed.

use std::sync::Arc;

use crate::course::{Course, Lesson};
use crate::questions::Question;
use crate::questions::rounds::Round;
use crate::store::Progress;

/// What there is to review, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Review {
    /// How many questions are due.
    pub(crate) due: usize,
    /// How many will come back later.
    pub(crate) resting: usize,
    /// When the first of them does, in milliseconds since 1970.
    pub(crate) next_ms: Option<u64>,
}

impl Review {
    /// The review of a learner with this progress.
    pub(crate) fn of(course: &Course, progress: &Progress) -> Self {
        Self::sum(met(course, progress).map(|(_, _, round)| round))
    }

    fn sum(rounds: impl Iterator<Item = Round>) -> Self {
        let none = Self {
            due: 0,
            resting: 0,
            next_ms: None,
        };
        rounds.fold(none, |sum, round| match (round.due, round.due_ms) {
            (true, _) => Self {
                due: sum.due + 1,
                ..sum
            },
            (false, None) => sum,
            (false, Some(at)) => Self {
                resting: sum.resting + 1,
                next_ms: Some(sum.next_ms.map_or(at, |next| next.min(at))),
                ..sum
            },
        })
    }
}

/// The questions of the course that the learner has met, each with its lesson and its round.
pub(crate) fn met<'a>(
    course: &'a Course,
    progress: &'a Progress,
) -> impl Iterator<Item = (&'a Arc<Lesson>, &'a Question, Round)> {
    let of_lesson = |lesson: &'a Arc<Lesson>| {
        let asked = lesson.questions.iter();
        asked.map(move |question| (lesson, &**question))
    };
    course
        .lessons()
        .flat_map(of_lesson)
        .filter(move |(_, question)| progress.deeds.contains_key(&question.id))
        .map(move |(lesson, question)| (lesson, question, progress.round(question)))
}
