//! Which file of a tree is what: the course, its base project, units, lessons and their parts.

use std::collections::BTreeMap;

use super::Tree;
use super::diagnostic::{Diagnostic, Faults};
use crate::exercise::is_slug;

/// What authors write for each other; no learner sees it.
const GUIDE: &str = "README.md";

/// The files of a folder that has no folders: name → bytes.
pub type Files<'t> = BTreeMap<&'t str, &'t [u8]>;

/// A course's files, sorted.
#[derive(Debug, Default)]
pub struct Folders<'t> {
    /// `course.toml`.
    pub course: Option<&'t [u8]>,
    /// `base/`.
    pub base: Files<'t>,
    /// The units in the order of their folders' names.
    pub units: BTreeMap<&'t str, UnitFolder<'t>>,
}

/// `NN-unit/`.
#[derive(Debug, Default)]
pub struct UnitFolder<'t> {
    /// From the folder's name.
    pub number: u32,
    /// `unit.toml`.
    pub about: Option<&'t [u8]>,
    /// Its lessons in the order of their folders' names.
    pub lessons: BTreeMap<&'t str, LessonFolder<'t>>,
}

/// `NN-unit/NN-lesson/`.
#[derive(Debug, Default)]
pub struct LessonFolder<'t> {
    /// Its path in the course's folder.
    pub path: String,
    /// From the folder's name.
    pub number: u32,
    /// The folder's name without its number.
    pub slug: &'t str,
    /// `index.md`.
    pub page: Option<&'t [u8]>,
    /// `starter/`.
    pub starter: Files<'t>,
    /// `solution/`.
    pub solution: Files<'t>,
    /// `checks.js`.
    pub checks: Option<&'t [u8]>,
    /// `alternatives/NAME/`.
    pub alternatives: BTreeMap<&'t str, Files<'t>>,
    /// `mistakes/CHECK/`.
    pub mistakes: BTreeMap<&'t str, Files<'t>>,
}

/// Sorts a tree; what has no place in a course is a fault. Names that start with a dot are left
/// out, since editors and systems leave such files behind.
pub fn sort<'t>(tree: &'t Tree, faults: &mut Vec<Diagnostic>) -> Folders<'t> {
    let mut folders = Folders::default();
    for (path, bytes) in tree {
        if path.split('/').any(|name| name.starts_with('.')) {
            continue;
        }
        if let Err(mend) = folders.place(path, bytes) {
            let mut stray = Faults::of(path);
            stray.add(1, "this file has no place in a course", mend);
            faults.append(&mut stray.found);
        }
    }
    folders
}

impl<'t> Folders<'t> {
    fn place(&mut self, path: &'t str, bytes: &'t [u8]) -> Result<(), &'static str> {
        let names: Vec<&str> = path.split('/').collect();
        match *names.as_slice() {
            ["course.toml"] => self.course = Some(bytes),
            [GUIDE] => {}
            ["base", name] => _ = self.base.insert(name, bytes),
            [unit, ref rest @ ..] if !rest.is_empty() => {
                let (number, _) = numbered(unit)
                    .ok_or("name a unit's folder with a number, such as `02-triggers`")?;
                let folder = self.units.entry(unit).or_default();
                folder.number = number;
                folder.place(unit, rest, bytes)?;
            }
            _ => return Err("put it into a unit's folder, such as `02-triggers/`, or remove it"),
        }
        Ok(())
    }
}

impl<'t> UnitFolder<'t> {
    fn place(
        &mut self,
        unit: &'t str,
        names: &[&'t str],
        bytes: &'t [u8],
    ) -> Result<(), &'static str> {
        match *names {
            ["unit.toml"] => self.about = Some(bytes),
            [lesson, ref rest @ ..] if !rest.is_empty() => {
                let (number, slug) = numbered(lesson)
                    .ok_or("name a lesson's folder with a number, such as `06-active-search`")?;
                let folder = self.lessons.entry(lesson).or_insert_with(|| LessonFolder {
                    path: format!("{unit}/{lesson}"),
                    number,
                    slug,
                    ..LessonFolder::default()
                });
                folder.place(rest, bytes)?;
            }
            _ => return Err("put it into a lesson's folder, or remove it"),
        }
        Ok(())
    }
}

impl<'t> LessonFolder<'t> {
    fn place(&mut self, names: &[&'t str], bytes: &'t [u8]) -> Result<(), &'static str> {
        match *names {
            ["index.md"] => self.page = Some(bytes),
            ["checks.js"] => self.checks = Some(bytes),
            ["starter", name] => _ = self.starter.insert(name, bytes),
            ["solution", name] => _ = self.solution.insert(name, bytes),
            ["alternatives", way, name] => {
                self.alternatives
                    .entry(way)
                    .or_default()
                    .insert(name, bytes);
            }
            ["mistakes", check, name] => {
                self.mistakes.entry(check).or_default().insert(name, bytes);
            }
            ["starter" | "solution", ..] | ["alternatives" | "mistakes", _, _, ..] => {
                return Err("a project has no folders: move it up");
            }
            ["alternatives" | "mistakes", _] => {
                return Err("put it into a folder of its own, such as `alternatives/by-events/`");
            }
            _ => {
                return Err(
                    "a lesson has `index.md`, `starter/`, `solution/`, `checks.js`, \
                            `alternatives/` and `mistakes/`: rename or remove it",
                );
            }
        }
        Ok(())
    }
}

/// `13-a-websocket-in-html` → 13, `a-websocket-in-html`.
fn numbered(name: &str) -> Option<(u32, &str)> {
    let (number, slug) = name.split_once('-')?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let sound = digits && is_slug(slug);
    sound.then(|| Some((number.parse().ok()?, slug)))?
}
