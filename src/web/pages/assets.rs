//! The packed files at `/assets/VERSION/NAME`, kept by browsers for ever, since another build has
//! another version.

use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
    HeaderMap, HeaderName, IF_NONE_MATCH, VARY,
};
use http::{Method, StatusCode};
use poem::web::Path;
use poem::{Request, Response, handler};

use crate::assets::{self, Asset};
use crate::web::fault::{Fault, Missing};

/// A year, and no question in between.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// To be asked for each time, as at an address of an earlier build, or one that has no version.
pub(crate) const ASK: &str = "public, no-cache";

/// `GET` and `HEAD /assets/:version/:name`.
#[handler]
pub(crate) fn file(
    request: &Request,
    Path((version, name)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let asset = assets::site(&name).ok_or(Fault::NotFound(Missing::Page))?;
    let caching = if version == assets::site_version() {
        FOR_EVER
    } else {
        ASK
    };
    Ok(respond(
        &asset,
        request.method(),
        request.headers(),
        caching,
    ))
}

/// A packed file, in the encoding that the browser takes, or 304.
#[must_use]
pub(crate) fn respond(
    asset: &Asset,
    method: &Method,
    headers: &HeaderMap,
    caching: &'static str,
) -> Response {
    let accepted = text(headers, ACCEPT_ENCODING);
    let (encoding, bytes, etag) = asset.negotiate(accepted);
    let known = is_known(text(headers, IF_NONE_MATCH), &etag);
    let mut response = Response::builder()
        .header(CACHE_CONTROL, caching)
        .header(VARY, "Accept-Encoding")
        .header(ETAG, etag);
    if known {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    if let Some(name) = encoding.name() {
        response = response.header(CONTENT_ENCODING, name);
    }
    response = response
        .header(CONTENT_TYPE, &asset.mime)
        .header(CONTENT_LENGTH, bytes.len());
    if method == Method::HEAD {
        response.finish()
    } else {
        response.body(bytes.clone())
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}

/// Whether `If-None-Match` lists this tag; a weak tag of the same letters counts.
fn is_known(header: &str, etag: &str) -> bool {
    let mut tags = header.split(',').map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}
