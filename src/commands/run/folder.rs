//! The folder of a project, as somebody has it on a disk: the files below it that a project can hold, and what is
//! left out of them, with the reason.
//!
//! Only regular files are read, and no more of each than a project may have: a link could lead anywhere, a pipe or
//! a device never ends. Files in folders come after those beside the server: where there are too many, they are the
//! ones that are left out.

mod paths;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::fs::{Mode, OFlags};

use crate::commands::stop::Stop;
use crate::project::{
    Contents, DEPTH_LIMIT, FILE_LIMIT, FileName, Project, ProjectError, is_environment,
};

/// The folder that is served.
pub(super) struct ProjectFolder {
    path: PathBuf,
    /// The server's file, where the command line names one.
    server: Option<FileName>,
}

/// What was found.
#[derive(Clone)]
pub(super) struct ReadFolder {
    pub(super) project: Project,
    /// A sentence for each file that was left out and would be missed.
    pub(super) left_out: Vec<String>,
    /// The same for each file that was left out, by its path.
    pub(super) not_held: BTreeMap<String, String>,
}

/// What changes when a file does: its time, its length, and which file it is.
pub(super) type Fingerprint = BTreeMap<String, (Option<SystemTime>, u64, u64)>;

impl ProjectFolder {
    /// The folder of this name, or that of the file of this name.
    pub(super) fn of(path: &Path) -> Result<Self, Stop> {
        let there = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if there.is_dir() {
            return Ok(Self {
                path: path.to_owned(),
                server: None,
            });
        }
        if !is_code(path) {
            return Err(no_server(path));
        }
        let folder = folder_of(path);
        let name = path.strip_prefix(folder).unwrap_or(path);
        let server = FileName::try_from(&*name.to_string_lossy())?;
        let path = if folder == Path::new("") {
            PathBuf::from(".")
        } else {
            folder.to_owned()
        };
        Ok(Self {
            path,
            server: Some(server),
        })
    }

    /// All its files that a project can hold.
    pub(super) fn read(&self) -> Result<ReadFolder, Stop> {
        let unreadable = |error: io::Error| unreadable(&self.path, &error);
        let mut project = Project::default();
        let mut left_out = BTreeMap::new();
        let mut beyond = Beyond::default();
        let mut binaries = Vec::new();
        for path in paths::paths(&self.path).map_err(unreadable)? {
            if beyond.is_full() {
                beyond.paths.push(path);
                continue;
            }
            match self.file(&path) {
                Ok(Some((name, contents))) if contents.text().is_none() => {
                    binaries.push((name, contents));
                }
                Ok(Some((name, text))) => match project.insert(name, text) {
                    Err(error) if path.contains('/') => beyond.add(path, error),
                    added => added?,
                },
                Ok(None) => {}
                Err(why) => drop(left_out.insert(path, why)),
            }
        }
        // Code comes before pictures: a folder of photographs still runs.
        for (name, contents) in binaries {
            if let Err(error) = project.insert(name.clone(), contents) {
                left_out.insert(name.to_string(), format!("“{name}” is left out: {error}"));
            }
        }
        if let Some(server) = &self.server {
            name_server(server, &mut project, &mut left_out)?;
        }
        let missed = left_out.iter().filter(|(name, _)| is_named(&project, name));
        let missed = missed.map(|(_, why)| why.clone()).collect::<Vec<_>>();
        left_out.extend(beyond.each());
        Ok(ReadFolder {
            left_out: missed.into_iter().chain(beyond.sentence()).collect(),
            not_held: left_out,
            project,
        })
    }

    /// What is there now, to be compared with what was there before.
    pub(super) fn fingerprint(&self) -> io::Result<Fingerprint> {
        let paths = paths::paths(&self.path)?.into_iter();
        let found = paths.filter_map(|path| {
            let there = fs::symlink_metadata(self.path.join(&path)).ok()?;
            Some((path, (there.modified().ok(), there.len(), there.ino())))
        });
        Ok(found.collect())
    }

