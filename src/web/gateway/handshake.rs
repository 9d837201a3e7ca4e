//! The WebSocket handshake (RFC 6455, section 4.2).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{HeaderMap, HeaderName};
use http::{Method, header};
use sha1::{Digest, Sha1};

/// What the standard appends to a client's key.
const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// The value of `Sec-WebSocket-Accept` for a well-formed handshake; `None` for any other request.
#[must_use]
pub(super) fn accept(method: &Method, headers: &HeaderMap) -> Option<String> {
    let key = headers.get(header::SEC_WEBSOCKET_KEY)?.as_bytes();
    let well_formed = method == Method::GET
        && has_token(headers, &header::CONNECTION, "upgrade")
        && has_token(headers, &header::UPGRADE, "websocket")
        && headers.get(header::SEC_WEBSOCKET_VERSION)?.as_bytes() == b"13"
        && STANDARD.decode(key).is_ok_and(|key| key.len() == 16);
    well_formed
        .then(|| STANDARD.encode(Sha1::new().chain_update(key).chain_update(GUID).finalize()))
}

fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|value| value.trim().eq_ignore_ascii_case(token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(changes: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let base = [
            ("connection", "keep-alive, Upgrade"),
            ("upgrade", "WebSocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ];
        for (name, value) in base.iter().chain(changes) {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn accepts_the_example_of_the_standard() {
        assert_eq!(
            accept(&Method::GET, &headers(&[])).as_deref(),
            Some("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        );
    }

    #[test]
    fn anything_else_is_an_ordinary_request() {
        assert_eq!(accept(&Method::POST, &headers(&[])), None);
        for change in [
            ("connection", "keep-alive"),
            ("upgrade", "h2c"),
            ("sec-websocket-version", "8"),
            ("sec-websocket-key", "short"),
        ] {
            assert_eq!(
                accept(&Method::GET, &headers(&[change])),
                None,
                "{change:?}"
            );
        }
        assert_eq!(accept(&Method::GET, &HeaderMap::new()), None);
    }
}
