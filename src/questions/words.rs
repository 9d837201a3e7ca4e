//! Answers in one's own words: what must be said, what must not, and how an answer is judged.
//!
//! Stages: a text becomes [`tokens`], spelled as the question's author spells ([`spelling`]);
//! [`clauses`] part its statements, [`negation`] measures how far each denial reaches; [`claims`] finds the
//! author's wordings and the subject of each; [`judge`] holds them against the concepts and
//! misconceptions that [`block`] read. The same answer always gets the same verdict: there is no
//! model, no clock and no chance in it.

mod block;
mod claims;
mod clauses;
mod common;
mod english;
mod judge;
mod negation;
mod spelling;
mod tokens;
mod wording;

use std::collections::BTreeSet;

use super::{Outcome, Verdict};
use spelling::Vocabulary;
use wording::{Place, Wording};

pub(super) use block::{counts, is_block, read};

/// What an answer in one's own words is held against.
#[derive(Debug)]
pub(crate) struct Words {
    vocabulary: Vocabulary,
    /// The stems of the prompt's words.
    prompt: BTreeSet<String>,
    /// The names of each subject that claims are made of.
    places: Vec<Place>,
    /// What must be said.
    concepts: Vec<Point>,
    /// What must not be said.
    misconceptions: Vec<Point>,
    /// A full answer: sanitised block HTML.
    pub(crate) model_html: String,
    /// The same as the author wrote it.
    model: String,
    /// The line of the model answer.
    model_line: usize,
    marked: Vec<Marked>,
}

/// Something that an answer may say.
#[derive(Debug)]
struct Point {
    /// Its name: sanitised inline HTML.
    name_html: String,
    /// Of which subject it must be said; of any, where there is none.
    subject: Option<usize>,
    /// The ways to say it.
    wordings: Vec<Wording>,
    /// What is said when a concept is missing, or a misconception is there.
    reply_html: Option<String>,
}

/// An answer with the verdict that its author gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The line in the lesson's file.
    pub line: usize,
    /// The answer.
    pub answer: String,
    /// The author's verdict.
    pub outcome: Outcome,
    /// Whether it was kept out while the wordings were written.
    pub held_out: bool,
}

/// A marked answer with the verdict that it gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The answer and its author's verdict.
    pub marked: Marked,
    /// How it is judged.
    pub verdict: Verdict,
}

impl Judged {
    /// Whether it is judged as its author does.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.verdict.outcome == self.marked.outcome
    }

    /// Whether it counts as right, and is not.
    #[must_use]
    pub fn is_false_accept(&self) -> bool {
        !self.agrees() && self.verdict.outcome == Outcome::Correct
    }

    /// Whether it is right, and does not count as that.
    #[must_use]
    pub fn is_false_refusal(&self) -> bool {
        !self.agrees() && self.marked.outcome == Outcome::Correct
    }
}

/// How far judging agrees with the author's own marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Each marked answer, in order.
    pub judged: Vec<Judged>,
    /// Whether the model answer counts as correct.
    pub model_accepted: bool,
    /// The line of the model answer in the lesson's file.
    pub model_line: usize,
}

impl Words {
    /// Judges the author's marked answers and the model answer.
    pub(crate) fn agreement(&self) -> Agreement {
        let judged = self.marked.iter().map(|marked| Judged {
            marked: marked.clone(),
            verdict: self.judge(&marked.answer),
        });
        Agreement {
            judged: judged.collect(),
            model_accepted: self.judge(&self.model).outcome == Outcome::Correct,
            model_line: self.model_line,
        }
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
