//! Whether an answer says anything at all: a row of words without a verb states nothing.

use super::super::clauses::Clause;
use super::super::english;
use super::super::spelling::Vocabulary;
use super::ParsedAnswer;

impl ParsedAnswer<'_> {
    /// Whether any sentence of it states something, rather than list words.
    pub(crate) fn says(&self) -> bool {
        self.predicated.contains(&true)
    }

    /// “Is it …?”, “Why does it …”: what is asked is not claimed.
    pub(super) fn is_asked(&self, clause: usize) -> bool {
        let sentence = self.clauses[clause].sentence;
        let parts = self.sentence(sentence);
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return false;
        };
        let word = |at: usize| self.tokens.get(at).map_or("", |token| &*token.word);
        let (start, end) = (first.words.start, last.words.end);
        let opens = english::is_auxiliary(word(start)) || english::is_asking(word(start));
        let whole = english::is_asking(word(start)) && english::is_auxiliary(word(start + 1));
        opens && word(end) == "?" || whole && word(start) != "which"
    }

    /// “Some people think …”: what others say is not claimed.
    pub(super) fn is_hearsay(&self, clause: usize) -> bool {
        let whose = [
            "people", "some", "many", "others", "everyone", "might", "could", "may", "one",
        ];
        let thinks = [
            "think",
            "thinks",
            "believe",
            "say",
            "says",
            "assume",
            "statement",
        ];
        let mut words = self.clauses[clause].words.clone();
        words.any(|at| {
            let before = &self.tokens[at.saturating_sub(2)..at];
            thinks.contains(&&*self.tokens[at].word)
                && !before.iter().any(|token| token.is("i"))
                && before.iter().any(|token| whose.contains(&&*token.word))
        })
    }

    /// For each sentence, whether it says anything or is a mere list of words. `starts` has for each token
    /// whether a wording that was found begins there.
    pub(super) fn claiming(&self, starts: &[bool]) -> Vec<bool> {
        let statements = |(sentence, predicated): (usize, &bool)| {
            *predicated || self.is_telegram(self.sentence(sentence), starts)
        };
        self.predicated.iter().enumerate().map(statements).collect()
    }

    pub(super) fn sentence(&self, sentence: usize) -> &[Clause] {
        let first = self
            .clauses
            .partition_point(|clause| clause.sentence < sentence);
        let over = self
            .clauses
            .partition_point(|clause| clause.sentence <= sentence);
        &self.clauses[first..over]
    }

    /// Whether a sentence has a verb, or a word that ties others together.
    pub(super) fn is_predicated(&self, sentence: usize) -> bool {
        let parts = self.sentence(sentence);
        let words_of = |part: &Clause| self.tokens[part.words.clone()].iter();
        let brief = parts.iter().filter(|part| part.words.len() <= 2).count();
        let verbal = parts
            .iter()
            .any(|part| words_of(part).any(|token| self.vocabulary.is_verb(token)));
        let is_list =
            parts.len() >= 3 && (brief == parts.len() || (brief + 1 >= parts.len() && !verbal));
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
        let told = words()
            .zip(words().skip(1))
            .any(|(first, next)| first.is_content() && english::is_predicate(&next.word));
        let small = words().any(Vocabulary::is_small);
        let brief = words().count() <= 4;
        let acts =
            || words().any(|token| self.vocabulary.is_verb(token) && !token.word.ends_with("ed"));
        ties || actor || told || (verb && small) || (brief && acts())
    }

    /// “WebSocket: two-way, SSE: one-way”, “two-way (WebSocket), …”: each thing that is said stands
    /// behind its subject, or before it where that is appended.
    pub(super) fn is_telegram(&self, parts: &[Clause], starts: &[bool]) -> bool {
        let (mut named, mut waits) = (0, false);
        for (index, part) in parts.iter().enumerate() {
            let subjects = self.mentioned(part).count();
            let says = starts[part.words.clone()].contains(&true);
            let mut later = parts[index + 1..].iter();
            let appended = later
                .find(|next| next.opening || self.mentioned(next).next().is_some())
                .is_some_and(|next| next.opening && self.mentioned(next).count() == 1);
            let alone = subjects == 0 && (named == 0 && !appended || waits && !part.opening);
            if subjects > 1 || (subjects == 1 && waits) || (says && alone) {
                return false;
            }
            named += subjects;
            waits = !says && (waits || (subjects == 1 && !part.opening));
        }
        named > 0 && !waits
    }
}
