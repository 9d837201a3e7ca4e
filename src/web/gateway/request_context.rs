//! What a request at a sandbox's address asks for, read once from its head.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{self, HeaderMap, HeaderName};
use http::uri::{Authority, PathAndQuery, Uri};
use poem::Request;

use super::cookies::CookiePrefix;
use super::{handshake, headers, partitioned, report, validators};
use crate::sandbox::RequestHead;
use crate::sandbox::addresses::Tenant;
use crate::web::front::{PreviewPort, SandboxId};
use crate::web::host::ClientName;

const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Where a response is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// In the preview's frame.
    Preview,
    /// In a window of its own, which a browser opens from outside the site and its sandboxes.
    Outside,
    /// Elsewhere, or not at all.
    Other,
}

/// The request's own properties that its response depends on.
pub(super) struct RequestContext {
    pub(super) head: RequestHead,
    /// The accepted handshake's key.
    pub(super) accept: Option<String>,
    pub(super) window: Window,
    /// Whether an error may be a page.
    pub(super) wants_page: bool,
    /// A cookie to set, so that the wire knows this browser again.
    pub(super) new_client: Option<String>,
    /// Whether the browser asks for a page to show, and not a script for bytes.
    pub(super) is_document: bool,
    /// The sandbox's id, where there are several.
    pub(super) sandbox: Option<String>,
    /// The mark of the sandbox's cookies, where it has a port and no name.
    pub(super) mark: Option<CookiePrefix>,
    pub(super) jar: Jar,
    pub(super) actor: Actor,
    /// Whether the browser's owner has closed the line about reports.
    pub(super) has_closed_report: bool,
}

/// Who acts in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Actor {
    Person,
    /// A check, by a script of ours.
    Check,
}

/// Which of a browser's cookies come with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jar {
    /// Those of the address.
    Usual,
    /// Those that it has as a frame in a page of another site.
    Partitioned,
}

/// How the browser sees a gateway's sandboxes.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// `http` or `https`.
    pub(super) scheme: String,
    /// Whether their domain is of another site than the pages that show them.
    pub(super) is_cross_site: bool,
}

impl RequestContext {
    /// Reads a request.
    pub(super) fn of(request: &Request, seen: &Seen) -> Self {
        let sent = request.headers();
        let text = |name: HeaderName| sent.get(name).and_then(|value| value.to_str().ok());
        // Browsers say where a request comes from to addresses that they trust only; to others, a
        // classroom's among them, a navigation shows by its wish to have insecure requests upgraded.
        let navigates = sent.contains_key(header::UPGRADE_INSECURE_REQUESTS);
        let is_document = text(FETCH_MODE).map_or(navigates, |mode| mode == "navigate");
        let in_frame = text(FETCH_DEST).is_none_or(|place| place == "iframe");
        let is_window = text(FETCH_DEST) == Some("document");
        let from_outside = matches!(text(FETCH_SITE), Some("none" | "cross-site"));
        let accept = handshake::accept(request.method(), sent);
        let mark = mark(request);
        let mut list = headers::to_run(sent, mark.as_ref(), accept.is_some());
        if let Some(mark) = &mark {
            validators::keep_own(mark, &mut list);
        }
        let known = headers::client_cookie(sent).map(str::to_owned);
        let name = request.extensions().get::<ClientName>().map(|it| it.name);
        let window = match () {
            () if is_document && in_frame => Window::Preview,
            () if is_document && is_window && from_outside => Window::Outside,
            () => Window::Other,
        };
        // A client with an address of its own has a name already; a cookie for each would soon push out other ones, of which
        // a browser keeps a limited number for all names below the site's.
        let is_new = known.is_none() && is_document && name.is_none();
        // A client with a name is taken to be in a frame; of others the first page's cookie says so.
        let is_in_frame = match &known {
            _ if name.is_some() => true,
            Some(known) => known.starts_with(partitioned::MARK),
            None => is_document && in_frame,
        };
        let jar = if seen.is_cross_site && is_in_frame {
            Jar::Partitioned
        } else {
            Jar::Usual
        };
        let new_client = is_new.then(|| new_client(jar));
        let socket = request.remote_addr().as_socket_addr();
        let remote = socket.map_or(String::new(), |address| address.ip().to_string());
        let client = known.or_else(|| new_client.clone());
        let path = path(request.uri());
        let mut context = Self {
            window,
            wants_page: is_document
                || text(header::ACCEPT).is_some_and(|it| it.contains("text/html")),
            head: RequestHead {
                method: request.method().as_str().to_owned(),
                url: format!("{}://{}{path}", seen.scheme, authority(request.uri(), sent)),
                path,
                headers: list,
                client: client.unwrap_or_else(|| remote.clone()),
                remote,
                port: socket.map_or(0, std::net::SocketAddr::port),
                upgrade: accept.is_some(),
                line: 0,
                name,
            },
            accept,
            new_client,
            is_document,
            sandbox: tenant(request).map(|tenant| tenant.id),
            mark,
            jar,
            actor: Actor::Person,
            has_closed_report: false,
        };
        context.has_closed_report =
            context.window == Window::Outside && report::was_closed(&context, sent);
        if context.has_closed_report {
            // The browser may still have the page with its script.
            let asks_for_change =
                |name: &str| matches!(name, "if-none-match" | "if-modified-since");
            context
                .head
                .headers
                .retain(|(name, _)| !asks_for_change(name));
        }
        context
    }

