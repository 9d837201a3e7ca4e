//! The task beside each Run: moves bytes both ways, keeps the clock, and sees to the end.
//!
//! It waits in one place, for one of: bytes from the Run, something to send to it, its deadline, the
//! news that its process ended. Whatever happens, the last event is [`RunEvent::Ended`].

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::io::Interest;
use tokio::net::UnixStream;
use tokio::sync::{mpsc, oneshot};

use super::codec::FrameBuffer;
use super::control::{CRASHED, Exit};
use super::link::LastWords;
use super::message::FromRun;
use super::run::{Process, RunEnd, RunEvent, SendQueue};
use super::starts::Starting;
use super::turn_time::ProcessorClock;
use super::watch::{Violation, Watch};

/// How long the news of a process's end may take after its socket closed.
const REAPED: Duration = Duration::from_secs(5);

/// So many frames are passed on before other tasks have their turn. A request, or a message to a room, brings fewer.
const IN_TURN: usize = 32;

/// How much is read at once, in bytes.
const READ: usize = 64 * 1024;

/// What one Run's task owns.
pub(super) struct Keeper {
    pub(super) socket: UnixStream,
    pub(super) outbox: Arc<SendQueue>,
    pub(super) process: Arc<Process>,
    pub(super) events: mpsc::Sender<RunEvent>,
    pub(super) exit: oneshot::Receiver<LastWords>,
    pub(super) watch: Watch,
    pub(super) processor: ProcessorClock,
    pub(super) frames: FrameBuffer,
    /// Until it is ready; none where nobody waits for it.
    pub(super) starting: Option<Starting>,
    /// Whether it said last that a timer is due soon.
    pub(super) timers: bool,
    /// Why the Run ends, as soon as that is known.
    pub(super) end: Option<RunEnd>,
}

/// What the keeper woke up for.
enum Woke {
    Readable,
    Writable,
    Changed,
    Late,
}

impl Keeper {
    /// Keeps the Run until its process is gone.
    pub(super) async fn keep(mut self) {
        // An error of the socket is its end; how the process ended says the rest.
        let _ = self.carry().await;
        self.process.kill();
        let killed_by_owner = self.outbox.view().ended;
        self.outbox.end();
        let exit = tokio::time::timeout(REAPED, &mut self.exit).await;
        if let Ok(Ok((_, used))) = exit {
            self.process.has_used(used);
        }
        let end = self.end.take().unwrap_or_else(|| match exit {
            _ if killed_by_owner => RunEnd::Killed,
            Ok(Ok((exit, _))) => crashed(exit),
            Ok(Err(_)) | Err(_) => RunEnd::Crashed("the zygote ended, and it with it".into()),
        });
        // Without a receiver there is nobody to tell.
        let _ = self.events.send(RunEvent::Ended(end)).await;
    }

    /// Moves bytes until the Run's side of the socket is closed.
    async fn carry(&mut self) -> io::Result<()> {
        loop {
            let view = self.outbox.view();
            let now = Instant::now();
            let used = || self.processor.at_most(now);
            self.watch.sent(view.sent, now, used);
            self.tell_work();
            match self.wait(view.waiting).await? {
                Woke::Readable => {
                    let read = self.read()?;
                    if read == Some(0) {
                        return Ok(());
                    }
                    self.pass_on().await;
                    if read >= Some(READ / 2) {
                        // There will be more.
                        self.give_way().await;
                    }
                }
                Woke::Writable => self.write()?,
                Woke::Changed => {
                    // What others are about to send goes out with it, in one system call.
                    tokio::task::yield_now().await;
                    self.write()?;
                }
                Woke::Late => {}
            }
            // Asked each time: a Run that never stops speaking must not outrun its clock.
            let used = || self.processor.read();
            if self.end.is_none() && self.watch.is_late(Instant::now(), used) {
                self.finish(Violation::Limit(self.watch.turn_limit()));
            }
        }
    }

    fn tell_work(&self) {
        let at_work = &self.outbox.at_work;
        at_work.store(self.watch.is_turn_under_way(), Ordering::Relaxed);
    }

