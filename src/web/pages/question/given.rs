//! What stands in a question's fields: as it was sent, or as an answer that is kept would fill them.
//!
//! Steps and what is matched are known to a page by their place in the order that is shown, which
//! tells nothing of the right one.

use super::Fields;
use crate::questions::{Answer, AnswerError, Question, Task};
use crate::web::fault::Fault;

/// The contents of a question's fields; those of other kinds are empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// The choices made.
    pub(crate) choices: Vec<usize>,
    /// A text, with line ends as `\n`.
    pub(crate) text: String,
    /// Of each step in the order that is shown: its place, from 0.
    pub(crate) places: Vec<Option<usize>>,
    /// Of each left: the right chosen, in the order that is shown.
    pub(crate) pairs: Vec<Option<usize>>,
    /// What was written into each gap.
    pub(crate) gaps: Vec<String>,
}

impl Given {
    /// The fields of a form: `choice`, repeated; `text`; `place-N`; `pair-N`; `gap-N`.
    pub(crate) fn read(question: &Question, fields: &Fields) -> Result<Self, Fault> {
        let mut given = Self::default();
        let numbered = |name: &str, count: usize, least: usize| {
            let of = |at: usize| number(fields.first(&format!("{name}-{at}")), least);
            (0..count).map(of).collect::<Result<Vec<_>, Fault>>()
        };
        match &question.task {
            Task::Choices(_) => {
                let choices = fields.all("choice").map(|choice| number(Some(choice), 0));
                given.choices = choices
                    .filter_map(Result::transpose)
                    .collect::<Result<_, _>>()?;
            }
            Task::Steps(steps) => given.places = numbered("place", steps.steps.len(), 1)?,
            Task::Pairs(pairs) => given.pairs = numbered("pair", pairs.lefts.len(), 0)?,
            Task::Gaps(gaps) => {
                let field = |at| fields.first(&format!("gap-{at}")).map(plain_lines);
                given.gaps = (0..gaps.gaps.len())
                    .map(|at| field(at).unwrap_or_default())
                    .collect();
            }
            Task::Text(_) | Task::Code(_) | Task::Words(_) => {
                given.text = fields.first("text").map(plain_lines).unwrap_or_default();
            }
        }
        Ok(given)
    }

    /// The fields as they stood when this answer was sent.
    #[must_use]
    pub(crate) fn of(question: &Question, answer: &Answer) -> Self {
        let mut given = Self::default();
        match (&question.task, answer) {
            (_, Answer::Choices(choices)) => given.choices.clone_from(choices),
            (_, Answer::Text(text)) => given.text.clone_from(text),
            (_, Answer::Gaps(gaps)) => given.gaps.clone_from(gaps),
            (Task::Steps(steps), Answer::Steps(order)) => {
                let place = |step| order.iter().position(|other| other == step);
                given.places = steps.shown.iter().map(place).collect();
            }
            (Task::Pairs(pairs), Answer::Pairs(chosen)) => {
                let shown = |right: usize| pairs.shown.iter().position(|other| *other == right);
                let chosen = chosen.iter();
                given.pairs = chosen.map(|chosen| chosen.and_then(shown)).collect();
            }
            _ => {}
        }
        given
    }

    /// The answer that they make, or why they make none.
    pub(crate) fn answer(&self, question: &Question) -> Result<Answer, AnswerError> {
        Ok(match &question.task {
            Task::Choices(_) => Answer::Choices(self.choices.clone()),
            Task::Text(_) | Task::Code(_) | Task::Words(_) => Answer::Text(self.text.clone()),
            Task::Gaps(_) => Answer::Gaps(self.gaps.clone()),
            Task::Steps(steps) => {
                let mut order = vec![None; steps.shown.len()];
                for (&step, place) in steps.shown.iter().zip(&self.places) {
                    let place = place.and_then(|place| order.get_mut(place));
                    *place.ok_or(AnswerError::NotEachOnce)? = Some(step);
                }
                let order: Option<Vec<usize>> = order.into_iter().collect();
                Answer::Steps(order.ok_or(AnswerError::NotEachOnce)?)
            }
            Task::Pairs(pairs) => {
                let right = |shown: &Option<usize>| match shown {
                    None => Ok(None),
                    Some(shown) => match pairs.shown.get(*shown) {
                        Some(right) => Ok(Some(*right)),
                        None => Err(AnswerError::NoSuchChoice),
                    },
                };
                Answer::Pairs(self.pairs.iter().map(right).collect::<Result<_, _>>()?)
            }
        })
    }
}

/// Browsers send the ends of a text area's lines as `\r\n`, and count them as one character.
fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// A number from `least` on, as one from 0 on; nothing where nothing was chosen.
fn number(text: Option<&str>, least: usize) -> Result<Option<usize>, Fault> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let number = text.parse::<usize>().ok();
    match number.and_then(|number| number.checked_sub(least)) {
        Some(number) => Ok(Some(number)),
        None => Err(Fault::Malformed(
            "A choice is sent as its number: reload the page and choose.".to_owned(),
        )),
    }
}
