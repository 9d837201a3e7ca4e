//! A piece of code as an answer, compared as parsed.
//!
//! Two pieces are the same when their parsers make the same of them and no difference is left but
//! one of form: [`html`] and [`js`] say which those are. Code that cannot be read is not judged; a
//! wrong piece is told where it first differs from what is right, not in what.

pub(crate) mod html;
pub(crate) mod js;

use serde::Serialize;
use serde_json::Value;

use super::fields::{TEXT, text};
use super::variants::{Variant, Variants, verdict};
use super::{Kind, MarkedBlock, Syntax, Task, json};
use crate::form::FormFields;
use crate::questions::lines::{ACCEPTED, ANTICIPATED, Item, LineMark, Role, keyed, variant};
use crate::questions::parse::BlockReader;
use crate::questions::text::is_too_long;
use crate::questions::{Answer, AnswerError, Feedback, Verdict};

/// The language of the answers.
const CODE: &str = "code:";
/// What the learner begins with.
const START: &str = "start:";

pub(super) const KIND: Kind = Kind {
    name: "code",
    written: "code (“code: …”)",
    line_help: &[(
        "code",
        "the code, or a JSON string of it where it has several lines",
    )],
    syntax: Syntax::Marks {
        mark,
        opens: &[CODE, START],
        shares: &[ACCEPTED, ANTICIPATED],
        lists: false,
        read: |block, reader| Some(Box::new(Code::read(block, reader))),
    },
};

fn mark(line: &str) -> Option<(LineMark, &str)> {
    let detail = |sign| keyed(line, sign, Role::Detail);
    detail(CODE)
        .or_else(|| detail(START))
        .or_else(|| variant(line))
}

/// What a piece of code is held against.
#[derive(Debug)]
struct Code {
    /// The language of the answers.
    language: Language,
    /// What the learner begins with; empty for nothing.
    start: String,
    variants: Variants<CodePiece>,
    /// The first right one.
    model_html: String,
}

/// A language that can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// HTML, with htmx's attributes.
    Html,
    /// JavaScript.
    Js,
}

/// A piece of code without what does not matter.
#[derive(Debug, PartialEq)]
pub(crate) enum CodePiece {
    Html(html::HtmlPiece),
    Js(js::JsPiece),
}

/// Why a piece of code cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CodeError {
    /// The line in the piece, from 1.
    pub(crate) line: usize,
    /// What is wrong there, without a full stop.
    pub(crate) problem: String,
}

impl Language {
    /// The language that a fence or `code:` names.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "html" => Some(Self::Html),
            "js" | "javascript" | "mjs" => Some(Self::Js),
            _ => None,
        }
    }

    /// Its name to read.
    pub(crate) fn shown(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Js => "JavaScript",
        }
    }

    fn fence(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Js => "js",
        }
    }

    /// What is left of a piece when nothing of its mere form is.
    pub(crate) fn form(self, source: &str) -> Result<CodePiece, CodeError> {
        match self {
            Self::Html => html::read(source).map(CodePiece::Html),
            Self::Js => js::read(source).map(CodePiece::Js),
        }
    }
}

impl CodePiece {
    /// How many differences there are to `right`, and the first of them in a sentence of HTML.
    fn differences(&self, right: &Self) -> (usize, Option<String>) {
        match (self, right) {
            (Self::Html(found), Self::Html(right)) => html::differences(found, right),
            (Self::Js(found), Self::Js(right)) => js::differences(found, right),
            _ => (usize::MAX, None),
        }
    }
}

impl CodeError {
    fn sentence(&self) -> String {
        format!("Line {}: {}.", self.line, self.problem)
    }
}

