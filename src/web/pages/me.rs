//! What is kept about a learner: to see, to take along, to carry to another browser, to delete.

use std::sync::Arc;

use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, HeaderValue, LOCATION};
use poem::web::{Data, Json};
use poem::{Body, IntoResponse, Request, Response, handler};
use serde::Serialize;

use super::course::address;
use super::form;
use super::frame::PageFrame;
use crate::course::Course;
use crate::learning::Standing;
use crate::store::{Kept, KeptLesson, Progress};
use crate::web::fault::Fault;
use crate::web::session::{RecoveryCode, Sessions};
use crate::web::site::Site;
use crate::web::who::{KnownOrNew, Learner, SessionCookie, Visitor};

/// A form of one short field.
const LIMIT: usize = 1024;
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
pub(crate) async fn all(learner: Learner) -> Result<Response, Fault> {
    let all = learner.all_kept().await?;
    let json = serde_json::to_string_pretty(&all).map_err(Fault::internal)?;
    let name = "attachment; filename=\"hxlab-about-me.json\"";
    Ok(Response::builder()
        .content_type("application/json")
        .header(CONTENT_DISPOSITION, name)
        .header(CACHE_CONTROL, "no-store")
        .body(json))
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
