//! What htmx says in its headers, and is told in ours.

use http::header::{HeaderMap, HeaderName};

/// Asks htmx to show an answer to a request that was refused; the page's script heeds it.
pub(crate) const HX_RESWAP: HeaderName = HeaderName::from_static("hx-reswap");

/// Whether htmx asks for a fragment: not for a boosted page, nor for one from its history.
#[must_use]
pub(crate) fn wants_fragment(headers: &HeaderMap) -> bool {
    let says = |name: &str| headers.get(name).is_some_and(|value| value == "true");
    says("hx-request") && !says("hx-boosted") && !says("hx-history-restore-request")
}
