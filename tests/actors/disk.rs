//! A small disk, which a test can fill. It is mounted in a mount namespace of its own, and ends with the test.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

pub struct Disk {
    /// Where it is mounted, for those who are in its namespace.
    place: TempDir,
    /// Keeps the namespace.
    keeper: Child,
}

impl Disk {
    /// One of so many MiB. A machine that lets nobody mount one cannot pass these tests.
    pub fn of(mebibytes: u32) -> Self {
        let place = TempDir::new().expect("a temporary folder");
        let mount = format!(
            "mount -t tmpfs -o size={mebibytes}m none \"$0\" && echo there && exec sleep infinity"
        );
        let mut keeper = Command::new("unshare")
            .arg(if is_root() { "-m" } else { "-rm" })
            .args(["sh", "-c", &mount])
            .arg(place.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare is a part of every distribution");
        let mut line = String::new();
        let stdout = keeper.stdout.take().expect("it was piped");
        let read = BufReader::new(stdout).read_line(&mut line);
        let disk = Self { place, keeper };
        assert!(
            read.is_ok() && line == "there\n",
            "nobody may mount a disk here, which tests fill: run them as root, or let users have name spaces \
             (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0; in a \
             container --privileged)"
        );
        disk
    }

    /// The arguments by which `nsenter` starts a program that sees it.
    pub fn entered(&self) -> Vec<String> {
        let keeper = self.keeper.id().to_string();
        let mut argv = vec!["--mount", "--target", &keeper];
        if !is_root() {
            argv.extend(["--user", "--preserve-credentials"]);
        }
        argv.push("--");
        argv.into_iter().map(ToOwned::to_owned).collect()
    }

    /// What those who are in the namespace call it.
    pub fn path(&self) -> &str {
        self.place.path().to_str().expect("a plain path")
    }

    /// A file on it, as it is reached from outside.
    pub fn file(&self, name: &str) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.keeper.id()));
        root.join(self.path().trim_start_matches('/')).join(name)
    }

    /// Fills it with a file, to the last byte.
    pub fn fill(&self) {
        let mut file = File::create(self.file("filler")).expect("an empty file");
        for piece in [64 * 1024, 1] {
            while file.write_all(&vec![b'x'; piece]).is_ok() {}
        }
    }

    /// Takes that file away.
    pub fn make_room(&self) {
        fs::remove_file(self.file("filler")).expect("it was filled");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = self.keeper.kill();
        let _ = self.keeper.wait();
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
