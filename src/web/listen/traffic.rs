//! How much is sent to and from one address in a day.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::budget::Who;

const DAY: Duration = Duration::from_hours(24);
/// The most addresses that are counted: some megabytes. Beyond it those that sent least are counted anew.
const ADDRESSES: usize = 65_536;

/// What was sent since a day began; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Traffic {
    /// In bytes a day, of one address.
    most: u64,
    today: Arc<Mutex<Today>>,
}

#[derive(Debug)]
struct Today {
    since: Instant,
    by: HashMap<Who, u64>,
}

impl Traffic {
    /// Nothing was sent yet.
    pub(super) fn new(most: u64) -> Self {
        let today = Today {
            since: Instant::now(),
            by: HashMap::new(),
        };
        Self {
            most,
            today: Arc::new(Mutex::new(today)),
        }
    }

    /// Whether this address may have more today; this machine's own always may.
    pub(super) fn has_left(&self, address: IpAddr) -> bool {
        self.has_left_at(address, Instant::now())
    }

    fn has_left_at(&self, address: IpAddr, now: Instant) -> bool {
        let mut today = self.today.lock();
        if now >= today.since + DAY {
            today.since = now;
            today.by.clear();
        }
        let sent = Who::at(address).and_then(|who| today.by.get(&who).copied());
        sent.is_none_or(|sent| sent < self.most)
    }

    /// Counts bytes that were sent.
    pub(super) fn add(&self, address: IpAddr, bytes: u64) {
        let Some(who) = Who::at(address) else {
            return;
        };
        let mut today = self.today.lock();
        if today.by.len() >= ADDRESSES && !today.by.contains_key(&who) {
            let little = self.most / 100;
            today.by.retain(|_, sent| *sent >= little);
        }
        *today.by.entry(who).or_default() += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_bytes_a_day() {
        let traffic = Traffic::new(1000);
        let start = Instant::now();
        let add = |address: &str, bytes| traffic.add(address.parse().unwrap(), bytes);
        let has_left = |address: &str, now| traffic.has_left_at(address.parse().unwrap(), now);
        add("192.0.2.1", 999);
        assert!(has_left("192.0.2.1", start));
        add("192.0.2.1", 1);
        assert!(!has_left("192.0.2.1", start) && !has_left("::ffff:192.0.2.1", start));
        add("2001:db8::1", 1000);
        assert!(
            !has_left("2001:db8::2", start),
            "one network is one address"
        );
        add("127.0.0.1", 5000);
        assert!(has_left("192.0.2.2", start) && has_left("127.0.0.1", start));
        assert!(has_left("192.0.2.1", start + DAY));
    }

    #[test]
    fn so_many_addresses_are_counted() {
        let traffic = Traffic::new(1000);
        for number in 0..=u32::try_from(ADDRESSES).unwrap() {
            let bytes = if number == 7 { 1000 } else { 1 };
            traffic.add(
                std::net::Ipv4Addr::from_bits(number | 1 << 31).into(),
                bytes,
            );
        }
        assert_eq!(
            traffic.today.lock().by.len(),
            2,
            "the greedy one and the last"
        );
    }
}
