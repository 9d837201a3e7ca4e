//! Gaps in code: each is judged for itself.
//!
//! What fills a gap is compared as text first. In HTML and JavaScript the code is then filled with
//! it, the other gaps with what is right, and the whole is compared as parsed; so a gap may be
//! filled in any form that makes the same code. [`read`] makes them of a block.

mod read;

use serde::Serialize;
use serde_json::Value;

use super::code::{CodePiece, Language};
use super::fields::{numbered, text};
use super::place::PlaceView;
use super::variants::{Variant, Variants};
use super::{Kind, Syntax, Task, json, line};
use crate::form::FormFields;
use crate::questions::lines::{ACCEPTED, ANTICIPATED};
use crate::questions::text::{code_normalised, is_too_long, normalised};
use crate::questions::{Answer, AnswerError, Feedback, Verdict};

const GAP: &str = "__";

pub(super) const KIND: Kind = Kind {
    name: "gaps",
    written: "gaps (“__name__”)",
    line_help: &[("gaps", "what belongs into each gap, parted by “ | ”")],
    syntax: Syntax::Marks {
        mark: read::mark,
        opens: &[GAP],
        shares: &[ACCEPTED, ANTICIPATED],
        lists: false,
        read: |block, reader| Some(Box::new(Gaps::read(block, reader))),
    },
};

/// The gaps of a piece of code.
#[derive(Debug)]
struct Gaps {
    /// In the order in which they stand in the code.
    each: Vec<Gap>,
    /// The prompt's HTML before, between and behind the gaps.
    pieces: Vec<String>,
    /// The code with its gaps' marks, in a language that can be compared.
    code: Option<(Language, String)>,
    /// What belongs into them.
    model_html: String,
}

#[derive(Debug)]
struct Gap {
    /// Its name between the underscores.
    name: String,
    variants: Variants<String>,
}

impl Gap {
    /// What stands for it in the code and in the prompt's HTML.
    fn mark(&self) -> String {
        format!("__{}__", self.name)
    }

    fn right(&self) -> &str {
        let first = self.variants.accepted.first();
        first.map_or("", |variant| bare(&variant.written))
    }
}

impl Gaps {
    fn texts(&self, fields: &FormFields) -> Vec<String> {
        let gaps = 0..self.each.len();
        gaps.map(|at| text(fields, &format!("{FIELD}-{at}")))
            .collect()
    }

    fn judge_gap(&self, place: usize, text: &str) -> (bool, Option<&str>) {
        let gap = &self.each[place];
        let plain = match self.code {
            Some(_) => code_normalised(text),
            None => normalised(text),
        };
        let mut variants = gap
            .variants
            .accepted
            .iter()
            .chain(&gap.variants.anticipated);
        if variants.any(|variant| variant.form == plain) {
            return gap.variants.find(|variant| variant.form == plain);
        }
        let Some(form) = self.filled(place, text) else {
            return gap.variants.find(|_| false);
        };
        let same = |variant: &Variant<String>| {
            self.filled(place, bare(&variant.written)).as_ref() == Some(&form)
        };
        gap.variants.find(same)
    }

    /// The code with this gap filled so and the others right; none where it cannot be read.
    fn filled(&self, place: usize, text: &str) -> Option<CodePiece> {
        let (language, code) = self.code.as_ref()?;
        let mut filled = String::new();
        let mut rest = &**code;
        for (index, gap) in self.each.iter().enumerate() {
            let (before, after) = rest.split_once(&gap.mark())?;
            filled.push_str(before);
            filled.push_str(if index == place { text } else { gap.right() });
            rest = after;
        }
        filled.push_str(rest);
        language.form(&filled).ok()
    }
}

impl Task for Gaps {
    fn kind(&self) -> &'static str {
        KIND.name
    }

    fn instruction(&self) -> &'static str {
        "fill the gaps"
    }

    fn partly(&self) -> &'static str {
        "Partly right: some gaps are not filled right."
    }

    fn model_html(&self) -> &str {
        &self.model_html
    }

    fn holds_prompt(&self) -> bool {
        true
    }

    #[expect(clippy::cast_precision_loss, reason = "a question has a few gaps")]
    fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        let texts: Vec<String> = answer.said(GAPS)?;
        if texts.len() != self.each.len() {
            return Err(AnswerError::OtherKind);
        }
        is_too_long(&texts.concat())?;
        match texts.iter().filter(|text| text.trim().is_empty()).count() {
            0 => {}
            open if open == texts.len() => return Err(AnswerError::NothingWritten),
            open => return Err(AnswerError::GapsOpen(open)),
        }
        let mut places = Vec::with_capacity(texts.len());
        let mut feedback = Vec::new();
        for (place, text) in texts.iter().enumerate() {
            let (right, html) = self.judge_gap(place, text);
            places.push(right);
            feedback.extend(html.map(|html| Feedback {
                place: Some(place),
                html: html.to_owned(),
            }));
        }
        let right = places.iter().filter(|right| **right).count();
        let score = right as f64 / places.len().max(1) as f64;
        Ok(Verdict::at_places(score, places, feedback))
    }

    fn answer(&self, fields: &FormFields) -> Result<Answer, AnswerError> {
        Ok(Answer::new(GAPS, self.texts(fields)))
    }

    fn fields(&self, answer: &Answer) -> FormFields {
        let texts: Vec<String> = answer.said(GAPS).unwrap_or_default();
        numbered(FIELD, texts.into_iter().map(Some))
    }

    fn answer_of_line(&self, line: &str) -> Answer {
        let mut texts = line::parts(line, &["|"]);
        texts.resize(self.each.len().max(texts.len()), String::new());
        Answer::new(GAPS, texts)
    }

    fn view(&self, fields: &FormFields, verdict: Option<&Verdict>) -> Value {
        let texts = self.texts(fields).into_iter().enumerate();
        let mut gaps = texts.map(|(place, text)| GapView {
            text,
            said: PlaceView::at(place, verdict),
        });
        let pieces = self.pieces.iter().map(|html| PieceView {
            html,
            gap: gaps.next(),
        });
        json(GapsView {
            pieces: pieces.collect(),
        })
    }
}

/// The member of an answer: what was written into each gap, in their order.
const GAPS: &str = "gaps";
/// The fields of a form: the same.
const FIELD: &str = "gap";

/// What the template is filled with.
#[derive(Serialize)]
struct GapsView<'a> {
    pieces: Vec<PieceView<'a>>,
}

#[derive(Serialize)]
struct PieceView<'a> {
    html: &'a str,
    /// Behind it; none behind the last piece.
    gap: Option<GapView>,
}

#[derive(Serialize)]
struct GapView {
    text: String,
    said: PlaceView,
}

/// Backticks around an answer are the author's own.
fn bare(written: &str) -> &str {
    let inner = written.strip_prefix('`').and_then(|w| w.strip_suffix('`'));
    inner
        .filter(|inner| !inner.contains('`'))
        .unwrap_or(written)
}
