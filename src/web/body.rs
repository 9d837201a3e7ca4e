//! Bodies of requests, read whole and never longer than their limit.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use poem::Body;
use tokio::time::timeout;

use super::fault::Fault;

/// How long a whole body may take: a draft of 1 MiB over a slow line takes 10 s at 100 KB/s.
const WHOLE: Duration = Duration::from_secs(30);

/// The bytes of a body of at most `limit` bytes; a longer one is not read to its end.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Bytes, Fault> {
    read_within(body, limit, WHOLE).await
}

async fn read_within(body: Body, limit: usize, whole: Duration) -> Result<Bytes, Fault> {
    let read = timeout(whole, read_frames(body, limit)).await;
    read.unwrap_or(Err(Fault::SlowBody))
}

async fn read_frames(body: Body, limit: usize) -> Result<Bytes, Fault> {
    let mut body = http_body_util::combinators::BoxBody::from(body);
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Fault::CutBody)?;
        let Some(piece) = frame.data_ref() else {
            continue;
        };
        if whole.len() + piece.len() > limit {
            return Err(Fault::TooLarge { limit });
        }
        whole.extend_from_slice(piece);
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
