//! The file of the block list: its lines, and whether somebody has edited it.
//!
//! It is written anew in another file and put in the old one's place, so that it is never half written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::{Blocked, Everybody, is_whole};

/// The list's file in the data folder.
const FILE: &str = "blocked";
const HEAD: &str = "# Who is blocked, one a line: sandbox ID, address IP, or stopped ID (a server that only its learner's Run starts);
# then the time in seconds since 1970, which may be left out. hxlab reads what you change here within seconds;
# a stopped line that you delete counts from its next start. When it writes the list, notes like this one are lost.
";

/// The letters of a sandbox's id, which 128 random bits take.
const ID_LENGTH: usize = 26;

/// Who is on the list, with seconds since 1970.
pub(super) type Entries = BTreeMap<Blocked, u64>;

/// The list cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoBlocks {
    #[error("cannot read who is blocked from {path}: {reason}")]
    Unreadable {
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    #[error(
        "{path}:{line}: “{text}” names nobody who is blocked; write sandbox ID, address IP or stopped ID, with the whole id, or \
         delete the line"
    )]
    Line {
        path: PathBuf,
        /// From 1.
        line: usize,
        text: String,
    },
    #[error(
        "{path}:{line}: “{text}” shuts everybody out: {brings} is in it, and everybody may come from there; delete the line, \
         and see --trusted-proxy"
    )]
    Everybody {
        path: PathBuf,
        /// From 1.
        line: usize,
        text: String,
        /// What is there, in words.
        brings: &'static str,
    },
    #[error("cannot write who is blocked to {path}: {reason}")]
    Unwritable {
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
}

/// The file, and how it was when it was read or written last.
#[derive(Debug)]
pub(super) struct ListFile {
    path: PathBuf,
    everybody: Everybody,
    last: Option<Stamp>,
}

/// What changes with an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    length: u64,
    /// Seconds and nanoseconds.
    written: (i64, i64),
}

impl NoBlocks {
    /// Whether what was read before holds until somebody mends the file.
    #[must_use]
    pub(crate) fn is_in_file(&self) -> bool {
        !matches!(self, Self::Unwritable { .. })
    }
}

impl ListFile {
    /// That of a data folder, and what it holds; nobody where there is none.
    pub(super) fn open(folder: &Path, everybody: Everybody) -> Result<(Self, Entries), NoBlocks> {
        let mut file = Self {
            path: folder.join(FILE),
            everybody,
            last: None,
        };
        let entries = file.read()?;
        Ok((file, entries))
    }

    /// What it holds, where it is not as it was left. A faulty one is read again each time.
    pub(super) fn edited(&mut self) -> Result<Option<Entries>, NoBlocks> {
        if self.stamp() == self.last {
            return Ok(None);
        }
        self.read().map(Some)
    }

    fn read(&mut self) -> Result<Entries, NoBlocks> {
        // Before it is read: what is edited meanwhile is read the next time.
        let stamp = self.stamp();
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(NoBlocks::Unreadable {
                    path: self.path.clone(),
                    reason: error.to_string(),
                });
            }
        };
        let mut entries = Entries::new();
        for (number, line) in (1..).zip(text.lines()) {
            let is_note = line.trim_start().starts_with('#');
            if line.trim().is_empty() || is_note {
                continue;
            }
            let (blocked, since) = self.entry(number, line)?;
            entries.insert(blocked, since);
        }
        self.last = stamp;
        Ok(entries)
    }

    fn entry(&self, number: usize, line: &str) -> Result<(Blocked, u64), NoBlocks> {
        let (path, text) = (self.path.clone(), line.to_owned());
        let Some((blocked, since)) = read_line(line) else {
            return Err(NoBlocks::Line {
                path,
                line: number,
                text,
            });
        };
        if let Blocked::Address(address) = blocked
            && let Some(brings) = self.everybody.at(address)
        {
            return Err(NoBlocks::Everybody {
                path,
                line: number,
                text,
                brings,
            });
        }
        Ok((blocked, since))
    }

    pub(super) fn write(&mut self, entries: &Entries) -> Result<(), NoBlocks> {
        self.replace(entries)
            .map_err(|error| NoBlocks::Unwritable {
                path: self.path.clone(),
                reason: error.to_string(),
            })?;
        self.last = self.stamp();
        Ok(())
    }

    fn replace(&self, entries: &Entries) -> io::Result<()> {
        let new = self.path.with_extension("new");
        let mut options = File::options();
        let options = options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = options.open(&new)?;
        let lines = entries
            .iter()
            .map(|(it, at)| format!("{} {at}\n", it.words()));
        file.write_all((HEAD.to_owned() + &lines.collect::<String>()).as_bytes())?;
        file.sync_all()?;
        fs::rename(new, &self.path)
    }

    fn stamp(&self) -> Option<Stamp> {
        let file = fs::metadata(&self.path).ok()?;
        Some(Stamp {
            inode: file.ino(),
            length: file.len(),
            written: (file.mtime(), file.mtime_nsec()),
        })
    }
}

/// A line of the list, with seconds since 1970.
fn read_line(line: &str) -> Option<(Blocked, u64)> {
    let mut words = line.split_whitespace();
    let (kind, name) = (words.next()?, words.next()?);
    let since = words.next().map_or(Some(0), |it| it.parse().ok())?;
    if words.next().is_some() {
        return None;
    }
    let id = |name: &str| is_id(name).then(|| name.to_owned());
    let blocked = match kind {
        "sandbox" => Blocked::Sandbox(id(name)?),
        "snapshot" => Blocked::Snapshot(id(name)?),
        "stopped" => Blocked::Stopped(id(name)?),
        "address" => Blocked::address(read_address(name)?),
        _ => return None,
    };
    Some((blocked, since))
}

/// An address, alone or with the bits that are blocked of it.
fn read_address(name: &str) -> Option<IpAddr> {
    let (address, bits) = match name.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (name, None),
    };
    let address = address.parse().ok()?;
    bits.is_none_or(|bits| is_whole(address, bits))
        .then_some(address)
}

/// Whether it may be the whole id of a sandbox or a snapshot; what is shorter would block nobody.
fn is_id(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    name.len() == ID_LENGTH && name.bytes().all(is_letter)
}
