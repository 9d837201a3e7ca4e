//! The jail: what a forked Run does to itself before any learner's code arrives, so that a process
//! that was taken over by that code still can do nothing but talk on its one socket and use up its
//! own limits.
//!
//! [`Jail::enter`] applies the layers in the order of [`Layer::ALL`], where each still may do what it
//! needs, and looks after each whether it holds: that a call succeeded is not believed. Only the last
//! one, the list of system calls, cannot be asked from inside; [`super::trial()`] tries it once in a
//! process of its own. The learner's files wait in the socket, of which nothing is read before the last
//! layer.

use std::ffi::CStr;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus,
    Scope,
};
use rustix::process::{
    DumpableBehavior, Pid, Resource, Rlimit, Signal, dumpable_behavior, getppid, getrlimit, nice,
    parent_process_death_signal, set_dumpable_behavior, set_parent_process_death_signal, setrlimit,
};
use rustix::thread::{CapabilitySet, CapabilitySets};
use seccompiler::BpfProgram;

use super::seccomp;
use crate::settings::layer::{Layer, Without};

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

/// Whom a Run becomes when the zygote is root: the user that owns nothing, the same everywhere.
const NOBODY: libc::uid_t = 65_534;

/// A layer that could not be applied, or does not hold.
#[derive(Debug, thiserror::Error)]
#[error("{layer}: {cause}")]
pub(crate) struct JailError {
    layer: Layer,
    cause: String,
}

/// What the zygote prepares once for all jails.
pub(super) struct Jail {
    filter: BpfProgram,
    zygote: Pid,
    /// What the zygote has mapped, in bytes.
    mapped: u64,
    /// The layers that a person chose to go without.
    without: Without,
}

impl Jail {
    /// Compiles the list of allowed calls, and looks how much the library took.
    pub(super) fn prepare(without: Without) -> Result<Self, String> {
        Ok(Self {
            filter: seccomp::filter().map_err(|error| error.to_string())?,
            zygote: rustix::process::getpid(),
            mapped: mapped(),
            without,
        })
    }

    /// Locks this process in; `socket` becomes descriptor 0 and the only one. `memory` is
    /// what the learner's objects may use, in bytes; the limit of address space stands behind it.
    pub(super) fn enter(&self, socket: OwnedFd, memory: usize) -> Result<(), JailError> {
        let place = move_to_zero(socket);
        place.map_err(|error| JailError::new(Layer::Descriptors, &error))?;
        for layer in Layer::ALL {
            if !self.without.contains(&layer) {
                let applied = self.apply(layer, memory);
                applied.map_err(|error| JailError::new(layer, &error))?;
            }
        }
        Ok(())
    }

    /// Applies one layer, and sees that it holds.
    pub(super) fn apply(&self, layer: Layer, memory: usize) -> io::Result<()> {
        match layer {
            Layer::Descriptors => keep_zero_only(),
            Layer::Environment => empty_environment(),
            Layer::Capabilities => drop_capabilities(),
            Layer::DeathSignal => self.end_with_the_zygote(),
            Layer::Rlimits => limit_resources(self.mapped.saturating_add(2 * memory as u64 + ROOM)),
            Layer::NotDumpable => {
                set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
                holds(dumpable_behavior()? == DumpableBehavior::NotDumpable)
            }
            Layer::NoNewPrivs => {
                rustix::thread::set_no_new_privs(true)?;
                holds(rustix::thread::no_new_privs()?)
            }
            Layer::Landlock => {
                allow_no_files().map_err(io::Error::other)?;
                holds(!opens(c"/") && !opens(c"/proc/self/exe"))
            }
            Layer::Seccomp => seccompiler::apply_filter(&self.filter).map_err(io::Error::other),
        }
    }

    /// The zygote ends when `hxlab` does, and this process with it, even in an endless loop.
    fn end_with_the_zygote(&self) -> io::Result<()> {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        holds(parent_process_death_signal()? == Some(Signal::KILL))?;
        // The zygote may have ended between the fork and the call above.
        if getppid() == Some(self.zygote) {
            Ok(())
        } else {
            Err(io::Error::other("the zygote has ended"))
        }
    }
}

