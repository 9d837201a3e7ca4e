//! The project's files as an `import` finds them: from the folder of the file that imports, and with or without their
//! endings. A refusal names the nearest file that is there.

use std::collections::BTreeMap;

use super::{ModuleFormat, TYPED};
use crate::engine::zygote::missing::Missing;
use crate::settings::nearest;

/// The project's files: path → text.
pub(super) type Files = BTreeMap<String, String>;

/// An import of the project's own code.
pub(super) struct FileImport<'a> {
    pub(super) files: &'a Files,
    /// The module that imports.
    pub(super) base: &'a str,
    /// What is written behind `from`.
    pub(super) name: &'a str,
    /// What `with { type: … }` says.
    pub(super) kind: Option<&'a str>,
}

impl FileImport<'_> {
    /// The module that is meant, or the rest of a sentence that says why there is none. Only for the sentence is
    /// `missing` asked, which reads the whole table.
    pub(super) fn module<'m>(
        &self,
        missing: impl FnOnce() -> &'m Missing,
    ) -> Result<String, String> {
        let Self { base, name, .. } = self;
        if !is_relative(name) {
            return Err(self.no_module(missing));
        }
        let path = joined(base, name).ok_or_else(|| self.outside())?;
        let found = self.find(&path, is_folder(name));
        let found = found.ok_or_else(|| self.no_file(&path))?;
        match (self.kind, ModuleFormat::of(&found)) {
            (None, Some(_)) => Ok(found),
            (None, None) => Err(format!(
                "which is neither JavaScript nor JSON: read it by Bun.file(\"{found}\").text()"
            )),
            (Some(kind @ ("json" | "text")), _) => Ok(format!("{found}{TYPED}{kind}")),
            (Some(kind), _) => Err(format!(
                "with the type “{kind}”: a sandbox knows “json” and “text”"
            )),
        }
    }

    /// The path that a relative name leads to, where it stays in the project.
    pub(super) fn path(&self) -> Option<String> {
        let is_relative = is_relative(self.name);
        is_relative.then(|| joined(self.base, self.name)).flatten()
    }

    /// The rest of the sentence about a name that the project's settings lead elsewhere.
    pub(super) fn alias(&self) -> String {
        let written = self.near(self.name);
        let written = written.as_deref().unwrap_or("./");
        format!(
            "which “paths” in tsconfig.json leads elsewhere: that is not done here; write the path from this file, \
             such as “{written}”"
        )
    }

    /// The file of this path, or the index of the folder.
    fn find(&self, path: &str, is_folder: bool) -> Option<String> {
        let index = if path.is_empty() {
            "index".to_owned()
        } else {
            format!("{path}/index")
        };
        let is_there = |path: &String| self.files.contains_key(path);
        let file = (!is_folder).then(|| spellings(path).find(is_there));
        file.flatten().or_else(|| spellings(&index).find(is_there))
    }

    /// Why a name is none of a module, where it is not the path of a file.
    fn no_module<'m>(&self, missing: impl FnOnce() -> &'m Missing) -> String {
        let Self { base, name, .. } = self;
        if let Some(path) = name.strip_prefix('/') {
            let meant = joined("", path).and_then(|path| self.find(&path, false));
            return match meant {
                Some(file) => format!(
                    "which begins at no folder: write “{}” for the project's own",
                    relative(base, &file)
                ),
                None => "which begins at no folder: write “./” before a file beside this one, and “../” before one \
                         in the folder above"
                    .into(),
            };
        }
        if name.contains("://") {
            return "which is not available here: a sandbox reaches no other machine".into();
        }
        match joined("", name).and_then(|path| self.find(&path, false)) {
            Some(file) => format!(
                "which names no file: write “{}” for the project's own",
                relative(base, &file)
            ),
            None => match missing().module(name) {
                Some(reason) => format!("which is not available here: {reason}"),
                None => "which is not available here: import “hono”, a part of it such as \
                         “hono/html”, or a file of the project such as “./rooms.js”"
                    .into(),
            },
        }
    }

    /// More `..` than there are folders.
    fn outside(&self) -> String {
        let below = self.name.trim_start_matches("../").trim_start_matches("./");
        format!(
            "which leads out of the project: {}",
            match self.near(below) {
                Some(near) => format!("did you mean “{near}”?"),
                None => "only its own files are here".to_owned(),
            }
        )
    }

    fn no_file(&self, path: &str) -> String {
        let folder = format!("{path}/");
        let words = if path.is_empty() {
            "but there is no index.js beside server.js".to_owned()
        } else if self.files.keys().any(|file| file.starts_with(&folder)) {
            format!("but “{path}” is a folder without an index.js: name a file in it")
        } else {
            format!("but there is no file “{path}”")
        };
        if let Some(file) = self.in_other_letters(path) {
            let written = relative(self.base, file);
            return format!("{words}; capitals count: write “{written}”");
        }
        match self.near(path) {
            Some(near) => format!("{words}; did you mean “{near}”?"),
            None => words,
        }
    }

    /// The file of the same name but for capitals, which a disk of macOS or Windows does not tell apart.
    fn in_other_letters(&self, path: &str) -> Option<&str> {
        let same =
            |file: &&String| spellings(path).any(|written| written.eq_ignore_ascii_case(file));
        self.files.keys().find(same).map(String::as_str)
    }

    /// The file that may be meant, as this one would import it: one of the same name in another folder, or one whose
    /// name is almost the same.
    fn near(&self, path: &str) -> Option<String> {
        let name = last_part(path);
        let others = || self.files.keys().filter(|file| **file != self.base);
        let is_same = |file: &&String| spellings(name).any(|name| name == last_part(file));
        let found = others().find(is_same).map(String::as_str).or_else(|| {
            let written = nearest(path, others().map(String::as_str));
            let bare = || others().map(|file| (without_ending(file), file.as_str()));
            let like = |whole: &str| bare().find(|(stem, _)| *stem == whole).map(|it| it.1);
            written
                .or_else(|| nearest(path, bare().map(|it| it.0)).and_then(like))
                .or_else(|| {
                    let name = nearest(name, others().map(|file| last_part(file)))?;
                    others()
                        .map(String::as_str)
                        .find(|file| last_part(file) == name)
                })
        });
        found.map(|file| relative(self.base, file))
    }
}

