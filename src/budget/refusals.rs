//! Who is turned away: counted by the reason for as long as the program runs, and by the address for a minute, so that
//! the loudest can be named in the log.
//!
//! Whoever turns somebody away counts it here once ([`Refusals::count`]).

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

use super::{Whence, Who};

/// Why somebody is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// All connections of the program are taken.
    Connections,
    /// All connections, or requests through a proxy, of one address are.
    AddressConnections,
    /// Places for requests that are being answered, of which one HTTP/2 connection may take many.
    Requests,
    /// An address has had its bytes of the day.
    AddressBytes,
    /// Memory for bodies of requests.
    Bodies,
    /// Memory for streams of what happens in a sandbox.
    Feeds,
    /// Memory for downloads.
    Downloads,
    /// Memory for questions of checks about the wire.
    Claims,
    /// Places for Runs of one learner.
    LearnerRuns,
    /// Places for Runs at one address.
    AddressRuns,
    /// Places for Runs in all.
    Runs,
    /// What a learner may have kept in a day.
    LearnerKept,
    /// What an address may have kept in a day.
    AddressKept,
    /// New learners of one address in a minute.
    Newcomers,
    /// Snapshots that are run from one address in a minute.
    SnapshotRuns,
    /// Answers to a question that has no tries left.
    Tries,
    /// Answers that wait to be judged.
    Judges,
    /// Ports for sandboxes.
    Ports,
    /// What a limit of a learner's server turned away.
    ServerLimits,
    /// A body that is too long.
    LongBody,
    /// A body that came too slowly.
    SlowBody,
    /// More headers than are taken.
    LongHead,
    /// A change that another site's page asks for.
    Foreign,
    /// A host that is nobody's, or an unclear one.
    UnknownHost,
    /// A script for a service worker.
    ServiceWorker,
    /// Whatever a full disk does not take.
    NoRoom,
    /// An address on the block list.
    BlockedAddress,
    /// A sandbox on the block list.
    BlockedSandbox,
}

/// All reasons, in their order, with the words that figures and the log use.
const NAMES: [(Reason, &str); 28] = [
    (Reason::Connections, "connections"),
    (Reason::AddressConnections, "connections-per-address"),
    (Reason::Requests, "requests"),
    (Reason::AddressBytes, "bytes-per-address"),
    (Reason::Bodies, "bodies"),
    (Reason::Feeds, "feeds"),
    (Reason::Downloads, "downloads"),
    (Reason::Claims, "claims"),
    (Reason::LearnerRuns, "runs-per-learner"),
    (Reason::AddressRuns, "runs-per-address"),
    (Reason::Runs, "runs"),
    (Reason::LearnerKept, "kept-per-learner"),
    (Reason::AddressKept, "kept-per-address"),
    (Reason::Newcomers, "newcomers"),
    (Reason::SnapshotRuns, "snapshot-runs"),
    (Reason::Tries, "tries"),
    (Reason::Judges, "judges"),
    (Reason::Ports, "ports"),
    (Reason::ServerLimits, "server-limits"),
    (Reason::LongBody, "long-body"),
    (Reason::SlowBody, "slow-body"),
    (Reason::LongHead, "long-head"),
    (Reason::Foreign, "foreign-origin"),
    (Reason::UnknownHost, "unknown-host"),
    (Reason::ServiceWorker, "service-worker"),
    (Reason::NoRoom, "disk-full"),
    (Reason::BlockedAddress, "blocked-address"),
    (Reason::BlockedSandbox, "blocked-sandbox"),
];

impl Reason {
    /// The word that figures and the log use.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        NAMES[self as usize].1
    }
}

/// The counts of one program; clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refusals(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    /// In the order of [`NAMES`].
    totals: [AtomicU64; NAMES.len()],
    /// Since they were taken last.
    lately: Mutex<HashMap<(Reason, Option<Who>), u64>>,
    whence: Whence,
}

/// The most pairs of a reason and an address that are told apart between two looks; more are only in the totals.
const APART: usize = 4096;
/// How many are named at once.
const NAMED: usize = 5;
/// Who was turned away less often than this between two looks is not loud.
const LOUD: u64 = 10;

