//! Pairs: what belongs to what. A page names what is chosen by its place in the order that is shown, which tells
//! nothing of the right one.

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

const PAIR: &str = "-";

pub(super) const KIND: Kind = Kind {
    name: "pairs",
    written: "pairs (“- … => …”)",
    line_help: &[(
        "match",
        "for each thing on the left, the number or words of its right, parted by “;”; rights\n\
         are counted from 1 as the lesson lists them, each once",
    )],
    syntax: Syntax::Marks {
        mark,
        opens: &[PAIR],
        shares: &[],
        lists: true,
        read: |block, reader| Some(Box::new(Pairs::read(block, reader))),
    },
};

fn mark(line: &str) -> Option<(LineMark, &str)> {
    let words = line.strip_prefix("- ")?;
    let pairs = words.contains("=>");
    pairs.then(|| (LineMark::new(PAIR, "", Role::Answer), words))
}

/// Things on the left, each with what belongs to it.
#[derive(Debug)]
struct Pairs {
    /// In the order in which they are shown.
    lefts: Vec<Left>,
    /// What there is to choose from, as plain text, each once.
    rights: Vec<String>,
    /// The order in which these are shown, by index.
    shown: Vec<usize>,
    /// All of them.
    model_html: String,
}

/// A thing on the left.
#[derive(Debug)]
struct Left {
    /// Its words: sanitised HTML, inline where it is one paragraph.
    text_html: String,
    /// The index of what belongs to it.
    right: usize,
    /// What is said where something else was chosen: sanitised block HTML.
    feedback_html: Option<String>,
}

impl Pairs {
    fn read(block: &MarkedBlock, reader: &mut BlockReader) -> Self {
        let mut lefts = Vec::new();
        let mut rights: Vec<String> = Vec::new();
        let mut model = String::from("<ul>");
        for item in block.items {
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
        Self {
            lefts,
            shown: shuffled(rights.len(), block.id),
            rights,
            model_html: model,
        }
    }

    /// Of each left: the right chosen, by its place in the order that is shown.
    fn chosen(&self, fields: &FormFields) -> Result<Vec<Option<usize>>, AnswerError> {
        numbers(fields, FIELD, self.lefts.len(), 0)
    }
}

impl Task for Pairs {
    fn kind(&self) -> &'static str {
        KIND.name
    }

    fn instruction(&self) -> &'static str {
        "choose one for each"
    }

    fn partly(&self) -> &'static str {
        "Partly right: some do not belong together."
    }

    fn model_html(&self) -> &str {
        &self.model_html
    }

    #[expect(clippy::cast_precision_loss, reason = "a question has a few pairs")]
    fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        let chosen: Vec<Option<usize>> = answer.said(PAIRS)?;
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
        let pairs = self.lefts.iter().zip(&chosen);
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

    fn answer(&self, fields: &FormFields) -> Result<Answer, AnswerError> {
        let right = |shown: Option<usize>| match shown {
            None => Ok(None),
            Some(shown) => match self.shown.get(shown) {
                Some(right) => Ok(Some(*right)),
                None => Err(AnswerError::NoSuchChoice),
            },
        };
        let chosen = self.chosen(fields)?.into_iter().map(right);
        Ok(Answer::new(PAIRS, chosen.collect::<Result<Vec<_>, _>>()?))
    }

    fn fields(&self, answer: &Answer) -> FormFields {
        let chosen: Vec<Option<usize>> = answer.said(PAIRS).unwrap_or_default();
        let shown = |right: usize| self.shown.iter().position(|other| *other == right);
        let chosen = chosen.into_iter();
        numbered(FIELD, chosen.map(|right| Some(shown(right?)?.to_string())))
    }

    fn answer_of_line(&self, line: &str) -> Answer {
        let chosen = line::indices(&self.rights, line).into_iter().map(Some);
        let mut chosen: Vec<Option<usize>> = chosen.collect();
        chosen.resize(self.lefts.len().max(chosen.len()), None);
        Answer::new(PAIRS, chosen)
    }

    fn view(&self, fields: &FormFields, verdict: Option<&Verdict>) -> Value {
        let chosen = self.chosen(fields).unwrap_or_default();
        let lefts = self.lefts.iter().enumerate().map(|(place, left)| {
            let chosen = chosen.get(place).copied().flatten();
            let rights = self.shown.iter().enumerate();
            let rights = rights.map(|(shown, &right)| RightView {
                text: &self.rights[right],
                chosen: chosen == Some(shown),
            });
            PairView {
                text_html: &left.text_html,
                rights: rights.collect(),
                said: PlaceView::at(place, verdict),
            }
        });
        json(PairsView {
            pairs: lefts.collect(),
        })
    }
}

/// The member of an answer: for each left, the index of what was chosen for it; none where nothing was.
const PAIRS: &str = "pairs";
/// The fields of a form: for each left, what was chosen, from 0 in the order that is shown.
const FIELD: &str = "pair";

/// What the template is filled with.
#[derive(Serialize)]
struct PairsView<'a> {
    pairs: Vec<PairView<'a>>,
}

#[derive(Serialize)]
struct PairView<'a> {
    text_html: &'a str,
    rights: Vec<RightView<'a>>,
    said: PlaceView,
}

#[derive(Serialize)]
struct RightView<'a> {
    text: &'a str,
    chosen: bool,
}
