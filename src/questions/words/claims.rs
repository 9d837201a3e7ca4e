//! Claims: what an answer says, of which subject, and whether it says or denies it.

mod about;
mod predicate;

use super::clauses::{Clause, Mention, Reach, clauses, is_denied, mentions, reaches};
use super::english;
use super::spelling::Vocabulary;
use super::tokens::{Token, tokens};
use super::wording::{Found, Place, Wording};

/// One wording found in an answer.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The index of the wording that was found.
    pub wording: usize,
    /// Whether it is said, or denied.
    pub asserted: bool,
    /// The subjects it is said of; none where it is not clear.
    pub subjects: Vec<usize>,
    /// Where its words stand.
    pub at: Vec<usize>,
    clause: usize,
}

/// An answer taken apart.
pub struct Reading<'q> {
    tokens: Vec<Token>,
    /// The tokens without the names of subjects, which are no part of a wording.
    masked: Vec<Token>,
    mentions: Vec<Mention>,
    clauses: Vec<Clause>,
    /// Of each token, its clause.
    clause_of: Vec<Option<usize>>,
    reaches: Vec<Reach>,
    vocabulary: &'q Vocabulary,
    subjects: usize,
    /// Of each sentence, whether it has a verb or the like.
    predicated: Vec<bool>,
}

impl<'q> Reading<'q> {
    /// Takes an answer apart.
    pub fn of(text: &str, vocabulary: &'q Vocabulary, subjects: &[Place]) -> Self {
        let tokens = vocabulary.spelled(tokens(text));
        let mentions = mentions(&tokens, subjects);
        let clauses = clauses(&tokens, &mentions, vocabulary);
        let reaches = reaches(&tokens, &clauses);
        let mut clause_of = vec![None; tokens.len()];
        for (index, clause) in clauses.iter().enumerate() {
            clause_of[clause.words.clone()].fill(Some(index));
        }
        let mut masked = tokens.clone();
        for mention in &mentions {
            for token in &mut masked[mention.words.clone()] {
                token.stem.clear();
            }
        }
        let mut reading = Self {
            tokens,
            masked,
            mentions,
            clauses,
            clause_of,
            reaches,
            vocabulary,
            subjects: subjects.len(),
            predicated: Vec::new(),
        };
        let sentences = reading.clauses.last().map_or(0, |last| last.sentence + 1);
        let predicated = (0..sentences).map(|sentence| reading.is_predicated(sentence));
        reading.predicated = predicated.collect();
        reading
    }

    /// How many of the author's words it has.
    pub fn terms(&self) -> usize {
        let known = |token: &&Token| token.is_content() && self.vocabulary.has(token);
        self.tokens.iter().filter(known).count()
    }

    /// How many words of weight it has.
    pub fn weight(&self) -> usize {
        self.tokens
            .iter()
            .filter(|token| token.is_content())
            .count()
    }

    /// Everything that it claims.
    pub fn claims(&self, wordings: &[&Wording]) -> Vec<Claim> {
        let found: Vec<Vec<Found>> = wordings.iter().map(|wording| self.found(wording)).collect();
        let all: Vec<Found> = found.iter().flatten().cloned().collect();
        let mut said = vec![false; self.tokens.len()];
        for &at in all.iter().flat_map(|found| &found.at) {
            said[at] = true;
        }
        let mut claims = Vec::new();
        for (wording, places) in found.iter().enumerate() {
            let name = wordings[wording].name;
            for place in places {
                self.add_claims(wording, name, place, (&all, &said), &mut claims);
            }
        }
        self.elided(&mut claims, &all);
        claims
    }

    /// Adds what is claimed by a wording that was found at a place: of its subject, and of those
    /// that the clause likens to it or sets against it.
    fn add_claims(
        &self,
        wording: usize,
        name: bool,
        place: &Found,
        (all, said): (&[Found], &[bool]),
        claims: &mut Vec<Claim>,
    ) {
        let Some(clause) = self.clause_at(place.start) else {
            return;
        };
        if self.is_hearsay(clause) || !(name || self.has_predicate(clause, all)) {
            return;
        }
        let part = &self.clauses[clause];
        let denied = is_denied(place, name, &self.tokens, part, &self.reaches, said);
        let mut claim = |asserted, subjects| {
            claims.push(Claim {
                wording,
                asserted,
                subjects,
                at: place.at.clone(),
                clause,
            });
        };
        let subjects = self.subjects_of(place, clause, all);
        if let Some(likened) = self.likened(place, clause) {
            claim(true, vec![likened]);
        }
        if let Some(others) = self.excluded(clause, &subjects) {
            claim(denied, others);
        }
        claim(!denied, subjects);
    }

