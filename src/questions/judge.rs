//! Judging: an answer against a question.

use std::collections::BTreeSet;

use super::text::normalised;
use super::{ANSWER_LIMIT, Answer, Feedback, Kind, Outcome, Question, Verdict};

/// Why an answer was not judged. Each sentence says what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// No choice was made.
    #[error("Choose an answer first.")]
    NothingChosen,
    /// The text is empty or only space.
    #[error("Write an answer first.")]
    NothingWritten,
    /// More than one choice where one is right.
    #[error("This question takes one choice: choose the best one.")]
    TooManyChosen,
    /// The text is longer than [`ANSWER_LIMIT`].
    #[error("This answer has {0} characters, and at most 4,000 are read: shorten it.")]
    TooLong(usize),
    /// There is no choice of this index.
    #[error("This question has no such choice: reload the page and choose again.")]
    NoSuchChoice(usize),
    /// A text for choices, or choices for a text.
    #[error("This question is answered in another way: reload the page and answer again.")]
    OtherKind,
}

impl Question {
    /// The verdict on an answer. The same answer always gets the same verdict.
    pub fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        match (self.kind, answer) {
            (Kind::One | Kind::Several, Answer::Choices(chosen)) => self.judge_choices(chosen),
            (Kind::Text | Kind::Words, Answer::Text(text)) => self.judge_text(text),
            _ => Err(AnswerError::OtherKind),
        }
    }

    fn judge_choices(&self, chosen: &[usize]) -> Result<Verdict, AnswerError> {
        let chosen: BTreeSet<usize> = chosen.iter().copied().collect();
        if let Some(&beyond) = chosen.range(self.choices.len()..).next() {
            return Err(AnswerError::NoSuchChoice(beyond));
        }
        match (self.kind, chosen.len()) {
            (_, 0) => return Err(AnswerError::NothingChosen),
            (Kind::One, 2..) => return Err(AnswerError::TooManyChosen),
            _ => {}
        }
        let score = self.choices_score(&chosen);
        let feedback = chosen.iter().filter_map(|&index| {
            let html = self.choices[index].feedback_html.clone()?;
            Some(Feedback {
                choice: Some(index),
                html,
            })
        });
        Ok(Verdict {
            outcome: outcome(score),
            score,
            feedback: feedback.collect(),
        })
    }

    /// Each right choice made earns its share, each wrong one takes a share away; never below 0.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a question has a handful of choices"
    )]
    fn choices_score(&self, chosen: &BTreeSet<usize>) -> f64 {
        let in_all = self.choices.iter().filter(|choice| choice.right).count();
        let right = chosen
            .iter()
            .filter(|&&index| self.choices[index].right)
            .count();
        let wrong = chosen.len() - right;
        right.saturating_sub(wrong) as f64 / in_all.max(1) as f64
    }

    fn judge_text(&self, text: &str) -> Result<Verdict, AnswerError> {
        let length = text.chars().count();
        if length > ANSWER_LIMIT {
            return Err(AnswerError::TooLong(length));
        }
        let answer = normalised(text);
        if answer.is_empty() {
            return Err(AnswerError::NothingWritten);
        }
        if let Some(words) = &self.words {
            return Ok(words.judge(text));
        }
        let accepted = self.accepted.iter().find(|variant| variant.text == answer);
        let known = accepted.or_else(|| self.anticipated.iter().find(|v| v.text == answer));
        let html = match known {
            Some(variant) => variant.feedback_html.clone(),
            None => self.otherwise_html.clone(),
        };
        let score = if accepted.is_some() { 1.0 } else { 0.0 };
        let feedback = html.map(|html| Feedback { choice: None, html });
        Ok(Verdict {
            outcome: outcome(score),
            score,
            feedback: feedback.into_iter().collect(),
        })
    }
}

fn outcome(score: f64) -> Outcome {
    if score >= 1.0 {
        Outcome::Correct
    } else if score > 0.0 {
        Outcome::Partial
    } else {
        Outcome::Incorrect
    }
}
