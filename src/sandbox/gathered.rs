//! Messages to rooms that wait until the ones before them are written.
//!
//! While a room of a thousand is written to, its clients say more. What comes meanwhile for the same room is
//! joined here, so that it costs each client one place in its queue and one system call, however much it is.

use std::sync::Arc;

use bytes::Bytes;

use crate::engine::message::SocketId;

/// The most bytes that are joined.
const JOINED: usize = 16 * 1024;
/// With so many bytes nothing more is to be gathered, in bytes.
const FULL: usize = 1024 * 1024;

/// Framed messages, in the order in which they were said.
#[derive(Default)]
pub struct Gathered {
    batches: Vec<Batch>,
    bytes: usize,
}

/// Messages to the same room.
struct Batch {
    receivers: Arc<[SocketId]>,
    /// Each with the receiver that it is not for: who said it.
    frames: Vec<(Option<SocketId>, Bytes)>,
    bytes: usize,
}

impl Gathered {
    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// Whether it is time to hand out.
    pub fn is_full(&self) -> bool {
        self.bytes > FULL
    }

    /// Adds a frame for these receivers but one.
    pub fn add(&mut self, receivers: Arc<[SocketId]>, except: Option<SocketId>, frame: Bytes) {
        self.bytes += frame.len();
        if let Some(last) = self.batches.last_mut()
            && Arc::ptr_eq(&last.receivers, &receivers)
            && last.bytes + frame.len() <= JOINED
        {
            last.bytes += frame.len();
            last.frames.push((except, frame));
            return;
        }
        self.batches.push(Batch {
            receivers,
            bytes: frame.len(),
            frames: vec![(except, frame)],
        });
    }

    /// Gives each receiver its frames, joined.
    pub fn hand_out(self, mut give: impl FnMut(SocketId, Bytes)) {
        for batch in self.batches {
            let all = batch.joined(None);
            let speakers: Vec<_> = batch.frames.iter().filter_map(|(who, _)| *who).collect();
            for &receiver in &*batch.receivers {
                let frames = if speakers.contains(&receiver) {
                    batch.joined(Some(receiver))
                } else {
                    all.clone()
                };
                if !frames.is_empty() {
                    give(receiver, frames);
                }
            }
        }
    }
}

impl Batch {
    /// All frames as one, without those that this speaker said.
    fn joined(&self, speaker: Option<SocketId>) -> Bytes {
        if let [(except, only)] = &*self.frames
            && (except.is_none() || *except != speaker)
        {
            return only.clone();
        }
        let mut joined = Vec::with_capacity(self.bytes);
        for (except, frame) in &self.frames {
            if except.is_none() || *except != speaker {
                joined.extend_from_slice(frame);
            }
        }
        joined.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: SocketId = SocketId(1);
    const BOB: SocketId = SocketId(2);
    const CAROL: SocketId = SocketId(3);

    fn handed_out(gathered: Gathered) -> Vec<(SocketId, String)> {
        let mut given = Vec::new();
        gathered.hand_out(|to, frames| {
            given.push((to, String::from_utf8_lossy(&frames).into_owned()));
        });
        given
    }

    #[test]
    fn what_is_for_the_same_room_is_joined_and_nobody_hears_himself() {
        let room: Arc<[_]> = [ALICE, BOB, CAROL].into();
        let mut gathered = Gathered::default();
        gathered.add(room.clone(), Some(ALICE), "a".into());
        gathered.add(room.clone(), None, "b".into());
        gathered.add(room, Some(BOB), "c".into());
        let expected = [(ALICE, "bc"), (BOB, "ab"), (CAROL, "abc")];
        let expected = expected.map(|(who, what)| (who, what.to_owned()));
        assert_eq!(handed_out(gathered), expected);
    }

    #[test]
    fn one_message_is_handed_out_as_it_is() {
        let room: Arc<[_]> = [ALICE, BOB].into();
        let mut gathered = Gathered::default();
        gathered.add(room, Some(ALICE), "hi".into());
        assert_eq!(handed_out(gathered), [(BOB, "hi".to_owned())]);
    }

    #[test]
    fn rooms_keep_their_order() {
        let (first, second): (Arc<[_]>, Arc<[_]>) = ([ALICE, BOB].into(), [BOB].into());
        let mut gathered = Gathered::default();
        gathered.add(first.clone(), None, "1".into());
        gathered.add(second, None, "2".into());
        gathered.add(first, None, "3".into());
        let to_bob: Vec<_> = handed_out(gathered)
            .into_iter()
            .filter(|(to, _)| *to == BOB)
            .map(|(_, what)| what)
            .collect();
        assert_eq!(to_bob, ["1", "2", "3"]);
    }

    #[test]
    fn no_more_is_joined_than_a_queue_can_bear() {
        let room: Arc<[_]> = [ALICE].into();
        let mut gathered = Gathered::default();
        for _ in 0..3 {
            gathered.add(room.clone(), None, vec![b'x'; JOINED / 2].into());
        }
        let lengths: Vec<_> = handed_out(gathered)
            .iter()
            .map(|(_, what)| what.len())
            .collect();
        assert_eq!(lengths, [JOINED, JOINED / 2]);
        let mut gathered = Gathered::default();
        gathered.add(room, None, vec![b'x'; FULL + 1].into());
        assert!(gathered.is_full());
    }
}
