//! What a path names: a lesson, a question or a step in it, a trial of the one who asks.

use std::sync::Arc;

use poem::{FromRequest, Request, RequestBody, Result};
use serde::Deserialize;

use super::{Learner, site};
use crate::challenge::Stage;
use crate::course::{Lesson, Step};
use crate::exercise::ProjectId;
use crate::learning::{OwnTrial, Work};
use crate::questions::Question;
use crate::store::Snapshot;
use crate::web::fault::{Fault, Missing};

/// The lesson that the path names by its `:slug`.
pub(crate) struct PathLesson(pub(crate) Arc<Lesson>);

/// The lesson or the project that the path names, by its `:slug` or its `:project`. Whether the project is the learner's
/// who asks is found out at their desk.
pub(crate) struct PathWork(pub(crate) Work);

/// The project that the path names by its `:project`.
pub(crate) struct PathProject(pub(crate) ProjectId);

/// The snapshot that the path names by its `:snapshot`, where it is shared and nobody has blocked it.
pub(crate) struct PathSnapshot(pub(crate) Snapshot);

/// The question that the path names by its `:slug` and `:id`.
pub(crate) struct PathQuestion {
    /// The lesson that asks it.
    pub(crate) lesson: Arc<Lesson>,
    pub(crate) question: Arc<Question>,
}

/// The step that the path names by its `:slug` and `:step`.
pub(crate) struct PathStep {
    /// The lesson that it is a step of.
    pub(crate) lesson: Arc<Lesson>,
    pub(crate) step: Arc<Step>,
}

/// The trial that the path names by its `:trial`, where it is the learner's who asks.
pub(crate) struct PathTrial(pub(crate) OwnTrial);

/// The check under way that the path names by its `:trial` and `:check`, where it is the learner's who asks.
pub(crate) struct PathStage {
    pub(crate) trial: OwnTrial,
    /// Where it is played.
    pub(crate) stage: Stage,
}

impl<'a> FromRequest<'a> for PathLesson {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        #[derive(Deserialize)]
        struct Named {
            slug: String,
        }
        let Named { slug } = request.path_params()?;
        Ok(Self(lesson(request, &slug)?.clone()))
    }
}

impl<'a> FromRequest<'a> for PathWork {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        if request.raw_path_param("project").is_some() {
            let PathProject(id) = PathProject::from_request(request, body).await?;
            return Ok(Self(Work::Project(id)));
        }
        let PathLesson(lesson) = PathLesson::from_request(request, body).await?;
        Ok(Self(Work::Lesson(lesson)))
    }
}

impl<'a> FromRequest<'a> for PathProject {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        #[derive(Deserialize)]
        struct Named {
            project: String,
        }
        let Named { project } = request.path_params()?;
        Ok(Self(project.into()))
    }
}

impl<'a> FromRequest<'a> for PathSnapshot {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        #[derive(Deserialize)]
        struct Named {
            snapshot: String,
        }
        let Named { snapshot } = request.path_params()?;
        let learning = &site(request)?.learning;
        let snapshot = learning.snapshot(&snapshot).await.map_err(Fault::from)?;
        Ok(Self(snapshot))
    }
}

impl<'a> FromRequest<'a> for PathQuestion {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        #[derive(Deserialize)]
        struct Named {
            slug: String,
            id: String,
        }
        let Named { slug, id } = request.path_params()?;
        let lesson = lesson(request, &slug)?;
        let question = lesson.question(&id);
        Ok(Self {
            question: question.ok_or(Fault::NotFound(Missing::Question))?.clone(),
            lesson: lesson.clone(),
        })
    }
}

impl<'a> FromRequest<'a> for PathStep {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        #[derive(Deserialize)]
        struct Named {
            slug: String,
            step: String,
        }
        let Named { slug, step } = request.path_params()?;
        let lesson = lesson(request, &slug)?;
        let step = lesson.step(&step);
        Ok(Self {
            step: step.ok_or(Fault::NotFound(Missing::Step))?.clone(),
            lesson: lesson.clone(),
        })
    }
}

fn lesson<'a>(request: &'a Request, slug: &str) -> Result<&'a Arc<Lesson>, Fault> {
    let lesson = site(request)?.learning.course.lesson(slug);
    lesson.ok_or(Fault::NotFound(Missing::Lesson))
}

/// The lesson that the path names, where it names one.
pub(super) fn lesson_of(request: &Request) -> Option<&Arc<Lesson>> {
    let slug = request.raw_path_param("slug")?;
    lesson(request, slug).ok()
}

impl<'a> FromRequest<'a> for PathTrial {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        #[derive(Deserialize)]
        struct Named {
            trial: String,
        }
        let Named { trial } = request.path_params()?;
        let learner = Learner::from_request(request, body).await?;
        Ok(Self(learner.trial(&trial).map_err(Fault::from)?))
    }
}

impl<'a> FromRequest<'a> for PathStage {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        #[derive(Deserialize)]
        struct Named {
            check: String,
        }
        let Named { check } = request.path_params()?;
        let PathTrial(trial) = PathTrial::from_request(request, body).await?;
        let stage = trial.stage(&check).map_err(Fault::from)?;
        Ok(Self { trial, stage })
    }
}
