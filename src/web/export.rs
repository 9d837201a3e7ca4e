//! A project as an archive, to go on with it elsewhere.

use std::borrow::Cow;

use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use poem::{Response, handler};

use super::fault::Fault;
use super::who::{Learner, PathLesson, PathProject, Visitor};
use crate::project::Project;
use crate::{archive, assets};

/// `GET /lessons/:slug/project.zip`: the draft as it was last saved, or the starter.
#[handler]
pub(crate) async fn project(
    PathLesson(lesson): PathLesson,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let draft = visitor.draft(&lesson).await?;
    let files = draft.map_or_else(
        || Cow::Borrowed(&lesson.starter),
        |it| Cow::Owned(it.project),
    );
    packed(&lesson.slug, &files)
}

/// `GET /play/projects/:project/project.zip`: as it was last saved.
#[handler]
pub(crate) async fn own(PathProject(id): PathProject, learner: Learner) -> Result<Response, Fault> {
    let name = learner.project(&id).await?.name;
    let draft = learner.project_draft(&id).await?;
    packed(&folder(&name), &draft.project)
}

/// An archive of this name.
pub(super) fn packed(folder: &str, files: &Project) -> Result<Response, Fault> {
    let beside = assets::export();
    let beside = beside.iter().map(|(path, text)| (path.as_str(), &**text));
    let zip = archive::pack(folder, files, beside).map_err(Fault::internal)?;
    let name = format!("attachment; filename=\"{folder}.zip\"");
    Ok(Response::builder()
        .content_type("application/zip")
        .header(CONTENT_DISPOSITION, name)
        .header(CACHE_CONTROL, "no-store")
        .body(zip))
}

/// The folder's name that a project's makes: lower-case letters and digits, and a hyphen between words.
pub(super) fn folder(name: &str) -> String {
    let words: Vec<String> = name
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    match words.join("-") {
        folder if folder.is_empty() => "project".to_owned(),
        folder => folder,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_named_after_its_project() {
        for (name, expected) in [
            ("A chat by WebSocket", "a-chat-by-websocket"),
            ("\"../x\"", "x"),
            ("日本", "project"),
        ] {
            assert_eq!(folder(name), expected, "{name}");
        }
    }
}
