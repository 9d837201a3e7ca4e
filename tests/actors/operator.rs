//! Whoever runs the site, at a terminal.

use super::program::{Program, once};

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
