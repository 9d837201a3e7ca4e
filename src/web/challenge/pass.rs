//! The code that passed a challenge, to be read again.

use std::sync::Arc;

use poem::web::{Data, Json, Path};
use poem::{IntoResponse, Request, Response, handler};
use serde_json::json;

use crate::web::fault::{Fault, Missing};
use crate::web::site::Site;

/// `GET /lessons/:slug/passed`: the version of the draft that passed first, with its files.
#[handler]
pub async fn passed(
    Data(site): Data<&Arc<Site>>,
    Path(slug): Path<String>,
    request: &Request,
) -> Result<Response, Fault> {
    let lesson = site.lesson(&slug)?;
    let learner = site.sessions.learner(request.headers()).await?;
    let learner = learner.ok_or(Fault::NoSession)?;
    let exercise = lesson.exercise();
    let version = site.store.passed(learner, &exercise).await?;
    let version = version.ok_or(Fault::NotFound(Missing::Pass))?;
    let draft = site.store.draft_at(learner, &exercise, version).await?;
    let draft = draft.ok_or(Fault::NotFound(Missing::Pass))?;
    let passed =
        json!({ "version": draft.version, "saved": draft.saved_ms, "files": draft.project });
    Ok(Json(passed).into_response())
}
