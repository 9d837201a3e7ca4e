//! A short text.

use serde::Serialize;
use serde_json::Value;

use super::fields::{TEXT, text};
use super::variants::{Variants, code_span, verdict};
use super::{Kind, MarkedBlock, Syntax, Task, json, line};
use crate::form::FormFields;
use crate::questions::lines::{ACCEPTED, ANTICIPATED, variant};
use crate::questions::parse::BlockReader;
use crate::questions::text::{is_too_long, normalised};
use crate::questions::{Answer, AnswerError, Verdict};

pub(super) const KIND: Kind = Kind {
    name: "short",
    written: "accepted texts (“= …”)",
    line_help: &[("text", line::TEXT)],
    syntax: Syntax::Marks {
        mark: variant,
        opens: &[ACCEPTED, ANTICIPATED],
        shares: &[],
        lists: false,
        read: |block, reader| Some(Box::new(Short::read(block, reader))),
    },
};

/// What a short text is held against.
#[derive(Debug)]
struct Short {
    variants: Variants<String>,
    /// The first right one.
    model_html: String,
}

impl Short {
    fn read(block: &MarkedBlock, reader: &mut BlockReader) -> Self {
        let mut variants = Variants::default();
        for item in block.items {
            variants.add(item, reader, |written, _| Some(normalised(written)));
        }
        let model_html = if let Some(first) = variants.accepted.first() {
            reader.render(&code_span(&first.written), reader.line)
        } else {
            let mend = "write at least one “= right answer”";
            reader.fault(reader.line, "no text is accepted", mend);
            String::new()
        };
        Self {
            variants,
            model_html,
        }
    }
}

impl Task for Short {
    fn kind(&self) -> &'static str {
        KIND.name
    }

    fn instruction(&self) -> &'static str {
        "answer in a few words"
    }

    fn model_html(&self) -> &str {
        &self.model_html
    }

    fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        let text: String = answer.said(TEXT)?;
        is_too_long(&text)?;
        let answer = normalised(&text);
        if answer.is_empty() {
            return Err(AnswerError::NothingWritten);
        }
        let ways = ways(&answer);
        let known = ways.into_iter().find(|way| self.variants.has(way));
        let form = known.unwrap_or(answer);
        let (right, html) = self.variants.find(|variant| variant.form == form);
        Ok(verdict(right, html))
    }

    fn view(&self, fields: &FormFields, _: Option<&Verdict>) -> Value {
        json(ShortView {
            text: text(fields, TEXT),
        })
    }
}

/// An answer as it is, and the name in it that people write more around: “the X header”, “X:”, “X: value”, “X(value)”.
fn ways(answer: &str) -> Vec<String> {
    let bare = answer.strip_prefix("the ").unwrap_or(answer);
    let name = bare.strip_suffix(" header").map_or(bare, |rest| {
        let sides = [" request", " response", " http"];
        let side = sides.iter().find_map(|side| rest.strip_suffix(side));
        side.unwrap_or(rest)
    });
    // One word behind the colon is a value; more are a sentence.
    let is_value = |value: &str| value.is_empty() || value.rfind(' ') == Some(0);
    let field = trimmed(name).split_once(':').filter(|it| is_value(it.1));
    let call = trimmed(name).split_once('(').filter(|it| is_call(it.1));
    let named = [answer, bare, name].map(trimmed).into_iter();
    let begun = [field, call].into_iter().flatten();
    let begun = begun.map(|(name, _)| trimmed(name));
    named.chain(begun).map(str::to_owned).collect()
}

/// Whether what stands behind the parenthesis of a call ends where it closes.
fn is_call(values: &str) -> bool {
    let mut depth = 1;
    let end = values.find(|sign| {
        depth += i32::from(sign == '(') - i32::from(sign == ')');
        depth == 0
    });
    end.is_some_and(|end| end + 1 == values.len())
}

/// Without the quotation marks or backticks around it.
fn trimmed(name: &str) -> &str {
    name.trim_matches(['"', '`', ' '])
}

/// What the template is filled with.
#[derive(Serialize)]
struct ShortView {
    /// What stands in the field.
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::{Lexicon, Outcome, parse};

    #[test]
    fn a_name_is_known_with_what_people_write_around_it() {
        let source = "Which?\n\n= Last-Event-ID\n= ws.publish\n~ Origin\n~ id\n";
        let html = &mut |text: &str, _| text.to_owned();
        let question = parse(&Lexicon::default(), "asked", source, 1, html).expect("a question");
        let outcome = |text: &str| {
            let judged = question.judge(&Answer::new(TEXT, text.to_owned()));
            judged.expect("a verdict").outcome
        };
        for right in [
            "the Last-Event-ID header",
            "Last-Event-ID request header",
            "Last-Event-ID:",
            "last-event-id: 104",
            "the \"Last-Event-ID\" header.",
            "`Last-Event-ID: 104`",
            "ws.publish()",
            "ws.publish(\"lobby\", html(text))",
        ] {
            assert_eq!(outcome(right), Outcome::Correct, "{right}");
        }
        for wrong in [
            "the Origin header",
            "Last-Event-ID attribute",
            "Last-Event",
            "id: Last-Event-ID",
            "ws.publish and more",
            "ws.publish() or server.publish()",
            "ws.publish(a) is wrong, it is server.publish(b)",
            "Last-Event-ID: no, it is id",
            "Last-Event-ID: or ETag, or Origin",
            "server.publish(\"lobby\")",
        ] {
            assert_eq!(outcome(wrong), Outcome::Incorrect, "{wrong}");
        }
    }
}