    /// A file; none when it has just gone, and a sentence where it cannot be a project's.
    fn file(&self, name: &str) -> Result<Option<(FileName, Contents)>, String> {
        let path = self.path.join(name);
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match rustix::fs::open(&path, flags, Mode::empty()) {
            Ok(file) => File::from(file),
            Err(rustix::io::Errno::NOENT) => return Ok(None),
            Err(rustix::io::Errno::LOOP) => return Err(no_file(name)),
            Err(error) => return Err(format!("“{name}” cannot be read: {error}")),
        };
        let read = |error: io::Error| format!("“{name}” cannot be read: {error}");
        if !file.metadata().map_err(read)?.is_file() {
            return Err(no_file(name));
        }
        let mut bytes = Vec::new();
        file.take(FILE_LIMIT as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(read)?;
        let name = FileName::try_from(name).map_err(|error| error.to_string())?;
        let contents = Contents::of_bytes(&name, &bytes);
        if contents.bytes().len() > FILE_LIMIT {
            let mend = match contents {
                Contents::Text(_) => "split it into smaller files",
                Contents::Bytes(_) => "use a smaller one",
            };
            return Err(format!(
                "“{name}” is larger than 256 KiB and is left out: {mend}"
            ));
        }
        if !contents.fits(&name) {
            return Err(format!(
                "“{name}” is no UTF-8 text and is left out: save it as UTF-8"
            ));
        }
        Ok(Some((name, contents)))
    }
}

/// How the name of a file ends that can be a server; those of `CommonJS` get the engine's own sentence.
const CODE: [&str; 8] = ["js", "ts", "tsx", "jsx", "mjs", "mts", "cjs", "cts"];

fn is_code(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| CODE.iter().any(|code| ending == *code))
}

fn no_server(path: &Path) -> Stop {
    Stop::new(format!(
        "{} is no server's file, which is in JavaScript or TypeScript: name the folder of the project, or its server \
         (server.js, server.ts, …)",
        super::shown(path)
    ))
}

/// The folder of the project that a file belongs to: the nearest one that has a `package.json`, and its own where none
/// has. A path is followed as far as it is written.
fn folder_of(file: &Path) -> &Path {
    let folders = || file.ancestors().skip(1).take(DEPTH_LIMIT);
    let has_package = |folder: &&Path| folder.join("package.json").is_file();
    let found = folders().find(has_package).or_else(|| folders().next());
    found.unwrap_or(Path::new(""))
}

/// Has the file that the command line names be the server's, which must be there.
fn name_server(
    server: &FileName,
    project: &mut Project,
    left_out: &mut BTreeMap<String, String>,
) -> Result<(), Stop> {
    if project.text(server.as_str()).is_none() {
        let why = left_out.remove(server.as_str());
        let why = why.unwrap_or_else(|| match project.get(server.as_str()) {
            Some(_) => format!("{server} is no text, so it is no server: name its file"),
            None => format!("there is no {server}"),
        });
        return Err(Stop::new(why));
    }
    project.serve_from(server.clone());
    Ok(())
}

/// The files in folders for which a project has no room.
#[derive(Default)]
struct Beyond {
    paths: Vec<String>,
    /// Why the first one was left out.
    why: Option<ProjectError>,
}

impl Beyond {
    fn add(&mut self, path: String, error: ProjectError) {
        self.paths.push(path);
        self.why.get_or_insert(error);
    }

    /// Whether there is room for none of the files that come after.
    fn is_full(&self) -> bool {
        self.why == Some(ProjectError::Files)
    }

    /// Each with its own sentence.
    fn each(&self) -> Vec<(String, String)> {
        let why = self.why.as_ref();
        let each = |path: &String| Some((path.clone(), format!("“{path}” is left out: {}", why?)));
        self.paths.iter().filter_map(each).collect()
    }

    fn sentence(self) -> Option<String> {
        let (first, why) = (self.paths.first()?, self.why?);
        Some(match self.paths.len() - 1 {
            0 => format!("“{first}” is left out: {why}"),
            more => format!("“{first}” and {more} more in folders are left out: {why}"),
        })
    }
}

fn no_file(name: &str) -> String {
    format!("“{name}” is a link, a pipe or a device and is left out: put the file itself there")
}

fn unreadable(path: &Path, error: &io::Error) -> Stop {
    Stop::new(format!(
        "cannot read the project in {}: {error}; name the folder that has server.js, or the server's file",
        super::shown(path)
    ))
}

/// Whether a file of the project names this one, so that it would be missed. Another one in the same folder need not
/// name the folder, and nothing needs to name `.env`.
fn is_named(project: &Project, path: &str) -> bool {
    if is_environment(path) {
        return true;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut texts = project.files().filter_map(|(_, contents)| contents.text());
    texts.any(|text| text.contains(name))
}

impl ReadFolder {
    /// Whether the project would do something else than this one.
    pub(super) fn differs_from(&self, other: &Self) -> bool {
        self.project != other.project
    }

    /// The names of the files that are not as they were.
    pub(super) fn changed_since(&self, other: &Self) -> Vec<String> {
        let differs = |project: &Project, name: &FileName, contents: &Contents| {
            project.get(name.as_str()) != Some(contents)
        };
        let mut names: Vec<String> = Vec::new();
        for (these, those) in [
            (&self.project, &other.project),
            (&other.project, &self.project),
        ] {
            let changed = these
                .files()
                .filter(|(name, contents)| differs(those, name, contents));
            names.extend(changed.map(|(name, _)| name.to_string()));
        }
        names.sort();
        names.dedup();
        names
    }
}
