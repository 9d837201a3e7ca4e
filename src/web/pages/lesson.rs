//! A lesson's page: its prose with the questions in their places, and the workbench beside it.

use std::sync::Arc;

use poem::web::Data;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::again::Asked;
use super::challenge::ChallengeView;
use super::course::address;
use super::frame::{self, PageFrame};
use super::question::view::{Place, QuestionView, Tries};
use super::read::ReadView;
use crate::assets::script_json;
use crate::course::{Course, Heading, Lesson, LessonBlock, Unit};
use crate::learning::{Completion, Standing};
use crate::project::Project;
use crate::store::{Attempt, Draft, Progress};
use crate::web::fault::{Fault, Missing};
use crate::web::site::Site;
use crate::web::who::{KnownOrNew, PathLesson, SessionCookie};

/// `GET /lessons/:slug`.
#[handler]
pub(crate) async fn page(
    request: &Request,
    site: Data<&Arc<Site>>,
    PathLesson(lesson): PathLesson,
) -> Result<Response, Fault> {
    let lesson = &lesson;
    // Where sandboxes have ports, one's address may change without a commit.
    let asked = Asked::of(&site, request).filter(|_| site.ports.is_none());
    let store = &site.learning.store;
    if let Some(asked) = &asked {
        let nonce = frame::nonce()?;
        if let Some((html, cookie)) = site.pages.get(store, asked, &nonce) {
            SessionCookie::of(request)?.send(cookie);
            return Ok(frame::respond(html, &nonce, &site));
        }
    }
    // Only now: a page that is kept needs nothing from the store.
    let KnownOrNew(learner) = KnownOrNew::of(request).await?;
    learner.visit(lesson).await?;
    let made_at = (learner.id(), store.revision(learner.id()));
    let progress = learner.progress().await?;
    let attempts = learner.attempts(lesson).await?;
    let draft = learner.draft(lesson).await?;
    let sandbox = learner.sandbox_id(lesson).await?;

    let passed = progress.passed.contains(&lesson.slug);
    let challenge = ChallengeView::of(&site, lesson, &learner, passed).await?;
    let bench = Bench::new(&site, lesson, draft, sandbox);
    let view = LessonView {
        challenge,
        ..LessonView::new(&site.learning.course, lesson, &progress, &attempts, &bench)?
    };
    let frame = PageFrame::new(&site, request, &lesson.title)?;
    let html = frame.html("lesson.html", &view)?;
    if let (Some(asked), Some(cookie)) = (asked, SessionCookie::of(request)?.sent()) {
        let page = (&*html, frame.nonce());
        site.pages.put(asked, made_at, page, cookie.clone());
    }
    Ok(frame::respond(html, frame.nonce(), &site))
}

/// What the template `lesson.html` is filled with.
#[derive(Serialize)]
struct LessonView<'a> {
    unit: &'a Unit,
    lesson: &'a Lesson,
    standing: Standing,
    prerequisites: Vec<Before<'a>>,
    headings: &'a [Heading],
    blocks: Vec<Part<'a>>,
    previous: Option<Turn<'a>>,
    next: Option<Turn<'a>>,
    challenge: Option<ChallengeView>,
    read: ReadView,
    workbench: Workbench<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Part<'a> {
    Prose { html: &'a str },
    Question { question: Box<QuestionView<'a>> },
}

#[derive(Serialize)]
struct Before<'a> {
    title: &'a str,
    address: String,
    done: bool,
}

#[derive(Serialize)]
struct Turn<'a> {
    title: &'a str,
    address: String,
}

/// What the template `workbench.html` is filled with.
#[derive(Serialize)]
struct Workbench<'a> {
    lesson_slug: &'a str,
    /// To be read where no script runs, in the order of the tabs.
    files: Vec<FileView<'a>>,
    /// A [`Bench`] as JSON that may stand in a script element.
    state_json: String,
    sandbox_url: &'a str,
}

