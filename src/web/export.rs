//! The learner's project as an archive, to go on with it elsewhere.

use std::borrow::Cow;

use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use poem::{Response, handler};

use super::fault::Fault;
use super::who::{PathLesson, Visitor};
use crate::{archive, assets};

/// `GET /lessons/:slug/project.zip`: the draft as it was last saved, or the starter.
#[handler]
pub(crate) async fn project(
    PathLesson(lesson): PathLesson,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let draft = visitor.draft(&lesson).await?;
    let project = draft.map_or_else(
        || Cow::Borrowed(&lesson.starter),
        |it| Cow::Owned(it.project),
    );
    let beside = assets::export();
    let beside = beside.iter().map(|(path, text)| (path.as_str(), &**text));
    let zip = archive::pack(&lesson.slug, &project, beside).map_err(Fault::internal)?;
    let name = format!("attachment; filename=\"{}.zip\"", lesson.slug);
    Ok(Response::builder()
        .content_type("application/zip")
        .header(CONTENT_DISPOSITION, name)
        .header(CACHE_CONTROL, "no-store")
        .body(zip))
}
