//! Attempts: each answer that was given to a question, and how it was judged then.
//!
//! What was judged when it was given stays judged so, whatever becomes of the question; [`Attempt::version`]
//! tells whether it is still the same. A [`Mark`] is one more deed on an attempt.

use super::Marker;
use crate::exercise::{LessonSlug, QuestionId};
use crate::questions::{Confidence, Outcome, QuestionVersion, Verdict};

/// An attempt to be kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewAttempt {
    /// The lesson that asks.
    pub(crate) lesson: LessonSlug,
    pub(crate) question: QuestionId,
    /// The question as it was asked.
    pub(crate) version: QuestionVersion,
    /// The answer as JSON.
    pub(crate) answer: String,
    /// How it was judged.
    pub(crate) verdict: Verdict,
    /// How sure the learner said they were.
    pub(crate) sure: Option<Confidence>,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Taken {
    /// It is kept, and this is its number among the learner's attempts at the question, from 1.
    Kept(u32),
    /// There are no more tries now: it is not kept.
    Closed,
    /// It was right before, and enough practice is kept: it is not kept.
    Practised,
}

/// An attempt that is kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attempt {
    pub(crate) question: QuestionId,
    /// The question as it was asked; none where that was not kept yet.
    pub(crate) version: Option<QuestionVersion>,
    /// Which of the learner's attempts at the question it is, from 1.
    pub(crate) number: u32,
    /// The answer as JSON.
    pub(crate) answer: String,
    /// How it was judged. Where nothing was kept about its places, it tells of none.
    pub(crate) verdict: Verdict,
    /// How sure the learner said they were.
    pub(crate) sure: Option<Confidence>,
    /// The mark that counts instead of the verdict.
    pub(crate) mark: Option<Mark>,
    /// When it was made, in milliseconds since 1970.
    pub(crate) at_ms: u64,
}

/// How somebody judged an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Who.
    pub(crate) by: Marker,
    /// Right, right in part, or not.
    pub(crate) outcome: Outcome,
}

impl Attempt {
    /// What counts: the mark, where there is one, else the verdict's outcome.
    #[must_use]
    pub(crate) fn outcome(&self) -> Outcome {
        self.mark.map_or(self.verdict.outcome, |mark| mark.outcome)
    }

    /// Whether it waits for its learner's own mark.
    #[must_use]
    pub(crate) fn waits_for_mark(&self) -> bool {
        self.outcome() == Outcome::Unsure
    }
}
