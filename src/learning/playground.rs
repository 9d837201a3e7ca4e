//! A learner's own projects, and what of them is shared.

use super::{Learner, Learning, LearningFault, Work};
use crate::exercise::{ExerciseId, ProjectId};
use crate::sandbox::registry::new_id;
use crate::store::{Draft, NewProject, OwnProject, Shared, Snapshot, StoreError};

impl Learner {
    /// Their projects, the one that was saved last first; deleted ones that can be brought back among them.
    pub(crate) async fn projects(&self) -> Result<Vec<OwnProject>, StoreError> {
        self.learning.store.own_projects(self.id()).await
    }

    /// One of their projects.
    pub(crate) async fn project(&self, id: &ProjectId) -> Result<OwnProject, LearningFault> {
        let found = self.learning.store.own_project(self.id(), id).await?;
        found.ok_or(LearningFault::NoProject)
    }

    /// Refuses a project that is not theirs, or is deleted. A lesson is everybody's.
    pub(super) async fn owns(&self, work: &Work) -> Result<(), LearningFault> {
        match work {
            Work::Project(id) => self.project(id).await.map(drop),
            Work::Lesson(_) => Ok(()),
        }
    }

    /// The files of one of their projects, as they were saved last.
    pub(crate) async fn project_draft(&self, id: &ProjectId) -> Result<Draft, LearningFault> {
        let exercise = ExerciseId::of_project(id);
        let draft = self.learning.store.draft(self.id(), &exercise).await?;
        draft.ok_or(LearningFault::NoProject)
    }

    /// The id of the sandbox of one of their projects; none before it was first saved or run.
    pub(crate) async fn project_sandbox(
        &self,
        id: &ProjectId,
    ) -> Result<Option<String>, StoreError> {
        let exercise = ExerciseId::of_project(id);
        self.learning.store.sandbox_id(self.id(), &exercise).await
    }

    /// Keeps a new project of theirs.
    pub(crate) async fn add_project(&self, new: NewProject) -> Result<ProjectId, LearningFault> {
        self.learning.quota.admit(self.id().who())?;
        let id = ProjectId::from(new_id());
        let store = &self.learning.store;
        store.add_project(self.id(), &id, new).await??;
        Ok(id)
    }

    /// Gives a project of theirs another name.
    pub(crate) async fn rename_project(
        &self,
        id: &ProjectId,
        name: &str,
    ) -> Result<(), LearningFault> {
        let store = &self.learning.store;
        found(store.rename_project(self.id(), id, name).await?)
    }

    /// Deletes a project of theirs and ends what of it runs, others' Runs of its snapshots too. For a day it can be brought back.
    pub(crate) async fn delete_project(&self, id: &ProjectId) -> Result<(), LearningFault> {
        let store = &self.learning.store;
        found(store.mark_deleted(self.id(), id, true).await?)?;
        let exercise = ExerciseId::of_project(id);
        if let Some(sandbox) = store.sandbox_id(self.id(), &exercise).await? {
            self.learning.sandboxes.end(&sandbox).await;
        }
        for snapshot in store.snapshots(self.id(), id).await? {
            self.learning.sandboxes.end_snapshot(&snapshot.id).await;
        }
        Ok(())
    }

    /// Brings a deleted project of theirs back, with what was shared of it.
    pub(crate) async fn restore_project(&self, id: &ProjectId) -> Result<(), LearningFault> {
        let store = &self.learning.store;
        found(store.mark_deleted(self.id(), id, false).await?)
    }

    /// Deletes a deleted project of theirs for good.
    pub(crate) async fn erase_project(&self, id: &ProjectId) -> Result<(), LearningFault> {
        found(self.learning.store.erase_project(self.id(), id).await?)
    }

    /// Shares a project of theirs as it was saved last.
    pub(crate) async fn share(&self, id: &ProjectId) -> Result<Shared, LearningFault> {
        self.learning.quota.admit(self.id().who())?;
        let store = &self.learning.store;
        let shared = store.share(self.id(), id, &new_id()).await?;
        Ok(shared.ok_or(LearningFault::NoProject)??)
    }

    /// What they share of a project, the newest first.
    pub(crate) async fn snapshots(&self, id: &ProjectId) -> Result<Vec<Shared>, StoreError> {
        self.learning.store.snapshots(self.id(), id).await
    }

    /// Shares a snapshot no longer, blocked or not, and ends others' Runs of it. Answers of which project it was.
    pub(crate) async fn take_back(&self, snapshot: &str) -> Result<ProjectId, LearningFault> {
        let project = self.learning.store.take_back(self.id(), snapshot).await?;
        let project = project.ok_or(LearningFault::NoSnapshot)?;
        self.learning.sandboxes.end_snapshot(snapshot).await;
        Ok(project)
    }
}

fn found(is_there: bool) -> Result<(), LearningFault> {
    is_there.then_some(()).ok_or(LearningFault::NoProject)
}

impl Learning {
    /// What is shared under an id, by whomever; not what whoever runs the site has blocked.
    pub(crate) async fn snapshot(&self, id: &str) -> Result<Snapshot, LearningFault> {
        if self.sandboxes.is_blocked_snapshot(id) {
            return Err(LearningFault::BlockedSnapshot);
        }
        let found = self.store.snapshot(id).await?;
        found.ok_or(LearningFault::NoSnapshot)
    }
}
