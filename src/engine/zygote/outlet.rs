//! What a Run says: messages gathered during a turn and written to its socket together.
//!
//! Writing blocks while `hxlab` does not read, so a Run can never fill anybody's memory; the time
//! that takes is not counted as the learner's.

use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::net::{AddressFamily, SocketFlags, SocketType, socketpair};

use crate::engine::codec::{self, CodecError};
use crate::engine::message::FromRun;

/// How many bytes are gathered before they are written in the middle of a turn.
const FULL: usize = 64 * 1024;

/// Messages on their way out.
#[derive(Debug, Default)]
pub(super) struct Outlet {
    bytes: Vec<u8>,
    waited: Duration,
}

impl Outlet {
    /// Adds a message; one that is too long is refused and nothing is added.
    pub(super) fn send(&mut self, message: &FromRun) -> Result<(), CodecError> {
        codec::append(message, &mut self.bytes)?;
        if self.bytes.len() >= FULL {
            self.flush();
        }
        Ok(())
    }

    /// Writes all that is gathered. When `hxlab` is gone, so is the reason to live.
    pub(super) fn flush(&mut self) {
        let began = Instant::now();
        let mut rest = &self.bytes[..];
        while !rest.is_empty() {
            match rustix::io::write(socket(), rest) {
                Ok(written) => rest = &rest[written..],
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => super::leave(0),
            }
        }
        self.bytes.clear();
        self.waited += began.elapsed();
    }

    /// How long writing took since this was last asked.
    pub(super) fn take_waited(&mut self) -> Duration {
        std::mem::take(&mut self.waited)
    }
}

/// The one descriptor of a Run.
pub(super) fn socket() -> BorrowedFd<'static> {
    // SAFETY: the jail put the socket at 0 and nothing closes it while the process lives.
    unsafe { BorrowedFd::borrow_raw(0) }
}

/// What ties a Run to `hxlab`: the end that is handed over, and the one that becomes [`socket`].
pub(super) fn socket_pair() -> io::Result<(OwnedFd, OwnedFd)> {
    let (family, kind) = (AddressFamily::UNIX, SocketType::STREAM);
    Ok(socketpair(family, kind, SocketFlags::CLOEXEC, None)?)
}
