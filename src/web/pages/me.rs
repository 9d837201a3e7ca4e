//! What is kept about a learner: to see, to take along, to carry to another browser, to delete.

use std::sync::Arc;

use async_stream::stream;
use bytes::Bytes;
use futures_util::Stream;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, HeaderValue, LOCATION};
use poem::web::{Data, Json};
use poem::{Body, IntoResponse, Request, Response, handler};
use serde::Serialize;

use super::course::address;
use super::form;
use super::frame::PageFrame;
use crate::budget::{Share, Use};
use crate::course::Course;
use crate::learning::Standing;
use crate::store::{Kept, KeptLesson, KeptPiece, KeptPlace, Progress};
use crate::web::fault::Fault;
use crate::web::session::{RecoveryCode, Sessions};
use crate::web::site::Site;
use crate::web::slow;
use crate::web::who::{KnownOrNew, Learner, SessionCookie, Visitor};

/// A form of one short field.
const LIMIT: usize = 1024;
/// What a download holds at once, in bytes, about: one version of a draft of 1 MiB, read and as JSON.
const DOWNLOAD: usize = 2 * 1024 * 1024;
const TITLE: &str = "What is kept about you";

/// `GET /me`.
#[handler]
pub(crate) async fn page(
    request: &Request,
    site: Data<&Arc<Site>>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    draw(request, &site, &visitor, None).await
}

