//! A Chromium on no screen, led by the DevTools protocol, with a profile of its own that goes with it.

use std::env;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use super::devtools::{DevTools, Unanswered};
use super::window::Window;
use crate::commands::stop::Stop;

/// The names by which distributions install it.
const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

const FLAGS: [&str; 15] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--window-size=1440,1000",
    "--mute-audio",
    "--enable-logging=stderr",
    // Nobody looks: what only moves, a graphics processor that is played by software, scrollbars, a page kept for
    // the way back, and what stands in WITHOUT were half of all processor time.
    "--force-prefers-reduced-motion",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-back-forward-cache",
];

/// Parts of a window that are pages with a process of their own, and a process in reserve.
const WITHOUT: [&str; 3] = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
];
/// What gives each origin of a page a process of its own.
const ISOLATION: [&str; 4] = [
    "IsolateOrigins",
    "site-per-process",
    "OriginIsolationHeader",
    "OriginKeyedProcessesByDefault",
];

/// Which processes show a page whose frames are of other origins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Processes {
    /// Each origin has its own, as in every visitor's desktop browser: a loop stops one frame.
    Own,
    /// One for all, which takes a quarter less processor time in a challenge with many clients: a loop stops
    /// the page as well.
    Shared,
}

impl Processes {
    fn flags(self) -> Vec<String> {
        let without = |features: &[&str]| format!("--disable-features={}", features.join(","));
        match self {
            Self::Own => vec![without(&WITHOUT)],
            Self::Shared => vec![
                without(&[&WITHOUT[..], &ISOLATION].concat()),
                "--disable-site-isolation-trials".to_owned(),
            ],
        }
    }
}

/// Moves the pipes to the descriptors at which Chromium expects them: it reads commands from 3 and writes
/// messages to 4. A shell does it without code between fork and exec.
const AT_3_AND_4: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null"#;

/// A page may download more than once without asking.
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

    /// Opens a browser without a window.
    pub(super) fn open(&self, processes: Processes) -> Result<Browser, Stop> {
        let fault = |error: std::io::Error| Stop::new(format!("cannot start Chromium: {error}"));
        let profile = tempfile::Builder::new().prefix("hxlab-browser-").tempdir();
        let profile = profile.map_err(fault)?;
        let log = File::create(profile.path().join(LOG)).map_err(fault)?;
        fs::create_dir(profile.path().join("Default")).map_err(fault)?;
        fs::write(profile.path().join("Default/Preferences"), PREFERENCES).map_err(fault)?;
        let mut child = Command::new("/bin/sh")
            .args(["-c", AT_3_AND_4])
            .arg(&self.0)
            .args(FLAGS)
            .args(processes.flags())
            .args(as_root())
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("--no-startup-window")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            // So that it ends with all its processes, and Ctrl-C is ours to heed.
            .process_group(0)
            .spawn()
            .map_err(fault)?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let pipes = pipes.map(|(commands, messages)| DevTools::over(commands, messages));
        let tools = pipes.ok_or_else(|| Stop::new("cannot start Chromium: it has no pipes"))?;
        Ok(Browser {
            tools,
            child,
            profile: Some(profile),
        })
    }
}

const LOG: &str = "chromium.log";

/// A browser that is open; it ends when this is dropped, and its profile with it.
pub(super) struct Browser {
    tools: DevTools,
    child: Child,
    profile: Option<TempDir>,
}

impl Browser {
    /// A new window, whose cookies and storage no other window has.
    pub(super) async fn window(&self) -> Result<Window<'_>, Unanswered> {
        Window::open(&self.tools).await
    }

    /// The sentence for a command without an answer; of a browser that is gone, with its last words.
    pub(super) fn stop(&self, why: &Unanswered) -> Stop {
        let Unanswered::Gone = why else {
            return Stop::new(format!("cannot lead Chromium: {why}"));
        };
        let log = self
            .profile
            .as_ref()
            .map(|profile| profile.path().join(LOG));
        let log = log.and_then(|log| fs::read_to_string(log).ok());
        let log = log.unwrap_or_default();
        let last = log.lines().rev().find(|line| !line.trim().is_empty());
        let last = last.unwrap_or("it wrote nothing");
        Stop::new(format!("Chromium ended by itself: {last}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let group = self.child.id().and_then(|id| i32::try_from(id).ok());
        if let Some(group) = group.and_then(Pid::from_raw) {
            // One that has ended needs no signal. tokio collects what is left of it.
            let _ = kill_process_group(group, Signal::KILL);
        }
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
