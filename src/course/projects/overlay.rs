//! What is laid over a project to make another.

use super::{DIFF, ProjectName};
use crate::course::diagnostic::{Diagnostic, FileFaults};
use crate::course::difference::{self, Applied, PatchConflict};
use crate::course::folders::{FolderFiles, Folders, LessonFolder};
use crate::project::{FileName, Project};

/// What marks, in a folder, a file that the project below has and this one has not.
const REMOVED: &str = ".removed";

/// What is laid over a project to make another.
#[derive(Debug, Default)]
pub(crate) struct Overlay<'t> {
    /// `NAME/`: whole files; an empty file `FILE.removed` takes `FILE` away.
    pub(crate) files: FolderFiles<'t>,
    /// `NAME.diff`: a difference.
    pub(crate) diff: Option<&'t [u8]>,
}

/// The project that every starter lies over.
pub(in crate::course) fn base(folders: &Folders<'_>, faults: &mut FileFaults) -> Project {
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
    pub(super) fn over(
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
    let removes = |name: &str, bytes: &[u8]| name.ends_with(REMOVED) && bytes.is_empty();
    // What is taken away makes room: for a folder of the same name, or for one more file.
    let (first, then): (Vec<_>, Vec<_>) =
        files.iter().partition(|(name, bytes)| removes(name, bytes));
    for (name, bytes) in first.into_iter().chain(then) {
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
