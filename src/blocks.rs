//! Who is blocked: sandboxes, shared snapshots and addresses that whoever runs the site has shut out, until they are let in again; and
//! whose servers are stopped, until their learners press Run.
//!
//! The list is a [file](file::ListFile) of lines in the data folder, so that it outlives the program and can be read and
//! edited without it. What is edited by hand holds once [`Blocks::follow`] was called, and before anything else is changed;
//! of a file with a fault nothing is taken, and what was read before holds on. What is changed meanwhile holds only until
//! the file is mended, since then the file's lines count.

mod everybody;
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

pub(crate) use everybody::Everybody;
pub(crate) use file::NoBlocks;

/// Whom a line names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Blocked {
    /// A sandbox, by its id.
    Sandbox(String),
    /// An address, or an IPv6 network of 64 bits.
    Address(IpAddr),
    /// A snapshot that somebody shares, by its id.
    Snapshot(String),
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
    /// Locked for as long as something is changed, and before [`List::since`], so that requests do not wait for the disk.
    kept: Mutex<Kept>,
    everybody: Everybody,
}

/// The list on the disk.
#[derive(Debug, Default)]
struct Kept {
    /// None for what has no data folder.
    file: Option<ListFile>,
    /// What was edited and taken over when something else was changed; the next [`Blocks::follow`] tells it.
    untold: Edit,
    /// Whether the last change could not be written, so that the file lacks it.
    is_unwritten: bool,
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
            Self::Snapshot(id) => format!("snapshot {id}"),
            Self::Address(address @ IpAddr::V4(_)) => format!("address {address}"),
            Self::Address(network @ IpAddr::V6(_)) => format!("address {network}/64"),
            Self::Stopped(id) => format!("stopped {id}"),
        }
    }
}

