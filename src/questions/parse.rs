//! Reading a question from its fenced block.
//!
//! Stages: lines → marked items ([`super::lines`]) → the kind that the marks give → a question
//! that can be answered, or every reason why it cannot.

use super::lines::{Item, Mark, Passage, scan};
use super::text::normalised;
use super::{Choice, Kind, Question, Variant, words};

/// Why a question cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line in the lesson's file.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
    /// How to mend it.
    pub mend: String,
}

impl Fault {
    pub(super) fn new(line: usize, problem: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            line,
            problem: problem.into(),
            mend: mend.into(),
        }
    }
}

/// Reads the question `id` from `source`, the block's inside, whose fence stands on `line`.
/// `render` makes sanitised HTML of Markdown that starts on the given line.
pub fn parse(
    id: &str,
    source: &str,
    line: usize,
    render: &mut dyn FnMut(&str, usize) -> String,
) -> Result<Question, Vec<Fault>> {
    if words::is_block(source) {
        return words::read(id, source, line + 1, render);
    }
    let scanned = scan(source, line + 1);
    let mut draft = Draft {
        line,
        faults: scanned.faults,
        render,
        question: empty(id),
    };
    draft.faults.extend(check_id(id, line));
    draft.prompt(&scanned.prompt);
    for item in &scanned.items {
        draft.add(item);
    }
    draft.kind(&scanned.items);
    draft.finish()
}

/// Why an id cannot be a question's.
pub(super) fn check_id(id: &str, line: usize) -> Option<Fault> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if id.is_empty() {
        let mend = "write one: “```question my-id”";
        Some(Fault::new(line, "the question has no id", mend))
    } else if !id.bytes().all(plain) || id.len() > 64 {
        let problem = format!("“{id}” cannot be a question's id");
        let mend = "use up to 64 lower-case letters, digits and hyphens";
        Some(Fault::new(line, problem, mend))
    } else {
        None
    }
}

/// A question of which only the id is known.
pub(super) fn empty(id: &str) -> Question {
    Question {
        id: id.to_owned(),
        kind: Kind::Text,
        prompt_html: String::new(),
        choices: Vec::new(),
        hints: Vec::new(),
        explanation_html: None,
        accepted: Vec::new(),
        anticipated: Vec::new(),
        otherwise_html: None,
        words: None,
    }
}

struct Draft<'r> {
    line: usize,
    faults: Vec<Fault>,
    render: &'r mut dyn FnMut(&str, usize) -> String,
    question: Question,
}

impl Draft<'_> {
    fn fault(&mut self, line: usize, problem: impl Into<String>, mend: &str) {
        self.faults.push(Fault::new(line, problem, mend));
    }

    fn html(&mut self, passage: &Passage) -> String {
        (self.render)(&passage.markdown(), passage.line)
    }

    fn prompt(&mut self, prompt: &Passage) {
        if prompt.markdown().trim().is_empty() {
            self.fault(
                self.line,
                "the question asks nothing",
                "write what is asked above the answers",
            );
        }
        self.question.prompt_html = self.html(prompt);
    }

    fn add(&mut self, item: &Item) {
        let words = item.text.markdown();
        if words.is_empty() {
            self.fault(
                item.text.line,
                "nothing stands after this mark",
                "write the words behind it",
            );
            return;
        }
        let feedback_html = item.feedback.as_ref().map(|passage| self.html(passage));
        match item.mark {
            Mark::OneOf { right } | Mark::AnyOf { right } => {
                let text_html = inline(self.html(&item.text));
                self.question.choices.push(Choice {
                    text_html,
                    right,
                    feedback_html,
                });
            }
            Mark::Anticipated if words == "*" => self.otherwise(item, feedback_html),
            Mark::Accepted | Mark::Anticipated => self.variant(item, &words, feedback_html),
            Mark::Hint => {
                let hint = self.html(&item.text);
                self.question.hints.push(hint);
            }
            Mark::Explain if self.question.explanation_html.is_some() => {
                self.fault(item.text.line, "a second “explain:”", "put both into one");
            }
            Mark::Explain => self.question.explanation_html = Some(self.html(&item.text)),
        }
    }

    fn otherwise(&mut self, item: &Item, feedback_html: Option<String>) {
        if feedback_html.is_none() {
            self.fault(
                item.text.line,
                "“~ *” says nothing",
                "write “: what to say” below it",
            );
        } else if self.question.otherwise_html.is_some() {
            self.fault(item.text.line, "a second “~ *”", "put both into one");
        }
        self.question.otherwise_html = feedback_html;
    }

    fn variant(&mut self, item: &Item, words: &str, feedback_html: Option<String>) {
        let text = normalised(words);
        let Question {
            accepted,
            anticipated,
            ..
        } = &self.question;
        if accepted
            .iter()
            .chain(anticipated)
            .any(|known| known.text == text)
        {
            self.fault(
                item.text.line,
                format!("“{words}” counts as the same answer as one above"),
                "remove it: case, space and quotes do not matter",
            );
            return;
        }
        let variant = Variant {
            text,
            feedback_html,
        };
        match item.mark {
            Mark::Accepted => self.question.accepted.push(variant),
            _ => self.question.anticipated.push(variant),
        }
    }

    /// The kind is the first answer's; every other answer must be of it.
    fn kind(&mut self, items: &[Item]) {
        let kinds: Vec<_> = items
            .iter()
            .filter_map(|item| Some((item.text.line, kind(item.mark)?)))
            .collect();
        let Some(&(_, first)) = kinds.first() else {
            let mend = "write choices (“( ) …”, “[ ] …”) or accepted texts (“= …”)";
            return self.fault(self.line, "the question has no answers", mend);
        };
        self.question.kind = first;
        if let Some(&(line, _)) = kinds.iter().find(|(_, kind)| *kind != first) {
            let mend = "use only “( )”, only “[ ]”, or only “=” and “~” in one question";
            return self.fault(
                line,
                "this answer is of another kind than the first one",
                mend,
            );
        }
        match first {
            Kind::Text if self.question.accepted.is_empty() => {
                self.fault(
                    self.line,
                    "no text is accepted",
                    "write at least one “= right answer”",
                );
            }
            Kind::Text | Kind::Words => {}
            Kind::One | Kind::Several => self.choices(first),
        }
    }

    fn choices(&mut self, kind: Kind) {
        let right = self
            .question
            .choices
            .iter()
            .filter(|choice| choice.right)
            .count();
        if self.question.choices.len() < 2 {
            self.fault(self.line, "there is only one choice", "write at least two");
        }
        match (kind, right) {
            (Kind::One, 2..) => self.fault(
                self.line,
                format!("{right} choices are marked right, where only one can be chosen"),
                "mark one with “(x)”, or use “[ ]” for several choices",
            ),
            (_, 0) => self.fault(
                self.line,
                "no choice is right",
                "mark what is right with an x",
            ),
            _ => {}
        }
    }

    fn finish(self) -> Result<Question, Vec<Fault>> {
        if self.faults.is_empty() {
            Ok(self.question)
        } else {
            Err(self.faults)
        }
    }
}

fn kind(mark: Mark) -> Option<Kind> {
    match mark {
        Mark::OneOf { .. } => Some(Kind::One),
        Mark::AnyOf { .. } => Some(Kind::Several),
        Mark::Accepted | Mark::Anticipated => Some(Kind::Text),
        Mark::Hint | Mark::Explain => None,
    }
}

/// One paragraph without its tags, so that it can stand in a label.
pub(super) fn inline(html: String) -> String {
    let inner = html
        .trim()
        .strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>"));
    match inner {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html,
    }
}
