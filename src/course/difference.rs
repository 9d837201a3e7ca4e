//! Differences: what one project changes in another, as a unified diff that `git apply` and `patch` read
//! as well.
//!
//! Entry points: [`apply`] and [`between()`]. Stages of `apply`: the text is cut into its files, with the
//! lines on which their hunks begin ([`sections`]) → each file is parsed by diffy ([`change`]), and laid over
//! the original exactly ([`patched`]): every line must stand where the difference says. What does not is a
//! [`PatchConflict`].

mod between;
mod change;
mod patched;
mod sections;

use crate::project::Project;
pub(crate) use between::{between, not_in_it};
use change::Sides;

/// A place at which a difference does not fit what it lies over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatchConflict {
    /// The difference's own line, from 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) problem: String,
    /// Whether all that the file's hunks expect is there, only at other lines.
    pub(crate) moved: bool,
}

impl PatchConflict {
    fn new(line: usize, problem: impl Into<String>) -> Self {
        Self {
            line,
            problem: problem.into(),
            moved: false,
        }
    }
}

/// What a difference makes of a project.
#[derive(Debug)]
pub(crate) struct Applied {
    /// The changed project. A file that has conflicts is as it was, or has all of its changes where its
    /// lines have only moved.
    pub(crate) project: Project,
    /// Every place that does not fit, in the order of the difference; the first one of each file.
    pub(crate) conflicts: Vec<PatchConflict>,
}

/// Lays the difference `text` over the project `under`.
pub(crate) fn apply(text: &str, under: &Project) -> Applied {
    let (sections, mut conflicts) = sections::cut(text);
    if sections.is_empty() && conflicts.is_empty() {
        let problem = "there is no change in it, such as a line “--- a/index.html”";
        conflicts.push(PatchConflict::new(1, problem));
    }
    let mut project = under.clone();
    let sides = Sides::of(&sections);
    let whole = sections.iter().filter(|section| !section.broken);
    let (first, then): (Vec<_>, Vec<_>) = whole.partition(|section| section.takes_away());
    for section in first.into_iter().chain(then) {
        if let Err(conflict) = section.change(&sides, &mut project) {
            conflicts.push(conflict);
        }
    }
    conflicts.sort_by_key(|conflict| conflict.line);
    Applied { project, conflicts }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
