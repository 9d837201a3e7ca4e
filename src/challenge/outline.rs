//! What checks say about themselves. `checks.js` is code, and not ours: a Run in the jail reads it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::authored::{self, AuthoredFault};
use super::claim::Unproved;
use crate::claim::Claim;
use crate::engine::Engine;
use crate::exercise::is_slug;
use crate::sandbox::addresses::CLIENTS;
use crate::sandbox::feed::Log;

/// Where checks are written.
const FILE: &str = "checks.js";
/// The server that answers with the list.
const SERVER: &str = include_str!("../../embedded/challenge/server.js");

const FORM: &str =
    "each check has `id`, `expects`, `hint` and `run`, and may have `seconds`, `wire` and `alone`";

/// A check, without its story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Outline {
    /// Lower-case letters, digits and hyphens; unique in the lesson.
    pub(crate) id: String,
    /// What the application must do, one sentence.
    pub(crate) expects: String,
    /// What to think of when it does not, one sentence.
    pub(crate) hint: String,
    /// How long the story may take.
    pub(crate) seconds: u32,
    /// What the log must hold, whatever the page says.
    pub(crate) wire: Vec<Claim>,
    /// Whether no other check may be played meanwhile. All frames of a tab have one history, so one that goes back
    /// would take another check's client along.
    pub(crate) alone: bool,
    /// The labels of the clients that it may open, as far as its text says.
    #[serde(skip)]
    pub(crate) clients: Vec<&'static str>,
    /// The line of `checks.js` on which it begins, as far as that is known.
    #[serde(skip)]
    pub(crate) line: usize,
    /// Whether its story is about requests, frames or events.
    #[serde(skip)]
    pub(crate) about_the_wire: bool,
}

impl Outline {
    /// What the page may say and this log does not bear out.
    #[must_use]
    pub(crate) fn unproved(&self, log: &Log) -> Option<Unproved> {
        if log.entries.is_empty() {
            return Some(Unproved {
                expected: "the application is used".to_owned(),
                found: "nothing crossed the wire".to_owned(),
                entry: None,
            });
        }
        self.wire.iter().find_map(|claim| claim.hold(log).err())
    }

    /// Why the page's word alone would do where the wire is what matters; none where it would not.
    #[must_use]
    pub(crate) fn taken_on_trust(&self) -> Option<AuthoredFault> {
        let id = &self.id;
        if self.wire.iter().any(Claim::is_positive) {
            return None;
        }
        let problem = match (self.about_the_wire, self.wire.is_empty()) {
            (false, true) => return None,
            (true, true) => {
                format!("“{id}” is about the wire and claims nothing that the server can verify")
            }
            (_, false) => format!("“{id}” only claims what must not happen, as in an empty log"),
        };
        let mend = "add to its `wire` what has to cross it, such as `{ request: \"POST\", path: \"/say\", status: 403 }`";
        Some(fault_at(self.line, problem, mend))
    }
}

/// What is wrong with `checks.js`.
fn fault_at(line: usize, problem: impl Into<String>, mend: impl Into<String>) -> AuthoredFault {
    AuthoredFault::new(FILE, line, problem, mend)
}

/// Reads the list of a lesson's checks.
pub(crate) async fn read(engine: &Engine, checks: &str) -> Result<Vec<Outline>, AuthoredFault> {
    let json = authored::run(engine, (FILE, checks), SERVER).await?;
    let written: Vec<Value> = serde_json::from_slice(&json)
        .map_err(|error| fault_at(1, format!("its list cannot be read ({error})"), FORM))?;
    outlines(written, checks)
}

/// A check as it is written, with its story's text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    expects: String,
    hint: String,
    #[serde(default = "ten")]
    seconds: u32,
    #[serde(default)]
    wire: Vec<Claim>,
    #[serde(default)]
    alone: bool,
    run: Option<String>,
}

fn ten() -> u32 {
    10
}

