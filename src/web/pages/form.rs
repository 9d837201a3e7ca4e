//! The fields of a form that a page sent.

use poem::Body;
use url::form_urlencoded;

use crate::web::body;
use crate::web::fault::Fault;

/// Names and values in the order in which they came.
#[derive(Debug)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of this name.
    #[must_use]
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of this name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }
}

/// Reads a URL-encoded body of at most `limit` bytes.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Fields, Fault> {
    let bytes = body::read(body, limit).await?;
    Ok(Fields(
        form_urlencoded::parse(&bytes).into_owned().collect(),
    ))
}
