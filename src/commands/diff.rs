//! `hxlab diff`: writes a lesson's project into a folder, and what was changed there back as a difference.
//!
//! One command for both ways: into a folder that is empty or not there yet the project is written, from any
//! other the difference is made. `--all` writes every project of the course, and `--moved` writes those
//! differences anew whose lines stand elsewhere now.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::files;
use super::stop::Stop;
use crate::course::{Diagnostic, LessonProjects, ProjectName, Tree, difference, lesson_projects};
use crate::project::Project;

pub(super) const HELP: &str = "\
To write a mistake, say for the check “count” of the lesson “a-greeting”:
  hxlab diff a-greeting mistakes/count /tmp/count    writes the project as it stands into /tmp/count
  (change the files there)
  hxlab diff a-greeting mistakes/count /tmp/count    writes mistakes/count.diff beside the lesson's text
To mend a difference that does not fit any more, do the same: what still fits is in the folder, and the
rest is told.";

/// What is asked for.
#[derive(clap::Args, Clone, Debug)]
pub(super) struct DiffArguments {
    /// The lesson's slug, such as a-websocket-in-html
    #[arg(required_unless_present_any = ["all", "moved"])]
    lesson: Option<String>,
    /// Its project: starter, solution, alternatives/NAME or mistakes/CHECK
    #[arg(required_unless_present_any = ["all", "moved"])]
    name: Option<ProjectName>,
    /// A folder: an edited copy of the whole project; or an empty or new one, to get a copy to edit
    #[arg(required_unless_present_any = ["all", "moved"])]
    dir: Option<PathBuf>,
    /// Write every project of every lesson into this folder, as LESSON/NAME/
    #[arg(long, value_name = "DIR", conflicts_with_all = ["lesson", "moved"])]
    all: Option<PathBuf>,
    /// Write every difference anew whose lines have only moved
    #[arg(long, conflicts_with = "lesson")]
    moved: bool,
    /// The course's folder
    #[arg(
        long,
        env = "HXLAB_LESSONS",
        value_name = "DIR",
        default_value = "lessons"
    )]
    lessons: PathBuf,
}

/// Does one of the four.
pub(super) fn diff(asked: &DiffArguments) -> Result<(), Stop> {
    let tree = files::tree(&asked.lessons)?;
    let lessons = &asked.lessons;
    match (&asked.lesson, &asked.name, &asked.dir) {
        (Some(lesson), Some(name), Some(dir)) => one(&tree, lessons, lesson, name, dir),
        _ if asked.moved => moved(lessons, tree),
        _ => match &asked.all {
            Some(dir) => all(&tree, lessons, dir),
            None => Err(Stop::new(
                "name a lesson, a project and a folder; see hxlab diff --help",
            )),
        },
    }
}

fn one(
    tree: &Tree,
    lessons: &Path,
    slug: &str,
    name: &ProjectName,
    dir: &Path,
) -> Result<(), Stop> {
    let mut all = lesson_projects(tree).map_err(|faults| stale(faults, lessons))?;
    let Some(place) = all.iter().position(|lesson| lesson.slug == slug) else {
        let slugs: Vec<_> = all.iter().map(|lesson| lesson.slug.as_str()).collect();
        let slugs = slugs.join(", ");
        return Err(Stop::new(format!(
            "there is no lesson “{slug}”; write one of {slugs}"
        )));
    };
    let lesson = all.swap_remove(place);
    let below = lesson.faults_below(name);
    if !below.is_empty() {
        return Err(stale(below, lessons));
    }
    if is_empty(dir)? {
        write_out(&lesson, name, dir)
    } else {
        write_difference(&lesson, name, dir, lessons)
    }
}

/// What has to be mended before.
fn stale(faults: Vec<Diagnostic>, lessons: &Path) -> Stop {
    Stop::course(&files::placed(faults, Some(lessons)))
}

