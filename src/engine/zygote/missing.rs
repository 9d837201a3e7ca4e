//! What Bun and Node have and a sandbox does not, with what to do instead: `embedded/engine/missing.json`, which
//! the Web layer takes the members of `Bun` from (`web/missing.js`).
//!
//! A name that is missing stays undefined, so that code can ask whether it is there; the reason is added to
//! the error that its use brings.

use std::collections::BTreeMap;
use std::iter;

use serde::Deserialize;

use crate::assets;

/// Reasons by names: each the rest of a sentence, without its full stop.
type Reasons = BTreeMap<String, String>;

/// The whole table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Missing {
    /// Members of `Bun`.
    #[serde(rename = "Bun")]
    _bun: Reasons,
    /// Members of `process`.
    #[serde(rename = "process")]
    _process: Reasons,
    /// Members of `Intl`.
    #[serde(rename = "Intl")]
    _intl: Reasons,
    /// What modules of Node's that are here lack, by their names with `node:`; the build puts it in.
    #[serde(rename = "parts")]
    _parts: BTreeMap<String, Reasons>,
    /// Members of globals that are here.
    #[serde(rename = "members")]
    _members: BTreeMap<String, Reasons>,
    /// Globals of Bun's.
    globals: Reasons,
    /// Globals of browsers and of other platforms.
    foreign: Reasons,
    /// What a file of `CommonJS` takes for granted.
    commonjs: Reasons,
    /// Modules, as an import names them; those of Node with their `node:`.
    modules: Reasons,
}

impl Missing {
    /// Reads the table, which is part of the build; without it nothing is explained.
    pub(super) fn load() -> Self {
        let table = assets::engine("missing.json");
        let table = table.and_then(|json| serde_json::from_str(&json).ok());
        table.unwrap_or_default()
    }

    /// Why a module is not here: by its own name, Node's name, or what it is a part of, such as `express` of
    /// `express/lib/router` and `node:fs` of `fs/promises`.
    pub(super) fn module(&self, name: &str) -> Option<&str> {
        let mut wholes = iter::successors(Some(name), |part| Some(part.rsplit_once('/')?.0));
        let reason = wholes.find_map(|name| {
            let node = || self.modules.get(&format!("node:{name}"));
            self.modules.get(name).or_else(node)
        });
        reason.map(String::as_str)
    }

    /// The message of a `ReferenceError`, with the reason why the name is not defined. `line` is where it was
    /// thrown, and may say which module `require` asks for.
    pub(super) fn explained(&self, message: &str, line: Option<&str>) -> Option<String> {
        let name = message.strip_suffix(" is not defined")?;
        let tables = [&self.commonjs, &self.globals, &self.foreign];
        let reason = tables.into_iter().find_map(|table| table.get(name))?;
        let required = line.filter(|_| name == "require").and_then(required);
        let more = required.and_then(|module| Some((module, self.module(module)?)));
        Some(match more {
            Some((module, why)) => format!("{message}: {reason}; “{module}” is not here: {why}"),
            None => format!("{message}: {reason}"),
        })
    }
}

/// The module that a line asks `require` for.
fn required(line: &str) -> Option<&str> {
    let rest = line.split_once("require(")?.1.trim_start();
    let quote = rest.chars().next().filter(|mark| "\"'`".contains(*mark))?;
    rest[1..].split_once(quote).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_found_by_its_name_with_and_without_node_and_by_its_package() {
        let missing = Missing::load();
        for name in ["node:fs", "fs", "fs/promises", "node:fs/promises"] {
            let reason = missing.module(name).unwrap_or_default();
            assert!(reason.contains("no disk"), "{name}: {reason}");
        }
        assert!(missing.module("express/lib/router").is_some());
        assert!(missing.module("@hono/node-ws").is_some());
        assert!(missing.module("hono/jsx/dom/client").is_some());
        assert_eq!(missing.module("left-pad"), None);
    }

    #[test]
    fn an_undefined_name_is_explained_where_bun_has_it() {
        let missing = Missing::load();
        let explained = |message, line| missing.explained(message, line).unwrap_or_default();
        assert!(
            explained("PerformanceObserver is not defined", None).contains("performance.now()")
        );
        let line = Some("const app = require('express')();");
        let sentence = explained("require is not defined", line);
        assert!(
            sentence.contains("CommonJS") && sentence.contains("hono"),
            "{sentence}"
        );
        assert!(explained("module is not defined", None).contains("export default"));
        assert!(explained("document is not defined", None).contains("belongs in the page"));
        assert!(explained("Deno is not defined", None).contains("Bun.serve"));
        assert_eq!(missing.explained("rooms is not defined", None), None);
    }
}
