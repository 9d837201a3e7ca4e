//! Who is at a sandbox, counted in one place.
//!
//! Whoever keeps a sandbox busy holds a [`Presence`]: each handle, each watcher of its feed, each stream and
//! WebSocket, and its Run. Without any the sandbox is vacant. Its port may then be given on, and at last it is
//! let go ([`lives`](super::lives)).

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::time::Instant;

/// How many are present, and since when nobody is.
#[derive(Debug)]
pub(super) struct Occupancy(Mutex<Count>);

#[derive(Debug)]
struct Count {
    present: usize,
    /// When the last one left, or when it was made.
    left: Instant,
}

impl Occupancy {
    /// Nobody is there yet.
    pub(super) fn vacant() -> Arc<Self> {
        Arc::new(Self(Mutex::new(Count {
            present: 0,
            left: Instant::now(),
        })))
    }

    /// One more is present, until it drops this.
    pub(super) fn enter(self: &Arc<Self>) -> Presence {
        self.0.lock().present += 1;
        Presence(Arc::clone(self))
    }

    /// Since when nobody is there; none while somebody is.
    pub(super) fn vacant_since(&self) -> Option<Instant> {
        let count = self.0.lock();
        (count.present == 0).then_some(count.left)
    }

    /// How many are there.
    #[cfg(test)]
    pub(super) fn present(&self) -> usize {
        self.0.lock().present
    }
}

/// Somebody is at a sandbox, for as long as this is held.
#[derive(Debug)]
pub(super) struct Presence(Arc<Occupancy>);

impl Clone for Presence {
    fn clone(&self) -> Self {
        self.0.enter()
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        let mut count = self.0.0.lock();
        count.present -= 1;
        if count.present == 0 {
            count.left = Instant::now();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_vacant_from_the_last_ones_leaving() {
        let occupancy = Occupancy::vacant();
        let made = occupancy.vacant_since().unwrap();
        let one = occupancy.enter();
        let other = one.clone();
        assert_eq!((occupancy.present(), occupancy.vacant_since()), (2, None));
        drop(one);
        assert_eq!((occupancy.present(), occupancy.vacant_since()), (1, None));
        drop(other);
        assert_eq!(occupancy.present(), 0);
        assert!(occupancy.vacant_since().unwrap() > made);
    }
}
