//! Choices: one is right, or several are.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::place::PlaceView;
use super::{Kind, MarkedBlock, Syntax, Task, fields, json, line};
use crate::form::FormFields;
use crate::questions::lines::{LineMark, boxed};
use crate::questions::parse::{BlockReader, inline};
use crate::questions::{Answer, AnswerError, Feedback, Outcome, Verdict, plain_text};

/// Of which one is right.
const ONE_OF: &str = "( )";
/// Of which several are.
const ANY_OF: &str = "[ ]";

pub(super) const KIND: Kind = Kind {
    name: "choices",
    written: "choices (“( ) …”, “[ ] …”)",
    line_help: &[
        ("one choice", "its number from 1, or its words"),
        ("several choices", "the same, parted by “,” or “;”"),
    ],
    syntax: Syntax::Marks {
        mark,
        opens: &[ONE_OF, ANY_OF],
        shares: &[],
        lists: false,
        read: |block, reader| Some(Box::new(Choices::read(block, reader)?)),
    },
};

fn mark(line: &str) -> Option<(LineMark, &str)> {
    boxed(line, ONE_OF).or_else(|| boxed(line, ANY_OF))
}

/// What there is to choose from.
#[derive(Debug)]
struct Choices {
    /// Whether more than one may be chosen.
    several: bool,
    /// In the order in which they are shown.
    each: Vec<Choice>,
    /// The right ones.
    model_html: String,
}

/// One of the answers to choose from.
#[derive(Debug)]
struct Choice {
    /// Its words: sanitised HTML, inline where it is one paragraph.
    text_html: String,
    /// Whether it belongs to the right answer.
    right: bool,
    /// What is said to a learner who chose it: sanitised block HTML.
    feedback_html: Option<String>,
}

impl Choices {
    fn read(block: &MarkedBlock, reader: &mut BlockReader) -> Option<Self> {
        let sign = block.items.first()?.mark.sign;
        if let Some(other) = block.items.iter().find(|item| item.mark.sign != sign) {
            reader.other_kind(other.text.line);
            return None;
        }
        let choices = block.items.iter().map(|item| Choice {
            text_html: inline(reader.html(&item.text)),
            right: item.mark.is_crossed(),
            feedback_html: reader.feedback(item),
        });
        let choices: Vec<Choice> = choices.collect();
        let right = choices.iter().filter(|choice| choice.right);
        let shown = right.map(|choice| format!("<li>{}</li>", choice.text_html));
        let model_html = format!("<ul>{}</ul>", shown.collect::<String>());
        let read = Self {
            several: sign == ANY_OF,
            each: choices,
            model_html,
        };
        read.check(reader);
        Some(read)
    }

    fn check(&self, reader: &mut BlockReader) {
        let right = self.each.iter().filter(|choice| choice.right).count();
        let line = reader.line;
        if self.each.len() < 2 {
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

    /// Each right choice made earns its share, each wrong one takes a share away; never below 0.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a question has a handful of choices"
    )]
    fn score(&self, chosen: &BTreeSet<usize>) -> f64 {
        let in_all = self.each.iter().filter(|choice| choice.right).count();
        let right = chosen
            .iter()
            .filter(|&&index| self.each[index].right)
            .count();
        let wrong = chosen.len() - right;
        right.saturating_sub(wrong) as f64 / in_all.max(1) as f64
    }
}

impl Task for Choices {
    fn kind(&self) -> &'static str {
        KIND.name
    }

    fn instruction(&self) -> &'static str {
        if self.several {
            "choose all that are right"
        } else {
            "choose one"
        }
    }

    fn partly(&self) -> &'static str {
        "Partly right: look at each choice again."
    }

    fn model_html(&self) -> &str {
        &self.model_html
    }

    fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        let chosen: Vec<usize> = answer.said(CHOICES)?;
        let chosen: BTreeSet<usize> = chosen.into_iter().collect();
        if chosen.range(self.each.len()..).next().is_some() {
            return Err(AnswerError::NoSuchChoice);
        }
        match (self.several, chosen.len()) {
            (_, 0) => return Err(AnswerError::NothingChosen),
            (false, 2..) => return Err(AnswerError::TooManyChosen),
            _ => {}
        }
        let score = self.score(&chosen);
        let feedback = chosen.iter().filter_map(|&index| {
            let html = self.each[index].feedback_html.clone()?;
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

    fn answer(&self, fields: &FormFields) -> Result<Answer, AnswerError> {
        Ok(Answer::new(CHOICES, chosen(fields)?))
    }

    fn fields(&self, answer: &Answer) -> FormFields {
        let chosen: Vec<usize> = answer.said(CHOICES).unwrap_or_default();
        let field = |choice: usize| (FIELD.to_owned(), choice.to_string());
        chosen.into_iter().map(field).collect()
    }

    fn answer_of_line(&self, line: &str) -> Answer {
        let texts = self.each.iter().map(|choice| &*choice.text_html);
        let texts: Vec<String> = texts.map(plain_text).collect();
        Answer::new(CHOICES, line::indices(&texts, line))
    }

    fn view(&self, fields: &FormFields, verdict: Option<&Verdict>) -> Value {
        let made = chosen(fields).unwrap_or_default();
        let choices = self.each.iter().enumerate().map(|(at, choice)| {
            let chosen = made.contains(&at);
            let said = chosen.then(|| about_choice(at, choice.right, verdict));
            ChoiceView {
                text_html: &choice.text_html,
                chosen,
                said: said.unwrap_or_default(),
            }
        });
        json(ChoicesView {
            several: self.several,
            choices: choices.collect(),
        })
    }
}

/// The member of an answer: indices of the choices made, from 0, in any order.
const CHOICES: &str = "choices";
/// The field of a form: a choice by its index, once for each that was made.
const FIELD: &str = "choice";

fn chosen(fields: &FormFields) -> Result<Vec<usize>, AnswerError> {
    let chosen = fields
        .all(FIELD)
        .map(|choice| fields::number(Some(choice), 0));
    chosen.filter_map(Result::transpose).collect()
}

/// What the template is filled with.
#[derive(Serialize)]
struct ChoicesView<'a> {
    several: bool,
    choices: Vec<ChoiceView<'a>>,
}

#[derive(Serialize)]
struct ChoiceView<'a> {
    text_html: &'a str,
    chosen: bool,
    said: PlaceView,
}

/// A choice that was made is marked when there was no more than it to get right, or something is
/// said about it: to mark each wrong box of several would give the answer away.
fn about_choice(at: usize, right: bool, verdict: Option<&Verdict>) -> PlaceView {
    let html = verdict.and_then(|verdict| verdict.feedback_at(at));
    let all_right = verdict.is_some_and(|verdict| verdict.outcome == Outcome::Correct);
    let told = all_right || html.is_some();
    PlaceView::new(told.then_some(right), html)
}
