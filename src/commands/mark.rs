//! `hxlab mark`: judges the answers on standard input, one a line, and prints one JSON object each.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use serde::Serialize;

use super::files;
use super::stop::Stop;
use crate::questions::{ANSWER_LIMIT, Answer, Kind, Outcome, Question, Verdict};
use crate::settings::nearest;

/// The most bytes of one line: an answer's characters at four bytes, and room to say it is longer.
const LINE_LIMIT: u64 = 16 * ANSWER_LIMIT as u64;

/// How many ids are offered for one that is unknown.
const MOST_LIKE: usize = 5;

/// One line of output.
#[derive(Serialize)]
struct Marked {
    verdict: Outcome,
    score: f64,
    feedback: String,
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
fn marked(question: &Question, line: &str) -> Marked {
    match question.judge(&answer(question, line)) {
        Ok(verdict) => Marked {
            verdict: verdict.outcome,
            score: verdict.score,
            feedback: words(&verdict),
        },
        Err(error) => Marked {
            verdict: Outcome::Incorrect,
            score: 0.0,
            feedback: error.to_string(),
        },
    }
}

/// A line as an answer: a choice by its words or its number from 1, several parted by `,` or `;`.
fn answer(question: &Question, line: &str) -> Answer {
    match question.kind {
        Kind::Text | Kind::Words => Answer::Text(line.to_owned()),
        Kind::One | Kind::Several => Answer::Choices(choices(question, line)),
    }
}

fn choices(question: &Question, line: &str) -> Vec<usize> {
    if line.is_empty() {
        return Vec::new();
    }
    if let Some(whole) = choice(question, line) {
        return vec![whole];
    }
    let beyond = question.choices.len();
    line.split([',', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| choice(question, part).unwrap_or(beyond))
        .collect()
}

fn choice(question: &Question, text: &str) -> Option<usize> {
    if let Ok(number) = text.parse::<usize>() {
        return number.checked_sub(1);
    }
    let plain = |text: &str| text.to_lowercase().replace('`', "");
    let text = plain(text);
    question
        .choices
        .iter()
        .position(|choice| plain(&unmarked(&choice.text_html)) == text)
}

fn words(verdict: &Verdict) -> String {
    let said: Vec<String> = verdict
        .feedback
        .iter()
        .map(|feedback| unmarked(&feedback.html))
        .collect();
    said.join(" ")
}

/// The words of sanitised HTML, on one line.
fn unmarked(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for sign in html.chars() {
        match sign {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if !in_tag => text.push(sign),
            _ => {}
        }
    }
    let plain = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "mark_tests.rs"]
mod tests;
