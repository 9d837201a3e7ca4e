//! Folders that the command line names: a course's, and a project's.

use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use super::stop::Stop;
use crate::assets;
use crate::course::{self, Course, Diagnostic, Tree};
use crate::project::{FileName, Project};

/// The course in a folder, or the packed one; all its faults when it has any.
pub(super) fn course(folder: Option<&Path>) -> Result<Course, Stop> {
    let tree = match folder {
        Some(folder) => tree(folder)?,
        None => assets::course_tree(),
    };
    course::load(&tree).map_err(|faults| Stop::course(&placed(faults, folder)))
}

/// Faults whose paths lead from the working folder to the file.
pub(super) fn placed(faults: Vec<Diagnostic>, folder: Option<&Path>) -> Vec<Diagnostic> {
    let from_here = |fault: Diagnostic| match folder {
        Some(folder) => Diagnostic {
            path: folder.join(&fault.path).display().to_string(),
            ..fault
        },
        None => fault,
    };
    faults.into_iter().map(from_here).collect()
}

/// All files below a course's folder, but hidden ones.
pub(super) fn tree(folder: &Path) -> Result<Tree, Stop> {
    let mut tree = Tree::new();
    add_below(&mut tree, folder, "").map_err(|error| {
        let folder = folder.display();
        Stop::new(format!(
            "cannot read the lessons in {folder}: {error}; name the folder that has course.toml"
        ))
    })?;
    Ok(tree)
}

fn add_below(tree: &mut Tree, folder: &Path, below: &str) -> io::Result<()> {
    for entry in visible(folder)? {
        let (name, entry) = entry?;
        let path = format!("{below}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            add_below(tree, &entry.path(), &format!("{path}/"))?;
        } else if kind.is_file() {
            tree.insert(path, fs::read(entry.path())?);
        } else {
            let fault = format!("{path} is neither a file nor a folder: put the file itself there");
            return Err(io::Error::other(fault));
        }
    }
    Ok(())
}

/// The project in a folder: its files, but hidden ones; folders in it are left out.
pub(super) fn project(folder: &Path) -> Result<Project, Stop> {
    let unreadable = |error: io::Error| {
        let folder = folder.display();
        Stop::new(format!(
            "cannot read the project in {folder}: {error}; name the folder that has server.js"
        ))
    };
    let mut project = Project::default();
    for entry in visible(folder).map_err(unreadable)? {
        let (name, entry) = entry.map_err(unreadable)?;
        if entry.path().is_dir() {
            tracing::warn!(folder = name, "left out a folder: a project has none");
            continue;
        }
        let bytes = fs::read(entry.path()).map_err(unreadable)?;
        project.insert_bytes(FileName::try_from(name)?, &bytes)?;
    }
    Ok(project)
}

type Named = io::Result<(String, DirEntry)>;

fn visible(folder: &Path) -> io::Result<impl Iterator<Item = Named>> {
    let named = |entry: io::Result<DirEntry>| {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| {
            let name = name.display();
            io::Error::other(format!("the name {name} is not UTF-8: rename it"))
        })?;
        Ok((name, entry))
    };
    let shown = |entry: &Named| !matches!(entry, Ok((name, _)) if name.starts_with('.'));
    Ok(fs::read_dir(folder)?.map(named).filter(shown))
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
