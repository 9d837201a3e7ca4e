//! What goes to a WebSocket's client, as a server frames it (RFC 6455, section 5.2): final and unmasked.

use bytes::Bytes;

use crate::engine::message::Payload;

const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xa;

/// One message.
#[must_use]
pub(crate) fn message(payload: &Payload) -> Bytes {
    match payload {
        Payload::Text(text) => frame(TEXT, text.as_bytes()),
        Payload::Binary(bytes) => frame(BINARY, bytes),
    }
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

fn frame(opcode: u8, payload: &[u8]) -> Bytes {
    let mut frame = Vec::with_capacity(payload.len() + 10);
    frame.push(0x80 | opcode);
    match payload.len() {
        short @ 0..=125 => frame.push(u8::try_from(short).unwrap_or(125)),
        medium @ 126..=0xffff => {
            frame.push(126);
            frame.extend(u16::try_from(medium).unwrap_or(u16::MAX).to_be_bytes());
        }
        long => {
            frame.push(127);
            frame.extend((long as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(payload);
    frame.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_have_the_lengths_of_the_standard() {
        let header = |length: usize| {
            let frame = message(&Payload::Binary(vec![0; length]));
            frame[..frame.len() - length].to_vec()
        };
        assert_eq!(header(125), [0x82, 125]);
        assert_eq!(header(126), [0x82, 126, 0, 126]);
        assert_eq!(header(0xffff), [0x82, 126, 0xff, 0xff]);
        assert_eq!(header(0x1_0000), [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
        assert_eq!(close(1012, "again").as_ref(), b"\x88\x07\x03\xf4again");
        assert_eq!(close(NO_CODE, "").as_ref(), b"\x88\x00");
    }
}
