//! What an operator sees of the store.

use std::time::{Duration, SystemTime};

/// How much there is of the store, and how busy it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct StoreFigures {
    /// What it takes on the disk, in bytes.
    pub(crate) bytes: u64,
    /// How much of that was written lately and is still to be put in its place.
    pub(crate) log_bytes: u64,
    /// How many writes wait.
    pub(crate) waiting: usize,
    /// How often what waited was written, since the program began.
    pub(crate) commits: u64,
    /// How long that took in all.
    pub(crate) committing: Duration,
    /// The last check of it, if there was one.
    pub(crate) check: Option<IntegrityCheck>,
}

/// What came of reading all that is kept.
#[derive(Clone, Debug)]
pub(crate) struct IntegrityCheck {
    /// When it ended.
    pub(crate) at: SystemTime,
    pub(crate) took: Duration,
    /// What cannot be read, in the database's words; none where all is whole.
    pub(crate) damage: Option<String>,
}
