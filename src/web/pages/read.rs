//! The mark “read” at a lesson's end.

use std::sync::Arc;

use http::StatusCode;
use http::header::{LOCATION, SET_COOKIE};
use poem::web::{Data, Path};
use poem::{Body, Request, Response, handler};
use serde::Serialize;

use super::course::address;
use super::form;
use super::frame::{Frame, wants_fragment};
use super::progress::Standing;
use crate::course::Lesson;
use crate::web::fault::Fault;
use crate::web::site::Site;

/// A form of one short field.
const LIMIT: usize = 1024;

/// `POST /lessons/:slug/read`: the control's fragment for htmx, or back to it.
#[handler]
pub async fn mark(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    Path(slug): Path<String>,
) -> Result<Response, Fault> {
    let session = site.sessions.learner_or_new(request.headers()).await?;
    let lesson = site.lesson(&slug)?;
    let read = form::read(body, LIMIT).await?.first("read") != Some("0");

    site.store
        .mark_read(session.learner, &lesson.slug, read)
        .await?;

    let mut response = if wants_fragment(request.headers()) {
        let progress = site.store.progress(session.learner).await?;
        let view = MarkView {
            read: ReadView::new(lesson, read),
            standing: Standing::of(lesson, &progress),
        };
        Frame::new(&site, request, &lesson.title)?.page("marked.html", &view)?
    } else {
        let response = Response::builder().status(StatusCode::SEE_OTHER);
        response
            .header(LOCATION, format!("{}#read", address(lesson)))
            .finish()
    };
    response.headers_mut().append(SET_COOKIE, session.cookie);
    Ok(response)
}

/// What the template `marked.html` is filled with.
#[derive(Serialize)]
struct MarkView {
    read: ReadView,
    standing: Standing,
}

/// What the template `read.html` is filled with.
#[derive(Debug, Serialize)]
pub struct ReadView {
    address: String,
    done: bool,
    words: &'static str,
    announcement: &'static str,
}

impl ReadView {
    /// The control of a lesson that is marked, or not.
    #[must_use]
    pub fn new(lesson: &Lesson, read: bool) -> Self {
        let done_when = match (lesson.questions.is_empty(), lesson.challenge.is_some()) {
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
