//! The name of a file in a project: its path from the project's folder.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ProjectError;

/// The longest name, in bytes over all its parts.
pub(crate) const NAME_LIMIT: usize = 128;
/// The longest part of a name, in bytes.
const PART_LIMIT: usize = 64;
/// The most parts: folders, and the file in the last one.
pub(crate) const DEPTH_LIMIT: usize = 8;

/// The folder of the library's modules, and of what lies beside a project in its archive.
const OURS: &str = "hxlab";
/// The folder of installed packages, which no project holds.
pub(crate) const PACKAGES: &str = "node_modules";

/// `server.js`, `views/nav.js`: parts of letters, digits, `.`, `_` and `-`, joined by `/`. No part starts with a dot,
/// so a name never leads out of the project's folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(Arc<str>);

impl FileName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the file of this name lies in what would be the folder of that name.
    pub(super) fn is_below(&self, folder: &Self) -> bool {
        let rest = self.0.strip_prefix(&*folder.0);
        rest.is_some_and(|rest| rest.starts_with('/'))
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
        let refused = || name.chars().take(NAME_LIMIT + 16).collect();
        if is_environment(name) {
            return Err(ProjectError::Environment(refused()));
        }
        if name.len() > NAME_LIMIT
            || name.split('/').count() > DEPTH_LIMIT
            || !name.split('/').all(is_part)
        {
            return Err(ProjectError::Name(refused()));
        }
        if name.starts_with(OURS) && name[OURS.len()..].starts_with('/')
            || name.split('/').any(|part| part == PACKAGES)
        {
            return Err(ProjectError::Reserved(refused()));
        }
        Ok(Self(name.into()))
    }
}

/// Whether Bun reads variables of the environment from a file of this name.
pub(crate) fn is_environment(name: &str) -> bool {
    [".env", ".env.local", ".env.development", ".env.production"].contains(&name)
}

fn is_part(part: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    !part.is_empty()
        && part.len() <= PART_LIMIT
        && !part.starts_with('.')
        && part.bytes().all(plain)
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
