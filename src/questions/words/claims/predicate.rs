//! Whether an answer says anything at all: a row of words without a verb claims nothing.

use super::super::clauses::Clause;
use super::super::english;
use super::super::spelling::Vocabulary;
use super::super::wording::Found;
use super::Reading;

impl Reading<'_> {
    /// Whether any sentence of it claims something, rather than list words.
    pub fn says(&self) -> bool {
        self.predicated.contains(&true)
    }

    /// “Some people think …”: what others say is not claimed.
    pub(super) fn is_hearsay(&self, clause: usize) -> bool {
        let words = self.clauses[clause].words.clone();
        let has = |list: &[&str]| {
            words
                .clone()
                .any(|at| list.contains(&&*self.tokens[at].word))
        };
        has(&["people", "some", "many", "others", "everyone"])
            && has(&[
                "think", "thinks", "believe", "say", "says", "assume", "claim",
            ])
    }

    /// Whether the sentence around a clause says anything, or is a mere list of words.
    pub(super) fn has_predicate(&self, clause: usize, all: &[Found]) -> bool {
        let sentence = self.clauses[clause].sentence;
        self.predicated[sentence] || self.is_telegram(&self.sentence(sentence), all)
    }

    pub(super) fn sentence(&self, sentence: usize) -> Vec<&Clause> {
        let clauses = self.clauses.iter();
        clauses
            .filter(|clause| clause.sentence == sentence)
            .collect()
    }

    /// Whether a sentence has a verb, or a word that ties others together.
    pub(super) fn is_predicated(&self, sentence: usize) -> bool {
        let parts = self.sentence(sentence);
        let is_list = parts.len() >= 3 && parts.iter().all(|part| part.words.len() <= 2);
        if is_list {
            return false;
        }
        let words = || {
            parts
                .iter()
                .flat_map(|clause| &self.tokens[clause.words.clone()])
        };
        let ties = words().any(|token| english::is_tie(&token.word));
        let verb = words().any(|token| self.vocabulary.is_verb(token));
        let actor = words()
            .zip(words().skip(1))
            .any(|(first, _)| english::is_actor(&first.word));
        let small = words().any(Vocabulary::is_small) || words().count() <= 4;
        ties || actor || (verb && small)
    }

    /// “WebSocket: two-way, SSE: one-way”: one subject beside each thing that is said.
    pub(super) fn is_telegram(&self, parts: &[&Clause], all: &[Found]) -> bool {
        let mut named = 0;
        for part in parts {
            let subjects = self.mentioned(part).count();
            let said = all.iter().any(|found| part.words.contains(&found.start));
            if subjects > 1 || (said && subjects == 0 && !part.opening) {
                return false;
            }
            named += subjects;
        }
        named > 0
    }
}
