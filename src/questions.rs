//! Questions and their marking: pure, without files, clocks or pages.
//!
//! [`parse()`] reads a [`Question`] from the lines of a lesson's fenced block, and
//! [`Question::judge`] gives the [`Verdict`] of an [`Answer`]. What a learner did at a question, and
//! when it comes back, is followed by [`rounds`]. A [`Question`] holds the right answer, so it is
//! never serialised.
//!
//! Each kind has a file or a folder in [`kinds`] that reads and judges it.

use serde::{Deserialize, Serialize};

use crate::exercise::QuestionId;
use crate::form::FormFields;

mod answer;
#[cfg(test)]
pub(crate) mod guide;
pub(crate) mod kinds;
pub(crate) mod lines;
pub(crate) mod parse;
pub(crate) mod rounds;
mod settings;
mod text;
mod version;

pub(crate) use answer::{Answer, AnswerError};
pub(crate) use kinds::line_help;
pub(crate) use kinds::words::{Agreement, Judged, Lexicon};
pub(crate) use parse::parse;
pub(crate) use settings::QuestionSettings;
pub(crate) use text::plain_text;
pub(crate) use version::QuestionVersion;

use kinds::Task;

/// The longest answer in words, in characters.
pub(crate) const ANSWER_LIMIT: usize = 4_000;

/// A question with all that is needed to judge an answer.
#[derive(Debug)]
pub(crate) struct Question {
    /// By which the course, pages and the store name it.
    pub(crate) id: QuestionId,
    /// Of what is asked and how it is judged: kept with each answer.
    pub(crate) version: QuestionVersion,
    /// What is asked: sanitised block HTML.
    pub(crate) prompt_html: String,
    /// Help in the order in which it is given: sanitised block HTML.
    pub(crate) hints: Vec<String>,
    /// What to read once the question is done with: sanitised block HTML.
    pub(crate) explanation_html: Option<String>,
    /// What it is worth, and how often it may be tried.
    pub(crate) settings: QuestionSettings,
    /// What an answer is held against.
    task: Box<dyn Task>,
}

/// How an answer was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
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
pub(crate) enum Confidence {
    /// It was a guess.
    Guess,
    /// Rather sure.
    Rather,
    /// Quite sure.
    Sure,
}

/// An answer's outcome, with the reasons that may be shown at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Verdict {
    pub(crate) outcome: Outcome,
    /// From 0 to 1.
    pub(crate) score: f64,
    /// What the author, or the judge, says about it.
    pub(crate) feedback: Vec<Feedback>,
    /// Whether what stands at each place is right: of the steps in the learner's order, of the
    /// pairs, of the gaps. Empty for the other kinds.
    pub(crate) places: Vec<bool>,
}

/// Words about an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Feedback {
    /// The choice, step, pair or gap it is about, from 0; none for the answer as a whole.
    pub(crate) place: Option<usize>,
    /// Sanitised block HTML.
    pub(crate) html: String,
}

impl Question {
    /// How it is asked now.
    #[must_use]
    pub(crate) fn terms(&self) -> rounds::Terms {
        rounds::Terms {
            settings: self.settings,
            version: self.version.clone(),
        }
    }

    /// The name of its kind.
    #[must_use]
    pub(crate) fn kind(&self) -> &'static str {
        self.task.kind()
    }

    /// How to answer, in a few words: “choose one”.
    pub(crate) fn instruction(&self) -> &'static str {
        self.task.instruction()
    }

    /// What is said of an answer that is right in part.
    pub(crate) fn partly(&self) -> &'static str {
        self.task.partly()
    }

    /// A right answer, to be shown when it is due: sanitised block HTML.
    #[must_use]
    pub(crate) fn model_html(&self) -> &str {
        self.task.model_html()
    }

    /// Whether a learner compares the answer with a model answer, and so sees that beside a right one too.
    pub(crate) fn has_model(&self) -> bool {
        self.task.has_model()
    }

    /// Whether the view of the task shows the prompt, with the fields in it.
    pub(crate) fn holds_prompt(&self) -> bool {
        self.task.holds_prompt()
    }

    /// The verdict on an answer. The same answer always gets the same verdict.
    pub(crate) fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        self.task.judge(answer)
    }

    /// The answer that a form's fields make, or why they make none.
    pub(crate) fn answer(&self, fields: &FormFields) -> Result<Answer, AnswerError> {
        self.task.answer(fields)
    }

    /// The answer that a line of `hxlab mark` is.
    pub(crate) fn answer_of_line(&self, line: &str) -> Answer {
        self.task.answer_of_line(line)
    }

    /// The fields as they stood when an answer was sent.
    pub(crate) fn fields(&self, answer: &Answer) -> FormFields {
        self.task.fields(answer)
    }

    /// What the template of its kind is filled with: what stands in the fields and, where that was judged, what
    /// is said at each place.
    pub(crate) fn view(&self, fields: &FormFields, verdict: Option<&Verdict>) -> serde_json::Value {
        self.task.view(fields, verdict)
    }

    /// How far judging agrees with the author's marked answers, where the question has some.
    #[must_use]
    pub(crate) fn agreement(&self) -> Option<Agreement> {
        self.task.agreement()
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

impl Verdict {
    /// What is said about a place.
    pub(crate) fn feedback_at(&self, place: usize) -> Option<&str> {
        let mut there = self
            .feedback
            .iter()
            .filter(|said| said.place == Some(place));
        there.next().map(|said| &*said.html)
    }
}

impl Confidence {
    const ALL: [Self; 3] = [Self::Guess, Self::Rather, Self::Sure];

    /// The word that forms and the store use.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Rather => "rather",
            Self::Sure => "sure",
        }
    }

    /// The one of this word.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sure| sure.name() == name)
    }
}

impl Outcome {
    const ALL: [Self; 4] = [Self::Correct, Self::Partial, Self::Incorrect, Self::Unsure];

    /// The word that forms and the store use.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Partial => "partial",
            Self::Incorrect => "incorrect",
            Self::Unsure => "unsure",
        }
    }

    /// The one of this word.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
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
