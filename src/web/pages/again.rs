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
    pub(super) token: SecretHash,
    pub(super) lesson: LessonSlug,
    pub(super) theme: Theme,
}

/// A page that was made.
#[derive(Clone)]
pub(super) struct MadePage {
    pub(super) page: Arc<Filled>,
    pub(super) cookie: HeaderValue,
    /// Whose it is, and at which revision of what is kept about them.
    made_at: (LearnerId, u64),
    since: Instant,
}

impl MadePage {
    /// A page that is made now, with the cookie that keeps its learner known.
    pub(super) fn new(page: Filled, cookie: HeaderValue, made_at: (LearnerId, u64)) -> Self {
        Self {
            page: Arc::new(page),
            cookie,
            made_at,
            since: Instant::now(),
        }
    }

    fn is_right(&self, store: &Store) -> bool {
        let (learner, revision) = self.made_at;
        store.revision(learner) == revision && self.since.elapsed() < LASTS
    }
}

impl Pages {
    /// The page, if nothing of its learner was written since it was made.
    pub(super) fn get(&self, store: &Store, asked: &PageKey) -> Option<MadePage> {
        let made = self.0.lock().pages.get(asked)?.clone();
        made.is_right(store).then_some(made)
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
