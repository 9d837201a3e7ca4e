//! The challenge's part of a lesson's page: what is checked, and how it stood last.

use serde::Serialize;

use super::course::address;
use crate::course::Lesson;
use crate::learning::Evidence;
use crate::store::CheckResult;
use crate::web::fault::Fault;
use crate::web::site::Site;

/// What the template `challenge.html` is filled with.
#[derive(Debug, Serialize)]
pub(crate) struct ChallengeView {
    address: String,
    passed: bool,
    checks: Vec<CheckView>,
    /// Why the checks cannot be run.
    trouble: Option<String>,
}

#[derive(Debug, Serialize)]
struct CheckView {
    id: String,
    expects: String,
    hint: String,
    /// `ahead`, `passed` or `failed`.
    state: &'static str,
    expected: String,
    found: String,
    /// What the server threw meanwhile; empty where it threw nothing.
    error: String,
}

impl ChallengeView {
    /// Whether it is as for everybody who has not tried it.
    pub(super) fn is_untouched(&self) -> bool {
        let ahead = |check: &CheckView| check.state == "ahead";
        !self.passed && self.trouble.is_none() && self.checks.iter().all(ahead)
    }

    /// The challenge of a lesson, where it has checks, of which some ended so; `passed` says whether all of
    /// them ever did.
    pub(crate) async fn of(
        site: &Site,
        lesson: &Lesson,
        results: &[CheckResult],
        passed: bool,
    ) -> Result<Option<Self>, Fault> {
        if lesson.challenge.is_none() {
            return Ok(None);
        }
        let (outlines, trouble) = match site.learning.outlines(lesson).await {
            Ok(outlines) => (outlines.to_vec(), None),
            Err(fault) => (Vec::new(), Some(Fault::from(fault).sentence())),
        };
        let checks = outlines.into_iter().map(|outline| {
            let last = results.iter().find(|it| it.check == outline.id);
            let evidence = last.map(Evidence::kept).unwrap_or_default();
            CheckView {
                state: match last {
                    None => "ahead",
                    Some(last) if last.passed => "passed",
                    Some(_) => "failed",
                },
                expected: evidence.expected,
                found: evidence.found,
                error: evidence.error.unwrap_or_default(),
                id: outline.id,
                expects: outline.expects,
                hint: outline.hint,
            }
        });
        Ok(Some(Self {
            address: address(lesson),
            passed,
            checks: checks.collect(),
            trouble,
        }))
    }
}
