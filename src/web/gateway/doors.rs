//! Where requests come in: all sandboxes of a site by their hosts, or a single one.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::StatusCode;
use parking_lot::Mutex;
use percent_encoding::percent_decode_str;
use poem::{Endpoint, Request, Response, Result};

use super::Gateway;
use crate::sandbox::Sandbox;
use crate::sandbox::registry::Sandboxes;
use crate::web::fault::{Fault, Missing};
use crate::web::front::{SandboxId, healthy};
use crate::web::pages::policy::strict_transport;
use crate::web::requests::OfSandbox;
use crate::web::site::Site;

/// The sandboxes of a site; which one is said by the [`SandboxId`] that the front has left.
pub(crate) struct Doors {
    site: Arc<Site>,
    gateway: Gateway,
}

impl Doors {
    /// The doors of a site's sandboxes.
    #[must_use]
    pub(crate) fn new(site: Arc<Site>) -> Self {
        let gateway = Gateway::new(
            Some(site.url.origin().ascii_serialization()),
            site.url.scheme(),
            site.templates.clone(),
            site.shutdown.clone(),
        )
        .at_ports(site.ports.clone())
        .reported_to(site.report_to.clone());
        let gateway = match site.domain.other() {
            Some(_) => gateway.cross_site(strict_transport(site.hsts)),
            None => gateway,
        };
        Self { site, gateway }
    }

    fn sandboxes(&self) -> &Sandboxes {
        &self.site.learning.sandboxes
    }
}

impl Endpoint for Doors {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let id = request.extensions().get::<SandboxId>();
        let SandboxId(id) = id.ok_or(Fault::Misdirected)?;
        if self.sandboxes().is_blocked(id) {
            return Err(Fault::Blocked.into());
        }
        let sandbox = self.sandboxes().at(id).await.map_err(Fault::from)?;
        let sandbox = sandbox.ok_or(Fault::NotFound(Missing::Sandbox))?;
        let mut response = self.gateway.enter(&sandbox, request).await;
        response.set_data(OfSandbox);
        Ok(response)
    }
}

/// One sandbox, whatever host a request names.
pub(crate) struct OneDoor {
    pub(crate) sandbox: Sandbox,
    /// The way in.
    pub(crate) gateway: Gateway,
    /// Files that are there and not in the project.
    pub(crate) left_out: LeftOut,
}

/// Why files of a folder are not in its project, by their paths. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct LeftOut(Arc<Mutex<BTreeMap<String, String>>>);

impl LeftOut {
    /// These are left out now.
    pub(crate) fn set(&self, files: BTreeMap<String, String>) {
        *self.0.lock() = files;
    }

    /// The sentence about the file at a path, as a response in place of one that says nothing.
    fn response(&self, path: &str) -> Option<Response> {
        let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8();
        let why = self.0.lock().get(path.ok()?.as_ref()).cloned()?;
        let response = Response::builder().status(StatusCode::NOT_FOUND);
        Some(response.content_type("text/plain; charset=utf-8").body(why))
    }
}

impl Endpoint for OneDoor {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = healthy(&request) {
            return Ok(response);
        }
        let path = request.uri().path().to_owned();
        let response = self.gateway.enter(&self.sandbox, request).await;
        // What the server answers goes first, but for a 404: one that it wrote itself cannot be told from one that says
        // nothing, and the reason is of more use to whoever misses the file.
        let is_missed = response.status() == StatusCode::NOT_FOUND;
        let why = is_missed.then(|| self.left_out.response(&path)).flatten();
        let mut response = why.unwrap_or(response);
        response.set_data(OfSandbox);
        Ok(response)
    }
}
