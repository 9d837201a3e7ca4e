//! Somebody at a terminal who has typed `hxlab run`.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Instant;

use tempfile::TempDir;

use super::client::{Client, PATIENCE};
use super::program::command;

/// A terminal with `hxlab run` in it.
pub struct Terminal {
    child: Child,
    folder: TempDir,
    shown: Arc<Shown>,
}

/// The lines so far: of standard output with `1 ` in front, of standard error with `2 `.
#[derive(Default)]
struct Shown {
    lines: Mutex<Vec<String>>,
    more: Condvar,
}

impl Terminal {
    /// `hxlab run` in a folder of these files, with more arguments; `path` is the folder's or a file's in it.
    pub fn run(files: &[(&str, &str)], path: &str, argv: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
            fs::write(path, text).expect("the folder takes a file");
        }
        Self::run_in(folder, path, argv)
    }

    pub fn run_in(folder: TempDir, path: &str, argv: &[&str]) -> Self {
        let argv = [&["run", path, "--listen", "127.0.0.1:0"], argv].concat();
        let mut child = command(&argv)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let shown = Arc::<Shown>::default();
        shown.read(child.stdout.take().expect("piped"), "1 ");
        shown.read(child.stderr.take().expect("piped"), "2 ");
        Self {
            child,
            folder,
            shown,
        }
    }

    /// A browser at its address.
    pub fn client(&self) -> Client {
        let line = self.sees("1 listening on http://");
        let port = line.trim_end_matches('/').rsplit(':').next();
        Client::of(port.and_then(|port| port.parse().ok()).expect("a port"))
    }

    /// Waits for a line with this text, and gives it.
    pub fn sees(&self, text: &str) -> String {
        self.sees_more(text, 1)
    }

    /// Waits until so many lines have this text, and gives the last of them.
    pub fn sees_more(&self, text: &str, times: usize) -> String {
        let late = Instant::now() + PATIENCE;
        let mut lines = self.shown.lines.lock().unwrap();
        loop {
            let mut found = lines.iter().filter(|line| line.contains(text));
            if let Some(line) = found.nth(times - 1) {
                return line.clone();
            }
            let left = late.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "no “{text}” in {lines:#?}");
            lines = self.shown.more.wait_timeout(lines, left).unwrap().0;
        }
    }

    /// How many lines so far have this text.
    pub fn count(&self, text: &str) -> usize {
        let lines = self.shown.lines.lock().unwrap();
        lines.iter().filter(|line| line.contains(text)).count()
    }

    /// Saves a file of the project, as an editor does that writes a new one in its place.
    pub fn saves(&self, name: &str, text: &str) {
        let new = self.folder.path().join(".new");
        fs::write(&new, text).expect("the folder takes a file");
        fs::rename(new, self.folder.path().join(name)).expect("in the same folder");
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Shown {
    fn read(self: &Arc<Self>, from: impl Read + Send + 'static, mark: &'static str) {
        let shown = Arc::clone(self);
        thread::spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                shown.lines.lock().unwrap().push(format!("{mark}{line}"));
                shown.more.notify_all();
            }
        });
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
