//! The playground: a learner's own projects, and the snapshots of them that are shared.
//!
//! The drafts of a project are kept as those of an exercise are ([`ExerciseId::of_project`]). A snapshot holds the files
//! of one moment and never changes; whoever has its id sees it, until its learner takes it back.
//!
//! [`ExerciseId::of_project`]: crate::exercise::ExerciseId::of_project

use serde::Serialize;

use super::LearnerId;
use crate::exercise::ProjectId;
use crate::project::Project;

/// The most projects of one learner, those that they have deleted a moment ago among them.
pub(crate) const PROJECTS_MOST: u32 = 100;
/// The most snapshots of one learner.
pub(crate) const SNAPSHOTS_MOST: u32 = 200;
/// For so long a deleted project can be brought back, in milliseconds.
pub(super) const DELETED_LASTS: i64 = 24 * 60 * 60 * 1000;

/// The longest name of a project, in characters.
const NAME_LIMIT: usize = 80;

/// A project that is to be kept.
#[derive(Clone, Debug)]
pub(crate) struct NewProject {
    pub(crate) name: String,
    /// The major version of htmx that its pages use.
    pub(crate) htmx: u32,
    pub(crate) files: Project,
}

/// A learner's own project, without its files, which are its draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OwnProject {
    pub(crate) id: ProjectId,
    pub(crate) name: String,
    pub(crate) htmx: u32,
    /// When it was saved last, in milliseconds since 1970.
    pub(crate) saved_ms: i64,
    /// Whether it was deleted and can still be brought back.
    pub(crate) is_deleted: bool,
    /// How many snapshots of it are shared.
    pub(crate) snapshots: i64,
}

/// That something was shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Shared {
    /// The snapshot's id.
    pub(crate) id: String,
    /// In milliseconds since 1970.
    pub(crate) shared_ms: i64,
}

/// A shared snapshot with its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) id: String,
    /// Who shares it.
    pub(crate) learner: LearnerId,
    /// Of which project it was made.
    pub(crate) project: ProjectId,
    pub(crate) name: String,
    pub(crate) htmx: u32,
    pub(crate) shared_ms: i64,
    pub(crate) files: Project,
}

/// A learner has as many as they may have; nothing was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TooMany {
    #[error(
        "You have {PROJECTS_MOST} projects, as many as one learner may have: delete one for good first. A deleted project \
         counts for a day, as long as it can be brought back."
    )]
    Projects,
    #[error(
        "You share {SNAPSHOTS_MOST} snapshots, as many as one learner may share: stop sharing one first."
    )]
    Snapshots,
}

/// The name that a project gets from what somebody typed: on one line, without space around it, and not too long. What
/// cannot be seen is left out, but for the joiners that scripts and emoji need: it could turn the text beside it around.
#[must_use]
pub(crate) fn project_name(typed: &str) -> String {
    let words: Vec<&str> = typed
        .split(|character: char| character.is_whitespace() || character.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let words = words.join(" ");
    let seen = words.chars().filter(|character| !is_unseen(*character));
    let name: String = seen.take(NAME_LIMIT).collect();
    match name.trim() {
        name if name.chars().all(is_joiner) => "Untitled".to_owned(),
        name => name.to_owned(),
    }
}

/// Marks of a direction, and signs without a width.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
    ) || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_short_line() {
        for (typed, name) in [
            ("  My\n chat\u{0} ", "My chat"),
            ("", "Untitled"),
            (" \t ", "Untitled"),
            ("\u{200b}", "Untitled"),
            ("\u{200d}", "Untitled"),
            ("My \u{202e}chat", "My chat"),
        ] {
            assert_eq!(project_name(typed), name, "{typed:?}");
        }
        assert_eq!(project_name(&"ä".repeat(200)).chars().count(), NAME_LIMIT);
    }
}
