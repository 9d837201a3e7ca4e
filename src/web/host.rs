//! Which host a request is for, decided here and nowhere else: from the URI's authority or the one
//! `Host` header, in lower case, without the port.
#![allow(unreachable_pub, reason = "the fuzz targets use it from another crate")]

use http::header::{HOST, HeaderMap};
use http::uri::{Authority, Uri};
use url::Url;

use crate::sandbox::addresses::CLIENTS;

/// The letters of a sandbox's id: 26 of base32, which hold 128 random bits.
const SANDBOX_LETTERS: usize = 26;

/// One of [`CLIENTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientName {
    /// As it stands in a host's label.
    pub(crate) label: &'static str,
    /// As the wire shows it.
    pub(crate) name: &'static str,
}

/// Whom a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostKind {
    Site,
    /// A sandbox, by an id of the right form. Whether there is such a sandbox is not known here. A
    /// client with a name of its own has an origin of its own.
    Sandbox(String, Option<ClientName>),
    /// Another name that leads to this program, for a reader who meant the site: to be redirected there. This
    /// machine's own, and the sandboxes' domain without a sandbox.
    Alias,
    /// A sandbox by the name that it had below the site's, before sandboxes got a domain of their own: the label.
    Moved(String),
    /// Nobody here: 421.
    Unknown,
    /// No host, two of them, or two that disagree: 400.
    Unclear,
}

/// The hosts of one site.
#[derive(Clone, Debug)]
pub struct Hosts {
    site: String,
    /// `.` and the site's name, where it has names below it.
    below: Option<String>,
    /// `.` and the domain of sandboxes, where it is not the site's.
    sandboxes: Option<String>,
}

impl Hosts {
    /// The hosts of the site at this address.
    #[must_use]
    pub fn new(site_url: &Url) -> Self {
        let site = site_url.host_str().unwrap_or_default().to_lowercase();
        let named = matches!(site_url.host(), Some(url::Host::Domain(_)));
        Self {
            below: named.then(|| format!(".{site}")),
            sandboxes: None,
            site,
        }
    }

    /// The same, with sandboxes below another domain, if there is one.
    #[must_use]
    pub(crate) fn with_sandboxes_at(mut self, domain: Option<&str>) -> Self {
        self.sandboxes = domain.map(|domain| format!(".{domain}"));
        self
    }

    /// Whom a request with this URI and these headers is for.
    #[must_use]
    pub fn of(&self, uri: &Uri, headers: &HeaderMap) -> HostKind {
        let Some(host) = only_host(uri, headers) else {
            return HostKind::Unclear;
        };
        if host == self.site {
            return HostKind::Site;
        }
        let domain = self.sandboxes.as_deref().or(self.below.as_deref());
        if let Some((id, client)) = domain.and_then(|domain| sandbox_below(&host, domain)) {
            return HostKind::Sandbox(id.to_owned(), client);
        }
        let below = self.below.as_deref();
        if below.is_some_and(|below| sandbox_below(&host, below).is_some()) {
            return HostKind::Moved(first_label(&host).to_owned());
        }
        let bare = domain.and_then(|domain| domain.strip_prefix('.'));
        if bare == Some(&host) || matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]") {
            return HostKind::Alias;
        }
        HostKind::Unknown
    }

    /// Whether a request names the site's host and this port, as one at a preview's port must.
    #[must_use]
    pub fn is_site_at(&self, port: u16, uri: &Uri, headers: &HeaderMap) -> bool {
        only_authority(uri, headers).is_some_and(|authority| {
            let host = authority.host().to_lowercase();
            host == self.site && authority.port_u16().unwrap_or(80) == port
        })
    }
}

/// The id and the client in the one label before `below`, if it is a sandbox's.
fn sandbox_below<'a>(host: &'a str, below: &str) -> Option<(&'a str, Option<ClientName>)> {
    let label = host.strip_suffix(below)?;
    let (id, client) = match label.split_once("--") {
        Some((id, client)) => (id, Some(ClientName::of(client)?)),
        None => (label, None),
    };
    is_sandbox_id(id).then_some((id, client))
}

fn first_label(host: &str) -> &str {
    host.split('.').next().unwrap_or(host)
}

impl ClientName {
    /// The one with this label.
    #[must_use]
    pub(crate) fn of(wanted: &str) -> Option<Self> {
        CLIENTS
            .into_iter()
            .find_map(|(label, name)| (label == wanted).then_some(Self { label, name }))
    }
}

/// Whether this has the form of a sandbox's id.
#[must_use]
pub fn is_sandbox_id(id: &str) -> bool {
    id.len() == SANDBOX_LETTERS && id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
}

/// The one host that URI and headers agree on. HTTP/1 has it in `Host`, HTTP/2 in the URI, a request
/// to a proxy in both.
fn only_host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    only_authority(uri, headers).map(|authority| authority.host().to_lowercase())
}

fn only_authority(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    let mut named = headers.get_all(HOST).iter();
    let header = match (named.next(), named.next()) {
        (None, _) => None,
        (Some(value), None) => Some(value.to_str().ok()?.parse::<Authority>().ok()?),
        (Some(_), Some(_)) => return None,
    };
    let authority = match (uri.authority(), header) {
        (Some(uri), Some(header)) if !same(uri, &header) => return None,
        (Some(authority), _) => authority.clone(),
        (None, Some(authority)) => authority,
        (None, None) => return None,
    };
    let plain = !authority.as_str().contains('@') && !authority.host().is_empty();
    plain.then_some(authority)
}

fn same(a: &Authority, b: &Authority) -> bool {
    a.as_str().eq_ignore_ascii_case(b.as_str())
}

#[cfg(test)]
#[path = "host_tests.rs"]
mod tests;
