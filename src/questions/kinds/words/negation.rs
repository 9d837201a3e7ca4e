//! Negations: what denies, how far it reaches, and whether a wording found there is asserted, denied or averted.

use std::ops::Range;

use super::clauses::{Clause, is_except};
use super::english;
use super::spelling::Vocabulary;
use super::tokens::{Sort, WordToken};
use super::usage::Usage;
use super::wording::WordingMatch;

/// How far a negation reaches.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// Where the negating word stands.
    pub(super) at: usize,
    /// What it negates.
    pub(super) words: Range<usize>,
    /// Where the manner begins (“by …”, “using …”), which it negates only if it negates nothing before.
    pub(super) manner: Option<usize>,
    /// What sort of denial it is.
    pub(super) sort: Denial,
}

/// What denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denial {
    /// “not”, “never”: it is not so.
    Plain,
    /// “must not”, “so that nobody can”: it ought not to be so.
    Wish,
    /// “prevent”: it is kept from being so, and a name beside it is not denied.
    Verb,
    /// “remove”, “avoid”: the same, and a name is denied.
    Remover,
}

/// How far each negation reaches.
pub(super) fn reaches(
    tokens: &[WordToken],
    clauses: &[Clause],
    vocabulary: &Vocabulary,
) -> Vec<Reach> {
    let mut reaches = Vec::new();
    for clause in clauses {
        let mut neither = false;
        let mut at = clause.words.start;
        while at < clause.words.end {
            let here = at;
            at += 1;
            if let Some(length) = english::disclaimer(&words_from(tokens, here)) {
                let sort = Denial::Plain;
                let words = here + length..sentence_end(clauses, clause);
                let manner = None;
                reaches.push(Reach {
                    at: here,
                    words,
                    manner,
                    sort,
                });
                at = here + length;
                continue;
            }
            let word = &*tokens[here].word;
            let Some(length) = negation(tokens, here) else {
                continue;
            };
            if word == "nor" && neither {
                continue;
            }
            neither |= word == "neither";
            let start = here + length;
            let (end, manner) = reach_end(tokens, here, start, clause.words.end);
            let words = start..end;
            let sort = denial(tokens, here, clause, &vocabulary.usage);
            reaches.push(Reach {
                at: here,
                words,
                manner,
                sort,
            });
        }
    }
    reaches.extend(retractions(tokens, clauses, vocabulary));
    reaches
}

fn words_from(tokens: &[WordToken], at: usize) -> impl Iterator<Item = &str> + Clone {
    tokens[at..]
        .iter()
        .take_while(|token| token.sort == Sort::Word)
        .map(|token| &*token.word)
}

/// The end of the statement that a clause belongs to.
fn sentence_end(clauses: &[Clause], of: &Clause) -> usize {
    let same = clauses
        .iter()
        .filter(|clause| clause.sentence == of.sentence && clause.words.start >= of.words.start)
        .take_while(|clause| clause.run == of.run)
        .take_while(|clause| !clause.opening || clause.words.start == of.words.start);
    same.map(|clause| clause.words.end)
        .max()
        .unwrap_or(of.words.end)
}

/// What is taken back: all that the sentence says before, or the sentence before where there is nothing.
fn retractions(tokens: &[WordToken], clauses: &[Clause], vocabulary: &Vocabulary) -> Vec<Reach> {
    let mut reaches = Vec::new();
    for clause in clauses {
        let taken_back = clause.words.clone().find(|&at| {
            let negated = at > 0 && english::is_negator(&tokens[at - 1].word);
            let length = english::retraction(&words_from(tokens, at));
            // Where a question is about “false”, “is false” may be the very answer.
            let asked = |length: usize| {
                tokens[at..at + length]
                    .iter()
                    .any(|word| word.is("false") && vocabulary.has(word))
            };
            !negated && length.is_some_and(|length| !asked(length))
        });
        let Some(at) = taken_back else { continue };
        let of = |sentence: usize| {
            clauses
                .iter()
                .find(move |clause| clause.sentence == sentence)
        };
        let start = of(clause.sentence).map_or(0, |first| first.words.start);
        let says = tokens[start..at]
            .iter()
            .filter(|token| token.is_content())
            .count();
        let start = if says > 1 {
            start
        } else {
            let before = (0..clause.sentence).rev().find_map(of);
            before.map_or(start, |first| first.words.start)
        };
        reaches.retain(|other: &Reach| other.words.start != start);
        reaches.push(Reach {
            at,
            words: start..at,
            manner: None,
            sort: Denial::Plain,
        });
    }
    reaches
}

