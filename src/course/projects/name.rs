//! The names of a lesson's projects, which are their paths in its folder, and what each lies over.

use std::fmt;
use std::str::FromStr;

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
