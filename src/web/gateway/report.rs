//! Whom a visitor reports a sandbox to, where the site is public and its operator has said so.
//!
//! Who opens a sandbox from outside the lesson gets a script with the page, which shows a line that can be closed
//! (`embedded/scripts/report.js`). Once it is closed, a cookie that neither the page nor its server sees says so, for this
//! sandbox and until the browser is closed, and the script is left out. A page that means harm can take the line away; the page at [`PATH`] is the gateway's
//! own, and is there whatever the learner's server does.

use http::header::{self, HeaderMap};
use http::{Method, StatusCode};
use poem::{Request, Response};
use serde::Serialize;
use url::Url;

use super::headers::REPORT_COOKIE;
use super::own::NOTICE_SCRIPT;
use super::request_context::RequestContext;
use crate::assets::{Context, Templates};
use crate::escape::escaped;
use crate::web::cookies;

/// Where a sandbox is reported, at its own address.
const PATH: &str = "/.hxlab/report";
/// Where its script says that the line was closed.
const CLOSED: &str = "/.hxlab/report/closed";
/// How much of a sandbox's id is in the cookie's name: 60 bits.
const ID: usize = 12;

/// What the template `report.html` is filled with.
#[derive(Serialize)]
struct ReportPage<'a> {
    /// The site's host.
    site: &'a str,
    /// The sandbox's origin.
    sandbox: &'a str,
    /// Where a report is sent.
    link: String,
    /// The address to write to; none where the link is a page.
    mail: Option<&'a str>,
}

/// Whether the page about reports is asked for.
pub(super) fn is_asked(request: &Request) -> bool {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    request.uri().path() == PATH && is_read
}

/// Whether the script says that the line was closed.
pub(super) fn is_closing(request: &Request) -> bool {
    request.uri().path() == CLOSED && *request.method() == Method::POST
}

/// Remembers it.
pub(super) fn closed(asked: &RequestContext) -> Response {
    let name = cookie(asked);
    let is_https = asked.origin().starts_with("https:");
    let secure = if is_https { "; Secure" } else { "" };
    Response::builder()
        .status(StatusCode::NO_CONTENT)
        .header(
            header::SET_COOKIE,
            format!("{name}=closed; Path=/; HttpOnly; SameSite=Lax{secure}"),
        )
        .finish()
}

/// Whether a browser with these cookies has closed the line.
pub(super) fn was_closed(asked: &RequestContext, headers: &HeaderMap) -> bool {
    cookies::values(headers, &cookie(asked)).next().is_some()
}

fn cookie(asked: &RequestContext) -> String {
    let id = asked.sandbox.as_deref().unwrap_or_default();
    format!("{REPORT_COOKIE}{}", id.get(..ID).unwrap_or(id))
}

/// The page that says what a sandbox is, and where to report it.
pub(super) fn page(templates: &Templates, site: &str, sandbox: &str, report_to: &Url) -> Response {
    let mail = (report_to.scheme() == "mailto").then(|| report_to.path());
    let page = ReportPage {
        site: host(site),
        sandbox,
        link: link(report_to, sandbox),
        mail,
    };
    let context = Context::from_serialize(&page).map_err(Into::into);
    let html = context.and_then(|context| templates.render("report.html", &context));
    let html = html.unwrap_or_else(|error| {
        tracing::error!(%error, "the page about reports does not render");
        format!(
            "<!doctype html><title>Report</title><p>{}",
            escaped(report_to.as_str())
        )
    });
    Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'",
        )
        .body(html)
}

/// A letter begins with what it is about; a page is opened as it is.
pub(in crate::web) fn link(report_to: &Url, page: &str) -> String {
    let mut link = report_to.clone();
    if link.scheme() == "mailto" && link.query().is_none() {
        let subject = urlencoded(&format!("A page at {page}"));
        link.set_query(Some(&format!("subject={subject}")));
    }
    link.into()
}

/// In the way of a `mailto:`, where a plus is a plus.
fn urlencoded(text: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    encoded.replace('+', "%20")
}

/// The tag of the script that shows the line.
pub(super) fn tag(site: &str) -> String {
    let site = host(site);
    format!(
        r#"<script src="{NOTICE_SCRIPT}" data-site="{site}" data-report="{PATH}" data-close="{CLOSED}"></script>"#
    )
}

fn host(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_what_it_is_about() {
        let link = |to: &str| link(&Url::parse(to).expect("a URL"), "https://ab.example.org");
        assert_eq!(
            link("mailto:abuse@example.org"),
            "mailto:abuse@example.org?subject=A%20page%20at%20https%3A%2F%2Fab.example.org"
        );
        let own = "mailto:abuse@example.org?subject=Help";
        assert_eq!(link(own), own);
        assert_eq!(
            link("https://example.org/report"),
            "https://example.org/report"
        );
    }
}
