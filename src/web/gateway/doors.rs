//! Where requests come in: all sandboxes of a site by their hosts, or a single one.

use std::sync::Arc;

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
}

impl Endpoint for OneDoor {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        match healthy(&request) {
            Some(response) => Ok(response),
            None => Ok(self.gateway.enter(&self.sandbox, request).await),
        }
    }
}
