//! Names that stand for words or for whole wordings, and the expansion of a wording that uses them.

use std::collections::BTreeMap;

use super::usage::Usage;
use super::wording::{Alternatives, Holds, Phrase, holds, phrase, unless};

/// How deep a phrase may name others.
const DEPTH: usize = 8;

/// What names stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// The words of a `words:` line.
    terms: BTreeMap<String, Alternatives>,
    /// The wordings of a `phrase:`, as they are written.
    phrases: BTreeMap<String, Vec<String>>,
}

impl Names {
    /// Adds the words of a name; whether it is a new one.
    pub(super) fn add_words(&mut self, name: &str, place: Alternatives) -> bool {
        !self.is_phrase(name) && self.terms.insert(name.to_owned(), place).is_none()
    }

    /// Adds wordings, parted by `|`, to a phrase.
    pub(super) fn add_wordings(&mut self, name: &str, words: &str) {
        let wordings = words.split(" | ").map(|wording| wording.trim().to_owned());
        self.phrases
            .entry(name.to_owned())
            .or_default()
            .extend(wordings);
    }

    /// Adds all names of others.
    pub(super) fn append(&mut self, others: Self) {
        for (name, mut place) in others.terms {
            self.terms.entry(name).or_default().append(&mut place);
        }
        for (name, mut wordings) in others.phrases {
            self.phrases.entry(name).or_default().append(&mut wordings);
        }
    }

    /// Whether there is a phrase of this name here.
    pub(super) fn is_phrase(&self, name: &str) -> bool {
        self.phrases.contains_key(name)
    }

    /// The words for which a name stands: those here and those of `shared`.
    pub(super) fn term(&self, name: &str, shared: &Self) -> Option<Alternatives> {
        let (own, common) = (self.terms.get(name), shared.terms.get(name));
        let all: Alternatives = own.into_iter().chain(common).flatten().cloned().collect();
        (!all.is_empty()).then_some(all)
    }

    /// The words that are named here.
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.terms.values().flatten()
    }

    /// A wording, or those of the phrase here or in `shared` that it names.
    pub(super) fn expanded(&self, text: &str, shared: &Self) -> Vec<String> {
        self.expand(text, shared, DEPTH)
    }

    fn expand(&self, text: &str, shared: &Self, depth: usize) -> Vec<String> {
        let (outer, rest) = holds(text);
        let (name, excuse) = unless(rest);
        let known = self.phrases.get(name).or_else(|| shared.phrases.get(name));
        let Some(wordings) = known.filter(|_| depth > 0) else {
            return vec![text.to_owned()];
        };
        wordings
            .iter()
            .map(|inner| composed(outer, inner, excuse))
            .flat_map(|wording| self.expand(&wording, shared, depth - 1))
            .collect()
    }
}

/// The name and the words of a `words:` line.
pub(super) fn named(text: &str, usage: &Usage) -> (String, Alternatives) {
    let (name, others) = text.split_once('=').unwrap_or((text, ""));
    let name = name.trim();
    let others = others.split(',').map(str::trim);
    let words = [name]
        .into_iter()
        .chain(others.filter(|word| !word.is_empty()));
    let phrases = words
        .map(|words| phrase(words, usage))
        .filter(|phrase| !phrase.is_empty());
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
