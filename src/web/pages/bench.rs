//! The workbench, beside a lesson or in the playground, as its page opens: its state, and its files to be read where no
//! script runs.
//!
//! Most files of most drafts are as the lesson gave them. Those are drawn once for all ([`StarterFiles`]), so a
//! page costs what its learner has changed.

use std::sync::Arc;

use serde::Serialize;

use super::course::address;
use super::gzip::Effort;
use super::piece::Piece;
use crate::assets::{Context, script_json};
use crate::course::Lesson;
use crate::exercise::LessonSlug;
use crate::project::{Contents, FileName, Project};
use crate::store::Draft;
use crate::web::fault::Fault;
use crate::web::site::Site;

/// What a workbench is for.
pub(super) struct BenchPlace<'a> {
    /// What the browser keeps its things under.
    pub(super) work: LessonSlug,
    pub(super) title: &'a str,
    /// Where it asks, without a slash at its end.
    pub(super) address: String,
    /// The major version of htmx that its pages use.
    pub(super) htmx: u32,
    /// The files to show first, in order.
    pub(super) open: &'a [String],
    /// What the wire leaves out at first.
    pub(super) noise: &'a [String],
    /// What is there where nothing is saved.
    pub(super) starter: &'a Project,
}

impl<'a> BenchPlace<'a> {
    /// That of a lesson.
    pub(super) fn of(lesson: &'a Lesson) -> Self {
        Self {
            work: lesson.slug.clone(),
            title: &lesson.title,
            address: address(lesson),
            htmx: lesson.htmx,
            open: &lesson.open,
            noise: &lesson.noise,
            starter: &lesson.starter,
        }
    }
}

/// What the template `workbench.html` is filled with beside its gaps.
#[derive(Serialize)]
pub(super) struct BenchView {
    /// Where it asks.
    pub(super) address: String,
    /// Whether there are a starter and a solution.
    pub(super) is_lesson: bool,
}

/// A learner's draft, with where it runs.
pub(super) struct Bench<'a> {
    site: &'a Site,
    place: BenchPlace<'a>,
    /// 0 when nothing is saved and the files are the starter's.
    version: u64,
    /// In milliseconds since 1970.
    saved: Option<u64>,
    files: Project,
    /// None while it has no address: nothing is kept of a newcomer, or there is no port left.
    sandbox: Option<SandboxView>,
    /// What leads there, or has the site make it.
    opened_by: String,
}

/// The workbench's state without its files, in the JSON of the browser.
#[derive(Serialize)]
struct StateView<'a> {
    work: &'a str,
    address: &'a str,
    title: &'a str,
    htmx: u32,
    version: u64,
    saved: Option<u64>,
    open: &'a [String],
    /// What the wire leaves out at first.
    noise: &'a [String],
    sandbox: Option<&'a SandboxView>,
}

#[derive(Serialize)]
struct SandboxView {
    id: String,
    url: String,
}

impl<'a> Bench<'a> {
    pub(super) fn new(
        site: &'a Site,
        place: BenchPlace<'a>,
        draft: Option<Draft>,
        sandbox: Option<String>,
    ) -> Self {
        let (version, saved, files) = match draft {
            Some(draft) => (draft.version, Some(draft.saved_ms), draft.project),
            None => (0, None, place.starter.clone()),
        };
        // Without an address the lesson can still be read; who presses Run gets one or is told.
        let sandbox = sandbox.and_then(|id| {
            let url = site.learning.sandboxes.url(&id).ok()?;
            Some(SandboxView { id, url })
        });
        let made_by = || format!("{}/open", place.address);
        Self {
            site,
            version,
            saved,
            files,
            opened_by: sandbox.as_ref().map_or_else(made_by, |it| it.url.clone()),
            sandbox,
            place,
        }
    }

    /// The address of a link that opens the sandbox in a new tab.
    pub(super) fn link(&self) -> &str {
        &self.opened_by
    }