    /// Where a wording stands, each time inside one run of clauses.
    fn found(&self, wording: &Wording) -> Vec<Found> {
        let together = |a: &Clause, b: &Clause| match wording.rows.len() {
            1 => a.run == b.run,
            _ => a.sentence == b.sentence,
        };
        self.clauses
            .chunk_by(together)
            .filter_map(|run| Some(run.first()?.words.start..run.last()?.words.end))
            .flat_map(|range| wording.find(&self.masked, range))
            .filter(|found| wording.rows.len() > 1 || !self.crosses(found))
            .filter(|found| !self.excused(wording, found))
            .collect()
    }

    /// Whether the sentence has the words that excuse a wording.
    fn excused(&self, wording: &Wording, found: &Found) -> bool {
        let sentence = self
            .clause_at(found.start)
            .map(|at| self.clauses[at].sentence);
        self.clauses
            .iter()
            .filter(|clause| Some(clause.sentence) == sentence)
            .any(|clause| wording.is_excused(&self.tokens, clause.words.clone()))
    }

    /// Whether the words found reach into a clause about another subject, or over a word that
    /// sets one thing in the place of another.
    fn crosses(&self, found: &Found) -> bool {
        let apart = |token: &Token| ["without", "instead", "rather"].contains(&&*token.word);
        if self.tokens[found.start..found.end].iter().any(apart) {
            return true;
        }
        let first = self.clause_at(found.start);
        let limits_subject = self.only(found.start).is_some();
        let not_only = found
            .at
            .iter()
            .any(|&at| is_only(&self.tokens[at]) && at > 0 && self.tokens[at - 1].is("not"));
        if limits_subject || not_only {
            return true;
        }
        self.mentions.iter().any(|mention| {
            let inside = (found.start..found.end).contains(&mention.words.start);
            let last = self.clause_at(found.end - 1);
            let here = self.clause_at(mention.words.start);
            !mention.contrast && here != first && (inside || here == last)
        })
    }

    fn clause_at(&self, at: usize) -> Option<usize> {
        self.clause_of.get(at).copied().flatten()
    }

    /// Adds what is said without its words: “…, but SSE can't”, “…, and so is SSE”.
    fn elided(&self, claims: &mut Vec<Claim>, all: &[Found]) {
        for (index, clause) in self.clauses.iter().enumerate() {
            let mention = self.mentioned(clause).last();
            let says = all.iter().any(|found| clause.words.contains(&found.start));
            let rest = || {
                clause
                    .words
                    .clone()
                    .filter(|at| mention.is_none_or(|mention| !mention.words.contains(at)))
                    .map(|at| &self.tokens[at])
            };
            let stands_in =
                rest().next().is_some() && rest().all(|token| english::is_stand_in(&token.word));
            if says || !stands_in || rest().any(|token| token.is("unlike")) {
                continue;
            }
            let denies = rest().any(|token| english::is_negator(&token.word));
            let alike = rest()
                .any(|token| ["too", "also", "same", "well", "so", "like"].contains(&&*token.word));
            let pronoun = rest().any(|token| english::is_actor(&token.word));
            let subjects = match mention {
                Some(mention) => vec![mention.subject],
                None if denies && pronoun => self.carried(index),
                None => continue,
            };
            let ends_in_verb = rest()
                .next_back()
                .is_some_and(|token| is_verbal(&token.word));
            if !denies && !alike && !ends_in_verb {
                continue;
            }
            let from = claims
                .iter()
                .map(|claim| claim.clause)
                .filter(|&at| at < index)
                .max();
            let copies: Vec<Claim> = claims
                .iter()
                .filter(|claim| Some(claim.clause) == from)
                .map(|claim| Claim {
                    asserted: if alike && !denies {
                        claim.asserted
                    } else {
                        !denies
                    },
                    subjects: subjects.clone(),
                    clause: index,
                    ..claim.clone()
                })
                .collect();
            claims.extend(copies);
        }
    }
}

fn is_only(token: &Token) -> bool {
    token.is("only") || token.is("just")
}

/// Whether a word can follow the “both” that means both subjects.
fn is_verbal(word: &str) -> bool {
    "is are was were be do does did can could may might will would have has of allow let support provide use \
     work go send offer enable carry".split_ascii_whitespace().any(|verb| verb == word)
}