impl Code {
    fn read(block: &MarkedBlock, reader: &mut BlockReader) -> Self {
        let (language, start) = head(block.items, reader);
        let mut variants = Variants::default();
        for item in block.items {
            let line = item.text.first_line();
            variants.add(item, reader, |written, reader| {
                let read = language.form(written);
                read.map_err(|broken| {
                    let name = language.shown();
                    let problem = format!("this is not {name} as it stands: {}", broken.problem);
                    reader.fault(line + broken.line - 1, problem, "mend the code");
                })
                .ok()
            });
        }
        let model_html = if let Some(Variant { written, .. }) = variants.accepted.first() {
            let fenced = format!("~~~~{}\n{written}\n~~~~\n", language.fence());
            reader.render(&fenced, reader.line)
        } else {
            let mend = "write at least one “= right code”";
            reader.fault(reader.line, "no code is accepted", mend);
            String::new()
        };
        Self {
            language,
            start,
            variants,
            model_html,
        }
    }

    /// The first difference to the right piece that has the fewest.
    fn nearest(&self, form: &CodePiece) -> Option<String> {
        let accepted = self.variants.accepted.iter();
        let all = accepted.map(|variant| form.differences(&variant.form));
        all.min_by_key(|(count, _)| *count)?.1
    }

    /// What stands in the field: the learner's code, or what they begin with.
    fn text(&self, fields: &FormFields) -> String {
        let text = text(fields, TEXT);
        if text.is_empty() {
            self.start.clone()
        } else {
            text
        }
    }
}

impl Task for Code {
    fn kind(&self) -> &'static str {
        KIND.name
    }

    fn instruction(&self) -> &'static str {
        "write code"
    }

    fn model_html(&self) -> &str {
        &self.model_html
    }

    fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError> {
        let text: String = answer.said(TEXT)?;
        is_too_long(&text)?;
        if text.trim().is_empty() {
            return Err(AnswerError::NothingWritten);
        }
        let form = self.language.form(&text).map_err(|broken| {
            let problem = broken.sentence();
            AnswerError::Broken { problem }
        })?;
        let (right, html) = self.variants.find(|variant| variant.form == form);
        let mut verdict = verdict(right, html);
        let known = self.variants.anticipated.iter().any(|v| v.form == form);
        if !right && !known {
            let found = self.nearest(&form).map(|sentence| Feedback {
                place: None,
                html: format!("<p>{sentence}</p>"),
            });
            verdict.feedback.extend(found);
        }
        Ok(verdict)
    }

    fn answer_of_line(&self, line: &str) -> Answer {
        let code: String = serde_json::from_str(line).unwrap_or(line.to_owned());
        Answer::new(TEXT, code)
    }

    fn view(&self, fields: &FormFields, _: Option<&Verdict>) -> Value {
        let text = self.text(fields);
        json(CodeView {
            rows: text.lines().count().clamp(4, 16) + 1,
            text,
            language: self.language.shown(),
        })
    }
}

/// What the template is filled with.
#[derive(Serialize)]
struct CodeView {
    /// What stands in the field.
    text: String,
    /// Lines that the field shows.
    rows: usize,
    /// Its language, to read.
    language: &'static str,
}

/// The language and what the learner begins with.
fn head(items: &[&Item], reader: &mut BlockReader) -> (Language, String) {
    let mut language = None;
    let mut start = String::new();
    for item in items {
        let text = item.text.markdown();
        let line = item.text.line;
        match item.mark.sign {
            CODE => match Language::named(&text) {
                Some(_) if language.is_some() => {
                    reader.fault(line, "a second “code:”", "remove it");
                }
                Some(known) => language = Some(known),
                None => {
                    let problem = format!("code in “{text}” cannot be compared");
                    reader.fault(line, problem, "write “code: html” or “code: js”");
                    language = Some(Language::Html);
                }
            },
            START => start = text,
            _ => {}
        }
    }
    if language.is_none() {
        let mend = "write “code: html” or “code: js” above the answers";
        reader.fault(reader.line, "the language of the code is missing", mend);
    }
    (language.unwrap_or(Language::Html), start)
}
