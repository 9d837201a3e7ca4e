//! The front door: each request goes by its host to the site or to a sandbox, or nowhere.

use std::net::SocketAddr;
use std::sync::Arc;

use http::{Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response, Result};
use url::Url;

use super::fault::{Fault, Missing};
use super::health::Health;
use super::host::{ClientName, HostKind, Hosts};
use super::listen::ShutOut;
use super::pages;
use crate::assets;
use crate::sandbox::addresses::{Ports, SandboxDomain};

/// The id of the sandbox whose host a request names; [`Front`] leaves it in the request's
/// extensions for the endpoint of the sandboxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SandboxId(pub(crate) String);

/// The endpoint in front of the site's and the sandboxes'.
pub(crate) struct Front<S, B> {
    hosts: Hosts,
    /// The site's origin, to which other names lead.
    origin: String,
    /// Where sandboxes are that had names below the site's before.
    moved: Option<SandboxDomain>,
    site: S,
    sandboxes: B,
    /// The ports of sandboxes that have no names.
    ports: Option<Arc<Ports>>,
    /// Whether the program can do its work; without it, that it listens is enough.
    health: Option<Health>,
}

/// The port that a request for a sandbox came to, where ports are what sandboxes have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PreviewPort(pub(crate) u16);

impl<S: Endpoint, B: Endpoint> Front<S, B> {
    /// The front of the site at this address.
    pub(crate) fn new(site_url: &Url, ports: Option<Arc<Ports>>, site: S, sandboxes: B) -> Self {
        Self {
            hosts: Hosts::new(site_url),
            origin: site_url.origin().ascii_serialization(),
            moved: None,
            site,
            sandboxes,
            ports,
            health: None,
        }
    }

    /// The same, with sandboxes at this domain.
    #[must_use]
    pub(crate) fn with_sandboxes_at(mut self, domain: &SandboxDomain) -> Self {
        self.hosts = self.hosts.with_sandboxes_at(domain.other());
        self.moved = domain.other().map(|_| domain.clone());
        self
    }

    /// The same, which tells how the program does.
    #[must_use]
    pub(crate) fn telling(mut self, health: Health) -> Self {
        self.health = Some(health);
        self
    }

    /// A request that came to a preview's port. Whom it is for says the port that it really came to; the
    /// name must be the site's, or a page of anybody's could lead its own name here.
    async fn at_port(&self, ports: &Ports, port: u16, mut request: Request) -> Result<Response> {
        if !self
            .hosts
            .is_site_at(port, request.uri(), request.headers())
        {
            return Err(Fault::Misdirected.into());
        }
        if let Some(response) = packed(&request) {
            return Ok(response);
        }
        let tenant = ports
            .tenant(port)
            .ok_or(Fault::NotFound(Missing::Sandbox))?;
        let extensions = request.extensions_mut();
        extensions.insert(SandboxId(tenant.id));
        extensions.insert(PreviewPort(port));
        if let Some(client) = tenant.client.and_then(ClientName::of) {
            extensions.insert(client);
        }
        let answer = self.sandboxes.call(request).await;
        answer.map(IntoResponse::into_response)
    }

    /// Leads a reader to where a sandbox is now.
    fn to_sandbox(&self, label: &str, request: &Request) -> Result<Response> {
        let domain = self.moved.as_ref().ok_or(Fault::Misdirected)?;
        Self::lead(&domain.origin(label), request)
    }

    /// Leads a reader to an origin; what is not for reading has come to the wrong place.
    fn lead(origin: &str, request: &Request) -> Result<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(Fault::Misdirected.into());
        }
        let path = request.uri().path_and_query();
        let path = path.map_or("/", http::uri::PathAndQuery::as_str);
        let location = format!("{origin}{path}");
        Ok(StatusCode::TEMPORARY_REDIRECT
            .with_header(header::LOCATION, location)
            .into_response())
    }
}

impl<S: Endpoint, B: Endpoint> Endpoint for Front<S, B> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        if let Some(response) = healthy(&request) {
            return Ok(match &self.health {
                Some(health) => told(health.ask().await, response),
                None => response,
            });
        }
        if request.extensions().get::<ShutOut>().is_some() {
            return packed(&request).ok_or_else(|| Fault::BlockedAddress.into());
        }
        let port = request.local_addr().as_socket_addr().map(SocketAddr::port);
        if let (Some(ports), Some(port)) = (&self.ports, port)
            && ports.has(port)
        {
            return self.at_port(ports, port, request).await;
        }
        match self.hosts.of(request.uri(), request.headers()) {
            HostKind::Site => self
                .site
                .call(request)
                .await
                .map(IntoResponse::into_response),
            HostKind::Sandbox(id, client) => {
                if let Some(response) = packed(&request) {
                    return Ok(response);
                }
                let extensions = request.extensions_mut();
                extensions.insert(SandboxId(id));
                if let Some(client) = client {
                    extensions.insert(client);
                }
                let answer = self.sandboxes.call(request).await;
                answer.map(IntoResponse::into_response)
            }
            HostKind::Alias => Self::lead(&self.origin, &request),
            HostKind::Moved(label) => self.to_sandbox(&label, &request),
            HostKind::Unknown => Err(Fault::Misdirected.into()),
            HostKind::Unclear => Err(Fault::UnclearHost.into()),
        }
    }
}

/// A file of this very build at its own path, which pages about faults need at every host, and for who is shut out.
fn packed(request: &Request) -> Option<Response> {
    let path = request.uri().path().strip_prefix("/assets/")?;
    let (version, name) = path.split_once('/')?;
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let asset = (is_read && version == assets::site_version())
        .then(|| assets::site(name))
        .flatten()?;
    let (method, headers) = (request.method(), request.headers());
    Some(pages::assets::respond(
        &asset,
        method,
        headers,
        pages::assets::FOR_EVER,
    ))
}

/// The answer of a program that is well, or what is the matter.
fn told(health: std::result::Result<(), String>, well: Response) -> Response {
    let Err(problem) = health else {
        return well;
    };
    format!("{problem}\n")
        .with_status(StatusCode::SERVICE_UNAVAILABLE)
        .with_header(header::CACHE_CONTROL, "no-store")
        .into_response()
}

/// The answer to `GET /healthz`, on any host: we are ready as soon as we listen.
#[must_use]
pub(crate) fn healthy(request: &Request) -> Option<Response> {
    let asked = request.uri().path() == "/healthz"
        && matches!(*request.method(), Method::GET | Method::HEAD);
    asked.then(|| {
        "ok\n"
            .with_header(header::CACHE_CONTROL, "no-store")
            .into_response()
    })
}

#[cfg(test)]
#[path = "front_tests.rs"]
mod tests;
