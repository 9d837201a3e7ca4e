//! A lesson's projects: the starter lies over the base project, the solution over the starter, and each
//! alternative and each mistake over the solution.
//!
//! What lies over another project is an [`Overlay`]: a folder of whole files, or a difference. To add one
//! more kind of project to lessons, add it to [`ProjectName`], and say there what it lies over.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use super::diagnostic::{Diagnostic, FileFaults};
use super::difference::{self, Applied, PatchConflict};
use super::folders::{FolderFiles, Folders, LessonFolder};
use crate::project::{FileName, Project};

/// The ending of a difference's file.
pub(super) const DIFF: &str = ".diff";
/// What marks, in a folder, a file that the project below has and this one has not.
const REMOVED: &str = ".removed";

/// Which of a lesson's projects. Each comes after the one that it lies over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ProjectName {
    /// What the learner begins with.
    Starter,
    /// A project that passes the challenge.
    Solution,
    /// Another right way.
    Alternative(String),
    /// A project that fails one check.
    Mistake(String),
}

impl ProjectName {
    /// The project of the same lesson that it lies over; without one, it lies over the base project.
    pub(crate) fn under(&self) -> Option<Self> {
        match self {
            Self::Starter => None,
            Self::Solution => Some(Self::Starter),
            Self::Alternative(_) | Self::Mistake(_) => Some(Self::Solution),
        }
    }

    /// The words for what it lies over.
    pub(crate) fn under_words(&self) -> &'static str {
        match self.under() {
            None => "the base project",
            Some(Self::Starter) => "the starter",
            Some(_) => "the solution",
        }
    }
}

/// Its path in the lesson's folder.
impl fmt::Display for ProjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Starter => f.write_str("starter"),
            Self::Solution => f.write_str("solution"),
            Self::Alternative(name) => write!(f, "alternatives/{name}"),
            Self::Mistake(name) => write!(f, "mistakes/{name}"),
        }
    }
}

impl FromStr for ProjectName {
    type Err = &'static str;

    fn from_str(path: &str) -> Result<Self, Self::Err> {
        let sound = |name: &str| !name.is_empty() && !name.starts_with('.') && !name.contains('/');
        match path.split_once('/') {
            None if path == "starter" => Ok(Self::Starter),
            None if path == "solution" => Ok(Self::Solution),
            Some(("alternatives", name)) if sound(name) => Ok(Self::Alternative(name.to_owned())),
            Some(("mistakes", name)) if sound(name) => Ok(Self::Mistake(name.to_owned())),
            _ => Err("write starter, solution, alternatives/NAME or mistakes/CHECK"),
        }
    }
}

/// What is laid over a project to make another.
#[derive(Debug, Default)]
pub(crate) struct Overlay<'t> {
    /// `NAME/`: whole files; an empty file `FILE.removed` takes `FILE` away.
    pub(crate) files: FolderFiles<'t>,
    /// `NAME.diff`: a difference.
    pub(crate) diff: Option<&'t [u8]>,
}

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

/// The project that every starter lies over.
pub(super) fn base(folders: &Folders<'_>, faults: &mut FileFaults) -> Project {
    over_files(
        &Project::default(),
        &folders.base,
        "base",
        "an empty project",
        faults,
    )
}

impl Overlay<'_> {
    /// The project that it makes of `under`, what does not fit, and whether that has only moved. Where it
    /// does not fit, the project is made of what does.
    fn over(
        &self,
        under: &Project,
        folder: &LessonFolder<'_>,
        name: &ProjectName,
    ) -> (Project, Vec<Diagnostic>, bool) {
        let path = format!("{}/{name}", folder.path);
        let mut faults = FileFaults::of(format!("{path}{DIFF}"));
        let Some(diff) = self.diff else {
            let project = over_files(under, &self.files, &path, name.under_words(), &mut faults);
            return (project, faults.found, false);
        };
        if !self.files.is_empty() {
            let problem = format!("`{name}` is both a folder and a difference");
            faults.add(1, problem, "remove one of them");
        }
        let Some(text) = faults.utf8(diff) else {
            return (under.clone(), faults.found, false);
        };
        let Applied { project, conflicts } = difference::apply(text, under);
        let moved =
            faults.found.is_empty() && !conflicts.is_empty() && conflicts.iter().all(|m| m.moved);
        for PatchConflict { line, problem, .. } in conflicts {
            let problem = format!("over {}: {problem}", name.under_words());
            faults.add(line, problem, mend(folder.slug, name, moved));
        }
        (project, faults.found, moved)
    }
}

/// How to mend a difference that does not fit.
fn mend(slug: &str, name: &ProjectName, moved: bool) -> String {
    if moved {
        return "its lines have only moved: `hxlab diff --moved` writes it anew".to_owned();
    }
    format!(
        "put it right, or write it anew: `hxlab diff {slug} {name} DIR` writes the project into DIR, and \
         after your changes there the difference"
    )
}

/// `under` with the files of a folder over it; what a project cannot hold is a fault.
fn over_files(
    under: &Project,
    files: &FolderFiles<'_>,
    path: &str,
    under_words: &str,
    faults: &mut FileFaults,
) -> Project {
    let mut project = under.clone();
    for (name, bytes) in files {
        let mut of_file = FileFaults::of(format!("{path}/{name}"));
        if let Some(removed) = name.strip_suffix(REMOVED).filter(|_| bytes.is_empty()) {
            let gone = FileName::try_from(removed).is_ok_and(|name| project.remove(&name));
            if !gone {
                let problem = format!("{under_words} has no file “{removed}” to take away");
                of_file.add(
                    1,
                    problem,
                    "remove this file, or write the other's name right",
                );
            }
        } else if let Err(error) =
            FileName::try_from(*name).and_then(|name| project.insert_bytes(name, bytes))
        {
            let sentence = error.to_string();
            let (problem, mend) = sentence
                .rsplit_once(": ")
                .unwrap_or((&sentence, "remove it"));
            of_file.add(1, problem, mend);
        }
        faults.found.append(&mut of_file.found);
    }
    project
}
