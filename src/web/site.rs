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
use crate::challenge::{self, Outline, OutlineFault, Trials};
use crate::course::{Course, Lesson};
use crate::exercise::LessonSlug;
use crate::sandbox::addresses::Ports;
use crate::sandbox::registry::Sandboxes;
use crate::settings::layer::Without;
use crate::store::{LearnerId, Progress, Store};

/// The checks of one lesson, or why they cannot be read.
type Outlines = Result<Arc<[Outline]>, OutlineFault>;

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
    /// What the checks of each lesson say about themselves, once they were read; or why they cannot be.
    pub outlines: Mutex<HashMap<LessonSlug, Outlines>>,
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
        let sentence = |fault: OutlineFault| {
            Fault::unprocessable(format!("These checks cannot be run: {fault}."))
        };
        if let Some(outlines) = known().get(&lesson.slug) {
            return outlines.clone().map_err(sentence);
        }
        let read = challenge::read(self.sandboxes.engine(), &challenge.checks).await;
        let outlines = read.map(Arc::from);
        let passes = outlines.as_ref().is_err_and(|fault| fault.passes);
        if let Err(fault) = &outlines {
            tracing::error!(lesson = %lesson.slug, %fault, "a lesson's checks cannot be read");
        }
        if !passes {
            known().insert(lesson.slug.clone(), outlines.clone());
        }
        outlines.map_err(sentence)
    }

    /// What a page of the site may show in a frame.
    #[must_use]
    pub fn frame_sources(&self) -> String {
        self.sandboxes.pattern()
    }
}
