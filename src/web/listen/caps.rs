//! How many connections may be open, for each address and in all, and how many of them may send a long head.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use http::HeaderMap;
use hyper::body::SizeHint;
use parking_lot::Mutex;

use super::heads::HeadPlaces;
use super::proxy;
use crate::blocks::Blocks;
use crate::budget::{Allowance, Budget, Reason, Refusals, Refused, Share, Use, Who, network};

/// The most that a body is counted for, in bytes: of no longer one is more held at once.
const BODY: usize = 2 * 1024 * 1024;

/// The most connections.
#[derive(Clone, Debug)]
pub(crate) struct ListenLimits {
    /// In all.
    pub(crate) connections: usize,
    /// From one address, or one IPv6 network of 64 bits.
    pub(crate) per_address: usize,
    /// Whether [`ListenLimits::per_address`] holds for this machine too; a proxy on it brings
    /// everybody.
    pub(crate) loopback_counts: bool,
    /// The most bytes to and from one address in a day.
    pub(crate) bytes_a_day: u64,
    /// The proxies that say whom a request is from; they themselves bring everybody.
    pub(crate) trusted: Vec<IpAddr>,
}

/// Counts the open connections of one program; clones share the count.
#[derive(Clone, Debug)]
pub(crate) struct Caps {
    limits: ListenLimits,
    budget: Budget,
    blocks: Blocks,
    open: Arc<Mutex<OpenCount>>,
    pub(super) heads: HeadPlaces,
    /// The bytes to and from each address.
    pub(super) traffic: Allowance,
    /// Requests through a trusted proxy that are not ended, by whom they are from.
    brought: Arc<Mutex<OpenCount>>,
    /// Requests that are being answered, by whom they are from.
    answering: Arc<Mutex<OpenCount>>,
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
    pub(crate) fn new(limits: ListenLimits, budget: Budget, blocks: Blocks) -> Self {
        Self {
            traffic: Allowance::new(limits.bytes_a_day),
            heads: HeadPlaces::new(budget.refusals().clone()),
            answering: Arc::default(),
            limits,
            budget,
            blocks,
            open: Arc::default(),
            brought: Arc::default(),
        }
    }

    /// Whom a request from `peer` with these headers is from.
    #[must_use]
    pub(crate) fn client(&self, peer: SocketAddr, headers: &HeaderMap) -> SocketAddr {
        proxy::client(peer, headers, &self.limits.trusted)
    }

    /// Where is counted who is turned away.
    pub(super) fn refusals(&self) -> &Refusals {
        self.budget.refusals()
    }

    /// A place for a request that a trusted proxy brings from this address, as for a connection; none where the
    /// address has too many already.
    #[must_use]
    pub(crate) fn bring(&self, address: IpAddr) -> Option<OpenConnection> {
        let place = place(
            &self.brought,
            network(address),
            usize::MAX,
            self.limits.per_address,
        );
        self.counted(place, address)
    }

    /// A place for a request until its answer is there; none where as many are being answered as there may be
    /// connections, in all or from one address. HTTP/1 has one on each; HTTP/2 has a hundred, and each takes memory.
    pub(super) fn take_up(&self, address: IpAddr) -> Result<OpenConnection, Reason> {
        let (all, here) = (self.limits.connections, self.most_at(address));
        let place = place(&self.answering, network(address), all, here);
        let place = place.map_err(|reason| match reason {
            Reason::Connections => Reason::Requests,
            reason => reason,
        });
        let count = |reason: &Reason| self.refusals().count_at(*reason, Some(address));
        place.inspect_err(count)
    }

    /// A place, or none and why in the counts.
    fn counted(
        &self,
        place: Result<OpenConnection, Reason>,
        address: IpAddr,
    ) -> Option<OpenConnection> {
        let count = |reason: &Reason| self.refusals().count_at(*reason, Some(address));
        place.inspect_err(count).ok()
    }

    /// Whose requests are not taken.
    #[must_use]
    pub(crate) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// How many connections there may be.
    #[must_use]
    pub(crate) fn most(&self) -> usize {
        self.limits.connections
    }

