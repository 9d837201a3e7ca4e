//! The stories of a lesson's steps, in `steps.js`: what a learner does so that a step's claims come true, as `hxlab
//! check` plays it. A story is played as a check's is ([`as_checks`]).

use serde::Deserialize;

use super::authored::{self, AuthoredFault};
use crate::course::Step;
use crate::engine::Engine;

/// Where they are written.
const FILE: &str = "steps.js";
/// The server that answers with their names.
const SERVER: &str = include_str!("../../embedded/challenge/stories.js");
/// What the file's export begins with, and what takes its place among checks.
const EXPORT: &str = "export default ";
const STORIES: &str = "const hxlabStories = ";
/// How long a story may take.
const SECONDS: u32 = 30;

/// A member of the file's export.
#[derive(Debug, Deserialize)]
struct Told {
    step: String,
    is_story: bool,
}

/// Reads the file; each story that no step's claims need is a fault.
pub(crate) async fn read_stories<'s>(
    engine: &Engine,
    text: &str,
    steps: impl Iterator<Item = &'s Step> + Clone,
) -> Result<Vec<AuthoredFault>, AuthoredFault> {
    let json = authored::run(engine, (FILE, text), SERVER).await?;
    let told: Vec<Told> = serde_json::from_slice(&json).map_err(|error| {
        let mend = "write “export default { … };”";
        AuthoredFault::new(FILE, 1, format!("it cannot be read ({error})"), mend)
    })?;
    let mut faults = Vec::new();
    if with_stories(text).is_none() {
        let mend = "begin a line with “export default {”";
        faults.push(AuthoredFault::new(
            FILE,
            1,
            "it is not known where its export begins",
            mend,
        ));
    }
    for Told { step, is_story } in told {
        let line = line_of(text, &step);
        let mut add = |problem: String, mend: &str| {
            faults.push(AuthoredFault::new(FILE, line, problem, mend));
        };
        match steps.clone().find(|it| it.id == *step) {
            None => add(
                format!("the lesson has no step “{step}”"),
                "name the story after a step, or remove it",
            ),
            Some(it) if it.claims.is_empty() => add(
                format!("the step “{step}” claims nothing, so its story proves nothing"),
                "remove it, or write what the step claims behind `when:`",
            ),
            Some(_) if !is_story => add(
                format!("“{step}” is no story"),
                "write `async ({ open }) => { … }`",
            ),
            Some(_) => {}
        }
    }
    Ok(faults)
}

/// The one check that a step is played by, as the text of a `checks.js`: it tells the step's story, or has Alice open
/// the page where there is none, and claims what the step claims.
#[must_use]
pub(crate) fn as_checks(stories: Option<&str>, step: &Step) -> String {
    let stories = stories.and_then(with_stories);
    let stories = stories.unwrap_or_else(|| format!("{STORIES}{{}};\n"));
    let check = serde_json::json!({
        "id": &*step.id,
        "expects": "The step's claims hold.",
        "hint": "Look at the step's edit.",
        "seconds": SECONDS,
        "wire": step.claims,
    });
    let id = serde_json::json!(&*step.id);
    format!(
        "{stories}\nconst hxlabOpens = async ({{ open }}) => {{\n  await open(\"Alice\");\n}};\n\
         export default [{{ ...{check}, run: hxlabStories[{id}] ?? hxlabOpens }}];\n"
    )
}

/// The text with the stories in a constant, where it can be seen where their export begins.
fn with_stories(text: &str) -> Option<String> {
    let at = match text.find(&format!("\n{EXPORT}")) {
        Some(at) => at + 1,
        None => text.starts_with(EXPORT).then_some(0)?,
    };
    Some(format!(
        "{}{STORIES}{}",
        &text[..at],
        &text[at + EXPORT.len()..]
    ))
}

/// The line on which a story's name stands first as a key.
fn line_of(text: &str, name: &str) -> usize {
    let is_key = |line: &str| {
        let line = line.trim_start().trim_start_matches("async ");
        let rest = line.trim_start_matches(['"', '\'']).strip_prefix(name);
        rest.is_some_and(|rest| {
            rest.trim_start_matches(['"', '\''])
                .starts_with([':', '(', ',', ' '])
        })
    };
    text.lines().position(is_key).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_found_by_its_key() {
        let text = "const say = 1;\nexport default {\n  append: async () => {},\n  async log({ open }) {},\n  \
                    \"one-more\": async () => {},\n};\n";
        let lines = ["append", "log", "one-more", "none"].map(|name| line_of(text, name));
        assert_eq!(lines, [3, 4, 5, 1]);
    }

    #[test]
    fn stories_become_a_constant_beside_the_check() {
        let told = with_stories("// Helpers.\nexport default {\n  a: 1,\n};\n");
        assert_eq!(
            told.as_deref(),
            Some("// Helpers.\nconst hxlabStories = {\n  a: 1,\n};\n")
        );
        assert!(with_stories("export default { a: 1 };").is_some());
        assert_eq!(with_stories("const a = 1; export { a as default };"), None);
    }
}
