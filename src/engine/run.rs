//! A [`Run`] as the rest of the program holds it: its process, what it says, and a way to talk to it.
//!
//! Dropping the [`Run`] kills the process. The zygote reaps it; nothing is left over.

use std::collections::VecDeque;
use std::fs;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use rustix::process::{Signal, pidfd_send_signal};
use tokio::sync::{Notify, mpsc};

use super::codec;
use super::message::{FromRun, LimitName, RequestId, Thrown, ToRun};
use super::turn_time::ProcessorClock;

/// How many bytes may wait for a Run that does not read. A whole project is at most 1 MiB.
pub(crate) const QUEUE_LIMIT: usize = 4 * 1024 * 1024;

/// With fewer bytes than this waiting, whatever a client sends fits the queue.
const ROOM: usize = QUEUE_LIMIT / 2;

/// How many bytes of room a queue keeps when it is empty. The project at a Run's start takes far more than
/// what comes later, and an idle Run should not keep its place.
const KEPT: usize = 8 * 1024;

/// What comes from a Run.
#[derive(Clone, Debug, PartialEq)]
pub enum RunEvent {
    /// It said something.
    Message(FromRun),
    /// Its process is gone; nothing comes after this.
    Ended(RunEnd),
}

/// How a Run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum RunEnd {
    /// `server.js` could not be loaded.
    Failed(Thrown),
    /// It went over a limit. The place is known where the engine stopped itself.
    Limit {
        /// Which limit.
        limit: LimitName,
        /// In words, and where.
        fault: Option<Thrown>,
    },
    /// The process ended by itself: the signal or the status in words.
    Crashed(String),
    /// It broke the protocol, and was killed.
    Broke(String),
    /// It was killed on request, or the [`Run`] was dropped.
    Killed,
}

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunGone {
    /// The Run has ended.
    #[error("the server has ended")]
    Ended,
    /// [`QUEUE_LIMIT`] bytes are waiting already.
    #[error("the server does not keep up")]
    Full,
    /// The message is longer than a frame.
    #[error("the message is too long")]
    TooLong,
}

/// One execution of a project's server, in a process of its own. Its owner: dropping it kills it.
#[derive(Debug)]
pub struct Run {
    pub(super) outbox: Arc<SendQueue>,
    pub(super) process: Arc<Process>,
    pub(super) events: mpsc::Receiver<RunEvent>,
}

impl Run {
    /// The process's id, for people; it may be another's once the Run has ended.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.pid
    }

    /// A way to send to this Run.
    #[must_use]
    pub fn sender(&self) -> RunSender {
        RunSender(Arc::clone(&self.outbox))
    }

    /// Shows what its process uses.
    pub(crate) fn gauge(&self) -> RunGauge {
        RunGauge {
            process: Arc::downgrade(&self.process),
            used: Arc::clone(&self.process.used),
        }
    }

    /// Whether it has a turn under way, as the keeper of its clock has it.
    pub(crate) fn is_at_work(&self) -> bool {
        self.outbox.at_work.load(Ordering::Relaxed)
    }

    /// What comes next; cancel-safe. After [`RunEvent::Ended`] it is [`RunEnd::Killed`] for ever.
    /// While nobody asks, the Run waits, and its clock with it.
    pub async fn next(&mut self) -> RunEvent {
        self.events
            .recv()
            .await
            .unwrap_or(RunEvent::Ended(RunEnd::Killed))
    }

    /// Kills the process now; [`RunEvent::Ended`] follows.
    pub fn kill(&self) {
        self.outbox.end();
        self.process.kill();
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Shows what a Run's process uses. It does not keep the Run alive.
#[derive(Clone, Debug)]
pub(crate) struct RunGauge {
    process: Weak<Process>,
    /// In microseconds, as soon as the process has ended; zero before.
    used: Arc<AtomicU64>,
}

impl RunGauge {
    /// Whether the Run has not ended.
    pub(crate) fn is_alive(&self) -> bool {
        self.process.strong_count() > 0
    }

    /// The process's id; 0 when it is gone.
    pub(crate) fn pid(&self) -> u32 {
        self.process.upgrade().map_or(0, |process| process.pid)
    }

    /// The processor time used so far, and of one that has ended what it used in all. Zero in the moment between, and
    /// of one whose end nobody told.
    pub(crate) fn processor_time(&self) -> Duration {
        let used = self.used.load(Ordering::Relaxed);
        if used > 0 {
            return Duration::from_micros(used);
        }
        let pid = Some(self.pid()).filter(|pid| *pid > 0);
        pid.map_or(Duration::ZERO, |pid| ProcessorClock::of(Some(pid)).read())
    }

    /// What the process has of the machine's memory, in bytes; zero when it is gone. What it shares with others counts
    /// in part, where the system tells that: to root.
    pub(crate) fn memory(&self) -> u64 {
        let pid = self.pid();
        share_of_memory(pid)
            .or_else(|| own_memory(pid))
            .unwrap_or(0)
    }

    /// Kills the process.
    pub(crate) fn kill(&self) {
        if let Some(process) = self.process.upgrade() {
            process.kill();
        }
    }
}

fn share_of_memory(pid: u32) -> Option<u64> {
    let map = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = map.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024)
}

