//! Reading a step from its fenced block.
//!
//! Stages: lines are sorted to the text, to edits, and to what stands behind `see:` and `when:` → each is read.

use super::Step;
use super::edit::{Edit, EditLine, Sign};
use crate::claim::{self, Claim};
use crate::course::diagnostic::FileFaults;
use crate::exercise::is_slug;
use crate::project::FileName;
use crate::questions::lines::Fences;

/// The keys of a block.
const KEYS: &str = "`edit:`, `see:` or `when:`";
/// The one client beside the preview whose name a learner's own log has.
const SECOND_CLIENT: &str = "Bob";

/// A step's lines, sorted.
struct Block<'s> {
    text: Passage<'s>,
    edits: Vec<EditSource<'s>>,
    see: Option<Passage<'s>>,
    when: Option<Passage<'s>>,
}

/// Some lines in a row.
struct Passage<'s> {
    /// The line of the file on which they begin.
    first: usize,
    lines: Vec<&'s str>,
}

/// An edit's lines.
struct EditSource<'s> {
    /// That of `edit:`.
    line: usize,
    file: &'s str,
    lines: Vec<&'s str>,
}

/// What the next lines belong to.
#[derive(Clone, Copy)]
enum Part {
    Text,
    Edit,
    See,
    When,
}

/// Reads the step `id` from `source`, the block's inside, whose fence stands on `line`; none where it has faults.
/// `render` makes sanitised HTML of Markdown that starts on the given line.
pub(in crate::course) fn parse(
    (id, source, line): (&str, &str, usize),
    faults: &mut FileFaults,
    render: &mut dyn FnMut(&str, usize) -> String,
) -> Option<Step> {
    let before = faults.found.len();
    if !is_slug(id) {
        let problem = match id {
            "" => "the step has no id".to_owned(),
            id => format!("“{id}” cannot be a step's id"),
        };
        let mend = "write “```step name”, with up to 64 lower-case letters, digits and hyphens";
        faults.add(line, problem, mend);
    }
    let block = Block::sort(source, line, faults);
    let edits = block.edits.iter().map(|edit| edit.read(faults));
    let edits = edits.collect::<Vec<_>>();
    let claims = block.claims(faults);
    let mut html = |passage: Option<&Passage<'_>>, problem: &str, mend: &str| {
        let markdown = passage.map(Passage::joined).unwrap_or_default();
        if markdown.trim().is_empty() {
            faults.add(line, problem, mend);
        }
        render(&markdown, passage.map_or(line, |it| it.first))
    };
    let text_html = html(
        Some(&block.text),
        "the step has no text",
        "say first what to do, in a sentence or two",
    );
    let see_html = html(
        block.see.as_ref(),
        "the step does not say what is seen afterwards",
        "write it behind `see:`",
    );
    (faults.found.len() == before).then(|| Step {
        id: id.into(),
        line,
        text_html,
        edits: edits.into_iter().flatten().collect(),
        see_html,
        claims,
    })
}

impl<'s> Block<'s> {
    fn sort(source: &'s str, line: usize, faults: &mut FileFaults) -> Self {
        let mut block = Self {
            text: Passage {
                first: line + 1,
                lines: Vec::new(),
            },
            edits: Vec::new(),
            see: None,
            when: None,
        };
        let mut part = Part::Text;
        // In the text's own code nothing is a key.
        let mut fences = Fences::default();
        for (line, text) in (line + 1..).zip(source.lines()) {
            let in_code = matches!(part, Part::Text | Part::See) && fences.holds(text);
            match keyed(text).filter(|_| !in_code) {
                Some((key, rest)) => match block.open(key, rest, line, faults) {
                    Some(opened) => part = opened,
                    None => block.lines(part).push(text),
                },
                None => block.lines(part).push(text),
            }
        }
        block
    }

    /// Begins the part of a key; none where the line is no beginning.
    fn open(
        &mut self,
        key: &str,
        rest: &'s str,
        line: usize,
        faults: &mut FileFaults,
    ) -> Option<Part> {
        let passage = || {
            Some(Passage {
                first: line,
                lines: vec![rest],
            })
        };
        let (there, part) = match key {
            "edit" => {
                self.edits.push(EditSource {
                    line,
                    file: rest.trim(),
                    lines: Vec::new(),
                });
                return Some(Part::Edit);
            }
            "see" => (self.see.replace(passage()?), Part::See),
            "when" => (self.when.replace(passage()?), Part::When),
            _ => {
                let problem = format!("unknown key `{key}`");
                let mend = format!("remove it, or write {KEYS}");
                faults.add(line, problem, mend);
                return None;
            }
        };
        if there.is_some() {
            let mend = "write both in one";
            faults.add(line, format!("a second `{key}:` in one step"), mend);
        }
        Some(part)
    }

