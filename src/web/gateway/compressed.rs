//! A page that the learner's server has compressed by itself, as text again, so that the preview's script can be put
//! in: what its browser gets is then not compressed any more.

use std::io::Read;

use bytes::Bytes;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use http::header::{self, HeaderMap};

use super::pieces::Piece;
use crate::sandbox::Pieces;

/// The longest page that is looked into, in bytes, compressed and as text. A longer one goes out as it is, as does one
/// that only seems short.
const LONGEST: usize = 4 * 1024 * 1024;

/// How a body is encoded (RFC 9110, section 8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Not at all.
    Identity,
    Gzip,
    /// By zlib, or by deflate alone, which browsers take as well.
    Deflate,
    /// In a way that Bun cannot make in a sandbox, or in several ways.
    Other,
}

impl Encoding {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(header::CONTENT_ENCODING).iter();
        let (value, more) = (values.next(), values.next());
        let Some(value) = value else {
            return Self::Identity;
        };
        let name = value.to_str().unwrap_or_default().trim();
        match name.to_ascii_lowercase().as_str() {
            _ if more.is_some() => Self::Other,
            "identity" => Self::Identity,
            "gzip" | "x-gzip" => Self::Gzip,
            "deflate" => Self::Deflate,
            _ => Self::Other,
        }
    }

    /// The text; none where it is broken or too long.
    pub(super) fn text_of(self, body: &Bytes) -> Option<Bytes> {
        match self {
            Self::Identity => Some(body.clone()),
            Self::Gzip => read(MultiGzDecoder::new(&**body)),
            Self::Deflate => {
                read(ZlibDecoder::new(&**body)).or_else(|| read(DeflateDecoder::new(&**body)))
            }
            Self::Other => None,
        }
    }
}

fn read(decoder: impl Read) -> Option<Bytes> {
    let mut text = Vec::new();
    let most = LONGEST as u64 + 1;
    decoder.take(most).read_to_end(&mut text).ok()?;
    (text.len() <= LONGEST).then(|| text.into())
}

/// What is here of a body that comes in pieces.
pub(super) enum Gathered {
    /// All of it.
    Whole(Bytes),
    /// The pieces that have come, where it is too long, breaks off, or may still be under way for long.
    Begun(Vec<Piece>),
}

/// Waits for a whole body. Where nobody knows how long it is, it may be one that never ends: then only one whose first
/// piece is a whole text is waited for.
pub(super) async fn gather(encoding: Encoding, has_length: bool, from: &mut Pieces) -> Gathered {
    let mut pieces: Vec<Bytes> = Vec::new();
    let mut length = 0;
    loop {
        let begun = |pieces: Vec<Bytes>| pieces.into_iter().map(Ok);
        match from.next().await {
            Some(Ok(piece)) => {
                length += piece.len();
                pieces.push(piece);
            }
            Some(Err(error)) => {
                return Gathered::Begun(begun(pieces).chain([Err(error)]).collect());
            }
            None => return Gathered::Whole(pieces.concat().into()),
        }
        let may_last = !has_length && encoding.text_of(&pieces[0]).is_none();
        if length > LONGEST || may_last {
            return Gathered::Begun(begun(pieces).collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"<!doctype html><p>Hello";

    fn gzip(text: &[u8]) -> Bytes {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap().into()
    }

    #[test]
    fn each_encoding_is_read_by_its_name() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(TEXT).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(TEXT).unwrap();
        let [zlib, raw] = [zlib.finish().unwrap(), raw.finish().unwrap()];
        let twice = [gzip(b"<!doctype html>"), gzip(b"<p>Hello")].concat();
        for (name, body) in [
            ("gzip", gzip(TEXT)),
            ("X-GZip ", gzip(TEXT)),
            ("gzip", twice.into()),
            ("deflate", zlib.into()),
            ("deflate", raw.into()),
            ("identity", TEXT.into()),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_ENCODING, name.parse().unwrap());
            assert_eq!(
                Encoding::of(&headers).text_of(&body).as_deref(),
                Some(TEXT),
                "{name}"
            );
        }
        assert_eq!(Encoding::of(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn what_is_broken_too_long_or_in_another_way_stays_as_it_is() {
        let whole = gzip(TEXT);
        assert_eq!(
            Encoding::Gzip.text_of(&whole.slice(..whole.len() - 1)),
            None
        );
        assert_eq!(Encoding::Gzip.text_of(&TEXT.into()), None);
        assert_eq!(Encoding::Deflate.text_of(&TEXT.into()), None);
        assert!(Encoding::Gzip.text_of(&gzip(&vec![0; LONGEST])).is_some());
        assert_eq!(Encoding::Gzip.text_of(&gzip(&vec![0; LONGEST + 1])), None);
        for names in [&["br"][..], &["gzip, gzip"], &["gzip", "gzip"]] {
            let mut headers = HeaderMap::new();
            for name in names {
                headers.append(header::CONTENT_ENCODING, name.parse().unwrap());
            }
            assert_eq!(Encoding::of(&headers), Encoding::Other, "{names:?}");
        }
    }
}
