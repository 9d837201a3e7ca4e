//! Questions and their marking: pure, without files, clocks or pages.
//!
//! [`parse`] reads a [`Question`] from the lines of a lesson's fenced block, and
//! [`Question::judge`] gives the [`Verdict`] of an [`Answer`]. What a learner did at a question, and
//! when it comes back, is followed by [`rounds`]. A [`Question`] holds the right answer, so it is
//! never serialised.
//!
//! Each kind has a file that reads and judges it: [`choices`], [`short`], [`steps`], [`pairs`],
//! [`gaps`], [`code`] and [`words`].

use serde::{Deserialize, Serialize};

use crate::exercise::QuestionId;

pub(crate) mod choices;
pub(crate) mod code;
pub(crate) mod gaps;
mod judge;
mod lines;
pub(crate) mod pairs;
mod parse;
pub mod rounds;
mod settings;
pub(crate) mod short;
mod shuffle;
pub(crate) mod steps;
mod text;
mod version;
mod words;

pub use judge::AnswerError;
pub use parse::{Fault, parse};
pub use settings::Settings;
pub(crate) use text::plain_text;
pub use version::QuestionVersion;
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
    /// By putting steps into their order.
    Steps,
    /// By saying what belongs to what.
    Pairs,
    /// By filling the gaps in code.
    Gaps,
    /// By a piece of code, which is compared as parsed.
    Code,
    /// In one's own words.
    Words,
}

/// A question with all that is needed to judge an answer.
#[derive(Debug)]
pub struct Question {
    /// By which the course, pages and the store name it.
    pub id: QuestionId,
    /// Of what is asked and how it is judged: kept with each answer.
    pub version: QuestionVersion,
    /// What is asked: sanitised block HTML. In a question of [`Kind::Gaps`] it holds the gaps' marks.
    pub prompt_html: String,
    /// Help in the order in which it is given: sanitised block HTML.
    pub hints: Vec<String>,
    /// What to read once the question is done with: sanitised block HTML.
    pub explanation_html: Option<String>,
    /// What it is worth, and how often it may be tried.
    pub settings: Settings,
    /// What an answer is held against.
    pub(crate) task: Task,
    /// A right answer, to be shown on request: sanitised block HTML.
    model_html: String,
}

/// What an answer is held against, by the question's kind.
#[derive(Debug)]
pub(crate) enum Task {
    /// Choices to choose from.
    Choices(choices::Choices),
    /// Short texts that are right.
    Text(short::Short),
    /// Steps in their order.
    Steps(steps::Steps),
    /// What belongs to what.
    Pairs(pairs::Pairs),
    /// What belongs into each gap.
    Gaps(gaps::Gaps),
    /// Pieces of code that are right.
    Code(code::Code),
    /// What must be said in one's own words.
    Words(words::Words),
}

/// What a learner said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Indices of the choices made, from 0, in any order.
    Choices(Vec<usize>),
    /// At most [`ANSWER_LIMIT`] characters: a short text, code, or one's own words.
    Text(String),
    /// The author's steps by index, from 0, in the learner's order.
    Steps(Vec<usize>),
    /// For each thing on the left, the index of what was chosen for it; none where nothing was.
    Pairs(Vec<Option<usize>>),
    /// What was written into each gap, in their order.
    Gaps(Vec<String>),
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

/// How sure a learner said they were of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    /// It was a guess.
    Guess,
    /// Rather sure.
    Rather,
    /// Quite sure.
    Sure,
}

/// An answer's outcome, with the reasons that may be shown at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// The outcome.
    pub outcome: Outcome,
    /// From 0 to 1.
    pub score: f64,
    /// What the author, or the judge, says about it.
    pub feedback: Vec<Feedback>,
    /// Whether what stands at each place is right: of the steps in the learner's order, of the
    /// pairs, of the gaps. Empty for the other kinds.
    pub places: Vec<bool>,
}

/// Words about an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// The choice, step, pair or gap it is about, from 0; none for the answer as a whole.
    pub place: Option<usize>,
    /// Sanitised block HTML.
    pub html: String,
}

impl Question {
    /// How it is asked now.
    #[must_use]
    pub fn terms(&self) -> rounds::Terms {
        rounds::Terms {
            settings: self.settings,
            version: self.version.clone(),
        }
    }

    /// How it is answered.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.task {
            Task::Choices(choices) if choices.several => Kind::Several,
            Task::Choices(_) => Kind::One,
            Task::Text(_) => Kind::Text,
            Task::Steps(_) => Kind::Steps,
            Task::Pairs(_) => Kind::Pairs,
            Task::Gaps(_) => Kind::Gaps,
            Task::Code(_) => Kind::Code,
            Task::Words(_) => Kind::Words,
        }
    }

    /// A right answer, to be shown when it is due: sanitised block HTML.
    #[must_use]
    pub fn model_html(&self) -> &str {
        match &self.task {
            Task::Words(words) => &words.model_html,
            _ => &self.model_html,
        }
    }

    /// How far judging agrees with the author's marked answers, where the question has some.
    #[must_use]
    pub fn agreement(&self) -> Option<Agreement> {
        match &self.task {
            Task::Words(words) => Some(words.agreement()),
            _ => None,
        }
    }
}

impl Verdict {
    /// A verdict on an answer that has no places.
    pub(crate) fn whole(outcome: Outcome, score: f64, feedback: Vec<Feedback>) -> Self {
        Self {
            outcome,
            score,
            feedback,
            places: Vec::new(),
        }
    }

    /// A verdict on an answer with places; `score` is from 0 to 1.
    pub(crate) fn at_places(score: f64, places: Vec<bool>, feedback: Vec<Feedback>) -> Self {
        Self {
            outcome: Outcome::of(score),
            score,
            feedback,
            places,
        }
    }
}

impl Sure {
    const ALL: [Self; 3] = [Self::Guess, Self::Rather, Self::Sure];

    /// The word that forms and the store use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Rather => "rather",
            Self::Sure => "sure",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sure| sure.name() == name)
    }
}

impl Outcome {
    const ALL: [Self; 4] = [Self::Correct, Self::Partial, Self::Incorrect, Self::Unsure];

    /// The word that forms and the store use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Partial => "partial",
            Self::Incorrect => "incorrect",
            Self::Unsure => "unsure",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }

    /// What a score from 0 to 1 amounts to.
    pub(crate) fn of(score: f64) -> Self {
        if score >= 1.0 {
            Self::Correct
        } else if score > 0.0 {
            Self::Partial
        } else {
            Self::Incorrect
        }
    }
}

#[cfg(test)]
#[path = "questions_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "questions/kinds_tests.rs"]
mod kinds_tests;
