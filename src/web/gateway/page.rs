//! A document on its way to a browser: what it loads from elsewhere is put right ([`Reader`]), and the preview's script
//! goes in ([`document`]).

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use http::header;
use poem::Response;

use super::changes::Changes;
use super::compressed::{Encoding, Gathered, gather};
use super::document;
use super::elsewhere::Reader;
use super::pieces::{Piece, in_order};
use crate::sandbox::{Pieces, Sandbox};

/// How a document is changed.
pub(super) struct Page<'a> {
    /// What goes in at the beginning; may be empty.
    pub(super) tag: String,
    /// What the learner is told of.
    pub(super) changes: &'a mut Changes,
}

/// A body in pieces, and its length in bytes where it is known.
pub(super) type LongBody = (Option<u64>, BoxStream<'static, Piece>);

impl Page<'_> {
    /// Sets a whole document. One that the learner's code has compressed stays so where nothing in it changes.
    pub(super) fn set(self, answer: &mut Response, body: Bytes) {
        let encoding = Encoding::of(answer.headers());
        let Some(text) = encoding.text_of(&body) else {
            return answer.set_body(body);
        };
        let page = Reader::whole(text.clone(), self.changes);
        let tag = document::with_lines(&self.tag, &page);
        let page = with_tag(page, &tag);
        if page == text {
            return answer.set_body(body);
        }
        answer.set_body(page);
        answer.headers_mut().remove(header::CONTENT_ENCODING);
    }

    /// A document that comes in pieces, without its beginning where that has come; none where all of it came and was
    /// set.
    pub(super) async fn set_or_stream(
        self,
        answer: &mut Response,
        (length, mut pieces): (Option<u64>, Pieces),
        sandbox: &Sandbox,
    ) -> Option<LongBody> {
        let encoding = Encoding::of(answer.headers());
        if encoding == Encoding::Identity {
            return Some(self.begin(length, pieces, sandbox).await);
        }
        match gather(encoding, length.is_some(), &mut pieces).await {
            Gathered::Begun(begun) => {
                let body = stream::iter(begun).chain(in_order(pieces));
                Some((length, body.boxed()))
            }
            Gathered::Whole(body) => {
                self.set(answer, body);
                None
            }
        }
    }

    /// Waits until something of the document can go out.
    async fn begin(self, length: Option<u64>, mut pieces: Pieces, sandbox: &Sandbox) -> LongBody {
        let mut reader = Reader::default();
        let mut first = None;
        while first.is_none() {
            first = match pieces.next().await {
                Some(Ok(piece)) => {
                    let page = reader.piece(piece, self.changes);
                    (!page.is_empty()).then(|| Ok(with_tag(page, &self.tag)))
                }
                Some(broken) => Some(broken),
                None => break,
            };
        }
        let has_tag = matches!(first, Some(Ok(_)));
        let more = if has_tag { self.tag.len() as u64 } else { 0 };
        let rest = rest(sandbox.clone(), reader, pieces);
        let length = length.map(|length| length + more);
        (length, stream::iter(first).chain(rest).boxed())
    }
}

fn with_tag(page: Bytes, tag: &str) -> Bytes {
    if tag.is_empty() {
        return page;
    }
    document::with_script(&page, tag).into()
}

fn rest(
    sandbox: Sandbox,
    mut reader: Reader,
    mut pieces: Pieces,
) -> impl stream::Stream<Item = Piece> {
    async_stream::stream! {
        while let Some(piece) = pieces.next().await {
            let mut changes = Changes::default();
            let piece = piece.map(|piece| reader.piece(piece, &mut changes));
            changes.tell(&sandbox).await;
            if !matches!(&piece, Ok(page) if page.is_empty()) {
                yield piece;
            }
        }
        let held = reader.end();
        if !held.is_empty() {
            yield Ok(held);
        }
    }
}
