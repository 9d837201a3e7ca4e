//! A request to a trial's server without a browser: no cookies, no `Origin`, nothing but what the check
//! writes.

use std::collections::BTreeMap;
use std::sync::Arc;

use poem::web::{Data, Json, Path};
use poem::{Body, IntoResponse, Request, Response, handler};
use serde::Deserialize;
use serde_json::json;

use super::{json_of, stage};
use crate::challenge::Stage;
use crate::sandbox::{Answer, Head, Pieces};
use crate::web::fault::Fault;
use crate::web::site::Site;

/// As much of a body as a check gets to see, in bytes.
const TEXT_LIMIT: usize = 256 * 1024;

/// The request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    path: String,
    #[serde(default = "get")]
    method: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
}

fn get() -> String {
    "GET".to_owned()
}

/// `POST /trials/:trial/request`
#[handler]
pub async fn ask(
    site: Data<&Arc<Site>>,
    Path(trial): Path<String>,
    request: &Request,
    sent: Body,
) -> Result<Response, Fault> {
    let stage = stage(&site, request, &trial).await?;
    let asked: Asked = json_of(sent).await?;
    if !asked.path.starts_with('/') {
        return Err(Fault::unprocessable("A path begins with “/”."));
    }
    let (status, headers, text) = answer(&site, &stage, asked).await?;
    Ok(Json(json!({ "status": status, "headers": headers, "text": text })).into_response())
}

async fn answer(
    site: &Site,
    stage: &Stage,
    asked: Asked,
) -> Result<(u16, BTreeMap<String, String>, String), Fault> {
    let address = site.sandboxes.url(&stage.id)?;
    let origin = address.trim_end_matches('/');
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let mut headers = vec![("host".to_owned(), host.to_owned())];
    headers.extend(
        asked
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value)),
    );
    let head = Head {
        method: asked.method.to_ascii_uppercase(),
        url: format!("{origin}{}", asked.path),
        path: asked.path,
        headers,
        remote: "127.0.0.1".to_owned(),
        name: Some("No browser"),
        ..Head::default()
    };
    let answered = stage.sandbox.request(head, asked.body.into_bytes()).await;
    Ok(match answered.map_err(Fault::internal)? {
        Answer::Whole { response, body } => {
            let text = String::from_utf8_lossy(&body).into_owned();
            (
                response.status,
                response.headers.into_iter().collect(),
                text,
            )
        }
        Answer::Stream { response, pieces } => {
            let text = beginning(pieces).await;
            (
                response.status,
                response.headers.into_iter().collect(),
                text,
            )
        }
        Answer::Socket { headers, .. } => (101, headers.into_iter().collect(), String::new()),
        Answer::Unavailable(why) => (why.status(), BTreeMap::new(), String::new()),
    })
}

/// The body's beginning; of one that does not end, what comes within a second.
async fn beginning(mut pieces: Pieces) -> String {
    let mut text = Vec::new();
    let read = async {
        while let Some(Ok(piece)) = pieces.next().await {
            text.extend_from_slice(&piece);
            if text.len() > TEXT_LIMIT {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(std::time::Duration::from_secs(1), read).await;
    String::from_utf8_lossy(&text).into_owned()
}