    /// The workbench's state as JSON that may stand in a script element.
    pub(super) fn state(&self, starter: &StarterFiles) -> Result<Vec<Arc<Piece>>, Fault> {
        let state = StateView {
            work: &self.place.work,
            address: &self.place.address,
            title: self.place.title,
            htmx: self.place.htmx,
            version: self.version,
            saved: self.saved,
            open: self.place.open,
            noise: self.place.noise,
            sandbox: self.sandbox.as_ref(),
        };
        let state = script_json(&state).map_err(Fault::internal)?;
        let own = |text: String| Arc::new(Piece::new(text, Effort::Once));
        let open = state.strip_suffix('}').unwrap_or(&state);
        let mut pieces = vec![own(format!("{open},\"files\":{{"))];
        for (place, (name, contents)) in self.files.files().enumerate() {
            if place > 0 {
                pieces.push(own(",".to_owned()));
            }
            pieces.push(match starter.same(name, contents) {
                Some(file) => file.member.clone(),
                None => own(member(name, contents)?),
            });
        }
        pieces.push(own("}}".to_owned()));
        Ok(pieces)
    }

    /// The files to show first, then the others by name.
    pub(super) fn sources(&self, starter: &StarterFiles) -> Result<Vec<Arc<Piece>>, Fault> {
        let piece = |(name, contents): (&FileName, &Contents)| match starter.same(name, contents) {
            Some(file) => Ok(file.source.clone()),
            None => Ok(Arc::new(Piece::new(
                source(self.site, name, contents)?,
                Effort::Once,
            ))),
        };
        let files = in_order(&self.files, self.place.open);
        files.into_iter().map(piece).collect()
    }
}

/// A project's files to be read, each as HTML.
pub(super) fn sources(site: &Site, files: &Project, open: &[String]) -> Result<Vec<String>, Fault> {
    let files = in_order(files, open).into_iter();
    files
        .map(|(name, contents)| source(site, name, contents))
        .collect()
}

/// The files to show first, then the others by name.
fn in_order<'a>(files: &'a Project, open: &[String]) -> Vec<(&'a FileName, &'a Contents)> {
    let first = |name: &str| open.iter().position(|open| open == name);
    let mut files: Vec<_> = files.files().collect();
    files.sort_by_key(|(name, _)| (first(name.as_str()).unwrap_or(usize::MAX), *name));
    files
}

/// The files that a lesson begins with, as each page that has them unchanged shows them.
pub(super) struct StarterFiles(Vec<StarterFile>);

struct StarterFile {
    name: FileName,
    contents: Contents,
    source: Arc<Piece>,
    /// A member of the state's `files`.
    member: Arc<Piece>,
}

impl StarterFiles {
    /// None, as a project of one's own has no starter.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) fn draw(site: &Site, lesson: &Lesson) -> Result<Self, Fault> {
        let file = |(name, contents): (&FileName, &Contents)| {
            let often = |text: String| Arc::new(Piece::new(text, Effort::Often));
            Ok(StarterFile {
                source: often(source(site, name, contents)?),
                member: often(member(name, contents)?),
                name: name.clone(),
                contents: contents.clone(),
            })
        };
        let files = lesson.starter.files().map(file);
        files.collect::<Result<_, Fault>>().map(Self)
    }

    /// The file of this name, where it is unchanged.
    fn same(&self, name: &FileName, contents: &Contents) -> Option<&StarterFile> {
        let mut files = self.0.iter();
        files.find(|file| file.name == *name && file.contents == *contents)
    }
}

/// A file, to be read where no script runs.
#[derive(Serialize)]
struct SourceView<'a> {
    name: &'a str,
    text: &'a str,
    /// What it is, where it is no text.
    what: Option<String>,
}

fn source(site: &Site, name: &FileName, contents: &Contents) -> Result<String, Fault> {
    let view = SourceView {
        name: name.as_str(),
        text: contents.text().map_or("", |text| text),
        what: contents.in_words(name),
    };
    let context = Context::from_serialize(&view).map_err(Fault::internal)?;
    let html = site.templates.render("source.html", &context);
    html.map_err(Fault::internal)
}

fn member(name: &FileName, contents: &Contents) -> Result<String, Fault> {
    let name = script_json(name).map_err(Fault::internal)?;
    let contents = script_json(contents).map_err(Fault::internal)?;
    Ok(format!("{name}:{contents}"))
}
