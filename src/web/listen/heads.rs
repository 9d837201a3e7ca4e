//! The memory that the heads of requests take.
//!
//! Browsers send what pages have set: 180 cookies of 4 KiB. Such a head is read, or whoever has these cookies could
//! not even be told so. But most heads have a kilobyte, and a thousand clients that each begin a long one must not
//! take a gigabyte. So a connection reads [`SHORT`] as it comes, and more only with one of [`LONG_HEADS`] places;
//! while there is none, it waits, and its own time for the head runs on.
//!
//! A proxy may speak HTTP/2 to us, and bring what a browser sent it, so heads are as long there. There hyper reads
//! them, one at a time on each connection, and what a connection holds meanwhile is bounded by how many there are
//! ([`HTTP2`]); a long one that has come whole needs a place as well ([`HeadGauge::take_long`]), or its request is
//! turned away at once.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::budget::{Reason, Refusals};

/// The most bytes of a head that need no place.
pub(crate) const SHORT: usize = 32 * 1024;
/// The most bytes of a head: what Chromium and Firefox keep for one site, 180 cookies of 4 KiB, and as much as all
/// other headers usually take.
pub(super) const LONG: usize = 768 * 1024;
/// How many long heads are read or answered at once: 36 MiB, since a buffer grows by doubling.
pub(super) const LONG_HEADS: usize = 24;
/// How many connections may speak HTTP/2 at once. Each has up to a hundred requests of about 9 KiB while they are
/// refused, which is 43 MiB for all of them, or is in the middle of one long head, at most twice [`LONG`], which is 72
/// MiB. A proxy needs one for each hundred requests that it has open.
pub(super) const HTTP2: usize = 48;
/// How an HTTP/2 connection begins.
const PREFACE: &[u8] = b"PRI ";

/// The places of one program; clones share them.
#[derive(Clone, Debug)]
pub(super) struct HeadPlaces {
    long: Arc<Semaphore>,
    http2: Arc<Semaphore>,
    refusals: Refusals,
}

impl HeadPlaces {
    pub(super) fn new(refusals: Refusals) -> Self {
        Self {
            long: Arc::new(Semaphore::new(LONG_HEADS)),
            http2: Arc::new(Semaphore::new(HTTP2)),
            refusals,
        }
    }

    /// # Errors
    ///
    /// When as many connections speak HTTP/2 as may.
    fn http2(&self) -> io::Result<OwnedSemaphorePermit> {
        self.http2.clone().try_acquire_owned().map_err(|_| {
            self.refusals.count(Reason::Connections, None);
            io::Error::other("too many connections speak HTTP/2")
        })
    }
}

type Place = Pin<Box<dyn Future<Output = Option<OwnedSemaphorePermit>> + Send>>;

/// Counts one connection's bytes between its requests. Its stream and its requests share it.
pub(super) struct HeadGauge {
    places: HeadPlaces,
    state: Mutex<HeadState>,
}

#[derive(Default)]
struct HeadState {
    /// How much of [`PREFACE`] has come; none once something else has.
    preface: Preface,
    /// The place of a connection that speaks HTTP/2, of which nothing is counted.
    http2: Option<OwnedSemaphorePermit>,
    /// Bytes since the last request was answered.
    read: usize,
    /// How many requests are being answered; what comes meanwhile belongs to their bodies.
    answering: usize,
    place: Option<OwnedSemaphorePermit>,
    waiting: Option<Place>,
}

/// Whether a connection begins as HTTP/2 does, byte for byte: however its bytes are cut, hyper puts them together.
struct Preface(Option<usize>);

impl Default for Preface {
    fn default() -> Self {
        Self(Some(0))
    }
}

impl Preface {
    /// Whether the whole of it has come with these bytes.
    fn ends_with(&mut self, bytes: &[u8]) -> bool {
        let Some(come) = self.0.take() else {
            return false;
        };
        let rest = &PREFACE[come..];
        if bytes.len() < rest.len() && rest.starts_with(bytes) {
            self.0 = Some(come + bytes.len());
        }
        bytes.starts_with(rest)
    }
}

/// A request that is being answered, with the place of its head if that was a long one.
pub(super) struct Answering {
    gauge: Arc<HeadGauge>,
    place: Option<OwnedSemaphorePermit>,
}

impl HeadGauge {
    pub(super) fn new(places: HeadPlaces) -> Self {
        Self {
            places,
            state: Mutex::default(),
        }
    }

    /// Whether the connection may read on.
    pub(super) fn poll_ready(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.lock();
        let is_free = state.http2.is_some() || state.answering > 0 || state.place.is_some();
        if is_free || state.read < SHORT {
            return Poll::Ready(());
        }
        let places = self.places.long.clone();
        let waiting = state
            .waiting
            .get_or_insert_with(|| Box::pin(async { places.acquire_owned().await.ok() }));
        let place = ready!(waiting.as_mut().poll(cx));
        state.waiting = None;
        state.place = place;
        Poll::Ready(())
    }

    /// Counts what was read.
    ///
    /// # Errors
    ///
    /// When the connection begins to speak HTTP/2 and there is no place for it.
    pub(super) fn count(&self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state.lock();
        if state.http2.is_some() || state.answering > 0 {
            return Ok(());
        }
        if state.preface.ends_with(bytes) {
            state.http2 = Some(self.places.http2()?);
        }
        state.read += bytes.len();
        Ok(())
    }

    /// A place for a request of HTTP/2 whose head has this many bytes; none is needed for a short one.
    ///
    /// # Errors
    ///
    /// When there is none. It does not wait for one, since the head is held meanwhile.
    pub(super) fn take_long(&self, bytes: usize) -> Result<Option<OwnedSemaphorePermit>, Reason> {
        if bytes <= SHORT || self.state.lock().http2.is_none() {
            return Ok(None);
        }
        let place = self.places.long.clone().try_acquire_owned();
        let place = place.map_err(|_| Reason::LongHead);
        place
            .map(Some)
            .inspect_err(|reason| self.places.refusals.count(*reason, None))
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
