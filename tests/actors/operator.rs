//! Whoever runs the site, at a terminal.

use std::path::PathBuf;

use tempfile::TempDir;

use super::client::in_time;
use super::program::{Program, once};

/// A site whose log is a file.
pub struct Logged {
    pub program: Program,
    _folder: TempDir,
    log: PathBuf,
}

impl Logged {
    pub fn site(settings: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let log = folder.path().join("log");
        let file = std::fs::File::create(&log).expect("a file");
        let program = Program::site_where(settings, |command| {
            command.stderr(file).envs(variables.iter().copied());
        });
        Self {
            program,
            _folder: folder,
            log,
        }
    }

    pub fn lines(&self) -> String {
        std::fs::read_to_string(&self.log).expect("a log")
    }

    /// Ends the site; gives its whole log.
    pub async fn terminates(self) -> String {
        let Self {
            program,
            _folder,
            log,
        } = self;
        let ended = tokio::task::spawn_blocking(move || program.terminate()).await;
        ended.expect("it ends");
        std::fs::read_to_string(log).expect("a log")
    }

    /// The line with this text, once it is there.
    pub async fn line(&self, text: &str) -> String {
        let is_there = async || self.lines().contains(text);
        assert!(in_time(is_there).await, "no {text} in\n{}", self.lines());
        let log = self.lines();
        let line = log.lines().find(|line| line.contains(text));
        line.expect("it is there").to_owned()
    }
}

/// Asks the running site, as its operator.
pub async fn asks(program: &Program, words: &[&str]) -> (Option<i32>, String) {
    let data = program.data().to_str().expect("a plain path").to_owned();
    asks_at(&data, words).await
}

/// The same by a data folder.
pub async fn asks_at(data: &str, words: &[&str]) -> (Option<i32>, String) {
    let words = words.iter().copied().chain(["--data", data]);
    let argv: Vec<String> = words.map(str::to_owned).collect();
    let asked = tokio::task::spawn_blocking(move || {
        let argv: Vec<&str> = argv.iter().map(String::as_str).collect();
        once(&argv)
    });
    let ended = asked.await.expect("it ends");
    let said = [ended.stdout, ended.stderr].concat();
    let said = String::from_utf8(said).expect("a text");
    (ended.status.code(), said)
}
