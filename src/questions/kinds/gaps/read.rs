//! Reading a block with gaps.

use super::{GAP, Gap, Gaps};
use crate::questions::kinds::MarkedBlock;
use crate::questions::kinds::code::Language;
use crate::questions::kinds::variants::{Variants, code_span};
use crate::questions::lines::{Fences, LineMark, Role, drawn, variant};
use crate::questions::parse::{BlockReader, inline};
use crate::questions::text::{code_normalised, normalised};

/// `__name__` at the margin, alone or before its first answer.
pub(super) fn mark(line: &str) -> Option<(LineMark, &str)> {
    let Some(line) = line.strip_prefix(GAP) else {
        return variant(line);
    };
    let (name, words) = line.split_once(GAP)?;
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let alone = words.trim().is_empty() || words.starts_with([' ', '\t']);
    (plain && alone).then(|| (LineMark::new(GAP, name, Role::Head), words))
}

impl Gaps {
    pub(super) fn read(block: &MarkedBlock, reader: &mut BlockReader) -> Self {
        let mut gaps: Vec<Gap> = Vec::new();
        let code = fence_of(block.prompt);
        let plain = code.is_none();
        for item in block.items {
            match (item.mark.sign, gaps.last_mut()) {
                (GAP, _) => {
                    let name = &item.mark.inside;
                    check(name, &gaps, block.prompt_html, item.text.line, reader);
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
        gaps.sort_by_key(|gap| block.prompt_html.find(&gap.mark()));
        let mut shown = String::new();
        for gap in &gaps {
            let span = reader.render(&code_span(gap.right()), reader.line);
            shown.push_str("<li>");
            shown.push_str(&inline(span));
            shown.push_str("</li>");
        }
        Self {
            pieces: pieces(block.prompt_html, &gaps),
            each: gaps,
            code,
            model_html: format!("<ol>{shown}</ol>"),
        }
    }
}

fn check(name: &str, gaps: &[Gap], html: &str, line: usize, reader: &mut BlockReader) {
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

/// The HTML around the gaps, which stand in it once each and in this order.
fn pieces(html: &str, gaps: &[Gap]) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = html;
    for gap in gaps {
        // Where one does not, there is a fault already.
        let Some((before, after)) = rest.split_once(&gap.mark()) else {
            continue;
        };
        pieces.push(before.to_owned());
        rest = after;
    }
    pieces.push(rest.to_owned());
    pieces
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
