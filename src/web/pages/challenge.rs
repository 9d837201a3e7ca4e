//! The challenge's part of a lesson's page: what is checked, and how it stood last.

use serde::Serialize;

use super::course::address;
use crate::challenge::Outline;
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
    /// What the last results come to, where there are some and not all passed.
    sum: Option<String>,
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
    /// Why it ended meanwhile; empty where it did not.
    ended: String,
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
            CheckView::of(outline, last)
        });
        let checks: Vec<_> = checks.collect();
        Ok(Some(Self {
            address: address(lesson),
            passed,
            sum: sum(&checks),
            checks,
            trouble,
        }))
    }
}

impl CheckView {
    fn of(outline: Outline, last: Option<&CheckResult>) -> Self {
        let evidence = last.map(Evidence::kept).unwrap_or_default();
        Self {
            state: match last {
                None => "ahead",
                Some(last) if last.passed => "passed",
                Some(_) => "failed",
            },
            expected: sentence(&evidence.expected),
            found: evidence.found,
            error: evidence.error.unwrap_or_default(),
            ended: evidence.ended.unwrap_or_default(),
            id: outline.id,
            expects: outline.expects,
            hint: outline.hint,
        }
    }

    /// Whether the server failed meanwhile, which explains more than what the check found.
    fn has_cause(&self) -> bool {
        !self.error.is_empty() || !self.ended.is_empty()
    }
}

/// What the page says when checks are over, as `workbench/checks.js` says it.
fn sum(checks: &[CheckView]) -> Option<String> {
    let count = |state| checks.iter().filter(|check| check.state == state).count();
    let (passed, all) = (count("passed"), checks.len());
    if count("ahead") == all || passed == all {
        return None;
    }
    let sum = format!("{passed} of {all} checks passed.");
    let failed = || checks.iter().filter(|check| check.state == "failed");
    let first = failed().find(|check| check.has_cause());
    Some(match first.or_else(|| failed().next()) {
        Some(first) => format!("{sum} Look first at this one: {}", first.expects),
        None => sum,
    })
}

/// As `sentence` in `workbench/parts.js`: with a capital, unless it begins with a name such as `server.js`, and with a
/// full stop.
fn sentence(words: &str) -> String {
    let Some(first) = words.chars().next() else {
        return String::new();
    };
    let name = words.split_whitespace().next().unwrap_or_default();
    let name = name.trim_end_matches(['.', '/', ',', ':', '…']);
    let is_name = name.contains(['.', '/']);
    let capital = if is_name {
        first.to_string()
    } else {
        first.to_uppercase().to_string()
    };
    let last = words.strip_suffix('”').unwrap_or(words);
    let stop = if last.ends_with(['.', '!', '?', '…']) {
        ""
    } else {
        "."
    };
    format!("{capital}{}{stop}", &words[first.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_at_the_beginning_of_a_sentence_keeps_its_letter() {
        for (words, expected) in [
            ("server.js starts", "server.js starts."),
            ("views/nav.js is read", "views/nav.js is read."),
            ("the list is empty.", "The list is empty."),
            ("over", "Over."),
            ("it reads “Are you there?”", "It reads “Are you there?”"),
            ("it reads “there”", "It reads “there”."),
            ("", ""),
        ] {
            assert_eq!(sentence(words), expected);
        }
    }
}
