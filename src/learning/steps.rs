//! Steps that a learner does: ticked by themselves, or noticed in what crosses the wire of their sandbox.
//!
//! [`Desk::notice`] has the open steps of an exercise held against the log for as long as a page looks on: one task for
//! each life of a sandbox, however many pages there are, which ends with the last of them and once nothing is open.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::task::AbortHandle;
use tokio::time::sleep;

use super::{Desk, Learner};
use crate::challenge::OpenSteps;
use crate::course::{Lesson, Step};
use crate::exercise::StepId;
use crate::sandbox::Watcher;
use crate::sandbox::entry::Record;
use crate::store::StoreError;

/// What comes in this time is looked at together, so that a loud server costs a look now and then, and steps that are
/// done at once are told at once.
const GATHER: Duration = Duration::from_millis(200);

/// That steps are noticed, while somebody holds it.
pub(crate) struct Noticing(AbortHandle);

impl Drop for Noticing {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// By the lives of their sandboxes.
#[derive(Default)]
pub(super) struct Noticings(Mutex<HashMap<u64, Weak<Noticing>>>);

impl Noticings {
    /// The one of this life, or a new one.
    fn of(&self, life: u64, begin: impl FnOnce() -> AbortHandle) -> Arc<Noticing> {
        let mut all = self.0.lock();
        if let Some(known) = all.get(&life).and_then(Weak::upgrade) {
            return known;
        }
        all.retain(|_, it| it.strong_count() > 0);
        let noticing = Arc::new(Noticing(begin()));
        all.insert(life, Arc::downgrade(&noticing));
        noticing
    }
}

impl Learner {
    /// Keeps that they say they have done a step.
    pub(crate) async fn tick(&self, lesson: &Lesson, step: &Step) -> Result<(), StoreError> {
        let (store, exercise) = (&self.learning.store, lesson.exercise());
        let steps = store.tick(self.id(), &exercise, std::slice::from_ref(&step.id));
        let steps = steps.await?;
        // Their other pages hear of it, where there are any.
        let id = store.sandbox_id(self.id(), &exercise).await?;
        if let Some(sandbox) = id.and_then(|id| self.learning.sandboxes.live(&id)) {
            sandbox.feed().push(Record::Ticked { steps });
        }
        Ok(())
    }
}

impl Desk {
    /// Has the lesson's open steps noticed, for as long as somebody holds what is given; none where no step is open
    /// that the log could tick.
    pub(crate) async fn notice(&self) -> Result<Option<Arc<Noticing>>, StoreError> {
        let claimed = |lesson: &&Arc<Lesson>| lesson.steps.iter().any(|it| !it.claims.is_empty());
        let Some(lesson) = self.work.lesson().filter(claimed) else {
            return Ok(None);
        };
        let learning = &self.learner.learning;
        let ticked = learning.store.ticked(self.learner.id(), &lesson.exercise());
        let ticked = ticked.await?;
        let steps = lesson.steps.iter().map(Arc::as_ref);
        let open = OpenSteps::of(steps.filter(|step| !ticked.contains(&step.id)));
        if open.is_empty() {
            return Ok(None);
        }
        let watcher = self.watch();
        let (learner, lesson) = (self.learner.clone(), lesson.clone());
        let noticing = learning.noticings.of(watcher.life(), || {
            let task = notice(learner, lesson, watcher, open);
            tokio::spawn(task).abort_handle()
        });
        Ok(Some(noticing))
    }
}

/// Holds what comes against the steps until none is open.
async fn notice(learner: Learner, lesson: Arc<Lesson>, watcher: Watcher, mut open: OpenSteps) {
    let mut seen = 0;
    while !open.is_empty() {
        watcher.wait(seen).await;
        sleep(GATHER).await;
        let crossings = watcher.crossings_after(seen);
        seen = crossings.last;
        let done = open.apply(&crossings);
        if !done.is_empty() && keep(&learner, &lesson, &watcher, &done).await {
            open.close(&done);
        }
    }
}

/// Keeps ticks and tells the pages. Where nothing can be kept, the steps stay open, and what comes next tries again.
async fn keep(learner: &Learner, lesson: &Lesson, watcher: &Watcher, done: &[StepId]) -> bool {
    let store = &learner.learning.store;
    match store.tick(learner.id(), &lesson.exercise(), done).await {
        Ok(steps) => {
            watcher.push(Record::Ticked { steps });
            true
        }
        Err(error) => {
            tracing::warn!(%error, "that a step was done is not kept");
            false
        }
    }
}
