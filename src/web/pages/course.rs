//! The course page: what to do next, the learning path, and all lessons.

use std::sync::Arc;

use poem::web::Data;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::frame::PageFrame;
use super::path::{self, Drawing, PathStop};
use crate::course::{Course, Lesson};
use crate::learning::{Completion, Review, Standing, Tally};
use crate::store::Progress;
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::Visitor;

/// `GET /`.
#[handler]
pub(crate) async fn page(
    request: &Request,
    site: Data<&Arc<Site>>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let progress = visitor.progress().await?;
    let course = &site.learning.course;
    let frame = PageFrame::new(&site, request, &course.title)?;
    frame.page("course.html", &CourseView::new(course, &progress))
}

/// What the template `course.html` is filled with.
#[derive(Debug, Serialize)]
struct CourseView<'a> {
    summary: &'a str,
    lessons: usize,
    done: usize,
    next: Option<Next<'a>>,
    /// Questions that are due for review.
    due: usize,
    units: Vec<UnitView<'a>>,
    wide: Drawing,
    narrow: Drawing,
}

/// What to do next.
#[derive(Debug, Serialize)]
struct Next<'a> {
    kicker: &'static str,
    action: &'static str,
    title: &'a str,
    summary: &'a str,
    address: String,
    minutes: u32,
    state_words: String,
}

#[derive(Debug, Serialize)]
struct UnitView<'a> {
    number: u32,
    title: &'a str,
    summary: &'a str,
    /// Of its lessons together; none before the learner has opened one.
    tally: Option<Tally>,
    lessons: Vec<LessonRow<'a>>,
}

#[derive(Debug, Serialize)]
struct LessonRow<'a> {
    number: u32,
    title: &'a str,
    summary: &'a str,
    address: String,
    minutes: u32,
    state: Completion,
    state_words: String,
}

impl<'a> CourseView<'a> {
    fn new(course: &'a Course, progress: &Progress) -> Self {
        let lessons: Vec<(&Lesson, Standing)> = course
            .lessons()
            .map(|lesson| (&**lesson, Standing::of(lesson, progress)))
            .collect();
        let next = next(&lessons);
        let stops = stops(course, &lessons, next);
        let done = |(_, standing): &&(&Lesson, Standing)| standing.state == Completion::Done;
        Self {
            summary: &course.summary,
            lessons: lessons.len(),
            done: lessons.iter().filter(done).count(),
            next: next.and_then(|index| lessons.get(index)).map(Next::new),
            due: Review::of(course, progress).due,
            units: course
                .units
                .iter()
                .map(|unit| unit_view(unit, progress))
                .collect(),
            wide: path::wide(&stops),
            narrow: path::narrow(&stops),
        }
    }
}

impl<'a> Next<'a> {
    fn new((lesson, standing): &(&'a Lesson, Standing)) -> Self {
        let (kicker, action) = match standing.state {
            Completion::Started => ("Go on where you were", "Go on"),
            _ if lesson.prerequisites.is_empty() => ("Begin here", "Begin"),
            _ => ("What to do next", "Begin"),
        };
        Self {
            kicker,
            action,
            title: &lesson.title,
            summary: &lesson.summary,
            address: address(lesson),
            minutes: lesson.minutes,
            state_words: standing.words.clone(),
        }
    }
}

fn unit_view<'a>(unit: &'a crate::course::Unit, progress: &Progress) -> UnitView<'a> {
    let row = |lesson: &'a Arc<Lesson>| {
        let standing = Standing::of(lesson, progress);
        LessonRow {
            number: lesson.number,
            title: &lesson.title,
            summary: &lesson.summary,
            address: address(lesson),
            minutes: lesson.minutes,
            state: standing.state,
            state_words: standing.words,
        }
    };
    let lessons = || unit.lessons.iter();
    let opened = |lesson: &Arc<Lesson>| Standing::of(lesson, progress).state != Completion::Ahead;
    let begun = lessons().any(opened);
    UnitView {
        number: unit.number,
        title: &unit.title,
        summary: &unit.summary,
        tally: begun.then(|| lessons().map(|lesson| Tally::of(lesson, progress)).sum()),
        lessons: lessons().map(row).collect(),
    }
}

/// The lesson to do next: the first one begun, else the first one after the last one done, else the
/// first one that is not done.
fn next(lessons: &[(&Lesson, Standing)]) -> Option<usize> {
    let state = |index: usize| lessons[index].1.state;
    let open = |index: &usize| state(*index) != Completion::Done;
    let begun = (0..lessons.len()).find(|index| state(*index) == Completion::Started);
    let last_done = (0..lessons.len()).rfind(|index| state(*index) == Completion::Done);
    let after = last_done.and_then(|last| (last + 1..lessons.len()).find(open));
    begun.or(after).or_else(|| (0..lessons.len()).find(open))
}

fn stops(course: &Course, lessons: &[(&Lesson, Standing)], next: Option<usize>) -> Vec<PathStop> {
    let mut stops: Vec<PathStop> = lessons
        .iter()
        .enumerate()
        .map(|(index, (lesson, standing))| PathStop {
            number: lesson.number,
            title: lesson.title.clone(),
            address: address(lesson),
            state: standing.state,
            share: standing.share,
            next: next == Some(index),
            words: match standing.state {
                Completion::Ahead => format!("{} min", lesson.minutes),
                _ => standing.words.clone(),
            },
            unit: None,
        })
        .collect();
    let mut first = 0;
    for unit in &course.units {
        if let Some(stop) = stops.get_mut(first).filter(|_| !unit.lessons.is_empty()) {
            stop.unit = Some((unit.number, unit.title.clone()));
        }
        first += unit.lessons.len();
    }
    stops
}

/// A lesson's page.
#[must_use]
pub(crate) fn address(lesson: &Lesson) -> String {
    format!("/lessons/{}", lesson.slug)
}
