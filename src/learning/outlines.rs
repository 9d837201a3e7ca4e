//! What the checks of lessons say about themselves: read once for each lesson, in a Run.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

use super::{Learning, LearningFault};
use crate::challenge::{self, AuthoredFault, Outline};
use crate::course::Lesson;
use crate::exercise::LessonSlug;

/// The checks of one lesson, or why they cannot be read.
type OutlinesResult = Result<Arc<[Outline]>, AuthoredFault>;

/// Those that were read.
#[derive(Default)]
pub(super) struct Outlines(Mutex<HashMap<LessonSlug, OutlinesResult>>);

impl Learning {
    /// The checks of a lesson's challenge, in order.
    pub(crate) async fn outlines(&self, lesson: &Lesson) -> Result<Arc<[Outline]>, LearningFault> {
        let challenge = lesson.challenge.as_ref();
        let challenge = challenge.ok_or(LearningFault::NoChallenge)?;
        let known = self.outlines.0.lock().get(&lesson.slug).cloned();
        let outlines = match known {
            Some(known) => known,
            None => self.read_outlines(lesson, &challenge.checks).await,
        };
        outlines.map_err(LearningFault::Outlines)
    }

    /// A fault of the file is kept as well; one of the machine may pass.
    async fn read_outlines(&self, lesson: &Lesson, checks: &str) -> OutlinesResult {
        let read = challenge::read(self.sandboxes.engine(), checks).await;
        let outlines = read.map(Arc::from);
        if let Err(fault) = &outlines {
            tracing::error!(lesson = %lesson.slug, %fault, "a lesson's checks cannot be read");
        }
        if !outlines.as_ref().is_err_and(|fault| fault.passes) {
            let mut known = self.outlines.0.lock();
            known.insert(lesson.slug.clone(), outlines.clone());
        }
        outlines
    }
}