impl Blocks {
    /// The list that is kept in a data folder; nobody where there is none yet. A line that shuts `everybody` out is a
    /// fault.
    pub(crate) fn open(folder: &Path, everybody: Everybody) -> Result<Self, NoBlocks> {
        let (file, since) = ListFile::open(folder, everybody.clone())?;
        Ok(Self(Arc::new(List {
            has_addresses: AtomicBool::new(has_addresses(&since)),
            since: RwLock::new(since),
            kept: Mutex::new(Kept {
                file: Some(file),
                ..Kept::default()
            }),
            everybody,
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

    /// From which networks everybody may come.
    #[must_use]
    pub(crate) fn everybody(&self) -> &Everybody {
        &self.0.everybody
    }

    /// Takes over what somebody has edited in the file, and tells what was edited since this was asked last.
    pub(crate) fn follow(&self) -> Result<Edit, NoBlocks> {
        let mut kept = self.0.kept.lock();
        self.0.follow(&mut kept)?;
        let edit = std::mem::take(&mut kept.untold);
        // Who was let in again since, or blocked again, is not told as edited.
        let since = self.0.since.read();
        let keep = |whom: Vec<_>, is_on: bool| {
            let whom: BTreeSet<_> = whom.into_iter().collect();
            let still = whom
                .into_iter()
                .filter(|it| since.contains_key(it) == is_on);
            still.collect()
        };
        Ok(Edit {
            blocked: keep(edit.blocked, true),
            let_in: keep(edit.let_in, false),
        })
    }

    /// Blocks somebody; whether they were not blocked before. Where it cannot be written it holds until the program ends,
    /// and where the file has a fault until that is mended.
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
        let mut kept = self.0.kept.lock();
        // A file with a fault is not written over.
        let followed = self.0.follow(&mut kept);
        let mut entries = self.0.since.read().clone();
        let is_changed = change(&mut entries);
        self.0.take(entries.clone());
        followed?;
        kept.write(&entries, is_changed)?;
        Ok(is_changed)
    }
}

impl List {
    fn follow(&self, kept: &mut Kept) -> Result<(), NoBlocks> {
        let edited = kept.file.as_mut().map_or(Ok(None), ListFile::edited)?;
        let Some(entries) = edited else {
            return Ok(());
        };
        kept.is_unwritten = false;
        let names = |entries: &Entries| entries.keys().cloned().collect::<BTreeSet<_>>();
        let (before, after) = (names(&self.since.read()), names(&entries));
        self.take(entries);
        let untold = &mut kept.untold;
        untold.blocked.extend(after.difference(&before).cloned());
        untold.let_in.extend(before.difference(&after).cloned());
        Ok(())
    }

    fn take(&self, entries: Entries) {
        let has_addresses = has_addresses(&entries);
        *self.since.write() = entries;
        self.has_addresses.store(has_addresses, Ordering::Relaxed);
    }
}

impl Kept {
    /// Writes these where they have changed, or where the file lacks what changed before.
    fn write(&mut self, entries: &Entries, is_changed: bool) -> Result<(), NoBlocks> {
        let Some(file) = self.file.as_mut() else {
            return Ok(());
        };
        if is_changed || self.is_unwritten {
            let written = file.write(entries);
            self.is_unwritten = written.is_err();
            written?;
        }
        Ok(())
    }
}

/// Whether an address is blocked as a whole with so many bits of it, as people write them: of IPv6 its network, which its
/// own address stands for as well.
#[must_use]
pub(crate) fn is_whole(address: IpAddr, bits: &str) -> bool {
    match address {
        IpAddr::V4(_) => bits == "32",
        IpAddr::V6(_) => matches!(bits, "64" | "128"),
    }
}

fn has_addresses(since: &Entries) -> bool {
    since.keys().any(|it| matches!(it, Blocked::Address(_)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const ID: &str = "abcdefghijklmnopqrstuvwxyz";

    fn opened(folder: &Path) -> Result<Blocks, NoBlocks> {
        let proxies = ["192.0.2.100", "fd00::1"].map(|it| it.parse().unwrap());
        Blocks::open(folder, Everybody::new(proxies.to_vec()))
    }

    #[test]
    fn the_list_is_the_same_after_it_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let blocks = opened(folder.path()).unwrap();
        let address = |text: &str| -> IpAddr { text.parse().unwrap() };
        let of = |text: &str| Blocked::address(address(text));
        let sandbox = Blocked::Sandbox(ID.to_owned());
        assert!(blocks.block(sandbox.clone()).unwrap());
        assert!(!blocks.block(sandbox.clone()).unwrap(), "once");
        assert!(!blocks.has_address(address("192.0.2.1")));
        assert!(blocks.block(of("192.0.2.1")).unwrap());
        assert!(blocks.block(of("2001:db8::1")).unwrap());
        let again = opened(folder.path()).unwrap();
        assert_eq!(again.all(), blocks.all());
        assert!(again.has_sandbox(ID) && !again.has_sandbox(&ID[1..]));
        assert!(again.has_address(address("::ffff:192.0.2.1")));
        assert!(again.has_address(address("2001:db8::ffff")));
        assert!(!again.has_address(address("2001:db8:0:1::1")));
        assert!(again.unblock(&sandbox).unwrap() && !again.unblock(&sandbox).unwrap());
        assert_eq!(opened(folder.path()).unwrap().all().len(), 2);
    }

    #[test]
    fn a_line_that_names_nobody_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blocked");
        fs::write(&path, "# a note\n\naddress 192.0.2.1\naddress nowhere 1\n").unwrap();
        let why = opened(folder.path()).unwrap_err().to_string();
        assert!(
            why.contains("blocked:4: “address nowhere 1” names nobody"),
            "{why}"
        );
        let why = |line: &str| {
            fs::write(&path, line).unwrap();
            opened(folder.path()).err().map(|why| why.to_string())
        };
        for nobody in [
            "sandbox abcdefgh",
            "stopped abcdefgh",
            "address 192.0.2.1/64",
            "address 192.0.2.0/24",
            "address 2001:db8::/48",
        ] {
            let why = why(nobody).unwrap();
            assert!(why.contains("names nobody who is blocked"), "{why}");
        }
        for everybody in [
            "address 127.0.0.1",
            "address ::1",
            "address ::2/64",
            "address 192.0.2.100",
            "address fd00::2",
        ] {
            let why = why(everybody).unwrap();
            assert!(why.contains("everybody may come from there"), "{why}");
        }
        for somebody in [
            format!("sandbox {ID}"),
            "address 192.0.2.1/32".to_owned(),
            "address 2001:db8::1/128".to_owned(),
            "address 2001:db8::/64".to_owned(),
        ] {
            assert_eq!(why(&somebody), None, "{somebody}");
        }
    }

    #[test]
    fn what_was_edited_is_told_once_though_a_change_took_it_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blocked");
        let blocks = opened(folder.path()).unwrap();
        let of = |text: &str| Blocked::address(text.parse().unwrap());
        fs::write(&path, "address 192.0.2.2\naddress 192.0.2.3\n").unwrap();
        assert!(blocks.block(of("192.0.2.1")).unwrap());
        assert!(blocks.unblock(&of("192.0.2.3")).unwrap());
        let edit = Edit {
            blocked: vec![of("192.0.2.2")],
            let_in: Vec::new(),
        };
        assert_eq!(blocks.follow(), Ok(edit));
        assert_eq!(blocks.follow(), Ok(Edit::default()), "once");
    }

    #[test]
    fn what_could_not_be_written_is_written_when_it_is_asked_again() {
        let folder = tempfile::tempdir().unwrap();
        let of = |text: &str| Blocked::address(text.parse().unwrap());
        let blocks = opened(folder.path()).unwrap();
        // A folder is in the way of the new file.
        let in_the_way = folder.path().join("blocked.new");
        fs::create_dir(&in_the_way).unwrap();
        for _ in 0..2 {
            let why = blocks.block(of("192.0.2.1")).unwrap_err();
            assert!(matches!(why, NoBlocks::Unwritable { .. }), "{why}");
        }
        fs::remove_dir(&in_the_way).unwrap();
        assert!(!blocks.block(of("192.0.2.1")).unwrap(), "blocked already");
        let again = opened(folder.path()).unwrap();
        assert!(again.has(&of("192.0.2.1")));
    }

    #[test]
    fn what_is_edited_by_hand_holds_and_a_fault_in_it_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blocked");
        let blocks = opened(folder.path()).unwrap();
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
        let all = opened(folder.path()).unwrap().all();
        let names: Vec<_> = all.into_iter().map(|(whom, _)| whom).collect();
        assert_eq!(names, [of("192.0.2.5"), of("192.0.2.6")], "both are kept");
    }
}
