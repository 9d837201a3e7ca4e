//! Wordings: the author's pattern for one way to say something.
//!
//! `server push/send data` — words in this order, few others between them; `/` parts words that
//! do equally well, `-` ties words together, the name of a `words:` line stands for each of its
//! words. `a & b` asks for both, in any order, in one sentence. `not …` holds where the claim is
//! denied, `(not) …` whether it is or not; `… unless words/others` where none of those words is in
//! the sentence. In backticks it is a name, which needs no verb.

use super::tokens::{Sort, Token, tokens};

/// How many words of weight may stand between two of a wording.
const GAP: usize = 3;

/// Stems that stand side by side.
pub type Phrase = Vec<String>;

/// What may stand at one place of a wording.
pub type Place = Vec<Phrase>;

/// Whether a wording counts when it is asserted or when it is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// `…`
    Asserted,
    /// `not …`
    Denied,
    /// `(not) …`
    Anyway,
}

/// One way to say something.
#[derive(Debug)]
pub struct Wording {
    /// When it counts.
    pub holds: Holds,
    /// Whether it is a name: said, it is claimed.
    pub name: bool,
    /// The rows of places, each of which must be found.
    pub rows: Vec<Vec<Place>>,
    /// What excuses it in the same sentence.
    unless: Option<Place>,
}

/// Where a wording was found: the positions of its words, in order of the first row.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where its first word stands.
    pub start: usize,
    /// One past its last word.
    pub end: usize,
    /// Where each of its words stands.
    pub at: Vec<usize>,
}

impl Wording {
    /// Reads a wording; `term` gives the phrases of a name.
    pub fn read(text: &str, term: impl Fn(&str) -> Option<Place>) -> Option<Self> {
        let (holds, text) = if let Some(rest) = text.strip_prefix("(not) ") {
            (Holds::Anyway, rest)
        } else if let Some(rest) = text.strip_prefix("not ") {
            (Holds::Denied, rest)
        } else {
            (Holds::Asserted, text)
        };
        let (text, unless) = match text.split_once(" unless ") {
            Some((text, words)) => (text.trim(), Some(place(words.trim(), &term))),
            None => (text, None),
        };
        let literal = text.strip_prefix('`').and_then(|t| t.strip_suffix('`'));
        let rows: Vec<Vec<Place>> = match literal {
            Some(code) => vec![
                code.split(['=', ':'])
                    .map(|part| vec![phrase(part)])
                    .collect(),
            ],
            None => text
                .split(" & ")
                .map(|row| {
                    row.split_whitespace()
                        .map(|item| place(item, &term))
                        .collect()
                })
                .collect(),
        };
        let sound = rows.iter().all(|row| {
            !row.is_empty()
                && row
                    .iter()
                    .all(|place| place.iter().all(|phrase| !phrase.is_empty()))
        });
        sound.then_some(Self {
            holds,
            name: literal.is_some(),
            rows,
            unless,
        })
    }

    /// Whether the words that excuse it stand in `range`.
    pub fn is_excused(&self, tokens: &[Token], mut range: std::ops::Range<usize>) -> bool {
        self.unless.as_ref().is_some_and(|place| {
            let end = range.end;
            range.any(|at| place_at(place, tokens, at, end).is_some())
        })
    }

    /// Every place in `range` where the wording stands.
    pub fn find(&self, tokens: &[Token], range: std::ops::Range<usize>) -> Vec<Found> {
        let Some((first, rest)) = self.rows.split_first() else {
            return Vec::new();
        };
        let row = |row: &Vec<Place>| {
            let mut starts = range.clone();
            starts.find_map(|start| row_at(row, tokens, start, range.end))
        };
        let Some(others) = rest.iter().map(row).collect::<Option<Vec<_>>>() else {
            return Vec::new();
        };
        let starts = range.clone();
        let found = starts.filter_map(|start| {
            let mut at = row_at(first, tokens, start, range.end)?;
            let end = at.last().map_or(start, |last| last + 1);
            at.extend(others.iter().flatten());
            Some(Found { start, end, at })
        });
        found.collect()
    }
}

fn place(item: &str, term: &impl Fn(&str) -> Option<Place>) -> Place {
    item.split('/')
        .flat_map(|word| term(word).unwrap_or_else(|| vec![phrase(word)]))
        .collect()
}

/// The stems of some words.
pub fn phrase(words: &str) -> Phrase {
    tokens(words)
        .into_iter()
        .filter(|token| token.sort == Sort::Word)
        .map(|token| token.stem)
        .collect()
}

/// The positions of a row that starts at `start`.
fn row_at(row: &[Place], tokens: &[Token], start: usize, end: usize) -> Option<Vec<usize>> {
    let (first, rest) = row.split_first()?;
    let mut at: Vec<usize> = place_at(first, tokens, start, end)?.collect();
    for place in rest {
        let from = at.last()? + 1;
        let mut passed = 0;
        let next = (from..end).find_map(|position| {
            if passed > GAP {
                return None;
            }
            let found = place_at(place, tokens, position, end);
            let token = &tokens[position];
            passed += usize::from(token.is_content() || token.sort != Sort::Word);
            found
        })?;
        at.extend(next);
    }
    Some(at)
}

/// Where the longest phrase of a place stands that starts at `start`.
pub fn place_at(
    place: &Place,
    tokens: &[Token],
    start: usize,
    end: usize,
) -> Option<std::ops::Range<usize>> {
    let stands = |phrase: &&Phrase| {
        start + phrase.len() <= end
            && phrase
                .iter()
                .zip(&tokens[start..])
                .all(|(stem, token)| *stem == token.stem)
    };
    let longest = place.iter().filter(stands).map(Vec::len).max()?;
    Some(start..start + longest)
}
