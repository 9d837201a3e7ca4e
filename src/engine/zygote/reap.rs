//! Forking, and reaping what was forked.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, FromRawFd, OwnedFd};

use rustix::process::Pid;

use super::Exit;

/// Which side of a fork this is.
pub(super) enum Forked {
    /// The new process.
    Child,
    /// The zygote, with the new process's id.
    Parent(Pid),
}

/// A process that has ended.
pub(super) struct Ended {
    pub(super) pid: u32,
    pub(super) exit: Exit,
    /// The processor time that it used, in microseconds.
    pub(super) used: u64,
}

/// Forks this process.
pub(super) fn fork() -> io::Result<Forked> {
    // SAFETY: the zygote is a single thread, so no lock can be left held in the child.
    let pid = unsafe { libc::fork() };
    match Pid::from_raw(pid) {
        None => Ok(Forked::Child),
        Some(_) if pid < 0 => Err(io::Error::last_os_error()),
        Some(pid) => Ok(Forked::Parent(pid)),
    }
}

/// The zygote's children: a descriptor that can be read when one has ended.
pub(super) struct Children {
    signals: OwnedFd,
    mask: libc::sigset_t,
}

impl Children {
    /// Blocks SIGCHLD and watches for it instead.
    pub(super) fn watch() -> io::Result<Self> {
        // SAFETY: both sets live on this stack and are initialised by sigemptyset; the descriptor is
        // new and owned by nobody else.
        unsafe {
            let mut mask = std::mem::zeroed();
            libc::sigemptyset(&raw mut mask);
            libc::sigaddset(&raw mut mask, libc::SIGCHLD);
            if libc::sigprocmask(libc::SIG_BLOCK, &raw const mask, std::ptr::null_mut()) < 0 {
                return Err(io::Error::last_os_error());
            }
            let signals =
                libc::signalfd(-1, &raw const mask, libc::SFD_CLOEXEC | libc::SFD_NONBLOCK);
            if signals < 0 {
                return Err(io::Error::last_os_error());
            }
            Ok(Self {
                signals: OwnedFd::from_raw_fd(signals),
                mask,
            })
        }
    }

    /// In a forked process: signals as they were.
    pub(super) fn forget(&self) {
        // SAFETY: the mask was initialised in `watch`.
        unsafe {
            libc::sigprocmask(
                libc::SIG_UNBLOCK,
                &raw const self.mask,
                std::ptr::null_mut(),
            );
        }
    }

    /// All that ended since the last call.
    pub(super) fn reap(&self) -> io::Result<Vec<Ended>> {
        self.empty_signals();
        let mut ended = Vec::new();
        loop {
            match wait() {
                Ok(Some(one)) => ended.push(one),
                Ok(None) => return Ok(ended),
                Err(error) if error.raw_os_error() == Some(libc::ECHILD) => return Ok(ended),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Signals of one kind are merged, so what was read says nothing about how many ended.
    fn empty_signals(&self) {
        let mut record = [0_u8; size_of::<libc::signalfd_siginfo>()];
        while rustix::io::read(&self.signals, &mut record).is_ok_and(|bytes| bytes > 0) {}
    }
}

/// One that has ended, if there is one; `wait4` tells what it used as well.
fn wait() -> io::Result<Option<Ended>> {
    let mut status = 0;
    // SAFETY: a `rusage` of zeros is one that has used nothing, and the call only writes to these two variables.
    let (pid, usage) = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        let pid = libc::wait4(-1, &raw mut status, libc::WNOHANG, &raw mut usage);
        (pid, usage)
    };
    if pid < 0 {
        return Err(io::Error::last_os_error());
    }
    if pid == 0 {
        return Ok(None);
    }
    let exit = if libc::WIFEXITED(status) {
        Exit::Status(libc::WEXITSTATUS(status))
    } else {
        Exit::Signal(libc::WTERMSIG(status))
    };
    Ok(Some(Ended {
        pid: pid.unsigned_abs(),
        exit,
        used: microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
    }))
}

fn microseconds(time: libc::timeval) -> u64 {
    let [seconds, rest] = [time.tv_sec, time.tv_usec].map(|it| u64::try_from(it).unwrap_or(0));
    seconds * 1_000_000 + rest
}

impl AsFd for Children {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.signals.as_fd()
    }
}
