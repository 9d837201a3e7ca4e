//! Opens an address in the browser of whoever sits at this machine.

use std::process::{Command, Stdio};

/// Programs that open an address, by their names; the first that starts does it.
const OPENERS: [&str; 4] = ["xdg-open", "open", "wslview", "sensible-browser"];

/// Opens it, or says where to go.
pub(super) fn open(url: &str) {
    let chosen = std::env::var("BROWSER").ok();
    let usual = OPENERS.iter().map(|name| (*name).to_owned());
    let started = chosen.into_iter().chain(usual).any(|program| {
        let mut command = Command::new(program);
        command.arg(url);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        match command.spawn() {
            Ok(mut child) => {
                // It ends when it likes; nobody shall find it as a zombie.
                std::thread::spawn(move || child.wait());
                true
            }
            Err(_) => false,
        }
    });
    if !started {
        eprintln!("hxlab: no program here opens a browser: go to {url}");
    }
}
