//! How much waits for the WebSocket clients of one sandbox, and of all sandboxes of a site.
//!
//! A short frame is counted by each queue that it lies in. A long one, and what is kept for several clients, is
//! shared: it is counted once, from [`Waiting::hold`] until the last client has got it. Counting refuses nothing;
//! whoever adds asks [`Waiting::is_over`] behind it, and cuts off the client that is furthest behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

use crate::limits::Limits;

/// So much may wait in a sandbox however much waits in others: what one turn says to a client, or one message more.
const FLOOR: usize = 1024 * 1024;

/// The bytes that wait.
#[derive(Debug)]
pub(crate) struct Waiting {
    bytes: AtomicUsize,
    limit: usize,
    /// Where all sandboxes of a site are counted together.
    site: Option<Arc<Self>>,
}

impl Waiting {
    /// For so many bytes of all sandboxes of a site.
    pub(crate) fn site(limit: usize) -> Arc<Self> {
        Arc::new(Self {
            bytes: AtomicUsize::default(),
            limit,
            site: None,
        })
    }

    /// For one sandbox.
    pub(super) fn sandbox(limits: &Limits, site: Option<Arc<Self>>) -> Arc<Self> {
        Arc::new(Self {
            bytes: AtomicUsize::default(),
            limit: limits.queued,
            site,
        })
    }

    /// Whether more waits than may.
    pub(super) fn is_over(&self) -> bool {
        let bytes = self.bytes.load(Ordering::Relaxed);
        let site = self.site.as_deref();
        bytes > self.limit || (bytes > FLOOR && site.is_some_and(Self::is_over))
    }

    pub(super) fn add(&self, bytes: usize) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        if let Some(site) = &self.site {
            site.add(bytes);
        }
    }

    pub(super) fn subtract(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, Ordering::Relaxed);
        if let Some(site) = &self.site {
            site.subtract(bytes);
        }
    }

    /// How many bytes wait.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// How many may.
    pub(super) fn most(&self) -> usize {
        self.limit
    }

    /// Counts bytes once for all who share them.
    pub(super) fn hold(self: &Arc<Self>, bytes: Bytes) -> Bytes {
        self.add(bytes.len());
        let waiting = Arc::clone(self);
        Bytes::from_owner(Held { bytes, waiting })
    }
}

impl Default for Waiting {
    fn default() -> Self {
        Self {
            bytes: AtomicUsize::default(),
            limit: Limits::default().queued,
            site: None,
        }
    }
}

/// Bytes that are counted for as long as somebody has them.
struct Held {
    bytes: Bytes,
    waiting: Arc<Waiting>,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.waiting.subtract(self.bytes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_counted_once_and_until_the_last_has_got_it() {
        let waiting = Arc::new(Waiting::default());
        let one = waiting.hold(Bytes::from(vec![0; 100]));
        let two = one.clone();
        assert_eq!(waiting.bytes.load(Ordering::Relaxed), 100);
        drop(one);
        assert_eq!(waiting.bytes.load(Ordering::Relaxed), 100);
        drop(two);
        assert_eq!(waiting.bytes.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_full_site_leaves_each_sandbox_a_little() {
        let site = Waiting::site(2 * FLOOR);
        let sandbox = || Waiting::sandbox(&Limits::default(), Some(Arc::clone(&site)));
        let (greedy, modest) = (sandbox(), sandbox());
        greedy.add(2 * FLOOR);
        assert!(!greedy.is_over());
        modest.add(FLOOR);
        assert!(greedy.is_over() && !modest.is_over());
        greedy.subtract(2 * FLOOR);
        assert!(!greedy.is_over());
        greedy.add(Limits::default().queued + 1);
        assert!(greedy.is_over());
    }
}
