//! The client that a learner opens beside the preview: an origin of its own at their sandbox, so cookies, storage and a
//! name on the wire, as the clients of checks have them.

use poem::handler;
use poem::web::Json;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::fault::Fault;
use super::order::Order;
use crate::sandbox::addresses::SECOND_CLIENT;

/// The largest thing that is sent, in bytes of its JSON: a number.
const SENT_LIMIT: usize = 1024;

/// Which page of the workbench shows it. The same learner may have several, and closes it in one of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    /// A number that the page has drawn.
    page: u32,
}

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
pub(super) fn open(
    Order { desk, sent }: Order<Sent, SENT_LIMIT>,
) -> Result<Json<SecondClient>, Fault> {
    let address = desk.second_client(sent.page)?;
    let (_, name) = SECOND_CLIENT;
    Ok(Json(SecondClient { name, address }))
}

/// `POST /lessons/:slug/client/leave`: the page shows it no longer.
#[handler]
pub(super) fn close(Order { desk, sent }: Order<Sent, SENT_LIMIT>) -> Json<Value> {
    desk.leave_second_client(sent.page);
    Json(json!({}))
}
