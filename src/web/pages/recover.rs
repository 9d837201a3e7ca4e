//! Going on as the same learner in another browser, by a code that the first one was given.

use std::sync::Arc;

use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderValue, LOCATION};
use poem::web::Data;
use poem::{Body, Request, Response, handler};
use serde::Serialize;
use url::form_urlencoded;

use super::form;
use super::frame::PageFrame;
use crate::web::fault::Fault;
use crate::web::session::RecoveryCode;
use crate::web::site::Site;
use crate::web::who::{SessionCookie, Visitor};

/// A code and a mark.
const LIMIT: usize = 1024;

/// What the template `recover.html` is filled with.
#[derive(Serialize)]
struct RecoverView<'a> {
    /// As it was typed, or stood in the link.
    code: &'a str,
    /// Whether this browser has work of another learner, who would be left.
    leaves: bool,
    /// Why the code was not taken.
    trouble: Option<&'static str>,
}

/// `GET /recover?code=`: the form. It changes nothing, since anybody may send somebody a link.
#[handler]
pub(crate) async fn page(
    request: &Request,
    site: Data<&Arc<Site>>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let query = request.uri().query().unwrap_or_default();
    let mut fields = form_urlencoded::parse(query.as_bytes());
    let code = fields.find(|(name, _)| name == "code");
    let code: String = code.map_or(String::new(), |(_, code)| code.chars().take(40).collect());
    draw((request, &site, &visitor), &code, None).await
}

/// `POST /recover`: this browser becomes the learner's to whom the code belongs.
#[handler]
pub(crate) async fn take(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    visitor: Visitor,
    cookie: SessionCookie,
) -> Result<Response, Fault> {
    let fields = form::read(body, LIMIT).await?;
    let typed = fields.first("code").unwrap_or_default();
    let again = |trouble| draw((request, &site, &visitor), typed, Some(trouble));
    let Some(code) = RecoveryCode::read(typed) else {
        return again(
            "A code has four groups of four letters and digits: look whether all of it is here.",
        )
        .await;
    };
    if has_work(&visitor).await? && fields.first("leave") != Some("yes") {
        return again("This browser has work of its own: tick the box to leave it, or make a code for it first.").await;
    }
    let Some(session) = site.sessions.recover(&code).await? else {
        return again("Nobody has this code: it may be mistyped, or a newer one took its place.")
            .await;
    };
    cookie.send(session.cookie);
    let response = Response::builder().status(StatusCode::SEE_OTHER);
    Ok(response.header(LOCATION, "/").finish())
}

async fn draw(
    (request, site, visitor): (&Request, &Site, &Visitor),
    code: &str,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let view = RecoverView {
        code,
        leaves: has_work(visitor).await?,
        trouble,
    };
    let frame = PageFrame::new(site, request, "Go on in this browser")?;
    let mut response = frame.page("recover.html", &view)?;
    if trouble.is_some() {
        response.set_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn has_work(visitor: &Visitor) -> Result<bool, Fault> {
    match visitor.learner() {
        Some(learner) => Ok(learner.kept().await?.has_work()),
        None => Ok(false),
    }
}
