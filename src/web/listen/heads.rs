//! The memory that the heads of HTTP/1 requests take.
//!
//! Browsers send what pages have set: 180 cookies of 4 KiB. Such a head is read, or whoever has these cookies could
//! not even be told so. But most heads have a kilobyte, and a thousand clients that each begin a long one must not
//! take a gigabyte. So a connection reads [`SHORT`] as it comes, and more only with one of [`LONG_HEADS`] places;
//! while there is none, it waits, and its own time for the head runs on.
//!
//! HTTP/2 has a limit of its own, [`SHORT`] for each request: a browser speaks it to a proxy, not to us.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The most bytes of a head that need no place.
pub(crate) const SHORT: usize = 32 * 1024;
/// The most bytes of a head: what Chromium and Firefox keep for one site, 180 cookies of 4 KiB, and as much as all
/// other headers usually take.
pub(super) const LONG: usize = 768 * 1024;
/// How many long heads are read or answered at once: 36 MiB, since a buffer grows by doubling.
pub(super) const LONG_HEADS: usize = 24;
/// How an HTTP/2 connection begins.
const PREFACE: &[u8] = b"PRI ";

/// The places for long heads of one program; clones share them.
#[derive(Clone, Debug)]
pub(super) struct LongHeads(Arc<Semaphore>);

impl LongHeads {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(LONG_HEADS)))
    }
}

type Place = Pin<Box<dyn Future<Output = Option<OwnedSemaphorePermit>> + Send>>;

/// Counts one connection's bytes between its requests. Its stream and its requests share it.
pub(super) struct HeadGauge {
    places: LongHeads,
    state: Mutex<HeadState>,
}

#[derive(Default)]
struct HeadState {
    /// Bytes since the last request was answered.
    read: usize,
    /// How many requests are being answered; what comes meanwhile belongs to their bodies.
    answering: usize,
    /// Whether nothing is counted: the connection speaks HTTP/2.
    is_off: bool,
    place: Option<OwnedSemaphorePermit>,
    waiting: Option<Place>,
}

/// A request that is being answered, with the place of its head if that was a long one.
pub(super) struct Answering {
    gauge: Arc<HeadGauge>,
    place: Option<OwnedSemaphorePermit>,
}

impl HeadGauge {
    pub(super) fn new(places: LongHeads) -> Self {
        Self {
            places,
            state: Mutex::default(),
        }
    }

    /// Whether the connection may read on.
    pub(super) fn poll_ready(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.lock();
        if state.is_off || state.answering > 0 || state.read < SHORT || state.place.is_some() {
            return Poll::Ready(());
        }
        let places = self.places.0.clone();
        let waiting = state
            .waiting
            .get_or_insert_with(|| Box::pin(async { places.acquire_owned().await.ok() }));
        let place = ready!(waiting.as_mut().poll(cx));
        state.waiting = None;
        state.place = place;
        Poll::Ready(())
    }

    /// Counts what was read.
    pub(super) fn count(&self, bytes: &[u8]) {
        let mut state = self.state.lock();
        if state.is_off || state.answering > 0 {
            return;
        }
        state.is_off = state.read == 0 && bytes.starts_with(PREFACE);
        state.read += bytes.len();
    }

    /// A request's head has been read.
    pub(super) fn answering(self: &Arc<Self>) -> Answering {
        let mut state = self.state.lock();
        state.answering += 1;
        state.read = 0;
        Answering {
            gauge: self.clone(),
            place: state.place.take(),
        }
    }
}

impl Answering {
    /// Whether the head was a long one.
    pub(super) fn is_long(&self) -> bool {
        self.place.is_some()
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.gauge.state.lock().answering -= 1;
    }
}
