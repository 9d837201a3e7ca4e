//! Clauses: where one statement ends and the next begins, and what each is about.

use std::ops::Range;

use super::english;
use super::spelling::Vocabulary;
use super::tokens::{Sort, WordToken};
use super::wording::{Alternatives, place_at};

/// A place at which a subject is named.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) words: Range<usize>,
    pub(super) subject: usize,
    /// Named only to be set against another one: “unlike SSE”.
    pub(super) contrast: bool,
}

/// A part of a sentence that makes a statement.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) words: Range<usize>,
    /// Which sentence it is part of.
    pub(super) sentence: usize,
    /// Which run of clauses it is part of: a wording does not reach from one run into another.
    pub(super) run: usize,
    /// Whether it belongs to what stands before: it follows `:` or `(`.
    pub(super) opening: bool,
}

/// All places where subjects are named.
pub(super) fn mentions(tokens: &[WordToken], subjects: &[Alternatives]) -> Vec<Mention> {
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
fn is_contrast(before: &[WordToken]) -> bool {
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
        // “So like, SSE is …” likens nothing.
        "like" => !back.next().is_some_and(|token| token.is("so")),
        "of" => back.next().is_some_and(|token| token.is("instead")),
        "to" => opposed(),
        _ => false,
    }
}

/// The clauses of a text.
pub(super) fn clauses(
    tokens: &[WordToken],
    mentions: &[Mention],
    vocabulary: &Vocabulary,
) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let (mut start, mut sentence, mut run, mut opening) = (0, 0, 0, false);
    for at in 0..=tokens.len() {
        let Some(token) = tokens.get(at) else {
            push(&mut clauses, start..at, sentence, run, opening);
            break;
        };
        let sign = token.sort != Sort::Word;
        let strong = english::is_strong(&token.word) && !is_except(tokens, at);
        let parts = sign
            || strong
            || english::is_weak(&token.word)
            || is_reason(tokens, mentions, at)
            || is_main(&tokens[start..], at - start, vocabulary)
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

/// Whether at `at`, behind a condition without a comma, the main statement begins: “if it is not
/// protected | someone could …”.
fn is_main(clause: &[WordToken], at: usize, vocabulary: &Vocabulary) -> bool {
    let opens = clause
        .first()
        .is_some_and(|first| english::is_condition(&first.word));
    if !opens || at == 0 || !clause[at].is_content() && !english::is_determiner(&clause[at].word) {
        return false;
    }
    let determined = english::is_determiner(&clause[at - 1].word);
    let ahead = clause[at..].iter().take(4);
    let modal = ahead
        .take_while(|token| token.sort == Sort::Word)
        .position(|token| english::is_modal(&token.word));
    let before = &clause[1..at];
    let verb = before
        .iter()
        .any(|token| vocabulary.is_verb(token) || english::is_auxiliary(&token.word));
    let simple = |modal: usize| {
        let subject = &clause[at..at + modal];
        modal > 0
            && subject[1..]
                .iter()
                .all(|token| token.is_content() && !vocabulary.is_verb(token))
            && (modal == 1 || english::is_determiner(&subject[0].word))
    };
    verb && !determined && modal.is_some_and(simple)
}

/// Whether the “but” at `at` leaves something out: “any header but this one”.
pub(super) fn is_except(tokens: &[WordToken], at: usize) -> bool {
    tokens[at].is("but")
        && tokens[at.saturating_sub(3)..at]
            .iter()
            .any(|token| ["any", "anything", "everything", "all"].contains(&&*token.word))
}

/// Whether the “as” at `at` opens a clause: “as it is one-way”.
fn is_reason(tokens: &[WordToken], mentions: &[Mention], at: usize) -> bool {
    let begins = |next: &WordToken| {
        english::opens_after_as(&next.word)
            || mentions.iter().any(|named| named.words.start == at + 1)
    };
    tokens[at].is("as")
        && !(at > 0 && (tokens[at - 1].is("same") || tokens[at - 1].is("such")))
        && tokens.get(at + 1).is_some_and(begins)
}

/// Whether the “and” at `at` joins two statements rather than two things.
fn is_joint(
    tokens: &[WordToken],
    mentions: &[Mention],
    vocabulary: &Vocabulary,
    at: usize,
) -> bool {
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
fn is_noun_here(tokens: &[WordToken], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|token| ["the", "a", "an"].contains(&&*token.word))
}