/// Resident, and not a file's.
fn own_memory(pid: u32) -> Option<u64> {
    let pages = fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
    let mut pages = pages.split(' ').map(str::parse::<u64>);
    let (resident, shared) = (pages.nth(1)?.ok()?, pages.next()?.ok()?);
    Some(resident.saturating_sub(shared) * rustix::param::page_size() as u64)
}

/// Sends to a Run. Cheap to clone; does not keep the Run alive.
#[derive(Clone, Debug)]
pub struct RunSender(Arc<SendQueue>);

impl RunSender {
    /// Puts a message into the Run's queue. Numbers of requests must rise: a Run may name only
    /// numbers up to the highest that it was given.
    pub fn send(&self, message: &ToRun) -> Result<(), RunGone> {
        self.0.put(message)
    }

    /// Waits until there is room in the queue for more of what clients send.
    pub(crate) async fn room(&self) {
        while !self.0.has_room() {
            self.0.taken.notified().await;
        }
    }
}

/// A process by its pidfd, which never comes to mean another.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) pid: u32,
    pub(super) pidfd: OwnedFd,
    /// The processor time that it has used in all, in microseconds; zero until it has ended.
    pub(super) used: Arc<AtomicU64>,
}

impl Process {
    /// It has ended, and used so much.
    pub(super) fn has_used(&self, used: Duration) {
        let used = u64::try_from(used.as_micros()).unwrap_or(u64::MAX);
        self.used.store(used, Ordering::Relaxed);
    }

    pub(super) fn kill(&self) {
        // The only error is that it has ended already.
        let _ = pidfd_send_signal(&self.pidfd, Signal::KILL);
    }
}

/// Messages on their way to a Run.
#[derive(Debug, Default)]
pub(super) struct SendQueue {
    state: Mutex<SendQueueState>,
    /// Told when there is something to write, or the Run shall end.
    pub(super) changed: Notify,
    /// Told when something was written, or nothing will be any more.
    taken: Notify,
    /// Whether the Run has a turn under way.
    pub(super) at_work: AtomicBool,
}

#[derive(Debug, Default)]
struct SendQueueState {
    bytes: VecDeque<u8>,
    sent: u64,
    minted: Option<u32>,
    ended: bool,
}

/// What the keeper needs to know of an [`SendQueue`].
#[derive(Clone, Copy, Debug)]
pub(super) struct SendQueueView {
    /// How many messages were put in.
    pub(super) sent: u64,
    /// The highest number of a request among them.
    pub(super) minted: Option<u32>,
    /// Whether bytes wait.
    pub(super) waiting: bool,
    /// Whether the Run was ended by its owner.
    pub(super) ended: bool,
}

impl SendQueue {
    fn put(&self, message: &ToRun) -> Result<(), RunGone> {
        let mut frame = Vec::new();
        codec::append(message, &mut frame).map_err(|_| RunGone::TooLong)?;
        let mut state = self.lock();
        if state.ended {
            return Err(RunGone::Ended);
        }
        if state.bytes.len() + frame.len() > QUEUE_LIMIT {
            return Err(RunGone::Full);
        }
        if let ToRun::Request {
            request: RequestId(id),
            ..
        } = message
        {
            state.minted = state.minted.max(Some(*id));
        }
        state.bytes.extend(frame);
        state.sent += 1;
        drop(state);
        self.changed.notify_one();
        Ok(())
    }

    /// Refuses all that would still be sent.
    pub(super) fn end(&self) {
        let mut state = self.lock();
        state.ended = true;
        state.bytes = VecDeque::new();
        drop(state);
        self.changed.notify_one();
        self.taken.notify_one();
    }

    pub(super) fn view(&self) -> SendQueueView {
        let state = self.lock();
        SendQueueView {
            sent: state.sent,
            minted: state.minted,
            waiting: !state.bytes.is_empty(),
            ended: state.ended,
        }
    }

    /// Gives what waits to `write`, which says how much of it was taken.
    pub(super) fn drain<E>(&self, write: impl Fn(&[u8]) -> Result<usize, E>) -> Result<(), E> {
        let mut state = self.lock();
        loop {
            let (front, _) = state.bytes.as_slices();
            if front.is_empty() {
                if state.bytes.capacity() > KEPT {
                    state.bytes = VecDeque::new();
                }
                return Ok(());
            }
            let taken = write(front)?;
            state.bytes.drain(..taken);
            self.taken.notify_one();
        }
    }

    fn has_room(&self) -> bool {
        self.lock().bytes.len() < ROOM
    }

    fn lock(&self) -> MutexGuard<'_, SendQueueState> {
        self.state.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::message::Payload;

    #[test]
    fn an_empty_queue_keeps_little_room() {
        let outbox = SendQueue::default();
        for length in [100, 200_000, 100] {
            let name = "server.js".to_owned();
            let contents = Payload::Text("x".repeat(length));
            outbox.put(&ToRun::File { name, contents }).unwrap();
            outbox.drain(|bytes| Ok::<_, ()>(bytes.len())).unwrap();
            assert!(!outbox.view().waiting);
            assert!(outbox.lock().bytes.capacity() <= KEPT);
        }
    }
}
