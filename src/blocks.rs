//! Who is blocked: sandboxes and addresses that whoever runs the site has shut out, until they are let in again; and
//! whose servers are stopped, until their learners press Run.
//!
//! The list is a [file](file::ListFile) of lines in the data folder, so that it outlives the program and can be read and
//! edited without it. What is edited by hand holds once [`Blocks::follow`] was called, and before anything else is changed;
//! of a file with a fault nothing is taken, and what was read before holds on.

mod file;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::{Mutex, RwLock};

use crate::budget::network;
use file::{Entries, ListFile};

pub(crate) use file::NoBlocks;

/// Whom a line names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Blocked {
    /// A sandbox, by its id.
    Sandbox(String),
    /// An address, or an IPv6 network of 64 bits.
    Address(IpAddr),
    /// A sandbox by its id, of which requests do not start the server; its learner's Run does, and takes this away.
    Stopped(String),
}

/// The block list of one program; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks(Arc<List>);

#[derive(Debug, Default)]
struct List {
    /// Whether it has an address; most lists have none, and each request asks.
    has_addresses: AtomicBool,
    /// With seconds since 1970.
    since: RwLock<Entries>,
    /// Where it is kept; none for what has no data folder. Locked for as long as something is changed, and before
    /// [`List::since`], so that requests do not wait for the disk.
    file: Mutex<Option<ListFile>>,
}

/// What somebody has edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Who is new on the list.
    pub(crate) blocked: Vec<Blocked>,
    /// Who is on it no longer.
    pub(crate) let_in: Vec<Blocked>,
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
            Self::Stopped(id) => format!("stopped {id}"),
        }
    }
}

impl Blocks {
    /// The list that is kept in a data folder; nobody where there is none yet.
    pub(crate) fn open(folder: &Path) -> Result<Self, NoBlocks> {
        let (file, since) = ListFile::open(folder)?;
        Ok(Self(Arc::new(List {
            has_addresses: AtomicBool::new(has_addresses(&since)),
            since: RwLock::new(since),
            file: Mutex::new(Some(file)),
        })))
    }

    #[must_use]
    pub(crate) fn has_sandbox(&self, id: &str) -> bool {
        let since = self.0.since.read();
        !since.is_empty() && since.contains_key(&Blocked::Sandbox(id.to_owned()))
    }

    #[must_use]
    pub(crate) fn has(&self, whom: &Blocked) -> bool {
        self.0.since.read().contains_key(whom)
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

    /// Takes over what somebody has edited in the file.
    pub(crate) fn follow(&self) -> Result<Edit, NoBlocks> {
        self.0.follow(self.0.file.lock().as_mut())
    }

    /// Blocks somebody; whether they were not blocked before. It holds where it cannot be written, too, until the
    /// program ends.
    pub(crate) fn block(&self, whom: Blocked) -> Result<bool, NoBlocks> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default().as_secs();
        self.change(|since| {
            let is_new = !since.contains_key(&whom);
            since.entry(whom).or_insert(now);
            is_new
        })
    }

    /// Lets somebody in again; whether they were blocked.
    pub(crate) fn unblock(&self, whom: &Blocked) -> Result<bool, NoBlocks> {
        self.change(|since| since.remove(whom).is_some())
    }

    fn change(&self, change: impl FnOnce(&mut Entries) -> bool) -> Result<bool, NoBlocks> {
        let mut file = self.0.file.lock();
        // A file with a fault is not written over.
        let followed = self.0.follow(file.as_mut());
        let mut entries = self.0.since.read().clone();
        let is_changed = change(&mut entries);
        self.0.take(entries.clone());
        followed?;
        if let (true, Some(file)) = (is_changed, file.as_mut()) {
            file.write(&entries)?;
        }
        Ok(is_changed)
    }
}

impl List {
    fn follow(&self, file: Option<&mut ListFile>) -> Result<Edit, NoBlocks> {
        let edited = file.map_or(Ok(None), ListFile::edited)?;
        let Some(entries) = edited else {
            return Ok(Edit::default());
        };
        let names = |entries: &Entries| entries.keys().cloned().collect::<BTreeSet<_>>();
        let (before, after) = (names(&self.since.read()), names(&entries));
        self.take(entries);
        Ok(Edit {
            blocked: after.difference(&before).cloned().collect(),
            let_in: before.difference(&after).cloned().collect(),
        })
    }

    fn take(&self, entries: Entries) {
        let has_addresses = has_addresses(&entries);
        *self.since.write() = entries;
        self.has_addresses.store(has_addresses, Ordering::Relaxed);
    }
}

fn has_addresses(since: &Entries) -> bool {
    since.keys().any(|it| matches!(it, Blocked::Address(_)))
}

#[cfg(test)]
mod tests {
    use std::fs;

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
        let path = folder.path().join("blocked");
        fs::write(&path, "# a note\n\naddress 192.0.2.1\naddress nowhere 1\n").unwrap();
        let why = Blocks::open(folder.path()).unwrap_err().to_string();
        assert!(
            why.contains("blocked:4: “address nowhere 1” names nobody"),
            "{why}"
        );
    }

    #[test]
    fn what_is_edited_by_hand_holds_and_a_fault_in_it_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blocked");
        let blocks = Blocks::open(folder.path()).unwrap();
        let of = |text: &str| Blocked::address(text.parse().unwrap());
        assert!(blocks.block(of("192.0.2.1")).unwrap());
        assert_eq!(blocks.follow(), Ok(Edit::default()), "nobody has edited it");
        fs::write(&path, "address 192.0.2.2\n").unwrap();
        let edit = Edit {
            blocked: vec![of("192.0.2.2")],
            let_in: vec![of("192.0.2.1")],
        };
        assert_eq!(blocks.follow(), Ok(edit));
        for (wrong, words) in [
            ("\n192.0.2.3\n", "blocked:2: "),
            ("sandbox a b\n", "blocked:1: "),
        ] {
            fs::write(&path, wrong).unwrap();
            let why = blocks.follow().unwrap_err().to_string();
            assert!(why.contains(words), "{why}");
            assert!(blocks.has(&of("192.0.2.2")), "as before");
        }
        assert!(blocks.block(of("192.0.2.4")).is_err());
        assert!(blocks.has(&of("192.0.2.4")), "it holds all the same");
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(
            text, "sandbox a b\n",
            "what somebody writes is not written over"
        );
        fs::write(&path, "address 192.0.2.5\n").unwrap();
        assert!(blocks.block(of("192.0.2.6")).unwrap());
        let all = Blocks::open(folder.path()).unwrap().all();
        let names: Vec<_> = all.into_iter().map(|(whom, _)| whom).collect();
        assert_eq!(names, [of("192.0.2.5"), of("192.0.2.6")], "both are kept");
    }
}
