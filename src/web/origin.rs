//! What other sites' pages may not do here. Sandboxes are other sites in this sense, although their
//! names stand below the site's: cookies come along, so `same-site` is as bad as `cross-site`.
//!
//! A browser says where a request comes from in `Sec-Fetch-Site`, on trustworthy addresses, and in
//! `Origin`. A request that changes something must come from the site itself by one of the two.

use http::Method;
use http::header::{self, HeaderMap, HeaderName};
use url::Url;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The site's origin as browsers write it.
#[derive(Clone, Debug)]
pub(crate) struct SiteOrigin(String);

/// The request comes from another origin, or does not say where it comes from: 403.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Foreign;

impl SiteOrigin {
    /// The origin of the site at this address.
    #[must_use]
    pub(crate) fn new(site_url: &Url) -> Self {
        Self(site_url.origin().ascii_serialization())
    }

    /// Whether the site may do what a request with this method and these headers asks for.
    pub(crate) fn check(&self, method: &Method, headers: &HeaderMap) -> Result<(), Foreign> {
        // Browsers always send `Origin` with a handshake, but not all of them `Sec-Fetch-Site`.
        if is_handshake(method, headers) {
            return self.is_named_by(headers);
        }
        if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
            return Ok(());
        }
        match only(headers, &SEC_FETCH_SITE)? {
            Some("same-origin") => Ok(()),
            Some(_) => Err(Foreign),
            None => self.is_named_by(headers),
        }
    }

    fn is_named_by(&self, headers: &HeaderMap) -> Result<(), Foreign> {
        match only(headers, &header::ORIGIN)? {
            Some(origin) if origin == self.0 => Ok(()),
            _ => Err(Foreign),
        }
    }
}

/// Asks for a socket: by an upgrade in HTTP/1, by an extended `CONNECT` in HTTP/2.
fn is_handshake(method: &Method, headers: &HeaderMap) -> bool {
    headers.contains_key(header::UPGRADE)
        || headers.contains_key(header::SEC_WEBSOCKET_KEY)
        || *method == Method::CONNECT
}

/// The value of a header that may stand once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Foreign> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Foreign),
        (Some(_), Some(_)) => Err(Foreign),
    }
}

#[cfg(test)]
#[path = "origin_tests.rs"]
mod tests;
