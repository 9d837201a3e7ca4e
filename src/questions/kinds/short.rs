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
        let (right, html) = self.variants.find(|variant| variant.form == answer);
        Ok(verdict(right, html))
    }

    fn view(&self, fields: &FormFields, _: Option<&Verdict>) -> Value {
        json(ShortView {
            text: text(fields, TEXT),
        })
    }
}

/// What the template is filled with.
#[derive(Serialize)]
struct ShortView {
    /// What stands in the field.
    text: String,
}
