//! Pairs: what belongs to what.

use super::lines::{Item, Mark};
use super::parse::{Reader, inline};
use super::shuffle::shuffled;
use super::text::plain_text;
use super::{AnswerError, Feedback, Verdict};

/// Things on the left, each with what belongs to it.
#[derive(Debug)]
pub(crate) struct Pairs {
    /// In the order in which they are shown.
    pub(crate) lefts: Vec<Left>,
    /// What there is to choose from, as plain text, each once.
    pub(crate) rights: Vec<String>,
    /// The order in which these are shown, by index.
    pub(crate) shown: Vec<usize>,
}

/// A thing on the left.
#[derive(Debug)]
pub(crate) struct Left {
    /// Its words: sanitised HTML, inline where it is one paragraph.
    pub(crate) text_html: String,
    /// The index of what belongs to it.
    right: usize,
    /// What is said where something else was chosen: sanitised block HTML.
    feedback_html: Option<String>,
}

impl Pairs {
    /// The pairs, to be shown as well.
    pub(super) fn read(id: &str, items: &[&Item], reader: &mut Reader) -> (Self, String) {
        let mut lefts = Vec::new();
        let mut rights: Vec<String> = Vec::new();
        let mut model = String::from("<ul>");
        for item in items.iter().filter(|item| item.mark == Mark::Pair) {
            let line = item.text.line;
            let written = item.text.markdown();
            let Some((left, right)) = written.split_once("=>") else {
                continue;
            };
            let right_html = inline(reader.render(right.trim(), line));
            let text = plain_text(&right_html);
            if text.is_empty() {
                reader.fault(line, "nothing stands on the right", "write it behind “=>”");
                continue;
            }
            let known = rights.iter().position(|known| *known == text);
            let right = known.unwrap_or(rights.len());
            if known.is_none() {
                rights.push(text);
            }
            // `- => words` is only one more to choose from.
            if !left.trim().is_empty() {
                let text_html = inline(reader.render(left.trim(), line));
                model.extend(["<li>", &text_html, " → ", &right_html, "</li>"]);
                lefts.push(Left {
                    text_html,
                    right,
                    feedback_html: reader.feedback(item),
                });
            }
        }
        model.push_str("</ul>");
        if lefts.len() < 2 || rights.len() < 2 {
            let mend = "write at least two pairs “- left => right” that differ on the right";
            reader.fault(reader.line, "there is nothing to match", mend);
        }
        let shown = shuffled(rights.len(), id);
        let pairs = Self {
            lefts,
            rights,
            shown,
        };
        (pairs, model)
    }

    /// The verdict on what was chosen for each left, by index.
    #[expect(clippy::cast_precision_loss, reason = "a question has a few pairs")]
    pub(super) fn judge(&self, chosen: &[Option<usize>]) -> Result<Verdict, AnswerError> {
        if chosen.len() != self.lefts.len() {
            return Err(AnswerError::OtherKind);
        }
        if chosen.iter().flatten().any(|&at| at >= self.rights.len()) {
            return Err(AnswerError::NoSuchChoice);
        }
        match chosen.iter().filter(|chosen| chosen.is_none()).count() {
            0 => {}
            open if open == chosen.len() => return Err(AnswerError::NothingChosen),
            open => return Err(AnswerError::PairsOpen(open)),
        }
        let pairs = self.lefts.iter().zip(chosen);
        let places: Vec<bool> = pairs
            .map(|(left, chosen)| *chosen == Some(left.right))
            .collect();
        let feedback = self.lefts.iter().enumerate().filter_map(|(place, left)| {
            let html = left.feedback_html.clone()?;
            (!places[place]).then_some(Feedback {
                place: Some(place),
                html,
            })
        });
        let feedback = feedback.collect();
        let right = places.iter().filter(|right| **right).count();
        let score = right as f64 / places.len().max(1) as f64;
        Ok(Verdict::at_places(score, places, feedback))
    }
}
