use std::ffi::CStr;
use std::io;

use super::*;

type Trial = (&'static str, fn() -> bool);

/// What an evil Run tries; each gives whether it got through.
const TRIALS: &[Trial] = &[
    ("open a file", || {
        call(|| unsafe { libc::open(path(), libc::O_RDONLY) }.into())
    }),
    ("make a socket", || {
        call(|| unsafe { libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0) }.into())
    }),
    ("fork", || call(|| unsafe { libc::fork() }.into())),
    ("run a program", || {
        let args = [path(), std::ptr::null()];
        call(|| unsafe { libc::execv(path(), args.as_ptr()) }.into())
    }),
    ("kill its parent", || {
        call(|| unsafe { libc::kill(libc::getppid(), 0) }.into())
    }),
    ("watch another process", || {
        call(|| unsafe { libc::ptrace(libc::PTRACE_ATTACH, 1, 0, 0) })
    }),
    ("map memory that can be executed", || {
        let (rwx, private) = (
            libc::PROT_READ | libc::PROT_EXEC,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
        );
        let at = unsafe { libc::mmap(std::ptr::null_mut(), 4096, rwx, private, -1, 0) };
        at != libc::MAP_FAILED
    }),
    ("make memory executable", || {
        let (rw, private) = (
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
        );
        let at = unsafe { libc::mmap(std::ptr::null_mut(), 4096, rw, private, -1, 0) };
        call(|| unsafe { libc::mprotect(at, 4096, libc::PROT_READ | libc::PROT_EXEC) }.into())
    }),
    ("take more rights", || {
        call(|| unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 1) }.into())
    }),
    ("receive descriptors", || {
        let mut head: libc::msghdr = unsafe { std::mem::zeroed() };
        let received = unsafe { libc::recvmsg(0, &raw mut head, libc::MSG_DONTWAIT) };
        call(|| received as i64)
    }),
    ("use io_uring", || {
        call(|| unsafe { libc::syscall(libc::SYS_io_uring_setup, 1, 0) })
    }),
];

fn path() -> *const libc::c_char {
    const PATH: &CStr = c"/proc/self/exe";
    PATH.as_ptr()
}

fn call(result: impl FnOnce() -> i64) -> bool {
    result() >= 0
}

/// Enters the jail in a forked process, tries something, and gives how that process ended.
fn try_in_jail(trial: fn() -> bool) -> io::Result<rustix::process::WaitStatus> {
    let (_ours, theirs) = socketpair(
        AddressFamily::UNIX,
        SocketType::STREAM,
        SocketFlags::CLOEXEC,
        None,
    )?;
    let jail = Jail::prepare().map_err(io::Error::other)?;
    match fork()? {
        Forked::Child => {
            let status = match jail.enter(theirs, 1 << 20) {
                Ok(()) if trial() => 1,
                Ok(()) => 2,
                Err(_) => 3,
            };
            crate::engine::zygote::leave(status)
        }
        Forked::Parent(pid) => {
            let ended = waitpid(Some(pid), WaitOptions::empty())?;
            ended
                .map(|(_, status)| status)
                .ok_or_else(|| io::Error::other("it did not end"))
        }
    }
}

#[test]
fn the_jail_kills_whoever_tries_to_leave_it() {
    for (what, trial) in TRIALS {
        let status = try_in_jail(*trial).unwrap();
        assert_eq!(
            status.terminating_signal(),
            Some(libc::SIGSYS),
            "{what}: {status:?}"
        );
    }
}

#[test]
fn a_run_can_do_its_work_in_the_jail() {
    let work = || {
        let texts: Vec<String> = (0..1000).map(|n| "x".repeat(n)).collect();
        let now = std::time::Instant::now();
        std::thread::sleep(std::time::Duration::from_millis(1));
        getrandom::fill(&mut [0; 32]).is_ok()
            && now.elapsed().as_micros() > 0
            && texts.len() == 1000
    };
    assert_eq!(try_in_jail(work).unwrap().exit_status(), Some(1));
}

#[test]
fn without_seccomp_files_are_still_out_of_reach() {
    let pid = fork().unwrap();
    match pid {
        Forked::Child => {
            let entered =
                rustix::thread::set_no_new_privs(true).is_ok() && allow_no_files().is_ok();
            // SAFETY: the path is a C string.
            let opened = unsafe { libc::open(path(), libc::O_RDONLY) };
            crate::engine::zygote::leave(i32::from(!entered || opened >= 0))
        }
        Forked::Parent(pid) => {
            let (_, status) = waitpid(Some(pid), WaitOptions::empty()).unwrap().unwrap();
            assert_eq!(status.exit_status(), Some(0));
        }
    }
}