impl JailError {
    fn new(layer: Layer, cause: &dyn std::fmt::Display) -> Self {
        Self {
            layer,
            cause: cause.to_string(),
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

/// Whether a layer that says it was applied does what it is for.
fn holds(it_does: bool) -> io::Result<()> {
    if it_does {
        Ok(())
    } else {
        Err(io::Error::other("it was applied and has no effect"))
    }
}

/// Makes the socket descriptor 0, where the rest of a Run expects it.
pub(super) fn move_to_zero(socket: OwnedFd) -> io::Result<()> {
    // SAFETY: dup2 works on descriptors only; what 0 was in the zygote, this process never uses.
    if unsafe { libc::dup2(socket.as_raw_fd(), 0) } < 0 {
        return Err(io::Error::last_os_error());
    }
    // Its number is closed with all the others.
    std::mem::forget(socket);
    Ok(())
}

fn keep_zero_only() -> io::Result<()> {
    // SAFETY: close_range works on descriptors only. Those closed here belong to objects of the zygote
    // that this process never touches again.
    if unsafe { libc::syscall(libc::SYS_close_range, 1_u32, u32::MAX, 0_u32) } < 0 {
        return Err(io::Error::last_os_error());
    }
    holds(are_closed(1..1024))
}

/// Asks about several in one call, since one call for each took a twentieth of a Run's start. A machine may allow
/// no more of them in a call than it allows open files.
fn are_closed(descriptors: std::ops::Range<i32>) -> bool {
    const SOME: usize = 64;
    let end = descriptors.end;
    descriptors.step_by(SOME).all(|first| {
        // On the stack, since each Run would keep what is put on the heap here.
        let mut asked = [const { pollfd(-1) }; SOME];
        let descriptors = asked.iter_mut().zip(first..end);
        let count = descriptors.map(|(it, fd)| *it = pollfd(fd)).count();
        // SAFETY: poll writes only to the list given, which is longer than it is told.
        let closed = unsafe { libc::poll(asked.as_mut_ptr(), count as libc::nfds_t, 0) };
        usize::try_from(closed) == Ok(count)
            && asked[..count].iter().all(|it| it.revents == libc::POLLNVAL)
    })
}

const fn pollfd(fd: i32) -> libc::pollfd {
    libc::pollfd {
        fd,
        events: 0,
        revents: 0,
    }
}

fn empty_environment() -> io::Result<()> {
    // SAFETY: this process is a single thread.
    unsafe { libc::clearenv() };
    holds(std::env::vars_os().next().is_none())
}

/// Becomes an ordinary user, where there is one to become (a container may have root's number only),
/// and in any case gives up every capability.
fn drop_capabilities() -> io::Result<()> {
    if rustix::process::geteuid().is_root() {
        // SAFETY: these calls change credentials only; whether they succeeded shows in the capabilities.
        unsafe {
            libc::setgroups(0, std::ptr::null());
            libc::setresgid(NOBODY, NOBODY, NOBODY);
            libc::setresuid(NOBODY, NOBODY, NOBODY);
        }
    }
    let none = CapabilitySets {
        effective: CapabilitySet::empty(),
        permitted: CapabilitySet::empty(),
        inheritable: CapabilitySet::empty(),
    };
    rustix::thread::set_capabilities(None, none)?;
    holds(rustix::thread::capabilities(None)? == none)
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
        // A machine may have a lower one already, which this process cannot raise and need not.
        let before = getrlimit(resource);
        let limit = Rlimit {
            current: lower(limit.current, before.maximum),
            maximum: lower(limit.maximum, before.maximum),
        };
        setrlimit(resource, limit)?;
        holds(getrlimit(resource) == limit)?;
    }
    Ok(())
}

/// The lower of two limits; `None` is no limit.
fn lower(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

/// Landlock with every kind of access handled and none granted: files, and where the kernel knows
/// them also TCP ports, abstract sockets and signals.
fn allow_no_files() -> Result<(), String> {
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
    let status = restrict().map_err(|error: landlock::RulesetError| error.to_string())?;
    match status.ruleset {
        RulesetStatus::NotEnforced => Err("not enforced".to_owned()),
        RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced => Ok(()),
    }
}

/// Whether a path can still be opened; closes it again.
fn opens(path: &CStr) -> bool {
    // SAFETY: the path is a C string; a descriptor that was opened is closed.
    unsafe {
        let opened = libc::open(path.as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        opened >= 0 && libc::close(opened) == 0
    }
}
