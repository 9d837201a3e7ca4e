//! A WebSocket client's queue: framed once, shared, bounded.
//!
//! Who puts a frame in never waits, and writes at the end of its turn all that waits then
//! ([`Outbox::flush`]), as far as the client's connection takes it at once: a turn that speaks to a whole
//! room writes once to each client, and wakes nobody. What a connection does not take at once, and its
//! end, are the business of its own task, which is told by [`Outbox::left_over`]. A client that cannot
//! keep up is cut off with 1013 and slows nobody.
//!
//! What goes to a whole topic waits elsewhere, once for all, and comes here only as it is written
//! ([`Outbox::send`]).

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;

use super::frame;
use super::waiting::Waiting;

/// With more bytes than this waiting for one client, it gets no more. A Run drops what it sends to one for whom 16 MiB
/// wait, as Bun does (`backpressureLimit`); what is published comes on top.
pub(crate) const BYTES_LIMIT: usize = 24 * 1024 * 1024;
/// The most frames that wait for one client.
pub(crate) const FRAMES_LIMIT: usize = 4096;
/// So many bytes that went out are told to the Run, which counts what waits for a client (`send`
/// answers −1, then `drain`); fewer are told later.
const TOLD_AT: u32 = 16 * 1024;
/// So many bytes of frames are joined and written at once: to copy them costs less than to have the kernel
/// gather them.
pub(crate) const JOINED: usize = 16 * 1024;

/// A client's connection, as far as its queue needs it.
pub(crate) trait TryWrite: Send + Sync {
    /// Writes the beginning of these bytes, as much as is taken at once.
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize>;
}

/// The queue between a sandbox and one connection.
#[derive(Default)]
pub(crate) struct Outbox {
    queue: Mutex<Queue>,
    left_over: Notify,
}

#[derive(Default)]
struct Queue {
    /// None until the connection is taken over from HTTP.
    connection: Option<Arc<dyn TryWrite>>,
    frames: VecDeque<QueuedFrame>,
    /// How many bytes of the first frame are written.
    begun: usize,
    /// How many bytes the frames have.
    bytes: usize,
    /// Whether somebody is going to flush.
    flushes: bool,
    /// Bytes that the Run sent to this client alone, and that have gone out since it was last told.
    untold: u32,
    end: Option<Box<End>>,
    /// Where the frames are counted.
    waiting: Arc<Waiting>,
}

struct QueuedFrame {
    bytes: Bytes,
    /// The payload's length, if the Run sent it to this client alone.
    own: u32,
    /// Whether it is counted by this queue, and not shared.
    counted: bool,
}

/// How the sandbox wants a connection to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a close frame, once what waits is written.
    Close(u16, String),
    /// At once and without a word.
    Cut,
}

/// Where a queue stands after a flush.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Backlog {
    /// Everything is written.
    Nothing,
    /// The client has to take more first.
    Waits,
    /// The connection is over.
    Ended(End),
}

impl Outbox {
    /// An empty queue, whose frames are counted there.
    pub(crate) fn counted(waiting: Arc<Waiting>) -> Self {
        let outbox = Self::default();
        outbox.lock().waiting = waiting;
        outbox
    }

    /// Puts a frame in; whether the caller has to flush, because nobody else is going to. What is worth a
    /// system call is written at once, so that only a client falls behind that does not read. One that is
    /// too far behind is ended with 1013.
    #[must_use]
    pub(crate) fn push(&self, frame: Bytes) -> bool {
        self.push_own(frame, 0)
    }

    /// The same for a message of so many bytes that the Run sent to this client alone. A frame longer than [`JOINED`] is
    /// counted by who shares it.
    #[must_use]
    pub(crate) fn push_own(&self, frame: Bytes, bytes: usize) -> bool {
        let mut queue = self.lock();
        if !self.admits(&mut queue) {
            return false;
        }
        let own = u32::try_from(bytes).unwrap_or(u32::MAX);
        let counted = frame.len() <= JOINED;
        queue.put(QueuedFrame {
            bytes: frame,
            own,
            counted,
        });
        if queue.bytes > JOINED {
            self.write(&mut queue);
        }
        !std::mem::replace(&mut queue.flushes, true)
    }

    /// Writes whole frames now, behind all that waits. What the connection does not take at once is put in, as what
    /// `keep` makes of the frames, which is counted by who shares it.
    pub(crate) fn send(&self, frames: &[u8], keep: impl FnOnce() -> Bytes) {
        let mut queue = self.lock();
        if !self.admits(&mut queue) {
            return;
        }
        if queue.frames.is_empty()
            && let Some(connection) = &queue.connection
        {
            // Whatever the error is, it is met again below.
            let begun = connection.try_write(frames).unwrap_or(0);
            if begun == frames.len() {
                return;
            }
            queue.begun = begun;
        }
        queue.put(QueuedFrame {
            bytes: keep(),
            own: 0,
            counted: false,
        });
        self.write(&mut queue);
    }

    /// Ends the connection; the first end counts.
    pub(crate) fn end(&self, end: End) {
        let mut queue = self.lock();
        if queue.end.is_none() {
            queue.end(end);
        }
        self.left_over.notify_one();
    }

    /// From now on there is a connection to write to.
    pub(crate) fn connect(&self, connection: Arc<dyn TryWrite>) {
        self.lock().connection = Some(connection);
        self.left_over.notify_one();
    }

