//! Which headers of a learner's response do not reach the client, and why: the gateway leaves them out, and the wire
//! says so.
//!
//! What a header does is decided by whoever reads it on its way: a cache or a proxy in front of the site, or the
//! browser, for the host or for as long as it likes. What those read grows each year, so no list can name it all. So
//! names without a prefix are let through by a list: those of the standards that are about their own response alone
//! ([`STANDARD`]). `HX-…` is htmx's, and `X-…` is everybody's own: browsers give nothing new such a name, but proxies
//! did. Their families are known by the words in their names ([`VENDORS`], [`ORDERS`]), whatever stands around them.
#![allow(unreachable_pub, reason = "the fuzz targets use it from another crate")]

use std::borrow::Cow;

use serde::Serialize;

use crate::engine::message::HeaderList;

/// Why a header stays behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It frames the body or the connection; what goes out instead says the same, so nobody is told.
    Framing,
    /// It would change how browsers treat the site's address, or send their reports elsewhere.
    Browser,
    /// A proxy or a cache in front of the site would obey it.
    Proxy,
    /// Its name is on no list, so somebody on the way may act on it.
    Unknown,
    /// It announces fields behind the body, which nobody can write.
    Trailer,
    /// The `Domain` of a cookie: it would be sent to other people's sandboxes.
    CookieDomain,
}

/// What of a response stayed behind, as the wire shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Withheld {
    /// The header as it was written.
    pub(crate) name: String,
    /// The rest of the sentence about it.
    pub(crate) why: &'static str,
}

