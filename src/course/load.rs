//! Loading a course.
//!
//! Stages: the tree's files sorted into folders → each lesson read and rendered, on as many
//! threads as the machine has → what must hold between lessons → the course, or all its faults.

use std::num::NonZero;
use std::sync::Arc;
use std::thread;

use super::diagnostic::{Diagnostic, FileFaults};
use super::fields::TomlFields;
use super::folders::{Folders, LessonFolder, UnitFolder, WORDS, sort};
use super::lesson::{self, LoadedLesson};
use super::page::{code, link::FolderSlugs};
use super::projects::LessonProjects;
use super::search::Index;
use super::{Course, Tree, Unit, path, projects};
use crate::project::Project;
use crate::questions::Lexicon;

/// Loads the course of a tree, or gives every fault in it, ordered by file and line.
pub(crate) fn load(tree: &Tree) -> Result<Course, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let folders = sort(tree, &mut faults);
    let (title, summary) = about(folders.course, "course.toml", &mut faults);
    let mut of_base = FileFaults::of("base");
    let base = projects::base(&folders, &mut of_base);
    faults.append(&mut of_base.found);

    let lexicon = lexicon(folders.words, &mut faults);
    let mut lessons = lessons(&folders, &base, &lexicon);
    faults.extend(
        lessons
            .iter_mut()
            .flat_map(|loaded| std::mem::take(&mut loaded.faults)),
    );
    faults.extend(path::check(&lessons));
    let units = units(&folders, lessons, &mut faults);
    if units.is_empty() {
        let mut of_course = FileFaults::of("course.toml");
        of_course.add(
            1,
            "the course has no lessons",
            "add one: `01-unit/01-lesson/index.md`",
        );
        faults.append(&mut of_course.found);
    }
    if faults.is_empty() {
        let index = Index::of(units.iter().flat_map(|unit| &unit.lessons));
        return Ok(Course {
            title,
            summary,
            units,
            index,
        });
    }
    faults.sort();
    faults.dedup();
    Err(faults)
}

/// The projects of every lesson, in the order of the folders, whatever is wrong elsewhere in the course; or
/// the faults of the base project, which all of them lie over.
pub(crate) fn lesson_projects(tree: &Tree) -> Result<Vec<LessonProjects>, Vec<Diagnostic>> {
    let folders = sort(tree, &mut Vec::new());
    let mut faults = FileFaults::of("base");
    let base = projects::base(&folders, &mut faults);
    if !faults.found.is_empty() {
        return Err(faults.found);
    }
    let lessons = folders
        .units
        .values()
        .flat_map(|unit| unit.lessons.values());
    Ok(lessons
        .map(|folder| LessonProjects::of(folder, &base))
        .collect())
}

/// The title and the summary of a course or a unit.
fn about(bytes: Option<&[u8]>, path: &str, found: &mut Vec<Diagnostic>) -> (String, String) {
    let mut faults = FileFaults::of(path);
    let about = if let Some(bytes) = bytes {
        let text = faults.text(bytes);
        let mut fields = TomlFields::read(&text, 1, &mut faults);
        let about = (fields.text("title"), fields.text("summary"));
        fields.finish();
        about
    } else {
        let mend = "write it, with `title = \"…\"` and `summary = \"…\"`";
        faults.add(1, "the file is missing", mend);
        Default::default()
    };
    found.append(&mut faults.found);
    about
}

/// The words that the course's questions may use without defining them: general English, and the course's own.
fn lexicon(bytes: Option<&[u8]>, found: &mut Vec<Diagnostic>) -> Lexicon {
    let Some(bytes) = bytes else {
        return Lexicon::default();
    };
    let mut faults = FileFaults::of(WORDS);
    let read = Lexicon::read(&faults.text(bytes));
    let lexicon = read.unwrap_or_else(|told| {
        for fault in told {
            faults.add(fault.line, fault.problem, fault.mend);
        }
        Lexicon::default()
    });
    found.append(&mut faults.found);
    lexicon
}

/// Every lesson, in the order of the folders.
fn lessons(folders: &Folders<'_>, base: &Project, lexicon: &Lexicon) -> Vec<LoadedLesson> {
    let all: Vec<&LessonFolder> = folders
        .units
        .values()
        .flat_map(|unit| unit.lessons.values())
        .collect();
    let places: FolderSlugs = all
        .iter()
        .map(|folder| (folder.path.clone(), folder.slug.to_owned()))
        .collect();
    let highlighter = code::highlighter();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = all.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let shares = all.chunks(share).map(|share| {
            let (places, highlighter) = (&places, highlighter.fork());
            scope.spawn(move || {
                let load = |folder: &&LessonFolder| {
                    lesson::load(folder, base, places, lexicon, highlighter.fork())
                };
                share.iter().map(load).collect::<Vec<_>>()
            })
        });
        let shares: Vec<_> = shares.collect();
        shares
            .into_iter()
            .flat_map(|share| match share.join() {
                Ok(loaded) => loaded,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    })
}

/// The units with their lessons in order; two lessons of one number are a fault.
fn units(
    folders: &Folders<'_>,
    lessons: Vec<LoadedLesson>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Unit> {
    let mut lessons = lessons.into_iter();
    let mut units = Vec::new();
    for (name, folder) in &folders.units {
        let path = format!("{name}/unit.toml");
        let (title, summary) = about(folder.about, &path, found);
        let mut own: Vec<LoadedLesson> = lessons.by_ref().take(folder.lessons.len()).collect();
        own.sort_by_key(|loaded| loaded.lesson.number);
        found.append(&mut order(&path, folder, &own).found);
        let lessons = own
            .into_iter()
            .map(|loaded| Arc::new(loaded.lesson))
            .collect();
        units.push(Unit {
            number: folder.number,
            title,
            summary,
            lessons,
        });
    }
    units.sort_by_key(|unit| unit.number);
    units
}

fn order(path: &str, folder: &UnitFolder<'_>, own: &[LoadedLesson]) -> FileFaults {
    let mut faults = FileFaults::of(path);
    if folder.lessons.is_empty() {
        faults.add(
            1,
            "the unit has no lessons",
            "add one, or remove the folder",
        );
    }
    for pair in own.windows(2) {
        if pair[0].lesson.number == pair[1].lesson.number {
            let mut of_lesson = FileFaults::of(&pair[1].path);
            let (number, first) = (pair[1].lesson.number, &pair[0].path);
            let problem = format!("the number {number} is taken by {first}");
            of_lesson.add(1, problem, "renumber the folder, or set `order`");
            faults.found.append(&mut of_lesson.found);
        }
    }
    faults
}
