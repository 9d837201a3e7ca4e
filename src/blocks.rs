//! Who is blocked: sandboxes and addresses that whoever runs the site has shut out, until they are let in again.
//!
//! The list is a file of lines in the data folder, so that it outlives the program and can be read without it. It is
//! written anew in another file and put in the old one's place, so that it is never half written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::RwLock;

use crate::budget::network;

/// The list's file in the data folder.
const FILE: &str = "blocked";
const HEAD: &str =
    "# Who is blocked, and since when in seconds since 1970. hxlab unblock takes one out.\n";

/// Whom a line names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Blocked {
    /// A sandbox, by its id.
    Sandbox(String),
    /// An address, or an IPv6 network of 64 bits.
    Address(IpAddr),
}

/// The block list of one program; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks(Arc<List>);

#[derive(Debug, Default)]
struct List {
    /// Whether it has an address; most lists have none, and each request asks.
    has_addresses: AtomicBool,
    /// With seconds since 1970.
    since: RwLock<BTreeMap<Blocked, u64>>,
    /// Where it is kept; none for what has no data folder.
    file: Option<PathBuf>,
}

/// The list cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoBlocks {
    #[error("cannot read who is blocked from {path}: {error}")]
    Unreadable { path: PathBuf, error: io::Error },
    #[error(
        "{path}:{line}: “{text}” names nobody who is blocked; write sandbox ID or address IP, or delete the line"
    )]
    Line {
        path: PathBuf,
        /// From 1.
        line: usize,
        text: String,
    },
}

impl Blocked {
    /// An address as it is blocked.
    #[must_use]
    pub(crate) fn address(address: IpAddr) -> Self {
        Self::Address(network(address))
    }

    /// The kind and the name, as a line has them and people read them.
    #[must_use]
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Sandbox(id) => format!("sandbox {id}"),
            Self::Address(address @ IpAddr::V4(_)) => format!("address {address}"),
            Self::Address(network @ IpAddr::V6(_)) => format!("address {network}/64"),
        }
    }

    /// A line of the list, with seconds since 1970.
    fn read(line: &str) -> Option<(Self, u64)> {
        let mut words = line.split_whitespace();
        let (kind, name) = (words.next()?, words.next()?);
        let since = words.next().map_or(Some(0), |it| it.parse().ok())?;
        let blocked = match kind {
            "sandbox" => Self::Sandbox(name.to_owned()),
            "address" => Self::address(name.trim_end_matches("/64").parse().ok()?),
            _ => return None,
        };
        Some((blocked, since))
    }
}

impl Blocks {
    /// The list that is kept in a data folder; nobody where there is none yet.
    pub(crate) fn open(folder: &Path) -> Result<Self, NoBlocks> {
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(NoBlocks::Unreadable { path, error }),
        };
        let mut since = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((blocked, at)) = Blocked::read(line) else {
                return Err(NoBlocks::Line {
                    path,
                    line: number,
                    text: line.to_owned(),
                });
            };
            since.insert(blocked, at);
        }
        Ok(Self(Arc::new(List {
            has_addresses: AtomicBool::new(has_addresses(&since)),
            since: RwLock::new(since),
            file: Some(path),
        })))
    }

    #[must_use]
    pub(crate) fn has_sandbox(&self, id: &str) -> bool {
        let since = self.0.since.read();
        !since.is_empty() && since.contains_key(&Blocked::Sandbox(id.to_owned()))
    }

    #[must_use]
    pub(crate) fn has_address(&self, address: IpAddr) -> bool {
        self.0.has_addresses.load(Ordering::Relaxed)
            && self.0.since.read().contains_key(&Blocked::address(address))
    }

    /// All of them, with seconds since 1970.
    #[must_use]
    pub(crate) fn all(&self) -> Vec<(Blocked, u64)> {
        let since = self.0.since.read();
        since.iter().map(|(it, at)| (it.clone(), *at)).collect()
    }

    /// Blocks somebody; whether they were not blocked before. It holds where it cannot be written, too, until the
    /// program ends.
    pub(crate) fn block(&self, whom: Blocked) -> io::Result<bool> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default().as_secs();
        self.change(|since| {
            let is_new = !since.contains_key(&whom);
            since.entry(whom).or_insert(now);
            is_new
        })
    }

    /// Lets somebody in again; whether they were blocked.
    pub(crate) fn unblock(&self, whom: &Blocked) -> io::Result<bool> {
        self.change(|since| since.remove(whom).is_some())
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<Blocked, u64>) -> bool) -> io::Result<bool> {
        // Held while it is written, so that of two changes the file has both.
        let mut since = self.0.since.write();
        let is_changed = change(&mut since);
        self.0
            .has_addresses
            .store(has_addresses(&since), Ordering::Relaxed);
        if let (true, Some(path)) = (is_changed, &self.0.file) {
            write(path, &since)?;
        }
        Ok(is_changed)
    }
}

fn has_addresses(since: &BTreeMap<Blocked, u64>) -> bool {
    since.keys().any(|it| matches!(it, Blocked::Address(_)))
}

fn write(path: &Path, since: &BTreeMap<Blocked, u64>) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut options = File::options();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(&new)?;
    let lines = since
        .iter()
        .map(|(it, at)| format!("{} {at}\n", it.words()));
    file.write_all((HEAD.to_owned() + &lines.collect::<String>()).as_bytes())?;
    file.sync_all()?;
    fs::rename(new, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_same_after_it_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let blocks = Blocks::open(folder.path()).unwrap();
        let address = |text: &str| -> IpAddr { text.parse().unwrap() };
        let of = |text: &str| Blocked::address(address(text));
        let sandbox = Blocked::Sandbox("abc".to_owned());
        assert!(blocks.block(sandbox.clone()).unwrap());
        assert!(!blocks.block(sandbox.clone()).unwrap(), "once");
        assert!(!blocks.has_address(address("192.0.2.1")));
        assert!(blocks.block(of("192.0.2.1")).unwrap());
        assert!(blocks.block(of("2001:db8::1")).unwrap());
        let again = Blocks::open(folder.path()).unwrap();
        assert_eq!(again.all(), blocks.all());
        assert!(again.has_sandbox("abc") && !again.has_sandbox("abd"));
        assert!(again.has_address(address("::ffff:192.0.2.1")));
        assert!(again.has_address(address("2001:db8::ffff")));
        assert!(!again.has_address(address("2001:db8:0:1::1")));
        assert!(again.unblock(&sandbox).unwrap() && !again.unblock(&sandbox).unwrap());
        assert_eq!(Blocks::open(folder.path()).unwrap().all().len(), 2);
    }

    #[test]
    fn a_line_that_names_nobody_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, "# a note\n\naddress 192.0.2.1\naddress nowhere 1\n").unwrap();
        let why = Blocks::open(folder.path()).unwrap_err().to_string();
        assert!(
            why.contains("blocked:4: “address nowhere 1” names nobody"),
            "{why}"
        );
    }
}
