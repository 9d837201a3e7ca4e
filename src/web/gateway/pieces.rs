//! Bodies that leave in pieces, and how they end with the program.

use std::pin::pin;

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};

use crate::sandbox::Pieces;
use crate::web::shutdown::Shutdown;

/// A piece of a body, or how it broke off.
pub(super) type Piece = Result<Bytes, std::io::Error>;

/// The body's pieces, one after the other.
pub(super) fn in_order(pieces: Pieces) -> impl Stream<Item = Piece> {
    stream::unfold(pieces, |mut pieces| async {
        let piece = pieces.next().await?;
        Some((piece, pieces))
    })
}

/// Pieces that keep a guard as long as they are there.
pub(super) fn held_with<G>(
    guard: G,
    pieces: impl Stream<Item = Piece>,
) -> impl Stream<Item = Piece> {
    pieces.map(move |piece| {
        let _held = &guard;
        piece
    })
}

/// A stream that ends in order when the program stops. One of events has its clients come back soon, to the program
/// that is started next.
pub(super) fn until(
    shutdown: Shutdown,
    pieces: impl Stream<Item = Piece>,
    are_events: bool,
) -> impl Stream<Item = Piece> {
    async_stream::stream! {
        let requested = shutdown.requested();
        let (mut requested, mut pieces) = (pin!(requested), pin!(pieces));
        let mut at_line = true;
        loop {
            tokio::select! {
                biased;
                () = &mut requested => break,
                piece = pieces.next() => match piece {
                    Some(piece) => {
                        if let Ok([.., last]) = piece.as_deref() {
                            at_line = *last == b'\n';
                        }
                        yield piece;
                    }
                    None => return,
                },
            }
        }
        if are_events {
            // Without an empty line: an event that is not whole is not to be taken for one.
            let retry: &[u8] = if at_line { b"retry: 1000\n" } else { b"\nretry: 1000\n" };
            yield Ok(Bytes::from_static(retry));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that a client gets of a stream of events that says this, and goes on when the program ends.
    async fn heard(said: &'static str, are_events: bool) -> String {
        let shutdown = Shutdown::new();
        let said = stream::iter([Ok(Bytes::from_static(said.as_bytes()))]);
        let pieces = until(shutdown.clone(), said.chain(stream::pending()), are_events);
        let mut pieces = pin!(pieces);
        let mut heard = pieces
            .next()
            .await
            .expect("a piece")
            .expect("bytes")
            .to_vec();
        shutdown.request();
        while let Some(piece) = pieces.next().await {
            heard.extend(piece.expect("bytes"));
        }
        String::from_utf8(heard).expect("a text")
    }

    #[tokio::test]
    async fn clients_of_events_are_told_to_come_back_when_the_program_ends() {
        let whole = heard("data: 1\n\n", true).await;
        assert_eq!(whole, "data: 1\n\nretry: 1000\n");
        let cut = heard("data: 1\n\ndata: tw", true).await;
        assert_eq!(cut, "data: 1\n\ndata: tw\nretry: 1000\n");
        assert_eq!(heard("<p>", false).await, "<p>");
    }
}
