//! A desk: a learner's draft for one lesson, or of one project of their own, with the sandbox that it runs in.

use std::sync::Arc;

use super::{Learner, LearningFault, Work};
use crate::challenge::Outline;
use crate::project::Project;
use crate::sandbox::addresses::SECOND_CLIENT;
use crate::sandbox::{Sandbox, StartOutcome, Watcher};
use crate::store::SaveOutcome;

/// A learner's place at a lesson or at a project of their own.
pub(crate) struct Desk {
    pub(super) learner: Learner,
    pub(super) work: Work,
    sandbox_id: String,
    sandbox: Sandbox,
}

impl Learner {
    /// Their desk at some work. Makes the sandbox live.
    pub(crate) async fn desk(&self, work: impl Into<Work>) -> Result<Desk, LearningFault> {
        let work = work.into();
        self.owns(&work).await?;
        let sandboxes = &self.learning.sandboxes;
        let begins = (&work.exercise(), &work.starter());
        let (sandbox_id, sandbox) = sandboxes.of(self.id(), begins).await?;
        Ok(Desk {
            sandbox_id,
            sandbox,
            learner: self.clone(),
            work,
        })
    }
}

impl Desk {
    /// Saves a project that was made from version `base` of the draft, and tells the sandbox's pages of a new
    /// version. What another tab saved meanwhile is given back, and nothing is changed.
    pub(crate) async fn save(
        &self,
        base: u64,
        project: &Project,
    ) -> Result<SaveOutcome, LearningFault> {
        let store = &self.learner.learning.store;
        let (learner, exercise) = (self.learner.id(), self.work.exercise());
        if let Err(used_up) = self.learner.learning.quota.admit(learner.who()) {
            let draft = store.draft(learner, &exercise).await?;
            // What is kept already may go on, and run.
            if draft.is_none_or(|draft| draft.project != *project) {
                return Err(used_up.into());
            }
        }
        let saved = store.save_draft(learner, &exercise, project, base);
        let outcome = saved.await?;
        if let SaveOutcome::Saved { version, .. } = outcome
            && version != base
        {
            // One that has ended has no page to tell.
            let _ = self.sandbox.saved(version).await;
        }
        Ok(outcome)
    }

    /// Has the sandbox's next Run begin with this project; the present one goes on.
    pub(crate) async fn keep(&self, project: Project) {
        // One that has ended reads the draft when it is made anew.
        let _ = self.sandbox.keep(project).await;
    }

    /// Whether its code may run: whoever runs the site can have shut the sandbox. To be asked before anything is done
    /// that is to be run.
    pub(crate) fn is_open(&self) -> Result<(), LearningFault> {
        if self.learner.learning.sandboxes.is_blocked(&self.sandbox_id) {
            return Err(LearningFault::Blocked);
        }
        Ok(())
    }

    /// Runs a project, and says how the Run began.
    pub(crate) async fn run(&self, project: Project) -> Result<StartOutcome, LearningFault> {
        self.is_open()?;
        self.learner.learning.sandboxes.lift_stop(&self.sandbox_id);
        Ok(self.sandbox.run(project).await?)
    }

    /// Ends the Run.
    pub(crate) async fn stop(&self) -> Result<(), LearningFault> {
        Ok(self.sandbox.stop().await?)
    }

    /// Where the sandbox is reached: a page that was open for long may have another address.
    pub(crate) fn address(&self) -> Result<String, LearningFault> {
        Ok(self.learner.learning.sandboxes.url(&self.sandbox_id)?)
    }

    /// Where its second client is reached, which this page shows. With ports that takes one, until no page shows it.
    pub(crate) fn second_client(&self, page: u32) -> Result<String, LearningFault> {
        self.is_open()?;
        let (label, _) = SECOND_CLIENT;
        let sandboxes = &self.learner.learning.sandboxes;
        Ok(sandboxes.show_client(&self.sandbox_id, label, page)?)
    }

    /// This page shows the second client no longer.
    pub(crate) fn leave_second_client(&self, page: u32) {
        let (label, _) = SECOND_CLIENT;
        let sandboxes = &self.learner.learning.sandboxes;
        sandboxes.leave_client(&self.sandbox_id, label, page);
    }

    /// The sandbox itself, to send something into it.
    pub(crate) fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// What happens in the sandbox.
    pub(crate) fn watch(&self) -> Watcher {
        self.sandbox.watch()
    }

    /// The checks of the lesson's challenge, in order.
    pub(crate) async fn outlines(&self) -> Result<Arc<[Outline]>, LearningFault> {
        let lesson = self.work.lesson().ok_or(LearningFault::NoChallenge)?;
        self.learner.learning.outlines(lesson).await
    }
}
