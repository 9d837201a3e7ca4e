//! Faults that a learner has happen to the clients of their own server, and no other's.
//!
//! `GET` says who has connections open that could be cut; `POST` has a fault happen. What holds is told by the feed.

use poem::handler;
use poem::web::Json;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::sandbox::InjectedFault;
use crate::web::fault::Fault;
use crate::web::order::Order;
use crate::web::who::{Learner, PathWork};

/// The largest thing that is sent, in bytes of its JSON: a client's name and a word.
const SENT_LIMIT: usize = 4 * 1024;

/// What is to happen. Those without a field are written with braces, or serde would take any field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase", tag = "do")]
enum Sent {
    /// Of one client, by its name on the wire, or of all.
    Cut {
        // It must be there, and may be null.
        #[serde(deserialize_with = "Option::deserialize")]
        client: Option<String>,
    },
    Refuse {},
    Delay {
        on: bool,
    },
    Fail {
        on: bool,
    },
    Restart {},
    Off {},
}

impl From<Sent> for InjectedFault {
    fn from(sent: Sent) -> Self {
        match sent {
            Sent::Cut { client } => Self::Cut(client),
            Sent::Refuse {} => Self::Refuse,
            Sent::Delay { on } => Self::Delay(on),
            Sent::Fail { on } => Self::Fail(on),
            Sent::Restart {} => Self::Restart,
            Sent::Off {} => Self::Off,
        }
    }
}

/// `GET /lessons/:slug/faults`
#[handler]
pub(crate) async fn look(PathWork(work): PathWork, learner: Learner) -> Result<Json<Value>, Fault> {
    let desk = learner.desk(work).await?;
    let lines = desk.sandbox().open_lines().await;
    let lines = lines.map_err(Fault::internal)?;
    Ok(Json(json!({ "clients": lines })))
}

/// `POST /lessons/:slug/faults`
#[handler]
pub(crate) async fn inject(
    Order { desk, sent }: Order<Sent, SENT_LIMIT>,
) -> Result<Json<Value>, Fault> {
    desk.is_open()?;
    let injected = desk.sandbox().inject(sent.into()).await;
    match injected.map_err(Fault::internal)? {
        Ok(()) => Ok(Json(json!({}))),
        Err(why) => Err(Fault::unprocessable(why.to_string())),
    }
}
