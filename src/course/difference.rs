//! Differences: what one project changes in another, as a unified diff that `git apply` and `patch` read
//! as well.
//!
//! Entry points: [`apply`] and [`between`]. Stages of `apply`: the text is cut into its files, with the
//! lines on which their hunks begin ([`sections`]) → each file is parsed by diffy, and laid over the
//! original exactly: every line must stand where the difference says. What does not is a [`PatchConflict`].

mod sections;

use std::sync::Arc;

use diffy::patch_set::{FileOperation, FilePatch, ParseOptions, PatchSet};
use diffy::{DiffOptions, Hunk, Line, Patch};

use crate::project::{FileName, Project};
use sections::{FileSection, GIT};

/// What stands in a diff for a file that is not there.
const NOWHERE: &str = "/dev/null";

/// A place at which a difference does not fit what it lies over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatchConflict {
    /// The difference's own line, from 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) problem: String,
    /// Whether all that the file's hunks expect is there, only at other lines.
    pub(crate) moved: bool,
}

impl PatchConflict {
    fn new(line: usize, problem: impl Into<String>) -> Self {
        Self {
            line,
            problem: problem.into(),
            moved: false,
        }
    }
}

/// What a difference makes of a project.
#[derive(Debug)]
pub(crate) struct Applied {
    /// The changed project. A file that has conflicts is as it was, or has all of its changes where its
    /// lines have only moved.
    pub(crate) project: Project,
    /// Every place that does not fit, in the order of the difference; the first one of each file.
    pub(crate) conflicts: Vec<PatchConflict>,
}

/// Lays the difference `text` over the project `under`.
pub(crate) fn apply(text: &str, under: &Project) -> Applied {
    let (sections, mut conflicts) = sections::cut(text);
    if sections.is_empty() && conflicts.is_empty() {
        let problem = "there is no change in it, such as a line “--- a/index.html”";
        conflicts.push(PatchConflict::new(1, problem));
    }
    let mut project = under.clone();
    for section in sections.iter().filter(|section| !section.broken) {
        if let Err(conflict) = section.change(&mut project) {
            conflicts.push(conflict);
        }
    }
    conflicts.sort_by_key(|conflict| conflict.line);
    Applied { project, conflicts }
}

/// The difference that makes `new` of `old`; empty where they are the same.
pub(crate) fn between(old: &Project, new: &Project) -> String {
    let taken_away = old.files().filter(|(name, _)| !has(new, name));
    let mut names: Vec<_> = new
        .files()
        .chain(taken_away)
        .map(|(name, _)| name)
        .collect();
    names.sort();
    let parts = names.into_iter().filter_map(|name| {
        let (before, after) = (old.get(name.as_str()), new.get(name.as_str()));
        (before != after).then(|| part(name, before, after))
    });
    parts.collect()
}

/// The part of a difference that is about one file.
fn part(name: &FileName, before: Option<&Arc<str>>, after: Option<&Arc<str>>) -> String {
    let mode = match (before, after) {
        (None, _) => "new file mode 100644\n",
        (_, None) => "deleted file mode 100644\n",
        _ => "",
    };
    let side = |letter, there: bool| {
        if there {
            format!("{letter}/{name}")
        } else {
            NOWHERE.to_owned()
        }
    };
    let mut options = DiffOptions::new();
    options
        .set_original_filename(side('a', before.is_some()))
        .set_modified_filename(side('b', after.is_some()));
    let (before, after) = (
        before.map_or("", |text| text),
        after.map_or("", |text| text),
    );
    // A file without a line has no hunk, and then git wants no names of sides either.
    let hunks = if before == after {
        String::new()
    } else {
        options.create_patch(before, after).to_string()
    };
    format!("{GIT}a/{name} b/{name}\n{mode}{hunks}")
}

fn has(project: &Project, name: &FileName) -> bool {
    project.get(name.as_str()).is_some()
}

/// What a part of a difference does to a file.
struct FileChange {
    from: Option<FileName>,
    to: Option<FileName>,
    /// Whether `from` stays beside `to`.
    keeps: bool,
}

