//! The kinds of questions. Each has a file or a folder here that holds all of it: how its block is
//! written ([`Kind`]), and what its questions do ([`Task`]). The page's part is the template
//! `questions/NAME.html`.

use std::fmt;

use serde_json::Value;

use self::fields::{TEXT, text_answer, text_field};
use super::lines::{Item, LineMark};
use super::parse::{BlockFault, BlockReader, QuestionBody};
use super::{Agreement, Answer, AnswerError, Lexicon, Verdict};
use crate::form::FormFields;

mod choices;
mod code;
mod fields;
mod gaps;
mod line;
mod pairs;
mod place;
mod short;
mod shuffle;
mod steps;
mod variants;
pub(super) mod words;

/// Every kind. Where a mark belongs to several, a block is of the first that one of its marks opens.
pub(crate) const KINDS: &[Kind] = &[
    choices::KIND,
    steps::KIND,
    pairs::KIND,
    gaps::KIND,
    code::KIND,
    short::KIND,
    words::KIND,
];

/// A kind of question: how its block is written.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// Its name, which is also the template's.
    pub(crate) name: &'static str,
    /// What an author writes for it: “steps (“1. …”)”.
    pub(crate) written: &'static str,
    /// What a line of `hxlab mark` is: how the answer is called → what is written.
    pub(crate) line_help: &'static [(&'static str, &'static str)],
    /// How its block is read.
    pub(crate) syntax: Syntax,
}

/// How a block is read.
#[derive(Clone, Copy)]
pub(crate) enum Syntax {
    /// Below the prompt stand items that begin with marks at the left margin.
    Marks {
        /// The mark that a line at the margin begins with, where the kind knows it, and the words behind.
        mark: fn(&str) -> Option<(LineMark, &str)>,
        /// The signs that make a block one of this kind.
        opens: &'static [&'static str],
        /// The signs that it has in common with other kinds.
        shares: &'static [&'static str],
        /// Whether Markdown has lists that look the same, which a prompt may hold: then its marks count
        /// only in a block that has none of another kind.
        lists: bool,
        /// Reads the items; none after a fault without which there is nothing to go on with.
        read: fn(&MarkedBlock, &mut BlockReader) -> Option<Box<dyn Task>>,
    },
    /// The kind reads the block by itself.
    Entries {
        /// Whether a block is one of this kind.
        is_block: fn(&str) -> bool,
        /// Of a line that begins an entry: whether the entry belongs to what is asked and judged.
        counts: fn(&str) -> Option<bool>,
        /// Reads a block from its first line on, which is this one of the file. The fence above it is
        /// looked at by the caller.
        read: ReadEntries,
    },
}

/// Reads a whole block with the words of the course.
pub(crate) type ReadEntries =
    fn(&Lexicon, &str, usize, Render) -> Result<QuestionBody, Vec<BlockFault>>;

/// Makes sanitised block HTML of Markdown that starts on the given line.
pub(crate) type Render<'r> = &'r mut dyn FnMut(&str, usize) -> String;

/// What is read by its marks.
pub(crate) struct MarkedBlock<'b> {
    /// The question's id.
    pub(crate) id: &'b str,
    /// What is asked, in Markdown.
    pub(crate) prompt: &'b str,
    /// The same as sanitised block HTML.
    pub(crate) prompt_html: &'b str,
    /// The answers and what belongs to them, in order.
    pub(crate) items: &'b [&'b Item],
}

/// What the answers to one question are held against, and all that depends on its kind.
pub(crate) trait Task: fmt::Debug + Send + Sync {
    /// The name of its kind, which chooses the template.
    fn kind(&self) -> &'static str;

    /// How to answer, in a few words: “choose one”.
    fn instruction(&self) -> &'static str;

    /// A right answer to be shown: sanitised block HTML.
    fn model_html(&self) -> &str;

    /// What is said of an answer that is right in part.
    fn partly(&self) -> &'static str {
        "Partly right."
    }

    /// The verdict on an answer. The same answer always gets the same verdict.
    fn judge(&self, answer: &Answer) -> Result<Verdict, AnswerError>;

    /// The answer that a form's fields make, or why they make none; one text, where the kind says nothing else.
    fn answer(&self, fields: &FormFields) -> Result<Answer, AnswerError> {
        Ok(text_answer(fields))
    }

    /// The fields as they stood when an answer was sent.
    fn fields(&self, answer: &Answer) -> FormFields {
        text_field(answer)
    }

    /// The answer that a line of `hxlab mark` is. What it names and the question does not have is an index
    /// beyond.
    fn answer_of_line(&self, line: &str) -> Answer {
        Answer::new(TEXT, line)
    }

    /// What the template is filled with, as `question.task`: what stands in the fields and, where that was
    /// judged, what is said at each place.
    fn view(&self, fields: &FormFields, verdict: Option<&Verdict>) -> Value;

    /// Whether the template shows the prompt, with the fields in it.
    fn holds_prompt(&self) -> bool {
        false
    }

    /// Whether a learner compares the answer with a model answer, and so sees that beside a right one too.
    fn has_model(&self) -> bool {
        false
    }

    /// How far judging agrees with the author's marked answers, where there are some.
    fn agreement(&self) -> Option<Agreement> {
        None
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What a line of `hxlab mark` is, for each kind: how the answer is called → what is written. Kinds of which
/// the same is written stand together.
pub(crate) fn line_help() -> Vec<(String, &'static str)> {
    let mut all: Vec<(String, &'static str)> = Vec::new();
    for (name, written) in KINDS.iter().flat_map(|kind| kind.line_help) {
        match all.last_mut() {
            Some((names, last)) if last == written => {
                names.push_str(", ");
                names.push_str(name);
            }
            _ => all.push(((*name).to_owned(), written)),
        }
    }
    all
}

/// The view of a task. One has names for keys and no numbers but whole ones, so it is always JSON.
fn json(view: impl serde::Serialize) -> Value {
    serde_json::to_value(view).unwrap_or_default()
}
