//! What is kept about a learner, in numbers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::exercise::LessonSlug;

/// What is kept about a learner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Kept {
    /// When the learner was first here, in milliseconds since 1970.
    pub(crate) since_ms: i64,
    /// How many browsers are theirs.
    pub(crate) browsers: i64,
    /// When the recovery code was made, in milliseconds since 1970.
    pub(crate) code_ms: Option<i64>,
    /// What is kept of each lesson.
    pub(crate) lessons: BTreeMap<LessonSlug, KeptLesson>,
}

/// What is kept of one lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct KeptLesson {
    /// Answers to its questions.
    pub(crate) attempts: i64,
    /// Saved versions of the code.
    pub(crate) versions: i64,
}

impl Kept {
    /// Whether there is anything that a learner would miss: an answer or saved code.
    #[must_use]
    pub(crate) fn has_work(&self) -> bool {
        let mut lessons = self.lessons.values();
        lessons.any(|lesson| lesson.attempts + lesson.versions > 0)
    }
}