    /// How many connections are open.
    #[must_use]
    pub(crate) fn connections(&self) -> usize {
        self.open.lock().all
    }

    /// A share of the memory for a body that a client at this address is about to send: as much as it says, or as
    /// may be sent at most where it says nothing. None for a request without one.
    pub(crate) fn take_body(
        &self,
        length: SizeHint,
        address: IpAddr,
    ) -> Result<Option<Share>, Refused> {
        let bytes = length.upper().unwrap_or(u64::MAX);
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX).min(BODY);
        if bytes == 0 {
            return Ok(None);
        }
        let who = Who::at(address);
        self.budget.take(Use::Bodies, who, bytes).map(Some)
    }

    /// A place for a connection from this address, if there is one.
    #[must_use]
    pub(crate) fn enter(&self, address: IpAddr) -> Option<OpenConnection> {
        let most = self.most_at(address);
        let place = place(&self.open, network(address), self.limits.connections, most);
        self.counted(place, address)
    }

    /// How many places one address may have; this machine and a trusted proxy are not counted.
    fn most_at(&self, address: IpAddr) -> usize {
        let is_loopback = address.to_canonical().is_loopback();
        let counts = (self.limits.loopback_counts || !is_loopback)
            && !proxy::is_trusted(address, &self.limits.trusted);
        if counts {
            self.limits.per_address
        } else {
            usize::MAX
        }
    }
}

/// A place among these, where there are fewer than `most`, and `most_here` at this address.
fn place(
    places: &Arc<Mutex<OpenCount>>,
    address: IpAddr,
    most: usize,
    most_here: usize,
) -> Result<OpenConnection, Reason> {
    let mut open = places.lock();
    let all = open.all;
    let here = open.by_address.entry(address).or_default();
    let is_own = *here >= most_here;
    if is_own || all >= most {
        if *here == 0 {
            open.by_address.remove(&address);
        }
        let reasons = [Reason::Connections, Reason::AddressConnections];
        return Err(reasons[usize::from(is_own)]);
    }
    *here += 1;
    open.all += 1;
    Ok(OpenConnection {
        address,
        open: places.clone(),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_it_is_left() {
        let limits = ListenLimits {
            connections: 3,
            per_address: 2,
            loopback_counts: false,
            bytes_a_day: u64::MAX,
            trusted: vec!["192.0.2.9".parse().expect("an address")],
        };
        let caps = Caps::new(
            limits,
            Budget::new(1 << 20, Refusals::default()),
            Blocks::default(),
        );
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
        let proxys = [(); 3].map(|()| enter("192.0.2.9"));
        assert!(
            proxys.iter().all(Option::is_some),
            "a proxy brings everybody"
        );
        let bring = || caps.bring("198.51.100.1".parse().expect("an address"));
        let brought = [bring(), bring(), bring()];
        assert!(
            brought[1].is_some() && brought[2].is_none(),
            "and each has a share"
        );
        drop((proxys, brought));
        assert!(caps.brought.lock().by_address.is_empty());
        let network = [enter("2001:db8::1"), enter("2001:db8::2")];
        assert!(network.iter().all(Option::is_some));
        assert!(enter("2001:db8::3").is_none(), "one network is one address");
        drop(network);
        let take_up = |address: &str| caps.take_up(address.parse().expect("an address"));
        let asked = [take_up("192.0.2.1"), take_up("192.0.2.1")];
        assert!(asked.iter().all(Result::is_ok));
        let crowded = take_up("192.0.2.1").map(drop);
        assert_eq!(crowded, Err(Reason::AddressConnections));
        let other = take_up("192.0.2.2");
        assert!(other.is_ok(), "others are answered");
        let full = take_up("192.0.2.3").map(drop);
        assert_eq!(full, Err(Reason::Requests), "three in all");
        drop((asked, other));
        assert!(caps.answering.lock().by_address.is_empty());
        assert!(caps.open.lock().by_address.is_empty());
    }
}
