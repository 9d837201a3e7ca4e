//! A Run that was taken over: native code in the same jail, which tries what it likes.
//!
//! [`calls`] are attempts to leave the jail, one process each, because each is its last: the kernel
//! kills it at the forbidden call. The same attempts are made outside the jail, where those that an
//! ordinary process may do must get through; otherwise the test would prove nothing. [`frames`] are
//! attempts on the parent, over the one socket that is left.

mod calls;
mod frames;

use std::io;
use std::os::fd::OwnedFd;

use rustix::process::{Pid, WaitOptions, WaitStatus, waitpid};

use super::jail::Jail;
use super::outlet::socket_pair;
use super::reap::{Forked, fork};
use crate::settings::layer::{Layer, Without};

/// What the learner's objects may use in these tests, in bytes.
const MEMORY: usize = 1 << 20;

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AttemptEnd {
    /// It got through.
    Through,
    /// The system said no.
    Refused,
    /// The kernel killed the process for it.
    Killed,
    /// The jail could not be entered, or something else went wrong: the raw status.
    Otherwise(i32),
}

/// Forks a process that enters the jail, or none, and then does `deed`, whose result is its status.
fn fork_into(jail: Option<&Jail>, socket: OwnedFd, deed: impl FnOnce() -> i32) -> Pid {
    match fork().unwrap() {
        Forked::Parent(pid) => pid,
        Forked::Child => {
            let entered = jail.is_none_or(|jail| jail.enter(socket, MEMORY).is_ok());
            super::leave(if entered { deed() } else { 3 })
        }
    }
}

fn wait_for(pid: Pid) -> io::Result<WaitStatus> {
    loop {
        match waitpid(Some(pid), WaitOptions::empty()) {
            Ok(Some((_, status))) => return Ok(status),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn attempt(jail: Option<&Jail>, deed: fn() -> bool) -> AttemptEnd {
    let own = i32::try_from(std::process::id()).unwrap();
    calls::PARENT.store(own, std::sync::atomic::Ordering::Relaxed);
    let (_ours, theirs) = socket_pair().unwrap();
    let status = wait_for(fork_into(jail, theirs, || if deed() { 1 } else { 2 })).unwrap();
    match (status.exit_status(), status.terminating_signal()) {
        (Some(1), _) => AttemptEnd::Through,
        (Some(2), _) => AttemptEnd::Refused,
        (_, Some(libc::SIGSYS)) => AttemptEnd::Killed,
        _ => AttemptEnd::Otherwise(status.as_raw()),
    }
}

#[test]
fn a_hostile_run_cannot_leave_its_jail() {
    let jail = Jail::prepare(Without::new()).unwrap();
    for (what, deed, _) in calls::ATTEMPTS {
        assert_eq!(attempt(Some(&jail), *deed), AttemptEnd::Killed, "{what}");
    }
    let count = calls::ATTEMPTS.len();
    assert!(count >= 40);
    println!("hostile Run: {count} attempts to leave the jail, {count} killed");
}

#[test]
fn the_same_attempts_get_through_outside_the_jail() {
    let mut through = 0;
    for (what, deed, outside) in calls::ATTEMPTS {
        match outside {
            calls::Outside::Works => {
                assert_eq!(attempt(None, *deed), AttemptEnd::Through, "{what}");
                through += 1;
            }
            calls::Outside::Unsure | calls::Outside::NotTried => {}
        }
    }
    assert!(through >= 40, "{through}");
    println!("hostile Run: {through} of the same attempts got through outside the jail");
}

/// Should the list of system calls fail, what is behind it still holds.
#[test]
fn without_seccomp_files_and_other_processes_are_still_out_of_reach() {
    let jail = Jail::prepare(Without::from([Layer::Seccomp])).unwrap();
    for (what, deed) in calls::BEHIND_SECCOMP {
        assert_eq!(attempt(Some(&jail), *deed), AttemptEnd::Refused, "{what}");
        assert_eq!(attempt(None, *deed), AttemptEnd::Through, "{what}, outside");
    }
}

#[test]
fn a_run_can_do_its_work_in_the_jail() {
    let jail = Jail::prepare(Without::new()).unwrap();
    let work = || {
        let texts: Vec<String> = (0..1000).map(|n| "x".repeat(n)).collect();
        let now = std::time::Instant::now();
        std::thread::sleep(std::time::Duration::from_millis(1));
        getrandom::fill(&mut [0; 32]).is_ok()
            && now.elapsed().as_micros() > 0
            && texts.len() == 1000
            && std::env::vars_os().next().is_none()
    };
    assert_eq!(attempt(Some(&jail), work), AttemptEnd::Through);
}

#[test]
fn a_layer_that_a_person_goes_without_is_left_out_and_the_others_hold() {
    let jail = Jail::prepare(Without::from([Layer::Seccomp, Layer::Landlock])).unwrap();
    let opens = || calls::open(c"/proc/self/exe");
    assert_eq!(attempt(Some(&jail), opens), AttemptEnd::Through);
    let forks = || calls::forks();
    let refused = attempt(Some(&jail), forks);
    // The limit of processes binds everyone but root, whom this process no longer is.
    assert_eq!(refused, AttemptEnd::Refused);
}
