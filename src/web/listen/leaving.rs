//! A connection that leaves HTTP: what is left of it is a socket, with nothing of what HTTP needed.
//!
//! hyper would go on reading through all that counted its requests and answers; thousands of WebSockets each
//! kept that. So the stream is taken out of hyper's wrapping, and only its halves stay.

use std::sync::Arc;

use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::downcast;
use parking_lot::Mutex;
use tokio::net::tcp::OwnedReadHalf;

use super::stream::{Stream, ToClient};

/// The way out of HTTP. A request that asks to leave carries it.
#[derive(Clone)]
pub(crate) struct WayOut {
    to_client: Arc<ToClient>,
    switched: Arc<Mutex<Option<OnUpgrade>>>,
}

/// What a client sends after HTTP.
pub(crate) struct FromClient {
    pub(crate) socket: OwnedReadHalf,
    /// What hyper had read of it already.
    pub(crate) first: Vec<u8>,
}

impl WayOut {
    pub(super) fn new(to_client: Arc<ToClient>, switched: OnUpgrade) -> Self {
        Self {
            to_client,
            switched: Arc::new(Mutex::new(Some(switched))),
        }
    }

    pub(crate) fn to_client(&self) -> Arc<ToClient> {
        Arc::clone(&self.to_client)
    }

    /// Leaves HTTP, once the answer that agrees to it is written; none when the connection is gone before, or has
    /// left already.
    pub(crate) async fn leave(self) -> Option<FromClient> {
        let switched = self.switched.lock().take()?;
        let upgraded = switched.await.ok()?;
        let parts = downcast::<TokioIo<Stream>>(upgraded).ok()?;
        Some(FromClient {
            socket: parts.io.into_inner().into_from_client(),
            // A copy: it is mostly empty, and lies in a buffer for whole heads.
            first: parts.read_buf.to_vec(),
        })
    }
}
