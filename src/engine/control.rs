//! The wire between `hxlab` and its zygote: one message a packet on a `SOCK_SEQPACKET` pair, with
//! the descriptors of a new Run beside [`FromZygote::Forked`].

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{BorrowedFd, OwnedFd};

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::limits::Limits;

/// The longest packet, in bytes: an order, or a sentence.
const PACKET: usize = 4096;

/// What `hxlab` asks of the zygote.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum ToZygote {
    /// Fork a Run.
    Fork {
        /// Comes back with the answer.
        ticket: u64,
        /// What the Run may use.
        limits: Limits,
    },
}

/// What the zygote tells.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum FromZygote {
    /// The library is loaded and the jail holds.
    Ready,
    /// The zygote cannot work on this machine, and ends.
    Refused {
        /// Why, in one sentence.
        sentence: String,
    },
    /// A Run lives. Two descriptors come along: its socket, and its pidfd.
    Forked {
        /// From the order.
        ticket: u64,
        /// Its process id, good until [`FromZygote::Exited`].
        pid: u32,
    },
    /// No Run could be forked.
    Unforked {
        /// From the order.
        ticket: u64,
        /// Why, in one sentence.
        sentence: String,
    },
    /// A Run's process ended and was reaped.
    Exited {
        /// Which.
        pid: u32,
        /// How.
        exit: Exit,
        /// The processor time that it used in all, in microseconds.
        used: u64,
    },
}

/// The status of a process that the engine's own fault in memory has ended, as shells write it.
pub(super) const CRASHED: i32 = 128 + libc::SIGSEGV;

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Exit {
    /// By itself, with this status.
    Status(i32),
    /// By this signal.
    Signal(i32),
}

/// Sends one packet.
pub(super) fn send<T: Serialize>(
    socket: BorrowedFd<'_>,
    message: &T,
    descriptors: &[BorrowedFd<'_>],
) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut beside = SendAncillaryBuffer::new(&mut space);
    if !descriptors.is_empty() {
        beside.push(SendAncillaryMessage::ScmRights(descriptors));
    }
    sendmsg(
        socket,
        &[IoSlice::new(&bytes)],
        &mut beside,
        SendFlags::NOSIGNAL,
    )?;
    Ok(())
}

/// Receives one packet and what came beside it; `None` when the other side is gone.
pub(super) fn receive<T: DeserializeOwned>(
    socket: BorrowedFd<'_>,
) -> io::Result<Option<(T, Vec<OwnedFd>)>> {
    let mut bytes = [0; PACKET];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut beside = RecvAncillaryBuffer::new(&mut space);
    let received = recvmsg(
        socket,
        &mut [IoSliceMut::new(&mut bytes)],
        &mut beside,
        RecvFlags::CMSG_CLOEXEC,
    )?;
    if received.bytes == 0 {
        return Ok(None);
    }
    let mut descriptors = Vec::new();
    for message in beside.drain() {
        if let RecvAncillaryMessage::ScmRights(rights) = message {
            descriptors.extend(rights);
        }
    }
    let message = postcard::from_bytes(&bytes[..received.bytes]).map_err(io::Error::other)?;
    Ok(Some((message, descriptors)))
}
