//! Firefox, led by WebDriver BiDi over a WebSocket. It says at which port on standard error.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{ChildStderr, Command};
use tokio::time::timeout;

use super::process::{BrowserFolder, BrowserProcess};
use crate::commands::check::connection::Connection;
use crate::commands::check::environment::PLAIN_HOST;

pub(super) const PROGRAMS: [&str; 2] = ["firefox-esr", "firefox"];

/// Before the address, on standard error.
const LISTENING: &str = "WebDriver BiDi listening on ws://127.0.0.1:";

/// How long a start may take, on a machine that is busy.
const STARTING: Duration = Duration::from_mins(1);

pub(super) async fn open(program: &Path) -> io::Result<(BrowserProcess, Connection)> {
    let folder = BrowserFolder::new()?;
    fs::write(
        folder.profile().join("user.js"),
        preferences(folder.profile()),
    )?;
    let log = folder.log()?;
    let mut command = Command::new(program);
    command
        .args(["--headless", "--no-remote", "--remote-debugging-port", "0"])
        .arg("--profile")
        .arg(folder.profile())
        .env("MOZ_CRASHREPORTER_DISABLE", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut process = folder.start(&mut command)?;
    let words = process.child.stderr.take();
    let words = words.ok_or_else(|| io::Error::other("it has no standard error"))?;
    let begun = timeout(STARTING, begin(words, log)).await;
    match begun {
        Ok(Ok(connection)) => Ok((process, connection)),
        Ok(Err(error)) => {
            let last = process.last_words();
            Err(io::Error::other(format!("{error}: {last}")))
        }
        Err(_) => Err(io::Error::other(format!(
            "it did not say within {} s where it listens",
            STARTING.as_secs()
        ))),
    }
}

/// Begins a session with a browser that is about to say where it listens. What it says goes to the log.
async fn begin(words: ChildStderr, mut log: File) -> io::Result<Connection> {
    let mut lines = BufReader::new(words).lines();
    let port = port(&mut lines, &mut log).await?;
    tokio::spawn(async move {
        while let Ok(Some(line)) = lines.next_line().await {
            // Words that cannot be kept are missed by nobody but a reader of a fault.
            let _ = writeln!(log, "{line}");
        }
    });
    let connection = Connection::over_socket(port).await?;
    let session = json!({ "capabilities": {} });
    let begun = connection.ask(None, "session.new", session).await;
    begun.map_err(io::Error::other)?;
    Ok(connection)
}

async fn port(lines: &mut Lines<BufReader<ChildStderr>>, log: &mut File) -> io::Result<u16> {
    while let Some(line) = lines.next_line().await? {
        writeln!(log, "{line}")?;
        if let Some(port) = line.strip_prefix(LISTENING) {
            return port.trim().parse().map_err(io::Error::other);
        }
    }
    Err(io::Error::other("it ended before it could be led"))
}

/// What the profile says beside what Firefox sets by itself when it is led (`remote.prefs.recommended`).
fn preferences(profile: &Path) -> String {
    let downloads = profile.join("downloads");
    let all: [(&str, Value); 6] = [
        ("network.dns.localDomains", PLAIN_HOST.into()),
        ("browser.download.folderList", 2.into()),
        ("browser.download.dir", downloads.to_string_lossy().into()),
        ("browser.startup.page", 0.into()),
        ("ui.prefersReducedMotion", 1.into()),
        // Each window is to believe that it has the focus.
        ("focusmanager.testmode", true.into()),
    ];
    let mut text = String::new();
    for (name, value) in all {
        // Writing to a string does not fail.
        let _ = writeln!(text, "user_pref(\"{name}\", {value});");
    }
    text
}
