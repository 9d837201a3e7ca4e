//! `hxlab mark`: judges the answers on standard input, one a line, and prints one JSON object each.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use serde::Serialize;

use super::files;
use super::stop::Stop;
use crate::questions::{ANSWER_LIMIT, Outcome, Question, Verdict, line_help, plain_text};
use crate::settings::nearest;

/// The most bytes of one line: an answer's characters at four bytes, and room to say it is longer.
const LINE_LIMIT: u64 = 16 * ANSWER_LIMIT as u64;

/// How many ids are offered for one that is unknown.
const MOST_LIKE: usize = 5;

/// One line of output.
#[derive(Serialize)]
struct MarkedLine {
    verdict: Outcome,
    score: f64,
    feedback: String,
}

/// The column in which the help says what is written.
const COLUMN: usize = 20;

/// What a line is, by kind, for `hxlab mark --help`.
pub(super) fn help() -> String {
    let rows = line_help().into_iter().map(|(name, written)| {
        let written = written.replace('\n', &format!("\n{:COLUMN$}", ""));
        format!("  {name:0$}{written}\n", COLUMN - 2)
    });
    format!(
        "A line is one answer:\n{}A list may also be a JSON array: [\"a\", \"b\"]. An empty line is an answer \
         that says nothing.",
        rows.collect::<String>()
    )
}

/// Marks each line of standard input as an answer to the question `id`.
pub(super) fn mark(id: &str, lessons: Option<&Path>) -> Result<(), Stop> {
    let course = files::course(lessons)?;
    let Some((_, question)) = course.question(id) else {
        let questions = course.lessons().flat_map(|lesson| &lesson.questions);
        let ids: Vec<&str> = questions.map(|question| &*question.id).collect();
        return Err(unknown(id, &ids));
    };
    match mark_lines(question, &mut io::stdin().lock(), &mut io::stdout().lock()) {
        // Whoever read the output has had enough of it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|error| Stop::new(format!("cannot mark the answers: {error}"))),
    }
}

/// Says which ids are like one that no question has.
fn unknown(id: &str, ids: &[&str]) -> Stop {
    let parts: Vec<&str> = id.split('-').filter(|part| part.len() > 1).collect();
    let shares = |other: &&&str| other.split('-').any(|part| parts.contains(&part));
    let like = match nearest(id, ids.iter().copied()) {
        Some(near) => vec![near],
        None => ids.iter().filter(shares).take(MOST_LIKE).copied().collect(),
    };
    let like: Vec<String> = like.iter().map(|id| format!("“{id}”")).collect();
    let mend = if like.is_empty() {
        "look for “```question” in its lessons, or name their folder with --lessons".to_owned()
    } else {
        format!("did you mean {}?", like.join(", "))
    };
    Stop::new(format!(
        "no question of this course has the id “{id}”; {mend}"
    ))
}

fn mark_lines(
    question: &Question,
    answers: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if answers
            .by_ref()
            .take(LINE_LIMIT)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(());
        }
        if line.last() != Some(&b'\n') {
            answers.skip_until(b'\n')?;
        }
        let marked = marked(question, String::from_utf8_lossy(&line).trim());
        writeln!(output, "{}", serde_json::to_string(&marked)?)?;
        output.flush()?;
    }
}

/// How a line is judged. One that is no answer, such as an empty one, is incorrect and told why.
fn marked(question: &Question, line: &str) -> MarkedLine {
    match question.judge(&question.answer_of_line(line)) {
        Ok(verdict) => MarkedLine {
            verdict: verdict.outcome,
            score: verdict.score,
            feedback: words(&verdict),
        },
        Err(error) => MarkedLine {
            verdict: Outcome::Incorrect,
            score: 0.0,
            feedback: error.to_string(),
        },
    }
}

fn words(verdict: &Verdict) -> String {
    let said: Vec<String> = verdict
        .feedback
        .iter()
        .map(|feedback| plain_text(&feedback.html))
        .collect();
    said.join(" ")
}

#[cfg(test)]
#[path = "mark_tests.rs"]
mod tests;
