//! What goes to a WebSocket's client, as a server frames it (RFC 6455, section 5.2): final and unmasked.

use bytes::Bytes;

use crate::engine::message::Payload;

const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xa;

/// A longer message is framed where it lies, so that its bytes are not there twice.
const COPIED: usize = 64 * 1024;

/// One message.
#[must_use]
pub(crate) fn message(payload: Payload) -> Bytes {
    let (opcode, mut bytes) = match payload {
        Payload::Text(text) => (TEXT, text.into_bytes()),
        Payload::Binary(bytes) => (BINARY, bytes),
    };
    if bytes.len() <= COPIED {
        return frame(opcode, &bytes);
    }
    let head = head(opcode, bytes.len());
    bytes.reserve_exact(head.len());
    bytes.splice(0..0, head);
    bytes.into()
}

/// A ping with a payload of at most 125 bytes.
#[must_use]
pub(crate) fn ping(payload: &[u8]) -> Bytes {
    frame(PING, payload)
}

/// The answer to a ping, with its payload.
#[must_use]
pub(crate) fn pong(payload: &[u8]) -> Bytes {
    frame(PONG, payload)
}

/// What is said of a close frame that has no code; none goes on the wire.
pub(crate) const NO_CODE: u16 = 1005;

/// A close frame; a reason longer than 123 bytes is cut at a character.
#[must_use]
pub(crate) fn close(code: u16, reason: &str) -> Bytes {
    if code == NO_CODE {
        return frame(CLOSE, &[]);
    }
    let reason = &reason[..reason.floor_char_boundary(123)];
    frame(
        CLOSE,
        &[&code.to_be_bytes()[..], reason.as_bytes()].concat(),
    )
}

/// The longest head of a frame that is not masked, in bytes.
const HEAD: usize = 10;

fn frame(opcode: u8, payload: &[u8]) -> Bytes {
    let mut frame = Vec::with_capacity(payload.len() + HEAD);
    put_head(opcode, payload.len(), &mut frame);
    frame.extend_from_slice(payload);
    frame.into()
}

fn head(opcode: u8, length: usize) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD);
    put_head(opcode, length, &mut head);
    head
}

fn put_head(opcode: u8, length: usize, into: &mut Vec<u8>) {
    into.push(0x80 | opcode);
    match length {
        short @ 0..=125 => into.push(u8::try_from(short).unwrap_or(125)),
        medium @ 126..=0xffff => {
            into.push(126);
            into.extend(u16::try_from(medium).unwrap_or(u16::MAX).to_be_bytes());
        }
        long => {
            into.push(127);
            into.extend((long as u64).to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_have_the_lengths_of_the_standard() {
        let header = |length: usize| {
            let frame = message(Payload::Binary(vec![0; length]));
            frame[..frame.len() - length].to_vec()
        };
        assert_eq!(header(125), [0x82, 125]);
        assert_eq!(header(126), [0x82, 126, 0, 126]);
        assert_eq!(header(0xffff), [0x82, 126, 0xff, 0xff]);
        assert_eq!(header(0x1_0000), [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
        assert_eq!(header(0x1_0001), [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 1]);
        assert_eq!(close(1012, "again").as_ref(), b"\x88\x07\x03\xf4again");
        assert_eq!(close(NO_CODE, "").as_ref(), b"\x88\x00");
    }
}
