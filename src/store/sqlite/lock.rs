//! The lock on a data folder: one hxlab at a time, and a second one learns which has it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::Path;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use crate::store::StoreError;

/// The lock's file in the data folder. It stays; what locks is the kernel, for as long as the process has it open.
const FILE: &str = "hxlab.lock";

/// A data folder that is ours until this is dropped or the process ends.
#[derive(Debug)]
pub(super) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Locks a folder, and writes into the lock who has it.
    pub(super) fn take(folder: &Path) -> Result<Self, StoreError> {
        let fault = |error: std::io::Error| StoreError::folder(folder, &error);
        let path = folder.join(FILE);
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(path).map_err(fault)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => return Err(in_use(folder, &mut file)),
            Err(error) => return Err(fault(error.into())),
        }
        // Who has it is a help for people; the lock holds without.
        let written = file.set_len(0).and_then(|()| file.rewind());
        let _ = written.and_then(|()| write!(file, "{}", std::process::id()));
        Ok(Self { _file: file })
    }
}

fn in_use(folder: &Path, file: &mut File) -> StoreError {
    let mut process = String::new();
    let read = file.take(20).read_to_string(&mut process);
    let known = read.is_ok() && process.chars().all(|c| c.is_ascii_digit()) && !process.is_empty();
    StoreError::InUse {
        folder: folder.to_owned(),
        by: if known {
            format!("process {process}")
        } else {
            "another process".to_owned()
        },
    }
}
