//! How often one address may do something in a minute that costs the site more than a look: bring a new learner, run a
//! snapshot. A whole school can stand behind one address; a crawler or somebody who means harm does it hundreds of times
//! in a second.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::fault::Fault;
use crate::budget::{Reason, Who};

const MINUTE: Duration = Duration::from_mins(1);

/// Counts it by address; this machine's own is not counted, unless a proxy that we trust says whose it is.
pub(crate) struct PerMinute {
    most: u32,
    reason: Reason,
    /// What is too much, and what to do.
    sentence: &'static str,
    counted: Mutex<Option<Counted>>,
}

struct Counted {
    since: Instant,
    by: HashMap<Who, u32>,
}

impl PerMinute {
    /// New learners.
    pub(crate) fn newcomers() -> Self {
        Self {
            most: 300,
            reason: Reason::Newcomers,
            sentence: "Too many new learners come from your address just now: load the page again in a minute.",
            counted: Mutex::default(),
        }
    }

    /// Snapshots that are run.
    pub(crate) fn snapshots() -> Self {
        Self {
            most: 120,
            reason: Reason::SnapshotRuns,
            sentence: "Too many shared projects were run from your address just now: try again in a minute.",
            counted: Mutex::default(),
        }
    }

    /// Lets this address do it once more.
    pub(crate) fn admit(&self, address: Option<IpAddr>) -> Result<(), Fault> {
        self.admit_at(address, Instant::now())
    }

    fn admit_at(&self, address: Option<IpAddr>, now: Instant) -> Result<(), Fault> {
        let Some(who) = address.and_then(Who::at) else {
            return Ok(());
        };
        let mut counted = self.counted.lock();
        if counted.as_ref().is_some_and(|it| now >= it.since + MINUTE) {
            *counted = None;
        }
        let counted = counted.get_or_insert_with(|| Counted {
            since: now,
            by: HashMap::new(),
        });
        let own = counted.by.entry(who).or_default();
        if *own >= self.most {
            return Err(Fault::Refused(Some(self.reason), self.sentence.to_owned()));
        }
        *own += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_its_number_a_minute() {
        let newcomers = PerMinute::newcomers();
        let start = Instant::now();
        let admit = |address: &str, now| newcomers.admit_at(Some(address.parse().unwrap()), now);
        for _ in 0..newcomers.most {
            admit("192.0.2.1", start).unwrap();
        }
        assert!(admit("192.0.2.1", start).is_err());
        assert!(admit("192.0.2.2", start).is_ok() && admit("127.0.0.1", start).is_ok());
        assert!(admit("192.0.2.1", start + MINUTE).is_ok());
    }
}
