//! Answers in one's own words: what must be said, what must not, and how an answer is judged.
//!
//! Stages: a text becomes [`tokens`], spelled as the question's author spells ([`spelling`]);
//! [`clauses`] part its statements and measure the reach of its negations; [`claims`] finds the
//! author's wordings and the subject of each; [`judge`] holds them against the concepts and
//! misconceptions that [`block`] read. The same answer always gets the same verdict: there is no
//! model, no clock and no chance in it.

mod block;
mod claims;
mod clauses;
mod english;
mod judge;
mod spelling;
mod tokens;
mod wording;

use super::{Outcome, Verdict};
use spelling::Vocabulary;
use wording::{Place, Wording};

pub(super) use block::{is_block, read};

/// What an answer in one's own words is held against.
#[derive(Debug)]
pub(crate) struct Words {
    vocabulary: Vocabulary,
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
}

/// A marked answer that is judged in another way than its author does.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The answer and its author's verdict.
    pub marked: Marked,
    /// How it is judged.
    pub verdict: Verdict,
}

/// How far judging agrees with the author's own marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// How many answers the author marked.
    pub marked: usize,
    /// Those that are judged otherwise.
    pub disagreements: Vec<Disagreement>,
    /// Whether the model answer counts as correct.
    pub model_accepted: bool,
}

impl Words {
    /// Judges the author's marked answers and the model answer.
    pub(crate) fn agreement(&self) -> Agreement {
        let disagreements = self.marked.iter().filter_map(|marked| {
            let verdict = self.judge(&marked.answer);
            let marked = marked.clone();
            (verdict.outcome != marked.outcome).then_some(Disagreement { marked, verdict })
        });
        Agreement {
            marked: self.marked.len(),
            disagreements: disagreements.collect(),
            model_accepted: self.judge(&self.model).outcome == Outcome::Correct,
        }
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
