//! One lesson: its front matter, its page, its projects.

use std::sync::Arc;

use arborium::Highlighter;

use super::challenge;
use super::diagnostic::{Diagnostic, FileFaults};
use super::fields::{Placed, TomlFields};
use super::folders::LessonFolder;
use super::page::{self, LessonContext, link::FolderSlugs, link::HeadingLink};
use super::projects::{LessonProjects, ProjectName};
use super::step::{self, Step};
use super::{Heading, Lesson};
use crate::project::Project;
use crate::questions::Lexicon;

/// A lesson that was read, with what has to be compared with the other lessons.
#[derive(Debug)]
pub(super) struct LoadedLesson {
    /// The path of its `index.md`.
    pub(super) path: String,
    /// The lesson; not to be used where there are faults.
    pub(super) lesson: Lesson,
    /// All headings of its page.
    pub(super) headings: Vec<Heading>,
    /// Its links to headings.
    pub(super) links: Vec<HeadingLink>,
    /// Its prerequisites, with their lines.
    pub(super) prerequisites: Vec<Placed<String>>,
    /// The lines of its questions' fences.
    pub(super) question_lines: Vec<usize>,
    /// What is wrong with it alone.
    pub(super) faults: Vec<Diagnostic>,
}

/// What its front matter says.
#[derive(Debug, Default)]
struct FrontMatter {
    title: String,
    summary: String,
    minutes: u32,
    number: u32,
    htmx: u32,
    prerequisites: Vec<Placed<String>>,
    open: Option<Vec<Placed<String>>>,
    noise: Vec<Placed<String>>,
}

/// The line between front matter and page.
const FENCE: &str = "+++";
/// The longest page, in bytes: fifteen times what the longest of our own course has.
const LONGEST: usize = 256 * 1024;
/// What is shown first where the front matter does not say.
const PAGE: &str = "index.html";

/// Reads a lesson. `highlighter` is this thread's own.
pub(super) fn load(
    folder: &LessonFolder<'_>,
    base: &Project,
    places: &FolderSlugs,
    lexicon: &Lexicon,
    highlighter: Highlighter,
) -> LoadedLesson {
    let path = format!("{}/index.md", folder.path);
    let mut faults = FileFaults::of(&path);
    let text = if let Some(bytes) = folder.page {
        faults.text(bytes)
    } else {
        faults.add(
            1,
            "the lesson has no page",
            "write `index.md`, beginning with “+++”",
        );
        String::new()
    };
    let text = within_limit(text, &mut faults);
    let (front, body, first) = parts(&text, folder, &mut faults);
    let place = LessonContext {
        lexicon,
        folder: &folder.path,
        slug: folder.slug,
        places,
    };
    let page = page::render(body, first, place, highlighter, &mut faults);
    let made = LessonProjects::of(folder, base);
    faults.found.extend(made.faults().cloned());
    let has_starter = made.faults_of(&ProjectName::Starter).is_empty();
    let mut projects = made.projects;
    let mut take = |name| projects.remove(&name).unwrap_or_default();
    let (starter, solution) = (take(ProjectName::Starter), take(ProjectName::Solution));
    let challenge = challenge::load(folder, projects, &mut faults);
    let steps = page.steps.into_iter().map(Arc::new).collect::<Vec<_>>();
    named_once(&steps, &mut faults);
    if has_starter {
        step::lay(&steps, &starter, &mut faults);
    }
    let step_stories = step::stories(folder, &steps, &mut faults);
    let open = opened(front.open, &starter, &mut faults);
    let noise = left_out(front.noise, &mut faults);
    let (question_lines, questions): (Vec<_>, Vec<_>) = page.questions.into_iter().unzip();
    let contents = page
        .headings
        .iter()
        .filter(|heading| heading.level <= 3)
        .cloned()
        .collect();
    let lesson = Lesson {
        slug: folder.slug.into(),
        number: front.number,
        title: front.title,
        summary: front.summary,
        minutes: front.minutes,
        prerequisites: front
            .prerequisites
            .iter()
            .map(|slug| slug.value.as_str().into())
            .collect(),
        htmx: front.htmx,
        open,
        noise,
        blocks: page.blocks,
        headings: contents,
        questions: questions.into_iter().map(Arc::new).collect(),
        steps,
        step_stories,
        starter,
        solution,
        challenge,
        folder: folder.path.clone(),
        differences: made.differences,
        sections: page.sections,
    };
    LoadedLesson {
        path,
        lesson,
        headings: page.headings,
        links: page.links,
        prerequisites: front.prerequisites,
        question_lines,
        faults: faults.found,
    }
}

