//! Claims held against what crossed the wire.
//!
//! [`Claim::hold`] compares a claim with a [`Log`], entry by entry ([`misfit`]), and says in [`words`] what is
//! missing.

mod misfit;
mod words;

use std::cmp::Reverse;
use std::sync::Arc;

use serde::Serialize;

use crate::claim::Claim;
use crate::sandbox::entry::{Crossed, WireEntry};
use crate::sandbox::feed::Log;
use words::told;

impl Claim {
    /// Holds it against a log.
    pub(crate) fn hold(&self, log: &Log) -> Result<(), Unproved> {
        let entries = log.entries.iter().map(Arc::as_ref);
        let mut fitting = entries.filter(|entry| self.count(entry) > 0);
        let found: usize = fitting.clone().map(|entry| self.count(entry)).sum();
        let unproved = |found: String, entry: Option<&WireEntry>| Unproved {
            expected: self.expectation(),
            found,
            entry: entry.map(|entry| entry.entry),
        };
        match self.times {
            Some(0) if found > 0 => {
                let first = fitting.clone().next();
                let words = first.map_or_else(String::new, told);
                Err(unproved(words, first))
            }
            Some(0) if !log.is_whole => {
                let words = "more crossed the wire than the log keeps, so it cannot tell";
                Err(unproved(words.to_owned(), None))
            }
            times if found >= times.unwrap_or(1) => Ok(()),
            times if found > 0 => {
                let words = format!("{found} of {}", times.unwrap_or(1));
                Err(unproved(words, fitting.next_back()))
            }
            _ => match self.nearest(&log.entries) {
                Some((near, words)) => Err(unproved(words, Some(near))),
                None => Err(unproved(NOTHING.to_owned(), None)),
            },
        }
    }

    /// How often an entry fits; a message to a whole topic stands for all its receivers.
    #[must_use]
    pub(crate) fn count(&self, entry: &WireEntry) -> usize {
        let fits = self.fits(entry);
        let receivers = match &entry.crossed {
            Crossed::WebSocket(line) => line.receivers.unwrap_or(1),
            _ => 1,
        };
        usize::from(fits) * receivers
    }

    /// The entry that comes nearest to what is claimed, and in words what it is and what it lacks.
    #[must_use]
    pub(crate) fn nearest<'a>(
        &self,
        entries: &'a [Arc<WireEntry>],
    ) -> Option<(&'a WireEntry, String)> {
        // The latest of those that are equally near.
        let near = entries
            .iter()
            .filter_map(|entry| Some((self.distance(entry, FAR)?, entry)))
            .min_by_key(|(distance, entry)| (*distance, Reverse(entry.entry)));
        let (_, near) = near?;
        let lacks = self.misfits(near)?.join("; ");
        let words = format!("the nearest is {}; {lacks}", told(near));
        Some((near, words))
    }
}

/// Found where nothing of the kind crossed the wire.
const NOTHING: &str = "nothing like it crossed the wire";
/// An entry that differs in so much is not near: a path and a method, say.
const FAR: u8 = 5;

/// A claim that a log does not bear out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Unproved {
    /// What is claimed, in words.
    pub(crate) expected: String,
    /// What there is instead.
    pub(crate) found: String,
    /// The number of the entry that shows it best.
    pub(crate) entry: Option<u64>,
}

#[cfg(test)]
#[path = "claim_tests.rs"]
mod tests;
