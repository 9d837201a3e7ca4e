//! Reading the form that a page sent.

use poem::Body;
use url::form_urlencoded;

use crate::form::FormFields;
use crate::web::body;
use crate::web::fault::Fault;

/// Reads a URL-encoded body of at most `limit` bytes.
pub(crate) async fn read(body: Body, limit: usize) -> Result<FormFields, Fault> {
    let bytes = body::read(body, limit).await?;
    Ok(form_urlencoded::parse(&bytes).into_owned().collect())
}