fn denial(tokens: &[WordToken], at: usize, clause: &Clause, usage: &Usage) -> Denial {
    let word = &*tokens[at].word;
    if english::is_remover(word) {
        Denial::Remover
    } else if english::is_preventer(word)
        || word.starts_with("keep")
        || is_switching_off(tokens, at)
    {
        Denial::Verb
    } else if clause.words.clone().any(|at| is_wish(tokens, at, usage))
        || is_of_wish(tokens, clause.words.start)
        || tokens.get(at + 1).is_some_and(|next| next.is("want"))
    {
        Denial::Wish
    } else {
        Denial::Plain
    }
}

/// Whether the word at `at` makes a negation a wish; “so it does not matter” tells a consequence.
fn is_wish(tokens: &[WordToken], at: usize, usage: &Usage) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| &*token.word);
    let about = word(at + 1);
    let follows = tokens[at].is("so")
        && (["it", "this", "there"].contains(&about) || usage.is_topic(about))
        && ["is", "does", "do"].contains(&word(at + 2));
    let denied = tokens[..at]
        .iter()
        .rev()
        .take_while(|token| token.sort != Sort::End)
        .any(|token| english::is_negator(&token.word));
    let follows = follows || tokens[at].is("so") && word(at + 1) != "that" && denied;
    english::is_wish(word(at)) && !follows
}

/// “so that a user | who is signed in can not …”: whether the clause that starts at `start` describes the
/// person whom a wish is about.
fn is_of_wish(tokens: &[WordToken], start: usize) -> bool {
    let relative = tokens[start].is("who") || tokens[start].is("whose");
    let before = tokens[..start].iter().rev();
    let mut same = before.take_while(|token| token.sort != Sort::End).take(6);
    relative && same.any(|token| token.is("so"))
}

/// “turns off”, “switched it off”.
fn is_switching_off(tokens: &[WordToken], at: usize) -> bool {
    ["turn", "switch", "shut"].contains(&&*tokens[at].stem)
        && words_from(tokens, at + 1).take(4).any(|word| word == "off")
}

/// How many words the negation at `at` has, if one stands there.
fn negation(tokens: &[WordToken], at: usize) -> Option<usize> {
    let next = tokens.get(at + 1).map_or("", |token| &*token.word);
    match (&*tokens[at].word, next) {
        ("instead" | "place" | "lieu", "of")
        | ("rather", "than")
        | ("opposed", "to")
        | ("no", "longer") => Some(2),
        ("not" | "no", "only" | "just" | "merely" | "simply")
            if tokens[at..]
                .iter()
                .take_while(|token| token.sort != Sort::End)
                .any(|token| ["but", "also", "too"].contains(&&*token.word)) =>
        {
            None
        }
        ("no", "doubt" | "matter") | ("not", "tell" | "distinguish" | "differentiate") => None,
        ("but", _) if is_except(tokens, at) => Some(1),
        (_, "off") if is_switching_off(tokens, at) => Some(2),
        _ if is_switching_off(tokens, at) => Some(1),
        ("keep" | "keeps" | "keeping", _) if keeps_from(tokens, at) => Some(1),
        (word, _) if english::is_negator(word) || english::is_preventer(word) => Some(1),
        _ => None,
    }
}

/// “keeps other sites from sending”.
fn keeps_from(tokens: &[WordToken], at: usize) -> bool {
    let ahead = &tokens[at..(at + 8).min(tokens.len())];
    ahead
        .windows(2)
        .any(|pair| pair[0].is("from") && pair[1].word.ends_with("ing"))
}

