//! Search over all lessons' text.
//!
//! The index keeps every section's words, normalised, with their places in the text. A course has
//! some tens of thousands of words: few enough for a search to read them all.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Heading, Lesson};
use crate::escape::escaped;

/// A lesson in which all words were found.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Hit {
    pub(crate) lesson: Arc<Lesson>,
    /// The heading above the best place; none above the first heading.
    pub(crate) heading: Option<Heading>,
    /// Some words around that place, as HTML in which `<mark>` surrounds what was found.
    pub(crate) snippet: String,
}

/// The words of a course.
#[derive(Debug, Default)]
pub(super) struct Index(Vec<IndexedLesson>);

#[derive(Debug)]
struct IndexedLesson {
    lesson: Arc<Lesson>,
    title: Vec<Word>,
    summary: Vec<Word>,
    sections: Vec<IndexedSection>,
}

#[derive(Debug)]
struct IndexedSection {
    heading: Option<Heading>,
    heading_words: Vec<Word>,
    text: String,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    plain: String,
    place: Range<usize>,
}

/// What a word is worth in a lesson's title, a heading, the summary, and the text.
const TITLE: u32 = 40;
const HEADING: u32 = 15;
const SUMMARY: u32 = 8;
const TEXT: u32 = 2;
/// How often a word in the text counts at most.
const OFTEN: usize = 4;
/// What two words are worth that follow each other as they were asked for.
const FOLLOWING: u32 = 12;
/// How many characters a snippet shows before and after the first word found.
const BEFORE: usize = 60;
const AFTER: usize = 160;
/// The most words of a query that are looked at.
const QUERY: usize = 12;

impl Index {
    /// The index of some lessons.
    pub(super) fn of<'l>(lessons: impl Iterator<Item = &'l Arc<Lesson>>) -> Self {
        Self(lessons.map(IndexedLesson::of).collect())
    }

    /// See [`super::Course::search`].
    pub(super) fn search(&self, words: &str) -> Vec<Hit> {
        let mut query: Vec<String> = self::words(words).into_iter().map(|w| w.plain).collect();
        query.truncate(QUERY);
        if query.is_empty() {
            return Vec::new();
        }
        let hits = self.0.iter().filter_map(|entry| entry.hit(&query));
        let mut hits: Vec<(u32, Hit)> = hits.collect();
        hits.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        hits.into_iter().map(|(_, hit)| hit).collect()
    }
}

impl IndexedLesson {
    fn of(lesson: &Arc<Lesson>) -> Self {
        let sections = lesson.sections.iter().map(|section| {
            let text = section
                .text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            IndexedSection {
                heading_words: words(section.heading.as_ref().map_or("", |h| &h.text)),
                heading: section.heading.clone(),
                words: words(&text),
                text,
            }
        });
        Self {
            lesson: lesson.clone(),
            title: words(&lesson.title),
            summary: words(&lesson.summary),
            sections: sections.collect(),
        }
    }

    fn hit(&self, query: &[String]) -> Option<(u32, Hit)> {
        let everywhere = |asked: &QueryWord| {
            let parts = self
                .sections
                .iter()
                .flat_map(|s| [&s.heading_words, &s.words]);
            parts
                .chain([&self.title, &self.summary])
                .any(|words| count(words, asked) > 0)
        };
        if !asked(query).all(|asked| everywhere(&asked)) {
            return None;
        }
        let about = worth(&self.title, query, TITLE) + worth(&self.summary, query, SUMMARY);
        let scored = self
            .sections
            .iter()
            .map(|section| (section.score(query), section));
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let score = best.map_or(0, |(score, _)| score);
        // A lesson whose title is what was asked for is found as a whole.
        let is_titled = asked(query).all(|asked| count(&self.title, &asked) > 0);
        let (snippet, heading) = match best {
            Some((1.., section)) if !is_titled => (section.snippet(query), section.heading.clone()),
            _ => (marked(&self.lesson.summary, &self.summary, query), None),
        };
        Some((
            about + score,
            Hit {
                lesson: self.lesson.clone(),
                heading,
                snippet,
            },
        ))
    }
}

