//! A line of text as an answer. [`HELP`] says how each kind is written.

use crate::questions::{Answer, Question, Task, plain_text};

/// What a line is, by kind, for `hxlab mark --help`.
pub(crate) const HELP: &str = "\
A line is one answer:
  one choice        its number from 1, or its words
  several choices   the same, parted by “,” or “;”
  order             the numbers or words of the steps as the lesson lists them, parted by “;” or “,”
  match             for each thing on the left, the number or words of its right, parted by “;”; rights
                    are counted from 1 as the lesson lists them, each once
  gaps              what belongs into each gap, parted by “ | ”
  code              the code, or a JSON string of it where it has several lines
  text, own words   the text
A list may also be a JSON array: [\"a\", \"b\"]. An empty line is an answer that says nothing.";

/// The answer that a line is. What it names and the question does not have is an index beyond.
pub(super) fn answer(question: &Question, line: &str) -> Answer {
    match &question.task {
        Task::Text(_) | Task::Words(_) => Answer::Text(line.to_owned()),
        Task::Code(_) => Answer::Text(serde_json::from_str(line).unwrap_or(line.to_owned())),
        Task::Choices(choices) => {
            let texts = choices.choices.iter().map(|choice| &*choice.text_html);
            let texts: Vec<String> = texts.map(plain_text).collect();
            Answer::Choices(indices(&texts, line))
        }
        Task::Steps(steps) => {
            let texts = steps.steps.iter().map(|step| &*step.text_html);
            let texts: Vec<String> = texts.map(plain_text).collect();
            Answer::Steps(indices(&texts, line))
        }
        Task::Pairs(pairs) => {
            let chosen = indices(&pairs.rights, line).into_iter().map(Some);
            let mut chosen: Vec<Option<usize>> = chosen.collect();
            chosen.resize(pairs.lefts.len().max(chosen.len()), None);
            Answer::Pairs(chosen)
        }
        Task::Gaps(gaps) => {
            let mut texts = parts(line, &["|"]);
            texts.resize(gaps.gaps.len().max(texts.len()), String::new());
            Answer::Gaps(texts)
        }
    }
}

/// What a list on a line names, by index.
fn indices(texts: &[String], line: &str) -> Vec<usize> {
    if line.is_empty() {
        return Vec::new();
    }
    if let Some(whole) = index(texts, line) {
        return vec![whole];
    }
    let named = |signs: &[&str]| -> Vec<usize> {
        let parts = parts(line, signs).into_iter();
        let parts = parts.filter(|part| !part.is_empty());
        let index = |part: String| index(texts, &part).unwrap_or(texts.len());
        parts.map(index).collect()
    };
    // A “,” may belong to the words.
    let whole = named(&[";"]);
    if whole.iter().all(|&at| at < texts.len()) {
        return whole;
    }
    named(&[";", ","])
}

/// A number from 1, or the words themselves.
fn index(texts: &[String], text: &str) -> Option<usize> {
    if let Ok(number) = text.parse::<usize>() {
        return number.checked_sub(1);
    }
    let plain = |text: &str| text.to_lowercase().replace('`', "");
    let text = plain(text);
    texts.iter().position(|known| plain(known) == text)
}

/// The parts of a line: of a JSON array, or between these signs.
fn parts(line: &str, signs: &[&str]) -> Vec<String> {
    if let Ok(serde_json::Value::Array(all)) = serde_json::from_str(line) {
        let text = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        return all.into_iter().map(text).collect();
    }
    let parts = line.split(|sign: char| signs.iter().any(|other| other.contains(sign)));
    parts.map(|part| part.trim().to_owned()).collect()
}
