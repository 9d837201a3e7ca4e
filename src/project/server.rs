//! Which file of a project is its server's.
//!
//! People call it what they like. What `package.json` starts goes first, then the usual names, then what it calls
//! the main module, and last whatever reads like a server, so that a folder from elsewhere runs as it is.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Contents, FileName};

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
/// What opens a server by `listen`. None of them is here, but then the server's fault says so, with what to do.
const LISTENERS: [&str; 7] = [
    "express",
    "elysia",
    "fastify",
    "koa",
    "http",
    "node:http",
    "bunrest",
];

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

    /// The last file of the project in the command that starts it: `bun --hot src/app.tsx`. What is built before comes
    /// first.
    fn started<'a>(&self, files: &'a Files) -> Option<&'a FileName> {
        let scripts = self.0.get("scripts")?;
        ["start", "dev"].into_iter().find_map(|script| {
            let words = scripts.get(script)?.as_str()?.split_whitespace().rev();
            words
                .map(|word| word.trim_matches(['"', '\'']))
                .find_map(|word| named(files, word))
        })
    }

    fn main<'a>(&self, files: &'a Files) -> Option<&'a FileName> {
        ["module", "main"]
            .into_iter()
            .find_map(|key| named(files, self.0.get(key)?.as_str()?))
    }
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

/// Why a text reads like a server's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reads {
    /// It opens one.
    Opens,
    /// It exports one.
    Exports,
}

impl Reads {
    fn of(text: &str) -> Option<Self> {
        let has = |part: &str| text.contains(part);
        let calls = |name: &str| has(&format!("{name}(")) || has(&format!("{name}<"));
        let imports = |package: &str| {
            ['"', '\''].iter().any(|quote| {
                has(&format!("{quote}{package}{quote}")) || has(&format!("{quote}{package}/"))
            })
        };
        let serves = calls("serve") && (imports("bun") || imports("@hono/node-server"));
        let fires = has(".fire()") && imports("hono");
        let listens = has(".listen(") && LISTENERS.into_iter().any(imports);
        if calls("Bun.serve") || serves || fires || listens {
            return Some(Self::Opens);
        }
        let exports = has("export default") && (imports("hono") || has_fetch(text));
        exports.then_some(Self::Exports)
    }
}

/// Whether an object in this text has a method or a property `fetch`; a call of it is none.
fn has_fetch(text: &str) -> bool {
    let is_method = |line: &str| {
        let line = line.trim();
        let line = line.strip_prefix("async ").unwrap_or(line);
        line.starts_with("fetch(") && line.ends_with('{')
    };
    text.contains("fetch:") || text.lines().any(is_method)
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
