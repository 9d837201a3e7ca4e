//! Ids inside a lesson's page, each once.

use std::collections::HashSet;

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
pub(super) struct Ids(HashSet<String>);

impl Default for Ids {
    fn default() -> Self {
        Self(TAKEN.map(str::to_owned).into())
    }
}

impl Ids {
    /// An id that has not been given yet, made of the words of `text`.
    pub(super) fn give(&mut self, text: &str) -> String {
        let words = slug(text);
        let mut id = words.clone();
        let mut count = 1;
        while !self.0.insert(id.clone()) {
            count += 1;
            id = format!("{words}-{count}");
        }
        id
    }

    /// The next of `name-1`, `name-2`, …
    pub(super) fn count(&mut self, name: &str) -> String {
        let mut count = 1;
        while self.0.contains(&format!("{name}-{count}")) {
            count += 1;
        }
        self.give(&format!("{name}-{count}"))
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
