//! What is said without its words: “…, but SSE can't”, “…, and so is SSE”, “SSE is the latter”.

use super::super::english;
use super::super::negation::Put;
use super::{Claim, Reading, is_verbal};

impl Reading<'_> {
    /// Adds what is said without its words: “…, but SSE can't”, “…, and so is SSE”.
    pub(super) fn elided(&self, claims: &mut Vec<Claim>, starts: &[bool]) {
        for (index, clause) in self.clauses.iter().enumerate() {
            let mention = self.mentioned(clause).next_back();
            let says = starts[clause.words.clone()].contains(&true);
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
                    put: match (denies, alike) {
                        (true, _) => Put::Denied,
                        (false, true) => claim.put,
                        (false, false) => Put::Asserted,
                    },
                    subjects: subjects.clone(),
                    clause: index,
                    ..claim.clone()
                })
                .collect();
            claims.extend(copies);
        }
    }

    /// “Bidirectional versus unidirectional: WebSockets are the former, SSE is the latter”: of two
    /// things that were said of no subject, which one is said of this.
    pub(super) fn referred(&self, claims: &mut Vec<Claim>, starts: &[bool]) {
        let loose = |claim: &Claim| self.mentioned(&self.clauses[claim.clause]).next().is_none();
        let first_word = |claim: &Claim| claim.at.iter().min().copied();
        let mut said: Vec<usize> = Vec::new();
        said.extend(
            claims
                .iter()
                .filter(|claim| loose(claim))
                .filter_map(first_word),
        );
        said.sort_unstable();
        said.dedup();
        let &[former, latter] = &*said else {
            return;
        };
        let mut referred: Vec<Claim> = Vec::new();
        for (index, clause) in self.clauses.iter().enumerate() {
            let Some(mention) = self.mentioned(clause).find(|mention| !mention.contrast) else {
                continue;
            };
            let mut behind = mention.words.end..clause.words.end;
            let which = behind.find_map(|at| match &*self.tokens[at].word {
                "former" => Some(former),
                "latter" => Some(latter),
                _ => None,
            });
            let denies = clause
                .words
                .clone()
                .any(|at| english::is_negator(&self.tokens[at].word));
            let says = starts[clause.words.clone()].contains(&true);
            let Some(which) = which.filter(|&at| !denies && !says && at < clause.words.start)
            else {
                continue;
            };
            let meant = claims
                .iter()
                .filter(|claim| loose(claim) && first_word(claim) == Some(which));
            referred.extend(meant.map(|claim| Claim {
                subjects: vec![mention.subject],
                clause: index,
                ..claim.clone()
            }));
        }
        if !referred.is_empty() {
            claims.retain(|claim| !loose(claim));
            claims.extend(referred);
        }
    }
}
