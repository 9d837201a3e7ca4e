//! A connection for tests, which takes as much as they let it.

use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::outbox::TryWrite;

/// Takes so many bytes and keeps them.
#[derive(Default)]
pub(crate) struct Narrow {
    pub(crate) room: AtomicUsize,
    pub(crate) calls: AtomicUsize,
    taken: Mutex<Vec<u8>>,
}

impl Narrow {
    pub(crate) fn with_room(room: usize) -> Arc<Self> {
        Arc::new(Self {
            room: AtomicUsize::new(room),
            ..Self::default()
        })
    }

    pub(crate) fn taken(&self) -> Vec<u8> {
        self.taken.lock().unwrap().clone()
    }
}

impl TryWrite for Narrow {
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let room = self.room.load(Ordering::Relaxed);
        if room == 0 {
            return Err(ErrorKind::WouldBlock.into());
        }
        let count = bytes.len().min(room);
        self.room.fetch_sub(count, Ordering::Relaxed);
        self.taken.lock().unwrap().extend(&bytes[..count]);
        Ok(count)
    }
}
