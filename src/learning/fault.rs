//! What can go wrong with a learner's state.

use crate::budget::UsedUp;
use crate::challenge::{AuthoredFault, NoStage};
use crate::sandbox::SandboxGone;
use crate::sandbox::addresses::NoPort;
use crate::sandbox::registry::NoSandbox;
use crate::store::{StoreError, TooMany};

/// Why something of a learner's cannot be had or done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LearningFault {
    /// It cannot be read or kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Enough was kept for a day.
    #[error(transparent)]
    UsedUp(#[from] UsedUp),
    /// A sandbox has no address.
    #[error(transparent)]
    NoPort(#[from] NoPort),
    /// A sandbox has ended meanwhile.
    #[error(transparent)]
    Gone(#[from] SandboxGone),
    /// Whoever runs the site has shut the sandbox.
    #[error("this server is blocked")]
    Blocked,
    /// Whoever runs the site has blocked the snapshot.
    #[error("this snapshot is blocked")]
    BlockedSnapshot,
    /// The learner has no such project, or has deleted it.
    #[error("there is no such project")]
    NoProject,
    /// Nobody shares such a snapshot, or they share it no more.
    #[error("there is no such snapshot")]
    NoSnapshot,
    /// As many projects, or snapshots, as one learner may have.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The lesson has no challenge.
    #[error("the task of this lesson has no checks")]
    NoChallenge,
    /// The lesson's checks cannot be read.
    #[error("These checks cannot be run: {0}.")]
    Outlines(AuthoredFault),
    /// The learner has no such trial, or has it no more.
    #[error("there is no such trial")]
    NoTrial,
    /// The trial has no such check.
    #[error("there is no such check")]
    NoCheck,
    /// As many checks of the trial as may be are under way.
    #[error("too many checks are under way")]
    TooManyChecks,
    /// The check that was to go on or to end is not under way.
    #[error("this check is not under way")]
    NotUnderWay,
}

impl From<NoStage> for LearningFault {
    fn from(why: NoStage) -> Self {
        match why {
            NoStage::NoCheck => Self::NoCheck,
            NoStage::TooMany => Self::TooManyChecks,
        }
    }
}

impl From<NoSandbox> for LearningFault {
    fn from(why: NoSandbox) -> Self {
        match why {
            NoSandbox::Store(error) => error.into(),
            NoSandbox::Port(none) => none.into(),
        }
    }
}
