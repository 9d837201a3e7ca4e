//! Pages that were made and are still right: kept until their learner's next deed.
//!
//! A lesson's page is made from the course, which does not change, and from what is kept about its learner. So it
//! stays right until something of that learner is written, whoever writes it, and whatever others write
//! ([`Store::revision`]).

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::HeaderValue;
use parking_lot::Mutex;

use super::lesson::Filled;
use super::theme::Theme;
use crate::exercise::LessonSlug;
use crate::store::{LearnerId, SecretHash, Store};

/// The most bytes that are kept beside what all pages share: drafts and answers of some hundred learners.
const BYTES_LIMIT: usize = 16 * 1024 * 1024;
/// The most pages, however little each of them has of its own.
const PAGES_LIMIT: usize = 4096;
/// How long at most, since what is due for review depends on the time.
const LASTS: Duration = Duration::from_mins(1);

/// The pages that were made.
#[derive(Default)]
pub(crate) struct Pages(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    bytes: usize,
    pages: HashMap<PageKey, MadePage>,
}

/// Who asks for what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PageKey {
    /// None for all of whom nothing is known: their pages are the same.
    pub(super) token: Option<SecretHash>,
    pub(super) lesson: LessonSlug,
    pub(super) theme: Theme,
}

/// What is a learner's alone at their page.
#[derive(Clone)]
pub(super) struct Owned {
    /// What keeps them known.
    pub(super) cookie: HeaderValue,
    pub(super) learner: LearnerId,
    /// That of what is kept about them.
    pub(super) revision: u64,
}

/// A page that was made.
#[derive(Clone)]
pub(super) struct MadePage {
    pub(super) page: Arc<Filled>,
    pub(super) whose: Option<Owned>,
    since: Instant,
}

impl MadePage {
    /// A page that is made now; nobody's is for all of whom nothing is known.
    pub(super) fn new(page: Filled, whose: Option<Owned>) -> Self {
        Self {
            page: Arc::new(page),
            whose,
            since: Instant::now(),
        }
    }

    fn is_right(&self, store: &Store) -> bool {
        let is_unchanged = |it: &Owned| store.revision(it.learner) == it.revision;
        self.whose.as_ref().is_none_or(is_unchanged) && !self.is_old()
    }

    fn is_old(&self) -> bool {
        self.since.elapsed() >= LASTS
    }
}

impl Pages {
    /// The page, if nothing of its learner was written since it was made.
    pub(super) fn get(&self, store: &Store, asked: &PageKey) -> Option<MadePage> {
        let made = self.0.lock().pages.get(asked)?.clone();
        made.is_right(store).then_some(made)
    }

    /// Lets go of the pages that nobody gets any more; to be done again and again.
    pub(crate) fn keep_small(&self) {
        let mut kept = self.0.lock();
        let old = kept.pages.extract_if(|_, made| made.is_old());
        let bytes: usize = old.map(|(_, made)| made.page.own_bytes()).sum();
        kept.bytes -= bytes;
        if kept.pages.is_empty() {
            kept.pages.shrink_to_fit();
        }
    }

    /// Keeps a page. Where there is no room, all go: each is made anew when it is asked for.
    pub(super) fn put(&self, asked: PageKey, made: MadePage) {
        let bytes = made.page.own_bytes();
        if bytes > BYTES_LIMIT {
            return;
        }
        let mut kept = self.0.lock();
        if kept.bytes + bytes > BYTES_LIMIT || kept.pages.len() >= PAGES_LIMIT {
            *kept = Shelf::default();
        }
        kept.bytes += bytes;
        if let Some(before) = kept.pages.insert(asked, made) {
            kept.bytes -= before.page.own_bytes();
        }
    }
}
