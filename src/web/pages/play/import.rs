//! A project of one's own out of an archive.

use poem::web::Multipart;
use poem::{Body, FromRequest as _, Request, RequestBody, Response, Result, handler};

use super::{address, see};
use crate::store::{NewProject, project_name};
use crate::web::body;
use crate::web::fault::Fault;
use crate::web::who::{KnownOrNew, Visitor};
use crate::{archive, assets};

/// The longest archive, in bytes: a project of 1 MiB that nothing compresses, with what an export puts beside it and
/// what tools leave in a folder.
const LIMIT: usize = 4 * 1024 * 1024;

/// `POST /play/import`: the form's file `archive`.
#[handler]
pub(crate) async fn take(request: &Request, body: Body) -> Result<Response> {
    // First, whether it comes from a page that was shown to them.
    Visitor::from_request(request, &mut RequestBody::default()).await?;
    let bytes = body::read(body, LIMIT).await?;
    let (name, bytes) = file(request, Body::from(bytes)).await?;
    let files = {
        let beside = assets::export();
        let beside = beside.iter().map(|(path, text)| (path.as_str(), &**text));
        archive::unpack(&bytes, beside)
    };
    let files = files.map_err(|why| Fault::unprocessable(why.to_string()))?;
    let name = name.rsplit(['/', '\\']).next().unwrap_or(&name);
    let name = project_name(name.strip_suffix(".zip").unwrap_or(name));
    let htmx = if uses_htmx_4(&files) { 4 } else { 2 };
    // Only now, so that nobody becomes a learner by what is no archive.
    let KnownOrNew(learner) =
        KnownOrNew::from_request(request, &mut RequestBody::default()).await?;
    let new = NewProject { name, htmx, files };
    let id = learner.add_project(new).await.map_err(Fault::from)?;
    Ok(see(&address(&id)))
}

/// The file in the form, with its name.
async fn file(request: &Request, body: Body) -> std::result::Result<(String, Vec<u8>), Fault> {
    let unread = || Fault::unprocessable("There is no archive in this: choose a .zip file first.");
    let mut body = RequestBody::new(body);
    let form = Multipart::from_request(request, &mut body).await;
    let mut form = form.map_err(|_| unread())?;
    // Of one body that is here whole.
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("archive") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|_| unread())?;
            if bytes.is_empty() {
                return Err(unread());
            }
            return Ok((name, bytes));
        }
    }
    Err(unread())
}

/// Whether a page loads htmx 4.
fn uses_htmx_4(files: &crate::project::Project) -> bool {
    let mut texts = files.files().filter_map(|(_, contents)| contents.text());
    texts.any(|text| text.contains("/lib/htmx-4") || text.contains("htmx.org@4"))
}
