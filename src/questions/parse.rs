//! Reading a question from its fenced block.
//!
//! Stages: settings are taken out ([`super::settings`]) → the kind whose block it is reads it by itself, or
//! lines become marked items ([`super::lines`]) → the kind that the marks give reads its own → a question
//! that can be answered, or every reason why it cannot.

use std::collections::BTreeSet;

use super::kinds::{KINDS, Kind, MarkedBlock, ReadEntries, Render, Syntax, Task};
use super::lines::{HINT, Item, LineMark, Passage, counts, scan};
use super::{Lexicon, Question, QuestionVersion, settings};
use crate::exercise::is_slug;

/// Why a question cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BlockFault {
    /// The line in the lesson's file.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) problem: String,
    /// How to mend it.
    pub(crate) mend: String,
}

impl BlockFault {
    pub(crate) fn new(line: usize, problem: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            line,
            problem: problem.into(),
            mend: mend.into(),
        }
    }
}

/// Reads the question `id` from `source`, the block's inside, whose fence stands on `line`.
/// `lexicon` has the words that blocks may use without giving them; `render` makes sanitised HTML of Markdown that
/// starts on the given line.
pub(crate) fn parse(
    lexicon: &Lexicon,
    id: &str,
    source: &str,
    line: usize,
    render: &mut dyn FnMut(&str, usize) -> String,
) -> Result<Question, Vec<BlockFault>> {
    parse_as(KINDS, lexicon, id, source, line, render)
}

/// The same, where there are these kinds.
pub(crate) fn parse_as(
    kinds: &[Kind],
    lexicon: &Lexicon,
    id: &str,
    source: &str,
    line: usize,
    render: Render,
) -> Result<Question, Vec<BlockFault>> {
    let (settings, source, mut faults) = settings::take(source, line + 1);
    faults.extend(check_id(id, line));
    let own = kinds.iter().find_map(|kind| own_syntax(kind, &source));
    let read = match own {
        Some((_, read)) => read(lexicon, &source, line + 1, render),
        None => by_marks(kinds, id, &source, line, render),
    };
    let counts = |line: &str| match own {
        Some((counts, _)) => counts(line),
        None => counts(kinds, line),
    };
    match read {
        Ok(body) if faults.is_empty() => Ok(Question {
            id: id.into(),
            version: QuestionVersion::of(&source, counts, &body.borrowed),
            prompt_html: body.prompt_html,
            hints: body.hints,
            explanation_html: body.explanation_html,
            settings,
            task: body.task,
        }),
        Ok(_) => Err(faults),
        Err(mut others) => {
            faults.append(&mut others);
            Err(faults)
        }
    }
}

/// What a kind makes of a block.
pub(crate) struct QuestionBody {
    /// What is asked: sanitised block HTML.
    pub(crate) prompt_html: String,
    /// Help in the order in which it is given: sanitised block HTML.
    pub(crate) hints: Vec<String>,
    /// What to read once the question is done with: sanitised block HTML.
    pub(crate) explanation_html: Option<String>,
    /// The lines of `course.words` by which answers are judged.
    pub(crate) borrowed: BTreeSet<String>,
    /// What answers are held against.
    pub(crate) task: Box<dyn Task>,
}

type Counts = fn(&str) -> Option<bool>;

/// How a kind reads a block that is written in a way of its own, where this block is.
fn own_syntax(kind: &Kind, source: &str) -> Option<(Counts, ReadEntries)> {
    match kind.syntax {
        Syntax::Entries {
            is_block,
            counts,
            read,
        } if is_block(source) => Some((counts, read)),
        _ => None,
    }
}

fn by_marks(
    kinds: &[Kind],
    id: &str,
    source: &str,
    line: usize,
    html: Render,
) -> Result<QuestionBody, Vec<BlockFault>> {
    let scanned = scan(kinds, source, line + 1);
    let mut reader = BlockReader {
        line,
        faults: scanned.faults,
        render: html,
    };
    let prompt_html = reader.prompt(&scanned.prompt);
    let (remarks, answers): (Vec<&Item>, Vec<&Item>) = scanned
        .items
        .iter()
        .filter(|item| reader.says_something(item))
        .partition(|item| item.mark.is_remark());
    let (hints, explanation_html) = reader.remarks(&remarks);
    let read = reader.kind(kinds, &scanned.items);
    let task = read.and_then(|read| {
        let block = MarkedBlock {
            id,
            prompt: &scanned.prompt.markdown(),
            prompt_html: &prompt_html,
            items: &answers,
        };
        read(&block, &mut reader)
    });
    match task {
        Some(task) if reader.faults.is_empty() => Ok(QuestionBody {
            prompt_html,
            hints,
            explanation_html,
            borrowed: BTreeSet::new(),
            task,
        }),
        _ => Err(reader.faults),
    }
}