fn is_relative(name: &str) -> bool {
    [".", ".."].contains(&name) || name.starts_with("./") || name.starts_with("../")
}

/// Whether a name can only be that of a folder.
fn is_folder(name: &str) -> bool {
    matches!(last_part(name), "" | "." | "..")
}

/// The path in the project of a name that `base` imports; none where it leads out of it.
fn joined(base: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder_of(base).split_terminator('/').collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// How `base` imports a file: `./nav.js`, `../util.js`.
pub(super) fn relative(base: &str, file: &str) -> String {
    let from: Vec<&str> = folder_of(base).split_terminator('/').collect();
    let to: Vec<&str> = file.split('/').collect();
    let folders = &to[..to.len() - 1];
    let shared = from.iter().zip(folders).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    let up = if up.is_empty() { "./" } else { &up };
    format!("{up}{}", to[shared..].join("/"))
}

/// The folder of a module of the project: `views/` of `views/nav.js`, nothing for one beside the server.
fn folder_of(module: &str) -> &str {
    if module.starts_with(super::LIBRARY) {
        return "";
    }
    module.rfind('/').map_or("", |at| &module[..=at])
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn without_ending(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The files that a name may stand for, in Bun's order: itself, with an ending, and TypeScript by the name of what
/// it becomes.
fn spellings(name: &str) -> impl Iterator<Item = String> {
    let endings = ["", ".tsx", ".jsx", ".mts", ".ts", ".mjs", ".js", ".json"];
    let with_endings = endings
        .into_iter()
        .map(move |ending| format!("{name}{ending}"));
    let (stem, others): (_, &[_]) = match name.rsplit_once('.') {
        Some((stem, "js")) => (stem, &["ts", "tsx"]),
        Some((stem, "jsx")) => (stem, &["tsx", "ts"]),
        Some((stem, "mjs")) => (stem, &["mts"]),
        _ => (name, &[]),
    };
    with_endings.chain(others.iter().map(move |other| format!("{stem}.{other}")))
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
