//! Spelling: an unknown word becomes the term that is nearest to it.

use std::collections::{BTreeMap, BTreeSet};

use super::english;
use super::tokens::{Sort, WordToken, stem, tokens};
use super::usage::Usage;
use super::wording::Phrase;

/// The words that a question's author used.
#[derive(Debug)]
pub(super) struct Vocabulary {
    stems: BTreeSet<String>,
    /// The words as they were written.
    words: Vec<WordToken>,
    /// Two words written as one.
    joined: BTreeMap<String, (String, String)>,
    known: BTreeSet<String>,
    verbs: BTreeSet<String>,
    /// What the course says of single words.
    pub(super) usage: Usage,
}

impl Vocabulary {
    /// The words of all phrases; `written` holds them as the author wrote them.
    pub(super) fn of<'p>(
        phrases: impl Iterator<Item = &'p Phrase>,
        written: &str,
        usage: Usage,
    ) -> Self {
        let mut stems = BTreeSet::new();
        let mut joined = BTreeMap::new();
        for phrase in phrases {
            stems.extend(phrase.iter().cloned());
            for pair in phrase.windows(2) {
                let one = format!("{}{}", pair[0], pair[1]);
                joined.insert(one, (pair[0].clone(), pair[1].clone()));
            }
        }
        let mut words = tokens(written, &usage);
        words.retain(|token| stems.contains(&token.stem));
        words.sort_by(|one, other| one.word.cmp(&other.word));
        words.dedup_by(|one, other| one.word == other.word);
        let known = english::known();
        let of_course = || usage.verbs().map(str::to_owned);
        Self {
            stems,
            words,
            joined,
            known: known.map(str::to_owned).chain(of_course()).collect(),
            verbs: english::verbs()
                .map(stem)
                .chain(of_course().map(|verb| stem(&verb)))
                .collect(),
            usage,
        }
    }

    /// The tokens of an answer, spelled as the author's.
    pub(super) fn tokens(&self, answer: &str) -> Vec<WordToken> {
        self.spelled(tokens(answer, &self.usage))
    }

    /// Whether the author used the word.
    pub(super) fn has(&self, token: &WordToken) -> bool {
        self.stems.contains(&token.stem)
    }

    /// Whether a word can be the verb of a claim.
    pub(super) fn is_verb(&self, token: &WordToken) -> bool {
        self.verbs.contains(&token.stem)
            || english::is_made_verb(&token.word)
            || (!self.has(token) && token.word.len() > 5 && token.word.ends_with("ed"))
    }

    /// Whether a word is one of those that, beside a verb, make a sentence of a row of words.
    pub(super) fn is_small(token: &WordToken) -> bool {
        !token.is_content() || token.word.ends_with("ly")
    }

    /// The tokens with their words parted, joined and spelled as the author's.
    fn spelled(&self, tokens: Vec<WordToken>) -> Vec<WordToken> {
        let mut spelled: Vec<WordToken> = Vec::with_capacity(tokens.len());
        for token in tokens {
            if token.sort != Sort::Word {
                spelled.push(token);
            } else if let Some(whole) = spelled.last().and_then(|last| self.whole(last, &token)) {
                let glued = spelled.pop().is_some_and(|first| first.glued);
                spelled.push(whole.tied(glued));
            } else if let Some((first, second)) = self.parts(&token) {
                let glued = token.glued;
                spelled.push(first.tied(glued));
                spelled.push(second);
            } else {
                let glued = token.glued;
                let near = self.nearest(&token);
                spelled.push(near.map_or(token, |near| near.tied(glued)));
            }
        }
        spelled
    }

    /// “web socket” for “websocket”.
    fn whole(&self, first: &WordToken, second: &WordToken) -> Option<WordToken> {
        let both_known = self.has(first) && self.has(second);
        if first.sort != Sort::Word || both_known {
            return None;
        }
        let whole = WordToken::word(&format!("{}{}", first.word, second.word));
        (whole.word.len() > 5 && self.has(&whole)).then_some(whole)
    }

    /// “twoway” for “two way”.
    fn parts(&self, token: &WordToken) -> Option<(WordToken, WordToken)> {
        if self.has(token) {
            return None;
        }
        let (first, second) = self
            .joined
            .get(&token.stem)
            .or_else(|| self.joined.get(&token.word))?;
        Some((WordToken::term(first), WordToken::term(second)))
    }

    /// The one term that a misspelled word is nearest to; none where two are as near.
    fn nearest(&self, token: &WordToken) -> Option<WordToken> {
        if self.has(token) || self.known.contains(&token.word) || self.verbs.contains(&token.stem) {
            return None;
        }
        let mut best: Option<(usize, &str)> = None;
        let mut tied = false;
        for term in &self.words {
            let whole = slips(&token.word, &term.word);
            let stems = slips(&token.stem, &term.stem);
            let Some(distance) = whole.into_iter().chain(stems).min() else {
                continue;
            };
            match best {
                Some((least, _)) if distance > least => {}
                Some((least, stem)) if distance == least => tied |= stem != term.stem,
                _ => {
                    best = Some((distance, &term.stem));
                    tied = false;
                }
            }
        }
        let (_, term) = best.filter(|_| !tied)?;
        Some(WordToken::term(term))
    }
}

/// How many slips lead from a word to a term, where they are few enough.
fn slips(word: &str, term: &str) -> Option<usize> {
    let distance = strsim::osa_distance(word, term);
    (distance <= allowed(word, term)).then_some(distance)
}

/// How many slips are forgiven in a word: more in a longer one, and fewer where its head differs.
fn allowed(word: &str, term: &str) -> usize {
    let heads_agree = word.chars().next() == term.chars().next();
    let length = word.chars().count().min(term.chars().count() + 2);
    match (length, heads_agree) {
        (4, true) => usize::from(same_letters(word, term) || term.len() == 5),
        (5..=7, true) if term.len() > 3 => 1,
        (8..=12, true) => 2,
        (13.., true) => 3,
        (10.., false) => 1,
        _ => 0,
    }
}

fn same_letters(word: &str, term: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(word) == sorted(term)
}
