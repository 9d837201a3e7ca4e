//! A part of a difference put into effect: the file that it changes, adds, renames or takes away.

use std::sync::Arc;

use diffy::Patch;
use diffy::patch_set::{FileOperation, FilePatch, ParseOptions, PatchSet};

use super::PatchConflict;
use super::patched::PatchedText;
use super::sections::{FileSection, GIT};
use crate::project::{FileName, Project};

/// What a part of a difference does to a file.
struct FileChange {
    from: Option<FileName>,
    to: Option<FileName>,
    /// Whether `from` stays beside `to`.
    keeps: bool,
}

/// What git writes before the paths of each side.
const OLD: &str = "a/";
const NEW: &str = "b/";

/// What stands before the paths of each side: git's `a/` and `b/`, or the folders that somebody compared.
pub(super) struct Sides {
    old: String,
    new: String,
}

impl Sides {
    /// Those of a file that both sides have; a new one does not tell where its own path begins.
    pub(super) fn of(sections: &[FileSection<'_>]) -> Self {
        let told = sections.iter().find_map(|section| {
            let file = section.parse().ok()?;
            let FileOperation::Modify { original, modified } = file.operation() else {
                return None;
            };
            let path = in_both(original, modified)?;
            Some(Self {
                old: original.strip_suffix(path)?.to_owned(),
                new: modified.strip_suffix(path)?.to_owned(),
            })
        });
        told.unwrap_or_else(|| Self {
            old: OLD.to_owned(),
            new: NEW.to_owned(),
        })
    }

    /// What follows them in the paths of a file that git renamed or copied, where it writes no letters.
    fn without_letters<'p>(&self, from: &'p str, to: &'p str) -> (&'p str, &'p str) {
        (
            below(from, below(&self.old, OLD)),
            below(to, below(&self.new, NEW)),
        )
    }
}

/// What the paths of both sides end with: `views/nav.js` of `a/views/nav.js` and `b/views/nav.js`.
fn in_both<'p>(original: &str, modified: &'p str) -> Option<&'p str> {
    let theirs = original.rsplit('/');
    let alike = modified.rsplit('/').zip(theirs).take_while(|(a, b)| a == b);
    let length = alike.map(|(part, _)| part.len() + 1).sum::<usize>();
    let start = modified.len().checked_sub(length.checked_sub(1)?)?;
    Some(&modified[start..])
}

