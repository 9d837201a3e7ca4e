//! What a sandbox's pages may load, and who may show them in a frame.

use http::HeaderValue;

use super::Gateway;
use super::request_context::RequestContext;
use crate::sandbox::addresses::CLIENTS;

/// What a page in the preview, or opened beside it, may do. The same list stands in the preview's
/// `sandbox` attribute.
pub(super) const SANDBOX_FLAGS: &str =
    "allow-scripts allow-forms allow-same-origin allow-modals allow-downloads allow-popups";

impl Gateway {
    /// Out of reach is every origin but the sandbox's own, those of its clients among them; and only
    /// the site may show it in a frame, where it is not open to the frames of all.
    pub(super) fn policy(&self, asked: &RequestContext, open_to_frames: bool) -> HeaderValue {
        let Some(site) = &self.site else {
            return self.alone.clone();
        };
        let own = self.family(asked);
        let flags = SANDBOX_FLAGS;
        let ancestors = if open_to_frames { "*" } else { site };
        of(&own, &format!("{own} {ancestors}; sandbox {flags}"))
    }

    /// The origins of a sandbox and of all its clients, each after a space.
    fn family(&self, asked: &RequestContext) -> String {
        match (&self.ports, &asked.sandbox) {
            (Some(ports), Some(id)) => {
                let origins = ports.family(id).into_iter();
                origins.fold(String::new(), |before, origin| before + " " + &origin)
            }
            _ => family(asked.origin()),
        }
    }
}

/// A policy for pages of these origins, each after a space, in frames of those.
pub(super) fn of(own: &str, ancestors: &str) -> HeaderValue {
    // A WebSocket to another of these origins is not covered by its http address.
    let lines = own.replace(" http", " ws");
    let policy = format!(
        "default-src 'self'{own} 'unsafe-inline' 'unsafe-eval' data: blob:; \
         connect-src 'self'{own}{lines} data: blob:; form-action 'self'{own}; \
         base-uri 'self'; frame-ancestors 'self'{ancestors}"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'self'"))
}

/// The origins of a sandbox and of all its clients, each after a space; from that of any of them.
pub(super) fn family(origin: &str) -> String {
    let parts = origin.split_once("://").and_then(|(scheme, host)| {
        let (label, domain) = host.split_once('.')?;
        Some((scheme, label.split("--").next()?, domain))
    });
    let Some((scheme, id, domain)) = parts else {
        return String::new();
    };
    let clients = CLIENTS.map(|(client, _)| format!(" {scheme}://{id}--{client}.{domain}"));
    format!(" {scheme}://{id}.{domain}{}", clients.concat())
}
