//! Long bodies for readers who may stop reading: a piece at a time, and none after a while.
//!
//! A connection's own time-outs do not see a reader of HTTP/2 who takes other streams and leaves this one. So a task
//! makes the pieces and hands over each as the last one is taken; a reader who takes none for [`UNREAD`] is cut
//! off, and what the pieces are made from is let go.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use poem::Body;
use tokio::sync::{Semaphore, SemaphorePermit, mpsc};
use tokio::time::timeout;

/// How long a piece may wait for its reader.
const UNREAD: Duration = Duration::from_secs(30);

/// So many pieces are made at once.
const TURNS: usize = 2;

/// Whose turn it is to make a piece. Thousands who read slowly would else stand before whoever asks for a page, each
/// with a piece to be made and sent.
#[derive(Debug)]
pub(crate) struct Turns(Semaphore);

impl Default for Turns {
    fn default() -> Self {
        Self(Semaphore::new(TURNS))
    }
}

impl Turns {
    /// The next turn, for as long as it is held: not while anybody else is waited for.
    pub(crate) async fn next(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.0.acquire().await.ok()
    }
}

/// The body of these pieces, for as long as somebody reads it.
pub(crate) fn body(pieces: impl Stream<Item = Bytes> + Send + 'static) -> Body {
    Body::from_bytes_stream(read_within(pieces, UNREAD))
}

fn read_within(
    pieces: impl Stream<Item = Bytes> + Send + 'static,
    unread: Duration,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    // One piece: the reader has taken all before it when there is room again.
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let cut = sender.clone();
        let hand_over = async {
            let mut pieces = std::pin::pin!(pieces);
            while let Some(piece) = pieces.next().await {
                let place = timeout(unread, sender.reserve()).await;
                let Ok(Ok(place)) = place else {
                    return false;
                };
                place.send(Ok(piece));
            }
            true
        };
        tokio::select! {
            whole = hand_over => if !whole {
                // Where the reader comes back after all, it learns that this is not the end.
                let why = io::Error::new(io::ErrorKind::TimedOut, "the reader stopped reading");
                let _ = cut.try_send(Err(why));
            },
            () = cut.closed() => {}
        }
    });
    stream::unfold(receiver, |mut receiver| async {
        Some((receiver.recv().await?, receiver))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn endless(held: Arc<()>) -> impl Stream<Item = Bytes> + Send {
        stream::repeat_with(move || {
            assert!(Arc::strong_count(&held) > 0, "it is held here");
            Bytes::from_static(b"piece")
        })
    }

    async fn let_go(held: &Arc<()>) {
        let gone = async {
            while Arc::strong_count(held) > 1 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(Duration::from_mins(1), gone).await.unwrap();
    }

    #[tokio::test]
    async fn who_does_not_read_is_cut_off() {
        let held = Arc::new(());
        let body = read_within(endless(held.clone()), Duration::from_millis(20));
        let_go(&held).await;
        let left: Vec<_> = body.take(10).collect().await;
        assert_eq!(left.len(), 1, "a piece waited, and then the line broke");
    }

    #[tokio::test]
    async fn who_goes_away_is_not_waited_for() {
        let held = Arc::new(());
        drop(read_within(endless(held.clone()), Duration::from_hours(1)));
        let_go(&held).await;
    }

    #[tokio::test]
    async fn who_reads_gets_all_of_it() {
        let pieces = stream::iter((0..100).map(|number: u8| Bytes::from(vec![number])));
        let all: Vec<_> = read_within(pieces, Duration::from_mins(1)).collect().await;
        assert_eq!(all.len(), 100);
        assert!(all.iter().all(Result::is_ok));
    }
}
