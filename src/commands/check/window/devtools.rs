//! A window of a Chromium, by the DevTools protocol: a page in a browser context of its own.

use std::path::Path;

use serde_json::{Value, json};
use url::Url;

use super::text;
use crate::commands::check::connection::{Connection, Unanswered};

pub(in crate::commands::check) struct Tab<'a> {
    tools: &'a Connection,
    context: String,
    session: String,
}

impl<'a> Tab<'a> {
    pub(super) async fn open(tools: &'a Connection, downloads: &Path) -> Result<Self, Unanswered> {
        let context = tools.ask(None, "Target.createBrowserContext", json!({}));
        let context = text(&context.await?, "browserContextId");
        // The headless shell downloads nothing by itself.
        let command = "Browser.setDownloadBehavior";
        let downloads = json!({
            "behavior": "allow", "browserContextId": context, "downloadPath": downloads,
        });
        tools.ask(None, command, downloads).await?;
        let created =
            json!({ "url": "about:blank", "browserContextId": context, "newWindow": true });
        let created = tools.ask(None, "Target.createTarget", created).await?;
        let attached = json!({ "targetId": created["targetId"], "flatten": true });
        let attached = tools.ask(None, "Target.attachToTarget", attached).await?;
        let session = text(&attached, "sessionId");
        let tab = Self {
            tools,
            context,
            session,
        };
        // Of several windows one has the focus; the page of each is to believe that it has.
        let command = "Emulation.setFocusEmulationEnabled";
        tab.ask(command, json!({ "enabled": true })).await?;
        Ok(tab)
    }

    pub(super) async fn keep(
        &self,
        site: &Url,
        (name, value): (&str, &str),
    ) -> Result<(), Unanswered> {
        let cookie = json!({
            "name": name, "value": value, "url": site.as_str(), "httpOnly": true, "sameSite": "Lax",
        });
        let cookies = json!({ "cookies": [cookie], "browserContextId": self.context });
        self.tools.ask(None, "Storage.setCookies", cookies).await?;
        Ok(())
    }

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

    pub(super) async fn close(self) -> Result<(), Unanswered> {
        let context = json!({ "browserContextId": self.context });
        let command = "Target.disposeBrowserContext";
        self.tools.ask(None, command, context).await.map(drop)
    }

    async fn ask(&self, command: &str, params: Value) -> Result<Value, Unanswered> {
        self.tools.ask(Some(&self.session), command, params).await
    }
}
