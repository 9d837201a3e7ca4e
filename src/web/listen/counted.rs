//! An answer's body whose bytes are counted for the address that they go to, and that holds what its answer needs
//! until it has ended or its reader is gone. How long it is stays known.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

use super::caps::OpenConnection;
use crate::budget::{Allowance, Who};

/// A body on its way to an address.
pub(super) struct Counted<B> {
    body: B,
    traffic: Allowance,
    /// None where it is not counted.
    to: Option<Who>,
    /// That of a request which a proxy brought.
    _place: Option<OpenConnection>,
}

impl<B> Counted<B> {
    pub(super) fn new(
        body: B,
        (traffic, to): (Allowance, Option<Who>),
        place: Option<OpenConnection>,
    ) -> Self {
        Self {
            body,
            traffic,
            to,
            _place: place,
        }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Counted<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        if let (Some(to), Poll::Ready(Some(Ok(frame)))) = (self.to, &polled) {
            let bytes = frame.data_ref().map_or(0, Bytes::len);
            self.traffic.add(to, bytes as u64);
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
