//! From where everybody may come, so that nobody is blocked there: this machine, and the proxies that bring visitors.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::budget::network;

/// Networks from which everybody may come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Everybody {
    /// The addresses of `--trusted-proxy`.
    proxies: Vec<IpAddr>,
}

impl Everybody {
    /// With these proxies.
    #[must_use]
    pub(crate) fn new(proxies: Vec<IpAddr>) -> Self {
        Self { proxies }
    }

    /// What is in the network of this address and brings everybody, in words; none where nothing does.
    #[must_use]
    pub(crate) fn at(&self, address: IpAddr) -> Option<&'static str> {
        let whole = network(address);
        let loopback = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        if address.to_canonical().is_loopback() || loopback.map(network).contains(&whole) {
            return Some("this machine");
        }
        let has_proxy = self.proxies.iter().any(|it| network(*it) == whole);
        has_proxy.then_some("a trusted proxy")
    }
}
