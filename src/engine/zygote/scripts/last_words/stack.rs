//! The handler of the signal that a stack sends when it overflows. It is set once, before the first fork, because a
//! Run may not set handlers; it runs on the stack that Rust set up for signals, and leaves every other death to
//! the handler that was there before.

use std::io;
use std::mem::MaybeUninit;
use std::sync::OnceLock;

use super::TOO_DEEP;

static BEFORE: OnceLock<libc::sigaction> = OnceLock::new();

type Handler = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);

/// Sets the handler.
pub(in crate::engine::zygote) fn listen() -> io::Result<()> {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    let mut before = MaybeUninit::<libc::sigaction>::zeroed();
    let handler: Handler = die;
    // SAFETY: all fields of an action may be zero; the handler has the form that SA_SIGINFO asks for and makes
    // only calls that are allowed in a handler.
    unsafe {
        let set = action.assume_init_mut();
        set.sa_sigaction = handler as libc::sighandler_t;
        set.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        if libc::sigaction(libc::SIGSEGV, action.as_ptr(), before.as_mut_ptr()) != 0 {
            return Err(io::Error::last_os_error());
        }
        // The zygote listens once.
        let _ = BEFORE.set(before.assume_init());
    }
    Ok(())
}

extern "C" fn die(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    TOO_DEEP.say();
    let before = BEFORE.get();
    let given = before.filter(|it| it.sa_flags & libc::SA_SIGINFO != 0);
    // SAFETY: what was set with this flag is a handler of this form; without one, the signal comes again and has
    // its usual effect.
    unsafe {
        if let Some(before) = given {
            std::mem::transmute::<libc::sighandler_t, Handler>(before.sa_sigaction)(
                signal, info, context,
            );
        } else {
            libc::signal(signal, libc::SIG_DFL);
        }
    }
}