    /// The origin that was asked.
    pub(super) fn origin(&self) -> &str {
        let RequestHead { url, path, .. } = &self.head;
        url.strip_suffix(path.as_str()).unwrap_or(url)
    }
}

fn mark(request: &Request) -> Option<CookiePrefix> {
    request.extensions().get::<PreviewPort>()?;
    tenant(request).map(|tenant| CookiePrefix::of(&tenant))
}

/// Whose address was asked, as the front has found.
pub(super) fn tenant(request: &Request) -> Option<Tenant> {
    let SandboxId(id) = request.extensions().get()?;
    let client = request.extensions().get::<ClientName>();
    Some(Tenant {
        id: id.clone(),
        client: client.map(|it| it.label),
    })
}

/// The path and query; `/` for the forms of a target that have none (`OPTIONS *`, `CONNECT`).
fn path(uri: &Uri) -> String {
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    match path.as_bytes() {
        [b'/', ..] => path.to_owned(),
        [b'?', ..] => format!("/{path}"),
        _ => "/".to_owned(),
    }
}

/// The host as the request names it, in the URI or else in `Host`; HTTP/1.0 may name none.
fn authority(uri: &Uri, headers: &HeaderMap) -> String {
    let named = || {
        let host = headers.get(header::HOST)?.to_str().ok()?;
        host.parse::<Authority>().ok()
    };
    let authority = uri.authority().cloned().or_else(named);
    authority.map_or_else(|| "localhost".to_owned(), |it| it.to_string())
}

/// What tells a browser from another: nothing about the person, and good for one sandbox only.
fn new_client(jar: Jar) -> String {
    let mut bytes = [0; 9];
    // Without a random source all browsers share a label on the wire; nothing depends on it.
    let _ = getrandom::fill(&mut bytes);
    let mark = match jar {
        Jar::Usual => "",
        Jar::Partitioned => partitioned::MARK,
    };
    format!("{mark}{}", URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_target_has_a_path() {
        for (target, expected) in [
            ("/page/2?q=a%20b", "/page/2?q=a%20b"),
            ("http://localhost/page", "/page"),
            ("http://localhost", "/"),
            ("http://localhost?q", "/?q"),
            ("*", "/"),
            ("localhost:3000", "/"),
        ] {
            let uri: Uri = target.parse().expect("a target");
            assert_eq!(path(&uri), expected, "{target}");
        }
    }

    #[test]
    fn a_host_that_is_none_is_not_believed() {
        let host = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, http::HeaderValue::from_static(value));
            authority(&Uri::from_static("/"), &headers)
        };
        assert_eq!(host("localhost:3000"), "localhost:3000");
        assert_eq!(host("localhost/somewhere?else"), "localhost");
        assert_eq!(host("a b"), "localhost");
    }
}
