//! A lesson's challenge: its checks, and the projects by which they are proved sound.
//!
//! An alternative is another right way, a mistake a wrong one; both are written as the files that
//! differ from the solution. An empty file `NAME.removed` takes `NAME` away.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagnostic::Faults;
use super::folders::{Files, LessonFolder};
use super::lesson::project;
use crate::project::{FileName, Project};

/// What marks a file that the solution has and this project has not.
const REMOVED: &str = ".removed";

/// A task whose solution is checked.
#[derive(Debug)]
pub struct Challenge {
    /// `checks.js`.
    pub checks: Arc<str>,
    /// Other projects that pass every check, by their folders' names.
    pub alternatives: BTreeMap<String, Project>,
    /// Projects that fail one check, by their folders' names.
    pub mistakes: BTreeMap<String, Mistake>,
}

/// A project with one mistake in it.
#[derive(Debug)]
pub struct Mistake {
    /// The id of the one check that must fail.
    pub check: String,
    /// The project.
    pub project: Project,
}

/// The challenge of a lesson, if it has checks.
pub(super) fn load(
    folder: &LessonFolder<'_>,
    solution: &Project,
    faults: &mut Faults,
) -> Option<Challenge> {
    let mut over = |part: &str, files: &Files<'_>| {
        let (removed, files): (Files<'_>, Files<'_>) =
            files.iter().partition(|(name, _)| name.ends_with(REMOVED));
        let mut changed = project(solution, &files, &folder.path, part, faults);
        for name in removed.keys() {
            let name = name.trim_end_matches(REMOVED);
            if FileName::try_from(name).is_ok_and(|name| changed.remove(&name)) {
                continue;
            }
            let mut of_file = Faults::of(format!("{}/{part}/{name}{REMOVED}", folder.path));
            let problem = format!("the solution has no file “{name}” to take away");
            of_file.add(
                1,
                problem,
                "remove this file, or write the other's name right",
            );
            faults.found.append(&mut of_file.found);
        }
        changed
    };
    let alternatives = folder
        .alternatives
        .iter()
        .map(|(name, files)| {
            (
                (*name).to_owned(),
                over(&format!("alternatives/{name}"), files),
            )
        })
        .collect();
    let mistakes = folder
        .mistakes
        .iter()
        .map(|(name, files)| {
            let check = name.split('.').next().unwrap_or(name).to_owned();
            let project = over(&format!("mistakes/{name}"), files);
            ((*name).to_owned(), Mistake { check, project })
        })
        .collect::<BTreeMap<_, _>>();
    let Some(checks) = folder.checks else {
        if !folder.alternatives.is_empty() || !folder.mistakes.is_empty() {
            let mut of_lesson = Faults::of(format!("{}/checks.js", folder.path));
            let mend = "write the checks, or remove `alternatives/` and `mistakes/`";
            of_lesson.add(1, "the file is missing", mend);
            faults.found.append(&mut of_lesson.found);
        }
        return None;
    };
    let mut of_checks = Faults::of(format!("{}/checks.js", folder.path));
    let checks = of_checks.text(checks).into();
    faults.found.append(&mut of_checks.found);
    Some(Challenge {
        checks,
        alternatives,
        mistakes,
    })
}
