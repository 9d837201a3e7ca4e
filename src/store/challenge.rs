//! Challenges: how each check ended.

/// How one check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// The check's id.
    pub check: String,
    /// Whether the application did what was expected.
    pub passed: bool,
    /// What was expected and found, as JSON.
    pub evidence: String,
    /// The version of the draft that was tried.
    pub version: u64,
}
