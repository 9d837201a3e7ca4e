//! A lesson's challenge: its checks, and the projects by which they are proved sound.
//!
//! An alternative is another right way, a mistake a wrong one; both lie over the solution.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagnostic::FileFaults;
use super::folders::LessonFolder;
use super::projects::{ProjectName, Projects};
use crate::project::Project;

/// A task whose solution is checked.
#[derive(Debug)]
pub(crate) struct Challenge {
    /// `checks.js`.
    pub(crate) checks: Arc<str>,
    /// Other projects that pass every check, by their names.
    pub(crate) alternatives: BTreeMap<String, Project>,
    /// Projects that fail one check, by their names.
    pub(crate) mistakes: BTreeMap<String, Mistake>,
}

/// A project with one mistake in it.
#[derive(Debug)]
pub(crate) struct Mistake {
    /// The id of the one check that must fail.
    pub(crate) check: String,
    pub(crate) project: Project,
}

/// The challenge of a lesson, if it has checks. `projects` are all but its starter and its solution.
pub(super) fn load(
    folder: &LessonFolder<'_>,
    projects: Projects,
    faults: &mut FileFaults,
) -> Option<Challenge> {
    let mut of_checks = FileFaults::of(format!("{}/checks.js", folder.path));
    if folder.checks.is_none() && !projects.is_empty() {
        let mend = "write the checks, or remove `alternatives/` and `mistakes/`";
        of_checks.add(1, "the file is missing", mend);
    }
    let checks = folder.checks.map(|bytes| of_checks.text(bytes));
    faults.found.append(&mut of_checks.found);
    let mut challenge = Challenge {
        checks: checks?.into(),
        alternatives: BTreeMap::new(),
        mistakes: BTreeMap::new(),
    };
    for (name, project) in projects {
        challenge.add(name, project);
    }
    Some(challenge)
}

impl Challenge {
    fn add(&mut self, name: ProjectName, project: Project) {
        match name {
            ProjectName::Alternative(name) => _ = self.alternatives.insert(name, project),
            ProjectName::Mistake(name) => {
                let check = name.split('.').next().unwrap_or(&name).to_owned();
                self.mistakes.insert(name, Mistake { check, project });
            }
            ProjectName::Starter | ProjectName::Solution => {}
        }
    }
}
