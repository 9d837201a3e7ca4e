//! Whom a request is for: whatever the target and the `Host` headers are, a sandbox's id has its form, and
//! nobody is the site who does not say its very name.
#![no_main]

use http::header::{HOST, HeaderMap, HeaderValue};
use hxlab_fuzz::host::{HostKind, Hosts, is_sandbox_id};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|input: (&str, Vec<&[u8]>)| {
    let (target, names) = input;
    let Ok(uri) = target.parse() else { return };
    let mut headers = HeaderMap::new();
    for name in &names {
        if let Ok(name) = HeaderValue::from_bytes(name) {
            headers.append(HOST, name);
        }
    }
    for site in [
        "http://hxlab.localhost:3000/",
        "http://192.168.1.10:3000/",
        "https://learn.example.org/",
    ] {
        let url = Url::parse(site).expect("an address");
        let hosts = Hosts::new(&url);
        let kind = hosts.of(&uri, &headers);
        if headers.get_all(HOST).iter().count() > 1 {
            assert_eq!(kind, HostKind::Unclear);
        }
        match kind {
            HostKind::Site => assert!(says(&uri, &headers, url.host_str().expect("a host"))),
            HostKind::Sandbox(id, _) => assert!(is_sandbox_id(&id)),
            HostKind::Loopback | HostKind::Unknown | HostKind::Unclear => {}
        }
        let _ = hosts.is_site_at(4000, &uri, &headers);
    }
});

fn says(uri: &http::Uri, headers: &HeaderMap, host: &str) -> bool {
    let named = headers
        .get(HOST)
        .and_then(|name| name.to_str().ok())
        .unwrap_or_default();
    let named = named.to_ascii_lowercase();
    uri.host().is_some_and(|it| it.eq_ignore_ascii_case(host)) || named.starts_with(host)
}
