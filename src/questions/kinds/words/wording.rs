//! Wordings: the author's pattern for one way to say something.
//!
//! `server push/send data` — words in this order, few others between them; `/` parts words that
//! do equally well, `-` ties words together, `+` stands for “side by side”, `^` before all for the
//! start of the sentence, `.` behind all for the end of the clause; the name of a `words:` line stands for each of its words. `a & b` asks for
//! both, in any order, in one sentence. `not …` holds where the claim is denied, `(not) …` whether
//! it is or not, `(prevent) …` where it is asserted or said to be kept from happening, `never …`
//! where it is denied in any other way; `… unless words/others` where none of those words is in the
//! sentence. In backticks it is a name, which needs no verb; a `…` in it lets words between.

use std::collections::HashSet;
use std::ops::Range;

use super::negation::Put;
use super::tokens::{Sort, WordToken, tokens};
use super::usage::Usage;

/// How many words of weight may stand between two of a wording.
const GAP: usize = 3;

/// Stems that stand side by side.
pub(super) type Phrase = Vec<String>;

/// What may stand at one place of a wording.
pub(super) type Alternatives = Vec<Phrase>;

/// Whether a wording counts when it is asserted or when it is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// `…`
    Asserted,
    /// `not …`
    Denied,
    /// `(not) …`
    Anyway,
    /// `(prevent) …`
    AssertedOrAverted,
    /// `never …`
    DeniedOutright,
}

impl Holds {
    /// How it is written before a wording.
    pub(super) fn prefix(self) -> &'static str {
        let known = PREFIXES.into_iter().find(|(_, holds)| *holds == self);
        known.map_or("", |(prefix, _)| prefix)
    }

    /// Whether something holds that is put in this way.
    pub(super) fn by(self, put: Put) -> bool {
        match self {
            Self::Asserted => put == Put::Asserted,
            Self::Denied => put != Put::Asserted,
            Self::Anyway => true,
            Self::AssertedOrAverted => put != Put::Denied,
            Self::DeniedOutright => put == Put::Denied,
        }
    }
}

/// One place of a row, and how many words of weight may stand before it.
#[derive(Clone, Debug)]
pub(super) struct WordingStep {
    /// What may stand there.
    pub(super) place: Alternatives,
    /// The stems with which that begins.
    opens: HashSet<String>,
    gap: usize,
}

impl WordingStep {
    fn new(place: Alternatives, gap: usize) -> Self {
        let opens = place.iter().filter_map(|phrase| phrase.first().cloned());
        Self {
            opens: opens.collect(),
            place,
            gap,
        }
    }

    fn stands(&self, tokens: &[WordToken], at: usize, end: usize) -> Option<Range<usize>> {
        let may = tokens
            .get(at)
            .is_some_and(|token| self.opens.contains(&token.stem));
        may.then(|| place_at(&self.place, tokens, at, end))?
    }
}

/// One way to say something.
#[derive(Debug)]
pub(super) struct Wording {
    /// When it counts.
    pub(super) holds: Holds,
    /// Whether it is a name: said, it is claimed.
    pub(super) name: bool,
    /// The words of a name, which must not be bent.
    words: Vec<String>,
    /// The rows of places, each of which must be found.
    pub(super) rows: Vec<Vec<WordingStep>>,
    /// Whether the sentence begins with it.
    begins: bool,
    /// Whether the clause ends with it.
    ends: bool,
    /// What excuses it in the same sentence.
    unless: Option<Alternatives>,
}

/// Where a wording was found: the positions of its words, in order of the first row.
#[derive(Clone, Debug)]
pub(super) struct WordingMatch {
    /// Where its first word stands.
    pub(super) start: usize,
    /// One past its last word.
    pub(super) end: usize,
    /// Where each of its words stands.
    pub(super) at: Vec<usize>,
}

const PREFIXES: [(&str, Holds); 4] = [
    ("(not) ", Holds::Anyway),
    ("(prevent) ", Holds::AssertedOrAverted),
    ("never ", Holds::DeniedOutright),
    ("not ", Holds::Denied),
];

