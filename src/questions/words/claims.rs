//! Claims: what an answer says, of which subject, and whether it says or denies it.

use super::clauses::{Clause, Mention, Reach, clauses, is_denied, mentions, reaches};
use super::english;
use super::spelling::Vocabulary;
use super::tokens::{Sort, Token, tokens};
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
    reaches: Vec<Reach>,
    vocabulary: &'q Vocabulary,
    subjects: usize,
}

impl<'q> Reading<'q> {
    /// Takes an answer apart.
    pub fn of(text: &str, vocabulary: &'q Vocabulary, subjects: &[Place]) -> Self {
        let tokens = vocabulary.spelled(tokens(text));
        let mentions = mentions(&tokens, subjects);
        let clauses = clauses(&tokens, &mentions, vocabulary);
        let reaches = reaches(&tokens, &clauses);
        let mut masked = tokens.clone();
        for mention in &mentions {
            for token in &mut masked[mention.words.clone()] {
                token.stem.clear();
            }
        }
        Self {
            tokens,
            masked,
            mentions,
            clauses,
            reaches,
            vocabulary,
            subjects: subjects.len(),
        }
    }

    /// Whether any sentence of it claims something, rather than list words.
    pub fn says(&self) -> bool {
        self.clauses
            .iter()
            .any(|clause| self.is_predicated(clause.sentence))
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
        let mut claims = Vec::new();
        for (wording, places) in found.iter().enumerate() {
            for place in places {
                let Some(clause) = self.clause_at(place.start) else {
                    continue;
                };
                let name = wordings[wording].name;
                if !name && !self.has_predicate(clause, &all) {
                    continue;
                }
                let denied = is_denied(
                    place,
                    name,
                    &self.tokens,
                    &self.clauses[clause],
                    &self.reaches,
                    &all,
                );
                let subjects = self.subjects_of(place, clause, &all);
                if let Some(subject) = self.likened(place, clause) {
                    claims.push(Claim {
                        wording,
                        asserted: true,
                        subjects: vec![subject],
                        at: place.at.clone(),
                        clause,
                    });
                }
                claims.push(Claim {
                    wording,
                    asserted: !denied,
                    subjects,
                    at: place.at.clone(),
                    clause,
                });
            }
        }
        self.elided(&mut claims, &all);
        claims
    }

    /// “(not) two-way like SSE”: the subject for which it holds.
    fn likened(&self, found: &Found, clause: usize) -> Option<usize> {
        self.mentioned(&self.clauses[clause])
            .find(|mention| {
                let like = mention.words.start.checked_sub(1);
                like.is_some_and(|at| at >= found.end && self.tokens[at].is("like"))
            })
            .map(|mention| mention.subject)
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
        self.mentions.iter().any(|mention| {
            let inside = (found.start..found.end).contains(&mention.words.start);
            let last = self.clause_at(found.end - 1);
            let here = self.clause_at(mention.words.start);
            !mention.contrast && here != first && (inside || here == last)
        })
    }

    fn clause_at(&self, at: usize) -> Option<usize> {
        self.clauses
            .iter()
            .position(|clause| clause.words.contains(&at))
    }

    /// Whether the sentence around a clause says anything, or is a mere list of words.
    fn has_predicate(&self, clause: usize, all: &[Found]) -> bool {
        let sentence = self.clauses[clause].sentence;
        self.is_predicated(sentence) || self.is_telegram(&self.sentence(sentence), all)
    }

    fn sentence(&self, sentence: usize) -> Vec<&Clause> {
        let clauses = self.clauses.iter();
        clauses
            .filter(|clause| clause.sentence == sentence)
            .collect()
    }

