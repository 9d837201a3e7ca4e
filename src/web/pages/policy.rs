//! What a browser may do with the site's pages: only what they are made for.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use poem::{Endpoint, IntoResponse, Request, Response, Result};

use crate::web::site::Site;

/// For what sets no policy of its own: pages about faults, files, fragments.
const PLAIN: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
    frame-ancestors 'self'; base-uri 'none'";

/// On every answer. `Origin-Agent-Cluster` and the opener policy keep the sandboxes, which are of the
/// same site, out of the pages' process and windows.
const ALWAYS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("origin-agent-cluster"), "?1"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// The policy of a page. Scripts are files of ours; styles too, but for those that the editor makes,
/// which carry `nonce`; frames are sandboxes.
#[must_use]
pub(crate) fn page(nonce: &str, site: &Site) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         frame-src {}; form-action 'self'; frame-ancestors 'self'; base-uri 'none'",
        site.frame_sources()
    )
}

/// Lets any other page show this answer in a frame.
pub(crate) fn open_to_frames(response: &mut Response) {
    let headers = response.headers_mut();
    let own = headers.get(CONTENT_SECURITY_POLICY);
    let own = own.and_then(|policy| policy.to_str().ok());
    let open = own
        .unwrap_or(PLAIN)
        .replace("frame-ancestors 'self'", "frame-ancestors *");
    if let Ok(policy) = HeaderValue::try_from(open) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

/// What tells browsers to use https alone for so long. Sandboxes have names below the site's, and https as well.
pub(crate) fn strict_transport(hsts: Option<Duration>) -> Option<HeaderValue> {
    let seconds = hsts?.as_secs();
    HeaderValue::try_from(format!("max-age={seconds}; includeSubDomains")).ok()
}

/// Adds what every answer of the site carries.
pub(crate) async fn around<E: Endpoint>(
    hsts: Option<HeaderValue>,
    endpoint: Arc<E>,
    request: Request,
) -> Result<Response> {
    let mut response = endpoint.call(request).await?.into_response();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(hsts) = hsts {
        headers.insert(STRICT_TRANSPORT_SECURITY, hsts);
    }
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(PLAIN));
    Ok(response)
}
