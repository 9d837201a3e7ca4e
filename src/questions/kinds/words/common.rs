//! The names that every question's block may use without giving them: `common.words`, which is written
//! as a block is, and the expansion of a phrase into its wordings.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::wording::{Holds, Phrase, Place, holds, phrase, unless};

/// How deep a phrase may name others.
const DEPTH: usize = 8;

/// What names stand for.
#[derive(Debug, Default)]
pub struct Names {
    /// The words of a `words:` line.
    terms: BTreeMap<String, Place>,
    /// The wordings of a `phrase:`, as they are written.
    phrases: BTreeMap<String, Vec<String>>,
}

static COMMON: LazyLock<Names> = LazyLock::new(|| Names::read(WRITTEN));

/// The common names as they are written.
pub const WRITTEN: &str = include_str!("common.words");

impl Names {
    fn read(text: &str) -> Self {
        let mut names = Self::default();
        let mut last = None;
        for line in text.lines() {
            if let Some(words) = line.strip_prefix("words:") {
                let (name, place) = named(words);
                names.terms.insert(name, place);
            } else if let Some(name) = line.strip_prefix("phrase:") {
                last = Some(name.trim().to_owned());
            } else if let (Some(words), Some(name)) = (line.trim().strip_prefix('='), &last) {
                names.add_wordings(name, words);
            }
        }
        names
    }

    /// Adds the words of a name; whether it is a new one.
    pub fn add_words(&mut self, name: &str, place: Place) -> bool {
        !self.is_phrase(name) && self.terms.insert(name.to_owned(), place).is_none()
    }

    /// Adds wordings, parted by `|`, to a phrase.
    pub fn add_wordings(&mut self, name: &str, words: &str) {
        let wordings = words.split(" | ").map(|wording| wording.trim().to_owned());
        self.phrases
            .entry(name.to_owned())
            .or_default()
            .extend(wordings);
    }

    /// Whether there is a phrase of this name here.
    pub fn is_phrase(&self, name: &str) -> bool {
        self.phrases.contains_key(name)
    }

    /// The words for which a name stands: those here and the common ones.
    pub fn term(&self, name: &str) -> Option<Place> {
        let (own, common) = (self.terms.get(name), COMMON.terms.get(name));
        let all: Place = own.into_iter().chain(common).flatten().cloned().collect();
        (!all.is_empty()).then_some(all)
    }

    /// The words that are named here.
    pub fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.terms.values().flatten()
    }

    /// A wording, or those of the phrase that it names.
    pub fn expanded(&self, text: &str) -> Vec<String> {
        self.expand(text, DEPTH)
    }

    fn expand(&self, text: &str, depth: usize) -> Vec<String> {
        let (outer, rest) = holds(text);
        let (name, excuse) = unless(rest);
        let known = self.phrases.get(name).or_else(|| COMMON.phrases.get(name));
        let Some(wordings) = known.filter(|_| depth > 0) else {
            return vec![text.to_owned()];
        };
        wordings
            .iter()
            .map(|inner| composed(outer, inner, excuse))
            .flat_map(|wording| self.expand(&wording, depth - 1))
            .collect()
    }
}

/// The name and the words of a `words:` line.
pub fn named(text: &str) -> (String, Place) {
    let (name, others) = text.split_once('=').unwrap_or((text, ""));
    let name = name.trim();
    let others = others.split(',').map(str::trim);
    let words = [name]
        .into_iter()
        .chain(others.filter(|word| !word.is_empty()));
    let phrases = words.map(phrase).filter(|phrase| !phrase.is_empty());
    (name.to_owned(), phrases.collect())
}

/// A phrase's wording, put as the phrase is: “not” of “not …” is “…”.
fn composed(outer: Holds, wording: &str, excuse: Option<&str>) -> String {
    let (inner, rest) = holds(wording);
    let put = match (outer, inner) {
        (Holds::Asserted, inner) => inner,
        (outer, Holds::Asserted | Holds::AssertedOrAverted) => outer,
        (Holds::Denied | Holds::DeniedOutright, Holds::Denied | Holds::DeniedOutright) => {
            Holds::Asserted
        }
        (_, inner) => inner,
    };
    let (rest, own) = unless(rest);
    let excuses: Vec<&str> = own.into_iter().chain(excuse).collect();
    match &*excuses.join("/") {
        "" => format!("{}{rest}", put.prefix()),
        words => format!("{}{rest} unless {words}", put.prefix()),
    }
}