    /// Whether a sentence has a verb, or a word that ties others together.
    fn is_predicated(&self, sentence: usize) -> bool {
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
    fn is_telegram(&self, parts: &[&Clause], all: &[Found]) -> bool {
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

    fn mentioned(&self, clause: &Clause) -> impl Iterator<Item = &Mention> {
        let words = clause.words.clone();
        self.mentions
            .iter()
            .filter(move |mention| words.contains(&mention.words.start))
    }

    /// The subjects of what was found in a clause.
    fn subjects_of(&self, found: &Found, clause: usize, all: &[Found]) -> Vec<usize> {
        let part = &self.clauses[clause];
        if self.subjects == 0 {
            return Vec::new();
        }
        if let Some(subject) = self.relative(part) {
            return vec![subject];
        }
        let before = self
            .mentioned(part)
            .filter(|mention| !mention.contrast && mention.words.end <= found.start)
            .last();
        let pointed = self.pointed(part.words.start..found.start, found, clause);
        match (before, pointed) {
            (Some(mention), Some((at, _))) if mention.words.start > at => {}
            (_, Some((_, subjects))) => return subjects,
            _ => {}
        }
        if let Some(mention) = before {
            let subjects = self.coordinated(mention);
            return self.respective(subjects, found, part, all);
        }
        self.subjects_elsewhere(found, clause)
    }

    /// “SSE, which is …”
    fn relative(&self, clause: &Clause) -> Option<usize> {
        let opener = &self.tokens[clause.words.start];
        if !opener.is("which") && !opener.is("who") {
            return None;
        }
        let end = (0..clause.words.start)
            .rev()
            .find(|&at| self.tokens[at].sort == Sort::Word)?;
        self.mentions
            .iter()
            .find(|mention| mention.words.contains(&end))
            .map(|mention| mention.subject)
    }

    /// “the former”, “the latter”, “the other”, “both”, “neither”: where the word stands
    /// and its subjects.
    fn pointed(
        &self,
        before: std::ops::Range<usize>,
        found: &Found,
        clause: usize,
    ) -> Option<(usize, Vec<usize>)> {
        let pair = self.pair(before.start);
        let all = || (0..self.subjects).collect::<Vec<_>>();
        before.rev().find_map(|at| {
            let word = |at: usize| self.tokens.get(at).map_or("", |token| &*token.word);
            let next = word(at + 1);
            let article = at > 0 && word(at - 1) == "the";
            let bare = next.is_empty()
                || [
                    "one", "is", "are", "can", "only", "does", "allows", "lets", "goes", "has",
                ]
                .contains(&next);
            let subjects = match word(at) {
                "former" => vec![pair.0],
                "latter" => vec![pair.1],
                "first" if article && bare => vec![pair.0],
                "second" if article && bare => vec![pair.1],
                "other" if article && bare => self.others(&self.carried(clause)),
                "both" if !found.at.contains(&at) && is_verbal(next) => all(),
                "both"
                    if at > 0
                        && ["they", "are"].contains(&word(at - 1))
                        && !found.at.contains(&at) =>
                {
                    all()
                }
                "neither" if is_verbal(next) => all(),
                _ => return None,
            };
            Some((at, subjects))
        })
    }

    /// The two subjects that were named last before `at`, or first in the answer, in order.
    fn pair(&self, at: usize) -> (usize, usize) {
        let mut named: Vec<usize> = Vec::new();
        let earlier = self.mentions.iter().filter(|m| m.words.start < at);
        for mention in earlier.chain(&self.mentions) {
            if !named.contains(&mention.subject) {
                named.push(mention.subject);
            }
        }
        let first = named.first().copied().unwrap_or(0);
        let second = named.get(1).copied().unwrap_or(1);
        (first, second)
    }

    fn others(&self, subjects: &[usize]) -> Vec<usize> {
        (0..self.subjects)
            .filter(|subject| !subjects.contains(subject))
            .collect()
    }

    /// A subject with those that “and” joins to it: “WebSockets and SSE are …”.
    fn coordinated(&self, mention: &Mention) -> Vec<usize> {
        let mut subjects = vec![mention.subject];
        let mut start = mention.words.start;
        for earlier in self.mentions.iter().rev() {
            if earlier.words.end > start {
                continue;
            }
            let between = &self.tokens[earlier.words.end..start];
            let joins = |token: &Token| {
                token.sort == Sort::Comma || ["and", "or", "nor", "the"].contains(&&*token.word)
            };
            let joined =
                between.iter().any(|token| token.sort == Sort::Word) && between.iter().all(joins);
            if !joined || earlier.contrast {
                break;
            }
            subjects.insert(0, earlier.subject);
            start = earlier.words.start;
        }
        subjects
    }

    /// “WebSockets and SSE are two-way and one-way respectively.”
    fn respective(
        &self,
        subjects: Vec<usize>,
        found: &Found,
        clause: &Clause,
        all: &[Found],
    ) -> Vec<usize> {
        let told = self.tokens[clause.words.start..]
            .iter()
            .take_while(|token| token.sort != Sort::End)
            .any(|token| token.is("respectively"));
        if !told || subjects.len() < 2 {
            return subjects;
        }
        let mut starts: Vec<usize> = all.iter().map(|other| other.start).collect();
        starts.retain(|start| clause.words.contains(start) && *start < found.start);
        starts.sort_unstable();
        starts.dedup();
        subjects
            .get(starts.len())
            .map_or(subjects.clone(), |&subject| vec![subject])
    }

    /// The subject of a statement that does not begin with one.
    fn subjects_elsewhere(&self, found: &Found, clause: usize) -> Vec<usize> {
        let part = &self.clauses[clause];
        let pronoun = self.tokens[part.words.start..found.start]
            .iter()
            .any(|token| ["it", "they", "its"].contains(&&*token.word));
        let after = self
            .mentioned(part)
            .find(|mention| !mention.contrast && mention.words.start >= found.end);
        if let (false, Some(mention)) = (pronoun, after) {
            return self
                .mentioned(part)
                .filter(|other| !other.contrast && other.words.start >= mention.words.start)
                .last()
                .map_or(vec![mention.subject], |last| self.coordinated(last));
        }
        if let Some(subject) = self.appended(clause) {
            return vec![subject];
        }
        let carried = self.carried(clause);
        if carried.is_empty() {
            self.ahead(clause)
        } else {
            carried
        }
    }

    /// “two-way (WebSockets)”, “two-way: WebSockets”.
    fn appended(&self, clause: usize) -> Option<usize> {
        let next = self.clauses.get(clause + 1).filter(|next| next.opening)?;
        let named = self
            .mentioned(next)
            .next()
            .filter(|named| !named.contrast)?;
        let more = next
            .words
            .clone()
            .any(|at| !named.words.contains(&at) && self.tokens[at].is_content());
        (!more).then_some(named.subject)
    }

    /// What the clauses before are about.
    fn carried(&self, clause: usize) -> Vec<usize> {
        let part = &self.clauses[clause];
        let mut against: Option<usize> = None;
        for earlier in self.clauses[..clause].iter().rev() {
            if let Some(mention) = self.mentioned(earlier).find(|mention| !mention.contrast) {
                let end = earlier.words.end;
                let last = self
                    .mentions
                    .iter()
                    .filter(|other| {
                        other.words.end <= end && other.words.start >= mention.words.start
                    })
                    .take_while(|other| !other.contrast)
                    .take(1)
                    .last()
                    .unwrap_or(mention);
                let joined = self
                    .mentioned(earlier)
                    .filter(|other| !other.contrast)
                    .map(|other| self.coordinated(other))
                    .find(|subjects| subjects.len() > 1 && subjects.contains(&last.subject));
                let carried = joined.unwrap_or_else(|| vec![last.subject]);
                return match against {
                    Some(contrast) if carried == [contrast] => self.others(&carried),
                    _ => carried,
                };
            }
            if earlier.sentence == part.sentence {
                let contrast = self.mentioned(earlier).next();
                against = against.or(contrast.map(|mention| mention.subject));
            }
        }
        against.map_or(Vec::new(), |contrast| self.others(&[contrast]))
    }

    /// The first subject that the same sentence names later.
    fn ahead(&self, clause: usize) -> Vec<usize> {
        let run = self.clauses[clause].run;
        self.clauses[clause..]
            .iter()
            .take_while(|later| later.run == run)
            .flat_map(|later| self.mentioned(later))
            .find(|mention| !mention.contrast)
            .map_or(Vec::new(), |mention| vec![mention.subject])
    }

    /// Adds what is said without its words: “…, but SSE can't”, “…, and so is SSE”.
    fn elided(&self, claims: &mut Vec<Claim>, all: &[Found]) {
        for (index, clause) in self.clauses.iter().enumerate() {
            let Some(mention) = self.mentioned(clause).last() else {
                continue;
            };
            let says = all.iter().any(|found| clause.words.contains(&found.start));
            let rest = || {
                clause
                    .words
                    .clone()
                    .filter(|at| !mention.words.contains(at))
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
            let ends_in_verb = rest().last().is_some_and(|token| is_verbal(&token.word));
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
                    subjects: vec![mention.subject],
                    clause: index,
                    ..claim.clone()
                })
                .collect();
            claims.extend(copies);
        }
    }
}

/// Whether a word can follow the “both” that means both subjects.
fn is_verbal(word: &str) -> bool {
    "is are was were be do does did can could may might will would have has of allow let support provide use \
     work go send offer enable carry".split_ascii_whitespace().any(|verb| verb == word)
}
