//! Cookies that pages outside the site have put beside the site's own.
//!
//! A page of a sandbox below the site's name, and any other page below a name above it, can set cookies for the
//! site (“tossing”); at a bare address a page at another port can. Browsers keep a limited number for all of
//! them, so many push the site's out, and one of its name stands beside it. A request does not say where its
//! cookies come from, but only the site itself sets one for its own host alone and the path `/`. So what may
//! have come from elsewhere is taken away by name, for each domain and path that it can have had ([`heal`]):
//! others of the site's name whenever there are some, and all that is not the site's where it is far too much.
//! `Clear-Site-Data: "cookies"` would be one line, but would take the site's own along, and those of every other
//! site of the same registrable domain.
//!
//! Where it is too much and nobody is known, their cookie was most likely pushed out: they are told so, and do
//! not become somebody new unasked ([`notice`]). So are those whose cookie was cut or changed; it goes with the page
//! that tells them.

use std::sync::Arc;

use http::StatusCode;
use http::header::{ACCEPT, HeaderMap, HeaderValue, SET_COOKIE};
use poem::{Endpoint, IntoResponse, Request, Response, Result};
use url::{Host, Url};

use super::cookies;
use super::fault::Fault;
use super::pages::theme;
use super::session::{Sender, Sessions, are_unreadable};
use super::site::Site;

/// So many cookies that are not the site's are too many. Chromium and Firefox keep 180 for one site, and
/// Chromium goes back to 150 beyond that.
const MANY: usize = 100;
/// So many bytes of them are too many: twice what most servers take.
const MUCH: usize = 32 * 1024;
/// The most bytes of lines that take cookies away in one answer. The rest goes with the next answers.
const LINES: usize = 64 * 1024;
/// The same behind a proxy, which ends TLS: nginx takes 4 KiB of headers unless it is told otherwise.
const LINES_BEHIND_PROXY: usize = 2 * 1024;

/// What is the site's own, and where else a cookie of the same name can belong.
#[derive(Clone)]
pub(crate) struct Tossed {
    session: &'static str,
    /// What takes the site's own cookie away.
    farewell: HeaderValue,
    /// The site's host and those above it; none where it is an address.
    domains: Vec<String>,
    lines: usize,
}

impl Tossed {
    /// For the site at this address.
    pub(crate) fn new(site_url: &Url, sessions: &Sessions) -> Self {
        let domains = match site_url.host() {
            Some(Host::Domain(host)) => domains(host),
            _ => Vec::new(),
        };
        let lines = match site_url.scheme() {
            "https" => LINES_BEHIND_PROXY,
            _ => LINES,
        };
        Self {
            session: sessions.name(),
            farewell: sessions.farewell(),
            domains,
            lines,
        }
    }

    /// The `Set-Cookie` lines that take away what is not the site's, where there is a reason.
    fn expirations(&self, headers: &HeaderMap, path: &str) -> Vec<HeaderValue> {
        let mut names = Vec::new();
        if self.is_flooded(headers) {
            names.extend(self.others(headers).map(|(name, _)| name));
        }
        let is_beside = cookies::values(headers, self.session).nth(1).is_some();
        if is_beside || are_unreadable(headers, self.session) {
            names.insert(0, self.session.as_bytes());
        }
        names.dedup();
        let paths = paths(path);
        let mut bytes = 0;
        let lines = names.into_iter().flat_map(|name| self.of(name, &paths));
        lines
            .take_while(|line| {
                bytes += line.len();
                bytes <= self.lines
            })
            .collect()
    }

    /// Takes a name away wherever it can stand, but for the place of the site's own.
    fn of(&self, name: &[u8], paths: &[&str]) -> Vec<HeaderValue> {
        let is_own = name == self.session.as_bytes();
        let alone = paths.iter().filter(|path| !is_own || **path != "/");
        let alone = alone.map(|path| format!("Path={path}"));
        let shared = self.domains.iter().flat_map(|domain| {
            paths
                .iter()
                .map(move |path| format!("Path={path}; Domain={domain}"))
        });
        // One without a name needs a value, or browsers do not take it for a cookie.
        let line = |place: String| [name, b"=x; Max-Age=0; ", place.as_bytes()].concat();
        let lines = alone.chain(shared).map(line);
        lines
            .filter_map(|line| HeaderValue::from_bytes(&line).ok())
            .collect()
    }

    /// What takes the site's own cookie away, where it cannot be read and a page says so to whoever sees it.
    fn farewell(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let shows_a_page = headers
            .get(ACCEPT)
            .is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"));
        let is_due = shows_a_page && are_unreadable(headers, self.session);
        is_due.then(|| self.farewell.clone())
    }

    fn is_flooded(&self, headers: &HeaderMap) -> bool {
        let (mut count, mut bytes) = (0, 0);
        for (name, value) in self.others(headers) {
            count += 1;
            bytes += name.len() + value.len();
        }
        count >= MANY || bytes >= MUCH
    }

    fn others<'a>(&'a self, headers: &'a HeaderMap) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let own = [self.session.as_bytes(), theme::COOKIE.as_bytes()];
        cookies::pairs(headers).filter(move |(name, _)| !own.contains(name))
    }
}

/// Has every answer take away what was tossed.
pub(crate) async fn heal<E: Endpoint>(
    tossed: Tossed,
    endpoint: Arc<E>,
    request: Request,
) -> Result<Response> {
    let path = request.uri().path();
    // What caches keep carries no cookies.
    let lines = if path.starts_with("/assets/") {
        Vec::new()
    } else {
        tossed.expirations(request.headers(), path)
    };
    let farewell = tossed.farewell(request.headers());
    let mut response = endpoint.call(request).await?.into_response();
    let is_told = response.status() == StatusCode::FORBIDDEN;
    for line in lines.into_iter().chain(farewell.filter(|_| is_told)) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    Ok(response)
}

/// Tells somebody whose cookie was pushed out what has happened.
pub(crate) async fn notice<E: Endpoint>(
    (tossed, site): (Tossed, Arc<Site>),
    endpoint: Arc<E>,
    request: Request,
) -> Result<Response> {
    let is_for_anybody = matches!(request.uri().path(), "/recover" | "/theme")
        || request.uri().path().starts_with("/assets/");
    let headers = request.headers();
    let fault = if is_for_anybody {
        None
    } else if tossed.is_flooded(headers) {
        Some(Fault::TossedCookies)
    } else {
        let is_unreadable = are_unreadable(headers, tossed.session);
        is_unreadable.then_some(Fault::UnreadableCookie)
    };
    if let Some(fault) = fault
        && matches!(site.sessions.sender(headers).await?, Sender::Nobody)
    {
        return Err(fault.into());
    }
    endpoint
        .call(request)
        .await
        .map(IntoResponse::into_response)
}

/// A host and the hosts above it for which a browser may take cookies: those with a dot.
fn domains(host: &str) -> Vec<String> {
    std::iter::successors(Some(host), |host| Some(host.split_once('.')?.1))
        .filter(|domain| domain.contains('.'))
        .map(str::to_owned)
        .collect()
}

/// The paths that a cookie can have had to come with a request for this one, the longest last.
fn paths(path: &str) -> Vec<&str> {
    let mut paths = vec!["/"];
    for (at, _) in path.match_indices('/').skip(1) {
        paths.extend([&path[..at], &path[..=at]]);
    }
    if path.len() > 1 && !path.ends_with('/') {
        paths.push(path);
    }
    // A semicolon would end the attribute.
    paths.retain(|path| !path.contains(';'));
    paths
}

#[cfg(test)]
#[path = "tossed_tests.rs"]
mod tests;
