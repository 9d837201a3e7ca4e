//! What a learner works at: a lesson of the course, or a project of their own in the playground.

use std::sync::Arc;

use crate::course::Lesson;
use crate::exercise::{ExerciseId, ProjectId};
use crate::project::Project;

/// What a desk is for.
#[derive(Clone, Debug)]
pub(crate) enum Work {
    Lesson(Arc<Lesson>),
    /// A project by its id; whether it is the learner's is found out at their desk.
    Project(ProjectId),
}

impl Work {
    /// What its drafts and its sandbox are kept under.
    pub(crate) fn exercise(&self) -> ExerciseId {
        match self {
            Self::Lesson(lesson) => lesson.exercise(),
            Self::Project(id) => ExerciseId::of_project(id),
        }
    }

    /// What there is where no draft is: of a project, there always is one.
    pub(super) fn starter(&self) -> Project {
        match self {
            Self::Lesson(lesson) => lesson.starter.clone(),
            Self::Project(_) => Project::default(),
        }
    }

    /// The lesson, where it is one.
    pub(crate) fn lesson(&self) -> Option<&Arc<Lesson>> {
        match self {
            Self::Lesson(lesson) => Some(lesson),
            Self::Project(_) => None,
        }
    }
}

impl From<Arc<Lesson>> for Work {
    fn from(lesson: Arc<Lesson>) -> Self {
        Self::Lesson(lesson)
    }
}
