//! What the errors of lower floors mean to people.

use super::{Fault, Missing};
use crate::budget::{Reason, Refused, UsedUp};
use crate::learning::LearningFault;
use crate::project::ProjectError;
use crate::sandbox::addresses::NoPort;
use crate::sandbox::registry::NoSandbox;
use crate::store::StoreError;

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => {
                tracing::error!(%error, "a write was refused");
                Self::NoRoom
            }
            StoreError::Busy | StoreError::Closed => Self::Unavailable(error.to_string()),
            other => Self::internal(other),
        }
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        // The budget has counted it.
        Self::Refused(None, refused.to_string())
    }
}

impl From<UsedUp> for Fault {
    fn from(why: UsedUp) -> Self {
        Self::UsedUp(why)
    }
}

impl From<NoPort> for Fault {
    fn from(none: NoPort) -> Self {
        Self::Refused(Some(Reason::Ports), in_a_sentence(&none.to_string()))
    }
}

impl From<NoSandbox> for Fault {
    fn from(why: NoSandbox) -> Self {
        LearningFault::from(why).into()
    }
}

impl From<LearningFault> for Fault {
    fn from(why: LearningFault) -> Self {
        match why {
            LearningFault::Store(error) => error.into(),
            LearningFault::UsedUp(why) => why.into(),
            LearningFault::NoPort(none) => none.into(),
            LearningFault::Gone(gone) => Self::internal(gone),
            LearningFault::Blocked => Self::Blocked,
            LearningFault::BlockedSnapshot => Self::BlockedSnapshot,
            LearningFault::NoProject => Self::NotFound(Missing::Project),
            LearningFault::NoSnapshot => Self::NotFound(Missing::Snapshot),
            LearningFault::TooMany(why) => Self::unprocessable(why.to_string()),
            LearningFault::NoChallenge => Self::NotFound(Missing::Challenge),
            LearningFault::Outlines(_) => Self::unprocessable(why.to_string()),
            LearningFault::NoTrial => Self::NotFound(Missing::Trial),
            LearningFault::NoCheck => Self::NotFound(Missing::Check),
            LearningFault::TooManyChecks => {
                Self::unprocessable("Too many checks are under way: wait until one has ended.")
            }
            LearningFault::NotUnderWay => {
                Self::unprocessable("This check is not under way: start the checks again.")
            }
        }
    }
}

impl From<ProjectError> for Fault {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::FileSize(_)
            | ProjectError::BytesSize(_)
            | ProjectError::ProjectSize
            | ProjectError::Files => Self::DraftTooLarge(error),
            ProjectError::Name(_)
            | ProjectError::Environment(_)
            | ProjectError::Reserved(_)
            | ProjectError::Folder(..)
            | ProjectError::Encoding(_)
            | ProjectError::Base64(_) => Self::unprocessable(error.to_string()),
        }
    }
}

/// An error's words with a capital and a full stop.
fn in_a_sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    let first: String = first.into_iter().flatten().collect();
    format!("{first}{}.", letters.as_str())
}
