//! Choices: one is right, or several are.

use std::collections::BTreeSet;

use super::lines::{Item, Mark};
use super::parse::{Reader, inline};
use super::{AnswerError, Feedback, Outcome, Verdict};

/// What there is to choose from.
#[derive(Debug)]
pub(crate) struct Choices {
    /// Whether more than one may be chosen.
    pub(crate) several: bool,
    /// In the order in which they are shown.
    pub(crate) choices: Vec<Choice>,
}

/// One of the answers to choose from.
#[derive(Debug)]
pub(crate) struct Choice {
    /// Its words: sanitised HTML, inline where it is one paragraph.
    pub(crate) text_html: String,
    /// Whether it belongs to the right answer.
    pub(crate) right: bool,
    /// What is said to a learner who chose it: sanitised block HTML.
    pub(crate) feedback_html: Option<String>,
}

impl Choices {
    /// The choices, and the right ones to be shown.
    pub(super) fn read(items: &[&Item], reader: &mut Reader) -> (Self, String) {
        let mut choices = Vec::new();
        let mut several = false;
        for item in items {
            let right = match item.mark {
                Mark::OneOf { right } => right,
                Mark::AnyOf { right } => {
                    several = true;
                    right
                }
                _ => continue,
            };
            choices.push(Choice {
                text_html: inline(reader.html(&item.text)),
                right,
                feedback_html: reader.feedback(item),
            });
        }
        let read = Self { several, choices };
        read.check(reader);
        let right = read.choices.iter().filter(|choice| choice.right);
        let shown = right.map(|choice| format!("<li>{}</li>", choice.text_html));
        let model = format!("<ul>{}</ul>", shown.collect::<String>());
        (read, model)
    }

    fn check(&self, reader: &mut Reader) {
        let right = self.choices.iter().filter(|choice| choice.right).count();
        let line = reader.line;
        if self.choices.len() < 2 {
            reader.fault(line, "there is only one choice", "write at least two");
        }
        match (self.several, right) {
            (false, 2..) => reader.fault(
                line,
                format!("{right} choices are marked right, where only one can be chosen"),
                "mark one with “(x)”, or use “[ ]” for several choices",
            ),
            (_, 0) => reader.fault(line, "no choice is right", "mark what is right with an x"),
            _ => {}
        }
    }

    /// The verdict on these choices.
    pub(super) fn judge(&self, chosen: &[usize]) -> Result<Verdict, AnswerError> {
        let chosen: BTreeSet<usize> = chosen.iter().copied().collect();
        if chosen.range(self.choices.len()..).next().is_some() {
            return Err(AnswerError::NoSuchChoice);
        }
        match (self.several, chosen.len()) {
            (_, 0) => return Err(AnswerError::NothingChosen),
            (false, 2..) => return Err(AnswerError::TooManyChosen),
            _ => {}
        }
        let score = self.score(&chosen);
        let feedback = chosen.iter().filter_map(|&index| {
            let html = self.choices[index].feedback_html.clone()?;
            Some(Feedback {
                place: Some(index),
                html,
            })
        });
        Ok(Verdict::whole(
            Outcome::of(score),
            score,
            feedback.collect(),
        ))
    }

    /// Each right choice made earns its share, each wrong one takes a share away; never below 0.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a question has a handful of choices"
    )]
    fn score(&self, chosen: &BTreeSet<usize>) -> f64 {
        let in_all = self.choices.iter().filter(|choice| choice.right).count();
        let right = chosen
            .iter()
            .filter(|&&index| self.choices[index].right)
            .count();
        let wrong = chosen.len() - right;
        right.saturating_sub(wrong) as f64 / in_all.max(1) as f64
    }
}
