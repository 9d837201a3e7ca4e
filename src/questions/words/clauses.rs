//! Clauses: where one statement ends and the next begins, what each is about, and how far its
//! negations reach.

use std::ops::Range;

use super::english;
use super::spelling::Vocabulary;
use super::tokens::{Sort, Token};
use super::wording::{Found, Place, place_at};

/// A place at which a subject is named.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its words.
    pub words: Range<usize>,
    /// Which subject.
    pub subject: usize,
    /// Named only to be set against another one: “unlike SSE”.
    pub contrast: bool,
}

/// A part of a sentence that makes a statement.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its words.
    pub words: Range<usize>,
    /// Which sentence it is part of.
    pub sentence: usize,
    /// Which run of clauses it is part of: a wording does not reach from one run into another.
    pub run: usize,
    /// Whether it belongs to what stands before: it follows `:` or `(`.
    pub opening: bool,
}

/// How far a negation reaches.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Where the negating word stands.
    pub at: usize,
    /// What it negates.
    pub words: Range<usize>,
    /// Whether it is a verb such as “prevent”.
    pub preventer: bool,
}

/// All places where subjects are named.
pub fn mentions(tokens: &[Token], subjects: &[Place]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let named = subjects
            .iter()
            .enumerate()
            .filter_map(|(subject, place)| {
                Some((subject, place_at(place, tokens, at, tokens.len())?))
            })
            .max_by_key(|(_, words)| words.len());
        match named {
            Some((subject, words)) => {
                let contrast = is_contrast(&tokens[..at]);
                at = words.end;
                mentions.push(Mention {
                    words,
                    subject,
                    contrast,
                });
            }
            None => at += 1,
        }
    }
    mentions
}

/// Whether the words before a subject set it against another one.
fn is_contrast(before: &[Token]) -> bool {
    let mut back = before
        .iter()
        .rev()
        .skip_while(|token| ["the", "a", "an", "with", "for", "in"].contains(&&*token.word));
    let Some(last) = back.next() else {
        return false;
    };
    let mut opposed = || {
        back.next().is_some_and(|token| {
            ["compared", "opposed", "contrast", "contrary", "comparison"].contains(&&*token.word)
        })
    };
    match &*last.word {
        "unlike" | "than" | "not" | "compared" => true,
        "of" => back.next().is_some_and(|token| token.is("instead")),
        "to" => opposed(),
        _ => false,
    }
}

/// The clauses of a text.
pub fn clauses(tokens: &[Token], mentions: &[Mention], vocabulary: &Vocabulary) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let (mut start, mut sentence, mut run, mut opening) = (0, 0, 0, false);
    for at in 0..=tokens.len() {
        let Some(token) = tokens.get(at) else {
            push(&mut clauses, start..at, sentence, run, opening);
            break;
        };
        let sign = token.sort != Sort::Word;
        let strong = english::is_strong(&token.word);
        let parts = sign
            || strong
            || english::is_weak(&token.word)
            || is_joint(tokens, mentions, vocabulary, at);
        if !parts {
            continue;
        }
        push(&mut clauses, start..at, sentence, run, opening);
        start = if sign { at + 1 } else { at };
        opening = token.sort == Sort::Opening;
        sentence += usize::from(token.sort == Sort::End);
        run += usize::from(strong || token.sort == Sort::End);
    }
    clauses
}

fn push(
    clauses: &mut Vec<Clause>,
    words: Range<usize>,
    sentence: usize,
    run: usize,
    opening: bool,
) {
    if !words.is_empty() {
        clauses.push(Clause {
            words,
            sentence,
            run,
            opening,
        });
    }
}

