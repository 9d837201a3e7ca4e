//! The zygote: the small process from which every Run is forked, `hxlab zygote`.
//!
//! It is a single thread, so that a fork copies all there is. It tries the jail once in a
//! forked process of its own ([`trial()`]), loads the library, says that it is ready, and from then on does two
//! things: fork a Run when `hxlab` asks, and reap those that ended. It ends when `hxlab` hangs up, and every
//! Run with it (they carry a death signal).
//!
//! Its standard input is the control socket ([`super::control`]).

mod clock;
mod compression;
mod faults;
mod hash;
mod host;
#[cfg(test)]
mod hostile;
mod jail;
mod library;
mod life;
mod loops;
mod memory;
mod missing;
mod modules;
mod natives;
mod outlet;
mod password;
mod placement;
mod random;
mod reap;
mod rewriter;
mod scripts;
mod seccomp;
mod sqlite;
mod stacks;
mod timers;
mod trial;

use std::io;
use std::io::ErrorKind::{BrokenPipe, ConnectionReset};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{PidfdFlags, pidfd_open};

use super::control::{self, Exit, FromZygote, ToZygote};
use super::limits::Limits;
use crate::settings::layer::Without;
use jail::Jail;
use library::Library;
use outlet::socket_pair;
use reap::{Children, Ended, Forked, fork};

pub(crate) use trial::{Finding, trial};

/// Runs the zygote on standard input, to the end of the process. Its Runs go without these layers of
/// their jail; with `rehearse`, they share more of their memory.
pub(crate) fn zygote(without: Without, rehearse: bool) -> ! {
    // SAFETY: nothing else in this process uses or closes descriptor 0.
    let control = unsafe { BorrowedFd::borrow_raw(0) };
    stay_until_hung_up();
    // Not dropped before the end: freeing the library would take time, and the engine would complain about
    // what is still alive in it.
    let mut zygote = match prepare(without, rehearse) {
        Ok(zygote) => zygote,
        Err(sentence) => {
            // When hxlab is gone nobody is left to tell.
            let _ = control::send(control, &FromZygote::Refused { sentence }, &[]);
            leave(1)
        }
    };
    match zygote.serve(control) {
        Ok(()) => leave(0),
        // Hanging up while the zygote has something to tell ends it as well.
        Err(error) if matches!(error.kind(), BrokenPipe | ConnectionReset) => leave(0),
        Err(error) => {
            eprintln!("hxlab's zygote ended: {error}");
            leave(1)
        }
    }
}

/// Ctrl-C, a terminal that closes and service managers send their signals to the whole group, but only `hxlab` may end
/// Runs then: it first closes their clients' connections, with codes that say to come back.
fn stay_until_hung_up() {
    for signal in [libc::SIGINT, libc::SIGTERM, libc::SIGHUP] {
        // SAFETY: to ignore a signal runs no code.
        unsafe { libc::signal(signal, libc::SIG_IGN) };
    }
}

/// Ends this process at once, without what Rust, C or the engine would do at the end.
fn leave(status: i32) -> ! {
    // SAFETY: `_exit` only ends the process.
    unsafe { libc::_exit(status) }
}

struct Zygote {
    library: Option<Library>,
    jail: Jail,
    children: Children,
}

fn prepare(without: Without, rehearse: bool) -> Result<Zygote, String> {
    prefer_as_victim();
    let children = Children::watch().map_err(|error| format!("no signalfd: {error}"))?;
    trial::require(&Jail::prepare(without.clone())?, &without)?;
    let library = placement::load(rehearse)?;
    // Once more, because now it is known how much the library has mapped.
    let jail = Jail::prepare(without)?;
    memory::fill_holes();
    scripts::listen().map_err(|error| format!("no handler of a signal: {error}"))?;
    Ok(Zygote {
        library: Some(library),
        jail,
        children,
    })
}

/// When memory runs out, the kernel should end Runs, which inherit this, rather than `hxlab`.
fn prefer_as_victim() {
    // Raising one's own score is always allowed; where there is no /proc there is nothing to raise.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
}

impl Zygote {
    fn serve(&mut self, control: BorrowedFd<'_>) -> io::Result<()> {
        control::send(control, &FromZygote::Ready, &[])?;
        loop {
            let ended = self.children.as_fd();
            let mut sources = [
                PollFd::new(&control, PollFlags::IN),
                PollFd::new(&ended, PollFlags::IN),
            ];
            match poll(&mut sources, None) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let ordered = !sources[0].revents().is_empty();
            for Ended { pid, exit, used } in self.children.reap()? {
                control::send(control, &FromZygote::Exited { pid, exit, used }, &[])?;
            }
            if ordered {
                match control::receive(control)? {
                    Some((ToZygote::Fork { ticket, limits }, _)) => {
                        self.order(control, ticket, limits)?;
                    }
                    None => return Ok(()),
                }
            }
        }
    }

    /// Forks a Run and hands it over, or says why not.
    fn order(&mut self, control: BorrowedFd<'_>, ticket: u64, limits: Limits) -> io::Result<()> {
        match self.fork_run(limits) {
            Ok((pid, socket, pidfd)) => {
                let forked = FromZygote::Forked { ticket, pid };
                control::send(control, &forked, &[socket.as_fd(), pidfd.as_fd()])
            }
            Err(error) => {
                let sentence = format!("no process could be started for this Run: {error}");
                control::send(control, &FromZygote::Unforked { ticket, sentence }, &[])
            }
        }
    }

    fn fork_run(&mut self, limits: Limits) -> io::Result<(u32, OwnedFd, OwnedFd)> {
        let (ours, theirs) = socket_pair()?;
        match fork()? {
            Forked::Child => match self.library.take() {
                Some(library) => {
                    self.children.forget();
                    life::live(library, &self.jail, theirs, limits)
                }
                None => leave(life::STATUS_BROKEN),
            },
            Forked::Parent(pid) => {
                let pidfd = pidfd_open(pid, PidfdFlags::empty())?;
                Ok((pid.as_raw_nonzero().get().unsigned_abs(), ours, pidfd))
            }
        }
    }
}
