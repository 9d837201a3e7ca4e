//! One gzip member, put together from texts that were deflated apart.
//!
//! A text that is the same in many answers is deflated once ([`Deflated`]); an answer joins it with its own
//! ([`Member`]). Each is ended by a full flush, so it refers to nothing before it and begins at a byte. No text
//! is ever squeezed against another one, so the length of an answer tells nothing about what a secret in it has
//! in common with what somebody else put there.
//!
//! The format is RFC 1952's, of the blocks that RFC 1951 defines.

use std::cell::RefCell;

use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Deflate, no name, no time, an unknown system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// An empty stored block, marked as the last.
const LAST_BLOCK: [u8; 5] = [1, 0, 0, 0xff, 0xff];
/// A text as short as this is stored as it is: deflated it would be longer.
const STORED: usize = 48;

/// How hard to try, by how often the result is used.
#[derive(Clone, Copy, Debug)]
pub(super) enum Effort {
    /// For one answer, or a few.
    Once,
    /// For many.
    Often,
}

thread_local! {
    /// One stream for each effort, which is never ended: a full flush leaves nothing of a text behind, and a
    /// new stream would cost as much as a small page.
    static STREAMS: [RefCell<Compress>; 2] = [Compression::new(2), Compression::best()]
        .map(|level| RefCell::new(Compress::new(level, false)));
}

/// A text, deflated by itself.
#[derive(Debug)]
pub(super) struct Deflated(Vec<u8>);

impl Deflated {
    pub(super) fn of(text: &[u8], effort: Effort) -> Self {
        if text.len() <= STORED {
            return Self(stored(text));
        }
        STREAMS.with(|streams| {
            let stream = &streams[effort as usize];
            Self(blocks(&mut stream.borrow_mut(), text))
        })
    }
}

fn blocks(stream: &mut Compress, text: &[u8]) -> Vec<u8> {
    let mut blocks = Vec::with_capacity(text.len() / 3 + 64);
    let mut rest = text;
    loop {
        let before = stream.total_in();
        let status = stream.compress_vec(rest, &mut blocks, FlushCompress::Full);
        let taken = usize::try_from(stream.total_in() - before).unwrap_or(usize::MAX);
        rest = rest.get(taken..).unwrap_or_default();
        let is_full = blocks.len() == blocks.capacity();
        if !is_full && rest.is_empty() || !matches!(status, Ok(Status::Ok)) {
            return blocks;
        }
        blocks.reserve(blocks.len().max(64));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a stored text is short")]
fn stored(text: &[u8]) -> Vec<u8> {
    let length = text.len() as u16;
    let mut block = vec![0];
    block.extend(length.to_le_bytes());
    block.extend((!length).to_le_bytes());
    block.extend(text);
    block
}

/// A gzip member that is being put together.
pub(super) struct Member {
    bytes: Vec<u8>,
    crc: Crc,
}

impl Member {
    /// An empty one, with room for so many bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        let mut room = Vec::with_capacity(HEAD.len() + bytes + LAST_BLOCK.len() + 8);
        room.extend(HEAD);
        Self {
            bytes: room,
            crc: Crc::new(),
        }
    }

    /// Adds a text that was deflated before.
    pub(super) fn push(&mut self, text: &[u8], deflated: &Deflated) {
        self.crc.update(text);
        self.bytes.extend_from_slice(&deflated.0);
    }

    /// Adds a short text.
    pub(super) fn push_short(&mut self, text: &[u8]) {
        for part in text.chunks(usize::from(u16::MAX)) {
            self.crc.update(part);
            self.bytes.extend(stored(part));
        }
    }

    /// The whole member.
    pub(super) fn finish(mut self) -> Bytes {
        self.bytes.extend(LAST_BLOCK);
        self.bytes.extend(self.crc.sum().to_le_bytes());
        self.bytes.extend(self.crc.amount().to_le_bytes());
        self.bytes.into()
    }
}

/// A text as one member.
pub(super) fn whole(text: &[u8]) -> Bytes {
    let deflated = Deflated::of(text, Effort::Once);
    let mut member = Member::with_room(deflated.0.len());
    member.push(text, &deflated);
    member.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn read(member: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(member);
        decoder.read_to_end(&mut text).expect("one sound member");
        text
    }

    #[test]
    fn texts_that_were_deflated_apart_are_one_text() {
        let long = "<p>A line of a page.</p>\n".repeat(5000);
        let noise: Vec<u8> = (0..50_000_u32)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
            .collect();
        let texts: [&[u8]; 6] = [long.as_bytes(), b"", b"nonce", &noise, b"", long.as_bytes()];
        for effort in [Effort::Once, Effort::Often] {
            let mut member = Member::with_room(0);
            for text in texts {
                member.push(text, &Deflated::of(text, effort));
                member.push_short(b"between");
            }
            let expected: Vec<u8> = texts
                .iter()
                .flat_map(|text| [text, &b"between"[..]].concat())
                .collect();
            assert_eq!(read(&member.finish()), expected);
        }
    }

    #[test]
    fn a_text_is_not_squeezed_against_the_one_before() {
        let text = "a secret of forty-nine letters or a few more than that".repeat(2);
        let of = |effort| Deflated::of(text.as_bytes(), effort).0.len();
        assert_eq!(of(Effort::Once), of(Effort::Once));
        assert_eq!(of(Effort::Often), of(Effort::Often));
    }

    #[test]
    fn a_page_becomes_much_shorter() {
        let text = "<li>An item of a list.</li>\n".repeat(1000);
        let member = whole(text.as_bytes());
        assert!(member.len() * 20 < text.len(), "{} bytes", member.len());
        assert_eq!(read(&member), text.as_bytes());
    }
}
