//! Ids inside a lesson's page, each once.

use std::collections::{HashMap, HashSet};

/// Ids that the page around a lesson uses; a heading of that name gets `…-2`.
const TAKEN: [&str; 14] = [
    "code",
    "console",
    "content",
    "contents",
    "editor",
    "files",
    "lesson",
    "main",
    "preview",
    "questions",
    "read",
    "search",
    "top",
    "wire",
];

/// The ids given so far.
#[derive(Debug)]
pub(super) struct Ids {
    given: HashSet<String>,
    /// The last number after words that came more than once, so that many equal headings are no long search.
    counts: HashMap<String, usize>,
}

impl Default for Ids {
    fn default() -> Self {
        Self {
            given: TAKEN.map(str::to_owned).into(),
            counts: HashMap::new(),
        }
    }
}

impl Ids {
    /// An id that has not been given yet, made of the words of `text`.
    pub(super) fn give(&mut self, text: &str) -> String {
        let words = slug(text);
        if self.given.insert(words.clone()) {
            return words;
        }
        let count = self.counts.entry(words.clone()).or_insert(1);
        loop {
            *count += 1;
            let id = format!("{words}-{count}");
            if self.given.insert(id.clone()) {
                return id;
            }
        }
    }

    /// The next of `name-1`, `name-2`, …
    pub(super) fn count(&mut self, name: &str) -> String {
        let count = self.counts.entry(format!("{name}-")).or_insert(0);
        loop {
            *count += 1;
            let id = format!("{name}-{count}");
            if self.given.insert(id.clone()) {
                return id;
            }
        }
    }
}

fn slug(text: &str) -> String {
    let lower = text.to_lowercase().replace(['\'', '’'], "");
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug
    }
}
