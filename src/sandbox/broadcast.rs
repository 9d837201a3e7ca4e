//! What the subscribers of a topic are to get, kept once: the frames one behind the other, and for each
//! subscriber how far it has them.
//!
//! A message to a room of a thousand is one frame put here, and not one in each of a thousand queues. They are
//! written to in turn, again and again while there is something, and each gets all that came since its last turn.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;

use super::outbox::{JOINED, Outbox};
use super::waiting::Waiting;
use crate::engine::message::SocketId;

/// Frames on their way to the same clients.
pub(crate) struct Broadcast {
    /// In the order of their numbers.
    members: Vec<Recipient>,
    /// What somebody has not got yet.
    frames: Vec<u8>,
    /// How many bytes came before these.
    start: usize,
    /// Whose turn it is.
    next: usize,
    /// What was kept last for a client that did not take it: from where to where, and the bytes, for others to share.
    kept: Option<(Range<usize>, Bytes)>,
    /// Where it is counted.
    waiting: Arc<Waiting>,
}

struct Recipient {
    socket: SocketId,
    outbox: Arc<Outbox>,
    /// How many bytes it has got, of all that ever came.
    got: usize,
}

impl Broadcast {
    /// To these sockets, in the order of their numbers; a socket without a queue is left out.
    pub(crate) fn open(
        to: &[SocketId],
        waiting: &Arc<Waiting>,
        outbox: impl Fn(SocketId) -> Option<Arc<Outbox>>,
    ) -> Self {
        let member = |&socket| {
            let outbox = outbox(socket)?;
            let got = 0;
            Some(Recipient {
                socket,
                outbox,
                got,
            })
        };
        Self {
            members: to.iter().filter_map(member).collect(),
            frames: Vec::new(),
            start: 0,
            next: 0,
            kept: None,
            waiting: Arc::clone(waiting),
        }
    }

    /// Adds a frame for all but one. What is worth a system call is written to everybody at once, so that only
    /// a client falls behind that does not read.
    pub(crate) fn push(&mut self, frame: &[u8], except: Option<SocketId>) {
        let except = except.and_then(|socket| self.catch_up(socket));
        self.frames.extend_from_slice(frame);
        let end = self.end();
        if let Some(index) = except {
            self.members[index].got = end;
        }
        if self.frames.len() > JOINED {
            self.finish();
        }
    }

    /// Whether somebody has not got everything.
    pub(crate) fn has_unwritten(&self) -> bool {
        !self.frames.is_empty()
    }

    /// Writes to the next few.
    pub(crate) fn flush(&mut self, few: usize) {
        let last = self.members.len().min(self.next + few);
        for index in self.next..last {
            self.write(index);
        }
        self.next = last;
        if last == self.members.len() {
            self.next = 0;
            let got = self.members.iter().map(|member| member.got).min();
            let got = got.unwrap_or(self.end());
            self.frames.drain(..got - self.start);
            if self.frames.is_empty() && self.frames.capacity() > JOINED {
                self.frames = Vec::new();
            }
            self.start = got;
            self.kept = None;
        }
    }

    /// Writes everything to everybody.
    pub(crate) fn finish(&mut self) {
        self.next = 0;
        self.flush(self.members.len());
    }

    /// Writes everything to one, before something else goes to it; where it stands, if it is among them.
    pub(crate) fn catch_up(&mut self, socket: SocketId) -> Option<usize> {
        let found = self
            .members
            .binary_search_by_key(&socket, |member| member.socket);
        let index = found.ok()?;
        self.write(index);
        Some(index)
    }

    fn write(&mut self, index: usize) {
        let end = self.end();
        let member = &mut self.members[index];
        if member.got == end {
            return;
        }
        let (missing, frames) = (member.got..end, &self.frames[member.got - self.start..]);
        let keep = || match &self.kept {
            Some((range, bytes)) if *range == missing => bytes.clone(),
            _ => {
                let bytes = self.waiting.hold(Bytes::copy_from_slice(frames));
                self.kept = Some((missing, bytes.clone()));
                bytes
            }
        };
        member.outbox.send(frames, keep);
        member.got = end;
    }

    fn end(&self) -> usize {
        self.start + self.frames.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::narrow::Narrow;

    #[test]
    fn clients_that_do_not_read_share_what_is_kept_for_them() {
        let connect = |socket: SocketId| {
            let outbox = Outbox::default();
            outbox.connect(Narrow::with_room(if socket.0 == 2 { 3 } else { 0 }));
            Some(Arc::new(outbox))
        };
        let mut broadcast = Broadcast::open(&[1, 2, 3, 4].map(SocketId), &Arc::default(), connect);
        broadcast.push(b"a frame", None);
        let kept = |broadcast: &Broadcast| broadcast.kept.as_ref().map(|(_, bytes)| bytes.as_ptr());
        broadcast.flush(1);
        let first = kept(&broadcast);
        assert!(first.is_some());
        broadcast.flush(2);
        assert_eq!(kept(&broadcast), first);
        broadcast.flush(1);
        assert!(!broadcast.has_unwritten());
        assert_eq!(kept(&broadcast), None, "nothing is kept twice for long");
    }
}
