//! One project of a challenge or of a step, and what its checks must say.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::Value;

use super::step_case::{Stages, StepCase};
use super::wording;
use crate::challenge::Outline;
use crate::course::{Course, Diagnostic, Lesson, ProjectName};
use crate::project::Project;
use crate::store::CheckResult;

/// One project of a lesson, to be played.
pub(super) struct TestCase {
    /// Where it is played: of a step, a lesson of its own.
    pub(super) lesson: Arc<Lesson>,
    what: What,
    pub(super) project: Project,
    must: Must,
}

/// What is played.
enum What {
    Project(ProjectName),
    /// The starter with all steps done; the first one's line.
    AllSteps(usize),
    Step(StepCase),
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

/// All test cases of a course, in order; its steps are played at those stages.
pub(super) fn cases(course: &Course, stages: &Stages) -> Vec<TestCase> {
    course
        .lessons()
        .flat_map(|lesson| {
            let mut cases = of_challenge(lesson);
            cases.extend(of_steps(lesson, stages));
            cases
        })
        .collect()
}

fn of_challenge(lesson: &Arc<Lesson>) -> Vec<TestCase> {
    let mut cases = Vec::new();
    let Some(challenge) = &lesson.challenge else {
        return cases;
    };
    let mut add = |what, project: &Project, must| {
        cases.push(TestCase {
            lesson: lesson.clone(),
            what,
            project: project.clone(),
            must,
        });
    };
    let named = What::Project;
    add(named(ProjectName::Starter), &lesson.starter, Must::Fail);
    if let Some(first) = lesson.steps.first() {
        let done = lesson.with_steps(lesson.steps.len());
        add(What::AllSteps(first.line), &done, Must::Fail);
    }
    add(named(ProjectName::Solution), &lesson.solution, Must::Pass);
    for (name, project) in &challenge.alternatives {
        add(
            named(ProjectName::Alternative(name.clone())),
            project,
            Must::Pass,
        );
    }
    for (name, mistake) in &challenge.mistakes {
        let must = Must::FailOnly(mistake.check.clone());
        add(
            named(ProjectName::Mistake(name.clone())),
            &mistake.project,
            must,
        );
    }
    cases
}

/// Each step that claims something, before its edit and after it.
fn of_steps(lesson: &Arc<Lesson>, stages: &Stages) -> Vec<TestCase> {
    let mut cases = Vec::new();
    for (place, step) in lesson.steps.iter().enumerate() {
        let Some(stage) = stages.stage(lesson, step) else {
            continue;
        };
        for is_done in [false, true] {
            cases.push(TestCase {
                lesson: stage.clone(),
                what: What::Step(StepCase {
                    step: step.clone(),
                    is_done,
                }),
                project: lesson.with_steps(place + usize::from(is_done)),
                must: if is_done { Must::Pass } else { Must::Fail },
            });
        }
    }
    cases
}

impl TestCase {
    /// By which it is chosen.
    pub(super) fn path(&self) -> String {
        let folder = &self.lesson.folder;
        match &self.what {
            What::Project(name) => self.lesson.path(name),
            What::AllSteps(_) => format!("{folder}/steps"),
            What::Step(StepCase { step, .. }) => format!("{folder}/steps/{}", step.id),
        }
    }

    /// As the table has it.
    pub(super) fn name(&self) -> String {
        match &self.what {
            What::Project(name) => name.to_string(),
            What::AllSteps(_) => "all steps done".to_owned(),
            What::Step(StepCase { step, is_done }) => {
                let state = if *is_done { "done" } else { "before it" };
                format!("step {}, {state}", step.id)
            }
        }
    }

    /// Whether it is played in each browser: what differs between them is seen in what must pass.
    pub(super) fn is_for_each_browser(&self) -> bool {
        match &self.what {
            What::Project(name) => *name == ProjectName::Solution,
            What::AllSteps(_) => false,
            What::Step(case) => case.is_done,
        }
    }

    /// The fault that it is when it is not as it must be in a browser.
    pub(super) fn fault(&self, browser: &str, problem: &str) -> Diagnostic {
        let (path, line, mend) = match &self.what {
            What::Project(name) => (self.lesson.path(name), 1, "mend the project, or the check"),
            What::AllSteps(line) => (
                self.lesson.page(),
                *line,
                "leave something of the task to the challenge, or check more",
            ),
            What::Step(StepCase { step, .. }) => (
                self.lesson.page(),
                step.line,
                "mend its edit, what it claims, or its story in `steps.js`",
            ),
        };
        Diagnostic {
            path,
            line,
            problem: format!("in {browser}: {problem}"),
            mend: mend.to_owned(),
        }
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
        let failed_ids = || {
            ids.iter()
                .map(|id| (*id).to_owned())
                .collect::<Vec<String>>()
        };
        if let What::Step(step) = &self.what {
            return CaseResult {
                failed: failed_ids(),
                problem: step.problem(results.get(&*step.step.id), words),
            };
        }
        let problem = match &self.must {
            // A server that does not start ends all checks at once.
            Must::Fail if !ids.is_empty() => None,
            _ if missing > 0 => Some(format!(
                "{missing} of {} checks did not end: {words}",
                checks.len()
            )),
            Must::Fail if matches!(self.what, What::AllSteps(_)) => {
                Some("the starter with all steps done passes every check".to_owned())
            }
            Must::Fail => Some("it passes every check".to_owned()),
            Must::Pass if !ids.is_empty() => Some(format!("it fails {}", told(&failed))),
            Must::FailOnly(id) if ids != [id.as_str()] => Some(match ids.as_slice() {
                [] => format!("it passes every check, “{id}” among them"),
                _ => format!("it must fail “{id}” alone, and fails {}", told(&failed)),
            }),
            _ => None,
        };
        let problem = problem.or_else(|| failed.iter().find_map(|result| unclear(result)));
        CaseResult {
            failed: failed_ids(),
            problem,
        }
    }
}

/// What is wrong with the words of a failed check's evidence.
fn unclear(result: &CheckResult) -> Option<String> {
    let evidence = serde_json::from_str(&result.evidence).unwrap_or_default();
    let problem = wording::problem(&evidence)?;
    Some(format!("“{}”: {problem}", result.check))
}

/// Failed checks with what was expected and found.
pub(super) fn told(failed: &[&CheckResult]) -> String {
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
