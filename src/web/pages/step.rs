//! A lesson's steps: each with what it changes, and its tick.

use std::sync::Arc;

use http::StatusCode;
use http::header::LOCATION;
use poem::web::Data;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::course::address;
use super::frame::PageFrame;
use crate::course::{Edit, Lesson, Sign, Step};
use crate::learning::Standing;
use crate::web::fault::Fault;
use crate::web::htmx::wants_fragment;
use crate::web::site::Site;
use crate::web::who::{KnownOrNew, PathLesson, PathStep, Visitor};

/// `POST /lessons/:slug/steps/:step`: the learner has done it. The tick's fragment for htmx, or back to it. A step that
/// the log ticks is not for them to tick.
#[handler]
pub(crate) async fn tick(
    request: &Request,
    site: Data<&Arc<Site>>,
    PathStep { lesson, step }: PathStep,
    KnownOrNew(learner): KnownOrNew,
) -> Result<Response, Fault> {
    if !step.claims.is_empty() {
        return Err(Fault::unprocessable(
            "This step is ticked once your server has shown it: press Run, and try what the step says.",
        ));
    }
    learner.tick(&lesson, &step).await?;
    if !wants_fragment(request.headers()) {
        let response = Response::builder().status(StatusCode::SEE_OTHER);
        let there = format!("{}#{}", address(&lesson), anchor(&step));
        return Ok(response.header(LOCATION, there).finish());
    }
    let progress = learner.progress().await?;
    let view = TickedView {
        tick: TickView {
            announcement: format!("Step {} is done.", place(&lesson, &step)),
            ..TickView::new(&lesson, &step, true)
        },
        standing: Standing::of(&lesson, &progress),
    };
    PageFrame::new(&site, request, &lesson.title)?.page("ticked.html", &view)
}

/// `GET /lessons/:slug/standing`: how far the learner is, as the lesson's page shows it.
#[handler]
pub(crate) async fn standing(
    request: &Request,
    site: Data<&Arc<Site>>,
    PathLesson(lesson): PathLesson,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let progress = visitor.progress().await?;
    let standing = Standing::of(&lesson, &progress);
    let view = StandingView { standing };
    PageFrame::new(&site, request, &lesson.title)?.page("standing.html", &view)
}

/// What the template `standing.html` is filled with.
#[derive(Serialize)]
struct StandingView {
    standing: Standing,
}

/// What the template `ticked.html` is filled with.
#[derive(Serialize)]
struct TickedView {
    tick: TickView,
    standing: Standing,
}

/// What the template `tick.html` is filled with.
#[derive(Debug, Serialize)]
pub(super) struct TickView {
    /// The step's anchor.
    at: String,
    /// Where the learner says that it is done; none where the log says so.
    address: Option<String>,
    done: bool,
    /// What is read out when it comes.
    announcement: String,
}

impl TickView {
    /// The tick of a step that is done, or not yet.
    pub(super) fn new(lesson: &Lesson, step: &Step, done: bool) -> Self {
        let by_hand = step.claims.is_empty();
        Self {
            at: anchor(step),
            address: by_hand.then(|| format!("{}/steps/{}", address(lesson), step.id)),
            done,
            announcement: String::new(),
        }
    }
}

/// What of a step is the same for all, in the template `step.html`.
#[derive(Debug, Serialize)]
pub(super) struct StepView<'a> {
    id: &'a str,
    at: String,
    /// From 1, and how many there are.
    number: usize,
    of: usize,
    /// Of its heading.
    level: u8,
    text_html: &'a str,
    see_html: &'a str,
    edits: Vec<EditView<'a>>,
}

#[derive(Debug, Serialize)]
struct EditView<'a> {
    file: &'a str,
    /// Whether it makes the file.
    is_new: bool,
    lines: Vec<LineView<'a>>,
}

#[derive(Debug, Serialize)]
struct LineView<'a> {
    /// `-`, `+` or a space, as the script that puts it in reads it.
    sign: char,
    html: &'a str,
}

impl<'a> StepView<'a> {
    /// The step at this place of a lesson, from 0, with a heading of this level.
    pub(super) fn new(lesson: &'a Lesson, place: usize, level: u8) -> Option<Self> {
        let step = lesson.steps.get(place)?;
        Some(Self {
            id: &step.id,
            at: anchor(step),
            number: place + 1,
            of: lesson.steps.len(),
            level,
            text_html: &step.text_html,
            see_html: &step.see_html,
            edits: step.edits.iter().map(EditView::new).collect(),
        })
    }
}

impl<'a> EditView<'a> {
    fn new(edit: &'a Edit) -> Self {
        let line = edit.lines.iter().map(|line| LineView {
            sign: line.sign.written(),
            html: &line.html,
        });
        Self {
            file: edit.file.as_str(),
            is_new: edit.lines.iter().all(|line| line.sign == Sign::Comes),
            lines: line.collect(),
        }
    }
}

/// The step's element in the page.
fn anchor(step: &Step) -> String {
    format!("lesson-step-{}", step.id)
}

/// As in “2 of 5”.
fn place(lesson: &Lesson, step: &Step) -> String {
    let place = lesson.steps.iter().position(|it| it.id == step.id);
    format!("{} of {}", place.unwrap_or(0) + 1, lesson.steps.len())
}