/// When a wording counts, and the rest of its text.
pub(super) fn holds(text: &str) -> (Holds, &str) {
    PREFIXES
        .into_iter()
        .find_map(|(word, holds)| Some((holds, text.strip_prefix(word)?)))
        .unwrap_or((Holds::Asserted, text))
}

/// A wording parted from the words that excuse it.
pub(super) fn unless(text: &str) -> (&str, Option<&str>) {
    match text.split_once(" unless ") {
        Some((text, words)) => (text.trim(), Some(words.trim())),
        None => (text, None),
    }
}

impl Wording {
    /// Reads a wording; `term` gives the phrases of a name, and plain words are read by `usage`.
    pub(super) fn read(
        text: &str,
        usage: &Usage,
        term: impl Fn(&str) -> Option<Alternatives>,
    ) -> Option<Self> {
        let term = |word: &str| term(word).unwrap_or_else(|| vec![phrase(word, usage)]);
        let (holds, text) = holds(text);
        let (text, excuse) = unless(text);
        let unless = excuse.map(|words| place(words, &term));
        let literal = text.strip_prefix('`').and_then(|t| t.strip_suffix('`'));
        let (text, ends) = match text.strip_suffix(" .") {
            Some(text) => (text, true),
            None => (text, false),
        };
        let (text, begins) = match text.strip_prefix("^ ") {
            Some(text) => (text, true),
            None => (text, false),
        };
        let rows: Vec<Vec<WordingStep>> = match literal {
            Some(code) => vec![literal_row(code, usage)],
            None => text.split(" & ").map(|words| row(words, &term)).collect(),
        };
        let sound = |step: &WordingStep| {
            !step.place.is_empty() && step.place.iter().all(|phrase| !phrase.is_empty())
        };
        let whole = rows
            .iter()
            .all(|row| !row.is_empty() && row.iter().all(sound));
        whole.then_some(Self {
            holds,
            name: literal.is_some(),
            words: literal.map(|code| words(code, usage)).unwrap_or_default(),
            rows,
            begins,
            ends,
            unless,
        })
    }

    /// All phrases in it.
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        let steps = self.rows.iter().flatten();
        steps
            .flat_map(|step| &step.place)
            .chain(self.unless.iter().flatten())
    }

    /// Whether the words that excuse it stand in `range`.
    pub(super) fn is_excused(&self, tokens: &[WordToken], mut range: Range<usize>) -> bool {
        self.unless.as_ref().is_some_and(|place| {
            let end = range.end;
            range.any(|at| place_at(place, tokens, at, end).is_some())
        })
    }

    /// Every place in `range` where the wording stands.
    pub(super) fn find(
        &self,
        tokens: &[WordToken],
        range: Range<usize>,
        usage: &Usage,
    ) -> Vec<WordingMatch> {
        let Some((first, rest)) = self.rows.split_first() else {
            return Vec::new();
        };
        let row = |row: &Vec<WordingStep>| {
            let mut starts = range.clone();
            starts.find_map(|start| row_at(row, tokens, start, range.end))
        };
        let Some(others) = rest.iter().map(row).collect::<Option<Vec<_>>>() else {
            return Vec::new();
        };
        let starts = range.clone();
        let found =
            starts.filter_map(|start| {
                let mut at = row_at(first, tokens, start, range.end)?;
                let end = at.last().map_or(start, |last| last + 1);
                let next = tokens.get(end).filter(|_| end < range.end);
                let begins = start == 0 || tokens[start - 1].sort == Sort::End;
                let over = next.is_none_or(|next| next.sort != Sort::Word || next.is("and"));
                let whole = !self.name || self.is_whole(tokens, start..end, &at, usage);
                at.extend(others.iter().flatten());
                (whole && (over || !self.ends) && (begins || !self.begins))
                    .then_some(WordingMatch { start, end, at })
            });
        found.collect()
    }

    /// Whether a name stands here with its own words, and is no part of a longer one.
    fn is_whole(
        &self,
        tokens: &[WordToken],
        Range { start, end }: Range<usize>,
        at: &[usize],
        usage: &Usage,
    ) -> bool {
        let before = start.checked_sub(1).map(|at| &tokens[at]);
        let led = tokens[start].glued && before.is_some_and(|word| !usage.leads_names(&word.word));
        let next = tokens.get(end).filter(|next| next.glued);
        let followed = next.is_some_and(|next| !usage.follows_names(&next.word));
        let mut words = at.iter().zip(&self.words);
        let parts = self.rows.iter().flatten();
        let mut first = 0;
        let parted = parts
            .skip(1)
            .zip(self.rows.iter().flatten())
            .all(|(_, before)| {
                first += before.place.first().map_or(0, Vec::len);
                at.get(first).is_none_or(|&at| !tokens[at].glued)
            });
        !led && !followed && parted && words.all(|(&at, word)| is_unbent(&tokens[at], word))
    }
}