/// Why an id cannot be a question's.
fn check_id(id: &str, line: usize) -> Option<BlockFault> {
    if id.is_empty() {
        let mend = "write one: “```question my-id”";
        Some(BlockFault::new(line, "the question has no id", mend))
    } else if !is_slug(id) {
        let problem = format!("“{id}” cannot be a question's id");
        let mend = "use up to 64 lower-case letters, digits and hyphens";
        Some(BlockFault::new(line, problem, mend))
    } else {
        None
    }
}

/// What all kinds need to read their items.
pub(crate) struct BlockReader<'r> {
    /// The line of the question's fence.
    pub(crate) line: usize,
    faults: Vec<BlockFault>,
    render: Render<'r>,
}

type ReadItems = fn(&MarkedBlock, &mut BlockReader) -> Option<Box<dyn Task>>;

impl BlockReader<'_> {
    pub(crate) fn fault(&mut self, line: usize, problem: impl Into<String>, mend: &str) {
        self.faults.push(BlockFault::new(line, problem, mend));
    }

    /// Tells that an answer does not belong to those above it.
    pub(crate) fn other_kind(&mut self, line: usize) {
        self.fault(
            line,
            "this answer is of another kind than the first one",
            "use only “( )”, only “[ ]”, or only “=” and “~” in one question",
        );
    }

    /// Sanitised block HTML.
    pub(crate) fn html(&mut self, passage: &Passage) -> String {
        (self.render)(&passage.markdown(), passage.line)
    }

    /// The same of Markdown that stands on a line.
    pub(crate) fn render(&mut self, markdown: &str, line: usize) -> String {
        (self.render)(markdown, line)
    }

    pub(crate) fn feedback(&mut self, item: &Item) -> Option<String> {
        item.feedback.as_ref().map(|passage| self.html(passage))
    }

    fn prompt(&mut self, prompt: &Passage) -> String {
        if prompt.markdown().trim().is_empty() {
            self.fault(
                self.line,
                "the question asks nothing",
                "write what is asked above the answers",
            );
        }
        self.html(prompt)
    }

    fn says_something(&mut self, item: &Item) -> bool {
        let says = !item.mark.needs_words() || !item.text.markdown().is_empty();
        if !says {
            self.fault(
                item.text.line,
                "nothing stands after this mark",
                "write the words behind it",
            );
        }
        says
    }

    /// The hints, and the explanation.
    fn remarks(&mut self, items: &[&Item]) -> (Vec<String>, Option<String>) {
        let mut hints = Vec::new();
        let mut explanation = None;
        for item in items {
            let html = self.html(&item.text);
            if item.mark.sign == HINT {
                hints.push(html);
            } else if explanation.is_some() {
                self.fault(item.text.line, "a second “explain:”", "put both into one");
            } else {
                explanation = Some(html);
            }
        }
        (hints, explanation)
    }

    /// How the kind of the first answer reads; every other answer must be of that kind.
    fn kind(&mut self, kinds: &[Kind], items: &[Item]) -> Option<ReadItems> {
        let answers = items.iter().filter(|item| !item.mark.is_remark());
        let of_kinds = answers
            .filter_map(|item| Some((item.text.line, kind_of(&item.mark, kinds, items)?)))
            .collect::<Vec<(usize, &Kind)>>();
        let Some(&(_, first)) = of_kinds.first() else {
            let written: Vec<&str> = kinds.iter().map(|kind| kind.written).collect();
            let mend = match &*written {
                [others @ .., last] => format!("write {} or {last}", others.join(", ")),
                [] => "there are no kinds".to_owned(),
            };
            self.fault(self.line, "the question has no answers", &mend);
            return None;
        };
        let other = of_kinds.iter().find(|(_, kind)| kind.name != first.name);
        if let Some(&(line, _)) = other {
            self.other_kind(line);
            return None;
        }
        match first.syntax {
            Syntax::Marks { read, .. } => Some(read),
            Syntax::Entries { .. } => None,
        }
    }
}

/// The first kind that knows the mark and is opened by one of the block's items.
fn kind_of<'k>(mark: &LineMark, kinds: &'k [Kind], items: &[Item]) -> Option<&'k Kind> {
    kinds.iter().find(|kind| match kind.syntax {
        Syntax::Marks { opens, shares, .. } => {
            let knows = opens.contains(&mark.sign) || shares.contains(&mark.sign);
            knows && items.iter().any(|item| opens.contains(&item.mark.sign))
        }
        Syntax::Entries { .. } => false,
    })
}

/// One paragraph without its tags, so that it can stand in a label.
pub(crate) fn inline(html: String) -> String {
    let inner = html
        .trim()
        .strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>"));
    match inner {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html,
    }
}
