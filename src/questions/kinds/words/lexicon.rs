//! The words that a judge knows beside those of a question's block: general English (`english.words`), and what a
//! course adds in its file `course.words`.
//!
//! A lexicon is written as a block is, with `words:` and `phrase:`; `#` begins a comment. A course has some lines
//! more, which hold in every answer:
//!
//! ```text
//! topics: csrf            what a statement is often about: “so CSRF is …” states a consequence, not a wish
//! verbs: boost            verbs that make a claim of a row of words, in their base forms
//! names: server-sent      a name of several words, with or without hyphens; “sent” is no verb in it
//! before-names: data      what may stand before a name in backticks, tied to it
//! behind-names: header    the same behind it
//! sign: <a> = a tag       a sign that is read as words; a tag also with attributes
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::names::{Names, named};
use super::usage::Usage;
use crate::questions::parse::BlockFault;

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::empty();
    // A test reads it for faults.
    let _ = lexicon.add(include_str!("english.words"), Source::Program);
    lexicon
});

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Program,
    Course,
}

/// Words that need not be given in a question's block.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    pub(super) names: Names,
    /// The `words:` lines of each name as they were written, and whose they are.
    lines: BTreeMap<String, Vec<(String, Source)>>,
    /// What is said of the words of answers.
    pub(super) usage: Usage,
    /// The same as it was written.
    usage_lines: BTreeSet<String>,
}

impl Default for Lexicon {
    /// General English.
    fn default() -> Self {
        ENGLISH.clone()
    }
}

impl Lexicon {
    /// General English with the words of a course.
    pub(crate) fn read(text: &str) -> Result<Self, Vec<BlockFault>> {
        let mut lexicon = Self::default();
        let faults = lexicon.add(text, Source::Course);
        if faults.is_empty() {
            Ok(lexicon)
        } else {
            Err(faults)
        }
    }

    /// What was written for the names in a wording.
    pub(super) fn written(&self, wording: &str) -> impl Iterator<Item = &str> {
        self.lines_of(wording).map(|(line, _)| &**line)
    }

    /// What of that a course has written.
    pub(super) fn of_course(&self, wording: &str) -> impl Iterator<Item = &str> {
        let lines = self.lines_of(wording);
        lines.filter_map(|(line, source)| (*source == Source::Course).then_some(&**line))
    }

    /// What a course has written that holds in every answer.
    pub(super) fn usage_lines(&self) -> impl Iterator<Item = &str> {
        self.usage_lines.iter().map(String::as_str)
    }

    fn lines_of(&self, wording: &str) -> impl Iterator<Item = &(String, Source)> {
        let items = wording.split([' ', '/', '+']);
        items.filter_map(|name| self.lines.get(name)).flatten()
    }

    fn empty() -> Self {
        Self {
            names: Names::default(),
            lines: BTreeMap::new(),
            usage: Usage::default(),
            usage_lines: BTreeSet::new(),
        }
    }

    /// Takes in what holds in every answer first, since the words of names are read by it.
    fn add(&mut self, text: &str, source: Source) -> Vec<BlockFault> {
        let lines = (1..).zip(text.lines().map(str::trim_end));
        let lines = lines.filter(|(_, text)| !text.is_empty() && !text.starts_with('#'));
        let (usage, names): (Vec<_>, Vec<_>) = lines.partition(|(_, text)| Usage::has(key(text).0));
        let mut faults = Vec::new();
        for (line, text) in usage {
            let (key, words) = key(text);
            match self.usage.add(key, words) {
                Ok(()) => drop(self.usage_lines.insert(text.to_owned())),
                Err(fault) => faults.push((line, fault)),
            }
        }
        faults.extend(self.add_names(&names, source));
        faults.sort_by_key(|(line, _)| *line);
        let faults = faults.into_iter();
        faults
            .map(|(line, (problem, mend))| BlockFault::new(line, problem, mend))
            .collect()
    }

    fn add_names(&mut self, lines: &[(usize, &str)], source: Source) -> Vec<(usize, LineFault)> {
        let mut own = Names::default();
        let mut faults = Vec::new();
        let mut phrase = None;
        for &(line, text) in lines {
            let added = match text.trim_start().strip_prefix('=') {
                Some(wordings) if text.starts_with(' ') => wording(&mut own, phrase, wordings),
                _ => {
                    phrase = text.strip_prefix("phrase:").map(str::trim);
                    self.entry(&mut own, text, source)
                }
            };
            faults.extend(added.err().map(|fault| (line, fault)));
        }
        self.names.append(own);
        faults
    }

    fn entry(&mut self, own: &mut Names, line: &str, source: Source) -> Result<(), LineFault> {
        let (key, text) = key(line);
        match key {
            "words" => {
                let name = words_of(own, text, &self.usage)?;
                let line = (text.to_owned(), source);
                self.lines.entry(name).or_default().push(line);
                Ok(())
            }
            "phrase" if text.is_empty() || text.contains(char::is_whitespace) => {
                Err(("this phrase has no name".to_owned(), PHRASE))
            }
            "phrase" if own.is_phrase(text) => Err(twice(text)),
            "phrase" => Ok(()),
            _ => Err(("this line means nothing here".to_owned(), KEYS)),
        }
    }
}

/// What a line begins with, and the rest.
fn key(line: &str) -> (&str, &str) {
    let (key, text) = line.split_once(':').unwrap_or(("", line));
    (key, text.trim())
}

/// What is wrong, and how to mend it.
pub(super) type LineFault = (String, &'static str);

const KEYS: &str = "start it with “words:”, “phrase:”, “topics:”, “verbs:”, “names:”, “before-names:”, \
                    “behind-names:” or “sign:”, with “ =” below a phrase, or with “#” for a comment";
const PHRASE: &str = "write “phrase: NAME”, the name without space, and wordings below it";

fn twice(name: &str) -> LineFault {
    (
        format!("“{name}” is named twice"),
        "put both lines into one",
    )
}

fn wording(own: &mut Names, phrase: Option<&str>, wordings: &str) -> Result<(), LineFault> {
    let Some(phrase) = phrase else {
        let mend = "write “phrase: NAME” above it";
        return Err(("this wording belongs to no phrase".to_owned(), mend));
    };
    own.add_wordings(phrase, wordings);
    Ok(())
}

/// Adds the words of a line, and gives back their name.
fn words_of(own: &mut Names, text: &str, usage: &Usage) -> Result<String, LineFault> {
    let (name, place) = named(text, usage);
    if place.is_empty() || name.contains(char::is_whitespace) {
        let mend = "write “NAME = word, another word”, the name without space";
        return Err(("these words have no name".to_owned(), mend));
    }
    if own.add_words(&name, place) {
        Ok(name)
    } else {
        Err(twice(&name))
    }
}

#[cfg(test)]
#[path = "lexicon_tests.rs"]
mod tests;
