//! A [`Project`]: the small set of named files that a learner edits and a Run serves.
//!
//! Every way into a project goes through [`Project::insert`], so that a `Project` in hand always
//! keeps the limits below.

mod contents;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use contents::Contents;
pub(crate) use contents::JsonContents;

/// The largest file, in bytes.
pub(crate) const FILE_LIMIT: usize = 256 * 1024;
/// The largest project, in bytes over all its files.
pub(crate) const PROJECT_LIMIT: usize = 1024 * 1024;
/// The most files in one project.
pub(crate) const FILES_LIMIT: usize = 64;
/// The longest file name, in bytes.
pub(crate) const NAME_LIMIT: usize = 64;

/// What a server's own file may be called, the first before the others.
pub(crate) const SERVERS: [&str; 8] = [
    "server.js",
    "server.ts",
    "server.tsx",
    "server.jsx",
    "server.mjs",
    "server.mts",
    "index.ts",
    "index.tsx",
];

/// The name of a file in a project: letters, digits, `.`, `_` and `-`, not starting with a dot.
/// There are no folders, so a name can never be a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(Arc<str>);

impl FileName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<&str> for FileName {
    type Error = ProjectError;

    fn try_from(name: &str) -> Result<Self, ProjectError> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        if name.is_empty()
            || name.len() > NAME_LIMIT
            || name.starts_with('.')
            || !name.bytes().all(plain)
        {
            return Err(ProjectError::Name(name.chars().take(80).collect()));
        }
        Ok(Self(name.into()))
    }
}

impl TryFrom<String> for FileName {
    type Error = ProjectError;

    fn try_from(name: String) -> Result<Self, ProjectError> {
        Self::try_from(name.as_str())
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0.as_ref().to_owned()
    }
}

/// Why a file was refused. Each sentence says what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProjectError {
    /// The name is empty, too long, hidden, or has a character outside the allowed ones.
    #[error(
        "“{0}” cannot be a file name here: use up to 64 letters, digits, “.”, “_” or “-”, \
         without a folder and not starting with a dot"
    )]
    Name(String),
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
        if replaced.is_none() && self.files.len() == FILES_LIMIT {
            return Err(ProjectError::Files);
        }
        if self.bytes() - replaced.unwrap_or(0) + contents.len() > PROJECT_LIMIT {
            return Err(ProjectError::ProjectSize);
        }
        self.files.insert(name, contents);
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
        let named = self.server.as_ref().map(FileName::as_str);
        let usual = || SERVERS.into_iter().find(|name| self.get(name).is_some());
        named.or_else(usual)
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
