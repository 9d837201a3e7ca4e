//! The jail: what a forked Run does to itself before any learner's code arrives, so that a process
//! that was taken over by that code still can do nothing but talk on its one socket and use up its
//! own limits.
//!
//! [`Jail::enter`] applies the layers in an order where each still may do what it needs: one
//! descriptor, the death signal, resource limits, no new privileges, Landlock with nothing allowed, and a seccomp
//! list of allowed calls. Each layer that this kernel does not have is an error that names it.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsRawFd, OwnedFd};

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus,
    Scope,
};
use rustix::net::{AddressFamily, SocketFlags, SocketType, socketpair};
use rustix::process::{
    DumpableBehavior, Pid, Resource, Rlimit, Signal, WaitOptions, getppid, nice,
    set_dumpable_behavior, set_parent_process_death_signal, setrlimit, waitpid,
};
use seccompiler::BpfProgram;

use super::reap::{Forked, fork};
use super::seccomp;
use crate::engine::limits::Limits;

/// CPU seconds over a Run's whole life; a Run answers in milliseconds, so this ends only one that
/// spins where `hxlab` sees no turn.
const CPU_SECONDS: u64 = 600;

/// Descriptors a Run may have; it has one and may open none, and `poll` wants room for that one.
const DESCRIPTORS: u64 = 8;

/// A Run gives way to `hxlab` itself when the machine is busy.
const NICE: i32 = 5;

/// Address space beside what the zygote has mapped and twice the learner's memory: buffers of
/// messages, texts on their way between Rust and the engine, the allocator's own.
const ROOM: u64 = 128 * 1024 * 1024;

/// What a trial of the jail answers when every layer held.
const ENTERED: &str = "entered";

/// A layer that could not be applied.
#[derive(Debug, thiserror::Error)]
#[error(
    "learners' servers cannot be locked in on this machine: {layer} is not available ({cause}); \
     use Linux 5.13 or newer with Landlock and seccomp switched on"
)]
pub(crate) struct JailError {
    layer: &'static str,
    cause: String,
}

/// What the zygote prepares once for all jails.
pub(super) struct Jail {
    filter: BpfProgram,
    zygote: Pid,
    /// What the zygote has mapped, in bytes.
    mapped: u64,
}

impl Jail {
    /// Compiles the list of allowed calls, and looks how much the library took.
    pub(super) fn prepare() -> Result<Self, JailError> {
        Ok(Self {
            filter: seccomp::filter().map_err(failed("seccomp"))?,
            zygote: rustix::process::getpid(),
            mapped: mapped(),
        })
    }

    /// Locks this process in; `socket` becomes descriptor 0 and the only one. `memory` is
    /// what the learner's objects may use, in bytes; the limit of address space stands behind it.
    pub(super) fn enter(&self, socket: OwnedFd, memory: usize) -> Result<(), JailError> {
        keep_only(socket).map_err(failed("close_range"))?;
        self.end_with_the_zygote()
            .map_err(failed("the death signal"))?;
        let space = self.mapped.saturating_add(2 * memory as u64 + ROOM);
        limit_resources(space).map_err(failed("setrlimit"))?;
        set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(failed("prctl"))?;
        rustix::thread::set_no_new_privs(true).map_err(failed("no_new_privs"))?;
        allow_no_files()?;
        seccompiler::apply_filter(&self.filter).map_err(failed("seccomp"))
    }

    /// The zygote ends when `hxlab` does, and this process with it, even in an endless loop.
    fn end_with_the_zygote(&self) -> io::Result<()> {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        // The zygote may have ended between the fork and the call above.
        if getppid() == Some(self.zygote) {
            Ok(())
        } else {
            Err(io::Error::other("the zygote has ended"))
        }
    }
}

/// What this process has mapped now, in bytes.
fn mapped() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    // Without /proc a generous guess: the memory limit of the engine itself still holds.
    kib.map_or(1 << 30, |kib| kib * 1024)
}

fn failed<E: std::fmt::Display>(layer: &'static str) -> impl FnOnce(E) -> JailError {
    move |error| JailError {
        layer,
        cause: error.to_string(),
    }
}

fn keep_only(socket: OwnedFd) -> io::Result<()> {
    // SAFETY: dup2 and close_range work on descriptors only. Those closed here belong to objects of
    // the zygote that this process never touches again.
    unsafe {
        if libc::dup2(socket.as_raw_fd(), 0) < 0 {
            return Err(io::Error::last_os_error());
        }
        std::mem::forget(socket);
        if libc::syscall(libc::SYS_close_range, 1_u32, u32::MAX, 0_u32) < 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

fn limit_resources(address_space: u64) -> io::Result<()> {
    nice(NICE)?;
    let limits = [
        (Resource::As, address_space),
        (Resource::Core, 0),
        (Resource::Cpu, CPU_SECONDS),
        (Resource::Fsize, 0),
        (Resource::Memlock, 0),
        (Resource::Nofile, DESCRIPTORS),
        (Resource::Nproc, 0),
    ];
    for (resource, most) in limits {
        // At the lower limit of CPU time the signal still says why; at the upper one it is SIGKILL.
        let maximum = if resource == Resource::Cpu {
            most + 1
        } else {
            most
        };
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(maximum),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}

/// Landlock with every kind of access handled and none granted: files, and where the kernel knows
/// them also TCP ports, abstract sockets and signals.
fn allow_no_files() -> Result<(), JailError> {
    let restrict = || {
        let newest = ABI::V6;
        Ruleset::default()
            .set_compatibility(CompatLevel::HardRequirement)
            .handle_access(AccessFs::from_all(ABI::V1))?
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(newest))?
            .handle_access(AccessNet::from_all(newest))?
            .scope(Scope::from_all(newest))?
            .create()?
            .restrict_self()
    };
    let status = restrict().map_err(failed("Landlock"))?;
    match status.ruleset {
        RulesetStatus::NotEnforced => Err(failed("Landlock")("not enforced")),
        RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced => Ok(()),
    }
}

/// Tries the jail in a forked process; the error is the sentence for the person who starts `hxlab`.
pub(super) fn probe(jail: &Jail) -> Result<(), String> {
    let pair = socketpair(
        AddressFamily::UNIX,
        SocketType::STREAM,
        SocketFlags::CLOEXEC,
        None,
    );
    let (ours, theirs) = pair.map_err(|error| error.to_string())?;
    match fork().map_err(|error| error.to_string())? {
        Forked::Child => {
            let entered = jail.enter(theirs, Limits::default().memory);
            let sentence = entered.map_or_else(|error| error.to_string(), |()| ENTERED.into());
            // An answer that cannot be written is no answer, and the parent says so.
            let _ = rustix::io::write(super::outlet::socket(), sentence.as_bytes());
            super::leave(0)
        }
        Forked::Parent(pid) => {
            drop(theirs);
            let mut sentence = String::new();
            let read = File::from(ours).read_to_string(&mut sentence);
            let _ = waitpid(Some(pid), WaitOptions::empty());
            match read {
                Ok(_) if sentence.starts_with(ENTERED) => Ok(()),
                Ok(_) if sentence.is_empty() => {
                    Err(failed("seccomp")("the trial died").to_string())
                }
                Ok(_) => Err(sentence),
                Err(error) => Err(error.to_string()),
            }
        }
    }
}

#[cfg(test)]
#[path = "jail_tests.rs"]
mod tests;
