//! Bodies of requests, read whole or from a beginning on, and never longer than their limit. What is left of one that
//! was refused is read where connections are (`listen/unread.rs`).

use std::io;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use http_body_util::BodyExt as _;
use http_body_util::combinators::BoxBody;
use hyper::body::Body as _;
use poem::Body;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::fault::Fault;
use crate::sandbox::{BrokenOff, Rest};

/// How long a whole body may take: a draft of 1 MiB over a slow line takes 10 s at 100 KB/s.
const WHOLE: Duration = Duration::from_secs(30);

/// A body no longer than this is put to a learner's server with its request.
const BEGINNING: usize = 64 * 1024;

/// The bytes of a body of at most `limit` bytes; a longer one is refused.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Bytes, Fault> {
    read_within(body, limit, WHOLE).await
}

/// What a page of the site sends: JSON of at most `limit` bytes. What its parser says is for the log alone.
pub(crate) async fn read_json<T: DeserializeOwned>(body: Body, limit: usize) -> Result<T, Fault> {
    let bytes = read(body, limit).await?;
    serde_json::from_slice(&bytes).map_err(|error| {
        tracing::debug!(%error, "a page sent something else than the workbench does");
        Fault::unprocessable("This is not what the workbench sends: reload the page.")
    })
}

async fn read_within(body: Body, limit: usize, whole: Duration) -> Result<Bytes, Fault> {
    let read = timeout(whole, read_frames(body, limit)).await;
    read.unwrap_or(Err(Fault::SlowBody))
}

/// The beginning of a body of at most `limit` bytes, and what comes behind it where it is long. One that says that it
/// is longer is not read.
pub(crate) async fn begin(body: Body, limit: usize) -> Result<(Bytes, Option<Rest>), Fault> {
    let mut body = BoxBody::from(body);
    if body.size_hint().lower() > limit as u64 {
        return Err(Fault::TooLarge { limit });
    }
    let mut beginning = BytesMut::new();
    let reading = timeout(WHOLE, async {
        while beginning.len() <= BEGINNING {
            let Some(piece) = next(&mut body).await? else {
                return Ok(None);
            };
            beginning.extend_from_slice(&piece);
        }
        next(&mut body).await
    });
    let second = reading.await.unwrap_or(Err(Fault::SlowBody))?;
    let come = beginning.len() + second.as_ref().map_or(0, Bytes::len);
    if come > limit {
        return Err(Fault::TooLarge { limit });
    }
    let rest = second.map(|second| rest(second, body, limit - come, limit));
    Ok((beginning.freeze(), rest))
}

/// The piece that came behind the beginning, and at most so many bytes more.
fn rest(second: Bytes, mut body: BoxBody<Bytes, io::Error>, room: usize, limit: usize) -> Rest {
    let mut room = room;
    let pieces = async_stream::stream! {
        yield Ok(second);
        loop {
            match next(&mut body).await {
                Ok(Some(piece)) if piece.len() <= room => {
                    room -= piece.len();
                    yield Ok(piece);
                }
                Ok(None) => return,
                Ok(Some(_)) => {
                    return yield Err(BrokenOff::TooLong(Fault::TooLarge { limit }.sentence()));
                }
                Err(fault) => return yield Err(BrokenOff::Lost(fault.sentence())),
            }
        }
    };
    pieces.boxed()
}

/// The next bytes of a body; none at its end.
async fn next(body: &mut BoxBody<Bytes, io::Error>) -> Result<Option<Bytes>, Fault> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Fault::CutBody)?;
        if let Ok(piece) = frame.into_data()
            && !piece.is_empty()
        {
            return Ok(Some(piece));
        }
    }
    Ok(None)
}

async fn read_frames(body: Body, limit: usize) -> Result<Bytes, Fault> {
    let mut body = BoxBody::from(body);
    let mut whole = BytesMut::new();
    while let Some(piece) = next(&mut body).await? {
        if whole.len() + piece.len() > limit {
            return Err(Fault::TooLarge { limit });
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_read_up_to_its_limit() {
        let whole = read(Body::from("four"), 4).await.expect("just the limit");
        assert_eq!(whole, "four");
        let longer = read(Body::from("five!"), 4).await;
        assert!(matches!(longer, Err(Fault::TooLarge { limit: 4 })));
        assert!(read(Body::empty(), 0).await.expect("nothing").is_empty());
    }

    #[tokio::test]
    async fn a_long_body_begins_and_goes_on() {
        let (short, rest) = begin(Body::from("four"), 4).await.expect("just the limit");
        assert_eq!(short, "four");
        assert!(rest.is_none());
        let pieces = |count: usize| {
            let piece = || Ok::<_, io::Error>(Bytes::from(vec![0; 1024]));
            Body::from_bytes_stream(futures_util::stream::iter((0..count).map(move |_| piece())))
        };
        let all = async |count, limit| {
            let (beginning, rest) = begin(pieces(count), limit).await.expect("a beginning");
            let rest: Vec<_> = rest.expect("more").collect().await;
            let length = rest.iter().flatten().map(Bytes::len).sum::<usize>();
            (beginning.len() + length, rest.iter().all(Result::is_ok))
        };
        assert_eq!(all(200, 200 * 1024).await, (200 * 1024, true));
        assert_eq!(all(201, 200 * 1024).await, (200 * 1024, false));
        let longer = begin(Body::from(vec![0; 5]), 4).await;
        assert!(matches!(longer, Err(Fault::TooLarge { limit: 4 })));
    }

    #[tokio::test]
    async fn a_body_that_does_not_come_to_its_end_is_given_up() {
        let drops = futures_util::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            Some((Ok::<_, std::io::Error>(Bytes::from_static(b".")), ()))
        });
        let slow = read_within(
            Body::from_bytes_stream(drops),
            1 << 20,
            Duration::from_millis(50),
        );
        assert!(matches!(slow.await, Err(Fault::SlowBody)));
    }
}
