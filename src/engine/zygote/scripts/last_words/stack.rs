//! The handler of the signals that a stack sends when it overflows, and a fault of the engine in its memory. It is set
//! once, before the first fork, because a Run may not set handlers; it runs on the stack that Rust set up for signals.
//!
//! Rust's own handler would give the signal its usual effect again, which is a call that the jail forbids; the Run
//! would seem to have tried something. So the process ends by a status of its own ([`CRASHED`]).

use std::io;
use std::mem::MaybeUninit;
use std::ptr;

use super::TOO_DEEP;
use crate::engine::control::CRASHED;

type Handler = extern "C" fn(libc::c_int);

/// Sets the handler.
pub(in crate::engine::zygote) fn listen() -> io::Result<()> {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    let handler: Handler = die;
    for signal in [libc::SIGSEGV, libc::SIGBUS] {
        // SAFETY: all fields of an action may be zero; the handler has the form of one without SA_SIGINFO, and
        // makes only calls that are allowed in a handler.
        unsafe {
            let set = action.assume_init_mut();
            set.sa_sigaction = handler as libc::sighandler_t;
            set.sa_flags = libc::SA_ONSTACK;
            if libc::sigaction(signal, action.as_ptr(), ptr::null_mut()) != 0 {
                return Err(io::Error::last_os_error());
            }
        }
    }
    Ok(())
}

extern "C" fn die(_: libc::c_int) {
    TOO_DEEP.say();
    // SAFETY: it may be called in any state.
    unsafe { libc::_exit(CRASHED) }
}
