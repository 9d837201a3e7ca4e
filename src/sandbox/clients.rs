//! A sandbox's WebSocket clients: their queues, and who is to be written to.
//!
//! A frame for one client waits in its queue. When the same subscribers are told something twice in a row, what
//! they are told from then on waits in a [`Broadcast`], and goes first when something else goes to one of them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use bytes::Bytes;

use super::broadcast::Broadcast;
use super::outbox::{End, JOINED, Outbox};
use super::waiting::Waiting;
use crate::engine::message::SocketId;

/// How many clients are written to before anything else has its turn.
const FLUSHED: usize = 16;

/// The clients of one sandbox.
#[derive(Default)]
pub(crate) struct Clients {
    outboxes: HashMap<SocketId, Arc<Outbox>>,
    /// Those whose queues have grown since they were last written to, in the order in which they did.
    unflushed: VecDeque<(SocketId, Arc<Outbox>)>,
    /// To whom the last message to a topic went.
    told: Option<Arc<[SocketId]>>,
    /// What they are told from the second message on.
    broadcast: Option<Broadcast>,
    waiting: Arc<Waiting>,
}

impl Clients {
    /// Nobody yet; what waits for them is counted there.
    pub(crate) fn new(waiting: Arc<Waiting>) -> Self {
        Self {
            waiting,
            ..Self::default()
        }
    }

    /// A client that comes.
    pub(crate) fn add(&mut self, socket: SocketId) -> Arc<Outbox> {
        let outbox = Arc::new(Outbox::counted(Arc::clone(&self.waiting)));
        self.outboxes.insert(socket, Arc::clone(&outbox));
        outbox
    }

    /// A client that is gone.
    pub(crate) fn remove(&mut self, socket: SocketId) {
        if let Some(broadcast) = &mut self.broadcast
            && broadcast.catch_up(socket).is_some()
        {
            // It would be kept for nobody: the next message to the topic goes to others.
            self.finish_broadcast();
        }
        self.outboxes.remove(&socket);
    }

    /// Ends a client's connection, after all that it is still to get.
    pub(crate) fn end(&mut self, socket: SocketId, end: End) {
        let outbox = self.outboxes.get(&socket).cloned();
        self.remove(socket);
        if let Some(outbox) = outbox {
            outbox.end(end);
        }
    }

    /// Sends a frame to one; `own` is the length of what the Run sent to it alone.
    pub(crate) fn send(&mut self, socket: SocketId, frame: Bytes, own: usize) {
        let frame = self.held(frame);
        self.put(socket, frame, own);
    }

    /// A frame as it is put into queues: a long one is shared by them.
    fn held(&self, frame: Bytes) -> Bytes {
        if frame.len() > JOINED {
            self.waiting.hold(frame)
        } else {
            frame
        }
    }

    fn put(&mut self, socket: SocketId, frame: Bytes, own: usize) {
        if let Some(broadcast) = &mut self.broadcast {
            broadcast.catch_up(socket);
        }
        if let Some(outbox) = self.outboxes.get(&socket)
            && outbox.push_own(frame, own)
        {
            self.unflushed.push_back((socket, Arc::clone(outbox)));
        }
    }

    /// Sends a frame to all these but one.
    pub(crate) fn publish(&mut self, to: Arc<[SocketId]>, except: Option<SocketId>, frame: Bytes) {
        let told = self.told.as_ref();
        if frame.len() <= JOINED && told.is_some_and(|told| Arc::ptr_eq(told, &to)) {
            let outbox = |socket| self.outboxes.get(&socket).cloned();
            let open = || Broadcast::open(&to, &self.waiting, outbox);
            let broadcast = self.broadcast.get_or_insert_with(open);
            return broadcast.push(&frame, except);
        }
        self.finish_broadcast();
        let frame = self.held(frame);
        for &socket in &*to {
            if Some(socket) != except {
                self.put(socket, frame.clone(), 0);
            }
        }
        self.told = Some(to);
    }

    /// Where too much waits, cuts off the clients that are furthest behind; whether there were any.
    pub(crate) fn relieve(&mut self) -> bool {
        let mut has_cut_off = false;
        while self.waiting.is_over() {
            let waits = |outbox: &&Arc<Outbox>| outbox.waits();
            let slowest = self.outboxes.values().max_by_key(waits);
            let Some(slowest) = slowest.filter(|outbox| outbox.waits() > 0) else {
                break;
            };
            slowest.cut_off();
            has_cut_off = true;
        }
        has_cut_off
    }

    fn finish_broadcast(&mut self) {
        if let Some(mut broadcast) = self.broadcast.take() {
            broadcast.finish();
        }
    }

    /// Whether somebody is to be written to.
    pub(crate) fn has_unwritten(&self) -> bool {
        !self.unflushed.is_empty()
            || self
                .broadcast
                .as_ref()
                .is_some_and(Broadcast::has_unwritten)
    }

    /// Writes to the next few; gives of whom the Run shall be told, and how many bytes have gone out.
    pub(crate) fn flush(&mut self) -> Vec<(SocketId, u32)> {
        // First, because what waits in a queue goes out in front of it.
        if let Some(broadcast) = &mut self.broadcast {
            broadcast.flush(FLUSHED);
        }
        let few = self.unflushed.len().min(FLUSHED);
        let flush = |(socket, outbox): (SocketId, Arc<Outbox>)| Some((socket, outbox.flush()?));
        self.unflushed.drain(..few).filter_map(flush).collect()
    }
}

#[cfg(test)]
#[path = "clients_tests.rs"]
mod tests;
