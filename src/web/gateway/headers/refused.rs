//! Which headers of a learner's response do not reach the client. What is not refused is kept, since an
//! application may name its headers as it likes; so this list has to name all that means something to a
//! browser's policy for the host, or to a proxy in front of the site.

/// Why a header stays behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It frames the body or the connection; what goes out instead says the same, so nobody is told.
    Framing,
    /// It would change how browsers treat the site's address, or send their reports elsewhere.
    Browser,
    /// A proxy or a cache in front of the site would obey it.
    Proxy,
    /// It announces fields behind the body, which nobody can write.
    Trailer,
    /// The `Domain` of a cookie: it would be sent to other people's sandboxes.
    CookieDomain,
}

impl Refusal {
    /// The rest of the sentence about a header, for the console; none where there is nothing to tell.
    pub(crate) fn reason(self) -> Option<&'static str> {
        match self {
            Self::Framing => None,
            Self::Trailer => Some("nothing can follow the body of a response"),
            Self::CookieDomain => Some("a cookie stays with the address that sets it"),
            Self::Browser => Some("how browsers treat this address belongs to the site"),
            Self::Proxy => {
                Some("it is meant for a proxy, and the site’s own is not yours to steer")
            }
        }
    }
}

/// How the connection is used (RFC 9110, section 7.6.1), and the body's framing.
const FRAMING: [&str; 15] = [
    "connection",
    "content-length",
    "http2-settings",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authentication-info",
    "proxy-authorization",
    "proxy-connection",
    "sec-websocket-accept",
    "sec-websocket-extensions",
    "sec-websocket-protocol",
    "sec-websocket-version",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// What browsers keep for a host or an origin beyond the response, or send elsewhere; the last ones the host sets
/// itself.
const BROWSER: [&str; 45] = [
    "accept-ch",
    "accept-ch-lifetime",
    "access-control-allow-local-network",
    "access-control-allow-private-network",
    "activate-storage-access",
    "alt-svc",
    "alt-used",
    "clear-site-data",
    "content-security-policy-report-only",
    "critical-ch",
    "cross-origin-embedder-policy",
    "cross-origin-embedder-policy-report-only",
    "cross-origin-opener-policy",
    "cross-origin-opener-policy-report-only",
    "cross-origin-resource-policy",
    "document-isolation-policy",
    "document-policy",
    "document-policy-report-only",
    "expect-ct",
    "expect-staple",
    "feature-policy",
    "integrity-policy",
    "integrity-policy-report-only",
    "large-allocation",
    "login-status",
    "nel",
    "observe-browsing-topics",
    "origin-agent-cluster",
    "origin-isolation",
    "origin-trial",
    "permissions-policy-report-only",
    "private-network-access-id",
    "private-network-access-name",
    "public-key-pins",
    "public-key-pins-report-only",
    "report-to",
    "reporting-endpoints",
    "require-document-policy",
    "service-worker-allowed",
    "service-worker-navigation-preload",
    "set-login",
    "speculation-rules",
    "strict-transport-security",
    "supports-loading-mode",
    "use-as-dictionary",
];

/// What proxies, caches and gateways read off a response.
const PROXY: [&str; 20] = [
    "cache-status",
    "cache-tag",
    "cdn-loop",
    "edge-control",
    "fastly-debug",
    "forwarded",
    "proxy-status",
    "status",
    "surrogate-capability",
    "surrogate-control",
    "surrogate-key",
    "via",
    "x-cache-tags",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-original-url",
    "x-rewrite-url",
    "xkey",
    "x-robots-tag",
];

/// The same by how names begin.
const PREFIXES: [(&str, Refusal); 14] = [
    ("ad-auction-", Refusal::Browser),
    ("attribution-reporting-", Refusal::Browser),
    ("sec-", Refusal::Browser),
    ("hxlab-", Refusal::Browser),
    ("x-hxlab-", Refusal::Browser),
    ("cf-", Refusal::Proxy),
    ("cloudflare-", Refusal::Proxy),
    ("x-accel-", Refusal::Proxy),
    ("x-lighttpd-", Refusal::Proxy),
    ("x-litespeed-", Refusal::Proxy),
    ("x-ls-", Refusal::Proxy),
    ("x-reproxy-", Refusal::Proxy),
    ("x-sendfile", Refusal::Proxy),
    ("x-varnish", Refusal::Proxy),
];

/// It holds for its own response only, lessons teach it, and a stream behind a proxy needs it.
const KEPT: &str = "x-accel-buffering";

/// The caches of a network have a header for each network.
const CDN_CACHE: &str = "cdn-cache-control";

/// Why a header of this name, in lower case, stays behind; none when it is the learner's own.
pub(super) fn refusal(name: &str) -> Option<Refusal> {
    if FRAMING.contains(&name) {
        return Some(Refusal::Framing);
    }
    if name == "trailer" {
        return Some(Refusal::Trailer);
    }
    if BROWSER.contains(&name) {
        return Some(Refusal::Browser);
    }
    if PROXY.contains(&name) || name.ends_with(CDN_CACHE) {
        return Some(Refusal::Proxy);
    }
    if name == KEPT {
        return None;
    }
    let known = PREFIXES.iter().find(|(prefix, _)| name.starts_with(prefix));
    known.map(|(_, refusal)| *refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_names_its_headers_as_it_likes() {
        for name in [
            "total-count",
            "request-id",
            "x-total-count",
            "hx-trigger",
            "server",
            "deprecation",
            "sunset",
            "timing-allow-origin",
            "x-frame-options",
            "x-accel-buffering",
            "permissions-policy",
            "set-cookie",
            "content-encoding",
        ] {
            assert_eq!(refusal(name), None, "{name}");
        }
    }

    #[test]
    fn what_steers_browsers_or_proxies_is_not_a_learners() {
        for (name, why) in [
            ("strict-transport-security", Refusal::Browser),
            ("clear-site-data", Refusal::Browser),
            ("sec-session-registration", Refusal::Browser),
            ("x-accel-redirect", Refusal::Proxy),
            ("x-sendfile-type", Refusal::Proxy),
            ("x-lighttpd-send-file", Refusal::Proxy),
            ("netlify-cdn-cache-control", Refusal::Proxy),
            ("content-length", Refusal::Framing),
        ] {
            assert_eq!(refusal(name), Some(why), "{name}");
        }
    }
}
