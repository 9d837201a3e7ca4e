//! Steps to be put into their order.
//!
//! Which steps stand wrong is told by the longest run of them that is in order, whatever stands
//! between: only the others would have to be moved. A page names steps by their place in the order that is
//! shown first, which tells nothing of the right one.

use serde::Serialize;
use serde_json::Value;

use super::fields::{numbered, numbers};
use super::place::PlaceView;
use super::shuffle::shuffled;
use super::{Kind, MarkedBlock, Syntax, Task, json, line};
use crate::form::FormFields;
use crate::questions::lines::{LineMark, Role};
use crate::questions::parse::{BlockReader, inline};
use crate::questions::{Answer, AnswerError, Feedback, Verdict, plain_text};

const STEP: &str = "1.";

pub(super) const KIND: Kind = Kind {
    name: "steps",
    written: "steps (“1. …”)",
    line_help: &[(
        "order",
        "the numbers or words of the steps as the lesson lists them, parted by “;” or “,”",
    )],
    syntax: Syntax::Marks {
        mark,
        opens: &[STEP],
        shares: &[],
        lists: true,
        read: |block, reader| Some(Box::new(Steps::read(block, reader))),
    },
};

fn mark(line: &str) -> Option<(LineMark, &str)> {
    let (number, words) = line.split_once(". ")?;
    let plain = number.len() <= 3 && number.parse::<u32>().is_ok();
    plain.then(|| (LineMark::new(STEP, number, Role::Answer), words))
}

/// Steps in the author's order.
#[derive(Debug)]
struct Steps {
    /// In a right order.
    each: Vec<Step>,
    /// The order in which they are shown at first, by index.
    shown: Vec<usize>,
    /// All of them.
    model_html: String,
}

#[derive(Debug)]
struct Step {
    /// Its words: sanitised HTML, inline where it is one paragraph.
    text_html: String,
    /// Steps of the same number may come in any order.
    number: u32,
    /// What is said where it stands wrong: sanitised block HTML.
    feedback_html: Option<String>,
}

impl Steps {
    fn read(block: &MarkedBlock, reader: &mut BlockReader) -> Self {
        let mut steps: Vec<Step> = Vec::new();
        for item in block.items {
            let number = item.mark.inside.parse().unwrap_or(0);
            if steps.last().is_some_and(|before| before.number > number) {
                let mend = "write the steps in a right order, with rising numbers";
                let problem = format!("step {number} stands below a later one");
                reader.fault(item.text.line, problem, mend);
            }
            steps.push(Step {
                text_html: inline(reader.html(&item.text)),
                number,
                feedback_html: reader.feedback(item),
            });
        }
        let first = steps.first().map(|step| step.number);
        if steps.iter().all(|step| Some(step.number) == first) {
            let mend = "number them 1., 2., 3.; the same number means that either may come first";
            reader.fault(reader.line, "there is no order in these steps", mend);
        }
        let listed = steps
            .iter()
            .map(|step| format!("<li>{}</li>", step.text_html));
        Self {
            model_html: format!("<ol>{}</ol>", listed.collect::<String>()),
            shown: first_shown(block.id, &steps),
            each: steps,
        }
    }

    /// Steps of one number are in order in any order, and earn nothing by that.
    #[expect(clippy::cast_precision_loss, reason = "a question has a few steps")]
    fn score(&self, places: &[bool]) -> f64 {
        let runs = self.each.chunk_by(|a, b| a.number == b.number);
        let least = runs.map(<[Step]>::len).max().unwrap_or(0);
        let right = places.iter().filter(|right| **right).count();
        let beyond = places.len().saturating_sub(least).max(1);
        right.saturating_sub(least) as f64 / beyond as f64
    }
}

