//! What a learner's server may answer: whatever its headers are, none that reaches the browser belongs to
//! the host or the connection, none holds a line end, and no cookie names a domain.
#![no_main]

use http::HeaderMap;
use hxlab_fuzz::engine::message::HeaderList;
use hxlab_fuzz::gateway::{marked, to_client, to_run};
use libfuzzer_sys::fuzz_target;

const NEVER: [&str; 12] = [
    "alt-svc",
    "clear-site-data",
    "connection",
    "content-length",
    "origin-agent-cluster",
    "service-worker-allowed",
    "strict-transport-security",
    "transfer-encoding",
    "upgrade",
    "x-accel-redirect",
    "x-lighttpd-send-file",
    "x-sendfile",
];

fuzz_target!(|list: HeaderList| {
    let headers = to_client(&list);
    sound(&headers);
    for cookie in headers.get_all("set-cookie") {
        let cookie = String::from_utf8_lossy(cookie.as_bytes()).to_ascii_lowercase();
        let mut attributes = cookie.split(';').skip(1);
        assert!(!attributes.any(|it| it.split('=').next().unwrap_or("").trim() == "domain"));
    }
    let marked = marked(&list);
    sound(&marked);
    for cookie in marked.get_all("set-cookie") {
        assert!(cookie.as_bytes().starts_with(b"hx.abcdefghijkl.alice."));
    }
    // The way in takes whatever a client could send.
    let _ = to_run(&headers);
});

fn sound(headers: &HeaderMap) {
    for (name, value) in headers {
        assert!(!NEVER.contains(&name.as_str()), "{name}");
        assert!(
            !value
                .as_bytes()
                .iter()
                .any(|byte| matches!(byte, b'\r' | b'\n' | 0))
        );
    }
}