/// A page that can be read in a sitting; of a longer one, nothing.
fn within_limit(text: String, faults: &mut FileFaults) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let line = text.as_bytes()[..LONGEST].split(|&it| it == b'\n').count();
    let problem = "the page is longer than 256 KiB here";
    faults.add(line, problem, "make several lessons of it");
    String::new()
}

/// The front matter, the page's source, and the line on which that starts.
fn parts<'t>(
    text: &'t str,
    folder: &LessonFolder,
    faults: &mut FileFaults,
) -> (FrontMatter, &'t str, usize) {
    let nothing = FrontMatter {
        number: folder.number,
        ..FrontMatter::default()
    };
    if folder.page.is_none() || text.is_empty() && !faults.found.is_empty() {
        return (nothing, "", 1);
    }
    let Some(after) = text
        .strip_prefix(FENCE)
        .and_then(|text| text.strip_prefix('\n'))
    else {
        let mend = "begin with a line “+++”, then `title = \"…\"` and the rest, then “+++”";
        faults.add(1, "the lesson has no front matter", mend);
        return (nothing, text, 1);
    };
    let mut length = 0;
    let ended = after.split_inclusive('\n').position(|line| {
        let ends = line.trim_end() == FENCE;
        length += line.len();
        ends
    });
    let Some(lines) = ended else {
        faults.add(
            1,
            "the front matter does not end",
            "write a line “+++” below it",
        );
        return (nothing, "", 1);
    };
    let (front, body) = after.split_at(length);
    let front = front.trim_end().strip_suffix(FENCE).unwrap_or(front);
    (read(front, folder.number, faults), body, lines + 3)
}

fn read(source: &str, number: u32, faults: &mut FileFaults) -> FrontMatter {
    let mut fields = TomlFields::read(source, 2, faults);
    let front = FrontMatter {
        title: fields.text("title"),
        summary: fields.text("summary"),
        minutes: fields.number(
            "minutes",
            fits_sitting,
            "a whole number from 1 to 240",
            None,
        ),
        number: fields.number("order", |_| true, "a whole number", Some(number)),
        htmx: fields.number("htmx", |htmx| matches!(htmx, 2 | 4), "2 or 4", Some(2)),
        prerequisites: fields.texts("prerequisites").unwrap_or_default(),
        open: fields.texts("open"),
        noise: fields.texts("noise").unwrap_or_default(),
    };
    fields.finish();
    front
}

fn fits_sitting(minutes: u32) -> bool {
    (1..=240).contains(&minutes)
}

/// Ticks are kept under the steps' names.
fn named_once(steps: &[Arc<Step>], faults: &mut FileFaults) {
    for (place, step) in steps.iter().enumerate() {
        if let Some(other) = steps[..place].iter().find(|other| other.id == step.id) {
            let problem = format!(
                "the step “{}” is there already, on line {}",
                step.id, other.line
            );
            faults.add(step.line, problem, "give one of them another id");
        }
    }
}

/// What the wire leaves out at first: each says something.
fn left_out(noise: Vec<Placed<String>>, faults: &mut FileFaults) -> Vec<String> {
    let says = |it: &str| {
        it.strip_prefix("text:")
            .unwrap_or(it)
            .trim_matches(['*', ' '])
            .len()
    };
    for empty in noise.iter().filter(|it| says(&it.value) == 0) {
        let problem = "`noise` holds an entry that everything matches";
        let mend = "write a path such as “/notifications”, or a word such as “price*”";
        faults.add(empty.line, problem, mend);
    }
    noise.into_iter().map(|it| it.value).collect()
}

fn opened(
    open: Option<Vec<Placed<String>>>,
    starter: &Project,
    faults: &mut FileFaults,
) -> Vec<String> {
    let Some(open) = open else {
        let page = Some(PAGE).filter(|name| starter.get(name).is_some());
        let there = page.into_iter().chain(starter.server());
        return there.map(str::to_owned).collect();
    };
    for name in open
        .iter()
        .filter(|name| starter.get(&name.value).is_none())
    {
        faults.add(
            name.line,
            format!("`open` names “{}”, which is not in the starter", name.value),
            "add the file to `starter/` or the base project, or remove its name",
        );
    }
    open.into_iter().map(|name| name.value).collect()
}