impl FileSection<'_> {
    /// Does to `project` what this part says, or tells where it does not fit.
    pub(super) fn change(&self, sides: &Sides, project: &mut Project) -> Result<(), PatchConflict> {
        let file = self.parse()?;
        let Some(patch) = file.patch().as_text() else {
            return Err(self.conflict("it changes a file that is not text"));
        };
        let change = self.named(sides, file.operation())?;
        let old = self.original(&change, project)?;
        match self.changed(patch, &change, &old) {
            Ok(new) => self.put(&change, new.into(), project),
            Err(mut conflict) => {
                // diffy also looks for the lines above and below the place where they should be.
                if let Ok(new) = diffy::apply(&old, patch) {
                    conflict.moved = self.put(&change, new.into(), project).is_ok();
                }
                Err(conflict)
            }
        }
    }

    fn conflict(&self, problem: impl Into<String>) -> PatchConflict {
        PatchConflict::new(self.line, problem)
    }

    fn parse(&self) -> Result<FilePatch<'_, str>, PatchConflict> {
        let options = if self.text.starts_with(GIT) {
            ParseOptions::gitdiff()
        } else {
            ParseOptions::unidiff()
        };
        let unread = |reason: String| {
            // diffy counts places from where it began to read, which tells an author nothing.
            let reason = reason.rsplit(": ").next().unwrap_or_default().to_owned();
            self.conflict(format!(
                "what is said of this file is not a unified diff ({reason})"
            ))
        };
        match PatchSet::parse(self.text, options).next() {
            Some(Ok(file)) => Ok(file),
            Some(Err(error)) => Err(unread(error.to_string())),
            None => Err(unread("nothing".to_owned())),
        }
    }

    fn named(
        &self,
        sides: &Sides,
        operation: &FileOperation<'_, str>,
    ) -> Result<FileChange, PatchConflict> {
        let name =
            |path: &str| FileName::try_from(path).map_err(|error| self.conflict(error.to_string()));
        let (from, to, keeps) = match operation {
            FileOperation::Delete(path) => (Some(name(below(path, &sides.old))?), None, false),
            FileOperation::Create(path) => (None, Some(name(below(path, &sides.new))?), false),
            FileOperation::Modify { original, modified } => {
                let Some(path) = in_both(original, modified) else {
                    let (from, to) = (below(original, &sides.old), below(modified, &sides.new));
                    let problem = format!("it calls one file “{from}” and “{to}”");
                    return Err(self.conflict(problem));
                };
                let name = name(path)?;
                (Some(name.clone()), Some(name), false)
            }
            FileOperation::Rename { from, to } => {
                let (from, to) = sides.without_letters(from, to);
                (Some(name(from)?), Some(name(to)?), false)
            }
            FileOperation::Copy { from, to } => {
                let (from, to) = sides.without_letters(from, to);
                (Some(name(from)?), Some(name(to)?), true)
            }
        };
        Ok(FileChange { from, to, keeps })
    }

    /// The text that is changed: empty for a new file.
    fn original(&self, change: &FileChange, project: &Project) -> Result<Arc<str>, PatchConflict> {
        let new = change
            .to
            .as_ref()
            .filter(|&to| change.from.as_ref() != Some(to));
        if let Some(name) = new.filter(|name| project.get(name.as_str()).is_some()) {
            return Err(self.conflict(format!("it adds “{name}”, which is there already")));
        }
        let Some(name) = &change.from else {
            return Ok(Arc::default());
        };
        let missing = || self.conflict(format!("it changes “{name}”, and there is no such file"));
        let contents = project.get(name.as_str()).ok_or_else(missing)?;
        let binary = || {
            let problem = "which is not text: only a folder of whole files can change it";
            self.conflict(format!("it changes “{name}”, {problem}"))
        };
        contents.text().cloned().ok_or_else(binary)
    }

    fn changed(
        &self,
        patch: &Patch<'_, str>,
        change: &FileChange,
        old: &str,
    ) -> Result<String, PatchConflict> {
        let name = change.from.as_ref().or(change.to.as_ref());
        let mut over = PatchedText::begin(old, name.map_or("", FileName::as_str));
        for (hunk, line) in patch.hunks().iter().zip(&self.hunks) {
            over.lay(hunk, *line)?;
        }
        let new = over.end();
        let same = change.from == change.to && new == old;
        if same {
            let problem = format!(
                "it changes nothing in “{}”",
                name.map_or("", FileName::as_str)
            );
            return Err(self.conflict(problem));
        }
        Ok(new)
    }

    fn put(
        &self,
        change: &FileChange,
        new: Arc<str>,
        project: &mut Project,
    ) -> Result<(), PatchConflict> {
        let Some(to) = &change.to else {
            let whole = change.from.as_ref().filter(|_| new.is_empty());
            let taken = whole.is_some_and(|name| project.remove(name));
            let problem = "it takes a file away, but does not say all of its lines";
            return taken.then_some(()).ok_or_else(|| self.conflict(problem));
        };
        let mut changed = project.clone();
        if let Some(from) = change.from.as_ref().filter(|_| !change.keeps) {
            changed.remove(from);
        }
        let added = changed.insert(to.clone(), new.into());
        added.map_err(|error| self.conflict(error.to_string()))?;
        *project = changed;
        Ok(())
    }

    /// Whether it takes a file away, and with the last one its folder, which leaves room for others.
    pub(super) fn takes_away(&self) -> bool {
        let header = self.text.split("\n@@ ").next().unwrap_or_default();
        let mut lines = header.lines();
        lines.any(|line| line.starts_with("deleted file") || line.starts_with("+++ /dev/null"))
    }
}

/// The rest of a path of one side.
fn below<'p>(path: &'p str, side: &str) -> &'p str {
    path.strip_prefix(side).unwrap_or(path)
}
