//! The words that a judge knows beside those of a question's block: general English (`english.words`), and what a
//! course adds in its file `course.words`.
//!
//! A lexicon is written as a block is, with `words:` and `phrase:`; `#` begins a comment. A course has some lines
//! more:
//!
//! ```text
//! topics: csrf            what a statement is often about: “so CSRF is …” tells a consequence, and is no wish
//! before-names: data      what may stand before a name in backticks, tied to it
//! behind-names: header    the same behind it
//! sign: <a> = a tag       a sign that is read as words; a tag also with attributes
//! ```

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::names::{Names, named};
use crate::questions::parse::BlockFault;

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::empty();
    // A test reads it for faults.
    let _ = lexicon.add(include_str!("english.words"));
    lexicon
});

/// Words that need not be given in a question's block.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    pub(super) names: Names,
    /// All names and wordings as they were written.
    pub(super) written: String,
    /// What is said of the words of answers.
    pub(super) usage: Usage,
}

/// What has to be known of single words of an answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Usage {
    topics: BTreeSet<String>,
    before_names: BTreeSet<String>,
    behind_names: BTreeSet<String>,
    /// Signs with the words that they are read as.
    pub(super) signs: Vec<(String, String)>,
}

impl Usage {
    /// Whether statements are often about what this word names.
    pub(super) fn is_topic(&self, word: &str) -> bool {
        self.topics.contains(word)
    }

    /// Whether the word may be tied to a name that stands behind it.
    pub(super) fn leads_names(&self, word: &str) -> bool {
        self.before_names.contains(word)
    }

    /// Whether the word may be tied to a name that stands before it.
    pub(super) fn follows_names(&self, word: &str) -> bool {
        self.behind_names.contains(word)
    }
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
        let faults = lexicon.add(text);
        if faults.is_empty() {
            Ok(lexicon)
        } else {
            Err(faults)
        }
    }

    fn empty() -> Self {
        Self {
            names: Names::default(),
            written: String::new(),
            usage: Usage::default(),
        }
    }

    fn add(&mut self, text: &str) -> Vec<BlockFault> {
        let mut own = Names::default();
        let mut faults = Vec::new();
        let mut phrase = None;
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.trim_end();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let added = match text.trim_start().strip_prefix('=') {
                Some(wordings) if text.starts_with(' ') => wording(&mut own, phrase, wordings),
                _ => {
                    phrase = text.strip_prefix("phrase:").map(str::trim);
                    self.entry(&mut own, text)
                }
            };
            match added {
                Ok(()) => {
                    self.written.push_str(text);
                    self.written.push('\n');
                }
                Err((problem, mend)) => faults.push(BlockFault::new(line, problem, mend)),
            }
        }
        self.names.append(own);
        faults
    }

    fn entry(&mut self, own: &mut Names, text: &str) -> Result<(), LineFault> {
        let (key, text) = text.split_once(':').unwrap_or(("", text));
        let text = text.trim();
        let words = || text.split(',').map(|word| word.trim().to_lowercase());
        match key {
            "words" => return words_of(own, text),
            "phrase" if text.is_empty() || text.contains(char::is_whitespace) => {
                return Err(("this phrase has no name".to_owned(), PHRASE));
            }
            "phrase" if own.is_phrase(text) => return Err(twice(text)),
            "phrase" => {}
            "topics" => self.usage.topics.extend(words()),
            "before-names" => self.usage.before_names.extend(words()),
            "behind-names" => self.usage.behind_names.extend(words()),
            "sign" => return self.sign(text),
            _ => return Err(("this line means nothing here".to_owned(), KEYS)),
        }
        Ok(())
    }

    fn sign(&mut self, text: &str) -> Result<(), LineFault> {
        let (sign, words) = text.split_once(" = ").ok_or_else(|| {
            let problem = "this sign is not read as anything".to_owned();
            (problem, "write “sign: <a> = a tag”")
        })?;
        let (sign, words) = (sign.trim().to_lowercase(), format!(" {} ", words.trim()));
        if let Some(tag) = sign
            .strip_prefix('<')
            .and_then(|sign| sign.strip_suffix('>'))
        {
            self.usage.signs.push((format!("<{tag} "), words.clone()));
        }
        self.usage.signs.push((sign, words));
        Ok(())
    }
}

/// What is wrong, and how to mend it.
type LineFault = (String, &'static str);

const KEYS: &str = "start it with “words:”, “phrase:”, “topics:”, “before-names:”, “behind-names:” or \
                    “sign:”, with “ =” below a phrase, or with “#” for a comment";
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

fn words_of(own: &mut Names, text: &str) -> Result<(), LineFault> {
    let (name, place) = named(text);
    if place.is_empty() || name.contains(char::is_whitespace) {
        let mend = "write “NAME = word, another word”, the name without space";
        return Err(("these words have no name".to_owned(), mend));
    }
    if own.add_words(&name, place) {
        Ok(())
    } else {
        Err(twice(&name))
    }
}

#[cfg(test)]
#[path = "lexicon_tests.rs"]
mod tests;
