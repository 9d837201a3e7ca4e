//! Which subject a statement is about: the one named before it, pointed at, carried over or to come.

use std::ops::Range;

use super::super::clauses::{Clause, Mention};
use super::super::tokens::{Sort, WordToken};
use super::super::wording::WordingMatch;
use super::{ParsedAnswer, is_only, is_verbal};

impl ParsedAnswer<'_> {
    /// The subject that an “only” at `at` limits: “only with WebSockets”.
    pub(super) fn only(&self, at: usize) -> Option<&Mention> {
        if !is_only(&self.tokens[at]) {
            return None;
        }
        let small = |at: &usize| {
            [
                "with", "in", "the", "a", "over", "by", "through", "via", "using", "on",
            ]
            .contains(&&*self.tokens[*at].word)
        };
        let named = |at: usize| {
            let next = (at..self.tokens.len()).find(|at| !small(at))?;
            self.mentions.iter().find(|named| named.words.start == next)
        };
        let possible = self
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.is("possible"));
        named(at + 1 + usize::from(possible))
    }

    /// “Only WebSockets …”: the subjects for which such a statement about these is denied.
    pub(super) fn excluded(&self, clause: usize, subjects: &[usize]) -> Option<Vec<usize>> {
        let limited = self.clauses[clause]
            .words
            .clone()
            .find_map(|at| self.only(at))?;
        (subjects == [limited.subject]).then(|| self.others(subjects))
    }

    /// “(not) two-way like SSE”: the subject for which it holds.
    pub(super) fn likened(&self, found: &WordingMatch, clause: usize) -> Option<usize> {
        self.mentioned(&self.clauses[clause])
            .find(|mention| {
                let like = mention.words.start.checked_sub(1);
                like.is_some_and(|at| at >= found.end && self.tokens[at].is("like"))
            })
            .map(|mention| mention.subject)
    }

    /// “Unlike SSE, …”: the subject of which the opposite holds.
    pub(super) fn contrasted(&self, clause: usize, subjects: &[usize]) -> Option<usize> {
        let opposes = |mention: &Mention| {
            let start = mention.words.start;
            let mut before = self.tokens[start.saturating_sub(3)..start].iter();
            before.any(|token| token.is("unlike") || token.is("contrast"))
        };
        let parts = self.sentence(self.clauses[clause].sentence).iter();
        let other = parts
            .flat_map(|part| self.mentioned(part))
            .find(|mention| mention.contrast && opposes(mention))?;
        (!subjects.is_empty() && !subjects.contains(&other.subject)).then_some(other.subject)
    }

    pub(super) fn mentioned(&self, clause: &Clause) -> std::slice::Iter<'_, Mention> {
        self.named_in(clause.words.clone())
    }

    pub(super) fn named_in(&self, words: Range<usize>) -> std::slice::Iter<'_, Mention> {
        let first = self
            .mentions
            .partition_point(|named| named.words.start < words.start);
        let over = self
            .mentions
            .partition_point(|named| named.words.start < words.end);
        self.mentions[first..over.max(first)].iter()
    }

    /// The subjects of what was found in a clause.
    pub(super) fn subjects_of(
        &self,
        found: &WordingMatch,
        clause: usize,
        all: &[WordingMatch],
    ) -> Vec<usize> {
        let part = &self.clauses[clause];
        if self.subjects == 0 {
            return Vec::new();
        }
        if let Some(subject) = self.relative(part) {
            return vec![subject];
        }
        let before = self
            .mentioned(part)
            .rfind(|mention| !mention.contrast && mention.words.end <= found.start);
        let pointed = self.pointed(part.words.start..found.start, found, clause);
        match (before, pointed) {
            (Some(mention), Some((at, _))) if mention.words.start > at => {}
            (Some(_), Some((at, _))) if self.tokens[at].is("both") => {}
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
    pub(super) fn relative(&self, clause: &Clause) -> Option<usize> {
        let opener = &self.tokens[clause.words.start];
        if !["which", "who", "where"].contains(&&*opener.word) {
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
    pub(super) fn pointed(
        &self,
        before: Range<usize>,
        found: &WordingMatch,
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
                "other" if article && bare => match &*self.carried(clause) {
                    [] => Vec::new(),
                    carried => self.others(carried),
                },
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
    pub(super) fn pair(&self, at: usize) -> (usize, usize) {
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

    pub(super) fn others(&self, subjects: &[usize]) -> Vec<usize> {
        (0..self.subjects)
            .filter(|subject| !subjects.contains(subject))
            .collect()
    }

    /// A subject with those that “and” joins to it: “WebSockets and SSE are …”.
    pub(super) fn coordinated(&self, mention: &Mention) -> Vec<usize> {
        let mut subjects = vec![mention.subject];
        let mut start = mention.words.start;
        for earlier in self.mentions.iter().rev() {
            if earlier.words.end > start {
                continue;
            }
            let between = &self.tokens[earlier.words.end..start];
            let joins = |token: &WordToken| {
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
    pub(super) fn respective(
        &self,
        subjects: Vec<usize>,
        found: &WordingMatch,
        clause: &Clause,
        all: &[WordingMatch],
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
    pub(super) fn subjects_elsewhere(&self, found: &WordingMatch, clause: usize) -> Vec<usize> {
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
                .rfind(|other| !other.contrast && other.words.start >= mention.words.start)
                .map_or(vec![mention.subject], |last| self.coordinated(last));
        }
        if let Some(subject) = self.appended(clause).or_else(|| self.trailing(clause)) {
            return vec![subject];
        }
        let carried = self.carried(clause);
        let ahead = self.ahead(clause);
        // “If the client must send too, use …”: a condition is about what comes.
        if self.opens_with_condition(clause) && !ahead.is_empty() {
            return ahead;
        }
        if carried.is_empty() { ahead } else { carried }
    }

    /// Whether a clause stands in the condition that opens its sentence, before any subject: “if both
    /// must send, …”, “for a game where both ends send, …”.
    fn opens_with_condition(&self, clause: usize) -> bool {
        let part = &self.clauses[clause];
        let Some(first) = self.sentence(part.sentence).first() else {
            return false;
        };
        let opener = &*self.tokens[first.words.start].word;
        ["if", "when", "for", "where"].contains(&opener)
            && self
                .named_in(first.words.start..part.words.end)
                .next()
                .is_none()
    }

    /// “two-way (WebSockets)”, “one-way, from the server: SSE”.
    pub(super) fn appended(&self, clause: usize) -> Option<usize> {
        let sentence = self.clauses[clause].sentence;
        let points = |part: &Clause| {
            let mut words = part.words.clone();
            words.any(|at| ["other", "former", "latter"].contains(&&*self.tokens[at].word))
        };
        let next = self.clauses[clause + 1..]
            .iter()
            .take_while(|next| next.sentence == sentence && !points(next))
            .find(|next| next.opening || self.mentioned(next).next().is_some())
            .filter(|next| next.opening)?;
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

    /// “one-way (server to client) for SSE”: the subject behind what stands in parentheses.
    fn trailing(&self, clause: usize) -> Option<usize> {
        let sentence = self.clauses[clause].sentence;
        let rest = &self.clauses[clause + usize::from(!self.clauses[clause].opening)..];
        let skipped = rest.iter().take_while(|part| part.opening).count();
        let next = rest
            .get(skipped)
            .filter(|next| skipped > 0 && next.sentence == sentence)?;
        let opens =
            ["for", "with", "in", "over", "using"].contains(&&*self.tokens[next.words.start].word);
        let named = self
            .mentioned(next)
            .next()
            .filter(|named| opens && !named.contrast)?;
        (named.words.end == next.words.end).then_some(named.subject)
    }

    /// What the clauses before are about.
    pub(super) fn carried(&self, clause: usize) -> Vec<usize> {
        let part = &self.clauses[clause];
        let mut against: Option<usize> = None;
        for earlier in self.clauses[..clause].iter().rev() {
            let named = || self.mentioned(earlier).filter(|mention| !mention.contrast);
            if let Some(first) = named().next() {
                let joined = named()
                    .map(|mention| self.coordinated(mention))
                    .find(|subjects| subjects.len() > 1 && subjects.contains(&first.subject));
                let carried = joined.unwrap_or_else(|| vec![first.subject]);
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
    pub(super) fn ahead(&self, clause: usize) -> Vec<usize> {
        let run = self.clauses[clause].run;
        self.clauses[clause..]
            .iter()
            .take_while(|later| later.run == run)
            .flat_map(|later| self.mentioned(later))
            .find(|mention| !mention.contrast)
            .map_or(Vec::new(), |mention| vec![mention.subject])
    }
}
