//! Deeds: what somebody did and what is kept, in one list, with numbers that rise.
//!
//! A deed is kept in the transaction that does it, and announced after the commit
//! ([`announcements`](super::announcements)). Who was not listening reads what they missed by number.

use serde::{Deserialize, Serialize};

use super::LearnerId;
use crate::exercise::{LessonSlug, QuestionId, StepId, Variant};
use crate::questions::Outcome;

/// Something that a learner did, or that was done with their work.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deed {
    /// Rises with each deed, from 1; a number is never used again.
    pub(crate) number: u64,
    /// Whose work it is about.
    pub(crate) learner: LearnerId,
    /// The lesson in which it was done.
    pub(crate) lesson: LessonSlug,
    /// What was done.
    pub(crate) what: What,
    /// When, in milliseconds since 1970.
    pub(crate) at_ms: u64,
}

/// What was done. Kept as JSON: a kind that was released keeps its name and its fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub(crate) enum What {
    /// The lesson was opened for the first time.
    Opened,
    /// The lesson was marked as read, or no longer is.
    Read {
        /// Whether it is marked now.
        read: bool,
    },
    /// A step was done.
    Ticked {
        /// The variant in which it was.
        variant: Variant,
        /// Which step.
        step: StepId,
    },
    /// A version of the draft was saved.
    Saved {
        /// The variant that it is a draft of.
        variant: Variant,
        /// Which version, from 1.
        version: u64,
    },
    /// An answer was given.
    Answered {
        /// To which question.
        question: QuestionId,
        /// Which of the learner's attempts at it, from 1.
        attempt: u32,
        /// How it was judged.
        outcome: Outcome,
    },
    /// The answer was looked at before it was found.
    Revealed {
        /// Of which question.
        question: QuestionId,
    },
    /// Somebody said how an attempt is to be judged.
    Marked {
        /// At which question.
        question: QuestionId,
        /// Which attempt, from 1.
        attempt: u32,
        /// Who said it.
        by: Marker,
        /// What they said.
        outcome: Outcome,
    },
    /// A check of the challenge ended.
    Checked {
        /// The variant that was tried.
        variant: Variant,
        /// The check's id.
        check: String,
        /// Whether the application did what was expected.
        passed: bool,
    },
    /// The challenge was passed for the first time.
    Passed {
        /// The variant that passed.
        variant: Variant,
        /// The version of the draft that passed.
        version: u64,
    },
}

/// Who marks an attempt. A mark of one kind takes the place of an earlier one of the same kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Marker {
    /// The learner, where the judge was not sure.
    Learner,
}

impl Marker {
    /// The word that the store uses.
    pub(in crate::store) fn name(self) -> &'static str {
        match self {
            Self::Learner => "learner",
        }
    }
}
