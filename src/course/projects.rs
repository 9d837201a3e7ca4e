//! A lesson's projects: the starter lies over the base project, the solution over the starter, and each
//! alternative and each mistake over the solution.
//!
//! What lies over another project is an [`Overlay`]: a folder of whole files, or a difference. To add one
//! more kind of project to lessons, add it to [`ProjectName`] and say there what it lies over; keep it in the lesson
//! (`course/lesson.rs`, or `course/challenge.rs` where it belongs to the challenge); name it in the faults of
//! `course/folders.rs`; and say what `hxlab check --browser` expects of it
//! (`commands/check/soundness/test_case.rs`).

mod name;
mod overlay;

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::Diagnostic;
use super::folders::LessonFolder;
use crate::project::Project;
pub(crate) use name::ProjectName;
pub(super) use overlay::{Overlay, base};

/// The ending of a difference's file.
pub(super) const DIFF: &str = ".diff";
/// A lesson's projects, by name.
pub(crate) type Projects = BTreeMap<ProjectName, Project>;

/// The projects of a lesson, for whoever writes them: with the faults of each, and what they lie over.
#[derive(Debug)]
pub(crate) struct LessonProjects {
    /// The lesson's slug.
    pub(crate) slug: String,
    /// The lesson's folder in the course's.
    pub(crate) folder: String,
    /// All of them. One with faults is made of what fits.
    pub(crate) projects: Projects,
    base: Project,
    faults: BTreeMap<ProjectName, Vec<Diagnostic>>,
    /// Those that are written as differences.
    pub(super) differences: BTreeSet<ProjectName>,
    /// Those that are folders of whole files.
    folders: BTreeSet<ProjectName>,
    /// Those whose differences fit, only at other lines.
    moved: Vec<ProjectName>,
}

impl LessonProjects {
    /// The projects of the lesson in this folder, over the base project.
    pub(super) fn of(folder: &LessonFolder<'_>, base: &Project) -> Self {
        let mut lesson = Self {
            slug: folder.slug.to_owned(),
            folder: folder.path.clone(),
            projects: Projects::new(),
            base: base.clone(),
            faults: BTreeMap::new(),
            differences: BTreeSet::new(),
            folders: BTreeSet::new(),
            moved: Vec::new(),
        };
        let always = [ProjectName::Starter, ProjectName::Solution];
        let more = folder
            .overlays
            .keys()
            .filter(|name| !always.contains(name))
            .cloned();
        // What others lie over comes first.
        for name in always.iter().cloned().chain(more) {
            lesson.make(folder, name);
        }
        lesson
    }

    fn make(&mut self, folder: &LessonFolder<'_>, name: ProjectName) {
        let under = self.under(&name);
        let Some(overlay) = folder.overlays.get(&name) else {
            let project = under.clone();
            self.projects.insert(name, project);
            return;
        };
        let (project, faults, moved) = overlay.over(under, folder, &name);
        self.projects.insert(name.clone(), project);
        if moved {
            self.moved.push(name.clone());
        }
        if !overlay.files.is_empty() {
            self.folders.insert(name.clone());
        }
        if overlay.diff.is_some() {
            self.differences.insert(name.clone());
        }
        self.faults.insert(name, faults);
    }

    /// What this project lies over.
    pub(crate) fn under(&self, name: &ProjectName) -> &Project {
        let under = name.under().and_then(|under| self.projects.get(&under));
        under.unwrap_or(&self.base)
    }

    /// All faults.
    pub(crate) fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faults.values().flatten()
    }

    /// The faults of this project.
    pub(crate) fn faults_of(&self, name: &ProjectName) -> &[Diagnostic] {
        self.faults.get(name).map_or(&[], Vec::as_slice)
    }

    /// The faults of all that this project lies over.
    pub(crate) fn faults_below(&self, name: &ProjectName) -> Vec<Diagnostic> {
        let below = std::iter::successors(name.under(), ProjectName::under);
        below
            .flat_map(|name| self.faults_of(&name).to_vec())
            .collect()
    }

    /// Whether this project is a folder of whole files.
    pub(crate) fn is_folder(&self, name: &ProjectName) -> bool {
        self.folders.contains(name)
    }

    /// The first project whose difference has only moved.
    pub(crate) fn moved(&self) -> Option<&ProjectName> {
        self.moved.first()
    }

    /// The path in the course's folder of this project's difference.
    pub(crate) fn diff(&self, name: &ProjectName) -> String {
        format!("{}/{name}{DIFF}", self.folder)
    }
}