    /// Lets the connection go.
    pub(crate) fn disconnect(&self) {
        let connection = self.lock().connection.take();
        // Its last owner closes it, which is not to be done under the lock.
        drop(connection);
    }

    /// Writes what waits as far as the connection takes it; gives how many bytes the Run shall be told
    /// of, once they are worth it.
    pub(crate) fn flush(&self) -> Option<u32> {
        let mut queue = self.lock();
        queue.flushes = false;
        self.write(&mut queue);
        let tells = queue.untold >= TOLD_AT;
        tells.then(|| std::mem::take(&mut queue.untold))
    }

    /// Where it stands.
    pub(crate) fn backlog(&self) -> Backlog {
        let queue = self.lock();
        match queue.end.as_deref() {
            Some(End::Cut) => Backlog::Ended(End::Cut),
            Some(end) if queue.frames.is_empty() => Backlog::Ended(end.clone()),
            _ if queue.frames.is_empty() => Backlog::Nothing,
            _ => Backlog::Waits,
        }
    }

    /// How many bytes wait, if it is not about to end anyway.
    pub(crate) fn waits(&self) -> usize {
        let queue = self.lock();
        if queue.end.is_some() { 0 } else { queue.bytes }
    }

    /// Ends a client that is too far behind, with 1013 where it can still be told.
    pub(crate) fn cut_off(&self) {
        self.lock().cut_off();
        self.left_over.notify_one();
    }

    /// Waits until the connection shall end at once.
    pub(crate) async fn cut(&self) {
        while !matches!(self.backlog(), Backlog::Ended(End::Cut)) {
            self.left_over().await;
        }
    }

    /// Waits until a flush has left something over, or the connection shall end.
    pub(crate) async fn left_over(&self) {
        self.left_over.notified().await;
    }

    /// Whether more may be put in.
    fn admits(&self, queue: &mut Queue) -> bool {
        if queue.end.is_some() {
            return false;
        }
        let fits = queue.bytes <= BYTES_LIMIT && queue.frames.len() < FRAMES_LIMIT;
        if !fits {
            queue.cut_off();
            self.left_over.notify_one();
        }
        fits
    }

    fn write(&self, queue: &mut Queue) {
        if let Err(error) = queue.write() {
            if error.kind() != ErrorKind::WouldBlock {
                queue.cut();
            }
            self.left_over.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock()
    }
}

impl Queue {
    fn put(&mut self, frame: QueuedFrame) {
        self.bytes += frame.bytes.len();
        if frame.counted {
            self.waiting.add(frame.bytes.len());
        }
        self.frames.push_back(frame);
    }

    /// Ends it for a client that is too far behind. A frame that is begun has to be ended first, for which nobody waits
    /// where it is long.
    fn cut_off(&mut self) {
        let begun = self.frames.front().filter(|_| self.begun > 0);
        if begun.is_some_and(|frame| frame.bytes.len() > JOINED) {
            return self.cut();
        }
        self.shorten(usize::from(begun.is_some()));
        self.end(End::Close(1013, "too slow".to_owned()));
    }

    fn cut(&mut self) {
        self.end = Some(Box::new(End::Cut));
        self.shorten(0);
    }

    /// Lets go of all but so many frames.
    fn shorten(&mut self, left: usize) {
        for frame in self.frames.drain(left..) {
            self.bytes -= frame.bytes.len();
            if frame.counted {
                self.waiting.subtract(frame.bytes.len());
            }
        }
    }

    fn end(&mut self, end: End) {
        if let End::Close(code, reason) = &end {
            self.put(QueuedFrame {
                bytes: frame::close(*code, reason),
                own: 0,
                counted: true,
            });
        }
        self.end = Some(Box::new(end));
    }

    fn write(&mut self) -> io::Result<()> {
        while !self.frames.is_empty() {
            let Some(connection) = &self.connection else {
                return Ok(());
            };
            let written = connection.try_write(&self.beginning())?;
            if written == 0 {
                return Err(ErrorKind::WriteZero.into());
            }
            self.take_out(written);
        }
        Ok(())
    }

    /// What is to be written next: the first frame's rest, with the frames behind it that fit.
    fn beginning(&self) -> Cow<'_, [u8]> {
        let mut length = 0;
        let fits = |frame: &&QueuedFrame| {
            length += frame.bytes.len();
            length <= JOINED
        };
        let count = self.frames.iter().take_while(fits).count();
        if count <= 1 {
            let first = self.frames.front();
            return Cow::Borrowed(first.map_or(&[], |frame| &frame.bytes[self.begun..]));
        }
        let mut joined = Vec::with_capacity(length.min(JOINED));
        for frame in self.frames.iter().take(count) {
            joined.extend_from_slice(&frame.bytes);
        }
        joined.drain(..self.begun);
        Cow::Owned(joined)
    }

    /// So many bytes are written.
    fn take_out(&mut self, written: usize) {
        self.begun += written;
        while let Some(first) = self.frames.front()
            && first.bytes.len() <= self.begun
        {
            self.begun -= first.bytes.len();
            self.bytes -= first.bytes.len();
            if first.counted {
                self.waiting.subtract(first.bytes.len());
            }
            self.untold = self.untold.saturating_add(first.own);
            self.frames.pop_front();
        }
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.shorten(0);
    }
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
