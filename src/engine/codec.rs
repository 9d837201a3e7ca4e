//! Frames on a byte stream: a four-byte little-endian length, then that many bytes of postcard.
//!
//! [`append`] writes one frame behind others; [`FrameBuffer`] takes bytes as they come and gives the
//! frames back one at a time. Neither side ever holds more than one frame that is not complete, and
//! no frame is longer than [`FRAME_LIMIT`].
#![allow(unreachable_pub, reason = "the fuzz targets use it from another crate")]

use bytes::{Buf, BytesMut};
use postcard::ser_flavors::Flavor;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::message::FRAME_LIMIT;

const HEAD: usize = 4;

/// Why a frame was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The length in front is over [`FRAME_LIMIT`].
    #[error("a message of {0} bytes is longer than the limit of {FRAME_LIMIT}")]
    TooLong(usize),
    /// The bytes are not one message of the expected kind.
    #[error("a message did not decode: {0}")]
    Malformed(#[from] postcard::Error),
    /// Bytes were left over behind the message.
    #[error("a message was followed by {0} bytes that belong to none")]
    Surplus(usize),
}

/// Writes `message` as one frame behind what `into` holds; on an error `into` is as it was.
pub fn append<T: Serialize>(message: &T, into: &mut Vec<u8>) -> Result<(), CodecError> {
    let start = into.len();
    into.extend_from_slice(&[0; HEAD]);
    let written = postcard::serialize_with_flavor(message, Tail(into));
    let length = into.len() - start - HEAD;
    let refused = match written {
        Err(error) => Some(error.into()),
        Ok(()) if length > FRAME_LIMIT => Some(CodecError::TooLong(length)),
        Ok(()) => None,
    };
    if let Some(error) = refused {
        into.truncate(start);
        return Err(error);
    }
    let head = u32::try_from(length).map_err(|_| CodecError::TooLong(length))?;
    into[start..start + HEAD].copy_from_slice(&head.to_le_bytes());
    Ok(())
}

/// The end of a growing buffer, as a place for postcard to write to.
struct Tail<'a>(&'a mut Vec<u8>);

impl Flavor for Tail<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// Bytes that arrived, to be taken as frames.
#[derive(Debug, Default)]
pub struct FrameBuffer {
    bytes: BytesMut,
}

impl FrameBuffer {
    /// The buffer to read into.
    pub fn buffer(&mut self) -> &mut BytesMut {
        &mut self.bytes
    }

    /// The next whole message; `None` until more bytes come.
    pub fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, CodecError> {
        let Some(head) = self.bytes.first_chunk::<HEAD>() else {
            return Ok(None);
        };
        let length = u32::from_le_bytes(*head) as usize;
        if length > FRAME_LIMIT {
            return Err(CodecError::TooLong(length));
        }
        if self.bytes.len() < HEAD + length {
            self.bytes.reserve(HEAD + length - self.bytes.len());
            return Ok(None);
        }
        self.bytes.advance(HEAD);
        let frame = self.bytes.split_to(length);
        let (message, rest) = postcard::take_from_bytes(&frame)?;
        match rest.len() {
            0 => Ok(Some(message)),
            surplus => Err(CodecError::Surplus(surplus)),
        }
    }
}

#[cfg(test)]
#[path = "codec_tests.rs"]
mod tests;