    fn lines(&mut self, part: Part) -> &mut Vec<&'s str> {
        let text = &mut self.text.lines;
        match part {
            Part::Text => text,
            Part::Edit => self.edits.last_mut().map_or(text, |edit| &mut edit.lines),
            Part::See => self.see.as_mut().map_or(text, |see| &mut see.lines),
            Part::When => self.when.as_mut().map_or(text, |when| &mut when.lines),
        }
    }

    fn claims(&self, faults: &mut FileFaults) -> Vec<Claim> {
        let Some(when) = &self.when else {
            return Vec::new();
        };
        let claims = match claim::read(&when.joined()) {
            Ok(claims) => claims,
            Err(fault) => {
                let line = when.first + fault.line - 1;
                let mend = "write a claim, such as `{ \"request\": \"GET\", \"path\": \"/\" }`, or an array of claims";
                faults.add(
                    line,
                    format!("`when:` cannot be read: {}", fault.problem),
                    mend,
                );
                return Vec::new();
            }
        };
        let mut add = |problem: &str, mend: &str| faults.add(when.first, problem, mend);
        if claims.is_empty() {
            add("`when:` claims nothing", "write a claim, or leave it out");
        } else if !claims.iter().any(Claim::is_positive) {
            let mend = "add what must cross the wire, as in an empty log nothing has";
            add("`when:` only claims what must not happen", mend);
        }
        if !claims.iter().all(Claim::is_clear) {
            let mend = "give each claim one of `request`, `frame` and `event`";
            add("a claim of `when:` is not clear", mend);
        }
        let is_there = |name: &str| name.eq_ignore_ascii_case(SECOND_CLIENT);
        let mut named = claims.iter().filter_map(|claim| claim.client.as_deref());
        if let Some(name) = named.find(|name| !is_there(name)) {
            let problem = format!("no client is called “{name}” in a learner's own sandbox");
            let mend = "leave `client` out, or write “Bob”, who is the second client";
            add(&problem, mend);
        }
        claims
    }
}

impl EditSource<'_> {
    /// None where it has faults.
    fn read(&self, faults: &mut FileFaults) -> Option<Edit> {
        let before = faults.found.len();
        let file = FileName::try_from(self.file);
        if let Err(error) = &file {
            let problem = format!("`edit:` names no file: {error}");
            faults.add(self.line, problem, "write “edit: ” and a file's name");
        }
        // What is empty at the end stands between the edit and what follows.
        let rest = self
            .lines
            .iter()
            .rev()
            .take_while(|it| it.trim().is_empty());
        let count = self.lines.len() - rest.count();
        let mut lines = Vec::with_capacity(count);
        for (line, text) in (self.line + 1..).zip(&self.lines[..count]) {
            let read = |sign: Sign| Some((sign, text.strip_prefix(sign.written())?));
            match Sign::ALL.into_iter().find_map(read) {
                Some((sign, text)) => lines.push(EditLine {
                    sign,
                    text: text.to_owned(),
                    html: String::new(),
                }),
                // Editors take blanks at a line's end away.
                None if text.is_empty() => lines.push(EditLine {
                    sign: Sign::Stays,
                    text: String::new(),
                    html: String::new(),
                }),
                None => faults.add(
                    line,
                    "this line of the edit has no sign",
                    format!("begin it with “-”, “+” or a space, or begin another part: {KEYS}"),
                ),
            }
        }
        let changes = |line: &EditLine| line.sign != Sign::Stays;
        if faults.found.len() == before && !lines.iter().any(changes) {
            let mend = "begin what goes with “-” and what comes with “+”";
            faults.add(self.line, "the edit changes nothing", mend);
        }
        (faults.found.len() == before).then_some(())?;
        Some(Edit {
            file: file.ok()?,
            line: self.line,
            lines,
        })
    }
}

impl Passage<'_> {
    fn joined(&self) -> String {
        self.lines.join("\n")
    }
}

/// `key: rest`, where the key is one word in lower case at the left margin.
fn keyed(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once(':')?;
    let is_word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_word && (rest.is_empty() || rest.starts_with(' '))).then_some((key, rest))
}
