//! A window of a browser with cookies and storage of its own, which a learner of the site uses.

use http::HeaderValue;
use serde_json::{Value, json};
use url::Url;

use super::devtools::{DevTools, Unanswered};

/// A window that is open. [`Window::close`] takes what it kept with it; so does the browser's end.
pub(super) struct Window<'a> {
    tools: &'a DevTools,
    context: String,
    session: String,
}

impl<'a> Window<'a> {
    /// Opens an empty one.
    pub(super) async fn open(tools: &'a DevTools) -> Result<Self, Unanswered> {
        let context = tools.ask(None, "Target.createBrowserContext", json!({}));
        let context = text(&context.await?, "browserContextId");
        let created =
            json!({ "url": "about:blank", "browserContextId": context, "newWindow": true });
        let created = tools.ask(None, "Target.createTarget", created).await?;
        let attached = json!({ "targetId": created["targetId"], "flatten": true });
        let attached = tools.ask(None, "Target.attachToTarget", attached).await?;
        let session = text(&attached, "sessionId");
        let window = Self {
            tools,
            context,
            session,
        };
        // Of several windows one has the focus; the page of each is to believe that it has.
        let command = "Emulation.setFocusEmulationEnabled";
        window.ask(command, json!({ "enabled": true })).await?;
        Ok(window)
    }

    /// Has the window send this cookie to the site, as if the site had set it.
    pub(super) async fn keep(
        &self,
        site: &Url,
        set_cookie: &HeaderValue,
    ) -> Result<(), Unanswered> {
        let line = set_cookie.to_str().unwrap_or_default();
        let (pair, _) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let cookie = json!({
            "name": name, "value": value, "url": site.as_str(), "httpOnly": true, "sameSite": "Lax",
        });
        let cookies = json!({ "cookies": [cookie], "browserContextId": self.context });
        self.tools.ask(None, "Storage.setCookies", cookies).await?;
        Ok(())
    }

    /// Goes to an address; resolves when its page is there, which need not be loaded to its end.
    pub(super) async fn go(&self, address: &Url) -> Result<(), Unanswered> {
        let command = "Page.navigate";
        let gone = self
            .ask(command, json!({ "url": address.as_str() }))
            .await?;
        match gone["errorText"].as_str() {
            None => Ok(()),
            Some(error) => Err(Unanswered::Refused {
                command: format!("{command} to {address}"),
                message: error.to_owned(),
            }),
        }
    }

    /// What a script's promise resolves to, as text.
    pub(super) async fn run(&self, script: &str) -> Result<String, Unanswered> {
        let command = "Runtime.evaluate";
        let params = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let ran = self.ask(command, params).await?;
        match ran.get("exceptionDetails") {
            None => Ok(text(&ran["result"], "value")),
            Some(details) => Err(Unanswered::Refused {
                command: command.to_owned(),
                message: details.to_string(),
            }),
        }
    }

    /// Closes it; its cookies and storage go.
    pub(super) async fn close(self) -> Result<(), Unanswered> {
        let context = json!({ "browserContextId": self.context });
        let command = "Target.disposeBrowserContext";
        self.tools.ask(None, command, context).await.map(drop)
    }

    async fn ask(&self, command: &str, params: Value) -> Result<Value, Unanswered> {
        self.tools.ask(Some(&self.session), command, params).await
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
