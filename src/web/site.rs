//! What every request of the site shares.

use std::sync::Arc;

use url::Url;

use super::fault::{Fault, Missing};
use super::session::Sessions;
use crate::assets::Templates;
use crate::course::{Course, Lesson};
use crate::store::{LearnerId, Progress, Store};

/// The letters of a sandbox's id, as [`super::host`] reads it.
const SANDBOX_ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The site: the course, the store, and how pages are made. Handlers take it as
/// `Data<&Arc<Site>>`.
pub struct Site {
    /// The course.
    pub course: Arc<Course>,
    /// What is kept.
    pub store: Store,
    /// Who asks.
    pub sessions: Sessions,
    /// The pages' templates.
    pub templates: Templates,
    /// The address that people type.
    pub url: Url,
}

impl Site {
    /// The lesson of this slug.
    pub fn lesson(&self, slug: &str) -> Result<&Arc<Lesson>, Fault> {
        self.course
            .lesson(slug)
            .ok_or(Fault::NotFound(Missing::Lesson))
    }

    /// What a learner has done; nothing, for one who is not known.
    pub async fn progress(&self, learner: Option<LearnerId>) -> Result<Progress, Fault> {
        match learner {
            Some(learner) => Ok(self.store.progress(learner).await?),
            None => Ok(Progress::default()),
        }
    }

    /// The id of a learner's sandbox for a lesson, the same each time.
    pub async fn sandbox(&self, learner: LearnerId, lesson: &Lesson) -> Result<String, Fault> {
        let id = new_sandbox_id()?;
        Ok(self.store.sandbox_id_or(learner, &lesson.slug, &id).await?)
    }

    /// Where the sandbox of this id lives.
    #[must_use]
    pub fn sandbox_url(&self, id: &str) -> String {
        self.below(id)
    }

    /// What a page of the site may show in a frame.
    #[must_use]
    pub fn frame_sources(&self) -> String {
        self.below("*")
    }

    fn below(&self, name: &str) -> String {
        let host = self.url.host_str().unwrap_or_default();
        let port = self
            .url
            .port()
            .map_or(String::new(), |port| format!(":{port}"));
        format!("{}://{name}.{host}{port}/", self.url.scheme())
    }
}

/// 26 letters of base32, of which 128 bits are random.
fn new_sandbox_id() -> Result<String, Fault> {
    let mut random = [0; 26];
    getrandom::fill(&mut random).map_err(Fault::internal)?;
    let letter = |byte: &u8| char::from(SANDBOX_ALPHABET[usize::from(byte & 31)]);
    Ok(random.iter().map(letter).collect())
}
