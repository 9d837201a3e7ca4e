//! A request to a trial's server without a browser: no cookies, no `Origin`, nothing but what the check
//! writes.

use std::collections::BTreeMap;
use std::sync::Arc;

use poem::web::{Data, Json};
use poem::{Body, IntoResponse, Response, handler};
use serde::Deserialize;
use serde_json::json;

use super::json_of;
use crate::challenge::Stage;
use crate::engine::message::HeaderList;
use crate::sandbox::{Pieces, RequestHead, SandboxResponse};
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::PathStage;

/// Who asks, as the wire names it.
const NO_BROWSER: &str = "No browser";
/// As much of a body as a check gets to see, in bytes.
const TEXT_LIMIT: usize = 256 * 1024;

/// What a check asks without a browser.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DirectRequest {
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

/// `POST /trials/:trial/checks/:check/request`
#[handler]
pub(crate) async fn ask(
    site: Data<&Arc<Site>>,
    PathStage { stage, .. }: PathStage,
    sent: Body,
) -> Result<Response, Fault> {
    let asked: DirectRequest = json_of(sent).await?;
    if !asked.path.starts_with('/') {
        return Err(Fault::unprocessable("A path begins with “/”."));
    }
    let answer = answer(&site, &stage, asked).await?;
    let entries = stage.log().entries;
    let own = entries.iter().rfind(|entry| entry.client == NO_BROWSER);
    Ok(Json(json!({
        "status": answer.status,
        "headers": by_name(&answer.headers),
        "cookies": cookies(&answer.headers),
        "text": answer.text,
        "entry": own.map(|entry| entry.entry),
    }))
    .into_response())
}

struct DirectAnswer {
    status: u16,
    headers: HeaderList,
    text: String,
}

async fn answer(site: &Site, stage: &Stage, asked: DirectRequest) -> Result<DirectAnswer, Fault> {
    let address = site.learning.sandboxes.url(&stage.id)?;
    let origin = address.trim_end_matches('/');
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let mut headers = vec![("host".to_owned(), host.to_owned())];
    let own = asked.headers.into_iter();
    headers.extend(own.map(|(name, value)| (name.to_ascii_lowercase(), value)));
    let head = RequestHead {
        method: asked.method.to_ascii_uppercase(),
        url: format!("{origin}{}", asked.path),
        path: asked.path,
        headers,
        remote: "127.0.0.1".to_owned(),
        name: Some(NO_BROWSER),
        ..RequestHead::default()
    };
    let answered = stage
        .sandbox
        .request(head, asked.body.into_bytes(), None)
        .await;
    let (status, headers, text) = match answered.map_err(Fault::internal)? {
        SandboxResponse::Whole { response, body } => {
            let text = String::from_utf8_lossy(&body).into_owned();
            (response.status, response.headers, text)
        }
        SandboxResponse::Stream { response, pieces } => {
            (response.status, response.headers, beginning(pieces).await)
        }
        SandboxResponse::Socket { headers, .. } => (101, headers, String::new()),
        SandboxResponse::Unavailable(why) => (why.status(), HeaderList::new(), String::new()),
    };
    Ok(DirectAnswer {
        status,
        headers,
        text,
    })
}

/// Headers by their names, those of the same name in one value, as `fetch` gives them.
fn by_name(headers: &HeaderList) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers {
        let known = all.entry(name.to_ascii_lowercase()).or_default();
        let joint = if known.is_empty() { "" } else { ", " };
        known.push_str(joint);
        known.push_str(value);
    }
    all
}

/// Each `Set-Cookie`, since a comma may stand in one.
fn cookies(headers: &HeaderList) -> Vec<&str> {
    let set = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("set-cookie");
    let set = headers.iter().filter(set);
    set.map(|(_, value)| value.as_str()).collect()
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
