//! A browser's process group and its folder, with its profile and what it writes to standard error.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;
use tokio::process::{Child, Command};

const LOG: &str = "browser.log";

/// The folder of a browser that is not started yet.
pub(super) struct BrowserFolder(TempDir);

/// A browser that runs; all its processes end when this is dropped, and its folder with them.
pub(super) struct BrowserProcess {
    pub(super) child: Child,
    folder: Option<TempDir>,
}

impl BrowserFolder {
    pub(super) fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("hxlab-browser-").tempdir();
        folder.map(Self)
    }

    /// What the browser has as its profile.
    pub(super) fn profile(&self) -> &Path {
        self.0.path()
    }

    /// A new file for what the browser writes to standard error.
    pub(super) fn log(&self) -> io::Result<File> {
        File::create(self.log_path())
    }

    fn log_path(&self) -> PathBuf {
        self.0.path().join(LOG)
    }

    /// Starts the browser in a group of its own: so it ends with all its processes, and Ctrl-C is ours to heed.
    pub(super) fn start(self, command: &mut Command) -> io::Result<BrowserProcess> {
        let child = command.process_group(0).spawn()?;
        Ok(BrowserProcess {
            child,
            folder: Some(self.0),
        })
    }
}

impl BrowserProcess {
    /// What it has as its profile, where its downloads go as well.
    pub(super) fn folder(&self) -> &Path {
        self.folder.as_ref().map_or(Path::new(""), TempDir::path)
    }

    /// The last line that the browser has written.
    pub(super) fn last_words(&self) -> String {
        let folder = self.folder.as_ref();
        let log = folder.and_then(|folder| fs::read_to_string(folder.path().join(LOG)).ok());
        let log = log.unwrap_or_default();
        let last = log.lines().rev().find(|line| !line.trim().is_empty());
        last.unwrap_or("it wrote nothing").to_owned()
    }
}

impl Drop for BrowserProcess {
    fn drop(&mut self) {
        let group = self.child.id().and_then(|id| i32::try_from(id).ok());
        if let Some(group) = group.and_then(Pid::from_raw) {
            // One that has ended needs no signal. tokio collects what is left of it.
            let _ = kill_process_group(group, Signal::KILL);
        }
        // Its other processes end a moment later, and may still be writing.
        let folder = self.folder.take().map(TempDir::keep);
        for _ in 0..20 {
            let gone = folder
                .as_ref()
                .is_none_or(|folder| fs::remove_dir_all(folder).is_ok() || !folder.exists());
            if gone {
                break;
            }
            thread::sleep(Duration::from_millis(25));
        }
    }
}
