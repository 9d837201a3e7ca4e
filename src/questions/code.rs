//! A piece of code as an answer, compared as parsed.
//!
//! Two pieces are the same when their parsers make the same of them and no difference is left but
//! one of form: [`html`] and [`js`] say which those are. Code that cannot be read is not judged; a
//! wrong piece is told where it first differs from what is right, not in what.

pub(crate) mod html;
pub(crate) mod js;

use super::lines::{Item, Mark};
use super::parse::Reader;
use super::short::{Variant, Variants, verdict};
use super::text::is_too_long;
use super::{AnswerError, Feedback, Verdict};

/// What a piece of code is held against.
#[derive(Debug)]
pub(crate) struct Code {
    /// The language of the answers.
    pub(crate) language: Language,
    /// What the learner begins with; empty for nothing.
    pub(crate) start: String,
    variants: Variants<Form>,
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
pub(crate) enum Form {
    /// Of HTML.
    Html(html::Piece),
    /// Of JavaScript.
    Js(js::Piece),
}

/// Why a piece of code cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
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
    pub(crate) fn form(self, source: &str) -> Result<Form, Broken> {
        match self {
            Self::Html => html::read(source).map(Form::Html),
            Self::Js => js::read(source).map(Form::Js),
        }
    }
}

impl Form {
    /// How many differences there are to `right`, and the first of them in a sentence of HTML.
    fn differences(&self, right: &Self) -> (usize, Option<String>) {
        match (self, right) {
            (Self::Html(found), Self::Html(right)) => html::differences(found, right),
            (Self::Js(found), Self::Js(right)) => js::differences(found, right),
            _ => (usize::MAX, None),
        }
    }
}

impl Broken {
    fn sentence(&self) -> String {
        format!("Line {}: {}.", self.line, self.problem)
    }
}

impl Code {
    /// The pieces, and the first right one to be shown.
    pub(super) fn read(items: &[&Item], reader: &mut Reader) -> (Self, String) {
        let (language, start) = head(items, reader);
        let mut variants = Variants::default();
        for item in items {
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
        let model = if let Some(Variant { written, .. }) = variants.accepted.first() {
            let fenced = format!("~~~~{}\n{written}\n~~~~\n", language.fence());
            reader.render(&fenced, reader.line)
        } else {
            let mend = "write at least one “= right code”";
            reader.fault(reader.line, "no code is accepted", mend);
            String::new()
        };
        let code = Self {
            language,
            start,
            variants,
        };
        (code, model)
    }

    /// The verdict on a piece of code.
    pub(super) fn judge(&self, text: &str) -> Result<Verdict, AnswerError> {
        is_too_long(text)?;
        if text.trim().is_empty() {
            return Err(AnswerError::NothingWritten);
        }
        let form = self.language.form(text).map_err(|broken| {
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

    /// The first difference to the right piece that has the fewest.
    fn nearest(&self, form: &Form) -> Option<String> {
        let accepted = self.variants.accepted.iter();
        let all = accepted.map(|variant| form.differences(&variant.form));
        all.min_by_key(|(count, _)| *count)?.1
    }
}

/// The language and what the learner begins with.
fn head(items: &[&Item], reader: &mut Reader) -> (Language, String) {
    let mut language = None;
    let mut start = String::new();
    for item in items {
        let text = item.text.markdown();
        let line = item.text.line;
        match item.mark {
            Mark::Code => match Language::named(&text) {
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
            Mark::Start => start = text,
            _ => {}
        }
    }
    if language.is_none() {
        let mend = "write “code: html” or “code: js” above the answers";
        reader.fault(reader.line, "the language of the code is missing", mend);
    }
    (language.unwrap_or(Language::Html), start)
}
