//! Steps to be put into their order.
//!
//! Which steps stand wrong is told by the longest run of them that is in order, whatever stands
//! between: only the others would have to be moved.

use super::lines::{Item, Mark};
use super::parse::{Reader, inline};
use super::shuffle::shuffled;
use super::{AnswerError, Feedback, Verdict};

/// Steps in the author's order.
#[derive(Debug)]
pub(crate) struct Steps {
    /// In a right order.
    pub(crate) steps: Vec<Step>,
    /// The order in which they are shown at first, by index.
    pub(crate) shown: Vec<usize>,
}

/// One step.
#[derive(Debug)]
pub(crate) struct Step {
    /// Its words: sanitised HTML, inline where it is one paragraph.
    pub(crate) text_html: String,
    /// Steps of the same number may come in any order.
    number: u32,
    /// What is said where it stands wrong: sanitised block HTML.
    feedback_html: Option<String>,
}

impl Steps {
    /// The steps, and their order to be shown.
    pub(super) fn read(id: &str, items: &[&Item], reader: &mut Reader) -> (Self, String) {
        let mut steps: Vec<Step> = Vec::new();
        for item in items {
            let Mark::Step(number) = item.mark else {
                continue;
            };
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
        let shown = steps
            .iter()
            .map(|step| format!("<li>{}</li>", step.text_html));
        let model = format!("<ol>{}</ol>", shown.collect::<String>());
        let shown = first_shown(id, &steps);
        (Self { steps, shown }, model)
    }

    /// The verdict on the steps in this order, by index.
    pub(super) fn judge(&self, order: &[usize]) -> Result<Verdict, AnswerError> {
        let mut each = order.to_vec();
        each.sort_unstable();
        if !each.into_iter().eq(0..self.steps.len()) {
            return Err(AnswerError::NotEachOnce);
        }
        let numbers: Vec<u32> = order.iter().map(|&at| self.steps[at].number).collect();
        let places = in_order(&numbers);
        let feedback = order.iter().enumerate().filter_map(|(place, &step)| {
            let html = self.steps[step].feedback_html.clone()?;
            (!places[place]).then_some(Feedback {
                place: Some(place),
                html,
            })
        });
        let feedback = feedback.collect();
        Ok(Verdict::at_places(self.score(&places), places, feedback))
    }
}

impl Steps {
    /// Steps of one number are in order in any order, and earn nothing by that.
    #[expect(clippy::cast_precision_loss, reason = "a question has a few steps")]
    fn score(&self, places: &[bool]) -> f64 {
        let runs = self.steps.chunk_by(|a, b| a.number == b.number);
        let least = runs.map(<[Step]>::len).max().unwrap_or(0);
        let right = places.iter().filter(|right| **right).count();
        let beyond = places.len().saturating_sub(least).max(1);
        right.saturating_sub(least) as f64 / beyond as f64
    }
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
