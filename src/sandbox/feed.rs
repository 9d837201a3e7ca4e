//! The feed: what a learner watches of a sandbox, kept in one bounded list that each watcher reads
//! at its own pace.
//!
//! No watcher has a queue of its own. A watcher remembers the number of the last record it has, waits
//! until there is a newer one, and copies what it lacks; one that is too slow finds the oldest gone
//! and is told how many it missed.
//!
//! Watchers at the same place share what is made of the records there ([`Feed::shared_piece`]), for as long as one of
//! them still has it to send: a loud server is told to many at the cost of one.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Weak};

use bytes::Bytes;
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;

use super::entry::{Record, WireEntry};

/// How much is kept for a watcher that comes later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// How many records.
    pub(crate) records: usize,
    /// Bytes of their texts, about.
    pub(crate) bytes: usize,
}

/// For a learner who looks on. The workbench lists more, of what it has heard itself; a page that comes later gets these.
/// Every sandbox with a Run has one, so it is small: 500 entries of a usual size.
pub(crate) const KEPT: Room = Room {
    records: 500,
    bytes: 2 * 1024 * 1024,
};

/// For a check, which is held against all that crossed since it began.
pub(crate) const KEPT_FOR_CHECK: Room = Room {
    records: 20_000,
    bytes: 16 * 1024 * 1024,
};

/// For a visitor who runs a snapshot: nobody can watch it.
pub(crate) const KEPT_FOR_VISITOR: Room = Room {
    records: 1,
    bytes: 1024,
};

/// The records of one sandbox.
#[derive(Debug)]
pub(crate) struct Feed {
    /// Tells this life of the sandbox from others, which number their records and their wire anew.
    life: u64,
    room: Room,
    records: Mutex<Records>,
    newest: watch::Sender<u64>,
    /// What was made last, the newest at the end.
    pieces: Mutex<VecDeque<Piece>>,
}

/// Some records as they are sent.
#[derive(Debug)]
struct Piece {
    /// The number of the record before the first one.
    seen: u64,
    /// The number of the last one.
    last: u64,
    /// Gone when nobody has it to send any more, so that it is counted for those who have.
    bytes: Weak<[u8]>,
}

/// Watchers who read at different places are about so many places apart.
const PIECES: usize = 16;

#[derive(Debug, Default)]
struct Records {
    /// The number of the last record; the first one is 1.
    last: u64,
    kept: VecDeque<Record>,
    /// Bytes of all that are kept.
    bytes: usize,
    /// The last record of its kind, which a watcher gets even when it has left the list; so are the next two.
    status: Option<Record>,
    faults: Option<Record>,
    ticked: Option<Record>,
}

/// What a watcher has not seen.
#[derive(Debug, PartialEq)]
pub(crate) struct News {
    /// How many records were gone already.
    pub(crate) missed: u64,
    /// Number and record, oldest first.
    pub(crate) records: Vec<(u64, Record)>,
}

/// What crossed the wire since somebody looked last.
#[derive(Debug, Default)]
pub(crate) struct Crossings {
    /// Whether nothing of it is gone already. Where something is, the first record is how the Run does now.
    pub(crate) is_whole: bool,
    /// The number of the newest record.
    pub(crate) last: u64,
    /// Entries, each in its state then, and changes of the Run; oldest first.
    pub(crate) records: Vec<Record>,
}

/// What crossed the wire of a sandbox, each thing in its latest state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    /// In the order of their numbers.
    pub(crate) entries: Vec<Arc<WireEntry>>,
    /// Whether nothing has left the list yet.
    pub(crate) is_whole: bool,
}

impl Default for Feed {
    fn default() -> Self {
        Self::with_room(KEPT)
    }
}

impl Feed {
    /// An empty one that keeps so much.
    #[must_use]
    pub(crate) fn with_room(room: Room) -> Self {
        let mut life = [0; 8];
        // Without a random source, lives are told apart as far as their numbers go.
        let _ = getrandom::fill(&mut life);
        Self {
            life: u64::from_be_bytes(life),
            room,
            records: Mutex::default(),
            newest: watch::Sender::new(0),
            pieces: Mutex::default(),
        }
    }

    /// What this life of the sandbox is called.
    #[must_use]
    pub(crate) fn life(&self) -> u64 {
        self.life
    }

