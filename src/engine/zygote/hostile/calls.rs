//! System calls that a Run has no business with. Each attempt gives whether it got through.

#![allow(
    clippy::pedantic,
    reason = "the arguments of system calls are bare words, whatever they were"
)]

use std::ffi::CStr;
use std::ptr::{null, null_mut};

use libc::{c_long, c_void};

/// What happens to an attempt outside the jail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outside {
    /// Any process may do it.
    Works,
    /// It depends on the user, the kernel or the container.
    Unsure,
    /// It would disturb the test itself.
    NotTried,
}

use Outside::{NotTried, Unsure, Works};

type ForbiddenCall = fn() -> bool;
type ForbiddenAttempt = (&'static str, ForbiddenCall, Outside);

/// A call by its number. What is not given is 0.
macro_rules! call {
    ($number:ident $(, $argument:expr)* $(,)?) => {{
        // SAFETY: pointers among the arguments are null, or lead to what lives as long as the call.
        let done: c_long = unsafe { libc::syscall(libc::$number, $($argument as c_long,)* 0 as c_long, 0 as c_long) };
        done >= 0
    }};
}

const ROOT: &CStr = c"/";
const EXE: &CStr = c"/proc/self/exe";
/// Where an attempt may write outside the jail; it cleans up after itself.
const SCRATCH: &CStr = c"/tmp/hxlab-hostile-run";

static ALLOW: u32 = libc::SECCOMP_RET_ALLOW;

/// The test's own process: known before the fork, so that an attempt on it is not stopped at the question.
pub(super) static PARENT: std::sync::atomic::AtomicI32 = std::sync::atomic::AtomicI32::new(0);

pub(super) fn open(path: &CStr) -> bool {
    call!(SYS_openat, libc::AT_FDCWD, path.as_ptr(), libc::O_RDONLY)
}

pub(super) fn forks() -> bool {
    // SAFETY: the child does nothing but end.
    match unsafe { libc::fork() } {
        0 => crate::engine::zygote::leave(0),
        pid => pid > 0,
    }
}

/// Its parent, as the C library would ask for it. In the jail that alone is the end.
fn parent() -> i32 {
    PARENT.load(std::sync::atomic::Ordering::Relaxed)
}

fn socket(family: i32, kind: i32) -> bool {
    call!(SYS_socket, family, kind, 0)
}

fn map(protection: i32) -> *mut c_void {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
    // SAFETY: a new anonymous mapping, which nothing else uses.
    unsafe { libc::mmap(null_mut(), 4096, protection, flags, -1, 0) }
}

fn connect(port: u16) -> bool {
    // SAFETY: the address lives as long as the calls; `socket` may be -1, which is refused.
    unsafe {
        let socket = libc::socket(libc::AF_INET, libc::SOCK_DGRAM, 0);
        let mut address: libc::sockaddr_in = std::mem::zeroed();
        address.sin_family = libc::AF_INET as libc::sa_family_t;
        address.sin_port = port.to_be();
        address.sin_addr.s_addr = u32::from_ne_bytes([127, 0, 0, 1]);
        let length = size_of::<libc::sockaddr_in>();
        libc::connect(socket, (&raw const address).cast(), length as u32) == 0
    }
}

/// One that needs a file of its own: made, used, removed.
fn with_scratch(deed: impl FnOnce() -> bool) -> bool {
    // SAFETY: the path is a C string.
    unsafe {
        let made = libc::open(SCRATCH.as_ptr(), libc::O_CREAT | libc::O_WRONLY, 0o600);
        let done = made >= 0 && deed();
        libc::unlink(SCRATCH.as_ptr());
        done
    }
}

/// The old gate of 32-bit programs.
#[cfg(target_arch = "x86_64")]
fn old_gate() -> bool {
    let done: i64;
    // SAFETY: number 20 is getpid there; it changes nothing but the result.
    unsafe { std::arch::asm!("int 0x80", inlateout("rax") 20_i64 => done) };
    done > 0
}

#[cfg(not(target_arch = "x86_64"))]
fn old_gate() -> bool {
    call!(SYS_getpid)
}

/// Whether it works outside, what it is, and the deed.
macro_rules! attempts {
    ($($(#[$when:meta])? $outside:ident $what:literal => $deed:expr;)*) => {
        &[$($(#[$when])? ($what, || $deed, $outside),)*]
    };
}

pub(super) const ATTEMPTS: &[ForbiddenAttempt] = attempts! {
    // Files.
    Works "open a file" => open(EXE);
    Works "open a folder" => open(ROOT);
    Works "open its own memory" => open(c"/proc/self/mem");
    Unsure "open what others hold" => open(c"/proc/1/status");
    Works "open by openat2" => { let how = [0_u64; 3]; call!(SYS_openat2, libc::AT_FDCWD, EXE.as_ptr(), how.as_ptr(), 24) };
    Works "make a file" => with_scratch(|| true);
    Works "remove a file" => with_scratch(|| call!(SYS_unlinkat, libc::AT_FDCWD, SCRATCH.as_ptr()));
    Unsure "make a folder" => call!(SYS_mkdirat, libc::AT_FDCWD, ROOT.as_ptr(), 0o700);
    Unsure "make a link" => call!(SYS_symlinkat, EXE.as_ptr(), libc::AT_FDCWD, ROOT.as_ptr());
    Unsure "rename" => { call!(SYS_renameat2, libc::AT_FDCWD, ROOT.as_ptr(), libc::AT_FDCWD, ROOT.as_ptr()) };
    Works "change a mode" => with_scratch(|| call!(SYS_fchmodat, libc::AT_FDCWD, SCRATCH.as_ptr(), 0o644));
    Unsure "change an owner" => call!(SYS_fchownat, libc::AT_FDCWD, ROOT.as_ptr(), -1, -1);
    Works "cut a file" => with_scratch(|| call!(SYS_truncate, SCRATCH.as_ptr(), 0));
    Works "read a link" => { let mut at = [0_u8; 64]; call!(SYS_readlinkat, libc::AT_FDCWD, EXE.as_ptr(), at.as_mut_ptr(), 64) };
    Works "look at a file" => { let mut at = [0_u8; 512]; call!(SYS_statx, libc::AT_FDCWD, ROOT.as_ptr(), 0, 0, at.as_mut_ptr()) };
    Works "ask where it is" => { let mut at = [0_u8; 4096]; call!(SYS_getcwd, at.as_mut_ptr(), 4096) };
    Works "change the folder" => call!(SYS_chdir, ROOT.as_ptr());
    Unsure "change the root" => call!(SYS_chroot, ROOT.as_ptr());
    Works "watch files" => call!(SYS_inotify_init1, 0);
    Unsure "watch all files" => call!(SYS_fanotify_init, 0, 0);
    Unsure "open by a handle" => call!(SYS_open_by_handle_at, libc::AT_FDCWD, 0, 0);
    // The network, and other ways to talk.
    Works "a TCP socket" => socket(libc::AF_INET, libc::SOCK_STREAM);
    Works "a UDP socket" => socket(libc::AF_INET, libc::SOCK_DGRAM);
    Works "a local socket" => socket(libc::AF_UNIX, libc::SOCK_STREAM);
    Unsure "a netlink socket" => socket(libc::AF_NETLINK, libc::SOCK_RAW);
    Unsure "a raw socket" => socket(libc::AF_INET, libc::SOCK_RAW);
    Works "a pair of sockets" => { let mut two = [0_i32; 2]; call!(SYS_socketpair, libc::AF_UNIX, libc::SOCK_STREAM, 0, two.as_mut_ptr()) };
    Works "connect" => connect(9);
    Unsure "bind its own socket" => call!(SYS_bind, 0, 0, 0);
    Unsure "listen" => call!(SYS_listen, 0, 1);
    Unsure "accept" => call!(SYS_accept4, 0, 0, 0, 0);
    Unsure "send descriptors" => {
        // SAFETY: an empty message.
        let head: libc::msghdr = unsafe { std::mem::zeroed() }; call!(SYS_sendmsg, 0, &raw const head, libc::MSG_DONTWAIT) };
    Unsure "receive descriptors" => {
        // SAFETY: as above.
        let mut head: libc::msghdr = unsafe { std::mem::zeroed() }; call!(SYS_recvmsg, 0, &raw mut head, libc::MSG_DONTWAIT) };
    Unsure "change its socket" => call!(SYS_setsockopt, 0, libc::SOL_SOCKET, libc::SO_SNDBUF, 0, 0);
    Unsure "control its socket" => call!(SYS_ioctl, 0, libc::FIONBIO, 0);
    Works "copy its socket" => call!(SYS_dup, 0);
    Unsure "set its socket's flags" => call!(SYS_fcntl, 0, libc::F_SETFL, 0);
    Works "a pipe" => { let mut two = [0_i32; 2]; call!(SYS_pipe2, two.as_mut_ptr(), 0) };
    NotTried "shared memory" => call!(SYS_shmget, libc::IPC_PRIVATE, 4096, 0o600 | libc::IPC_CREAT);
    NotTried "a message queue" => call!(SYS_msgget, libc::IPC_PRIVATE, 0o600 | libc::IPC_CREAT);
    NotTried "a semaphore" => call!(SYS_semget, libc::IPC_PRIVATE, 1, 0o600 | libc::IPC_CREAT);
    // Processes.
    Works "fork" => forks();
    #[cfg(target_arch = "x86_64")]
    NotTried "vfork" => call!(SYS_vfork);
    NotTried "clone" => { call!(SYS_clone, libc::CLONE_THREAD | libc::CLONE_VM | libc::CLONE_SIGHAND) };
    NotTried "clone3" => call!(SYS_clone3, 0, 0);
    NotTried "run a program" => { let args = [EXE.as_ptr(), null()]; call!(SYS_execve, EXE.as_ptr(), args.as_ptr(), 0) };
    NotTried "run a program by a descriptor" => call!(SYS_execveat, 0, c"".as_ptr(), 0, 0, libc::AT_EMPTY_PATH);
    Works "signal its parent" => call!(SYS_kill, parent(), 0);
    Unsure "signal everybody" => call!(SYS_kill, -1, 0);
    Unsure "signal a thread" => call!(SYS_tgkill, 1, 1, 0);
    Works "a handle of its parent" => call!(SYS_pidfd_open, parent(), 0);
    Unsure "take a descriptor of another" => call!(SYS_pidfd_getfd, 0, 0, 0);
    NotTried "trace its parent" => call!(SYS_ptrace, libc::PTRACE_ATTACH, parent(), 0, 0);
    Unsure "read its parent's memory" => call!(SYS_process_vm_readv, parent(), 0, 0, 0, 0, 0);
    Unsure "write its parent's memory" => call!(SYS_process_vm_writev, parent(), 0, 0, 0, 0, 0);
    Works "ask for its parent" => call!(SYS_getppid);
    Works "change how it is scheduled" => call!(SYS_setpriority, 0, 0, 19);
    Unsure "choose its processor" => call!(SYS_sched_setaffinity, 0, 0, 0);
    Works "handle a signal" => call!(SYS_rt_sigaction, libc::SIGXCPU, 0, 0, 8);
    // Rights.
    Unsure "change its user" => call!(SYS_setuid, 0);
    Unsure "change its group" => call!(SYS_setgid, 0);
    Unsure "change its groups" => call!(SYS_setgroups, 0, 0);
    Unsure "take capabilities" => call!(SYS_capset, 0, 0);
    Works "be dumpable again" => call!(SYS_prctl, libc::PR_SET_DUMPABLE, 1, 0, 0, 0);
    Works "outlive its parent" => call!(SYS_prctl, libc::PR_SET_PDEATHSIG, 0, 0, 0, 0);
    Unsure "raise its limits" => { let limit = [u64::MAX; 2]; call!(SYS_prlimit64, 0, libc::RLIMIT_CORE, limit.as_ptr(), 0) };
    Works "ask for its limits" => { let mut limit = [0_u64; 2]; call!(SYS_prlimit64, 0, libc::RLIMIT_CORE, 0, limit.as_mut_ptr()) };
    Works "another list of system calls" => { call!(SYS_seccomp, libc::SECCOMP_GET_ACTION_AVAIL, 0, &raw const ALLOW) };
    Unsure "another Landlock" => call!(SYS_landlock_create_ruleset, 0, 0, 1);
    Unsure "a name space of its own" => call!(SYS_unshare, libc::CLONE_NEWUSER);
    Unsure "a name space of another" => call!(SYS_setns, 0, 0);
    NotTried "mount" => call!(SYS_mount, ROOT.as_ptr(), ROOT.as_ptr(), 0, libc::MS_BIND, 0);
    Unsure "unmount" => call!(SYS_umount2, c"/nowhere".as_ptr(), 0);
    Unsure "change the root mount" => call!(SYS_pivot_root, c"/nowhere".as_ptr(), c"/nowhere".as_ptr());
    Unsure "open a mount tree" => call!(SYS_open_tree, libc::AT_FDCWD, ROOT.as_ptr(), 0);
    // The kernel's larger machines.
    Unsure "io_uring" => call!(SYS_io_uring_setup, 1, 0);
    Unsure "bpf" => call!(SYS_bpf, 0, 0, 0);
    Unsure "perf" => call!(SYS_perf_event_open, 0, 0, -1, -1, 0);
    Unsure "userfaultfd" => call!(SYS_userfaultfd, libc::O_CLOEXEC);
    Works "a file in memory" => call!(SYS_memfd_create, c"x".as_ptr(), 0);
    Unsure "secret memory" => call!(SYS_memfd_secret, 0);
    Works "an event counter" => call!(SYS_eventfd2, 0, 0);
    Works "a timer" => call!(SYS_timerfd_create, libc::CLOCK_MONOTONIC, 0);
    Works "an interval timer" => { let mut timer = 0_i32; call!(SYS_timer_create, libc::CLOCK_MONOTONIC, 0, &raw mut timer) };
    Works "epoll" => call!(SYS_epoll_create1, 0);
    Unsure "add a key" => { call!(SYS_add_key, c"user".as_ptr(), c"x".as_ptr(), c"x".as_ptr(), 1, -1) };
    Unsure "read keys" => call!(SYS_keyctl, 0, -3, 0);
    // Memory that runs.
    Works "map memory that can be executed" => map(libc::PROT_READ | libc::PROT_EXEC) != libc::MAP_FAILED;
    Works "map memory that can be written and executed" => map(libc::PROT_WRITE | libc::PROT_EXEC) != libc::MAP_FAILED;
    Works "make memory executable" => { let at = map(libc::PROT_READ | libc::PROT_WRITE); call!(SYS_mprotect, at, 4096, libc::PROT_READ | libc::PROT_EXEC) };
    Unsure "make memory executable by a key" => { let at = map(libc::PROT_READ | libc::PROT_WRITE); call!(SYS_pkey_mprotect, at, 4096, libc::PROT_READ | libc::PROT_EXEC, -1) };
    Works "have all that is readable be executable" => call!(SYS_personality, 0xffff_ffff_u32);
    NotTried "keep memory from being swapped" => call!(SYS_mlockall, libc::MCL_FUTURE);
    // The machine.
    NotTried "the host's name" => call!(SYS_sethostname, 0, 0);
    Unsure "the machine's clock" => call!(SYS_clock_settime, libc::CLOCK_REALTIME, 0);
    Unsure "the kernel's log" => call!(SYS_syslog, 10, 0, 0);
    Unsure "a kernel module" => call!(SYS_finit_module, -1, c"".as_ptr(), 0);
    NotTried "another kernel" => call!(SYS_kexec_load, 0, 0, 0, 0);
    Unsure "reboot" => call!(SYS_reboot, 0, 0, 0, 0);
    Works "what machine this is" => { let mut at = [0_u8; 512]; call!(SYS_uname, at.as_mut_ptr()) };
    Works "how busy it is" => { let mut at = [0_u8; 512]; call!(SYS_sysinfo, at.as_mut_ptr()) };
    Works "what it has used" => { let mut at = [0_u8; 512]; call!(SYS_getrusage, 0, at.as_mut_ptr()) };
    // Around the list of system calls.
    Unsure "the gate of 32-bit programs" => old_gate();
    Unsure "a number of the other table" => {
        // SAFETY: a number that is either another table's getpid or none.
        unsafe { libc::syscall(0x4000_0000 | libc::SYS_getpid) > 0 } };
    Unsure "a number that is none" => {
        // SAFETY: there is no such call.
        unsafe { libc::syscall(100_000) >= 0 } };
};

/// What other layers must refuse when the list of system calls is not there.
pub(super) const BEHIND_SECCOMP: &[(&str, ForbiddenCall)] = &[
    ("open a file", || open(EXE)),
    ("open a folder", || open(ROOT)),
    ("make a file", || with_scratch(|| true)),
    ("fork", forks),
    ("signal its parent", || call!(SYS_kill, parent(), 0)),
];
