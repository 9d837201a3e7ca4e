//! gzip and deflate for `Bun.gzipSync` and its like: whole bytes into whole bytes, within the Run's memory and under
//! the turn's clock, whatever they decompress to.

use std::io::Read;

use flate2::read::{DeflateDecoder, DeflateEncoder, GzDecoder, ZlibDecoder, ZlibEncoder};
use flate2::{Compression, GzBuilder};

use super::host::Host;
use crate::engine::message::LimitName;

/// How much is made before the clock is looked at, in bytes.
const PIECE: usize = 64 * 1024;

/// The number of Unix in a gzip's head, which Bun writes.
const UNIX: u8 = 3;

/// What stands around the deflated bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// RFC 1952.
    Gzip,
    /// RFC 1950, which HTTP calls “deflate”.
    Zlib,
    /// Nothing.
    Raw,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum CompressionFault {
    /// It does not begin as such bytes do.
    Head,
    /// It is broken, or ends too early.
    Broken,
    /// It becomes more than may be lent.
    TooLarge,
    /// A limit was reached on the way.
    Stopped(LimitName),
}

/// Bytes in this format; `level` is 0 to 9.
pub(super) fn compress(
    host: &Host,
    bytes: &[u8],
    format: Format,
    level: u32,
) -> Result<Vec<u8>, CompressionFault> {
    let level = Compression::new(level);
    match format {
        Format::Gzip => {
            let builder = GzBuilder::new().operating_system(UNIX);
            all_of(host, builder.read(bytes, level))
        }
        Format::Zlib => all_of(host, ZlibEncoder::new(bytes, level)),
        Format::Raw => all_of(host, DeflateEncoder::new(bytes, level)),
    }
}

/// The bytes that were compressed; what stands behind the end is left.
pub(super) fn decompress(
    host: &Host,
    bytes: &[u8],
    format: Format,
) -> Result<Vec<u8>, CompressionFault> {
    match format {
        Format::Gzip if bytes.len() >= 2 && !bytes.starts_with(&[0x1f, 0x8b]) => {
            Err(CompressionFault::Head)
        }
        Format::Gzip => all_of(host, GzDecoder::new(bytes)),
        Format::Zlib => all_of(host, ZlibDecoder::new(bytes)),
        Format::Raw => all_of(host, DeflateDecoder::new(bytes)),
    }
}

/// Reads to the end. What is made here is copied into the Run's memory afterwards, so it may take half of the rest.
fn all_of(host: &Host, mut source: impl Read) -> Result<Vec<u8>, CompressionFault> {
    let most = host.memory.room() / 2;
    let mut made = Vec::new();
    loop {
        made.reserve_exact(PIECE);
        let before = made.len();
        let read = source.by_ref().take(PIECE as u64).read_to_end(&mut made);
        read.map_err(|_| CompressionFault::Broken)?;
        if made.len() == before {
            return Ok(made);
        }
        if made.len() > most {
            return Err(CompressionFault::TooLarge);
        }
        if let Some(limit) = host.clock.check() {
            return Err(CompressionFault::Stopped(limit));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::zygote::memory::Account;
    use crate::engine::zygote::modules::ImportMap;

    fn host() -> Host {
        let host = Host::new(ImportMap::new(), Account::default());
        host.memory.allow(4 << 20);
        host
    }

    #[test]
    fn what_is_compressed_is_decompressed_in_each_format() {
        let host = host();
        let text = "blåbär ".repeat(50_000);
        for format in [Format::Gzip, Format::Zlib, Format::Raw] {
            for level in [0, 1, 6, 9] {
                let compressed = compress(&host, text.as_bytes(), format, level).unwrap();
                let decompressed = decompress(&host, &compressed, format).unwrap();
                assert!(decompressed == text.as_bytes(), "{format:?} {level}");
                let half = decompress(&host, &compressed[..compressed.len() / 2], format);
                assert!(matches!(half, Err(CompressionFault::Broken)), "{half:?}");
            }
        }
    }

    #[test]
    fn what_would_decompress_to_more_than_a_run_has_is_refused() {
        let host = host();

        let bomb = compress(&host, &vec![0; 16 << 20], Format::Gzip, 9).unwrap();
        assert!(bomb.len() < 64 << 10);
        let found = decompress(&host, &bomb, Format::Gzip);
        assert!(
            matches!(found, Err(CompressionFault::TooLarge)),
            "{:?}",
            found.map(|it| it.len())
        );
        assert_eq!(host.clock.stopped(), None);
    }

    #[test]
    fn what_is_no_gzip_is_told_from_a_broken_one() {
        let host = host();
        let junk = decompress(&host, b"junk", Format::Gzip);
        assert!(matches!(junk, Err(CompressionFault::Head)), "{junk:?}");
        let empty = decompress(&host, b"", Format::Gzip);
        assert!(matches!(empty, Err(CompressionFault::Broken)), "{empty:?}");
    }
}
