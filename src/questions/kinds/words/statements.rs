//! Statements: what an answer says, of which subject, and whether it says or denies it.

mod about;
mod elided;
mod predicate;

use std::collections::BTreeSet;

use super::clauses::{Clause, Mention, clauses, mentions};
use super::negation::{Put, Reach, put, reaches};
use super::spelling::Vocabulary;
use super::tokens::WordToken;
use super::wording::{Alternatives, Holds, Wording, WordingMatch};

/// How often an answer may say the same: people do not say anything more often, and it keeps the
/// longest answer quick to judge.
const MOST_FOUND: usize = 60;

/// One wording found in an answer.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// The index of the wording that was found.
    pub(super) wording: usize,
    /// Whether it is said, denied, or averted.
    pub(super) put: Put,
    /// The subjects it is said of; none where it is not clear.
    pub(super) subjects: Vec<usize>,
    /// Where its words stand.
    pub(super) at: Vec<usize>,
    clause: usize,
}

/// An answer taken apart.
pub(super) struct ParsedAnswer<'q> {
    tokens: Vec<WordToken>,
    /// The tokens without the names of subjects, which are no part of a wording.
    masked: Vec<WordToken>,
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

impl<'q> ParsedAnswer<'q> {
    /// Takes an answer apart.
    pub(super) fn of(text: &str, vocabulary: &'q Vocabulary, subjects: &[Alternatives]) -> Self {
        let tokens = vocabulary.tokens(text);
        let mentions = mentions(&tokens, subjects);
        let clauses = clauses(&tokens, &mentions, vocabulary);
        let reaches = reaches(&tokens, &clauses, vocabulary);
        let mut clause_of = vec![None; tokens.len()];
        for (index, clause) in clauses.iter().enumerate() {
            clause_of[clause.words.clone()].fill(Some(index));
        }
        let mut masked = tokens.clone();
        for at in 1..masked.len() {
            // The “do” of “does not see” is no deed.
            if tokens[at].is("not") && ["do", "does"].contains(&&*tokens[at - 1].word) {
                masked[at - 1].stem.clear();
            }
        }
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
    pub(super) fn terms(&self) -> usize {
        let known = |token: &&WordToken| token.is_content() && self.vocabulary.has(token);
        self.tokens.iter().filter(known).count()
    }

    /// Whether it has no word of weight but those of the prompt.
    pub(super) fn repeats(&self, prompt: &BTreeSet<String>) -> bool {
        let mut weighty = self.tokens.iter().filter(|token| token.is_content());
        weighty.all(|token| prompt.contains(&token.stem))
    }

    /// How many words of weight it has.
    pub(super) fn weight(&self) -> usize {
        self.tokens
            .iter()
            .filter(|token| token.is_content())
            .count()
    }

    /// Everything that it states; nothing where it says one thing too often to be an answer.
    pub(super) fn statements(&self, wordings: &[&Wording]) -> Option<Vec<Statement>> {
        let found: Vec<Vec<WordingMatch>> =
            wordings.iter().map(|wording| self.found(wording)).collect();
        if found.iter().any(|places| places.len() > MOST_FOUND) {
            return None;
        }
        let all: Vec<WordingMatch> = found.iter().flatten().cloned().collect();
        let mut said = vec![false; self.tokens.len()];
        let mut starts = said.clone();
        for found in &all {
            starts[found.start] = true;
            for &at in &found.at {
                said[at] = true;
            }
        }
        let claiming = self.claiming(&starts);
        let denying: Vec<WordingMatch> = found
            .iter()
            .zip(wordings)
            .filter(|(_, wording)| wording.holds == Holds::Denied)
            .flat_map(|(found, _)| found.iter().cloned())
            .collect();
        let mut statements = Vec::new();
        for (wording, places) in found.iter().enumerate() {
            let name = wordings[wording].name;
            for place in places {
                let known = (&*all, &*said, &*denying);
                if name || self.is_claimed(place, &claiming) {
                    let wording = (wording, wordings[wording]);
                    self.add_statements(wording, place, known, &mut statements);
                }
            }
        }
        self.referred(&mut statements, &starts);
        self.elided(&mut statements, &starts);
        Some(statements)
    }

    /// Whether what stands at a place is claimed there, rather than asked or listed.
    fn is_claimed(&self, place: &WordingMatch, claiming: &[bool]) -> bool {
        self.clause_at(place.start)
            .is_some_and(|clause| claiming[self.clauses[clause].sentence] && !self.is_asked(clause))
    }

    /// Adds what is claimed by a wording that was found at a place: of its subject, and of those
    /// that the clause likens to it or sets against it.
    fn add_statements(
        &self,
        (index, wording): (usize, &Wording),
        place: &WordingMatch,
        (all, said, denying): (&[WordingMatch], &[bool], &[WordingMatch]),
        statements: &mut Vec<Statement>,
    ) {
        let Some(clause) = self.clause_at(place.start) else {
            return;
        };
        if self.is_hearsay(clause) {
            return;
        }
        let part = &self.clauses[clause];
        let put = put(
            place,
            wording.name,
            &self.tokens,
            part,
            &self.reaches,
            (said, denying),
        );
        let mut statement = |put, subjects| {
            statements.push(Statement {
                wording: index,
                put,
                subjects,
                at: place.at.clone(),
                clause,
            });
        };
        let subjects = self.subjects_of(place, clause, all);
        if let Some(likened) = self.likened(place, clause) {
            statement(Put::Asserted, vec![likened]);
        }
        if let Some(others) = self.excluded(clause, &subjects) {
            statement(put.opposite(), others);
        }
        // Only where this says something of the other subject: “both send” denies nothing of the server.
        let tells = |put| wording.holds.by(put) && !wording.holds.by(put.opposite());
        if let Some(other) = self.contrasted(clause, &subjects)
            && tells(put.opposite())
        {
            statement(put.opposite(), vec![other]);
        }
        statement(put, subjects);
    }

    /// Where a wording stands, each time inside one run of clauses.
    fn found(&self, wording: &Wording) -> Vec<WordingMatch> {
        let together = |a: &Clause, b: &Clause| match wording.rows.len() {
            1 => a.run == b.run,
            _ => a.sentence == b.sentence,
        };
        self.clauses
            .chunk_by(together)
            .filter_map(|run| Some(run.first()?.words.start..run.last()?.words.end))
            .flat_map(|range| wording.find(&self.masked, range, &self.vocabulary.usage))
            .filter(|found| wording.rows.len() > 1 || !self.crosses(found))
            .filter(|found| !self.excused(wording, found))
            .take(MOST_FOUND + 1)
            .collect()
    }

    /// Whether the sentence has the words that excuse a wording.
    fn excused(&self, wording: &Wording, found: &WordingMatch) -> bool {
        let Some(clause) = self.clause_at(found.start) else {
            return false;
        };
        let part = &self.clauses[clause];
        let subjects = |part: &Clause| -> Vec<usize> {
            let named = self.mentioned(part);
            named.map(|mention| mention.subject).collect()
        };
        let own = subjects(part);
        // What is said of another subject excuses nothing.
        let about_another = |other: &Clause| {
            let named = subjects(other);
            let shared = named.iter().any(|subject| own.contains(subject));
            !own.is_empty() && !named.is_empty() && !shared
        };
        let parts = self.sentence(part.sentence).iter();
        let mut near = parts.filter(|other| !about_another(other));
        near.any(|part| wording.is_excused(&self.tokens, part.words.clone()))
    }

    /// Whether the words found reach into a clause about another subject, or over a word that
    /// sets one thing in the place of another.
    fn crosses(&self, found: &WordingMatch) -> bool {
        let apart = |token: &WordToken| ["without", "instead", "rather"].contains(&&*token.word);
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
        let last = self.clause_at(found.end - 1);
        let end = last.map_or(found.end, |last| self.clauses[last].words.end);
        self.named_in(found.start..end).any(|mention| {
            let inside = mention.words.start < found.end;
            let here = self.clause_at(mention.words.start);
            !mention.contrast && here != first && (inside || here == last)
        })
    }

    fn clause_at(&self, at: usize) -> Option<usize> {
        self.clause_of.get(at).copied().flatten()
    }
}

fn is_only(token: &WordToken) -> bool {
    token.is("only") || token.is("just")
}

/// Whether a word can follow the “both” that means both subjects.
fn is_verbal(word: &str) -> bool {
    "is are was were be do does did can could may might will would have has of allow let support provide use \
     work go send offer enable carry".split_ascii_whitespace().any(|verb| verb == word)
}
