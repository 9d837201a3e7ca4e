//! Which file of a project is its server's.
//!
//! People call it what they like. What `package.json` starts goes first, then the usual names, then what it calls
//! the main module, and last whatever reads like a server, so that a folder from elsewhere runs as it is.

#[path = "server/reads.rs"]
mod reads;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Contents, FileName};
use reads::Reads;

/// What a server's own file may be called, the first before the others; the last ones as hono's own templates have it.
pub(crate) const SERVERS: [&str; 10] = [
    "server.js",
    "server.ts",
    "server.tsx",
    "server.jsx",
    "server.mjs",
    "server.mts",
    "index.ts",
    "index.tsx",
    "src/index.ts",
    "src/index.tsx",
];

const ENDINGS: [&str; 6] = ["js", "ts", "tsx", "jsx", "mjs", "mts"];
/// What servers are called in many projects, the likeliest first.
const STEMS: [&str; 4] = ["server", "index", "app", "main"];
/// What runs the file that follows it in a command, after its flags.
const RUNTIMES: [&str; 5] = ["bun", "node", "tsx", "nodemon", "ts-node"];
/// Flags of theirs that a file follows which is only loaded first.
const PRELOADS: [&str; 4] = ["--preload", "--require", "-r", "--import"];

type Files = BTreeMap<FileName, Contents>;

/// The server's file; none where only files are served.
pub(super) fn server_of(files: &Files) -> Option<&FileName> {
    let package = Package::of(files);
    package
        .started(files)
        .or_else(|| usual(files))
        .or_else(|| package.main(files))
        .or_else(|| likeliest(files))
}

/// The first of the usual names that is there.
pub(super) fn usual(files: &Files) -> Option<&FileName> {
    SERVERS.into_iter().find_map(|name| named(files, name))
}

/// The script of this path, with or without `./` in front.
fn named<'a>(files: &'a Files, path: &str) -> Option<&'a FileName> {
    let name = FileName::try_from(path.strip_prefix("./").unwrap_or(path)).ok()?;
    let (name, contents) = files.get_key_value(&name)?;
    (is_script(name) && contents.text().is_some()).then_some(name)
}

fn is_script(name: &FileName) -> bool {
    let name = name.as_str();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ENDINGS.contains(&ending)) && !name.ends_with(".d.ts")
}

/// What a project's `package.json` says; nothing where there is none, or it cannot be read.
struct Package(Map<String, Value>);

impl Package {
    fn of(files: &Files) -> Self {
        let name = FileName::try_from("package.json").ok();
        let text = name.and_then(|name| files.get(&name)?.text());
        Self(
            text.and_then(|text| serde_json::from_str(text).ok())
                .unwrap_or_default(),
        )
    }

    /// The file of the project that the command which starts it runs: `bun --hot src/app.tsx`.
    fn started<'a>(&self, files: &'a Files) -> Option<&'a FileName> {
        let scripts = self.0.get("scripts")?;
        ["start", "dev"]
            .into_iter()
            .find_map(|script| run_by(scripts.get(script)?.as_str()?, files))
    }

    fn main<'a>(&self, files: &'a Files) -> Option<&'a FileName> {
        ["module", "main"]
            .into_iter()
            .find_map(|key| named(files, self.0.get(key)?.as_str()?))
    }
}

/// The file that a command has a runtime run: the first one that follows it, whatever is built beside it. A command of
/// another program may run the last file that it names.
fn run_by<'a>(command: &str, files: &'a Files) -> Option<&'a FileName> {
    let quotes = ['"', '\'', ';'];
    let words = command.split_whitespace().map(|it| it.trim_matches(quotes));
    if !words.clone().any(|word| RUNTIMES.contains(&word)) {
        return words.rev().find_map(|word| named(files, word));
    }
    let (mut runs, mut before) = (false, "");
    for word in words {
        let is_value = before.starts_with('-');
        if RUNTIMES.contains(&word) {
            runs = true;
        } else if runs && !word.starts_with('-') && !PRELOADS.contains(&before) {
            match named(files, word) {
                Some(name) => return Some(name),
                None => runs = is_value || word == "run" || word == "watch",
            }
        }
        before = word;
    }
    None
}

/// The file that reads most like a server: the one in the fewest folders, then by its name.
fn likeliest(files: &Files) -> Option<&FileName> {
    let aside = |name: &str| {
        [".test.", ".spec.", ".config."]
            .iter()
            .any(|it| name.contains(it))
    };
    files
        .iter()
        .filter(|(name, _)| is_script(name) && !aside(name.as_str()))
        .filter_map(|(name, contents)| Some((name, Reads::of(contents.text()?)?)))
        .min_by_key(|(name, reads)| (folders(name), stem(name), *reads))
        .map(|(name, _)| name)
}

/// How many folders a file lies in, `src` aside.
fn folders(name: &FileName) -> usize {
    let name = name.as_str();
    name.strip_prefix("src/")
        .unwrap_or(name)
        .matches('/')
        .count()
}

fn stem(name: &FileName) -> usize {
    let file = name.as_str().rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    STEMS
        .iter()
        .position(|it| *it == stem)
        .unwrap_or(STEMS.len())
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
