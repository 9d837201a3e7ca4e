//! Reading a question that is answered in one's own words.
//!
//! Below the prompt stand entries at the left margin, each with indented lines below it:
//!
//! ```text
//! words: server = back end, backend
//! subject: SSE = server-sent events, eventsource
//! phrase: stays-open            ways to say something, to be named in wordings
//!     = connection stay open
//! concept of SSE: that it goes one way, from the server
//!     = one-way | server > …         ways to say it: see `wording`
//!     : What is said when it is missing.
//! misconception of SSE: goes both ways
//!     = two-way
//!     : What is said to it.
//! model: A full answer.
//! right:
//!     - An answer that is right; `partly:` and `wrong:` alike.
//! held-out right:
//!     - One that was not looked at while the wordings were written; it is counted apart.
//! hint: …
//! explain: …
//! ```

use std::collections::BTreeSet;

use super::lexicon::Lexicon;
use super::names::{Names, named};
use super::tokens::{Sort, tokens};
use super::wording::{Alternatives, Phrase, Wording};
use super::{Marked, OwnWords, RubricPoint, Vocabulary};
use crate::questions::Outcome;
use crate::questions::kinds::Render;
use crate::questions::parse::{BlockFault, QuestionBody, inline};

/// The fewest marked answers of a question.
const LEAST_MARKED: usize = 12;
/// What stands before the key of answers that are kept out while the wordings are written.
const HELD_OUT: &str = "held-out ";

/// Whether a question's block is one of this kind.
pub(super) fn is_block(source: &str) -> bool {
    source
        .lines()
        .any(|line| entry(line).is_some_and(|(key, _)| key.starts_with("concept")))
}

/// Of a line that begins an entry: whether the entry belongs to what is asked and judged.
pub(super) fn counts(line: &str) -> Option<bool> {
    let (key, _) = entry(line)?;
    let key = key.strip_prefix(HELD_OUT).unwrap_or(key);
    Some(!["right", "partly", "wrong", "hint", "explain"].contains(&key))
}

/// Reads a block whose first line is line `first` of the file.
pub(super) fn read(
    lexicon: &Lexicon,
    source: &str,
    first: usize,
    render: Render,
) -> Result<QuestionBody, Vec<BlockFault>> {
    let (prompt, entries) = entries(source, first);
    let mut draft = BlockBuilder {
        lexicon,
        faults: Vec::new(),
        render,
        prompt_html: String::new(),
        hints: Vec::new(),
        explanation_html: None,
        prompt: String::new(),
        subjects: Vec::new(),
        names: Names::default(),
        written: String::new(),
        borrowed: lexicon.usage_lines().map(str::to_owned).collect(),
        places: Vec::new(),
        concepts: Vec::new(),
        misconceptions: Vec::new(),
        model: None,
        marked: Vec::new(),
    };
    if prompt.trim().is_empty() {
        draft.fault(
            first - 1,
            "the question asks nothing",
            "write what is asked above the concepts",
        );
    }
    draft.prompt_html = (draft.render)(&prompt, first);
    draft.prompt = prompt;
    for entry in &entries {
        draft.name(entry);
    }
    for entry in &entries {
        draft.add(entry);
    }
    draft.finish(first - 1)
}

/// One entry with the lines below it.
struct Entry<'s> {
    line: usize,
    key: &'s str,
    text: &'s str,
    below: Vec<(usize, &'s str)>,
}

fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, text) = line.split_once(':')?;
    let known = [
        "words",
        "subject",
        "phrase",
        "concept",
        "misconception",
        "model",
        "right",
        "partly",
        "wrong",
        "hint",
        "explain",
    ];
    let plain = key.strip_prefix(HELD_OUT).unwrap_or(key);
    let first = plain.split(' ').next()?;
    let alone =
        plain == first || key.starts_with("concept of ") || key.starts_with("misconception of ");
    let held_out = plain == key || ["right", "partly", "wrong"].contains(&plain);
    (known.contains(&first) && alone && held_out).then_some((key, text.trim()))
}

/// The prompt, and the entries below it.
fn entries(source: &str, first: usize) -> (String, Vec<Entry<'_>>) {
    let mut prompt = String::new();
    let mut entries: Vec<Entry> = Vec::new();
    for (line, text) in (first..).zip(source.lines()) {
        if let Some((key, text)) = entry(text) {
            entries.push(Entry {
                line,
                key,
                text,
                below: Vec::new(),
            });
        } else if let Some(entry) = entries.last_mut() {
            entry.below.push((line, text));
        } else {
            prompt.push_str(text);
            prompt.push('\n');
        }
    }
    (prompt, entries)
}

