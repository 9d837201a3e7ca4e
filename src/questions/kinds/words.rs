//! Answers in one's own words: what must be said, what must not, and how an answer is judged.
//!
//! Stages: a text becomes [`tokens`], spelled as the question's author spells ([`spelling`]);
//! [`clauses`] part its statements, [`negation`] measures how far each denial reaches; [`statements`] finds the
//! author's wordings and the subject of each; [`judge`] holds them against the concepts and
//! misconceptions that [`block`] read. The same answer always gets the same verdict: there is no
//! model, no clock and no chance in it.

mod block;
mod clauses;
mod english;
mod judge;
mod lexicon;
mod names;
mod negation;
mod spelling;
mod statements;
mod tokens;
mod usage;
mod wording;

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::fields::{TEXT, text};
use super::{Kind, Syntax, Task, json, line};
use crate::form::FormFields;
use crate::questions::text::is_too_long;
use crate::questions::{Answer, AnswerError, Outcome, Verdict};
pub(crate) use lexicon::Lexicon;
use spelling::Vocabulary;
use wording::{Alternatives, Wording};

pub(super) const KIND: Kind = Kind {
    name: "words",
    written: "concepts (“concept: …”)",
    line_help: &[("own words", line::TEXT)],
    syntax: Syntax::Entries {
        is_block: block::is_block,
        counts: block::counts,
        read: block::read,
    },
};

/// What an answer in one's own words is held against.
#[derive(Debug)]
struct OwnWords {
    vocabulary: Vocabulary,
    /// The stems of the prompt's words.
    prompt: BTreeSet<String>,
    /// The names of each subject that statements are made of.
    places: Vec<Alternatives>,
    /// What must be said.
    concepts: Vec<RubricPoint>,
    /// What must not be said.
    misconceptions: Vec<RubricPoint>,
    /// A full answer: sanitised block HTML.
    model_html: String,
    /// The same as the author wrote it.
    model: String,
    /// The line of the model answer.
    model_line: usize,
    marked: Vec<Marked>,
}

/// Something that an answer may say.
#[derive(Debug)]
struct RubricPoint {
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
pub(crate) struct Marked {
    /// The line in the lesson's file.
    pub(crate) line: usize,
    pub(crate) answer: String,
    /// The author's verdict.
    pub(crate) outcome: Outcome,
    /// Whether it was kept out while the wordings were written.
    pub(crate) held_out: bool,
}

/// A marked answer with the verdict that it gets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Judged {
    /// The answer and its author's verdict.
    pub(crate) marked: Marked,
    /// How it is judged.
    pub(crate) verdict: Verdict,
}

impl Judged {
    /// Whether it is judged as its author does.
    #[must_use]
    pub(crate) fn agrees(&self) -> bool {
        self.verdict.outcome == self.marked.outcome
    }

    /// Whether it counts as right, and is not.
    #[must_use]
    pub(crate) fn is_false_accept(&self) -> bool {
        !self.agrees() && self.verdict.outcome == Outcome::Correct
    }

    /// Whether it is right, and does not count as that.
    #[must_use]
    pub(crate) fn is_false_refusal(&self) -> bool {
        !self.agrees() && self.marked.outcome == Outcome::Correct
    }
}

/// How far judging agrees with the author's own marks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Agreement {
    /// Each marked answer, in order.
    pub(crate) judged: Vec<Judged>,
    /// Whether the model answer counts as correct.
    pub(crate) model_accepted: bool,
    /// The line of the model answer in the lesson's file.
    pub(crate) model_line: usize,
}

impl Task for OwnWords {
    fn kind(&self) -> &'static str {
        KIND.name
    }

    fn instruction(&self) -> &'static str {
        "answer in your own words"
    }

    fn model_html(&self) -> &str {
        &self.model_html
    }

    fn has_model(&self) -> bool {
        true
    }

    fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        let text: String = answer.said(TEXT)?;
        is_too_long(&text)?;
        if text.trim().is_empty() {
            return Err(AnswerError::NothingWritten);
        }
        Ok(self.verdict_on(&text))
    }

    fn view(&self, fields: &FormFields, _: Option<&Verdict>) -> Value {
        let text = text(fields, TEXT);
        json(WordsView {
            rows: text.lines().count().clamp(4, 16),
            text,
        })
    }

    fn agreement(&self) -> Option<Agreement> {
        let judged = self.marked.iter().map(|marked| Judged {
            marked: marked.clone(),
            verdict: self.verdict_on(&marked.answer),
        });
        Some(Agreement {
            judged: judged.collect(),
            model_accepted: self.verdict_on(&self.model).outcome == Outcome::Correct,
            model_line: self.model_line,
        })
    }
}

/// What the template is filled with.
#[derive(Serialize)]
struct WordsView {
    /// What stands in the field.
    text: String,
    /// Lines that the field shows.
    rows: usize,
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
