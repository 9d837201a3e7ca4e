//! Whom a request is from, where a proxy that we trust brings it.
//!
//! Only what that proxy itself wrote is believed: the last address of `X-Forwarded-For`, or of `Forwarded` where
//! there is no other. What stands before it the client may have written. Where several trusted proxies
//! stand in a row, their addresses are passed over.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;

/// The address of whoever sent a request with these headers, which came from `peer`.
pub(super) fn client(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> SocketAddr {
    if !is_trusted(peer.ip(), trusted) {
        return peer;
    }
    let mut addresses = values(headers, "x-forwarded-for", address);
    if addresses.is_empty() {
        addresses = values(headers, "forwarded", forwarded);
    }
    let mut nearest = peer;
    // Beyond an address that cannot be read nothing is believed.
    for found in addresses.into_iter().rev().map_while(|it| it) {
        nearest = found;
        if !is_trusted(found.ip(), trusted) {
            break;
        }
    }
    nearest
}

pub(super) fn is_trusted(address: IpAddr, trusted: &[IpAddr]) -> bool {
    let address = address.to_canonical();
    trusted.iter().any(|it| it.to_canonical() == address)
}

/// All parts of a list that may stand in several headers, each as `read` reads it.
fn values(
    headers: &HeaderMap,
    name: &str,
    read: fn(&str) -> Option<SocketAddr>,
) -> Vec<Option<SocketAddr>> {
    let lines = headers.get_all(name).iter();
    // One that is no text is there, and cannot be read.
    let lines = lines.map(|line| line.to_str().unwrap_or("?"));
    lines
        .flat_map(|line| line.split(','))
        .map(|part| read(part.trim()))
        .collect()
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`, `[2001:db8::1]`.
fn address(text: &str) -> Option<SocketAddr> {
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().map(|ip: IpAddr| SocketAddr::new(ip, 0))
}

/// `for=192.0.2.1;proto=https`, as RFC 7239 has it.
fn forwarded(part: &str) -> Option<SocketAddr> {
    let pairs = part
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    let mut named = pairs.filter(|(name, _)| name.eq_ignore_ascii_case("for"));
    let (_, value) = named.next()?;
    address(value.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "127.0.0.1:5000";

    fn seen(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let trusted = ["127.0.0.1", "10.0.0.2"].map(|it| it.parse().unwrap());
        let mut sent = HeaderMap::new();
        for (name, value) in headers {
            sent.append(*name, http::HeaderValue::from_static(value));
        }
        client(peer.parse().unwrap(), &sent, &trusted)
            .ip()
            .to_string()
    }

    #[test]
    fn the_last_address_is_the_proxys_word() {
        let spoofed = "203.0.113.9, 192.0.2.1";
        assert_eq!(seen(PROXY, &[("x-forwarded-for", spoofed)]), "192.0.2.1");
        let twice = [
            ("x-forwarded-for", "203.0.113.9"),
            ("x-forwarded-for", "192.0.2.1"),
        ];
        assert_eq!(seen(PROXY, &twice), "192.0.2.1");
        let through_two = "203.0.113.9, 192.0.2.1, 10.0.0.2";
        assert_eq!(
            seen(PROXY, &[("x-forwarded-for", through_two)]),
            "192.0.2.1"
        );
    }

    #[test]
    fn forwarded_is_read_where_there_is_nothing_else() {
        let both = "for=192.0.2.1;proto=https, For=\"[2001:db8::7]:4711\"";
        assert_eq!(seen(PROXY, &[("forwarded", both)]), "2001:db8::7");
        let clients = [
            ("forwarded", "for=203.0.113.9"),
            ("x-forwarded-for", "192.0.2.1"),
        ];
        assert_eq!(seen(PROXY, &clients), "192.0.2.1");
    }

    #[test]
    fn nobody_else_is_believed() {
        let header = [("x-forwarded-for", "203.0.113.9")];
        assert_eq!(seen("198.51.100.4:5000", &header), "198.51.100.4");
        assert_eq!(seen(PROXY, &[]), "127.0.0.1");
        assert_eq!(
            seen(PROXY, &[("x-forwarded-for", "203.0.113.9, unknown")]),
            "127.0.0.1"
        );
        assert_eq!(seen("[::ffff:127.0.0.1]:1", &header), "203.0.113.9");
    }
}
