//! Starts the server, and starts it anew whenever its files have changed.
//!
//! The folder is looked at a few times a second. Being told of changes would be cheaper, but file systems of
//! containers and networks do not tell.

use std::time::Duration;

use super::folder::{Fingerprint, ProjectFolder, ReadFolder};
use super::terminal::Terminal;
use crate::sandbox::Sandbox;
use crate::web::gateway::LeftOut;

/// How often the folder is looked at: sooner than somebody is back in the browser.
const LOOK: Duration = Duration::from_millis(250);

/// Runs the project until the program ends.
pub(super) async fn run_on_change(
    sandbox: Sandbox,
    folder: ProjectFolder,
    mut last: ReadFolder,
    (terminal, left_out): (Terminal, LeftOut),
) {
    let mut seen = folder.fingerprint().unwrap_or_default();
    terminal.serves(&last.project);
    if sandbox.revive().await.is_err() || sandbox.run(last.project.clone()).await.is_err() {
        return;
    }
    loop {
        seen = settled(&folder, seen).await;
        let read = folder.read();
        if let Ok(read) = &read {
            left_out.set(read.not_held.clone());
        }
        match read {
            Ok(read) if read.differs_from(&last) => {
                terminal.changed(&read.changed_since(&last));
                terminal.left_out(&read.left_out);
                terminal.serves(&read.project);
                let project = read.project.clone();
                last = read;
                if sandbox.run(project).await.is_err() {
                    return;
                }
            }
            Ok(_) => {}
            Err(stop) => terminal.refused(&stop.to_string()),
        }
    }
}

/// Waits until the folder is not as it was, and then until it stays as it is: an editor may write a file in steps.
async fn settled(folder: &ProjectFolder, mut seen: Fingerprint) -> Fingerprint {
    let mut changed = false;
    loop {
        tokio::time::sleep(LOOK).await;
        // A folder that is gone may come back: some tools write a new one in its place.
        let Ok(now) = folder.fingerprint() else {
            continue;
        };
        if now != seen {
            changed = true;
            seen = now;
        } else if changed {
            return seen;
        }
    }
}
