//! The gateway: turns HTTP, WebSocket and server-sent events at a sandbox's address into messages to
//! its Run, and back.
//!
//! [`Gateway::enter`] takes a request in these steps: what it asks for ([`request_context`]), a form's answer that
//! waits for it ([`form`]), paths that the gateway serves by itself ([`own`]), the body within its limit,
//! the learner's server, and its answer with what belongs to the host put right ([`headers`]), as a
//! whole, a stream or a WebSocket ([`socket`]).

mod changes;
mod compressed;
mod cookies;
mod document;
mod doors;
mod elsewhere;
mod form;
mod handshake;
mod headers;
mod moving;
mod own;
mod page;
mod partitioned;
mod pieces;
mod policy;
mod query;
pub(in crate::web) mod report;
mod request_context;
mod socket;
mod tags;
mod unavailable;
mod validators;
mod watched;

use std::sync::Arc;

pub(crate) use doors::{Doors, LeftOut, OneDoor};

use bytes::Bytes;
use futures_util::StreamExt as _;
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use poem::{Body, Request, Response};
use url::Url;

use crate::assets::Templates;
use crate::engine::message::{HeaderList, LimitName};
use crate::sandbox::addresses::Ports;
use crate::sandbox::{Pieces, ResponseHead, Sandbox, SandboxGone, SandboxResponse, Socket};
use crate::web::body;
use crate::web::fault::Fault;
use crate::web::front::PreviewPort;
use crate::web::listen::{SHORT_HEAD, WayOut};
use crate::web::shutdown::Shutdown;
use changes::Changes;
use form::Held;
use page::{LongBody, Page};
use pieces::{held_with, in_order, until};
use request_context::{Actor, Jar, RequestContext, Seen, Window};

