//! Challenges: how each check ended.

/// How one check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CheckResult {
    /// The check's id.
    pub(crate) check: String,
    /// Whether the application did what was expected.
    pub(crate) passed: bool,
    /// What was expected and found, as JSON.
    pub(crate) evidence: String,
    /// The version of the draft that was tried.
    pub(crate) version: u64,
}