    /// Adds a record and wakes the watchers.
    pub(crate) fn push(&self, record: Record) {
        let mut records = self.lock();
        records.last += 1;
        match record {
            Record::Status(_) => records.status = Some(record.clone()),
            Record::Faults(_) => records.faults = Some(record.clone()),
            Record::Ticked { .. } => records.ticked = Some(record.clone()),
            _ => {}
        }
        records.bytes += record.weight();
        records.kept.push_back(record);
        while records.kept.len() > self.room.records || records.bytes > self.room.bytes {
            let Some(oldest) = records.kept.pop_front() else {
                break;
            };
            records.bytes -= oldest.weight();
        }
        self.newest.send_replace(records.last);
    }

    /// Lets go of the oldest records, until the others weigh no more than so many bytes.
    pub(super) fn shorten(&self, bytes: usize) {
        let mut records = self.lock();
        while records.bytes > bytes
            && let Some(oldest) = records.kept.pop_front()
        {
            records.bytes -= oldest.weight();
        }
        records.kept.shrink_to_fit();
    }

    /// The records after number `seen`. A number from the future (of an earlier life of the
    /// program) counts as none.
    #[must_use]
    pub(crate) fn after(&self, seen: u64) -> News {
        self.piece_after(seen, usize::MAX)
    }

    /// The first of them: no more than weigh so many bytes, but at least one.
    #[must_use]
    pub(crate) fn piece_after(&self, seen: u64, bytes: usize) -> News {
        let records = self.lock();
        let seen = if seen > records.last { 0 } else { seen };
        let first = records.last + 1 - records.kept.len() as u64;
        let from = first.max(seen + 1);
        let mut weight = 0;
        let fitting = records
            .kept
            .iter()
            .skip(offset(from - first))
            .take_while(|record| {
                let fits = weight == 0 || weight + record.weight() <= bytes;
                weight += record.weight();
                fits
            });
        let mut news: Vec<_> = (from..=records.last).zip(fitting.cloned()).collect();
        let missed = from - (seen + 1);
        let last = [&records.ticked, &records.faults, &records.status];
        for last in last.into_iter().flatten() {
            let is_same = |record: &Record| record.event() == last.event();
            if missed > 0 && !news.iter().any(|(_, record)| is_same(record)) {
                news.insert(0, (from - 1, last.clone()));
            }
        }
        News {
            missed,
            records: news,
        }
    }

    /// What has crossed the wire after record number `seen`, and how the Run did meanwhile.
    #[must_use]
    pub(crate) fn crossings_after(&self, seen: u64) -> Crossings {
        let records = self.lock();
        let first = records.last + 1 - records.kept.len() as u64;
        let from = first.max(seen + 1);
        let is_of_it = |record: &&Record| matches!(record, Record::Wire(_) | Record::Status(_));
        let kept = records.kept.iter().skip(offset(from - first));
        let is_whole = from == seen + 1;
        let last_status = records.status.iter().filter(|_| !is_whole);
        Crossings {
            is_whole,
            last: records.last,
            records: last_status.chain(kept).filter(is_of_it).cloned().collect(),
        }
    }

    /// What `tell` makes of the first of them, and the number of the last that is in it; none where there is nothing new.
    /// All who ask must make the same of the same records.
    pub(crate) fn shared_piece(
        &self,
        seen: u64,
        bytes: usize,
        tell: impl FnOnce(&News) -> String,
    ) -> Option<(Bytes, u64)> {
        let mut pieces = self.pieces.lock();
        let mut known = pieces.iter().rev().filter(|it| it.seen == seen);
        if let Some((made, last)) = known.find_map(|it| Some((it.bytes.upgrade()?, it.last))) {
            return Some((Bytes::from_owner(made), last));
        }
        let news = self.piece_after(seen, bytes);
        let (last, _) = *news.records.last()?;
        let made: Arc<[u8]> = tell(&news).into_bytes().into();
        pieces.retain(|it| it.bytes.strong_count() > 0);
        if pieces.len() >= PIECES {
            pieces.pop_front();
        }
        let bytes = Arc::downgrade(&made);
        pieces.push_back(Piece { seen, last, bytes });
        Some((Bytes::from_owner(made), last))
    }

