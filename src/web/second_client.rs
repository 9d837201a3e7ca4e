//! The client that a learner opens beside the preview: an origin of its own at their sandbox, so cookies, storage and a
//! name on the wire, as the clients of checks have them.

use poem::handler;
use poem::web::Json;
use serde::Serialize;
use serde_json::{Value, json};

use super::fault::Fault;
use super::who::{Learner, PathWork};
use crate::sandbox::addresses::SECOND_CLIENT;

/// Who it is, and where.
#[derive(Serialize)]
pub(super) struct SecondClient {
    /// Its name on the wire.
    name: &'static str,
    address: String,
}

/// `POST /lessons/:slug/client`, and of a project `POST /play/projects/:project/client`; so is the other. Asked again,
/// it answers the same, unless its port was given on meanwhile.
#[handler]
pub(super) async fn open(
    PathWork(work): PathWork,
    learner: Learner,
) -> Result<Json<SecondClient>, Fault> {
    let address = learner.desk(work).await?.second_client()?;
    let (_, name) = SECOND_CLIENT;
    Ok(Json(SecondClient { name, address }))
}

/// `POST /lessons/:slug/client/leave`: it is shown no longer.
#[handler]
pub(super) async fn close(
    PathWork(work): PathWork,
    learner: Learner,
) -> Result<Json<Value>, Fault> {
    learner.desk(work).await?.close_second_client();
    Ok(Json(json!({})))
}