fn outlines(written: Vec<Value>, source: &str) -> Result<Vec<Outline>, AuthoredFault> {
    if written.is_empty() {
        let mend = "write one, or remove the file";
        return Err(fault_at(1, "there is no check", mend));
    }
    let shared = beside_stories(&written, source);
    let mut ids = HashSet::new();
    let mut all = Vec::with_capacity(written.len());
    for (place, check) in written.into_iter().enumerate() {
        let outline = outline(place, check, (source, &shared))?;
        if !ids.insert(outline.id.clone()) {
            let problem = format!("two checks have the id “{}”", outline.id);
            return Err(fault_at(outline.line, problem, "rename one of them"));
        }
        all.push(outline);
    }
    Ok(all)
}

/// The text of `checks.js` without the stories: helpers that any of them may call.
fn beside_stories(written: &[Value], source: &str) -> String {
    let stories = written.iter().filter_map(|check| check["run"].as_str());
    let stories = stories.filter(|story| !story.is_empty());
    stories.fold(source.to_owned(), |rest, story| rest.replace(story, ""))
}

/// One check; `shared` is what is not in a story.
fn outline(
    place: usize,
    check: Value,
    (source, shared): (&str, &str),
) -> Result<Outline, AuthoredFault> {
    let (name, line) = match check["id"].as_str() {
        Some(id) => (format!("“{id}”"), line_of(source, id)),
        None => (format!("check {}", place + 1), 1),
    };
    let wrong = |problem: String, mend: &str| Err(fault_at(line, problem, mend));
    let check: Written = match serde_json::from_value(check) {
        Ok(check) => check,
        Err(error) => return wrong(format!("{name} is not of the right form: {error}"), FORM),
    };
    if !is_slug(&check.id) {
        let mend = "use up to 64 lower-case letters, digits and hyphens";
        return wrong(format!("{name} cannot be a check's id"), mend);
    }
    let Some(run) = check.run else {
        return wrong(format!("{name} has no function `run`"), FORM);
    };
    if check.expects.trim().is_empty() || check.hint.trim().is_empty() {
        let problem = format!("{name} does not say what it expects, or has no hint");
        return wrong(problem, "write both as one sentence each");
    }
    if !(1..=120).contains(&check.seconds) {
        return wrong(
            format!("{name} has {} seconds", check.seconds),
            "write 1 to 120",
        );
    }
    if !check.wire.iter().all(Claim::is_clear) {
        let mend = "give each claim one of `request`, `frame` and `event`";
        return wrong(
            format!("a claim of {name} about the wire is not clear"),
            mend,
        );
    }
    Ok(Outline {
        about_the_wire: is_about_the_wire(&run),
        clients: clients(&[&run, shared]),
        id: check.id,
        expects: check.expects,
        hint: check.hint,
        seconds: check.seconds,
        wire: check.wire,
        alone: check.alone || goes_back(&run),
        line,
    })
}

/// The clients whose names these texts have in quotation marks, and Mallory where something is attacked: as many as can
/// be opened, perhaps more. A story that makes up names gets an address later.
fn clients(texts: &[&str]) -> Vec<&'static str> {
    let is_named = |(label, name): &(&str, &str)| {
        let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{name}{quote}"));
        texts.iter().any(|text| {
            let attacks = *label == "mallory" && text.contains("attack(");
            attacks || quoted.iter().any(|name| text.contains(name.as_str()))
        })
    };
    let named = CLIENTS.into_iter().filter(is_named);
    named.map(|(label, _)| label).collect()
}

/// Whether a story goes through the history.
fn goes_back(story: &str) -> bool {
    story.contains(".back(") || story.contains(".forward(")
}

/// Whether a story looks at the wire, forges a request, or asks the server itself.
fn is_about_the_wire(story: &str) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let is_word = |word: &str| {
        story.match_indices(word).any(|(at, _)| {
            let before = at.checked_sub(1).and_then(|at| story.as_bytes().get(at));
            !is_part(before) && !is_part(story.as_bytes().get(at + word.len()))
        })
    };
    is_word("wire") || is_word("attack") || story.contains(".request(")
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
#[path = "outline_tests.rs"]
mod tests;
