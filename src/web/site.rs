//! What every request of the site shares.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

use super::fault::{Fault, Missing};
use super::pages::again::Pages;
use super::rounds::Rounds;
use super::session::Sessions;
use super::shutdown::Shutdown;
use crate::assets::Templates;
use crate::challenge::{self, Outline, Trials};
use crate::course::{Course, Lesson};
use crate::sandbox::addresses::Ports;
use crate::sandbox::registry::Sandboxes;
use crate::settings::layer::Without;
use crate::store::{LearnerId, Progress, Store};

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
    pub templates: Arc<Templates>,
    /// Pages that are still as they were made.
    pub pages: Pages,
    /// The learners' live servers.
    pub sandboxes: Sandboxes,
    /// The ports that they have, where they have no names.
    pub ports: Option<Arc<Ports>>,
    /// The challenges that are being tried.
    pub trials: Trials,
    /// What the checks of each lesson say about themselves, once they were read.
    pub outlines: Mutex<HashMap<String, Arc<[Outline]>>>,
    /// The rounds that browsers play by themselves, in `hxlab check`.
    pub rounds: Option<Rounds>,
    /// The end of the program, for what is answered for long.
    pub shutdown: Shutdown,
    /// The layers of the jail that learners' servers run without; every page says so.
    pub unsafe_without: Without,
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

    /// The checks of a lesson's challenge, in order.
    pub async fn outlines(&self, lesson: &Lesson) -> Result<Arc<[Outline]>, Fault> {
        let challenge = lesson.challenge.as_ref();
        let challenge = challenge.ok_or(Fault::NotFound(Missing::Challenge))?;
        let known = || self.outlines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(outlines) = known().get(&lesson.slug) {
            return Ok(outlines.clone());
        }
        let read = challenge::read(self.sandboxes.engine(), &challenge.checks).await;
        let outlines: Arc<[Outline]> = read
            .map_err(|fault| {
                tracing::error!(lesson = lesson.slug, %fault, "a lesson's checks cannot be read");
                Fault::unprocessable(format!("This lesson's checks cannot be run: {fault}."))
            })?
            .into();
        known().insert(lesson.slug.clone(), outlines.clone());
        Ok(outlines)
    }

    /// What a page of the site may show in a frame.
    #[must_use]
    pub fn frame_sources(&self) -> String {
        self.sandboxes.pattern()
    }
}