impl FileSection<'_> {
    /// Does to `project` what this part says, or tells where it does not fit.
    fn change(&self, project: &mut Project) -> Result<(), PatchConflict> {
        let file = self.parse()?;
        let Some(patch) = file.patch().as_text() else {
            return Err(self.conflict("it changes a file that is not text"));
        };
        let change = self.named(file.operation())?;
        let old = self.original(&change, project)?;
        match self.changed(patch, &change, &old) {
            Ok(new) => self.put(&change, new.into(), project),
            Err(mut conflict) => {
                // diffy looks for the lines above and below where they should be.
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
            // Its places are counted from where it began to read, and say nothing to an author.
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

    fn named(&self, operation: &FileOperation<'_, str>) -> Result<FileChange, PatchConflict> {
        let name = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            FileName::try_from(name).map_err(|error| self.conflict(error.to_string()))
        };
        let (from, to, keeps) = match operation {
            FileOperation::Delete(path) => (Some(name(path)?), None, false),
            FileOperation::Create(path) => (None, Some(name(path)?), false),
            FileOperation::Modify { original, modified } => {
                let (from, to) = (name(original)?, name(modified)?);
                if from != to {
                    let problem = format!("it calls one file “{from}” and “{to}”");
                    return Err(self.conflict(problem));
                }
                (Some(from), Some(to), false)
            }
            FileOperation::Rename { from, to } => (Some(name(from)?), Some(name(to)?), false),
            FileOperation::Copy { from, to } => (Some(name(from)?), Some(name(to)?), true),
        };
        Ok(FileChange { from, to, keeps })
    }

    /// The text that is changed: empty for a new file.
    fn original(&self, change: &FileChange, project: &Project) -> Result<Arc<str>, PatchConflict> {
        let new = change
            .to
            .as_ref()
            .filter(|&to| change.from.as_ref() != Some(to));
        if let Some(name) = new.filter(|name| has(project, name)) {
            return Err(self.conflict(format!("it adds “{name}”, which is there already")));
        }
        let Some(name) = &change.from else {
            return Ok(Arc::default());
        };
        let missing = || self.conflict(format!("it changes “{name}”, and there is no such file"));
        project.get(name.as_str()).cloned().ok_or_else(missing)
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
        let added = project.insert(to.clone(), new);
        added.map_err(|error| self.conflict(error.to_string()))?;
        if let Some(from) = change
            .from
            .as_ref()
            .filter(|&from| !change.keeps && from != to)
        {
            project.remove(from);
        }
        Ok(())
    }
}

/// A text that hunks are laid over, from its first line to its last.
struct PatchedText<'o> {
    name: &'o str,
    lines: Vec<&'o str>,
    /// How many of the lines are done.
    done: usize,
    new: String,
}

impl<'o> PatchedText<'o> {
    fn begin(old: &'o str, name: &'o str) -> Self {
        Self {
            name,
            lines: old.split_inclusive('\n').collect(),
            done: 0,
            new: String::new(),
        }
    }

    /// Lays one hunk, whose header is the line `header` of the difference.
    fn lay(&mut self, hunk: &Hunk<'_, str>, header: usize) -> Result<(), PatchConflict> {
        let range = hunk.old_range();
        // Where no line is taken, the number is that of the line before.
        let start = range.start().saturating_sub(usize::from(!range.is_empty()));
        let Some(between) = self.lines.get(self.done..start) else {
            let (count, name) = (self.lines.len(), self.name);
            let problem = if start < self.done {
                format!("this change of “{name}” stands behind a later one")
            } else {
                format!("it changes line {start} of “{name}”, which has {count} lines")
            };
            return Err(PatchConflict::new(header, problem));
        };
        self.new.extend(between.iter().copied());
        self.done = start;
        let mut own = header;
        for line in hunk.lines() {
            own += 1;
            let (Line::Context(text) | Line::Delete(text) | Line::Insert(text)) = *line;
            if !matches!(line, Line::Insert(_)) {
                self.expect(text, own)?;
            }
            if !matches!(line, Line::Delete(_)) {
                self.new.push_str(text);
            }
            // Below it stands `\ No newline at end of file`.
            own += usize::from(!text.ends_with('\n'));
        }
        Ok(())
    }

    /// The next line of the original must be `text`, as line `own` of the difference says.
    fn expect(&mut self, text: &str, own: usize) -> Result<(), PatchConflict> {
        let there = self.lines.get(self.done).copied();
        self.done += 1;
        if there == Some(text) {
            return Ok(());
        }
        let (at, name) = (self.done, self.name);
        let there = match there {
            Some(there) => format!("there it is {}", shown(there)),
            None => format!("the file has {} lines", self.lines.len()),
        };
        let elsewhere = self.lines.iter().position(|line| *line == text);
        let elsewhere = match elsewhere.filter(|_| !text.trim().is_empty()) {
            Some(place) => format!("; line {} is the same", place + 1),
            None => String::new(),
        };
        let expected = shown(text);
        let problem =
            format!("it expects {expected} in line {at} of “{name}”, and {there}{elsewhere}");
        Err(PatchConflict::new(own, problem))
    }

    fn end(mut self) -> String {
        let rest = self.lines.get(self.done..).unwrap_or_default();
        self.new.extend(rest.iter().copied());
        self.new
    }
}

/// A line as it is quoted in a sentence: without its indentation, with what is invisible at its end.
fn shown(line: &str) -> String {
    let (words, end) = match line.strip_suffix('\n') {
        Some(line) => line
            .strip_suffix('\r')
            .map_or((line, ""), |line| (line, " with CRLF")),
        None => (line, " without an end of the line"),
    };
    match words.trim() {
        "" => format!("an empty line{end}"),
        words => format!("“{words}”{end}"),
    }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