/// Somebody who was turned away often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Loud {
    pub(crate) reason: Reason,
    /// An address, or a network of IPv6; none for this machine, and for a learner who came from it.
    pub(crate) address: Option<IpAddr>,
    pub(crate) times: u64,
}

impl Refusals {
    /// Nobody was turned away yet; a learner is named by the address that they came from.
    #[must_use]
    pub(crate) fn new(whence: Whence) -> Self {
        Self(Arc::new(Counts {
            whence,
            ..Counts::default()
        }))
    }

    /// Counts somebody who was turned away; none for who is at this machine, or is not known.
    pub(crate) fn count(&self, reason: Reason, who: Option<Who>) {
        self.0.totals[reason as usize].fetch_add(1, Ordering::Relaxed);
        let mut lately = self.0.lately.lock();
        if lately.len() < APART || lately.contains_key(&(reason, who)) {
            *lately.entry((reason, who)).or_default() += 1;
        }
    }

    /// The same, of who asks from this address.
    pub(crate) fn count_at(&self, reason: Reason, address: Option<IpAddr>) {
        self.count(reason, address.and_then(Who::at));
    }

    /// How often each was the reason.
    pub(crate) fn totals(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = NAMES.iter().zip(&self.0.totals);
        counts.map(|((_, name), total)| (*name, total.load(Ordering::Relaxed)))
    }

    /// Who was turned away most often since this was last asked, the loudest first.
    pub(crate) fn take_loudest(&self) -> Vec<Loud> {
        let lately = std::mem::take(&mut *self.0.lately.lock());
        let mut by_address = HashMap::<_, u64>::new();
        for ((reason, who), times) in lately {
            *by_address.entry((reason, self.address(who))).or_default() += times;
        }
        let loud = by_address.into_iter().filter(|(_, times)| *times >= LOUD);
        let loud = loud.map(|((reason, address), times)| Loud {
            reason,
            address,
            times,
        });
        let mut loud: Vec<_> = loud.collect();
        loud.sort_unstable_by_key(|it| (std::cmp::Reverse(it.times), it.reason, it.address));
        loud.truncate(NAMED);
        loud
    }

    fn address(&self, who: Option<Who>) -> Option<IpAddr> {
        match who? {
            Who::Network(address) => Some(address),
            learner @ Who::Learner(_) => match self.0.whence.of(learner)? {
                Who::Network(address) => Some(address),
                Who::Learner(_) => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_its_name_and_its_count() {
        for (place, (reason, _)) in NAMES.iter().enumerate() {
            assert_eq!(*reason as usize, place);
        }
        let refusals = Refusals::default();
        refusals.count(Reason::Feeds, None);
        refusals.count(Reason::Feeds, Some(Who::Learner(1)));
        let counted: Vec<_> = refusals.totals().filter(|(_, total)| *total > 0).collect();
        assert_eq!(counted, [("feeds", 2)]);
    }

    #[test]
    fn the_loudest_are_named_by_their_address_and_once() {
        let whence = Whence::default();
        let (ada, eve) = (Who::Learner(1), "192.0.2.1".parse().ok());
        whence.note(ada, eve);
        let refusals = Refusals::new(whence);
        for _ in 0..LOUD {
            refusals.count(Reason::Feeds, Some(ada));
            refusals.count_at(Reason::Feeds, eve);
            refusals.count_at(Reason::Bodies, "127.0.0.1".parse().ok());
        }
        refusals.count_at(Reason::Ports, "192.0.2.2".parse().ok());
        let loud = |reason, address, times| Loud {
            reason,
            address,
            times,
        };
        let expected = [
            loud(Reason::Feeds, eve, 2 * LOUD),
            loud(Reason::Bodies, None, LOUD),
        ];
        assert_eq!(refusals.take_loudest(), expected);
        assert_eq!(refusals.take_loudest(), []);
    }

    #[test]
    fn so_many_are_told_apart() {
        let refusals = Refusals::default();
        for number in 0..10_000 {
            refusals.count(Reason::Runs, Some(Who::Learner(number)));
        }
        assert_eq!(refusals.0.lately.lock().len(), APART);
        assert!(refusals.totals().any(|it| it == ("runs", 10_000)));
    }
}
