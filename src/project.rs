//! A [`Project`]: the small set of named files that a learner edits and a Run serves.
//!
//! Every way into a project goes through [`Project::insert`], so that a `Project` in hand always
//! keeps the limits below.

// The fuzz targets read this file from another folder, so the paths are written out.
#[path = "project/contents.rs"]
mod contents;
#[path = "project/file_name.rs"]
mod file_name;
#[path = "project/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use contents::Contents;
pub(crate) use contents::JsonContents;
pub use file_name::FileName;
pub(crate) use file_name::{DEPTH_LIMIT, PACKAGES, is_environment};
pub(crate) use server::SERVERS;

/// The largest file, in bytes.
pub(crate) const FILE_LIMIT: usize = 256 * 1024;
/// The largest project, in bytes over all its files.
pub(crate) const PROJECT_LIMIT: usize = 1024 * 1024;
/// The most files in one project.
pub(crate) const FILES_LIMIT: usize = 64;

/// Why a file was refused. Each sentence says what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProjectError {
    /// The name, or a part of it, is empty, too long, hidden, or has a character outside the allowed ones.
    #[error(
        "“{0}” cannot be a file name here: use letters, digits, “.”, “_” or “-”, and “/” after a folder; no part \
         may be empty, start with a dot or have more than 64 characters, and 8 parts or 128 characters are the most"
    )]
    Name(String),
    /// The name is one from which Bun takes variables of the environment.
    #[error(
        "“{0}” is not read here: set its variables in the server's code, such as process.env.KEY ??= \"value\", to \
         values that may be seen"
    )]
    Environment(String),
    /// The name leads into a folder that is not the project's.
    #[error(
        "“{0}” cannot be a file name here: choose another folder than “hxlab” and “node_modules”, which are not the \
         project's own"
    )]
    Reserved(String),
    /// The first name is a folder of the second one.
    #[error("“{0}” cannot be beside “{1}”, which makes it a folder: rename one of them")]
    Folder(FileName, FileName),
    /// The text is larger than [`FILE_LIMIT`].
    #[error("“{0}” is larger than 256 KiB: split it into smaller files")]
    FileSize(FileName),
    /// The bytes are more than [`FILE_LIMIT`].
    #[error("“{0}” is larger than 256 KiB: choose a smaller one")]
    BytesSize(FileName),
    /// The files together are larger than [`PROJECT_LIMIT`].
    #[error("the project is larger than 1 MiB: remove or shorten a file")]
    ProjectSize,
    /// There are more than [`FILES_LIMIT`] files.
    #[error("a project holds at most 64 files: remove one first")]
    Files,
    /// The bytes are not UTF-8, under a name that stands for text.
    #[error("“{0}” is not UTF-8 text: save it as UTF-8, or leave it out")]
    Encoding(FileName),
    /// The base64 of its bytes cannot be read.
    #[error("“{0}” did not arrive whole: add the file once more")]
    Base64(FileName),
}

/// A set of files, by name, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Project {
    files: BTreeMap<FileName, Contents>,
    /// The server's file, where somebody named it.
    #[serde(skip)]
    server: Option<FileName>,
}

impl Project {
    /// Builds a project from names and texts; the first file that breaks a limit is the error.
    pub fn from_texts<N, T>(files: impl IntoIterator<Item = (N, T)>) -> Result<Self, ProjectError>
    where
        N: AsRef<str>,
        T: Into<Arc<str>>,
    {
        let mut project = Self::default();
        for (name, text) in files {
            project.insert(
                FileName::try_from(name.as_ref())?,
                Contents::Text(text.into()),
            )?;
        }
        Ok(project)
    }

    /// Adds or replaces a file; on an error the project is as it was.
    pub fn insert(&mut self, name: FileName, contents: Contents) -> Result<(), ProjectError> {
        if !contents.fits(&name) {
            return Err(ProjectError::Encoding(name));
        }
        if contents.len() > FILE_LIMIT {
            return Err(match contents {
                Contents::Text(_) => ProjectError::FileSize(name),
                Contents::Bytes(_) => ProjectError::BytesSize(name),
            });
        }
        let replaced = self.files.get(&name).map(Contents::len);
        if replaced.is_none() {
            self.check_place(&name)?;
        }
        if self.bytes() - replaced.unwrap_or(0) + contents.len() > PROJECT_LIMIT {
            return Err(ProjectError::ProjectSize);
        }
        self.files.insert(name, contents);
        Ok(())
    }

    /// Whether there is a place for a new file of this name.
    fn check_place(&self, name: &FileName) -> Result<(), ProjectError> {
        if self.files.len() == FILES_LIMIT {
            return Err(ProjectError::Files);
        }
        for other in self.files.keys() {
            let pair = || (name.clone(), other.clone());
            let (file, below) = match (other.is_below(name), name.is_below(other)) {
                (true, _) => pair(),
                (_, true) => (other.clone(), name.clone()),
                _ => continue,
            };
            return Err(ProjectError::Folder(file, below));
        }
        Ok(())
    }

    /// Adds or replaces a file given as bytes, which are a text where they can be one.
    pub(crate) fn insert_bytes(
        &mut self,
        name: FileName,
        bytes: &[u8],
    ) -> Result<(), ProjectError> {
        let contents = Contents::of_bytes(&name, bytes);
        self.insert(name, contents)
    }

    /// Takes a file away; `false` when there is none of this name.
    pub(crate) fn remove(&mut self, name: &FileName) -> bool {
        self.files.remove(name).is_some()
    }

    /// What a file holds.
    #[must_use]
    pub(crate) fn get(&self, name: &str) -> Option<&Contents> {
        FileName::try_from(name)
            .ok()
            .and_then(|name| self.files.get(&name))
    }

    /// The text of a file that is one.
    #[must_use]
    pub(crate) fn text(&self, name: &str) -> Option<&Arc<str>> {
        self.get(name)?.text()
    }

    /// Makes this file the server's, whatever others are there.
    pub(crate) fn serve_from(&mut self, name: FileName) {
        self.server = Some(name);
    }

    /// The file that a Run loads first; without one, only files are served.
    #[must_use]
    pub(crate) fn server(&self) -> Option<&str> {
        let found = || server::server_of(&self.files);
        self.server.as_ref().or_else(found).map(FileName::as_str)
    }

    /// Whether the server's file is another one than its name alone would say.
    #[must_use]
    pub(crate) fn has_unusual_server(&self) -> bool {
        self.server() != server::usual(&self.files).map(FileName::as_str)
    }

    /// All files in the order of their names.
    pub fn files(&self) -> impl Iterator<Item = (&FileName, &Contents)> {
        self.files.iter()
    }

    /// The size of all files in bytes.
    #[must_use]
    pub(crate) fn bytes(&self) -> usize {
        self.files.values().map(Contents::len).sum()
    }
}

impl<'de> Deserialize<'de> for Project {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let files = BTreeMap::deserialize(deserializer)?;
        Self::from_json(files).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[path = "project_tests.rs"]
mod tests;