/// Whether the “and” at `at` joins two statements rather than two things.
fn is_joint(tokens: &[Token], mentions: &[Mention], vocabulary: &Vocabulary, at: usize) -> bool {
    if !["and", "or", "nor"].contains(&&*tokens[at].word) {
        return false;
    }
    let next = tokens[at + 1..]
        .iter()
        .position(|token| {
            ![
                "the", "a", "an", "also", "then", "so", "only", "just", "with",
            ]
            .contains(&&*token.word)
        })
        .map_or(tokens.len(), |skipped| at + 1 + skipped);
    let Some(token) = tokens.get(next) else {
        return false;
    };
    let after_subject = mentions.iter().any(|mention| mention.words.end == at);
    let before_subject = mentions.iter().any(|mention| mention.words.start == next);
    if after_subject && before_subject {
        return false;
    }
    let ahead = next..(next + 5).min(tokens.len());
    let plain = tokens[ahead.clone()]
        .iter()
        .position(|token| token.sort != Sort::Word)
        .map_or(ahead.end, |sign| next + sign);
    let subject_near = mentions
        .iter()
        .any(|mention| (next..plain).contains(&mention.words.start));
    subject_near
        || ["it", "they"].contains(&&*token.word)
        || (vocabulary.is_verb(token) && !is_noun_here(tokens, next))
}

/// “submits and clicks on links”: a word with a determiner before it is no verb.
fn is_noun_here(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|token| ["the", "a", "an"].contains(&&*token.word))
}

/// How far each negation reaches.
pub fn reaches(tokens: &[Token], clauses: &[Clause]) -> Vec<Reach> {
    let mut reaches = Vec::new();
    for clause in clauses {
        let mut neither = false;
        for at in clause.words.clone() {
            let word = &*tokens[at].word;
            let Some(length) = negation(tokens, at) else {
                continue;
            };
            if word == "nor" && neither {
                continue;
            }
            neither |= word == "neither";
            let start = at + length;
            reaches.push(Reach {
                at,
                words: start..reach_end(tokens, at, start, clause.words.end),
                preventer: english::is_preventer(word),
            });
        }
    }
    reaches
}

/// How many words the negation at `at` has, if one stands there.
fn negation(tokens: &[Token], at: usize) -> Option<usize> {
    let next = tokens.get(at + 1).map_or("", |token| &*token.word);
    match (&*tokens[at].word, next) {
        ("instead", "of") | ("rather", "than") | ("opposed", "to") | ("no", "longer") => Some(2),
        ("not" | "no", "only" | "just" | "merely" | "simply")
            if tokens[at..]
                .iter()
                .take_while(|token| token.sort != Sort::End)
                .any(|token| token.is("but") || token.is("also")) =>
        {
            None
        }
        ("no", "doubt" | "matter") => None,
        ("without", _) => Some(1),
        (word, _) if english::is_negator(word) || english::is_preventer(word) => Some(1),
        _ => None,
    }
}

/// Where the reach of the negation at `at` ends, which begins at `start`. One of a noun ends with
/// its noun phrase; one of a verb goes on to the end of the clause or a word such as “by”.
fn reach_end(tokens: &[Token], at: usize, start: usize, end: usize) -> usize {
    let of_noun = ["without", "no", "instead", "rather"].contains(&&*tokens[at].word);
    let preventer = english::is_preventer(&tokens[at].word);
    let mut heavy = false;
    for (position, token) in tokens.iter().enumerate().take(end).skip(start) {
        let over = (of_noun && heavy && english::ends_phrase(&token.word))
            || (preventer && ["put", "set", "add", "use", "give", "write"].contains(&&*token.word));
        if over || (position > start && english::is_stopper(&token.word)) {
            return position;
        }
        heavy |= token.is_content() || token.is("it");
    }
    end
}

/// Whether what was found is denied where it stands. `said` tells of each token whether it is part
/// of something that was found.
pub fn is_denied(
    found: &Found,
    name: bool,
    tokens: &[Token],
    clause: &Clause,
    reaches: &[Reach],
    said: &[bool],
) -> bool {
    let before = reaches
        .iter()
        .filter(|reach| !(name && reach.preventer))
        .filter(|reach| !found.at.contains(&reach.at))
        .filter(|reach| found.at.iter().any(|at| reach.words.contains(at)))
        .count();
    let after = (found.end..clause.words.end)
        .find(|&at| {
            tokens[at].is_content() || is_not(&tokens[at]) || english::is_actor(&tokens[at].word)
        })
        .filter(|&at| is_not(&tokens[at]))
        .is_some_and(|at| !said[at + 1..clause.words.end].contains(&true));
    (before + usize::from(after)) % 2 == 1
}

fn is_not(token: &Token) -> bool {
    token.is("not") || token.is("never")
}
