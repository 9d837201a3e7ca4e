//! What is kept about a learner, in numbers.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

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
    /// Projects of their own, deleted ones that can be brought back among them.
    pub(crate) projects: i64,
    /// How many snapshots of these they share.
    pub(crate) snapshots: i64,
}

/// What is kept of one lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct KeptLesson {
    /// Steps that were done.
    pub(crate) steps: i64,
    /// Answers to its questions.
    pub(crate) attempts: i64,
    /// Saved versions of the code.
    pub(crate) versions: i64,
}

impl Kept {
    /// Whether there is anything that a learner would miss: a step, an answer, saved code or a project.
    #[must_use]
    pub(crate) fn has_work(&self) -> bool {
        let mut lessons = self.lessons.values();
        self.projects > 0
            || lessons.any(|lesson| lesson.steps + lesson.attempts + lesson.versions > 0)
    }
}

/// How far a download of all that is kept has come; the default is its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeptPlace {
    /// The place of the list in the order of all lists.
    pub(in crate::store) list: usize,
    /// The last row of it that was given, in the order of the list.
    pub(in crate::store) after: (i64, i64),
}

/// Some rows of one list of what is kept: few enough to be held in memory for each who downloads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeptPiece {
    /// The list's name; the same one may come again with more.
    pub(crate) list: String,
    pub(crate) rows: Vec<Value>,
    /// Where the next piece begins.
    pub(crate) next: KeptPlace,
}

/// What can be live of a learner of whom nothing is kept any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forgotten {
    /// The ids of their sandboxes.
    pub(crate) sandboxes: Vec<String>,
    /// The ids of what they shared.
    pub(crate) snapshots: Vec<String>,
}