impl Refusal {
    /// The rest of the sentence about a header; none where there is nothing to tell.
    #[must_use]
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Framing => None,
            Self::Trailer => Some("nothing can follow the body of a response"),
            Self::CookieDomain => Some("a cookie stays with the address that sets it"),
            Self::Browser => Some("how browsers treat this address belongs to the site"),
            Self::Proxy => {
                Some("it is meant for a proxy, and the site’s own is not yours to steer")
            }
            Self::Unknown => Some(
                "a browser or a proxy may act on a name that this site does not know; begin a name of your own with X-",
            ),
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

/// What is about its own response alone: the standards' and, of those that are none, the ones that applications
/// usually send without an `X-`.
const STANDARD: [&str; 55] = [
    "accept",
    "accept-encoding",
    "accept-patch",
    "accept-post",
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "age",
    "allow",
    "api-version",
    "authentication-info",
    "cache-control",
    "content-digest",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-location",
    "content-range",
    "content-security-policy",
    "content-type",
    "correlation-id",
    "date",
    "deprecation",
    "etag",
    "expires",
    "idempotency-key",
    "last-modified",
    "link",
    "location",
    "permissions-policy",
    "pragma",
    "preference-applied",
    "ratelimit",
    "ratelimit-limit",
    "ratelimit-policy",
    "ratelimit-remaining",
    "ratelimit-reset",
    "referrer-policy",
    "refresh",
    "repr-digest",
    "request-id",
    "retry-after",
    "server",
    "server-timing",
    "set-cookie",
    "sourcemap",
    "sunset",
    "timing-allow-origin",
    "total-count",
    "vary",
    "www-authenticate",
];

/// What browsers keep for a host or an origin beyond the response, or send elsewhere, and what the host sets itself;
/// named so that the learner reads why.
const BROWSER: [&str; 46] = [
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
    "no-vary-search",
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

/// The same by how names begin: what browsers set apart for themselves, and what is the host's.
const BROWSER_PREFIXES: [&str; 5] = [
    "ad-auction-",
    "attribution-reporting-",
    "hxlab-",
    "sec-",
    "x-hxlab-",
];

/// Words that only the names of proxies, caches and networks of them have, wherever they stand in a name.
const VENDORS: [&str; 45] = [
    "accel",
    "akamai",
    "amz",
    "amzn",
    "apache",
    "apigee",
    "azure",
    "bunny",
    "bunnycdn",
    "caddy",
    "cdn",
    "cloudflare",
    "cloudfront",
    "edge",
    "edgio",
    "envoy",
    "esi",
    "fastly",
    "goog",
    "google",
    "haproxy",
    "incapsula",
    "istio",
    "keycdn",
    "kong",
    "lighttpd",
    "litespeed",
    "lscache",
    "netlify",
    "nginx",
    "nuster",
    "pagespeed",
    "passenger",
    "reproxy",
    "sendfile",
    "sendfile2",
    "squid",
    "stackpath",
    "sucuri",
    "surrogate",
    "traefik",
    "varnish",
    "vercel",
    "xkey",
    "xsendfile",
];

/// What a proxy is told to do, by how a name begins behind its `X-`.
const ORDERS: [&str; 19] = [
    "arr-",
    "cache-control",
    "cache-group",
    "cache-key",
    "cache-tag",
    "cache-ttl",
    "cf-",
    "forwarded",
    "h2o-",
    "http2-push",
    "internal-redirect",
    "ls-",
    "original-",
    "page-speed",
    "proxy-",
    "psa-",
    "rewrite-",
    "robots-",
    "send-file",
];

/// What intermediaries read off a response under names of their own, without an `X-`; named for the reason.
const PROXY: [&str; 9] = [
    "cache-status",
    "cache-tag",
    "cache-tags",
    "forwarded",
    "priority",
    "proxy-status",
    "status",
    "via",
    "xkey",
];

/// It holds for its own response only, lessons teach it, and a stream behind a proxy needs it.
const KEPT: &str = "x-accel-buffering";

/// Why a header of this name stays behind; none when it reaches the client.
#[must_use]
pub fn refusal(name: &str) -> Option<Refusal> {
    let name = lower(name);
    let name = &*name;
    let is_in = |list: &[&str]| list.binary_search(&name).is_ok();
    if is_in(&STANDARD) || name.starts_with("hx-") || name == KEPT {
        return None;
    }
    if is_in(&FRAMING) {
        return Some(Refusal::Framing);
    }
    if name == "trailer" {
        return Some(Refusal::Trailer);
    }
    if is_in(&BROWSER) || BROWSER_PREFIXES.iter().any(|it| name.starts_with(it)) {
        return Some(Refusal::Browser);
    }
    let is_vendors = |word: &str| VENDORS.binary_search(&word).is_ok();
    if is_in(&PROXY) || name.starts_with("cf-") || words(name).any(is_vendors) {
        return Some(Refusal::Proxy);
    }
    let Some(own) = name.strip_prefix("x-") else {
        return Some(Refusal::Unknown);
    };
    let is_order = ORDERS.iter().any(|order| own.starts_with(order));
    is_order.then_some(Refusal::Proxy)
}

/// A cookie kept to its own host: without `Domain`, and without the `Priority` by which many of them could push
/// the site's out.
#[must_use]
pub fn own_cookie(cookie: &str) -> Cow<'_, str> {
    let is_ours_to_say = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default().trim();
        ["domain", "priority"]
            .iter()
            .any(|it| name.eq_ignore_ascii_case(it))
    };
    if !cookie.split(';').skip(1).any(|part| is_ours_to_say(&part)) {
        return Cow::Borrowed(cookie);
    }
    let mut parts = cookie.split(';');
    let pair = parts.next().unwrap_or_default();
    let others = parts.filter(|part| !is_ours_to_say(part));
    Cow::Owned(
        std::iter::once(pair)
            .chain(others)
            .collect::<Vec<_>>()
            .join(";"),
    )
}

/// Takes out of a response's headers what does not reach the client, and says why. What frames the body or the
/// connection stays, since what goes out instead says the same.
pub(crate) fn withhold(headers: &mut HeaderList) -> Vec<Withheld> {
    let mut withheld = Vec::new();
    headers.retain_mut(|(name, value)| {
        if name.eq_ignore_ascii_case("set-cookie") {
            if let Cow::Owned(own) = own_cookie(value) {
                *value = own;
                let name = format!("{name}: Domain");
                withheld.extend(told(name, Refusal::CookieDomain));
            }
            return true;
        }
        let Some(refusal) = refusal(name) else {
            return true;
        };
        let told = told(name.clone(), refusal);
        let stays = told.is_none();
        withheld.extend(told);
        stays
    });
    withheld
}

fn told(name: String, refusal: Refusal) -> Option<Withheld> {
    let why = refusal.reason()?;
    Some(Withheld { name, why })
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The parts of a name.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(['-', '_', '.'])
}

#[cfg(test)]
#[path = "withheld_tests.rs"]
mod tests;
