//! What is left of a request's body when nobody wants it any more: it is read to its end and thrown away, within
//! bounds.
//!
//! Who has more to send reads an answer afterwards. If the connection were closed in between, a browser would see a
//! connection that broke, and a proxy would say 502, where the answer says that the body is too large.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt as _;
use http_body_util::combinators::BoxBody;
use hyper::body::{Body, Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::time::timeout;

/// As much is still read; a connection with more to come is closed.
const MOST: usize = 64 * 1024 * 1024;

/// So long it may take.
const WITHIN: Duration = Duration::from_secs(30);

type Incoming = BoxBody<Bytes, io::Error>;

/// A request's body, of which what is unread is read when it is dropped.
pub(super) struct ReadToEnd(Incoming);

impl ReadToEnd {
    pub(super) fn new(body: Incoming) -> Self {
        Self(body)
    }
}

impl Body for ReadToEnd {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let polled = Pin::new(&mut self.0).poll_frame(cx);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.0 = BoxBody::default();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl Drop for ReadToEnd {
    fn drop(&mut self) {
        if self.0.is_end_stream() {
            return;
        }
        let body = std::mem::take(&mut self.0);
        // Without a runtime the program is ending.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(timeout(WITHIN, throw_away(body)));
        }
    }
}

async fn throw_away(mut body: Incoming) {
    let mut room = MOST;
    while let Some(Ok(frame)) = body.frame().await {
        let bytes = frame.data_ref().map_or(0, Bytes::len);
        if bytes > room {
            return;
        }
        room -= bytes;
    }
}