impl Task for Steps {
    fn kind(&self) -> &'static str {
        KIND.name
    }

    fn instruction(&self) -> &'static str {
        "put them in order"
    }

    fn partly(&self) -> &'static str {
        "Partly right: some steps stand at a wrong place."
    }

    fn model_html(&self) -> &str {
        &self.model_html
    }

    fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        let order: Vec<usize> = answer.said(STEPS)?;
        let mut each = order.clone();
        each.sort_unstable();
        if !each.into_iter().eq(0..self.each.len()) {
            return Err(AnswerError::NotEachOnce);
        }
        let numbers: Vec<u32> = order.iter().map(|&at| self.each[at].number).collect();
        let places = in_order(&numbers);
        let feedback = order.iter().enumerate().filter_map(|(place, &step)| {
            let html = self.each[step].feedback_html.clone()?;
            (!places[place]).then_some(Feedback {
                place: Some(place),
                html,
            })
        });
        let feedback = feedback.collect();
        Ok(Verdict::at_places(self.score(&places), places, feedback))
    }

    fn answer(&self, fields: &FormFields) -> Result<Answer, AnswerError> {
        let mut order = vec![None; self.shown.len()];
        for (&step, place) in self.shown.iter().zip(self.places(fields)?) {
            let place = place.and_then(|place| order.get_mut(place));
            *place.ok_or(AnswerError::NotEachOnce)? = Some(step);
        }
        let order: Option<Vec<usize>> = order.into_iter().collect();
        Ok(Answer::new(STEPS, order.ok_or(AnswerError::NotEachOnce)?))
    }

    fn fields(&self, answer: &Answer) -> FormFields {
        let order: Vec<usize> = answer.said(STEPS).unwrap_or_default();
        let place = |step| order.iter().position(|other| other == step);
        let places = self.shown.iter().map(place);
        numbered(FIELD, places.map(|place| Some((place? + 1).to_string())))
    }

    fn answer_of_line(&self, line: &str) -> Answer {
        let texts = self.each.iter().map(|step| &*step.text_html);
        let texts: Vec<String> = texts.map(plain_text).collect();
        Answer::new(STEPS, line::indices(&texts, line))
    }

    fn view(&self, fields: &FormFields, verdict: Option<&Verdict>) -> Value {
        let places = self.places(fields).unwrap_or_default();
        let shown = self.shown.iter().enumerate().map(|(shown, &step)| {
            let place = places.get(shown).copied().flatten();
            let said = place.map(|place| PlaceView::at(place, verdict));
            StepView {
                shown,
                text_html: &self.each[step].text_html,
                place: place.map(|place| place + 1),
                said: said.unwrap_or_default(),
            }
        });
        let mut steps: Vec<StepView> = shown.collect();
        steps.sort_by_key(|step| step.place.unwrap_or(usize::MAX));
        json(StepsView { steps })
    }
}

/// The member of an answer: the author's steps by index, from 0, in the learner's order.
const STEPS: &str = "steps";
/// The fields of a form: of each step in the order that is shown, its place from 1.
const FIELD: &str = "place";

impl Steps {
    /// Of each step in the order that is shown: its place, from 0.
    fn places(&self, fields: &FormFields) -> Result<Vec<Option<usize>>, AnswerError> {
        numbers(fields, FIELD, self.each.len(), 1)
    }
}

/// What the template is filled with.
#[derive(Serialize)]
struct StepsView<'a> {
    steps: Vec<StepView<'a>>,
}

#[derive(Serialize)]
struct StepView<'a> {
    /// Its number in the order that is shown at first.
    shown: usize,
    text_html: &'a str,
    /// From 1; none before it was placed.
    place: Option<usize>,
    said: PlaceView,
}

/// An order that is not right; steps of one number may hide it from the plain shuffle.
fn first_shown(id: &str, steps: &[Step]) -> Vec<usize> {
    let mut shown = shuffled(steps.len(), id);
    let in_order = |shown: &[usize]| shown.iter().is_sorted_by_key(|&at| steps[at].number);
    if in_order(&shown) {
        shown.reverse();
    }
    shown
}

/// Which numbers belong to a longest run that does not fall.
fn in_order(numbers: &[u32]) -> Vec<bool> {
    // The longest run that ends at each place, and the place before its end.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (place, number) in numbers.iter().enumerate() {
        let before = (0..place)
            .filter(|&earlier| numbers[earlier] <= *number)
            .max_by_key(|&earlier| (runs[earlier].0, usize::MAX - earlier));
        runs.push((before.map_or(1, |before| runs[before].0 + 1), before));
    }
    let mut kept = vec![false; numbers.len()];
    let mut at = (0..runs.len()).max_by_key(|&place| runs[place].0);
    while let Some(place) = at {
        kept[place] = true;
        at = runs[place].1;
    }
    kept
}
