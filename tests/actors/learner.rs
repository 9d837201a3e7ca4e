//! A learner at a lesson's page, as the workbench acts for them.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use super::client::{Client, Stream};
use super::program::Program;

/// The lesson that the tests use.
pub const LESSON: &str = "a-websocket-in-html";

pub struct Learner {
    pub site: Client,
    origin: String,
    /// The version of the draft that this learner's page has.
    pub version: u64,
    pub sandbox: Client,
    pub sandbox_id: String,
}

impl Learner {
    /// Opens the lesson's page for the first time.
    pub async fn arrives(program: &Program) -> Self {
        Self::returns(program, &program.client()).await
    }

    /// Opens the lesson's page with the cookies of an earlier visit.
    pub async fn returns(program: &Program, cookies: &Client) -> Self {
        Self::at_host(program, cookies, "hxlab.localhost").await
    }

    /// As [`Learner::returns`], where the site has another host.
    pub async fn at_host(program: &Program, cookies: &Client, host: &str) -> Self {
        let mut learner = Self::at_page(program, cookies, host).await;
        if learner.sandbox_id.is_empty() {
            // Nothing was kept so far. There may be no address left.
            learner.site.get(&format!("/lessons/{LESSON}/open")).await;
            learner = Self::at_page(program, cookies, host).await;
        }
        learner
    }

    /// Reads the lesson's page for the first time, and has done nothing yet. Their sandbox's id is empty.
    pub async fn newcomer(program: &Program) -> Self {
        Self::at_page(program, &program.client(), "hxlab.localhost").await
    }

    async fn at_page(program: &Program, cookies: &Client, host: &str) -> Self {
        let site = cookies.at(host).on(program.port());
        let page = site.page(&format!("/lessons/{LESSON}")).await;
        let state = workbench_state(&page);
        let sandbox_id = state["sandbox"]["id"].as_str().unwrap_or_default();
        let url = state["sandbox"]["url"].as_str().unwrap_or("about:blank");
        Self {
            origin: format!("http://{host}:{}", program.port()),
            version: state["version"].as_u64().expect("a version"),
            sandbox: sandbox(&site, url),
            sandbox_id: sandbox_id.to_owned(),
            site,
        }
    }

    /// The files that the page shows.
    pub async fn files(&self) -> Value {
        let page = self.site.page(&format!("/lessons/{LESSON}")).await;
        workbench_state(&page)["files"].clone()
    }

    pub async fn saves(&mut self, files: &[(&str, &str)]) -> (StatusCode, Value) {
        self.sends(Method::PUT, "draft", files).await
    }

    pub async fn runs(&mut self, files: &[(&str, &str)]) -> (StatusCode, Value) {
        self.sends(Method::POST, "run", files).await
    }

    /// Runs one `server.js`, which must start.
    pub async fn runs_server(&mut self, js: &str) {
        let (status, began) = self.runs(&[("server.js", js)]).await;
        assert_eq!(
            (status, &began["outcome"]),
            (StatusCode::OK, &json!("running")),
            "{began}"
        );
    }

    pub async fn watches(&self) -> Stream {
        self.site.stream(&format!("/lessons/{LESSON}/live")).await
    }

    /// A request as the page's own script sends it.
    pub fn asks(&self, method: Method, action: &str) -> RequestBuilder {
        self.site
            .request(method, &format!("/lessons/{LESSON}/{action}"))
            .header("origin", &self.origin)
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
    }

    /// Sends JSON to a path of the site, as its pages' scripts do.
    pub async fn posts(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let sent = self
            .site
            .request(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .json(body)
            .send()
            .await
            .expect("the site answers");
        (sent.status(), sent.json().await.expect("JSON"))
    }

    async fn sends(
        &mut self,
        method: Method,
        action: &str,
        files: &[(&str, &str)],
    ) -> (StatusCode, Value) {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), json!(text)));
        self.sends_json(method, action, &Value::Object(files.collect()))
            .await
    }

    /// Sends files that need not be texts, as JSON has them.
    pub async fn sends_json(
        &mut self,
        method: Method,
        action: &str,
        files: &Value,
    ) -> (StatusCode, Value) {
        let body = json!({ "version": self.version, "files": files });
        let sent = self.asks(method, action).json(&body).send().await;
        let response = sent.expect("the site answers");
        let status = response.status();
        let answer: Value = response.json().await.expect("an answer in JSON");
        if status.is_success() {
            self.version = answer["version"].as_u64().expect("a version");
        }
        (status, answer)
    }
}

/// The same browser at a sandbox's address; with none, at the site's.
fn sandbox(site: &Client, url: &str) -> Client {
    let url = reqwest::Url::parse(url).expect("an address");
    let (host, port) = (url.host_str(), url.port());
    host.map_or_else(
        || site.clone(),
        |host| site.at(host).on(port.expect("a port")),
    )
}

/// What the workbench begins with.
pub fn workbench_state(page: &str) -> Value {
    let (_, rest) = page
        .split_once("id=\"workbench-state\"")
        .expect("a lesson's page has the workbench's state");
    let (_, rest) = rest.split_once('>').expect("the tag ends");
    let (json, _) = rest.split_once("</script>").expect("the element ends");
    serde_json::from_str(json.trim()).expect("it is JSON")
}