/// What is the same for every response, besides the policy.
const HOST_HEADERS: [(HeaderName, &str); 4] = [
    (HeaderName::from_static("origin-agent-cluster"), "?1"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-site",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// Stands on requests for the script of a service worker, which pages cannot take away.
const SERVICE_WORKER: HeaderName = HeaderName::from_static("service-worker");

/// What every sandbox's address has in common.
pub(crate) struct Gateway {
    /// The site's origin, which may show sandboxes in its frames; none for `hxlab run`.
    site: Option<String>,
    seen: Seen,
    /// What tells browsers to use https alone.
    hsts: Option<HeaderValue>,
    templates: Arc<Templates>,
    shutdown: Shutdown,
    /// The ports of sandboxes that have no names.
    ports: Option<Arc<Ports>>,
    /// Answers to the preview's forms, on their way to becoming documents.
    held: Held,
    /// Where those who come from outside report a sandbox.
    report_to: Option<Url>,
    /// The policy of a sandbox that no site shows.
    alone: HeaderValue,
}

impl Gateway {
    /// A gateway for sandboxes under a site, or for one that stands alone.
    #[must_use]
    pub(crate) fn new(
        site: Option<String>,
        scheme: &str,
        templates: Arc<Templates>,
        shutdown: Shutdown,
    ) -> Self {
        Self {
            site,
            seen: Seen {
                scheme: scheme.to_owned(),
                is_cross_site: false,
            },
            hsts: None,
            templates,
            shutdown,
            ports: None,
            held: Held::default(),
            report_to: None,
            alone: policy::of("", ""),
        }
    }

    /// The same for sandboxes with ports.
    #[must_use]
    pub(crate) fn at_ports(mut self, ports: Option<Arc<Ports>>) -> Self {
        self.ports = ports;
        self
    }

    /// The same for sandboxes whose domain is of another site than the one that shows them. What that tells browsers of
    /// https does not hold for them, so they get it as well.
    #[must_use]
    pub(crate) fn cross_site(mut self, hsts: Option<HeaderValue>) -> Self {
        self.seen.is_cross_site = true;
        self.hsts = hsts;
        self
    }

    /// The same, where those who come from outside are told whom to report a sandbox to.
    #[must_use]
    pub(crate) fn reported_to(mut self, report_to: Option<Url>) -> Self {
        self.report_to = report_to;
        self
    }

    /// Answers a request at a sandbox's address.
    pub(crate) async fn enter(&self, sandbox: &Sandbox, mut request: Request) -> Response {
        let body = request.take_body();
        if has_long_head(&request) {
            return self.refuse_head(sandbox, &mut request).await;
        }
        let is_worker = self.site.is_some() && request.headers().contains_key(SERVICE_WORKER);
        let by_script = form::unmark(request.headers_mut());
        let line = self.site.as_ref().map(|_| watched::unmark(&mut request));
        let mut asked = RequestContext::of(&request, &self.seen);
        asked.head.line = line.unwrap_or(0);
        if asked.head.name.is_some() && sandbox.is_checks() {
            asked.actor = Actor::Check;
        }
        if is_worker {
            return own::refused(sandbox, &asked, &Fault::ServiceWorker).await;
        }
        if let Some(page) = moved(&request, &asked) {
            return page;
        }
        if let Some(response) = self.held.collect(&asked) {
            return response;
        }
        if let (Some(report_to), Some(site)) = (&self.report_to, &self.site)
            && report::is_asked(&request)
        {
            return report::page(&self.templates, site, asked.origin(), report_to);
        }
        if self.report_to.is_some() && report::is_closing(&request) {
            return report::closed(&asked);
        }
        if own::is_blank(&request) {
            let mut response = own::blank(&tags::of_preview(&asked, self.site.as_deref(), 0));
            self.seal(sandbox, response.headers_mut(), &asked);
            return response;
        }
        let mut response = match own::file(&request) {
            Some(response) => {
                sandbox.record(own::served(&asked.head, &response)).await;
                response
            }
            None => self.ask(sandbox, &request, &asked, body).await,
        };
        self.seal(sandbox, response.headers_mut(), &asked);
        if by_script {
            return self.held.answer(&asked, response);
        }
        response
    }

    /// What made it long is not kept on the wire either.
    async fn refuse_head(&self, sandbox: &Sandbox, request: &mut Request) -> Response {
        let mut headers = std::mem::take(request.headers_mut());
        if let Some(host) = headers.remove(header::HOST) {
            request.headers_mut().insert(header::HOST, host);
        }
        let asked = RequestContext::of(request, &self.seen);
        let limit = SHORT_HEAD;
        own::refused(sandbox, &asked, &Fault::LongHead { limit }).await
    }

    async fn ask(
        &self,
        sandbox: &Sandbox,
        request: &Request,
        asked: &RequestContext,
        body: Body,
    ) -> Response {
        let (body, rest) = match body::begin(body, sandbox.limits().body).await {
            Ok(begun) => begun,
            Err(fault) => return refuse_body(sandbox, asked, &fault).await,
        };
        let mut changes = Changes::default();
        let response = match sandbox.request(asked.head.clone(), body.into(), rest).await {
            Ok(SandboxResponse::Whole { response, body }) => {
                self.whole(asked, &response, body, &mut changes)
            }
            Ok(SandboxResponse::Stream { response, pieces }) => {
                self.stream(sandbox, asked, &response, pieces, &mut changes)
                    .await
            }
            Ok(SandboxResponse::Socket {
                headers, socket, ..
            }) => {
                let mut sent = to_client(asked, &headers, &mut changes);
                if let Some(protocol) = headers::subprotocol(&headers) {
                    sent.insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
                }
                self.switch(request, asked, sent, socket)
            }
            Ok(SandboxResponse::Unavailable { entry, why }) => {
                let reader = unavailable::Reader {
                    wants_page: asked.wants_page,
                    at_terminal: self.site.is_none(),
                };
                let tag = tags::of_preview(asked, self.site.as_deref(), entry);
                unavailable::response(&why, &reader, &self.templates, &tag)
            }
            Err(SandboxGone) => plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "The server is stopping. Try again in a moment.",
            ),
        };
        changes.tell(sandbox).await;
        response
    }

    fn whole(
        &self,
        asked: &RequestContext,
        response: &ResponseHead,
        body: Bytes,
        changes: &mut Changes,
    ) -> Response {
        let mut answer = self.headed(asked, response, changes);
        if asked.head.method == "HEAD" {
            set_length(&mut answer, headers::length(&response.headers));
        }
        if is_page(asked, answer.headers()) && !body.is_empty() {
            let page = self.page(asked, response.entry, changes);
            page.set(&mut answer, body);
            if self.is_reported(asked) {
                headers::ask_each_time(answer.headers_mut());
            }
        } else {
            answer.set_body(body);
        }
        answer
    }

    /// A response with the learner's status and headers, and no body yet.
    fn headed(
        &self,
        asked: &RequestContext,
        head: &ResponseHead,
        changes: &mut Changes,
    ) -> Response {
        let mut response = Response::default();
        response.set_status(StatusCode::from_u16(head.status).unwrap_or(StatusCode::BAD_GATEWAY));
        *response.headers_mut() = to_client(asked, &head.headers, changes);
        if response.status() == StatusCode::UPGRADE_REQUIRED {
            headers::name_websocket(&head.headers, response.headers_mut());
        }
        if self.site.is_some() {
            watched::number(asked, head.entry, &mut response);
        }
        response
    }

    /// A body that comes in pieces.
    async fn stream(
        &self,
        sandbox: &Sandbox,
        asked: &RequestContext,
        response: &ResponseHead,
        pieces: Pieces,
        changes: &mut Changes,
    ) -> Response {
        let mut answer = self.headed(asked, response, changes);
        if is_page(asked, answer.headers()) {
            let page = self.page(asked, response.entry, changes);
            let body = (response.length, pieces);
            if let Some(long) = page.set_or_stream(&mut answer, body, sandbox).await {
                self.set_stream(&mut answer, long);
            }
        } else {
            let pieces = in_order(pieces).boxed();
            self.set_stream(&mut answer, (response.length, pieces));
        }
        answer
    }

    fn page<'c>(&self, asked: &RequestContext, entry: u64, changes: &'c mut Changes) -> Page<'c> {
        Page {
            tag: self.tag(asked, entry),
            changes,
        }
    }

    fn set_stream(&self, answer: &mut Response, (length, pieces): LongBody) {
        set_length(answer, length);
        let guard = self.shutdown.guard();
        let are_events = length.is_none() && headers::is_event_stream(answer.headers());
        let pieces = until(self.shutdown.clone(), held_with(guard, pieces), are_events);
        answer.set_body(Body::from_bytes_stream(pieces));
    }

    /// Answers 101 and lets the connection go its own way.
    fn switch(
        &self,
        request: &Request,
        asked: &RequestContext,
        headers: HeaderMap,
        socket: Socket,
    ) -> Response {
        let way_out = request.extensions().get::<WayOut>();
        let (Some(way_out), Some(accept)) = (way_out.cloned(), &asked.accept) else {
            return plain(
                StatusCode::BAD_REQUEST,
                "This connection cannot be upgraded.",
            );
        };
        let shutdown = self.shutdown.clone();
        tokio::spawn(async move {
            let to_client = way_out.to_client();
            if let Some(from_client) = way_out.leave().await {
                // In a task of its own, without the room that the handshake took.
                tokio::spawn(socket::carry(from_client, to_client, socket, shutdown));
            }
        });
        let mut response = Response::builder()
            .status(StatusCode::SWITCHING_PROTOCOLS)
            .header(header::CONNECTION, "Upgrade")
            .header(header::UPGRADE, "websocket")
            .header(header::SEC_WEBSOCKET_ACCEPT, accept.as_str())
            .finish();
        response.headers_mut().extend(headers);
        response
    }

    /// Sets what belongs to the host and not to the learner.
    fn seal(&self, sandbox: &Sandbox, headers: &mut HeaderMap, asked: &RequestContext) {
        let policy = self.policy(asked, sandbox.is_open_to_frames());
        headers.append(header::CONTENT_SECURITY_POLICY, policy);
        for (name, value) in HOST_HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if let Some(hsts) = &self.hsts {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, hsts.clone());
        }
        if asked.mark.is_some() {
            headers::ask_each_time(headers);
        }
        if let Some(client) = &asked.new_client {
            let cookie = format!(
                "{}={client}; Path=/; HttpOnly; SameSite=Lax",
                headers::CLIENT_COOKIE
            );
            if let Ok(cookie) = HeaderValue::try_from(cookie) {
                headers.append(header::SET_COOKIE, cookie);
            }
        }
        if asked.jar == Jar::Partitioned {
            partitioned::mark_all(headers);
        }
    }

    /// Whether a page gets the line about reports: until that is closed, so it must not be kept for longer.
    fn is_reported(&self, asked: &RequestContext) -> bool {
        let is_outside = asked.window == Window::Outside && !asked.has_closed_report;
        self.report_to.is_some() && self.site.is_some() && is_outside
    }

    /// The tags of what is put into a page.
    fn tag(&self, asked: &RequestContext, entry: u64) -> String {
        tags::of(asked, self.site.as_deref(), self.report_to.is_some(), entry)
    }
}

