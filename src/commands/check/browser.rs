//! A Chromium without a window, with a profile of its own that goes with it.

use std::process::Stdio;

use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::commands::stop::Stop;

/// The names by which distributions install it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// A browser that shows one page; it ends when this is dropped.
pub(super) struct Browser {
    _child: Child,
    _profile: TempDir,
}

impl Browser {
    /// Opens `address`.
    pub(super) fn open(address: &str) -> Result<Self, Stop> {
        let profile = tempfile::tempdir()
            .map_err(|error| Stop::new(format!("cannot make a folder for Chromium: {error}")))?;
        for name in NAMES {
            let started = Command::new(name)
                .args(["--headless=new", "--no-first-run", "--disable-sync"])
                .args([
                    "--disable-background-networking",
                    "--disable-component-update",
                ])
                .args([
                    "--disable-dev-shm-usage",
                    "--window-size=1440,1000",
                    "--mute-audio",
                ])
                .args(as_root())
                .arg(format!("--user-data-dir={}", profile.path().display()))
                .arg(address)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .kill_on_drop(true)
                .spawn();
            if let Ok(child) = started {
                return Ok(Self {
                    _child: child,
                    _profile: profile,
                });
            }
        }
        Err(Stop::new(
            "there is no Chromium; install it (in Debian: apt-get install chromium), or leave \
             --browser out",
        ))
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
