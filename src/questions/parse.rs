//! Reading a question from its fenced block.
//!
//! Stages: settings are taken out ([`super::settings`]) → lines become marked items
//! ([`super::lines`]) → the kind that the marks give reads its own → a question that can be
//! answered, or every reason why it cannot.

use super::choices::Choices;
use super::code::Code;
use super::gaps::Gaps;
use super::lines::{Item, Mark, Passage, counts, scan};
use super::pairs::Pairs;
use super::short::Short;
use super::steps::Steps;
use super::{Question, QuestionVersion, Settings, Task, settings, words};
use crate::exercise::is_slug;

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
    let (settings, source, mut faults) = settings::take(source, line + 1);
    let (read, version) = if words::is_block(&source) {
        let version = QuestionVersion::of(&source, words::counts);
        (words::read(id, &source, line + 1, render), version)
    } else {
        let version = QuestionVersion::of(&source, counts);
        (by_marks(id, &source, line, render), version)
    };
    match read {
        Ok(question) if faults.is_empty() => Ok(Question {
            version,
            settings,
            ..question
        }),
        Ok(_) => Err(faults),
        Err(mut others) => {
            faults.append(&mut others);
            Err(faults)
        }
    }
}

fn by_marks(
    id: &str,
    source: &str,
    line: usize,
    html: &mut dyn FnMut(&str, usize) -> String,
) -> Result<Question, Vec<Fault>> {
    let scanned = scan(source, line + 1);
    let mut reader = Reader {
        line,
        faults: scanned.faults,
        render: html,
    };
    reader.faults.extend(check_id(id, line));
    let mut question = empty(id);
    question.prompt_html = reader.prompt(&scanned.prompt);
    let (answers, others): (Vec<&Item>, Vec<&Item>) = scanned
        .items
        .iter()
        .filter(|item| reader.says_something(item))
        .partition(|item| !matches!(item.mark, Mark::Hint | Mark::Explain));
    for item in others {
        reader.remark(&mut question, item);
    }
    if let Some(kind) = reader.kind(&scanned.items) {
        (question.task, question.model_html) = match kind {
            Sort::OneOf | Sort::AnyOf => {
                let (choices, model) = Choices::read(&answers, &mut reader);
                (Task::Choices(choices), model)
            }
            Sort::Text => {
                let (short, model) = Short::read(&answers, &mut reader);
                (Task::Text(short), model)
            }
            Sort::Steps => {
                let (steps, model) = Steps::read(id, &answers, &mut reader);
                (Task::Steps(steps), model)
            }
            Sort::Pairs => {
                let (pairs, model) = Pairs::read(id, &answers, &mut reader);
                (Task::Pairs(pairs), model)
            }
            Sort::Gaps => {
                let prompt = (&scanned.prompt, &*question.prompt_html);
                let (gaps, model) = Gaps::read(prompt, &answers, &mut reader);
                (Task::Gaps(gaps), model)
            }
            Sort::Code => {
                let (code, model) = Code::read(&answers, &mut reader);
                (Task::Code(code), model)
            }
        };
    }
    if reader.faults.is_empty() {
        Ok(question)
    } else {
        Err(reader.faults)
    }
}

/// Why an id cannot be a question's.
pub(super) fn check_id(id: &str, line: usize) -> Option<Fault> {
    if id.is_empty() {
        let mend = "write one: “```question my-id”";
        Some(Fault::new(line, "the question has no id", mend))
    } else if !is_slug(id) {
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
        id: id.into(),
        version: String::new().into(),
        prompt_html: String::new(),
        hints: Vec::new(),
        explanation_html: None,
        settings: Settings::default(),
        task: Task::Text(Short::default()),
        model_html: String::new(),
    }
}

/// Which kind of question a mark belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    OneOf,
    AnyOf,
    Text,
    Steps,
    Pairs,
    Gaps,
    Code,
}

/// What all kinds need to read their items.
pub(super) struct Reader<'r> {
    /// The line of the question's fence.
    pub(super) line: usize,
    pub(super) faults: Vec<Fault>,
    render: &'r mut dyn FnMut(&str, usize) -> String,
}

impl Reader<'_> {
    pub(super) fn fault(&mut self, line: usize, problem: impl Into<String>, mend: &str) {
        self.faults.push(Fault::new(line, problem, mend));
    }

    /// Sanitised block HTML.
    pub(super) fn html(&mut self, passage: &Passage) -> String {
        (self.render)(&passage.markdown(), passage.line)
    }

    /// The same of Markdown that stands on a line.
    pub(super) fn render(&mut self, markdown: &str, line: usize) -> String {
        (self.render)(markdown, line)
    }

    pub(super) fn feedback(&mut self, item: &Item) -> Option<String> {
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
        let says = matches!(item.mark, Mark::Gap(_)) || !item.text.markdown().is_empty();
        if !says {
            self.fault(
                item.text.line,
                "nothing stands after this mark",
                "write the words behind it",
            );
        }
        says
    }

    fn remark(&mut self, question: &mut Question, item: &Item) {
        let html = self.html(&item.text);
        if item.mark == Mark::Hint {
            question.hints.push(html);
        } else if question.explanation_html.is_some() {
            self.fault(item.text.line, "a second “explain:”", "put both into one");
        } else {
            question.explanation_html = Some(html);
        }
    }

    /// The kind is the first answer's; every other answer must be of it.
    fn kind(&mut self, items: &[Item]) -> Option<Sort> {
        let has = |test: fn(&Mark) -> bool| items.iter().any(|item| test(&item.mark));
        let whole = if has(|mark| matches!(mark, Mark::Gap(_))) {
            Sort::Gaps
        } else if has(|mark| matches!(mark, Mark::Code | Mark::Start)) {
            Sort::Code
        } else {
            Sort::Text
        };
        let sorts = items
            .iter()
            .filter_map(|item| Some((item.text.line, sort(&item.mark, whole)?)));
        let sorts: Vec<(usize, Sort)> = sorts.collect();
        let Some(&(_, first)) = sorts.first() else {
            let mend = "write choices (“( ) …”, “[ ] …”), accepted texts (“= …”), steps (“1. …”) \
                        or pairs (“- … => …”)";
            self.fault(self.line, "the question has no answers", mend);
            return None;
        };
        if let Some(&(line, _)) = sorts.iter().find(|(_, sort)| *sort != first) {
            let mend = "use only “( )”, only “[ ]”, or only “=” and “~” in one question";
            self.fault(
                line,
                "this answer is of another kind than the first one",
                mend,
            );
            return None;
        }
        Some(first)
    }
}

/// `whole` is what “=” and “~” belong to in this block.
fn sort(mark: &Mark, whole: Sort) -> Option<Sort> {
    match mark {
        Mark::OneOf { .. } => Some(Sort::OneOf),
        Mark::AnyOf { .. } => Some(Sort::AnyOf),
        Mark::Accepted | Mark::Anticipated => Some(whole),
        Mark::Step(_) => Some(Sort::Steps),
        Mark::Pair => Some(Sort::Pairs),
        Mark::Gap(_) => Some(Sort::Gaps),
        Mark::Code | Mark::Start => Some(Sort::Code),
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
