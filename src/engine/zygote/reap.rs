//! Forking, and reaping what was forked.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, FromRawFd, OwnedFd};

use rustix::process::{Pid, WaitOptions, wait};

use super::Exit;

/// Which side of a fork this is.
pub(super) enum Forked {
    /// The new process.
    Child,
    /// The zygote, with the new process's id.
    Parent(Pid),
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
            let signals = libc::signalfd(-1, &raw const mask, libc::SFD_CLOEXEC | libc::SFD_NONBLOCK);
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
            libc::sigprocmask(libc::SIG_UNBLOCK, &raw const self.mask, std::ptr::null_mut());
        }
    }

    /// All that ended since the last call.
    pub(super) fn reap(&self) -> io::Result<Vec<(u32, Exit)>> {
        self.empty_signals();
        let mut ended = Vec::new();
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some((pid, status))) => {
                    let exit = match (status.exit_status(), status.terminating_signal()) {
                        (Some(status), _) => Exit::Status(status),
                        (None, Some(signal)) => Exit::Signal(signal),
                        (None, None) => continue,
                    };
                    ended.push((pid.as_raw_nonzero().get().unsigned_abs(), exit));
                }
                Ok(None) | Err(rustix::io::Errno::CHILD) => return Ok(ended),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Signals of one kind are merged, so what was read says nothing about how many ended.
    fn empty_signals(&self) {
        let mut record = [0_u8; size_of::<libc::signalfd_siginfo>()];
        while rustix::io::read(&self.signals, &mut record).is_ok_and(|bytes| bytes > 0) {}
    }
}

impl AsFd for Children {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.signals.as_fd()
    }
}
