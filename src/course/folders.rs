//! Which file of a tree is what: the course, its base project, units, lessons and their parts.

use std::collections::BTreeMap;

use super::Tree;
use super::diagnostic::{Diagnostic, FileFaults};
use super::projects::{DIFF, Overlay, ProjectName};
use crate::exercise::is_slug;

/// What authors write for each other; no learner sees it.
const GUIDE: &str = "README.md";

/// The words that a course's questions may name.
pub(super) const WORDS: &str = "course.words";

/// The files of a project's folder, by their paths in it: `views/nav.js` → bytes.
pub(super) type FolderFiles<'t> = BTreeMap<&'t str, &'t [u8]>;

/// A course's files, sorted.
#[derive(Debug, Default)]
pub(super) struct Folders<'t> {
    /// `course.toml`.
    pub(super) course: Option<&'t [u8]>,
    /// `course.words`.
    pub(super) words: Option<&'t [u8]>,
    /// `base/`.
    pub(super) base: FolderFiles<'t>,
    /// The units in the order of their folders' names.
    pub(super) units: BTreeMap<&'t str, UnitFolder<'t>>,
}

/// `NN-unit/`.
#[derive(Debug, Default)]
pub(super) struct UnitFolder<'t> {
    /// From the folder's name.
    pub(super) number: u32,
    /// `unit.toml`.
    pub(super) about: Option<&'t [u8]>,
    /// Its lessons in the order of their folders' names.
    pub(super) lessons: BTreeMap<&'t str, LessonFolder<'t>>,
}

/// `NN-unit/NN-lesson/`.
#[derive(Debug, Default)]
pub(super) struct LessonFolder<'t> {
    /// Its path in the course's folder.
    pub(super) path: String,
    /// From the folder's name.
    pub(super) number: u32,
    /// The folder's name without its number.
    pub(super) slug: &'t str,
    /// `index.md`.
    pub(super) page: Option<&'t [u8]>,
    /// `checks.js`.
    pub(super) checks: Option<&'t [u8]>,
    /// `steps.js`.
    pub(super) steps: Option<&'t [u8]>,
    /// What makes its projects: `starter/`, `solution.diff`, `mistakes/CHECK.diff` and so on.
    pub(super) overlays: BTreeMap<ProjectName, Overlay<'t>>,
}

/// Sorts a tree; what has no place in a course is a fault. Names that start with a dot are left
/// out, since editors and systems leave such files behind.
pub(super) fn sort<'t>(tree: &'t Tree, faults: &mut Vec<Diagnostic>) -> Folders<'t> {
    let mut folders = Folders::default();
    for (path, bytes) in tree {
        if path.split('/').any(|name| name.starts_with('.')) {
            continue;
        }
        if let Err(mend) = folders.place(path, bytes) {
            let mut stray = FileFaults::of(path);
            stray.add(1, "this file has no place in a course", mend);
            faults.append(&mut stray.found);
        }
    }
    folders
}

impl<'t> Folders<'t> {
    fn place(&mut self, path: &'t str, bytes: &'t [u8]) -> Result<(), &'static str> {
        if let Some(name) = path.strip_prefix("base/") {
            self.base.insert(name, bytes);
            return Ok(());
        }
        let names: Vec<&str> = path.split('/').collect();
        match *names.as_slice() {
            ["course.toml"] => self.course = Some(bytes),
            [WORDS] => self.words = Some(bytes),
            [GUIDE] => {}
            [unit, ref rest @ ..] if !rest.is_empty() => {
                let (number, _) = numbered(unit)
                    .ok_or("name a unit's folder with a number, such as `02-triggers`")?;
                let folder = self.units.entry(unit).or_default();
                folder.number = number;
                folder.place(path, rest, bytes)?;
            }
            _ => return Err("put it into a unit's folder, such as `02-triggers/`, or remove it"),
        }
        Ok(())
    }
}

impl<'t> UnitFolder<'t> {
    fn place(
        &mut self,
        path: &'t str,
        names: &[&'t str],
        bytes: &'t [u8],
    ) -> Result<(), &'static str> {
        match *names {
            ["unit.toml"] => self.about = Some(bytes),
            [lesson, ref rest @ ..] if !rest.is_empty() => {
                let (number, slug) = numbered(lesson)
                    .ok_or("name a lesson's folder with a number, such as `06-active-search`")?;
                let end = path.len() - rest.join("/").len();
                let (folder_path, path) = path.split_at(end);
                let folder = self.lessons.entry(lesson).or_insert_with(|| LessonFolder {
                    path: folder_path.trim_end_matches('/').to_owned(),
                    number,
                    slug,
                    ..LessonFolder::default()
                });
                folder.place(path, bytes)?;
            }
            _ => return Err("put it into a lesson's folder, or remove it"),
        }
        Ok(())
    }
}

impl<'t> LessonFolder<'t> {
    /// Takes the file of this path in the lesson's folder.
    fn place(&mut self, path: &'t str, bytes: &'t [u8]) -> Result<(), &'static str> {
        if self.overlay(path, bytes).is_some() {
            return Ok(());
        }
        match path.split_once('/') {
            None if path == "index.md" => self.page = Some(bytes),
            None if path == "checks.js" => self.checks = Some(bytes),
            None if path == "steps.js" => self.steps = Some(bytes),
            Some(("alternatives" | "mistakes", _)) => {
                return Err(
                    "put it into a folder of its own, such as `alternatives/by-events/`, or write a \
                     difference: `alternatives/by-events.diff`",
                );
            }
            _ => {
                return Err(
                    "a lesson has `index.md`, `starter/`, `solution/`, `checks.js`, `steps.js`, `alternatives/` and \
                     `mistakes/`, or their differences, such as `solution.diff`: rename or remove it",
                );
            }
        }
        Ok(())
    }

    /// Takes a file of a project's folder, or a project's difference; `None` for anything else.
    fn overlay(&mut self, path: &'t str, bytes: &'t [u8]) -> Option<()> {
        if let Some(name) = path.strip_suffix(DIFF).and_then(|stem| stem.parse().ok()) {
            self.overlays.entry(name).or_default().diff = Some(bytes);
            return Some(());
        }
        let mut slashes = path.match_indices('/').map(|(at, _)| at);
        let (name, file) = slashes.find_map(|at| {
            let name: ProjectName = path[..at].parse().ok()?;
            Some((name, &path[at + 1..]))
        })?;
        let overlay = self.overlays.entry(name).or_default();
        overlay.files.insert(file, bytes);
        Some(())
    }
}

/// `13-a-websocket-in-html` → 13, `a-websocket-in-html`.
fn numbered(name: &str) -> Option<(u32, &str)> {
    let (number, slug) = name.split_once('-')?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let sound = digits && is_slug(slug);
    sound.then(|| Some((number.parse().ok()?, slug)))?
}
