//! How much of an answer may wait in memory for a client that reads slowly.
//!
//! hyper takes one number for the longest head that it reads and for what it takes in to be written. Heads may be
//! long ([`heads`](super::heads)); so a body is asked for its next piece only when most of those before have been
//! written.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use hyper::body::{Body, Frame, SizeHint};

/// The most bytes that wait before a body is asked for more.
const WAITING: u64 = 32 * 1024;

/// What a connection has written so far.
#[derive(Default)]
pub(super) struct Written {
    bytes: AtomicU64,
    body: AtomicWaker,
}

impl Written {
    pub(super) fn count(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.body.wake();
    }
}

/// An answer's body at the pace of its connection.
pub(super) struct Paced<B> {
    body: B,
    written: Arc<Written>,
    /// What the connection had written before.
    before: u64,
    given: u64,
}

impl<B> Paced<B> {
    pub(super) fn new(body: B, written: Arc<Written>) -> Self {
        let before = written.bytes.load(Ordering::Relaxed);
        Self {
            body,
            written,
            before,
            given: 0,
        }
    }

    fn waits(&self) -> bool {
        let written = self.written.bytes.load(Ordering::Relaxed) - self.before;
        self.given.saturating_sub(written) >= WAITING
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Paced<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        if self.waits() {
            self.written.body.register(cx.waker());
            // It may have been written meanwhile.
            if self.waits() {
                return Poll::Pending;
            }
        }
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &polled {
            self.given += frame.data_ref().map_or(0, |data| data.len() as u64);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::{FutureExt, stream};
    use http_body_util::{BodyExt, StreamBody};

    use super::*;

    const PIECE: usize = 16 * 1024;

    #[tokio::test]
    async fn a_body_waits_until_what_it_gave_is_written() {
        let piece = || Ok::<_, Infallible>(Frame::data(Bytes::from(vec![0; PIECE])));
        let endless = StreamBody::new(stream::iter(std::iter::repeat_with(piece)));
        let written = Arc::new(Written::default());
        written.count(1000);
        let mut body = Paced::new(endless, written.clone());
        let mut taken = 0;
        while body.frame().now_or_never().is_some() {
            taken += PIECE;
            assert!(taken < 4 * PIECE, "it is asked for ever more");
        }
        assert_eq!(taken, 2 * PIECE);
        let next = tokio::spawn(async move { body.frame().await.is_some() });
        tokio::task::yield_now().await;
        assert!(!next.is_finished());
        written.count(PIECE);
        assert!(next.await.expect("no panic"));
    }
}
