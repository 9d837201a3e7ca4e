//! Judging an answer in one's own words: its statements against concepts and misconceptions.

use std::collections::BTreeMap;

use super::statements::{ParsedAnswer, Statement};
use super::wording::{Holds, Wording};
use super::{OwnWords, RubricPoint};
use crate::questions::{Feedback, Outcome, Verdict};

/// With fewer words of weight than this, an answer without a known statement is wrong, not unclear.
const UNSURE_WEIGHT: usize = 10;
/// How many of the author's words make an answer without a known statement one on the matter.
const UNSURE_TERMS: usize = 4;

/// What an answer says about one point.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Silent,
    Held,
    Denied,
    Contradicted,
}

impl OwnWords {
    /// The verdict on an answer.
    pub(super) fn verdict_on(&self, text: &str) -> Verdict {
        let reading = ParsedAnswer::of(text, &self.vocabulary, &self.places);
        let points = || self.misconceptions.iter().chain(&self.concepts);
        let wordings: Vec<&Wording> = points().flat_map(|point| &point.wordings).collect();
        let Some(statements) = reading.statements(&wordings) else {
            return verdict(Outcome::Unsure, 0.0, said(REPEATED));
        };
        let mut first = 0;
        let stands: Vec<Stand> = points()
            .map(|point| {
                let own = first..first + point.wordings.len();
                first = own.end;
                stand(
                    point,
                    &wordings,
                    statements.iter().filter(|c| own.contains(&c.wording)),
                )
            })
            .collect();
        let (wrong, right) = stands.split_at(self.misconceptions.len());
        let mistaken = self.misconceptions.iter().zip(wrong);
        let mistaken = mistaken.filter(|(_, stand)| **stand == Stand::Held);
        let replies: Vec<Feedback> = mistaken
            .filter_map(|(point, _)| feedback(point.reply_html.clone()?))
            .collect();
        if replies.is_empty() {
            let unclear = reading.says()
                && !reading.repeats(&self.prompt)
                && reading.weight() >= UNSURE_WEIGHT
                && reading.terms() >= UNSURE_TERMS;
            self.verdict(right, unclear)
        } else {
            verdict(Outcome::Incorrect, 0.0, replies)
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a question has a handful of concepts"
    )]
    fn verdict(&self, stands: &[Stand], unclear: bool) -> Verdict {
        let count = |stand| stands.iter().filter(|other| **other == stand).count();
        let held = count(Stand::Held);
        let denied = count(Stand::Denied) + count(Stand::Contradicted);
        let missing = self
            .concepts
            .iter()
            .zip(stands)
            .filter_map(|(point, stand)| {
                let html = match stand {
                    Stand::Held => return None,
                    Stand::Silent => match &point.reply_html {
                        Some(html) => html.clone(),
                        None => format!("<p>Not said yet: {}.</p>", point.name_html),
                    },
                    Stand::Denied => format!("<p>Look again at this: {}.</p>", point.name_html),
                    Stand::Contradicted => {
                        format!("<p>You both say and deny this: {}.</p>", point.name_html)
                    }
                };
                feedback(html)
            });
        let missing: Vec<Feedback> = missing.collect();
        let score = held as f64 / stands.len().max(1) as f64;
        match (held, denied) {
            (held, _) if held == stands.len() => verdict(Outcome::Correct, 1.0, Vec::new()),
            (1.., _) => verdict(Outcome::Partial, score, missing),
            (0, 0) if unclear => verdict(Outcome::Unsure, 0.0, said(UNSURE)),
            (0, 0) => verdict(Outcome::Incorrect, 0.0, said(NOTHING)),
            _ => verdict(Outcome::Incorrect, 0.0, missing),
        }
    }
}

const UNSURE: &str = "<p>This could not be judged: compare it with the model answer.</p>";
const REPEATED: &str = "<p>This says the same over and over: say it once, in a few sentences.</p>";
const NOTHING: &str = "<p>This does not answer the question yet: say it in a whole sentence.</p>";

fn said(html: &str) -> Vec<Feedback> {
    feedback(html.to_owned()).into_iter().collect()
}

#[expect(clippy::unnecessary_wraps, reason = "used where words may be missing")]
fn feedback(html: String) -> Option<Feedback> {
    Some(Feedback { place: None, html })
}

fn verdict(outcome: Outcome, score: f64, feedback: Vec<Feedback>) -> Verdict {
    Verdict::whole(outcome, score, feedback)
}

/// What the statements with a point's wordings say about it. A statement of another subject says nothing;
/// one that denies a plain wording denies the point, unless a larger wording holds there.
fn stand<'c>(
    point: &RubricPoint,
    wordings: &[&Wording],
    statements: impl Iterator<Item = &'c Statement>,
) -> Stand {
    let own = statements.filter(|statement| {
        point
            .subject
            .is_none_or(|subject| statement.subjects.contains(&subject))
    });
    let (mut held, mut denied): (Vec<&Statement>, Vec<&Statement>) = (Vec::new(), Vec::new());
    for statement in own {
        let wording = wordings[statement.wording];
        let plain = matches!(wording.holds, Holds::Asserted | Holds::AssertedOrAverted);
        if wording.holds.by(statement.put) {
            held.push(statement);
        } else if plain && wording.rows.len() == 1 {
            denied.push(statement);
        }
    }
    let mut held_at: BTreeMap<usize, Vec<&Statement>> = BTreeMap::new();
    for statement in &held {
        for &at in &statement.at {
            held_at.entry(at).or_default().push(statement);
        }
    }
    let part_of =
        |denied: &Statement, held: &Statement| denied.at.iter().all(|at| held.at.contains(at));
    denied.retain(|denied| {
        let near = denied.at.first().and_then(|at| held_at.get(at));
        !near.is_some_and(|near| near.iter().any(|held| part_of(denied, held)))
    });
    match (held.is_empty(), denied.is_empty()) {
        (true, true) => Stand::Silent,
        (false, true) => Stand::Held,
        (true, false) => Stand::Denied,
        (false, false) => Stand::Contradicted,
    }
}
