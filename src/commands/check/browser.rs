//! A Chromium without a window, with a profile of its own that goes with it.

use std::env;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::commands::stop::Stop;

/// The names by which distributions install it.
const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

const FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--window-size=1440,1000",
    "--mute-audio",
    "--enable-logging=stderr",
];

/// A page may download more than once without asking: one browser plays many rounds.
const PREFERENCES: &str =
    r#"{"profile":{"default_content_setting_values":{"automatic_downloads":1}}}"#;

/// The installed Chromium.
pub(super) struct Chromium(PathBuf);

impl Chromium {
    /// Looks for it where programs are.
    pub(super) fn find() -> Result<Self, Stop> {
        let folders = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<_> = env::split_paths(&folders).collect();
        let places = NAMES
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        let found = places.into_iter().find(|place| place.is_file());
        found.map(Self).ok_or_else(|| {
            Stop::new(
                "there is no Chromium; install it (in Debian: apt-get install chromium), or leave \
                 --browser out",
            )
        })
    }

    /// Opens a browser at `address`.
    pub(super) fn open(&self, address: &str) -> Result<Browser, Stop> {
        let fault = |error: std::io::Error| Stop::new(format!("cannot start Chromium: {error}"));
        let profile = tempfile::Builder::new().prefix("hxlab-browser-").tempdir();
        let profile = profile.map_err(fault)?;
        let log = File::create(profile.path().join(LOG)).map_err(fault)?;
        fs::create_dir(profile.path().join("Default")).map_err(fault)?;
        fs::write(profile.path().join("Default/Preferences"), PREFERENCES).map_err(fault)?;
        let child = Command::new(&self.0)
            .args(FLAGS)
            .args(as_root())
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            // So that it ends with all its processes, and Ctrl-C is ours to heed.
            .process_group(0)
            .spawn()
            .map_err(fault)?;
        Ok(Browser {
            child,
            profile: Some(profile),
        })
    }
}

const LOG: &str = "chromium.log";

/// A browser that is open; it ends when this is dropped, and its profile with it.
pub(super) struct Browser {
    child: Child,
    profile: Option<TempDir>,
}

impl Browser {
    /// Refuses when it has ended by itself, with its last words.
    pub(super) fn is_there(&mut self) -> Result<(), Stop> {
        let Ok(Some(status)) = self.child.try_wait() else {
            return Ok(());
        };
        let log = self
            .profile
            .as_ref()
            .map(|profile| profile.path().join(LOG));
        let log = log.and_then(|log| fs::read_to_string(log).ok());
        let log = log.unwrap_or_default();
        let last = log.lines().rev().find(|line| !line.trim().is_empty());
        let last = last.unwrap_or("it wrote nothing");
        Err(Stop::new(format!(
            "Chromium ended by itself ({status}): {last}"
        )))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // One that has ended needs no signal.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
        // Its other processes end a moment later, and may still be writing.
        let folder = self.profile.take().map(TempDir::keep);
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

/// Chromium's own jail does not start as root.
fn as_root() -> &'static [&'static str] {
    if rustix::process::geteuid().is_root() {
        &["--no-sandbox"]
    } else {
        &[]
    }
}
