//! One project of a challenge, and what its checks must say.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::Value;

use super::wording;
use crate::challenge::Outline;
use crate::course::{Course, Lesson, ProjectName};
use crate::project::Project;
use crate::store::CheckResult;

/// One project of a lesson, to be played.
pub(super) struct TestCase {
    pub(super) lesson: Arc<Lesson>,
    pub(super) name: ProjectName,
    pub(super) project: Project,
    must: Must,
}

enum Must {
    Fail,
    Pass,
    /// Fail this check and no other.
    FailOnly(String),
}

/// What the checks of a case said.
pub(super) struct CaseResult {
    /// The checks that failed.
    pub(super) failed: Vec<String>,
    /// What is wrong with that.
    pub(super) problem: Option<String>,
}

/// All test cases of a course, in order.
pub(super) fn cases(course: &Course) -> Vec<TestCase> {
    let mut cases = Vec::new();
    for lesson in course.lessons() {
        let Some(challenge) = &lesson.challenge else {
            continue;
        };
        let mut add = |name, project: &Project, must| {
            cases.push(TestCase {
                lesson: lesson.clone(),
                name,
                project: project.clone(),
                must,
            });
        };
        add(ProjectName::Starter, &lesson.starter, Must::Fail);
        add(ProjectName::Solution, &lesson.solution, Must::Pass);
        for (name, project) in &challenge.alternatives {
            add(ProjectName::Alternative(name.clone()), project, Must::Pass);
        }
        for (name, mistake) in &challenge.mistakes {
            let must = Must::FailOnly(mistake.check.clone());
            add(ProjectName::Mistake(name.clone()), &mistake.project, must);
        }
    }
    cases
}

impl TestCase {
    pub(super) fn path(&self) -> String {
        self.lesson.path(&self.name)
    }

    /// Whether these results, by the checks' ids, are as they must be; `words` are the page's last ones.
    pub(super) fn judge(
        &self,
        checks: &[Outline],
        results: &BTreeMap<String, CheckResult>,
        words: &str,
    ) -> CaseResult {
        let of_checks = checks.iter().filter_map(|check| results.get(&check.id));
        let failed: Vec<&CheckResult> = of_checks.filter(|result| !result.passed).collect();
        let ids: Vec<&str> = failed.iter().map(|result| result.check.as_str()).collect();
        let missing = checks.len() - results.len();
        let problem = match &self.must {
            // A server that does not start ends all checks at once.
            Must::Fail if !ids.is_empty() => None,
            _ if missing > 0 => Some(format!(
                "{missing} of {} checks did not end: {words}",
                checks.len()
            )),
            Must::Fail => Some("it passes every check".to_owned()),
            Must::Pass if !ids.is_empty() => Some(format!("it fails {}", told(&failed))),
            Must::FailOnly(id) if ids != [id.as_str()] => Some(match ids.as_slice() {
                [] => format!("it passes every check, “{id}” among them"),
                _ => format!("it must fail “{id}” alone, and fails {}", told(&failed)),
            }),
            _ => None,
        };
        let problem = problem.or_else(|| failed.iter().find_map(|result| unclear(result)));
        let failed = ids.iter().map(|id| (*id).to_owned()).collect();
        CaseResult { failed, problem }
    }
}

/// What is wrong with the words of a failed check's evidence.
fn unclear(result: &CheckResult) -> Option<String> {
    let evidence = serde_json::from_str(&result.evidence).unwrap_or_default();
    let problem = wording::problem(&evidence)?;
    Some(format!("“{}”: {problem}", result.check))
}

/// Failed checks with what was expected and found.
fn told(failed: &[&CheckResult]) -> String {
    let mut told = String::new();
    for result in failed {
        let evidence: Value = serde_json::from_str(&result.evidence).unwrap_or_default();
        let part = |name: &str| {
            let text = evidence[name]
                .as_str()
                .unwrap_or("nothing")
                .replace('\n', " ");
            text.chars().take(300).collect::<String>()
        };
        let joint = if told.is_empty() { "" } else { ", and " };
        let (id, expected, found) = (&result.check, part("expected"), part("found"));
        // Writing to a string does not fail.
        let _ = write!(told, "{joint}“{id}” (expected {expected}, found {found})");
    }
    told
}
