//! What a learner's page asks to be done at a desk: the desk first, so that a stranger is refused before anything of theirs
//! is read, then what was sent.

use poem::{FromRequest, Request, RequestBody, Result};
use serde::de::DeserializeOwned;

use super::body;
use super::fault::Fault;
use super::who::{Learner, PathWork};
use crate::learning::Desk;

/// An order whose JSON is no longer than `LIMIT` bytes.
pub(super) struct Order<T, const LIMIT: usize> {
    pub(super) desk: Desk,
    pub(super) sent: T,
}

impl<'a, T: DeserializeOwned, const LIMIT: usize> FromRequest<'a> for Order<T, LIMIT> {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let PathWork(work) = PathWork::from_request(request, body).await?;
        let learner = Learner::from_request(request, body).await?;
        let desk = learner.desk(work).await.map_err(Fault::from)?;
        let sent = body::read_json(body.take()?, LIMIT).await?;
        Ok(Self { desk, sent })
    }
}