/// `POST /me/code`: the page with a new recovery code, which is shown this once.
#[handler]
pub(crate) async fn new_code(
    request: &Request,
    site: Data<&Arc<Site>>,
    // As they were before the code was made.
    visitor: Visitor,
    KnownOrNew(learner): KnownOrNew,
) -> Result<Response, Fault> {
    let code = site.sessions.new_code(learner.id()).await?;
    let mut response = draw(request, &site, &visitor, Some(&code)).await?;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `POST /me/code/void`: the recovery code is no longer good.
#[handler]
pub(crate) async fn void_code(site: Data<&Arc<Site>>, learner: Learner) -> Result<Response, Fault> {
    site.sessions.void_code(learner.id()).await?;
    Ok(back("/me#code"))
}

/// `POST /me/sign-out`: every other browser is the learner's no longer.
#[handler]
pub(crate) async fn sign_out_others(
    request: &Request,
    site: Data<&Arc<Site>>,
    _learner: Learner,
) -> Result<Response, Fault> {
    let learner = site.sessions.keep_only(request.headers()).await?;
    site.learning.departures.tell(learner);
    Ok(back("/me#browsers"))
}

/// `GET /me/mark`: what tells this learner from another; null for nobody.
#[handler]
pub(crate) async fn mark(request: &Request, site: Data<&Arc<Site>>) -> Result<Response, Fault> {
    let learner = site.sessions.learner(request.headers()).await?;
    let answer = Json(serde_json::json!({ "mark": learner.map(Sessions::mark) }));
    let answer = answer.with_header(CACHE_CONTROL, "no-store");
    Ok(answer.into_response())
}

/// `GET /me/all.json`: all that is kept, as a file.
#[handler]
pub(crate) async fn all(site: Data<&Arc<Site>>, learner: Learner) -> Result<Response, Fault> {
    let who = Some(learner.id().who());
    let share = site.budget.take(Use::Downloads, who, DOWNLOAD)?;
    // The first piece is read at once, so that a fault of the store has its page.
    let first = learner.kept_piece(KeptPlace::default()).await?;
    let name = "attachment; filename=\"hxlab-about-me.json\"";
    Ok(Response::builder()
        .content_type("application/json")
        .header(CONTENT_DISPOSITION, name)
        .header(CACHE_CONTROL, "no-store")
        .body(slow::body(pieces(site.clone(), learner, first, share))))
}

/// The lists as one JSON object, laid out for people.
fn pieces(
    site: Arc<Site>,
    learner: Learner,
    first: Option<KeptPiece>,
    share: Share,
) -> impl Stream<Item = Bytes> + Send {
    stream! {
        let _share = share;
        let mut list = None;
        let mut next = first;
        while let Some(piece) = next {
            let turn = site.turns.next().await;
            let text = json(&piece, &mut list);
            drop(turn);
            yield text.into();
            next = match learner.kept_piece(piece.next).await {
                Ok(next) => next,
                Err(error) => {
                    // The text ends in the middle, so nobody takes it for whole.
                    tracing::error!(%error, "a download of what is kept broke off");
                    return;
                }
            };
        }
        yield Bytes::from_static(b"\n  ]\n}\n");
    }
}

/// A piece as JSON: the beginning of its list, where that is a new one, and its rows. `list` is the list before
/// and whether it has rows.
fn json(piece: &KeptPiece, list: &mut Option<(String, bool)>) -> String {
    let mut text = String::new();
    let has_rows = match &*list {
        Some((name, has_rows)) if *name == piece.list => *has_rows,
        before => {
            text.push_str(if before.is_some() { "\n  ],\n" } else { "{\n" });
            // A list's name is a word of ours.
            text.push_str("  \"");
            text.push_str(&piece.list);
            text.push_str("\": [");
            false
        }
    };
    for (place, row) in piece.rows.iter().enumerate() {
        text.push_str(if place > 0 || has_rows {
            ",\n    "
        } else {
            "\n    "
        });
        // Its texts hold no line break as such, so lines are of the layout only.
        text.push_str(&format!("{row:#}").replace('\n', "\n    "));
    }
    *list = Some((piece.list.clone(), has_rows || !piece.rows.is_empty()));
    text
}

/// `POST /me/delete`: deletes all of it, where the form says that it is meant.
#[handler]
pub(crate) async fn delete(
    body: Body,
    site: Data<&Arc<Site>>,
    visitor: Visitor,
    cookie: SessionCookie,
) -> Result<Response, Fault> {
    let meant = form::read(body, LIMIT).await?.first("sure") == Some("yes");
    if !meant {
        let sentence =
            "Nothing was deleted: tick the box that says you are sure, and send it again.";
        return Err(Fault::unprocessable(sentence));
    }
    if let Some(learner) = visitor.learner() {
        learner.forget().await?;
    }
    cookie.send(site.sessions.farewell());
    Ok(back("/me"))
}

fn back(address: &str) -> Response {
    let response = Response::builder().status(StatusCode::SEE_OTHER);
    response.header(LOCATION, address).finish()
}

async fn draw(
    request: &Request,
    site: &Site,
    visitor: &Visitor,
    code: Option<&RecoveryCode>,
) -> Result<Response, Fault> {
    let kept = match visitor.learner() {
        Some(learner) => Some(learner.kept().await?),
        None => None,
    };
    let progress = visitor.progress().await?;
    let view = MeView {
        kept: kept.as_ref(),
        lessons: kept
            .as_ref()
            .map(|kept| rows(&site.learning.course, kept, &progress))
            .unwrap_or_default(),
        forget_after: site.forget_after,
        link: code.map(|code| format!("{}recover?code={code}", site.url)),
        code: code.map(RecoveryCode::to_string),
    };
    PageFrame::new(site, request, TITLE)?.page("me.html", &view)
}

/// What the template `me.html` is filled with.
#[derive(Serialize)]
struct MeView<'a> {
    kept: Option<&'a Kept>,
    lessons: Vec<KeptRow<'a>>,
    /// After how many days without a deed all of it is deleted.
    forget_after: Option<u32>,
    /// A new recovery code.
    code: Option<String>,
    /// The page that takes it.
    link: Option<String>,
}

#[derive(Serialize)]
struct KeptRow<'a> {
    title: &'a str,
    /// None for a lesson that the course no longer has.
    address: Option<String>,
    /// Progress in words.
    words: String,
    kept: &'a KeptLesson,
}

/// The course's lessons in their order, then those that it no longer has.
fn rows<'a>(course: &'a Course, kept: &'a Kept, progress: &Progress) -> Vec<KeptRow<'a>> {
    let known = course.lessons().filter_map(|lesson| {
        Some(KeptRow {
            title: &lesson.title,
            address: Some(address(lesson)),
            words: Standing::of(lesson, progress).words,
            kept: kept.lessons.get(&lesson.slug)?,
        })
    });
    let gone = kept
        .lessons
        .iter()
        .filter(|(slug, _)| course.lesson(slug).is_none());
    let gone = gone.map(|(slug, kept)| KeptRow {
        title: slug,
        address: None,
        words: "no longer in the course".to_owned(),
        kept,
    });
    known.chain(gone).collect()
}
