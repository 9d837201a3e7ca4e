//! Gaps in code: each is judged for itself.
//!
//! What fills a gap is compared as text first. In HTML and JavaScript the code is then filled with
//! it, the other gaps with what is right, and the whole is compared as parsed; so a gap may be
//! filled in any form that makes the same code.

use super::code::{Form, Language};
use super::lines::{Fences, Item, Mark, Passage, drawn};
use super::parse::Reader;
use super::short::{Variant, Variants, code_span};
use super::text::{code_normalised, is_too_long, normalised};
use super::{AnswerError, Feedback, Verdict};

/// The gaps of a piece of code.
#[derive(Debug)]
pub(crate) struct Gaps {
    /// In the order in which they stand in the code.
    pub(crate) gaps: Vec<Gap>,
    /// The code with its gaps' marks, in a language that can be compared.
    code: Option<(Language, String)>,
}

/// One gap.
#[derive(Debug)]
pub(crate) struct Gap {
    /// Its name between the underscores.
    name: String,
    variants: Variants<String>,
}

impl Gap {
    /// What stands for it in the code and in the prompt's HTML.
    pub(crate) fn mark(&self) -> String {
        format!("__{}__", self.name)
    }

    fn right(&self) -> &str {
        let first = self.variants.accepted.first();
        first.map_or("", |variant| bare(&variant.written))
    }
}

impl Gaps {
    /// The gaps below a prompt in Markdown and HTML, and what belongs into them to be shown.
    pub(super) fn read(
        (prompt, html): (&Passage, &str),
        items: &[&Item],
        reader: &mut Reader,
    ) -> (Self, String) {
        let mut gaps: Vec<Gap> = Vec::new();
        let code = fence_of(&prompt.markdown());
        let plain = code.is_none();
        for item in items {
            match (&item.mark, gaps.last_mut()) {
                (Mark::Gap(name), _) => {
                    check(name, &gaps, html, item.text.line, reader);
                    gaps.push(Gap {
                        name: name.clone(),
                        variants: Variants::default(),
                    });
                }
                (_, Some(gap)) => gap.variants.add(item, reader, |written, _| {
                    Some(if plain {
                        normalised(written)
                    } else {
                        code_normalised(written)
                    })
                }),
                (_, None) => reader.fault(
                    item.text.line,
                    "this answer belongs to no gap",
                    "put it below its “__name__”",
                ),
            }
        }
        for gap in gaps.iter().filter(|gap| gap.variants.accepted.is_empty()) {
            let problem = format!("nothing is right for the gap {}", gap.mark());
            let mend = "write at least one “= right answer” below it";
            reader.fault(reader.line, problem, mend);
        }
        gaps.sort_by_key(|gap| html.find(&gap.mark()));
        let mut shown = String::new();
        for gap in &gaps {
            let span = reader.render(&code_span(gap.right()), reader.line);
            shown.push_str("<li>");
            shown.push_str(&super::parse::inline(span));
            shown.push_str("</li>");
        }
        (Self { gaps, code }, format!("<ol>{shown}</ol>"))
    }

    /// The verdict on what was written into each gap.
    #[expect(clippy::cast_precision_loss, reason = "a question has a few gaps")]
    pub(super) fn judge(&self, texts: &[String]) -> Result<Verdict, AnswerError> {
        if texts.len() != self.gaps.len() {
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

    fn judge_gap(&self, place: usize, text: &str) -> (bool, Option<&str>) {
        let gap = &self.gaps[place];
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
    fn filled(&self, place: usize, text: &str) -> Option<Form> {
        let (language, code) = self.code.as_ref()?;
        let mut filled = String::new();
        let mut rest = &**code;
        for (index, gap) in self.gaps.iter().enumerate() {
            let (before, after) = rest.split_once(&gap.mark())?;
            filled.push_str(before);
            filled.push_str(if index == place { text } else { gap.right() });
            rest = after;
        }
        filled.push_str(rest);
        language.form(&filled).ok()
    }
}

fn check(name: &str, gaps: &[Gap], html: &str, line: usize, reader: &mut Reader) {
    let mark = format!("__{name}__");
    if gaps.iter().any(|gap| gap.name == name) {
        reader.fault(
            line,
            format!("the gap {mark} is named twice"),
            "put its answers together",
        );
    } else if html.matches(&mark).count() != 1 {
        reader.fault(
            line,
            format!("the gap {mark} does not stand once in the code"),
            "write it at one place in a fenced block of the prompt, and nowhere else",
        );
    }
}

/// Backticks around an answer are the author's own.
fn bare(written: &str) -> &str {
    let inner = written.strip_prefix('`').and_then(|w| w.strip_suffix('`'));
    inner
        .filter(|inner| !inner.contains('`'))
        .unwrap_or(written)
}

/// The fence of the prompt that has gaps, where its language can be compared.
fn fence_of(prompt: &str) -> Option<(Language, String)> {
    let mut fences = Fences::default();
    let mut code: Option<(Language, String)> = None;
    for line in prompt.lines() {
        let was_open = fences.is_open();
        fences.holds(line);
        match (was_open, fences.is_open()) {
            (false, true) => {
                let (_, info) = drawn(line)?;
                let language = info.split_whitespace().next().and_then(Language::named);
                code = language.map(|language| (language, String::new()));
            }
            (true, true) => {
                if let Some((_, code)) = &mut code {
                    code.push_str(line);
                    code.push('\n');
                }
            }
            (true, false) if code.as_ref().is_some_and(|(_, code)| code.contains("__")) => break,
            _ => {}
        }
    }
    code.filter(|(_, code)| code.contains("__"))
}
