//! How many new learners one address may bring in a minute. A whole school can stand behind one address; a crawler or
//! somebody who fills the disk makes hundreds in a second.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::fault::Fault;
use crate::budget::{Reason, Who};

/// New learners of one address in a minute.
const MOST: u32 = 300;
const MINUTE: Duration = Duration::from_mins(1);

/// Counts them; this machine's own are not counted, unless a proxy that we trust says whose they are.
#[derive(Default)]
pub(crate) struct Newcomers(Mutex<Option<Counted>>);

struct Counted {
    since: Instant,
    by: HashMap<Who, u32>,
}

impl Newcomers {
    /// Lets one more in from this address.
    pub(crate) fn admit(&self, address: Option<IpAddr>) -> Result<(), Fault> {
        self.admit_at(address, Instant::now())
    }

    fn admit_at(&self, address: Option<IpAddr>, now: Instant) -> Result<(), Fault> {
        let Some(who) = address.and_then(Who::at) else {
            return Ok(());
        };
        let mut counted = self.0.lock();
        if counted.as_ref().is_some_and(|it| now >= it.since + MINUTE) {
            *counted = None;
        }
        let counted = counted.get_or_insert_with(|| Counted {
            since: now,
            by: HashMap::new(),
        });
        let own = counted.by.entry(who).or_default();
        if *own >= MOST {
            let sentence = "Too many new learners come from your address just now: load the page again in \
                            a minute.";
            return Err(Fault::Refused(Some(Reason::Newcomers), sentence.to_owned()));
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
        let newcomers = Newcomers::default();
        let start = Instant::now();
        let admit = |address: &str, now| newcomers.admit_at(Some(address.parse().unwrap()), now);
        for _ in 0..MOST {
            admit("192.0.2.1", start).unwrap();
        }
        assert!(admit("192.0.2.1", start).is_err());
        assert!(admit("192.0.2.2", start).is_ok() && admit("127.0.0.1", start).is_ok());
        assert!(admit("192.0.2.1", start + MINUTE).is_ok());
    }
}
