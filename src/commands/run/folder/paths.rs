//! Which files lie below the folder of a project. Links are not followed.

use std::fs;
use std::io;
use std::os::unix::fs::{DirEntryExt as _, MetadataExt as _};
use std::path::Path;

use crate::project::{DEPTH_LIMIT, PACKAGES, is_environment};

/// The most entries that are looked at, in all folders.
const ENTRIES: usize = 10_000;

/// The paths in a folder of what is no folder, not hidden, no package, and not where our own lines go; those
/// in fewer folders first. `.env` is among them, since somebody waits for what it says.
pub(super) fn paths(root: &Path) -> io::Result<Vec<String>> {
    let ours = own_output(fs::metadata(root)?.dev());
    let mut paths = Vec::new();
    let mut folders = vec![String::new()];
    let mut left = ENTRIES;
    for _ in 0..DEPTH_LIMIT {
        let mut below = Vec::new();
        for folder in folders {
            for entry in entries(&root.join(&folder), folder.is_empty(), &mut left)? {
                let path = format!("{folder}{}", entry.name);
                if entry.is_folder {
                    below.push(format!("{path}/"));
                } else if !ours.contains(&entry.inode) {
                    paths.push(path);
                }
            }
        }
        folders = below;
    }
    Ok(paths)
}

/// What lies in a folder, without what no project holds.
struct Entry {
    name: String,
    is_folder: bool,
    inode: u64,
}

/// At most `left` entries of a folder, in the order of their names. One that is not `needed` may have gone, or belong
/// to somebody else.
fn entries(folder: &Path, needed: bool, left: &mut usize) -> io::Result<Vec<Entry>> {
    let found = match fs::read_dir(folder) {
        Err(_) if !needed => return Ok(Vec::new()),
        found => found?,
    };
    let mut entries = Vec::new();
    for entry in found.take(*left) {
        let entry = entry?;
        *left -= 1;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_missed = needed && is_environment(&name) && !entry.file_type()?.is_dir();
        if is_missed || !name.starts_with('.') && name != PACKAGES {
            entries.push(Entry {
                name,
                is_folder: entry.file_type()?.is_dir(),
                inode: entry.ino(),
            });
        }
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// The files of a device that standard output and standard error lead to: each line would be a change of the project.
fn own_output(device: u64) -> Vec<u64> {
    let stats = [
        rustix::fs::fstat(io::stdout()),
        rustix::fs::fstat(io::stderr()),
    ];
    let here = stats.into_iter().flatten().filter(|it| it.st_dev == device);
    here.map(|it| it.st_ino).collect()
}