fn is_empty(dir: &Path) -> Result<bool, Stop> {
    match fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(unwritten(dir, &error)),
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Stop {
    let path = path.display();
    Stop::new(format!(
        "cannot use {path}: {error}; name a folder of your own"
    ))
}

/// The project as it stands, or, where there is none of this name, what it would lie over.
fn write_out(lesson: &LessonProjects, name: &ProjectName, dir: &Path) -> Result<(), Stop> {
    let project = lesson.projects.get(name);
    write_project(project.unwrap_or_else(|| lesson.under(name)), dir)?;
    for fault in lesson.faults_of(name) {
        eprintln!(
            "hxlab: not in {}: {}:{}: {}",
            dir.display(),
            fault.path,
            fault.line,
            fault.problem
        );
    }
    let what = match project {
        Some(_) => format!("{name} of {}", lesson.slug),
        None => format!("{}, as the beginning of {name}", name.under_words()),
    };
    println!(
        "wrote {what} into {}; change it, and give the same command again",
        dir.display()
    );
    Ok(())
}

fn write_project(project: &Project, dir: &Path) -> Result<(), Stop> {
    fs::create_dir_all(dir).map_err(|error| unwritten(dir, &error))?;
    for (name, contents) in project.files() {
        write(&dir.join(name.as_str()), contents.bytes())?;
    }
    Ok(())
}

fn write_difference(
    lesson: &LessonProjects,
    name: &ProjectName,
    dir: &Path,
    lessons: &Path,
) -> Result<(), Stop> {
    if lesson.is_folder(name) {
        let folder = lessons.join(&lesson.folder).join(name.to_string());
        let folder = folder.display();
        let sentence = format!(
            "{folder}/ holds this project as whole files; change them there, or remove that folder and give \
             the same command again"
        );
        return Err(Stop::new(sentence));
    }
    let edited = files::project(dir)?;
    let under = lesson.under(name);
    let binary = difference::not_in_it(under, &edited);
    if let Some(file) = binary.first() {
        let (folder, under) = (lessons.join(&lesson.folder), name.under_words());
        return Err(Stop::new(format!(
            "“{file}” is no text and is not as in {under}, which a difference cannot say; keep the project as whole \
             files in {}/, without {name}.diff",
            folder.join(name.to_string()).display()
        )));
    }
    let text = difference::between(under, &edited);
    if text.is_empty() {
        let (dir, under) = (dir.display(), name.under_words());
        return Err(Stop::new(format!(
            "{dir} is the same as {under}; change something there first"
        )));
    }
    let path = lessons.join(lesson.diff(name));
    write(&path, &text)?;
    let lines = text.lines().count();
    println!(
        "wrote {}: {lines} lines over {}",
        path.display(),
        name.under_words()
    );
    Ok(())
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Stop> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|error| unwritten(path, &error))
}

fn all(tree: &Tree, lessons: &Path, dir: &Path) -> Result<(), Stop> {
    if !is_empty(dir)? {
        let dir = dir.display();
        return Err(Stop::new(format!(
            "{dir} is not empty; name a folder that is, or a new one"
        )));
    }
    let all = lesson_projects(tree).map_err(|faults| stale(faults, lessons))?;
    let faults: Vec<_> = all
        .iter()
        .flat_map(LessonProjects::faults)
        .cloned()
        .collect();
    if !faults.is_empty() {
        return Err(stale(faults, lessons));
    }
    for lesson in &all {
        for (name, project) in &lesson.projects {
            write_project(project, &dir.join(&lesson.slug).join(name.to_string()))?;
        }
    }
    Ok(())
}

/// Writes differences anew until no more of them have only moved: one lies over another.
fn moved(lessons: &Path, mut tree: Tree) -> Result<(), Stop> {
    let mut written = 0;
    loop {
        let all = lesson_projects(&tree).map_err(|faults| stale(faults, lessons))?;
        let next = all
            .iter()
            .find_map(|lesson| Some((lesson, lesson.moved()?.clone())));
        let Some((lesson, name)) = next else { break };
        let project = lesson
            .projects
            .get(&name)
            .unwrap_or_else(|| lesson.under(&name));
        let text = difference::between(lesson.under(&name), project);
        let path = lesson.diff(&name);
        write(&lessons.join(&path), &text)?;
        println!("wrote {} anew", lessons.join(&path).display());
        written += 1;
        tree.insert(path, text.into_bytes());
    }
    if written == 0 {
        println!("no difference has only moved");
    }
    Ok(())
}