/// Whether a word is this one, in the plural or misspelled at most.
fn is_unbent(token: &WordToken, word: &str) -> bool {
    token.word == word || token.word == token.stem || token.word.strip_suffix('s') == Some(word)
}

/// The words of a name as they are written.
fn words(code: &str, usage: &Usage) -> Vec<String> {
    let parts = code
        .split(['=', ':', '…'])
        .flat_map(|part| tokens(part, usage));
    let words = parts.filter(|token| token.sort == Sort::Word);
    words.map(|token| token.word).collect()
}

/// `hx-boost="false"`: its words side by side; `hx-boost … false`: others may stand between.
fn literal_row(code: &str, usage: &Usage) -> Vec<WordingStep> {
    let mut row = Vec::new();
    for (index, part) in code.split('…').enumerate() {
        let gap = if index == 0 { 0 } else { GAP };
        let first = row.len();
        let steps = part.split(['=', ':']);
        row.extend(steps.map(|part| WordingStep::new(vec![phrase(part, usage)], 0)));
        if let Some(step) = row.get_mut(first) {
            step.gap = gap;
        }
    }
    row
}

fn row(words: &str, term: &impl Fn(&str) -> Alternatives) -> Vec<WordingStep> {
    let mut row = Vec::new();
    for item in words.split_whitespace() {
        for (index, part) in item.split('+').enumerate() {
            let gap = if index == 0 { GAP } else { 0 };
            row.push(WordingStep::new(place(part, term), gap));
        }
    }
    row
}

fn place(item: &str, term: &impl Fn(&str) -> Alternatives) -> Alternatives {
    item.split('/').flat_map(term).collect()
}

/// The stems of some words.
pub(super) fn phrase(words: &str, usage: &Usage) -> Phrase {
    tokens(words, usage)
        .into_iter()
        .filter(|token| token.sort == Sort::Word)
        .map(|token| token.stem)
        .collect()
}

/// The positions of a row that starts at `start`.
fn row_at(
    row: &[WordingStep],
    tokens: &[WordToken],
    start: usize,
    end: usize,
) -> Option<Vec<usize>> {
    let (first, rest) = row.split_first()?;
    let mut at: Vec<usize> = first.stands(tokens, start, end)?.collect();
    for step in rest {
        let from = at.last()? + 1;
        let mut passed = 0;
        let next = (from..end).find_map(|position| {
            if passed > step.gap {
                return None;
            }
            let found = step.stands(tokens, position, end);
            let token = &tokens[position];
            let parts = token.sort != Sort::Word && !(step.gap == 0 && token.sort == Sort::Opening);
            passed += usize::from(token.is_content() || parts);
            found
        })?;
        at.extend(next);
    }
    Some(at)
}

/// Where the longest phrase of a place stands that starts at `start`.
pub(super) fn place_at(
    place: &Alternatives,
    tokens: &[WordToken],
    start: usize,
    end: usize,
) -> Option<Range<usize>> {
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