struct BlockBuilder<'r> {
    lexicon: &'r Lexicon,
    faults: Vec<BlockFault>,
    render: Render<'r>,
    prompt_html: String,
    hints: Vec<String>,
    explanation_html: Option<String>,
    prompt: String,
    subjects: Vec<String>,
    names: Names,
    /// All names and wordings as they were written, with the names of the lexicon that they use.
    written: String,
    /// The lines of the course by which answers are judged.
    borrowed: BTreeSet<String>,
    places: Vec<Alternatives>,
    concepts: Vec<RubricPoint>,
    misconceptions: Vec<RubricPoint>,
    model: Option<(String, usize)>,
    marked: Vec<Marked>,
}

impl BlockBuilder<'_> {
    fn fault(&mut self, line: usize, problem: impl Into<String>, mend: &str) {
        self.faults.push(BlockFault::new(line, problem, mend));
    }

    /// Learns the names, which may be used above the line that gives them.
    fn name(&mut self, entry: &Entry) {
        match entry.key {
            "words" | "subject" => self.name_words(entry),
            "phrase" => self.name_phrase(entry),
            _ => {}
        }
    }

    fn name_words(&mut self, entry: &Entry) {
        self.write(entry.text);
        let (name, place) = named(entry.text, &self.lexicon.usage);
        if place.is_empty() || name.contains(char::is_whitespace) {
            let mend = "write “NAME = word, another word”, the name without space";
            return self.fault(entry.line, "these words have no name", mend);
        }
        if !self.names.add_words(&name, place.clone()) {
            self.fault(
                entry.line,
                format!("“{name}” is named twice"),
                "put both lines into one",
            );
        } else if entry.key == "subject" {
            self.subjects.push(name);
            self.places.push(place);
        }
    }

    fn name_phrase(&mut self, entry: &Entry) {
        let name = entry.text;
        if name.is_empty() || name.contains(char::is_whitespace) {
            let mend = "write “phrase: NAME”, the name without space, and wordings below it";
            return self.fault(entry.line, "this phrase has no name", mend);
        }
        if self.names.is_phrase(name) {
            let mend = "put both into one";
            self.fault(entry.line, format!("“{name}” is named twice"), mend);
        }
        for &(line, text) in &entry.below {
            match text.trim().strip_prefix('=') {
                Some(words) => self.names.add_wordings(name, words),
                None if text.trim().is_empty() => {}
                None => self.fault(
                    line,
                    "this line belongs to nothing",
                    "start it with “=” for a wording",
                ),
            }
        }
    }

    /// Keeps the author's spelling.
    fn write(&mut self, words: &str) {
        self.written.push_str(words);
        self.written.push('\n');
    }

    fn add(&mut self, entry: &Entry) {
        match entry.key.strip_prefix(HELD_OUT).unwrap_or(entry.key) {
            "words" | "subject" => self.nothing_below(entry),
            "phrase" => {}
            "right" => self.mark(entry, Outcome::Correct),
            "partly" => self.mark(entry, Outcome::Partial),
            "wrong" => self.mark(entry, Outcome::Incorrect),
            "hint" => {
                let html = self.passage(entry);
                self.hints.push(html);
            }
            "explain" => self.explanation_html = Some(self.passage(entry)),
            "model" if self.model.is_some() => {
                self.fault(entry.line, "a second “model:”", "put both into one");
            }
            "model" => self.model = Some((markdown(entry), entry.line)),
            key => self.point(entry, key),
        }
    }

    fn passage(&mut self, entry: &Entry) -> String {
        (self.render)(&markdown(entry), entry.line)
    }

    fn nothing_below(&mut self, entry: &Entry) {
        if let Some((line, _)) = entry.below.iter().find(|(_, text)| !text.trim().is_empty()) {
            self.fault(
                *line,
                "this line belongs to nothing",
                "put it behind the “=” above, after a comma",
            );
        }
    }

    fn mark(&mut self, entry: &Entry, outcome: Outcome) {
        for &(line, text) in &entry.below {
            match text.trim().strip_prefix("- ") {
                Some(answer) => self.marked.push(Marked {
                    line,
                    answer: answer.trim().to_owned(),
                    outcome,
                    held_out: entry.key.starts_with(HELD_OUT),
                }),
                None if text.trim().is_empty() => {}
                None => self.fault(
                    line,
                    "this is no marked answer",
                    "start it with “- ” and keep it on one line",
                ),
            }
        }
        if !entry.text.is_empty() {
            self.fault(
                entry.line,
                format!("an answer stands beside “{}:”", entry.key),
                "write it below, behind “- ”",
            );
        }
    }

    fn point(&mut self, entry: &Entry, key: &str) {
        let (sort, subject) = key
            .split_once(" of ")
            .map_or((key, None), |(sort, of)| (sort, Some(of.trim())));
        let subject = subject.and_then(|of| {
            let known = self.subjects.iter().position(|name| name == of);
            if known.is_none() {
                self.fault(
                    entry.line,
                    format!("there is no subject “{of}”"),
                    "add a line “subject: NAME = other names”",
                );
            }
            known
        });
        let (wordings, reply) = self.below(entry);
        let concept = sort == "concept";
        if entry.text.is_empty() {
            self.fault(
                entry.line,
                format!("this {sort} has no name"),
                "write it behind the colon: it is shown to the learner",
            );
        }
        if wordings.is_empty() {
            self.fault(
                entry.line,
                format!("there is no way to say this {sort}"),
                "add lines “= wording” below it",
            );
        }
        if !concept && reply.is_none() {
            self.fault(
                entry.line,
                "nothing is said to this misconception",
                "write “: what to say” below it",
            );
        }
        let point = RubricPoint {
            name_html: inline((self.render)(entry.text, entry.line)),
            subject,
            wordings,
            reply_html: reply.map(|(text, line)| (self.render)(&text, line)),
        };
        if concept {
            self.concepts.push(point);
        } else {
            self.misconceptions.push(point);
        }
    }

    /// The wordings below an entry, and the words after `:`.
    fn below(&mut self, entry: &Entry) -> (Vec<Wording>, Option<(String, usize)>) {
        let mut wordings = Vec::new();
        let mut reply: Option<(String, usize)> = None;
        for &(line, text) in &entry.below {
            let text = text.trim();
            if let Some(words) = text.strip_prefix('=') {
                self.say(line, words, &mut wordings);
            } else if let Some(words) = text.strip_prefix(':') {
                reply = Some((words.trim().to_owned(), line));
            } else if let Some((reply, _)) = reply.as_mut().filter(|_| !text.is_empty()) {
                reply.push('\n');
                reply.push_str(text);
            } else if !text.is_empty() {
                self.fault(
                    line,
                    "this line belongs to nothing",
                    "start it with “=” for a wording or “:” for a reply",
                );
            }
        }
        (wordings, reply)
    }

    /// Adds the wordings of one line.
    fn say(&mut self, line: usize, words: &str, wordings: &mut Vec<Wording>) {
        for one in words.split(" | ").map(str::trim) {
            let expanded = self.names.expanded(one, &self.lexicon.names);
            if expanded != self.names.expanded(one, &Names::default()) {
                self.borrowed.extend(expanded.iter().cloned());
            }
            for wording in expanded {
                self.borrow(&wording);
                let term = |name: &str| self.names.term(name, &self.lexicon.names);
                match Wording::read(&wording, &self.lexicon.usage, term) {
                    Some(wording) => wordings.push(wording),
                    None => self.fault(
                        line,
                        format!("“{wording}” is no wording"),
                        "write words, such as “= server push/send”",
                    ),
                }
            }
        }
    }

    /// Keeps a wording, and what the lexicon has for the names in it.
    fn borrow(&mut self, wording: &str) {
        self.write(wording);
        let lexicon = self.lexicon;
        lexicon.written(wording).for_each(|line| self.write(line));
        let lines = lexicon.of_course(wording).map(str::to_owned);
        self.borrowed.extend(lines);
    }

    fn finish(mut self, line: usize) -> Result<QuestionBody, Vec<BlockFault>> {
        if self.concepts.is_empty() {
            self.fault(
                line,
                "no concept has to be said",
                "add “concept: …” with wordings",
            );
        }
        if self.marked.len() < LEAST_MARKED {
            let problem = format!("only {} answers are marked", self.marked.len());
            self.fault(
                line,
                problem,
                "mark at least 12 below “right:”, “partly:” and “wrong:”",
            );
        }
        let Some((model, model_line)) = self.model.take().filter(|(text, _)| !text.is_empty())
        else {
            self.fault(line, "there is no model answer", "add “model: …”");
            return Err(self.faults);
        };
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let phrases = self.phrases();
        let usage = self.lexicon.usage.clone();
        let prompt = tokens(&self.prompt, &usage).into_iter();
        let prompt = prompt.filter(|token| token.sort == Sort::Word);
        let prompt = prompt.map(|token| token.stem);
        let words = OwnWords {
            vocabulary: Vocabulary::of(phrases.iter(), &self.written, usage),
            prompt: prompt.collect(),
            places: self.places,
            concepts: self.concepts,
            misconceptions: self.misconceptions,
            model_html: (self.render)(&model, model_line),
            model,
            model_line,
            marked: self.marked,
        };
        Ok(QuestionBody {
            prompt_html: self.prompt_html,
            hints: self.hints,
            explanation_html: self.explanation_html,
            borrowed: self.borrowed,
            task: Box::new(words),
        })
    }

    fn phrases(&self) -> Vec<Phrase> {
        let points = self.concepts.iter().chain(&self.misconceptions);
        let worded = points
            .flat_map(|point| &point.wordings)
            .flat_map(Wording::phrases);
        self.names.phrases().chain(worded).cloned().collect()
    }
}

fn markdown(entry: &Entry) -> String {
    let below = entry.below.iter().map(|(_, text)| text.trim());
    let lines: Vec<&str> = std::iter::once(entry.text).chain(below).collect();
    lines.join("\n").trim().to_owned()
}
