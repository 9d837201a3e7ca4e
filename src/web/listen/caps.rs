//! How many connections may be open, for each address and in all, and how many of them may send a long head.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use parking_lot::Mutex;

use super::heads::LongHeads;

/// The most connections.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListenLimits {
    /// In all.
    pub(crate) connections: usize,
    /// From one address, or one IPv6 network of 64 bits.
    pub(crate) per_address: usize,
    /// Whether [`ListenLimits::per_address`] holds for this machine too; a proxy on it brings
    /// everybody.
    pub(crate) loopback_counts: bool,
}

/// Counts the open connections of one program; clones share the count.
#[derive(Clone, Debug)]
pub(crate) struct Caps {
    limits: ListenLimits,
    open: Arc<Mutex<OpenCount>>,
    pub(super) long_heads: LongHeads,
}

#[derive(Debug, Default)]
struct OpenCount {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// The place of an open connection; dropping it makes room.
#[derive(Debug)]
pub(crate) struct OpenConnection {
    address: IpAddr,
    open: Arc<Mutex<OpenCount>>,
}

impl Caps {
    /// No connections yet.
    #[must_use]
    pub(crate) fn new(limits: ListenLimits) -> Self {
        Self {
            limits,
            open: Arc::default(),
            long_heads: LongHeads::new(),
        }
    }

    /// A place for a connection from this address, if there is one.
    #[must_use]
    pub(crate) fn enter(&self, address: IpAddr) -> Option<OpenConnection> {
        let counts = self.limits.loopback_counts || !address.to_canonical().is_loopback();
        let address = neighbourhood(address);
        let mut open = self.open.lock();
        let all = open.all;
        let here = open.by_address.entry(address).or_default();
        let full = counts && *here >= self.limits.per_address;
        if full || all >= self.limits.connections {
            if *here == 0 {
                open.by_address.remove(&address);
            }
            return None;
        }
        *here += 1;
        open.all += 1;
        Some(OpenConnection {
            address,
            open: self.open.clone(),
        })
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        let mut open = self.open.lock();
        open.all -= 1;
        if let Some(here) = open.by_address.get_mut(&self.address) {
            *here -= 1;
            if *here == 0 {
                open.by_address.remove(&self.address);
            }
        }
    }
}

/// Whoever has one IPv6 address has its whole network of 64 bits.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let network = address.to_bits() & (u128::MAX << 64);
            Ipv6Addr::from_bits(network).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_it_is_left() {
        let caps = Caps::new(ListenLimits {
            connections: 3,
            per_address: 2,
            loopback_counts: false,
        });
        let enter = |address: &str| caps.enter(address.parse().expect("an address"));
        let places = [enter("192.0.2.1"), enter("::ffff:192.0.2.1")];
        assert!(places.iter().all(Option::is_some));
        assert!(
            enter("192.0.2.1").is_none(),
            "two are there by either spelling"
        );
        let own = [enter("127.0.0.1"), enter("127.0.0.1")];
        assert!(own[0].is_some() && own[1].is_none(), "three in all");
        drop((places, own));
        let network = [enter("2001:db8::1"), enter("2001:db8::2")];
        assert!(network.iter().all(Option::is_some));
        assert!(enter("2001:db8::3").is_none(), "one network is one address");
        drop(network);
        assert!(caps.open.lock().by_address.is_empty());
    }
}
