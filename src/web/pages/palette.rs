//! What the palette of the site's pages finds beside the commands of a page: lessons, their headings, and the
//! questions that the learner still has to do. The browser looks through it (`embedded/scripts/palette/`).

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use poem::web::Data;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::course::address;
use super::{compression, gzip};
use crate::course::{Course, Heading, Lesson};
use crate::excerpt::beginning;
use crate::exercise::QuestionId;
use crate::questions::plain_text;
use crate::store::Progress;
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::Visitor;

/// How many characters of what is asked a line of the palette has room for.
const PROMPT: usize = 90;

/// How many names of code are told of one heading, and how long they are, in bytes.
const NAMES: usize = 30;
const LENGTHS: RangeInclusive<usize> = 4..=40;

/// `GET /palette.json`.
#[handler]
pub(crate) async fn all(
    request: &Request,
    site: Data<&Arc<Site>>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let progress = visitor.progress().await?;
    let entries = PaletteEntries::new(&site.learning.course, &progress);
    let json = serde_json::to_vec(&entries).map_err(Fault::internal)?;
    let response = Response::builder()
        .header(CONTENT_TYPE, "application/json")
        .header(CACHE_CONTROL, "private, no-cache")
        .header(VARY, "Cookie");
    if compression::is_taken(request.headers()) {
        return Ok(compression::marked(response.body(gzip::whole(&json))));
    }
    Ok(response.body(json))
}

/// In the order of the course.
#[derive(Serialize)]
struct PaletteEntries<'a> {
    lessons: Vec<LessonEntry<'a>>,
}

#[derive(Serialize)]
struct LessonEntry<'a> {
    number: u32,
    title: &'a str,
    summary: &'a str,
    address: String,
    /// Of what stands before the first heading.
    names: Vec<&'a str>,
    headings: Vec<HeadingEntry<'a>>,
    questions: Vec<QuestionEntry<'a>>,
}

#[derive(Serialize)]
struct HeadingEntry<'a> {
    id: &'a str,
    text: &'a str,
    names: Vec<&'a str>,
}

/// A question that is not worked through, or is back.
#[derive(Serialize)]
struct QuestionEntry<'a> {
    id: &'a QuestionId,
    /// Its place in the lesson, from 1.
    number: usize,
    /// The beginning of what is asked, as plain text.
    prompt: String,
    /// Whether it is back for review.
    due: bool,
}

impl<'a> PaletteEntries<'a> {
    fn new(course: &'a Course, progress: &Progress) -> Self {
        let entry = |lesson: &'a Arc<Lesson>| LessonEntry {
            number: lesson.number,
            title: &lesson.title,
            summary: &lesson.summary,
            address: address(lesson),
            names: names_of(lesson, None),
            headings: headings(lesson),
            questions: to_do(lesson, progress).collect(),
        };
        Self {
            lessons: course.lessons().map(entry).collect(),
        }
    }
}

fn headings(lesson: &Lesson) -> Vec<HeadingEntry<'_>> {
    let headings = lesson.headings.iter();
    let entries = headings.map(|heading| HeadingEntry {
        id: &heading.id,
        text: &heading.text,
        names: names_of(lesson, Some(heading)),
    });
    entries.collect()
}

/// The names of code that the words under a heading hold, such as `hx-target` and `Bun.serve`: by them people look
/// for a place whose heading does not say them.
fn names_of<'a>(lesson: &'a Lesson, heading: Option<&Heading>) -> Vec<&'a str> {
    let sections = lesson.sections.iter();
    let here = sections.filter(|section| section.heading.as_ref() == heading);
    let words = here.flat_map(|section| section.text.split(|sign| !is_of_name(sign)));
    let words = words.map(|word| word.trim_matches(|sign: char| !sign.is_ascii_alphanumeric()));
    let names: BTreeSet<&str> = words.filter(|word| is_name(word)).collect();
    names.into_iter().take(NAMES).collect()
}

fn is_of_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.' | '_')
}

/// Whether a word is put together as names of code are, and as some words of English.
fn is_name(word: &str) -> bool {
    let has_letter = word.starts_with(|sign: char| sign.is_ascii_alphabetic());
    has_letter && LENGTHS.contains(&word.len()) && word.contains(['-', '.', '_'])
}

fn to_do<'a>(lesson: &'a Lesson, progress: &Progress) -> impl Iterator<Item = QuestionEntry<'a>> {
    let numbered = lesson.questions.iter().zip(1..);
    numbered.filter_map(|(question, number)| {
        let round = progress.round(question);
        (!round.settled || round.due).then(|| QuestionEntry {
            id: &question.id,
            number,
            prompt: beginning(plain_text(&question.prompt_html).trim(), PROMPT).into_owned(),
            due: round.due,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_code_are_told_from_words() {
        for name in ["hx-target", "HX-Trigger", "Bun.serve", "hx_old"] {
            assert!(is_name(name), "{name}");
        }
        for word in ["target", "a-b", "3.14159", "-webkit"] {
            assert!(!is_name(word), "{word}");
        }
    }
}
