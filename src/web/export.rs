//! The learner's project as an archive, to go on with it elsewhere.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use poem::web::{Data, Path};
use poem::{Request, Response, handler};

use super::fault::Fault;
use super::site::Site;
use crate::{archive, assets};

/// `GET /lessons/:slug/project.zip`: the draft as it was last saved, or the starter.
#[handler]
pub async fn project(
    request: &Request,
    site: Data<&Arc<Site>>,
    Path(slug): Path<String>,
) -> Result<Response, Fault> {
    let lesson = site.lesson(&slug)?;
    let draft = match site.sessions.learner(request.headers()).await? {
        Some(learner) => site.store.draft(learner, &lesson.exercise()).await?,
        None => None,
    };
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
