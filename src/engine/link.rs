//! `hxlab`'s side of the zygote: its process, the control socket, and who waits for what.

use std::collections::HashMap;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream as StdUnixStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::{AddressFamily, SocketFlags, SocketType, socketpair};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::net::UnixStream;
use tokio::sync::oneshot;

use super::control::{self, Exit, FromZygote, ToZygote};
use super::limits::Limits;
use super::{EngineError, EngineSettings};
use crate::settings::layer;

/// How long the zygote may take to rehearse, to load the library and to try the jail. It takes a quarter of a
/// second; a machine that does much else at the same time shall not refuse to start for that.
pub(super) const START: Duration = Duration::from_mins(1);

/// A zygote that works, until its last handle is dropped.
#[derive(Debug)]
pub(super) struct Link {
    control: Arc<AsyncFd<OwnedFd>>,
    waiting: Arc<Mutex<PendingForks>>,
    listener: tokio::task::JoinHandle<()>,
}

/// How a process ended, and the processor time that it used in all.
pub(super) type LastWords = (Exit, Duration);

/// A forked process as it arrives.
#[derive(Debug)]
pub(super) struct Newborn {
    pub(super) pid: u32,
    pub(super) socket: UnixStream,
    pub(super) pidfd: OwnedFd,
    pub(super) exit: oneshot::Receiver<LastWords>,
}

impl Newborn {
    /// Whether its process runs, by the kernel's word: the zygote's news of an end may still be on its way.
    pub(super) fn lives(&self) -> bool {
        let mut ended = [PollFd::new(&self.pidfd, PollFlags::IN)];
        matches!(poll(&mut ended, Some(&Timespec::default())), Ok(0))
    }
}

type ForkResult = Result<Newborn, EngineError>;

#[derive(Debug, Default)]
struct PendingForks {
    tickets: u64,
    forks: HashMap<u64, oneshot::Sender<ForkResult>>,
    exits: HashMap<u32, oneshot::Sender<LastWords>>,
    gone: bool,
}

impl Link {
    /// Starts a zygote and waits until it is ready.
    pub(super) async fn start(settings: &EngineSettings) -> Result<Self, EngineError> {
        let (ours, child) = launch(settings).map_err(EngineError::Start)?;
        // SAFETY: an `OwnedFd` keeps its descriptor, and that stays open, as long as it is inside.
        let control = unsafe { AsyncFd::register(ours) };
        let control = Arc::new(control.map_err(|error| EngineError::Start(error.into()))?);
        let reaper = Reaper(Some(child));
        let ready = tokio::time::timeout(START, receive(&control)).await;
        match ready
            .map_err(|_| EngineError::Slow)?
            .map_err(EngineError::Start)?
        {
            Some((FromZygote::Ready, _)) => {}
            Some((FromZygote::Refused { sentence }, _)) => {
                return Err(EngineError::Refused(sentence));
            }
            _ => return Err(EngineError::Gone),
        }
        let waiting = Arc::new(Mutex::new(PendingForks::default()));
        let listener = tokio::spawn(listen(Arc::clone(&control), Arc::clone(&waiting), reaper));
        Ok(Self {
            control,
            waiting,
            listener,
        })
    }

    /// Whether the zygote has ended.
    pub(super) fn gone(&self) -> bool {
        lock(&self.waiting).gone
    }

    /// Has a Run forked.
    pub(super) async fn fork(&self, limits: Limits) -> ForkResult {
        let (answer, answered) = oneshot::channel();
        let ticket = {
            let mut waiting = lock(&self.waiting);
            waiting.tickets += 1;
            let ticket = waiting.tickets;
            waiting.forks.insert(ticket, answer);
            ticket
        };
        let order = ToZygote::Fork { ticket, limits };
        let sent = self.control.async_io(Interest::WRITABLE, |control| {
            control::send(control.as_fd(), &order, &[])
        });
        sent.await.map_err(|_| EngineError::Gone)?;
        answered.await.map_err(|_| EngineError::Gone)?
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // The listener owns the other handle of the control socket and the zygote's process; without
        // it the zygote reads the end, and takes its Runs along.
        self.listener.abort();
    }
}

/// The zygote's process; waits for it in the end, so that it leaves nothing behind.
#[derive(Debug)]
struct Reaper(Option<Child>);

impl Drop for Reaper {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn launch(settings: &EngineSettings) -> io::Result<(OwnedFd, Child)> {
    let (ours, theirs) = socketpair(
        AddressFamily::UNIX,
        SocketType::SEQPACKET,
        SocketFlags::CLOEXEC,
        None,
    )?;
    rustix::io::ioctl_fionbio(&ours, true)?;
    let mut command = Command::new(&settings.program);
    command
        .arg("zygote")
        .arg(layer::list(&settings.without))
        .args((!settings.rehearsal).then_some("--unrehearsed"))
        .env_clear()
        .stdin(Stdio::from(theirs))
        .stdout(Stdio::null());
    // Only what `Date` needs to know.
    if let Some(zone) = std::env::var_os("TZ") {
        command.env("TZ", zone);
    }
    let child = command.spawn()?;
    Ok((ours, child))
}

async fn receive(control: &AsyncFd<OwnedFd>) -> io::Result<Option<(FromZygote, Vec<OwnedFd>)>> {
    let read = |control: &OwnedFd| control::receive(control.as_fd());
    control.async_io(Interest::READABLE, read).await
}

/// Reads what the zygote tells until it ends, and leaves nobody waiting.
async fn listen(control: Arc<AsyncFd<OwnedFd>>, waiting: Arc<Mutex<PendingForks>>, reaper: Reaper) {
    while let Ok(Some((message, descriptors))) = receive(&control).await {
        lock(&waiting).take(message, descriptors);
    }
    drop(reaper);
    let mut waiting = lock(&waiting);
    waiting.gone = true;
    waiting.forks.clear();
    waiting.exits.clear();
}

impl PendingForks {
    fn take(&mut self, message: FromZygote, descriptors: Vec<OwnedFd>) {
        match message {
            FromZygote::Forked { ticket, pid } => {
                let (tell, exit) = oneshot::channel();
                self.exits.insert(pid, tell);
                let born = newborn(pid, descriptors, exit);
                if let Some(answer) = self.forks.remove(&ticket) {
                    // Whoever asked may have given up; the socket closes and the Run ends.
                    let _ = answer.send(born.map_err(EngineError::Fork));
                }
            }
            FromZygote::Unforked { ticket, sentence } => {
                if let Some(answer) = self.forks.remove(&ticket) {
                    let _ = answer.send(Err(EngineError::Refused(sentence)));
                }
            }
            FromZygote::Exited { pid, exit, used } => {
                if let Some(tell) = self.exits.remove(&pid) {
                    let _ = tell.send((exit, Duration::from_micros(used)));
                }
            }
            FromZygote::Ready | FromZygote::Refused { .. } => {}
        }
    }
}

fn newborn(
    pid: u32,
    descriptors: Vec<OwnedFd>,
    exit: oneshot::Receiver<LastWords>,
) -> io::Result<Newborn> {
    let Ok([socket, pidfd]) = <[OwnedFd; 2]>::try_from(descriptors) else {
        return Err(io::Error::other("its descriptors did not arrive"));
    };
    let socket = StdUnixStream::from(socket);
    socket.set_nonblocking(true)?;
    Ok(Newborn {
        pid,
        socket: UnixStream::from_std(socket)?,
        pidfd,
        exit,
    })
}

fn lock(waiting: &Mutex<PendingForks>) -> MutexGuard<'_, PendingForks> {
    waiting.lock()
}
