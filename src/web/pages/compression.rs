//! Pages and fragments go out as gzip where the browser takes it.
//!
//! An answer that must not be stored may hold a secret that was asked for, such as a recovery code, and goes out
//! as it is.

use std::sync::Arc;

use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap,
    HeaderValue, VARY,
};
use http_body_util::BodyExt;
use poem::{Endpoint, IntoResponse, Request, Response, Result};

use super::gzip;

/// Whether a browser takes gzip.
pub(super) fn is_taken(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).iter();
    let codings = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','));
    let mut qualities = codings.filter_map(|coding| {
        let (name, parameters) = coding.split_once(';').unwrap_or((coding, ""));
        let is_ours = matches!(name.trim(), "gzip" | "x-gzip");
        is_ours.then(|| parameters.trim().trim_start_matches("q=").to_owned())
    });
    let refused = |quality: &str| quality.parse::<f32>().is_ok_and(|quality| quality <= 0.0);
    qualities.next().is_some_and(|quality| !refused(&quality))
}

/// A response whose body is gzip, said so.
pub(super) fn marked(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.remove(CONTENT_LENGTH);
    response
}

/// Compresses what the routes answer.
pub(in crate::web) async fn around<E: Endpoint>(
    endpoint: Arc<E>,
    request: Request,
) -> Result<Response> {
    let taken = is_taken(request.headers());
    let mut response = endpoint.call(request).await?.into_response();
    if !is_worth_it(&response) {
        return Ok(response);
    }
    if !taken {
        let vary = HeaderValue::from_static("Accept-Encoding");
        response.headers_mut().append(VARY, vary);
        return Ok(response);
    }
    let body = http_body_util::combinators::BoxBody::from(response.take_body());
    let text = body
        .collect()
        .await
        .map_err(poem::error::InternalServerError)?;
    response.set_body(gzip::whole(&text.to_bytes()));
    Ok(marked(response))
}

/// Whether it is HTML that is not compressed yet, and holds nothing that was asked for as a secret.
fn is_worth_it(response: &Response) -> bool {
    let headers = response.headers();
    let says = |name, words: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| value.contains(words))
    };
    says(CONTENT_TYPE, "text/html")
        && !headers.contains_key(CONTENT_ENCODING)
        && !says(CACHE_CONTROL, "no-store")
}
