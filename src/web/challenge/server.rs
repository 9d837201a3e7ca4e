//! What a check does to its server: stop and start it, cut lines, delay answers.

use std::sync::Arc;
use std::time::Duration;

use poem::web::{Data, Json};
use poem::{Body, IntoResponse, Response, handler};
use serde::Deserialize;
use serde_json::json;

use super::{Started, WAIT_LIMIT, json_of};
use crate::challenge::Stage;
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::PathTrial;

/// What a check does to the server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase", tag = "do")]
enum ServerDeed {
    Stop,
    Start,
    Cut { client: Option<String> },
    Delay { milliseconds: u64 },
}

/// `POST /trials/:trial/server`
#[handler]
pub(crate) async fn act(
    site: Data<&Arc<Site>>,
    PathTrial(trial): PathTrial,
    sent: Body,
) -> Result<Response, Fault> {
    let Stage { id, sandbox, .. } = trial.stage()?;
    let nothing = |()| Json(json!({})).into_response();
    let answer = match json_of(sent).await? {
        ServerDeed::Stop => sandbox.stop().await.map(nothing),
        ServerDeed::Cut { client } => sandbox.cut(client).await.map(nothing),
        ServerDeed::Start => {
            let outcome = sandbox.run(trial.project().clone()).await;
            let outcome = outcome.map_err(Fault::internal)?;
            Ok(Json(Started::new(&site, &id, outcome)?).into_response())
        }
        ServerDeed::Delay { milliseconds } => {
            sandbox.delay(Duration::from_millis(milliseconds).min(WAIT_LIMIT));
            Ok(nothing(()))
        }
    };
    answer.map_err(Fault::internal)
}