/// Answers in the place of a server that does not get a body, and tells the learner of the limit.
async fn refuse_body(sandbox: &Sandbox, asked: &RequestContext, fault: &Fault) -> Response {
    if matches!(fault, Fault::TooLarge { .. }) {
        let because = sandbox.limits().because(LimitName::Body);
        let sentence = format!("A request was turned away, because {because}");
        sandbox.changed(sentence).await;
    }
    own::refused(sandbox, asked, fault).await
}

/// Whether a response is a document that a browser shows.
fn is_page(asked: &RequestContext, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_html =
        text(header::CONTENT_TYPE).is_some_and(|it| it.trim_start().starts_with("text/html"));
    asked.is_document && is_html
}

fn to_client(asked: &RequestContext, list: &HeaderList, changes: &mut Changes) -> HeaderMap {
    let refused = |name: &str, refusal| changes.header(name, refusal);
    let mut headers = headers::to_client(list, refused);
    if let Some(mark) = &asked.mark {
        mark.mark_all(&mut headers);
        validators::mark_all(mark, &mut headers);
    }
    headers
}

/// Whether the headers are more than a Run is given: Bun takes half as much.
fn has_long_head(request: &Request) -> bool {
    let sizes = request.headers().iter();
    let sizes = sizes.map(|(name, value)| name.as_str().len() + value.len());
    sizes.sum::<usize>() > SHORT_HEAD
}

/// The page in front of the first one at a port.
fn moved(request: &Request, asked: &RequestContext) -> Option<Response> {
    let PreviewPort(port) = request.extensions().get()?;
    moving::page(
        request,
        *port,
        &request_context::tenant(request)?,
        asked.is_document,
    )
}

/// Sets the length of a body that is not at hand: one that comes in pieces, or that of the GET to
/// which this is the HEAD. Of bodies at hand hyper sets it.
fn set_length(response: &mut Response, length: Option<u64>) {
    if let Some(length) = length {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
}

fn plain(status: StatusCode, sentence: &'static str) -> Response {
    Response::builder()
        .status(status)
        .content_type("text/plain; charset=utf-8")
        .body(sentence)
}
