//! The front door: each request goes by its host to the site or to a sandbox, or nowhere.

use http::{Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response, Result};
use url::Url;

use super::fault::Fault;
use super::host::{HostKind, Hosts};

/// The id of the sandbox whose host a request names; [`Front`] leaves it in the request's
/// extensions for the endpoint of the sandboxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SandboxId(pub String);

/// The endpoint in front of the site's and the sandboxes'.
pub struct Front<S, B> {
    hosts: Hosts,
    /// The site's origin, to which this machine's other names lead.
    origin: String,
    site: S,
    sandboxes: B,
}

impl<S: Endpoint, B: Endpoint> Front<S, B> {
    /// The front of the site at this address.
    pub fn new(site_url: &Url, site: S, sandboxes: B) -> Self {
        Self {
            hosts: Hosts::new(site_url),
            origin: site_url.origin().ascii_serialization(),
            site,
            sandboxes,
        }
    }

    /// Leads a reader to the site's own name; what is not for reading has come to the wrong place.
    fn to_site(&self, request: &Request) -> Result<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(Fault::Misdirected.into());
        }
        let path = request.uri().path_and_query();
        let path = path.map_or("/", http::uri::PathAndQuery::as_str);
        let location = format!("{}{path}", self.origin);
        Ok(StatusCode::TEMPORARY_REDIRECT
            .with_header(header::LOCATION, location)
            .into_response())
    }
}

impl<S: Endpoint, B: Endpoint> Endpoint for Front<S, B> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        if let Some(response) = healthy(&request) {
            return Ok(response);
        }
        match self.hosts.of(request.uri(), request.headers()) {
            HostKind::Site => self
                .site
                .call(request)
                .await
                .map(IntoResponse::into_response),
            HostKind::Sandbox(id, client) => {
                let extensions = request.extensions_mut();
                extensions.insert(SandboxId(id));
                if let Some(client) = client {
                    extensions.insert(client);
                }
                let answer = self.sandboxes.call(request).await;
                answer.map(IntoResponse::into_response)
            }
            HostKind::Loopback => self.to_site(&request),
            HostKind::Unknown => Err(Fault::Misdirected.into()),
            HostKind::Unclear => Err(Fault::UnclearHost.into()),
        }
    }
}

/// The answer to `GET /healthz`, on any host: we are ready as soon as we listen.
#[must_use]
pub fn healthy(request: &Request) -> Option<Response> {
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