    /// Reads what is there and never waits for more, which would stop the clock; `None` when the
    /// socket was not as readable as it seemed.
    fn read(&mut self) -> io::Result<Option<usize>> {
        let buffer = self.frames.buffer();
        buffer.reserve(READ);
        match self.socket.try_read_buf(buffer) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            read => read.map(Some),
        }
    }

    async fn wait(&self, waiting: bool) -> io::Result<Woke> {
        let deadline = self.watch.deadline().filter(|_| self.end.is_none());
        let late = async {
            match deadline {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            }
        };
        let interest = if waiting {
            Interest::READABLE | Interest::WRITABLE
        } else {
            Interest::READABLE
        };
        tokio::select! {
            biased;
            ready = self.socket.ready(interest) => {
                let ready = ready?;
                Ok(if ready.is_readable() || ready.is_read_closed() {
                    Woke::Readable
                } else {
                    Woke::Writable
                })
            }
            () = self.outbox.changed.notified() => Ok(Woke::Changed),
            () = late => Ok(Woke::Late),
        }
    }

    fn write(&self) -> io::Result<()> {
        match self.outbox.drain(|bytes| self.socket.try_write(bytes)) {
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => Err(error),
            _ => Ok(()),
        }
    }

    /// Checks and passes on every whole frame that came. Where they are many, other tasks have their turn in between: a
    /// page would else wait until each of a class's loud servers has been heard.
    async fn pass_on(&mut self) {
        for count in 1_usize.. {
            if self.end.is_some() {
                break;
            }
            if count % IN_TURN == 0 {
                self.give_way().await;
            }
            let before = self.frames.buffer().len();
            let message = match self.frames.next::<FromRun>() {
                Ok(Some(message)) => message,
                Ok(None) => return,
                Err(error) => return self.finish(Violation::Broke(error.to_string())),
            };
            let bytes = before - self.frames.buffer().len();
            let view = self.outbox.view();
            let now = Instant::now();
            let mut used = || self.processor.at_most(now);
            self.watch.sent(view.sent, now, &mut used);
            let heard = self.watch.hear(&message, bytes, view.minted, now, used);
            if let Err(verdict) = heard {
                return self.finish(verdict);
            }
            self.tell(message).await;
        }
        // What a Run says after its end was decided is nobody's concern.
        self.frames.buffer().clear();
    }

    /// Lets other tasks have their turn; the Run's clock stands still meanwhile.
    async fn give_way(&mut self) {
        let since = Instant::now();
        tokio::task::yield_now().await;
        self.watch.forgive(since.elapsed());
    }

    /// Passes a message on; the Run's clock stands still while nobody takes it.
    async fn tell(&mut self, message: FromRun) {
        match &message {
            FromRun::Turn => return,
            // Each turn ends so: only news is passed on.
            FromRun::Idle { timers, .. } if *timers == self.timers => return,
            FromRun::Idle { timers, .. } => self.timers = *timers,
            FromRun::Ready => self.starting = None,
            FromRun::Failed { fault } => self.end = Some(RunEnd::Failed(fault.clone())),
            FromRun::Stopped { limit, fault } => {
                let (limit, fault) = (*limit, Some(fault.clone()));
                self.end = Some(RunEnd::Limit { limit, fault });
            }
            _ => {}
        }
        if let Err(mpsc::error::TrySendError::Full(event)) =
            self.events.try_send(RunEvent::Message(message))
        {
            let since = Instant::now();
            let _ = self.events.send(event).await;
            self.watch.forgive(since.elapsed());
        }
    }

    /// Ends the Run from outside.
    fn finish(&mut self, verdict: Violation) {
        self.end = Some(match verdict {
            Violation::Limit(limit) => RunEnd::Limit { limit, fault: None },
            Violation::Broke(sentence) => RunEnd::Broke(sentence),
        });
        self.process.kill();
    }
}

/// The end of a process that nobody asked for, in words.
fn crashed(exit: Exit) -> RunEnd {
    RunEnd::Crashed(match exit {
        Exit::Status(CRASHED) | Exit::Signal(libc::SIGSEGV | libc::SIGBUS) => {
            "its process crashed in the engine's memory".into()
        }
        Exit::Status(status) => format!("its process ended with status {status}"),
        Exit::Signal(signal) => match signal {
            libc::SIGKILL => "its process was killed, perhaps because memory ran out".into(),
            libc::SIGSYS => "its process tried what the jail forbids".into(),
            libc::SIGXCPU => "its process used up its CPU time".into(),
            signal => format!("its process was ended by signal {signal}"),
        },
    })
}
