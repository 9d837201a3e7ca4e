//! Faults as answers: whoever asks gets the form that they understand.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use http::header::{self, HeaderMap};
use http::{Method, StatusCode};
use poem::error::{MethodNotAllowedError, NotFoundError, ResponseError};
use poem::{Endpoint, PathPattern, Request, Response};
use serde::Serialize;
use url::Url;

use super::{Fault, Missing};
use crate::escape::escaped;
use crate::web::htmx::wants_fragment;
use crate::web::requests::{Failed, TurnedAway, new_id};
use crate::web::who::WHOSE;

/// What a page about a fault says; the context of its template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FaultPage {
    /// The status of the answer.
    pub(crate) status: u16,
    /// A few words.
    pub(crate) title: &'static str,
    /// One sentence that says what to do.
    pub(crate) sentence: String,
    /// Whether to offer the page that takes a recovery code.
    pub(crate) recovers: bool,
    /// The page to load again, before what was done there is repeated; empty for the one that was asked for.
    pub(crate) again: String,
    /// Where whoever runs the site is asked, if only they can mend it and the site says where.
    pub(crate) contact: Option<Contact>,
    /// By which whoever runs the site finds in the log what went wrong.
    pub(crate) id: Option<String>,
}

/// Where whoever runs a site is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Contact {
    /// A link.
    pub(crate) url: String,
    /// The address as people write it.
    pub(crate) address: String,
}

impl From<&Url> for Contact {
    fn from(url: &Url) -> Self {
        let is_mail = url.scheme() == "mailto";
        Self {
            url: url.to_string(),
            address: if is_mail { url.path() } else { url.as_str() }.to_owned(),
        }
    }
}

impl FaultPage {
    /// The sentence, with whom to ask.
    fn whole_sentence(&self) -> String {
        let Some(contact) = &self.contact else {
            return self.sentence.clone();
        };
        format!(
            "{} Whoever runs this site is reached at {}.",
            self.sentence, contact.address
        )
    }
}

/// Draws the page about a fault for the asker who sent these headers; `None` when it cannot, and
/// then a plain page is used.
pub(crate) type Draw = Arc<dyn Fn(&FaultPage, &HeaderMap) -> Option<String> + Send + Sync>;

/// How the asker wants to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerForm {
    /// A whole page.
    Page,
    /// A piece of a page, for htmx.
    Fragment,
    /// `{"error": sentence}`, for scripts.
    Json,
}

impl AnswerForm {
    /// What the asker who sent these headers understands.
    #[must_use]
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let names = |name, kind: &str| {
            let value = headers.get(name).and_then(|value| value.to_str().ok());
            value.is_some_and(|value| value.to_ascii_lowercase().contains(kind))
        };
        if wants_fragment(headers) {
            return Self::Fragment;
        }
        let wants_page = names(header::ACCEPT, "text/html");
        let is_script = names(header::ACCEPT, "application/json")
            || names(header::ACCEPT, "text/event-stream")
            || names(header::CONTENT_TYPE, "application/json");
        if is_script && !wants_page {
            Self::Json
        } else {
            Self::Page
        }
    }
}

impl Fault {
    /// The answer to the asker who sent these headers.
    #[must_use]
    fn respond(&self, method: &Method, headers: &HeaderMap, manner: &Manner) -> Response {
        let failed = self.cause().map(|cause| Failed {
            id: new_id(),
            cause: cause.to_owned(),
        });
        let page = FaultPage {
            status: self.status().as_u16(),
            title: self.title(),
            sentence: self.sentence(),
            recovers: self.is_about_identity(),
            again: again(method, headers),
            contact: manner.contact.clone().filter(|_| self.is_up_to_operator()),
            id: failed.as_ref().map(|it| it.id.clone()),
        };
        let (kind, body) = match AnswerForm::of(headers) {
            AnswerForm::Page => (
                "text/html; charset=utf-8",
                (manner.draw)(&page, headers).unwrap_or_else(|| plain_page(&page)),
            ),
            AnswerForm::Fragment => (
                "text/html; charset=utf-8",
                manner
                    .drawn_fragment(&page, headers)
                    .unwrap_or_else(|| plain_fragment(&page)),
            ),
            AnswerForm::Json => (
                "application/json",
                match &page.id {
                    Some(id) => serde_json::json!({ "error": page.sentence, "id": id }),
                    None => serde_json::json!({ "error": page.whole_sentence() }),
                }
                .to_string(),
            ),
        };
        let mut response = Response::builder()
            .status(self.status())
            .header(header::CONTENT_TYPE, kind)
            .header(header::CACHE_CONTROL, "no-store")
            .body(body);
        if let Some(failed) = failed {
            response.set_data(failed);
        }
        if let Some(reason) = self.refusal() {
            response.set_data(TurnedAway(reason));
        }
        response
    }

