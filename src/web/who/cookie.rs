//! The session's cookie on answers.

use std::sync::{Arc, OnceLock};

use http::HeaderValue;
use http::header::SET_COOKIE;
use poem::{Endpoint, FromRequest, IntoResponse, Request, RequestBody, Response, Result};

use super::ShownTo;
use crate::web::fault::Fault;

/// Where the cookie of one answer is left. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct SessionCookie(Arc<OnceLock<HeaderValue>>);

impl SessionCookie {
    /// The one of the answer to this request.
    pub(crate) fn of(request: &Request) -> Result<&Self, Fault> {
        let cookie = request.data::<Self>();
        cookie.ok_or_else(|| Fault::internal("a route without its cookie"))
    }

    /// Has the answer carry this `Set-Cookie`; the first one stays.
    pub(crate) fn send(&self, cookie: HeaderValue) {
        let _ = self.0.set(cookie);
    }

    /// What was left so far.
    pub(crate) fn sent(&self) -> Option<&HeaderValue> {
        self.0.get()
    }
}

impl<'a> FromRequest<'a> for SessionCookie {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        Ok(Self::of(request)?.clone())
    }
}

/// Puts on the answer the cookie that was left for it.
pub(crate) async fn with_cookie<E: Endpoint>(
    endpoint: Arc<E>,
    mut request: Request,
) -> Result<Response> {
    let cookie = SessionCookie::default();
    request.set_data(cookie.clone());
    request.set_data(ShownTo::default());
    let mut response = endpoint.call(request).await?.into_response();
    if let Some(cookie) = cookie.sent() {
        response.headers_mut().append(SET_COOKIE, cookie.clone());
    }
    Ok(response)
}
