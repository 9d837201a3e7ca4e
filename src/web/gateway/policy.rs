//! What a sandbox's pages may load, and who may show them in a frame.

use http::HeaderValue;

use crate::sandbox::addresses::CLIENTS;

/// What a page in the preview, or opened beside it, may do. The same list stands in the preview's
/// `sandbox` attribute.
pub(super) const SANDBOX_FLAGS: &str =
    "allow-scripts allow-forms allow-same-origin allow-modals allow-downloads allow-popups";

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