/// The workbench's state when the page opens, in the JSON of the browser.
#[derive(Serialize)]
struct Bench<'a> {
    lesson: &'a str,
    title: &'a str,
    /// 0 when nothing is saved and the files are the starter's.
    version: u64,
    /// In milliseconds since 1970.
    saved: Option<u64>,
    files: Project,
    open: &'a [String],
    sandbox: Address,
}

/// The address of a sandbox that has none now.
const NOWHERE: &str = "about:blank";

#[derive(Serialize)]
struct FileView<'a> {
    name: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Address {
    id: String,
    url: String,
}

impl<'a> Bench<'a> {
    fn new(site: &Site, lesson: &'a Lesson, draft: Option<Draft>, sandbox: String) -> Self {
        let (version, saved, files) = match draft {
            Some(draft) => (draft.version, Some(draft.saved_ms), draft.project),
            None => (0, None, lesson.starter.clone()),
        };
        Self {
            lesson: &lesson.slug,
            title: &lesson.title,
            version,
            saved,
            files,
            open: &lesson.open,
            sandbox: Address {
                // Without an address the lesson can still be read; who presses Run is told.
                url: site
                    .learning
                    .sandboxes
                    .url(&sandbox)
                    .unwrap_or_else(|_| NOWHERE.to_owned()),
                id: sandbox,
            },
        }
    }
}

impl Bench<'_> {
    /// The files to show first, then the others by name.
    fn in_order(&self) -> Vec<FileView<'_>> {
        let first = |name: &str| self.open.iter().position(|open| open == name);
        let files = self.files.files();
        let mut files: Vec<_> = files
            .map(|(name, text)| FileView {
                name: name.as_str(),
                text,
            })
            .collect();
        files.sort_by_key(|file| (first(file.name).unwrap_or(usize::MAX), file.name));
        files
    }
}

impl<'a> LessonView<'a> {
    fn new(
        course: &'a Course,
        lesson: &'a Lesson,
        progress: &Progress,
        attempts: &[Attempt],
        bench: &'a Bench,
    ) -> Result<Self, Fault> {
        let of_lesson = |unit: &&Unit| unit.lessons.iter().any(|other| other.slug == lesson.slug);
        let unit = course.units.iter().find(of_lesson);
        Ok(Self {
            unit: unit.ok_or(Fault::NotFound(Missing::Lesson))?,
            lesson,
            standing: Standing::of(lesson, progress),
            prerequisites: befores(course, lesson, progress),
            headings: &lesson.headings,
            blocks: parts(lesson, attempts, progress),
            previous: course.previous(&lesson.slug).map(|lesson| turn(lesson)),
            next: course.next(&lesson.slug).map(|lesson| turn(lesson)),
            challenge: None,
            read: ReadView::new(lesson, progress.read.contains(&lesson.slug)),
            workbench: Workbench {
                lesson_slug: &lesson.slug,
                files: bench.in_order(),
                state_json: script_json(bench).map_err(Fault::internal)?,
                sandbox_url: &bench.sandbox.url,
            },
        })
    }
}

fn parts<'a>(lesson: &'a Lesson, attempts: &[Attempt], progress: &Progress) -> Vec<Part<'a>> {
    let part = |block: &'a LessonBlock| match block {
        LessonBlock::Prose { html } => Some(Part::Prose { html }),
        LessonBlock::Question { id } => {
            let question = lesson.question(id)?;
            let tries = Tries::of(question, attempts, progress);
            let question = QuestionView::new(lesson, question, tries, Place::Lesson);
            let question = Box::new(question);
            Some(Part::Question { question })
        }
    };
    lesson.blocks.iter().filter_map(part).collect()
}

fn befores<'a>(course: &'a Course, lesson: &Lesson, progress: &Progress) -> Vec<Before<'a>> {
    let slugs = lesson.prerequisites.iter();
    let lessons = slugs.filter_map(|slug| course.lesson(slug));
    lessons
        .map(|before| Before {
            title: &before.title,
            address: address(before),
            done: Standing::of(before, progress).state == Completion::Done,
        })
        .collect()
}

fn turn(lesson: &Lesson) -> Turn<'_> {
    Turn {
        title: &lesson.title,
        address: address(lesson),
    }
}