    /// What poem's own refusals mean here.
    fn of_error(error: &poem::Error) -> Self {
        if let Some(fault) = error.downcast_ref::<Self>() {
            return fault.clone();
        }
        if error.is::<NotFoundError>() {
            return Self::NotFound(Missing::Page);
        }
        if error.is::<MethodNotAllowedError>() {
            return Self::Method;
        }
        let status = error.status();
        if status.is_client_error() && status != StatusCode::NOT_FOUND {
            return Self::Malformed("Load the page again and repeat what you did.".to_owned());
        }
        Self::internal(error)
    }
}

impl ResponseError for Fault {
    fn status(&self) -> StatusCode {
        self.status()
    }
}

/// The endpoint around all others that answers their faults, and their panics.
pub(crate) struct FaultAnswers<E> {
    inner: E,
    manner: Manner,
}

/// How faults are said.
struct Manner {
    draw: Draw,
    /// Whether `draw` draws fragments too, by the headers; otherwise they are one sentence.
    draws_fragments: bool,
    contact: Option<Contact>,
}

impl Manner {
    fn drawn_fragment(&self, page: &FaultPage, headers: &HeaderMap) -> Option<String> {
        self.draws_fragments
            .then(|| (self.draw)(page, headers))
            .flatten()
    }
}

impl<E: Endpoint> FaultAnswers<E> {
    /// Answers the faults of `inner` with pages that `draw` draws.
    pub(crate) fn around(inner: E, draw: Draw) -> Self {
        Self {
            inner,
            manner: Manner {
                draw,
                draws_fragments: false,
                contact: None,
            },
        }
    }

    /// The same, where `draw` draws the fragments for htmx as well.
    #[must_use]
    pub(crate) fn drawing_fragments(mut self) -> Self {
        self.manner.draws_fragments = true;
        self
    }

    /// The same, which tells where whoever runs the site is asked.
    #[must_use]
    pub(crate) fn naming(mut self, contact: Option<&Url>) -> Self {
        self.manner.contact = contact.map(Contact::from);
        self
    }
}

impl<E: Endpoint> Endpoint for FaultAnswers<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let (method, headers) = (request.method().clone(), request.headers().clone());
        let answered = AssertUnwindSafe(self.inner.call(request)).catch_unwind();
        let mut route = None;
        let fault = match answered.await {
            Ok(Ok(output)) => return Ok(poem::IntoResponse::into_response(output)),
            Ok(Err(error)) if error.is_from_response() => return Ok(error.into_response()),
            Ok(Err(error)) => {
                route = error.data::<PathPattern>().cloned();
                Fault::of_error(&error)
            }
            Err(_) => Fault::internal("a panic, which is told above"),
        };
        let mut response = fault.respond(&method, &headers, &self.manner);
        if let Some(route) = route {
            response.set_data(route);
        }
        Ok(response)
    }
}

/// Where the page is that asked: the page itself, or for a form the one that it stands in. That one may be the answer
/// to a form as well, which nobody can load; its address says whose it is.
fn again(method: &Method, headers: &HeaderMap) -> String {
    if matches!(*method, Method::GET | Method::HEAD) {
        return String::new();
    }
    let from = headers.get(header::REFERER);
    let from = from.and_then(|from| Url::parse(from.to_str().ok()?).ok());
    let own = from.filter(|from| {
        let host = headers.get(header::HOST).map(http::HeaderValue::as_bytes);
        let is_here = host
            == from
                .origin()
                .ascii_serialization()
                .split_once("://")
                .map(|(_, it)| it.as_bytes());
        let is_answer = from.query_pairs().any(|(name, _)| name == WHOSE);
        is_here && !is_answer && !from.path().starts_with("//")
    });
    let path =
        own.map(|from| from[url::Position::BeforePath..url::Position::AfterQuery].to_owned());
    path.unwrap_or_else(|| "/".to_owned())
}

fn plain_fragment(page: &FaultPage) -> String {
    let id = page.id.iter();
    let id = id.fold(String::new(), |_, id| format!(" ({id})"));
    let sentence = escaped(&page.whole_sentence());
    format!(
        "<p class=\"fault\" role=\"alert\">{}: {sentence}{id}</p>",
        page.title
    )
}

fn plain_page(page: &FaultPage) -> String {
    let FaultPage {
        status, title, id, ..
    } = page;
    let sentence = page.whole_sentence();
    let id = id
        .iter()
        .fold(String::new(), |_, id| format!("<p>In the log: {id}</p>"));
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{status} · {title}</title>\
         <h1>{title}</h1><p>{}</p>{id}</html>",
        escaped(&sentence)
    )
}
