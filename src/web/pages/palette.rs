//! What the palette of the site's pages finds beside the commands of a page: lessons, their headings, and the
//! questions that the learner still has to do. The browser looks through it (`embedded/scripts/palette/`). What is the same
//! for all is made once ([`PaletteCourse`]); an answer adds the questions.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use poem::web::Data;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::compression;
use super::course::address;
use super::gzip::{Deflated, Effort, Member};
use super::piece::Piece;
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
    let PaletteCourse { lessons, prompts } = &site.palette;
    let questions: Vec<_> = to_do(prompts, &site.learning.course, &progress).collect();
    let questions = serde_json::to_string(&questions).map_err(Fault::internal)?;
    let own = format!("{questions}}}");
    let response = Response::builder()
        .header(CONTENT_TYPE, "application/json")
        .header(CACHE_CONTROL, "private, no-cache")
        .header(VARY, "Cookie");
    if !compression::is_taken(request.headers()) {
        return Ok(response.body([lessons.as_str(), &own].concat()));
    }
    let mut member = Member::with_room(lessons.text().len() / 3);
    member.push(lessons.text(), lessons.deflated());
    member.push(own.as_bytes(), &Deflated::of(own.as_bytes(), Effort::Once));
    Ok(compression::marked(response.body(member.finish())))
}

/// What the palette lists for everybody, made once of the course.
pub(crate) struct PaletteCourse {
    /// The beginning of the answer, up to the questions: `{"lessons":[…],"questions":`.
    lessons: Piece,
    /// What each question asks, as plain text: of each lesson, in the order of the course.
    prompts: Vec<Vec<String>>,
}

impl PaletteCourse {
    pub(crate) fn of(course: &Course) -> serde_json::Result<Self> {
        let lessons: Vec<_> = course.lessons().map(LessonEntry::of).collect();
        let lessons = serde_json::to_string(&lessons)?;
        let text = format!("{{\"lessons\":{lessons},\"questions\":");
        Ok(Self {
            lessons: Piece::new(text, Effort::Often),
            prompts: course.lessons().map(|lesson| prompts(lesson)).collect(),
        })
    }
}

fn prompts(lesson: &Lesson) -> Vec<String> {
    let questions = lesson.questions.iter();
    let prompt = |text: String| beginning(text.trim(), PROMPT).into_owned();
    questions
        .map(|question| prompt(plain_text(&question.prompt_html)))
        .collect()
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
    /// Its lesson's place in the list, from 0.
    lesson: usize,
    id: &'a QuestionId,
    /// Its place in the lesson, from 1.
    number: usize,
    /// The beginning of what is asked, as plain text.
    prompt: &'a str,
    /// Whether it is back for review.
    due: bool,
}

impl<'a> LessonEntry<'a> {
    fn of(lesson: &'a Arc<Lesson>) -> Self {
        Self {
            number: lesson.number,
            title: &lesson.title,
            summary: &lesson.summary,
            address: address(lesson),
            names: names_of(lesson, None),
            headings: headings(lesson),
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

/// The questions that are still to do, in the order of the course.
fn to_do<'a>(
    prompts: &'a [Vec<String>],
    course: &'a Course,
    progress: &Progress,
) -> impl Iterator<Item = QuestionEntry<'a>> {
    let lessons = course.lessons().zip(prompts).enumerate();
    lessons.flat_map(move |(lesson, (of, prompts))| {
        let asked = of.questions.iter().zip(prompts).zip(1..);
        asked.filter_map(move |((question, prompt), number)| {
            let round = progress.round(question);
            (!round.settled || round.due).then(|| QuestionEntry {
                lesson,
                id: &question.id,
                number,
                prompt,
                due: round.due,
            })
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
