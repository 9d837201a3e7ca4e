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
use crate::web::direct::{self, DirectAnswer, DirectRequest};
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::PathStage;

/// Who asks, as the wire names it.
const NO_BROWSER: &str = "No browser";

/// What a check asks without a browser.
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

/// `POST /trials/:trial/checks/:check/request`
#[handler]
pub(crate) async fn ask(
    site: Data<&Arc<Site>>,
    PathStage { stage, .. }: PathStage,
    sent: Body,
) -> Result<Response, Fault> {
    let asked: Asked = json_of(sent).await?;
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

async fn answer(site: &Site, stage: &Stage, asked: Asked) -> Result<DirectAnswer, Fault> {
    let address = site.learning.sandboxes.url(&stage.id)?;
    let headers = asked.headers.into_iter();
    let asked = DirectRequest {
        method: asked.method.to_ascii_uppercase(),
        path: asked.path,
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            .collect(),
        body: asked.body.into_bytes(),
        name: NO_BROWSER,
        ..DirectRequest::default()
    };
    let answered = direct::ask(&stage.sandbox, &address, asked).await;
    answered.map_err(Fault::internal)
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
