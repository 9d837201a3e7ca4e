//! Texts as they are kept: compressed, where that makes them shorter.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::types::Type;

/// A shorter text is not worth compressing, in bytes.
pub(super) const SHORT: u32 = 512;

/// A text compressed; none where it is short, or would not be shorter. The one thread that writes does it, so it is the
/// quickest way there is.
pub(super) fn packed(text: &str) -> Option<Vec<u8>> {
    if text.len() < SHORT as usize {
        return None;
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).ok()?;
    encoder
        .finish()
        .ok()
        .filter(|bytes| bytes.len() < text.len())
}

/// The text that was compressed.
pub(super) fn text(bytes: &[u8]) -> rusqlite::Result<String> {
    let mut text = String::new();
    let read = ZlibDecoder::new(bytes).read_to_string(&mut text);
    read.map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, Box::new(error))
    })?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    /// How long it is compressed.
    fn comes_back(long: &str) -> Option<usize> {
        let packed = packed(long)?;
        assert_eq!(text(&packed).expect("a text"), long);
        Some(packed.len())
    }

    #[test]
    fn a_text_comes_back_as_it_was() {
        let long = "<p>Ünd so weiter.</p>\n".repeat(1000);
        assert!(comes_back(&long).expect("it is long") < long.len() / 10);
        assert_eq!(comes_back("short"), None);
        // What is as good as random is not made much shorter.
        let hashes = (0..64_u64).flat_map(|number| Sha256::digest(number.to_be_bytes()));
        let noise: String = hashes.map(|byte| char::from(b' ' + byte % 95)).collect();
        assert!(comes_back(&noise).is_none_or(|bytes| bytes > noise.len() / 2));
    }

    #[test]
    fn what_is_no_text_is_a_fault() {
        assert!(text(b"not zlib").is_err());
        let cut = packed(&"so on ".repeat(1000)).expect("it is long");
        assert!(text(&cut[..cut.len() / 2]).is_err());
    }
}
