//! A question's version: what tells an answer that was given to this question from one to the question
//! that stood here before.

use std::collections::BTreeSet;
use std::fmt;

use sha2::{Digest, Sha256};

use super::lines::Fences;

/// How many bytes of the hash are kept. A question has a handful of versions, so half of 64 bits would do.
const BYTES: usize = 8;

/// A hash of what is asked and how its author has it judged, in 16 hexadecimal digits. Help, settings and the
/// marked answers change no verdict, and are not in it; nor is what the program knows, such as its English.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct QuestionVersion(Box<str>);

impl QuestionVersion {
    /// The version of a block without its settings, and of the lines that it borrows from the course's words.
    /// Of a line that begins an entry, `counts` says whether the entry is in the hash; it has nothing to say
    /// of other lines.
    pub(super) fn of(
        source: &str,
        counts: impl Fn(&str) -> Option<bool>,
        borrowed: &BTreeSet<String>,
    ) -> Self {
        let mut hash = Sha256::new();
        let mut prompt = true;
        let mut taken = true;
        let mut fences = Fences::default();
        for line in source.lines() {
            let in_fence = prompt && fences.holds(line);
            if let Some(now) = counts(line).filter(|_| !in_fence) {
                prompt = false;
                taken = now;
            }
            let line = line.trim_end();
            if taken && !line.is_empty() && (in_fence || !is_comment(line)) {
                hash.update(line);
                hash.update("\n");
            }
        }
        for line in borrowed {
            hash.update(line);
            hash.update("\n");
        }
        let digits = hash.finalize().into_iter().take(BYTES);
        let digits: Vec<String> = digits.map(|byte| format!("{byte:02x}")).collect();
        Self(digits.concat().into())
    }

    /// As the store keeps it.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for QuestionVersion {
    /// One that was kept.
    fn from(digits: String) -> Self {
        Self(digits.into())
    }
}

impl fmt::Display for QuestionVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A line of Markdown that shows nothing.
fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("<!--") && line.ends_with("-->")
}

#[cfg(test)]
#[path = "version_tests.rs"]
mod tests;
