//! Folders that the command line names: a course's, and a project's.

use std::fs::{self, DirEntry, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::stop::Stop;
use crate::assets;
use crate::course::{self, Course, Diagnostic, Tree};
use crate::project::{FileName, PACKAGES, Project};

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
    let mut add = |path: String, bytes: Vec<u8>| drop(tree.insert(path, bytes));
    read_below(folder, "", &mut add).map_err(|error| {
        let folder = folder.display();
        Stop::new(format!(
            "cannot read the lessons in {folder}: {error}; name the folder that has course.toml"
        ))
    })?;
    Ok(tree)
}

/// Reads all files below a folder, but hidden ones and installed packages, whose paths begin with `below`.
fn read_below(folder: &Path, below: &str, add: &mut impl FnMut(String, Vec<u8>)) -> io::Result<()> {
    for entry in visible(folder)? {
        let (name, entry) = entry?;
        let path = format!("{below}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read_below(&entry.path(), &format!("{path}/"), add)?;
        } else if kind.is_file() {
            add(path, read_some(&entry.path())?);
        } else {
            let fault = format!("{path} is neither a file nor a folder: put the file itself there");
            return Err(io::Error::other(fault));
        }
    }
    Ok(())
}

/// So much of a file is read: more than any file may hold, so that one that is longer is refused by its reader.
const MOST: u64 = 2 * 1024 * 1024;

fn read_some(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The project in a folder: all files below it, but hidden ones and installed packages.
pub(super) fn project(folder: &Path) -> Result<Project, Stop> {
    let unreadable = |error: io::Error| {
        let folder = folder.display();
        Stop::new(format!(
            "cannot read the project in {folder}: {error}; name the folder that has server.js"
        ))
    };
    let mut files = Vec::new();
    read_below(folder, "", &mut |path, bytes| files.push((path, bytes))).map_err(unreadable)?;
    let mut project = Project::default();
    for (path, bytes) in files {
        project.insert_bytes(FileName::try_from(path)?, &bytes)?;
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
    let is_hidden = |name: &str| name.starts_with('.') || name == PACKAGES;
    let shown = move |entry: &Named| !matches!(entry, Ok((name, _)) if is_hidden(name));
    Ok(fs::read_dir(folder)?.map(named).filter(shown))
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
