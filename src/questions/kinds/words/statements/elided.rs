//! What is said without its words: “…, but SSE can't”, “…, and so is SSE”, “SSE is the latter”.

use super::super::english;
use super::super::negation::Put;
use super::{ParsedAnswer, Statement, is_verbal};

impl ParsedAnswer<'_> {
    /// Adds what is said without its words: “…, but SSE can't”, “…, and so is SSE”.
    pub(super) fn elided(&self, statements: &mut Vec<Statement>, starts: &[bool]) {
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
            let from = statements
                .iter()
                .map(|statement| statement.clause)
                .filter(|&at| at < index)
                .max();
            let copies: Vec<Statement> = statements
                .iter()
                .filter(|statement| Some(statement.clause) == from)
                .map(|statement| Statement {
                    put: match (denies, alike) {
                        (true, _) => Put::Denied,
                        (false, true) => statement.put,
                        (false, false) => Put::Asserted,
                    },
                    subjects: subjects.clone(),
                    clause: index,
                    ..statement.clone()
                })
                .collect();
            statements.extend(copies);
        }
    }

    /// “Bidirectional versus unidirectional: WebSockets are the former, SSE is the latter”: which
    /// subject each of two things is said of that were said of none.
    pub(super) fn referred(&self, statements: &mut Vec<Statement>, starts: &[bool]) {
        let loose = |statement: &Statement| {
            self.mentioned(&self.clauses[statement.clause])
                .next()
                .is_none()
        };
        let first_word = |statement: &Statement| statement.at.iter().min().copied();
        let mut said: Vec<usize> = Vec::new();
        said.extend(
            statements
                .iter()
                .filter(|statement| loose(statement))
                .filter_map(first_word),
        );
        said.sort_unstable();
        said.dedup();
        let &[former, latter] = &*said else {
            return;
        };
        let mut referred: Vec<Statement> = Vec::new();
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
            let meant = statements
                .iter()
                .filter(|statement| loose(statement) && first_word(statement) == Some(which));
            referred.extend(meant.map(|statement| Statement {
                subjects: vec![mention.subject],
                clause: index,
                ..statement.clone()
            }));
        }
        if !referred.is_empty() {
            statements.retain(|statement| !loose(statement));
            statements.extend(referred);
        }
    }
}
