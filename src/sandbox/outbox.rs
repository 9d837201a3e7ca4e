//! A WebSocket client's queue: framed once, shared, bounded.
//!
//! The sandbox puts frames in and never waits; the connection takes all that is there and writes it
//! in one go. A client that cannot keep up is cut off with 1013 and slows nobody.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;

use crate::engine::message::Payload;

/// The most bytes that wait for one client.
pub const BYTES_LIMIT: usize = 1024 * 1024;
/// The most frames that wait for one client.
pub const FRAMES_LIMIT: usize = 4096;
/// So many bytes that went out are told to the Run, which counts what waits for a client (`send`
/// answers −1, then `drain`); fewer are told later.
pub const TOLD_AT: u32 = 16 * 1024;

/// The queue between a sandbox and one connection.
#[derive(Debug, Default)]
pub struct Outbox {
    queue: Mutex<Queue>,
    filled: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    frames: VecDeque<Bytes>,
    bytes: usize,
    /// Of them, those that the Run sent to this client alone, without the frames' heads.
    sent: usize,
    end: Option<End>,
}

/// How the sandbox wants a connection to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// With a close frame, once what waits is written.
    Close(u16, String),
    /// At once and without a word.
    Cut,
}

/// What a connection took from its queue.
#[derive(Debug, PartialEq, Eq)]
pub struct Batch {
    /// Frames to write, in order.
    pub frames: Vec<Bytes>,
    /// How many of the bytes the Run sent to this client alone, without the frames' heads.
    pub sent: u32,
    /// How to end after writing them.
    pub end: Option<End>,
}

impl Outbox {
    /// Puts a frame in. A client that is too far behind is ended with 1013 instead.
    pub fn push(&self, frame: Bytes) {
        self.push_sent(frame, 0);
    }

    /// The same for a message of `bytes` that the Run sent to this client alone.
    pub fn push_sent(&self, frame: Bytes, bytes: usize) {
        let mut queue = self.lock();
        if queue.end.is_some() {
            return;
        }
        if queue.bytes + frame.len() > BYTES_LIMIT || queue.frames.len() == FRAMES_LIMIT {
            queue.frames.clear();
            queue.end = Some(End::Close(1013, "too slow".to_owned()));
        } else {
            queue.bytes += frame.len();
            queue.sent += bytes;
            queue.frames.push_back(frame);
        }
        self.filled.notify_one();
    }

    /// Ends the connection; the first end counts.
    pub fn end(&self, end: End) {
        self.lock().end.get_or_insert(end);
        self.filled.notify_one();
    }

    /// Waits for something to write, and takes all of it.
    pub async fn take(&self) -> Batch {
        loop {
            if let Some(batch) = self.try_take() {
                return batch;
            }
            self.filled.notified().await;
        }
    }

    fn try_take(&self) -> Option<Batch> {
        let mut queue = self.lock();
        if queue.frames.is_empty() && queue.end.is_none() {
            return None;
        }
        queue.bytes = 0;
        Some(Batch {
            frames: queue.frames.drain(..).collect(),
            sent: u32::try_from(std::mem::take(&mut queue.sent)).unwrap_or(u32::MAX),
            end: queue.end.clone(),
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xa;

/// One message as a server's frame (RFC 6455, section 5.2): final, unmasked.
#[must_use]
pub fn message_frame(payload: &Payload) -> Bytes {
    match payload {
        Payload::Text(text) => frame(TEXT, text.as_bytes()),
        Payload::Binary(bytes) => frame(BINARY, bytes),
    }
}

/// A ping with a payload of at most 125 bytes.
#[must_use]
pub fn ping_frame(payload: &[u8]) -> Bytes {
    frame(PING, payload)
}

/// The answer to a ping, with its payload.
#[must_use]
pub fn pong_frame(payload: &[u8]) -> Bytes {
    frame(PONG, payload)
}

/// What is said of a close frame that has no code; none goes on the wire.
const NO_CODE: u16 = 1005;

/// A close frame; a reason longer than 123 bytes is cut at a character.
#[must_use]
pub fn close_frame(code: u16, reason: &str) -> Bytes {
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
            let frame = message_frame(&Payload::Binary(vec![0; length]));
            frame[..frame.len() - length].to_vec()
        };
        assert_eq!(header(125), [0x82, 125]);
        assert_eq!(header(126), [0x82, 126, 0, 126]);
        assert_eq!(header(0xffff), [0x82, 126, 0xff, 0xff]);
        assert_eq!(header(0x1_0000), [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
        assert_eq!(
            close_frame(1012, "again").as_ref(),
            b"\x88\x07\x03\xf4again"
        );
        assert_eq!(close_frame(NO_CODE, "").as_ref(), b"\x88\x00");
    }

    #[tokio::test]
    async fn a_client_too_far_behind_is_ended_with_1013() {
        let outbox = Outbox::default();
        for _ in 0..FRAMES_LIMIT {
            outbox.push(ping_frame(&[]));
        }
        assert_eq!(outbox.take().await.frames.len(), FRAMES_LIMIT);
        for _ in 0..=FRAMES_LIMIT {
            outbox.push(ping_frame(&[]));
        }
        outbox.end(End::Cut);
        let batch = outbox.take().await;
        assert_eq!(batch.frames.len(), 0);
        assert!(matches!(batch.end, Some(End::Close(1013, _))));
    }

    #[tokio::test]
    async fn a_batch_tells_how_much_of_it_was_for_this_client_alone() {
        let outbox = Outbox::default();
        outbox.push(message_frame(&Payload::Text("to all".into())));
        outbox.push_sent(message_frame(&Payload::Text("to one".into())), 6);
        assert_eq!(outbox.take().await.sent, 6);
        outbox.push(ping_frame(b"beat"));
        assert_eq!(outbox.take().await.sent, 0);
    }
}