impl IndexedSection {
    fn score(&self, query: &[String]) -> u32 {
        worth(&self.heading_words, query, HEADING) + worth(&self.words, query, TEXT)
    }

    fn snippet(&self, query: &[String]) -> String {
        let first = self
            .words
            .iter()
            .find(|word| asked(query).any(|asked| asked.is(word)));
        let at = first.map_or(0, |word| word.place.start);
        let start = back(&self.text, at, BEFORE);
        let end = on(&self.text, at, AFTER);
        let inside = |word: &&Word| word.place.start >= start && word.place.end <= end;
        let words = self.words.iter().filter(inside).map(|word| Word {
            plain: word.plain.clone(),
            place: word.place.start - start..word.place.end - start,
        });
        let html = marked(&self.text[start..end], &words.collect::<Vec<_>>(), query);
        let before = if start > 0 { "… " } else { "" };
        let after = if end < self.text.len() { " …" } else { "" };
        format!("{before}{}{after}", html.trim())
    }
}

/// A word of the query; the last one may be the start of a longer one.
struct QueryWord<'q> {
    plain: &'q str,
    start: bool,
}

impl QueryWord<'_> {
    fn is(&self, word: &Word) -> bool {
        word.plain == self.plain || self.start && word.plain.starts_with(self.plain)
    }
}

fn asked(query: &[String]) -> impl Iterator<Item = QueryWord<'_>> {
    let last = query.len().saturating_sub(1);
    query.iter().enumerate().map(move |(at, plain)| QueryWord {
        plain,
        start: at == last,
    })
}

fn count(words: &[Word], asked: &QueryWord) -> usize {
    words.iter().filter(|word| asked.is(word)).count()
}

fn worth(words: &[Word], query: &[String], each: u32) -> u32 {
    let often =
        |asked: QueryWord| u32::try_from(count(words, &asked).min(OFTEN)).unwrap_or(0) * each;
    let single: u32 = asked(query).map(often).sum();
    let pairs: Vec<(QueryWord, QueryWord)> = asked(query).zip(asked(query).skip(1)).collect();
    let follow = |pair: &&(QueryWord, QueryWord)| {
        words
            .windows(2)
            .any(|two| pair.0.is(&two[0]) && pair.1.is(&two[1]))
    };
    let following = u32::try_from(pairs.iter().filter(follow).count()).unwrap_or(0);
    single + following * FOLLOWING
}

/// The text as HTML, with marks around the words that were asked for.
fn marked(text: &str, words: &[Word], query: &[String]) -> String {
    let mut html = String::new();
    let mut done = 0;
    for word in words
        .iter()
        .filter(|word| asked(query).any(|asked| asked.is(word)))
    {
        html += &escaped(&text[done..word.place.start]);
        html += "<mark>";
        html += &escaped(&text[word.place.clone()]);
        html += "</mark>";
        done = word.place.end;
    }
    html + &escaped(&text[done..])
}

/// The start of a word at most `chars` characters before `at`.
fn back(text: &str, at: usize, chars: usize) -> usize {
    let before = &text[..at];
    match before.char_indices().rev().nth(chars) {
        Some((start, _)) => before[start..]
            .find(' ')
            .map_or(at, |space| start + space + 1),
        None => 0,
    }
}

/// The end of a word at most `chars` characters after `at`.
fn on(text: &str, at: usize, chars: usize) -> usize {
    let after = &text[at..];
    match after.char_indices().nth(chars) {
        Some((end, _)) => at + after[..end].rfind(' ').unwrap_or(end),
        None => text.len(),
    }
}

/// The words of a text: letters and digits, without case and accents.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, sign.is_alphanumeric() || is_combining_mark(sign)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(Word {
                    plain: plain(&text[from..at]),
                    place: from..at,
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn plain(word: &str) -> String {
    word.nfkd()
        .filter(|&sign| !is_combining_mark(sign))
        .flat_map(char::to_lowercase)
        .collect()
}
