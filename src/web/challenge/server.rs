//! What a check does to its server: stop and start it, cut lines, delay answers.

use std::time::Duration;

use poem::web::Json;
use poem::{Body, IntoResponse, Response, handler};
use serde::Deserialize;
use serde_json::json;

use super::{Started, WAIT_LIMIT, json_of};
use crate::challenge::Stage;
use crate::web::fault::Fault;
use crate::web::who::PathStage;

/// What a check does to the server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase", tag = "do")]
enum ServerDeed {
    Stop,
    Start,
    Cut { client: Option<String> },
    Delay { milliseconds: u64 },
}

/// `POST /trials/:trial/checks/:check/server`
#[handler]
pub(crate) async fn act(
    PathStage { trial, stage }: PathStage,
    sent: Body,
) -> Result<Response, Fault> {
    let Stage { sandbox, .. } = stage;
    let nothing = |()| Json(json!({})).into_response();
    let answer = match json_of(sent).await? {
        ServerDeed::Stop => sandbox.stop().await.map(nothing),
        ServerDeed::Cut { client } => sandbox.cut(client).await.map(nothing),
        ServerDeed::Start => {
            let outcome = sandbox.run(trial.project().clone()).await;
            let outcome = outcome.map_err(Fault::internal)?;
            Ok(Json(Started::from(outcome)).into_response())
        }
        ServerDeed::Delay { milliseconds } => {
            let long = Duration::from_millis(milliseconds).min(WAIT_LIMIT);
            sandbox.delay(long).await.map(nothing)
        }
    };
    answer.map_err(Fault::internal)
}
