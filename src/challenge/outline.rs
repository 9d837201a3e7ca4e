//! What checks say about themselves. `checks.js` is code, and not ours: a Run in the jail reads it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::Claim;
use crate::engine::message::Fault;
use crate::engine::{Engine, Limits};
use crate::project::Project;
use crate::sandbox::{Answer, Head, Outcome, Sandbox};

/// The server that answers with the list.
const SERVER: &str = include_str!("../../embedded/challenge/server.js");

/// A check, without its story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// Lower-case letters, digits and hyphens; unique in the lesson.
    pub id: String,
    /// What the application must do, one sentence.
    pub expects: String,
    /// What to think of when it does not, one sentence.
    pub hint: String,
    /// How long the story may take.
    #[serde(default = "ten")]
    pub seconds: u32,
    /// What the log must hold, whatever the page says.
    #[serde(default)]
    pub wire: Vec<Claim>,
}

fn ten() -> u32 {
    10
}

/// Why checks cannot be used: what is wrong with `checks.js`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("checks.js:{line}: {problem}; {mend}")]
pub struct OutlineFault {
    /// The line, 1 where none is known.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
    /// How to mend it.
    pub mend: String,
}

impl OutlineFault {
    fn new(line: usize, problem: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            line,
            problem: problem.into(),
            mend: mend.into(),
        }
    }

    fn thrown(fault: &Fault) -> Self {
        let own = fault.frames.iter().find(|frame| frame.file == "checks.js");
        let line = own.map_or(1, |frame| usize::try_from(frame.line).unwrap_or(1));
        let problem = format!("{}: {}", fault.name, fault.message);
        Self::new(
            line,
            problem,
            "mend it as you would mend a script of your own",
        )
    }
}

/// Reads the list of a lesson's checks.
pub async fn read(engine: &Engine, checks: &str) -> Result<Vec<Outline>, OutlineFault> {
    let json = answer(engine, checks).await?;
    let outlines: Vec<Outline> = serde_json::from_slice(&json).map_err(|error| {
        let mend =
            "each check has `id`, `expects`, `hint` and `run`, and may have `seconds` and `wire`";
        OutlineFault::new(
            1,
            format!("a check is not of the right form ({error})"),
            mend,
        )
    })?;
    match fault(&outlines, checks) {
        Some(fault) => Err(fault),
        None => Ok(outlines),
    }
}

/// What a Run of `checks.js` says.
async fn answer(engine: &Engine, checks: &str) -> Result<Vec<u8>, OutlineFault> {
    let project = Project::from_texts([("server.js", SERVER), ("checks.js", checks)])
        .map_err(|error| OutlineFault::new(1, error.to_string(), "write less"))?;
    let url = "http://checks.localhost/".to_owned();
    let sandbox = Sandbox::new(
        engine.clone(),
        Limits::default(),
        url.clone(),
        project.clone(),
    );
    let ended = |sentence: String| OutlineFault::new(1, sentence, "try again");
    match sandbox.run(project).await {
        Ok(Outcome::Running(_)) => {}
        Ok(Outcome::Failed(_, fault)) => return Err(OutlineFault::thrown(&fault)),
        Ok(Outcome::Ended(_, sentence)) => {
            let mend = "at its top level, checks.js may only make the list";
            return Err(OutlineFault::new(1, sentence, mend));
        }
        Err(gone) => return Err(ended(gone.to_string())),
    }
    let head = Head {
        method: "GET".to_owned(),
        path: "/".to_owned(),
        url,
        ..Head::default()
    };
    let answer = sandbox.request(head, Vec::new()).await;
    match answer.map_err(|gone| ended(gone.to_string()))? {
        Answer::Whole { body, .. } => Ok(body.to_vec()),
        Answer::Stream { mut pieces, .. } => {
            let mut body = Vec::new();
            while let Some(Ok(piece)) = pieces.next().await {
                body.extend_from_slice(&piece);
            }
            Ok(body)
        }
        Answer::Socket { .. } | Answer::Unavailable(_) => {
            Err(ended("the list could not be read".to_owned()))
        }
    }
}

fn fault(outlines: &[Outline], source: &str) -> Option<OutlineFault> {
    if outlines.is_empty() {
        return Some(OutlineFault::new(
            1,
            "there is no check",
            "write one, or remove the file",
        ));
    }
    let mut ids = HashSet::new();
    outlines.iter().find_map(|check| {
        let line = line_of(source, &check.id);
        let id = &check.id;
        let wrong = |problem: String, mend: &str| Some(OutlineFault::new(line, problem, mend));
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if id.is_empty() || id.len() > 64 || !id.bytes().all(plain) {
            let mend = "use up to 64 lower-case letters, digits and hyphens";
            return wrong(format!("“{id}” cannot be a check's id"), mend);
        }
        if !ids.insert(id) {
            return wrong(
                format!("two checks have the id “{id}”"),
                "rename one of them",
            );
        }
        if check.expects.trim().is_empty() || check.hint.trim().is_empty() {
            let mend = "write both as one sentence each";
            return wrong(
                format!("“{id}” does not say what it expects, or has no hint"),
                mend,
            );
        }
        if !(1..=120).contains(&check.seconds) {
            return wrong(
                format!("“{id}” has {} seconds", check.seconds),
                "write 1 to 120",
            );
        }
        if !check.wire.iter().all(Claim::is_clear) {
            let mend = "give each claim one of `request`, `frame` and `event`";
            return wrong(
                format!("a claim of “{id}” about the wire is not clear"),
                mend,
            );
        }
        None
    })
}

/// The line on which an id is first written.
fn line_of(source: &str, id: &str) -> usize {
    let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{id}{quote}"));
    let at = quoted
        .iter()
        .filter_map(|id| source.find(id.as_str()))
        .min();
    at.map_or(1, |at| source[..at].matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_the_line_of_its_check() {
        let outline = |id: &str, seconds| Outline {
            id: id.to_owned(),
            expects: "It answers.".to_owned(),
            hint: "Look at the route.".to_owned(),
            seconds,
            wire: Vec::new(),
        };
        let source = "export default [\n  { id: \"one\" },\n  { id: 'two' },\n];";
        let problem =
            |outlines: &[Outline]| fault(outlines, source).map(|it| (it.line, it.problem));
        assert_eq!(problem(&[outline("one", 10), outline("two", 1)]), None);
        assert_eq!(
            problem(&[outline("one", 10), outline("two", 0)]),
            Some((3, "“two” has 0 seconds".to_owned()))
        );
        assert_eq!(
            problem(&[outline("one", 10), outline("one", 10)]),
            Some((2, "two checks have the id “one”".to_owned()))
        );
        assert_eq!(problem(&[]), Some((1, "there is no check".to_owned())));
    }
}
