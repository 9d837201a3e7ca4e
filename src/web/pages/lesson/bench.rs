//! The workbench beside a lesson, as its page opens.

use serde::Serialize;

use crate::course::Lesson;
use crate::project::Project;
use crate::store::Draft;
use crate::web::site::Site;

/// The address of a sandbox that has none now.
const NOWHERE: &str = "about:blank";

/// The workbench's state, in the JSON of the browser.
#[derive(Serialize)]
pub(super) struct Bench<'a> {
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

#[derive(Serialize)]
struct Address {
    id: String,
    url: String,
}

/// A file, to be read where no script runs.
#[derive(Serialize)]
pub(super) struct SourceView<'a> {
    name: &'a str,
    text: &'a str,
}

impl<'a> Bench<'a> {
    pub(super) fn new(
        site: &Site,
        lesson: &'a Lesson,
        draft: Option<Draft>,
        sandbox: String,
    ) -> Self {
        let (version, saved, files) = match draft {
            Some(draft) => (draft.version, Some(draft.saved_ms), draft.project),
            None => (0, None, lesson.starter.clone()),
        };
        // Without an address the lesson can still be read; who presses Run is told.
        let url = site.learning.sandboxes.url(&sandbox);
        Self {
            lesson: &lesson.slug,
            title: &lesson.title,
            version,
            saved,
            files,
            open: &lesson.open,
            sandbox: Address {
                url: url.unwrap_or_else(|_| NOWHERE.to_owned()),
                id: sandbox,
            },
        }
    }

    pub(super) fn address(&self) -> &str {
        &self.sandbox.url
    }

    /// Whether the files are the starter's.
    pub(super) fn is_untouched(&self) -> bool {
        self.version == 0
    }

    /// The files to show first, then the others by name.
    pub(super) fn sources(&self) -> Vec<SourceView<'_>> {
        let first = |name: &str| self.open.iter().position(|open| open == name);
        let files = self.files.files();
        let mut sources: Vec<_> = files
            .map(|(name, text)| SourceView {
                name: name.as_str(),
                text,
            })
            .collect();
        sources.sort_by_key(|file| (first(file.name).unwrap_or(usize::MAX), file.name));
        sources
    }
}
