//! Questions and their marking: pure, without files, clocks or pages.
//!
//! [`parse`] reads a [`Question`] from the lines of a lesson's fenced block, and
//! [`Question::judge`] gives the [`Verdict`] of an [`Answer`]. A [`Question`] holds the right
//! answer, so it is never serialised; pages get its [`View`].

use serde::{Deserialize, Serialize};

mod judge;
mod lines;
mod parse;
mod text;
mod words;

pub use judge::AnswerError;
pub use parse::{Fault, parse};
pub use words::{Agreement, Judged, Marked};

/// The longest answer in words, in characters.
pub const ANSWER_LIMIT: usize = 4_000;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// By choosing one of the choices.
    One,
    /// By choosing each choice that is right.
    Several,
    /// By a short text.
    Text,
    /// In one's own words.
    Words,
}

/// A question with all that is needed to judge an answer.
#[derive(Debug)]
pub struct Question {
    /// Unique in the course: lower-case letters, digits and hyphens.
    pub id: String,
    /// How it is answered.
    pub kind: Kind,
    /// What is asked: sanitised block HTML.
    pub prompt_html: String,
    /// What there is to choose from, in order; none for [`Kind::Text`] and
    /// [`Kind::Words`].
    pub choices: Vec<Choice>,
    /// Help in the order in which it is given: sanitised block HTML.
    pub hints: Vec<String>,
    /// What to read once the question is done with: sanitised block HTML.
    pub explanation_html: Option<String>,
    /// The right answers of [`Kind::Text`].
    pub(crate) accepted: Vec<Variant>,
    /// Wrong answers that the author expects.
    pub(crate) anticipated: Vec<Variant>,
    /// What is said to any other wrong answer: sanitised block HTML.
    pub(crate) otherwise_html: Option<String>,
    /// What an answer in one's own words is held against, in a question of [`Kind::Words`].
    pub(crate) words: Option<words::Words>,
}

/// One of the answers to choose from.
#[derive(Debug)]
pub struct Choice {
    /// Its words: sanitised HTML, inline where it is one paragraph.
    pub text_html: String,
    /// Whether it belongs to the right answer.
    pub right: bool,
    /// What is said to a learner who chose it: sanitised block HTML.
    pub feedback_html: Option<String>,
}

/// A text that an answer is compared with.
#[derive(Debug)]
pub(crate) struct Variant {
    /// As [`text::normalised`] leaves it.
    pub(crate) text: String,
    /// What is said to this answer: sanitised block HTML.
    pub(crate) feedback_html: Option<String>,
}

/// What a learner said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Indices of the choices made, from 0, in any order.
    Choices(Vec<usize>),
    /// At most [`ANSWER_LIMIT`] characters.
    Text(String),
}

/// How an answer was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Right in full.
    Correct,
    /// Right in part.
    Partial,
    /// Wrong.
    Incorrect,
    /// Not for a program to decide: the learner compares with a model answer.
    Unsure,
}

/// An answer's outcome, with the reasons that may be shown at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// The outcome.
    pub outcome: Outcome,
    /// From 0 to 1.
    pub score: f64,
    /// For several choices, one for each choice that was made and has words of the author's.
    pub feedback: Vec<Feedback>,
}

/// Words of the author's about an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Feedback {
    /// The choice it is about, from 0; none for a text.
    pub choice: Option<usize>,
    /// Sanitised block HTML.
    pub html: String,
}

/// What a page may hold of a question before it is answered: nothing that tells the answer.
#[derive(Debug, Serialize)]
pub struct View<'a> {
    /// The question's id.
    pub id: &'a str,
    /// How it is answered.
    pub kind: Kind,
    /// What is asked: sanitised block HTML.
    pub prompt_html: &'a str,
    /// The choices' words: sanitised HTML.
    pub choices: Vec<&'a str>,
    /// How many hints there are.
    pub hints: usize,
}

impl Question {
    /// The part that may be shown before an answer.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View {
            id: &self.id,
            kind: self.kind,
            prompt_html: &self.prompt_html,
            choices: self.choices.iter().map(|c| &*c.text_html).collect(),
            hints: self.hints.len(),
        }
    }

    /// A full answer in words, where the question has one: sanitised block HTML.
    #[must_use]
    pub fn model_html(&self) -> Option<&str> {
        self.words.as_ref().map(|words| &*words.model_html)
    }

    /// How far judging agrees with the author's marked answers, where the question has some.
    #[must_use]
    pub fn agreement(&self) -> Option<Agreement> {
        self.words.as_ref().map(words::Words::agreement)
    }
}

#[cfg(test)]
#[path = "questions_tests.rs"]
mod tests;
