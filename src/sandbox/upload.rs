//! The rest of a long request's body, on its way to a Run: as fast as the Run reads it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;

use super::inbox::Letter;
use super::state::Command;
use crate::engine::message::{CHUNK_LIMIT, RequestId};

/// What comes behind the beginning of a body; an error is the last.
pub(crate) type Rest = BoxStream<'static, Result<Bytes, BrokenOff>>;

/// Why a body did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BrokenOff {
    /// It is longer than the limit “body”; the sentence says so.
    TooLong(String),
    /// For another reason, in a sentence.
    Lost(String),
}

/// A body has so long to come and to be read: 8 MiB take 84 s at 100 KB/s.
const WITHIN: Duration = Duration::from_mins(2);

/// One body under way.
pub(super) struct Upload {
    request: RequestId,
    rest: Rest,
    letters: mpsc::Sender<Letter>,
    /// Bytes that may be sent; closed once nobody wants them.
    pub(super) admitted: Arc<Semaphore>,
}

impl Upload {
    pub(super) fn new(request: RequestId, rest: Rest, letters: mpsc::Sender<Letter>) -> Self {
        Self {
            request,
            rest,
            letters,
            admitted: Arc::new(Semaphore::new(0)),
        }
    }

    /// Sends all of it. What nobody wants any more is read all the same: a client reads its answer once it has sent
    /// its request.
    pub(super) async fn carry(mut self) {
        let how = timeout(WITHIN, self.send()).await;
        let broken = how.unwrap_or_else(|_| {
            let seconds = WITHIN.as_secs();
            Some(BrokenOff::Lost(format!(
                "The request's body was not read within {seconds} s"
            )))
        });
        if !self.admitted.is_closed() {
            let end = Command::BodyEnd(self.request, broken);
            let _ = self.letters.send(end.into()).await;
        }
    }

    /// Gives why it broke off.
    async fn send(&mut self) -> Option<BrokenOff> {
        while let Some(piece) = self.rest.next().await {
            let piece = match piece {
                Ok(piece) => piece,
                Err(broken) => return Some(broken),
            };
            for part in piece.chunks(CHUNK_LIMIT) {
                self.send_part(part).await;
            }
        }
        None
    }

    async fn send_part(&mut self, part: &[u8]) {
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        if let Ok(admitted) = self.admitted.acquire_many(length).await {
            admitted.forget();
            let piece = Command::BodyPiece(self.request, part.to_vec());
            let _ = self.letters.send(piece.into()).await;
        }
    }
}
