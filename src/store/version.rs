//! Saved versions of a draft, as their learner chooses among them.

/// A saved version, without its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SavedVersion {
    /// From 1; one that was let go leaves a gap.
    pub(crate) number: u64,
    /// In milliseconds since 1970.
    pub(crate) saved_ms: u64,
    /// What its learner calls it.
    pub(crate) name: Option<String>,
    /// Whether it is the one that passed the challenge first.
    pub(crate) passed: bool,
    /// How many checks passed when it was tried last.
    pub(crate) checks_passed: u32,
    /// How many did not.
    pub(crate) checks_failed: u32,
    /// When a Run of it started last, in milliseconds since 1970.
    pub(crate) ran_ms: Option<u64>,
}

/// The version whose Run started last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GoodRun {
    /// The version.
    pub(crate) version: u64,
    /// When it started, in milliseconds since 1970; a Run of the same version after it does not count anew.
    pub(crate) ran_ms: u64,
}

/// What became of a version's new name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// It has it.
    Named,
    /// There is no such version, or there is none any more.
    NoVersion,
    /// As many versions of the draft have names as may.
    TooMany,
}

/// The most versions of one draft that have names, since those always stay.
pub(crate) const NAMED_MOST: usize = 20;