/// The end of a reach that begins at `start`, of the negation at `at`, and where the manner begins in it. The
/// negation of a noun reaches to the end of the noun phrase, that of a verb to the end of the clause.
fn reach_end(tokens: &[WordToken], at: usize, start: usize, end: usize) -> (usize, Option<usize>) {
    let word = &*tokens[at].word;
    let longer = tokens.get(at + 1).is_some_and(|next| next.is("longer"));
    let of_noun =
        ["without", "no", "instead", "rather", "place", "lieu", "but"].contains(&word) && !longer;
    let of_doing = is_doing(tokens, start, of_noun && word != "no");
    let preventer = english::is_preventer(word);
    let (mut first, mut manner) = (None, None);
    for (position, token) in tokens.iter().enumerate().take(end).skip(start) {
        let word = &*token.word;
        let sets = ["put", "set", "add", "use", "give", "write"].contains(&word);
        let next_denial = ["without", "instead", "rather"].contains(&word);
        let ends = if of_doing {
            english::is_finite(word)
        } else {
            english::ends_phrase(word)
        };
        let over = (of_noun && first.is_some() && ends) || (preventer && (sets || next_denial));
        let from = tokens[position - 1].is("from");
        let stops = position > start && english::is_stopper(word) && !from;
        let is_manner = english::is_manner(word) && (!of_noun || of_doing) && !preventer;
        if of_noun && over && english::is_auxiliary(word) {
            // “without a token others can”: the subject of the verb is not what is missing.
            return (first.map_or(position, |first| first + 1), manner);
        }
        if over || (stops && !is_manner) {
            return (position, manner);
        }
        if stops && !tokens[position - 1].word.ends_with("ed") && !tokens[position - 1].is("sent") {
            manner = manner.or(Some(position));
        }
        if token.is_content() || token.is("it") {
            first = first.or(Some(position));
        }
    }
    (end, manner)
}

/// Whether an action stands at `at`: “loading a page”, and where it may be `anothers`, “the browser
/// loading a page”.
fn is_doing(tokens: &[WordToken], at: usize, anothers: bool) -> bool {
    let mut ahead = words_from(tokens, at).take(3);
    let acts = |word: &str| word.ends_with("ing");
    ahead.next().is_some_and(|first| {
        acts(first) || anothers && english::is_determiner(first) && ahead.nth(1).is_some_and(acts)
    })
}

/// Whether a wording is asserted, denied or averted where it was found. `said` has for each token whether it is
/// part of any wording found; `denying` has those found that hold when they are denied.
pub(super) fn put(
    found: &WordingMatch,
    name: bool,
    tokens: &[WordToken],
    clause: &Clause,
    reaches: &[Reach],
    (said, denying): (&[bool], &[WordingMatch]),
) -> Put {
    let before = || {
        reaches
            .iter()
            .filter(|reach| !(name && reach.sort == Denial::Verb))
            .filter(|reach| !found.at.contains(&reach.at))
            .filter(|reach| found.at.iter().any(|at| reach.words.contains(at)))
            .filter(|reach| !is_spent(reach, found, denying))
    };
    let after = (behind(found, tokens, clause)..clause.words.end)
        .find(|&at| {
            tokens[at].is_content() || is_not(&tokens[at]) || english::is_actor(&tokens[at].word)
        })
        .filter(|&at| {
            is_not(&tokens[at])
                || (english::is_absent(&tokens[at].word) && !said[at])
                || is_switching_off(tokens, at)
        })
        // “From the server, and never back”: what is denied comes behind it.
        .filter(|&at| !(tokens[at - 1].is("and") && at + 1 < clause.words.end))
        .is_some_and(|at| !said[at + 1..clause.words.end].contains(&true));
    if (before().count() + usize::from(after)).is_multiple_of(2) {
        Put::Asserted
    } else if before().any(|reach| reach.sort != Denial::Plain) {
        Put::Averted
    } else {
        Put::Denied
    }
}

/// Where the verb of a wording may stand that was found without one: behind what “and” joins to it, where both
/// open the clause.
fn behind(found: &WordingMatch, tokens: &[WordToken], clause: &Clause) -> usize {
    let mut before = clause.words.start..found.start;
    let joins =
        |at: usize| ["and", "or"].contains(&&*tokens[at].word) && tokens[at + 1].is_content();
    let joined = found.end + 1 < clause.words.end && joins(found.end);
    if joined && !before.any(|at| tokens[at].is_content()) {
        found.end + 2
    } else {
        found.end
    }
}

/// Whether a negation is about something before the manner, so that a wording found in the manner is not negated:
/// “not reloaded as a page, using …”.
fn is_spent(reach: &Reach, found: &WordingMatch, denying: &[WordingMatch]) -> bool {
    reach.manner.is_some_and(|manner| {
        let negated = reach.words.start..manner;
        found.start >= manner
            && denying
                .iter()
                .any(|other| negated.contains(&other.start) && other.end <= manner)
    })
}

/// What an answer says of a wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It is so.
    Asserted,
    /// It is not so.
    Denied,
    /// It is kept from being so, or ought not to be.
    Averted,
}

impl Put {
    /// What holds for all others, where this is said of some alone.
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Asserted => Self::Denied,
            Self::Denied | Self::Averted => Self::Asserted,
        }
    }
}

fn is_not(token: &WordToken) -> bool {
    token.is("not") || token.is("never")
}
