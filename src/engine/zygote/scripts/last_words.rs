//! What a Run says when it dies of its own stack: a frame that was made ready before, written by the handler of
//! the signal. For work in Rust that goes as deep as a learner's file is nested.
//!
//! [`listen`] is called once, before the first fork, because a Run may not set handlers. The handler runs on the
//! stack that Rust set up for signals, does nothing but `write` and `_exit`, and leaves every other death to the
//! handler that was there before.

use std::mem::MaybeUninit;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use crate::engine::codec;
use crate::engine::message::FromRun;

static WORDS: AtomicPtr<u8> = AtomicPtr::new(ptr::null_mut());
static LENGTH: AtomicUsize = AtomicUsize::new(0);
static BEFORE: OnceLock<libc::sigaction> = OnceLock::new();

/// Sets the handler.
pub(in crate::engine::zygote) fn listen() -> std::io::Result<()> {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    let mut before = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: all fields of an action may be zero; the handler has the form that SA_SIGINFO asks for and makes
    // only calls that are allowed in a handler.
    unsafe {
        let set = action.assume_init_mut();
        set.sa_sigaction = die as *const () as libc::sighandler_t;
        set.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        if libc::sigaction(libc::SIGSEGV, action.as_ptr(), before.as_mut_ptr()) != 0 {
            return Err(std::io::Error::last_os_error());
        }
        // The zygote listens once; should it do so again, the first handler of all stays the one before.
        let _ = BEFORE.set(before.assume_init());
    }
    Ok(())
}

/// Does work that may die; then these are the last words.
pub(super) fn with<T>(words: &FromRun, work: impl FnOnce() -> T) -> T {
    let mut frame = Vec::new();
    // Without words it dies all the same, and `hxlab` says so in its own.
    let _ = codec::append(words, &mut frame);
    LENGTH.store(frame.len(), Ordering::SeqCst);
    WORDS.store(frame.as_mut_ptr(), Ordering::SeqCst);
    let done = work();
    WORDS.store(ptr::null_mut(), Ordering::SeqCst);
    done
}

extern "C" fn die(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let words = WORDS.load(Ordering::SeqCst);
    if !words.is_null() {
        // SAFETY: the frame lives as long as it is named; both calls are allowed in a handler.
        unsafe {
            libc::write(0, words.cast(), LENGTH.load(Ordering::SeqCst));
            libc::_exit(0);
        }
    }
    let Some(before) = BEFORE.get() else {
        // SAFETY: as above.
        unsafe { libc::_exit(super::super::life::STATUS_BROKEN) }
    };
    // SAFETY: what was set before is a handler of the form that its flags name, or one of the two constants.
    unsafe {
        match before.sa_sigaction {
            libc::SIG_DFL | libc::SIG_IGN => {
                libc::signal(signal, libc::SIG_DFL);
            }
            handler if before.sa_flags & libc::SA_SIGINFO != 0 => {
                let handler: extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void) =
                    std::mem::transmute(handler);
                handler(signal, info, context);
            }
            handler => {
                let handler: extern "C" fn(libc::c_int) = std::mem::transmute(handler);
                handler(signal);
            }
        }
    }
}
