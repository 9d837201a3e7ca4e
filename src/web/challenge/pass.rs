//! The code that passed a challenge, to be read again.

use poem::web::Json;
use poem::{IntoResponse, Response, handler};
use serde_json::json;

use crate::web::fault::{Fault, Missing};
use crate::web::who::{Learner, PathLesson};

/// `GET /lessons/:slug/passed`: the version of the draft that passed first, with its files.
#[handler]
pub(crate) async fn passed(
    PathLesson(lesson): PathLesson,
    learner: Learner,
) -> Result<Response, Fault> {
    let draft = learner.passed_draft(&lesson).await?;
    let draft = draft.ok_or(Fault::NotFound(Missing::Pass))?;
    let passed =
        json!({ "version": draft.version, "saved": draft.saved_ms, "files": draft.project });
    Ok(Json(passed).into_response())
}