    /// What crossed the wire, each thing in its latest state.
    #[must_use]
    pub(crate) fn wire(&self) -> Log {
        let records = self.lock();
        let latest: BTreeMap<u64, Arc<WireEntry>> = records
            .kept
            .iter()
            .filter_map(|record| match record {
                Record::Wire(entry) => Some((entry.entry, Arc::clone(entry))),
                _ => None,
            })
            .collect();
        Log {
            entries: latest.into_values().collect(),
            is_whole: records.kept.len() as u64 == records.last,
        }
    }

    /// Bytes of all that is kept, about.
    #[must_use]
    pub(crate) fn bytes(&self) -> usize {
        self.lock().bytes
    }

    /// The number of the newest record, 0 before the first one.
    #[must_use]
    pub(crate) fn last(&self) -> u64 {
        self.lock().last
    }

    /// Waits until there is a record after number `seen`.
    pub(crate) async fn wait(&self, seen: u64) {
        let mut newest = self.newest.subscribe();
        // The sender lives in `self`, so the wait cannot fail while we are in here.
        let _ = newest.wait_for(|&newest| newest > seen).await;
    }

    fn lock(&self) -> MutexGuard<'_, Records> {
        self.records.lock()
    }
}

/// The list holds at most as many records as its [`Room`], so a difference of numbers always fits.
fn offset(difference: u64) -> usize {
    usize::try_from(difference).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::entry::{Crossed, Exchange};

    #[test]
    fn what_is_kept_is_bounded_in_bytes_too() {
        let feed = Feed::with_room(Room {
            records: 100,
            bytes: 10_000,
        });
        for entry in 1..=4 {
            let exchange = Exchange {
                body: Some("x".repeat(4_000)),
                ..Exchange::default()
            };
            feed.push(Record::Wire(Arc::new(WireEntry {
                entry,
                at: 0,
                client: "A".to_owned(),
                crossed: Crossed::Http(Box::new(exchange)),
            })));
        }
        let news = feed.after(0);
        assert_eq!((news.missed, news.records.len()), (2, 2));
        let piece = feed.piece_after(0, 4_000);
        assert_eq!(
            (piece.missed, piece.records.len()),
            (2, 1),
            "what is too long by itself comes alone"
        );
        assert_eq!(feed.piece_after(3, 4_000).records.len(), 1);
        let log = feed.wire();
        assert_eq!((log.is_whole, log.entries.len()), (false, 2));
    }

    #[test]
    fn a_piece_is_made_once_for_all_who_have_it_to_send() {
        let feed = Feed::default();
        let made = std::cell::Cell::new(0);
        let piece = |seen| {
            feed.shared_piece(seen, 1_000, |news| {
                made.set(made.get() + 1);
                format!("{} from {seen}", news.records.len())
            })
        };
        assert_eq!(piece(0), None, "nothing is new");
        feed.push(saved(1));
        let one = piece(0);
        let text = |text: &str| Bytes::copy_from_slice(text.as_bytes());
        assert_eq!(one, Some((text("1 from 0"), 1)));
        feed.push(saved(2));
        let other = piece(0);
        assert_eq!((&other, made.get()), (&one, 1), "it is still to be sent");
        assert_eq!(piece(1), Some((text("1 from 1"), 2)));
        drop((one, other));
        assert_eq!(piece(0), Some((text("2 from 0"), 2)));
        assert_eq!(made.get(), 3);
        for seen in 0..100 {
            feed.push(saved(seen));
            drop(piece(seen));
        }
        assert!(feed.pieces.lock().len() <= 2, "what is sent is forgotten");
    }

    fn saved(version: u64) -> Record {
        Record::Saved { version }
    }

    #[tokio::test]
    async fn a_watcher_gets_what_it_lacks_and_learns_what_it_missed() {
        let feed = Feed::default();
        assert_eq!(feed.after(0).records, []);
        feed.push(saved(1));
        feed.wait(0).await;
        assert_eq!(feed.after(0).records, [(1, saved(1))]);
        assert_eq!(feed.after(1).records, []);
        assert_eq!(feed.after(99).records, [(1, saved(1))]);

        for version in 2..=KEPT.records as u64 + 3 {
            feed.push(saved(version));
        }
        let news = feed.after(1);
        assert_eq!(news.missed, 2);
        assert_eq!(news.records.len(), KEPT.records);
        assert_eq!(news.records[0], (4, saved(4)));
    }
}
