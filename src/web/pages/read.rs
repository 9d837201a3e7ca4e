//! The mark “read” at a lesson's end.

use std::sync::Arc;

use http::StatusCode;
use http::header::LOCATION;
use poem::web::Data;
use poem::{Body, Request, Response, handler};
use serde::Serialize;

use super::course::address;
use super::form;
use super::frame::PageFrame;
use crate::course::Lesson;
use crate::learning::Standing;
use crate::web::fault::Fault;
use crate::web::htmx::wants_fragment;
use crate::web::site::Site;
use crate::web::who::{KnownOrNew, PathLesson};

/// A form of one short field.
const LIMIT: usize = 1024;

/// `POST /lessons/:slug/read`: the control's fragment for htmx, or back to it.
#[handler]
pub(crate) async fn mark(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    PathLesson(lesson): PathLesson,
    KnownOrNew(learner): KnownOrNew,
) -> Result<Response, Fault> {
    let read = form::read(body, LIMIT).await?.first("read") != Some("0");
    learner.mark_read(&lesson, read).await?;
    if !wants_fragment(request.headers()) {
        let response = Response::builder().status(StatusCode::SEE_OTHER);
        return Ok(response
            .header(LOCATION, format!("{}#read", address(&lesson)))
            .finish());
    }
    let progress = learner.progress().await?;
    let view = MarkView {
        read: ReadView::new(&lesson, read),
        standing: Standing::of(&lesson, &progress),
    };
    PageFrame::new(&site, request, &lesson.title)?.page("marked.html", &view)
}

/// What the template `marked.html` is filled with.
#[derive(Serialize)]
struct MarkView {
    read: ReadView,
    standing: Standing,
}

/// What the template `read.html` is filled with.
#[derive(Debug, Serialize)]
pub(crate) struct ReadView {
    address: String,
    done: bool,
    words: &'static str,
    announcement: &'static str,
}

impl ReadView {
    /// The control of a lesson that is marked, or not.
    #[must_use]
    pub(crate) fn new(lesson: &Lesson, read: bool) -> Self {
        let done_when = match (lesson.questions.is_empty(), lesson.challenge.is_some()) {
            (true, false) if !lesson.steps.is_empty() => {
                "The lesson is done when each of its steps is."
            }
            (false, false) if !lesson.steps.is_empty() => {
                "The lesson is done when each of its steps is, and each of its questions is answered."
            }
            (true, false) => "Read to the end? Then this lesson is done.",
            (true, true) => "The lesson is done when its challenge is passed.",
            (false, false) => "The lesson is done when each of its questions is answered.",
            (false, true) => {
                "The lesson is done when each of its questions is answered and its challenge is passed."
            }
        };
        let (words, announcement) = if read {
            ("You marked this lesson as read.", "Marked as read.")
        } else {
            (done_when, "No longer marked as read.")
        };
        Self {
            address: format!("{}/read", address(lesson)),
            done: read,
            words,
            announcement,
        }
    }
}
