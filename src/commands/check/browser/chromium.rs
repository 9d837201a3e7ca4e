//! Chromium, led by the DevTools protocol over two pipes.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

use super::Processes;
use super::process::{BrowserFolder, BrowserProcess};
use crate::commands::check::connection::Connection;
use crate::commands::check::environment::PLAIN_HOST;
use crate::commands::check::window::SIZE;

/// Debian's of a whole one.
pub(super) const PACKAGE: &str = "chromium";

/// The headless shell comes first: it shows the same pages for a fifth less processor time.
pub(super) const PROGRAMS: [&str; 6] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

const FLAGS: [&str; 14] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
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

/// Moves the pipes to the descriptors at which Chromium expects them: it reads commands from 3 and writes
/// messages to 4. A shell does it without code between fork and exec.
const AT_3_AND_4: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null"#;

/// A page may download more than once without asking.
const PREFERENCES: &str =
    r#"{"profile":{"default_content_setting_values":{"automatic_downloads":1}}}"#;

pub(super) fn open(
    program: &Path,
    processes: Processes,
) -> io::Result<(BrowserProcess, Connection)> {
    let folder = BrowserFolder::new()?;
    fs::create_dir(folder.profile().join("Default"))?;
    fs::write(folder.profile().join("Default/Preferences"), PREFERENCES)?;
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", AT_3_AND_4])
        .arg(program)
        .args(FLAGS)
        .args(of_processes(processes))
        .args(as_root())
        .arg(format!("--window-size={},{}", SIZE.0, SIZE.1))
        .arg(format!(
            "--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1,MAP *.{PLAIN_HOST} 127.0.0.1"
        ))
        .arg(format!("--user-data-dir={}", folder.profile().display()))
        .arg("--no-startup-window")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(folder.log()?);
    let mut process = folder.start(&mut command)?;
    let pipes = process.child.stdin.take().zip(process.child.stdout.take());
    let (commands, messages) = pipes.ok_or_else(|| io::Error::other("it has no pipes"))?;
    Ok((process, Connection::over_pipes(commands, messages)))
}

fn of_processes(processes: Processes) -> Vec<String> {
    let without = |features: &[&str]| format!("--disable-features={}", features.join(","));
    match processes {
        Processes::Own => vec![without(&WITHOUT)],
        Processes::Shared => vec![
            without(&[&WITHOUT[..], &ISOLATION].concat()),
            "--disable-site-isolation-trials".to_owned(),
        ],
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
