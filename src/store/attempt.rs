//! Attempts: each answer that was given to a question, and how it was judged then.
//!
//! What was judged when it was given stays judged so, whatever becomes of the question; [`Attempt::version`]
//! tells whether it is still the same. A [`Mark`] is one more deed on an attempt.

use super::Marker;
use crate::exercise::{LessonSlug, QuestionId};
use crate::questions::{Outcome, QuestionVersion, Sure, Verdict};

/// An attempt to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAttempt {
    /// The lesson that asks.
    pub lesson: LessonSlug,
    /// The question.
    pub question: QuestionId,
    /// The question as it was asked.
    pub version: QuestionVersion,
    /// The answer as JSON.
    pub answer: String,
    /// How it was judged.
    pub verdict: Verdict,
    /// How sure the learner said they were.
    pub sure: Option<Sure>,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// It is kept, and this is its number among the learner's attempts at the question, from 1.
    Kept(u32),
    /// There are no more tries now: it is not kept.
    Closed,
}

/// An attempt that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The question.
    pub question: QuestionId,
    /// The question as it was asked; none where that was not kept yet.
    pub version: Option<QuestionVersion>,
    /// Which of the learner's attempts at the question it is, from 1.
    pub number: u32,
    /// The answer as JSON.
    pub answer: String,
    /// How it was judged. Where nothing was kept about its places, it tells of none.
    pub verdict: Verdict,
    /// How sure the learner said they were.
    pub sure: Option<Sure>,
    /// The mark that counts instead of the verdict.
    pub mark: Option<Mark>,
    /// When it was made, in milliseconds since 1970.
    pub at_ms: u64,
}

/// How somebody judged an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Who.
    pub by: Marker,
    /// Right, right in part, or not.
    pub outcome: Outcome,
}

impl Attempt {
    /// What counts: the mark, where there is one, else the verdict's outcome.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.mark.map_or(self.verdict.outcome, |mark| mark.outcome)
    }

    /// Whether it waits for its learner's own mark.
    #[must_use]
    pub fn waits_for_mark(&self) -> bool {
        self.outcome() == Outcome::Unsure
    }
}
