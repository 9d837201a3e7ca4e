//! A window of a Firefox, by WebDriver BiDi: a browsing context in a user context of its own.

use serde_json::{Value, json};
use url::Url;

use super::{SIZE, text};
use crate::commands::check::connection::{Connection, Unanswered};

pub(in crate::commands::check) struct Tab<'a> {
    session: &'a Connection,
    user: String,
    context: String,
}

impl<'a> Tab<'a> {
    pub(super) async fn open(session: &'a Connection) -> Result<Self, Unanswered> {
        let user = session.ask(None, "browser.createUserContext", json!({}));
        let user = text(&user.await?, "userContext");
        // A tab behind another one would be throttled.
        let window = json!({ "type": "window", "userContext": user });
        let created = session.ask(None, "browsingContext.create", window).await?;
        let tab = Self {
            session,
            user,
            context: text(&created, "context"),
        };
        let viewport = json!({ "width": SIZE.0, "height": SIZE.1 });
        let viewport = json!({ "context": tab.context, "viewport": viewport });
        tab.ask("browsingContext.setViewport", viewport).await?;
        Ok(tab)
    }

    pub(super) async fn keep(
        &self,
        site: &Url,
        (name, value): (&str, &str),
    ) -> Result<(), Unanswered> {
        let cookie = json!({
            "name": name, "value": { "type": "string", "value": value },
            "domain": site.host_str(), "httpOnly": true, "sameSite": "lax",
        });
        let partition = json!({ "type": "storageKey", "userContext": self.user });
        let params = json!({ "cookie": cookie, "partition": partition });
        self.ask("storage.setCookie", params).await.map(drop)
    }

    pub(super) async fn go(&self, address: &Url) -> Result<(), Unanswered> {
        let url = address.as_str();
        let params = json!({ "context": self.context, "url": url, "wait": "interactive" });
        self.ask("browsingContext.navigate", params).await.map(drop)
    }

    pub(super) async fn run(&self, script: &str) -> Result<String, Unanswered> {
        let command = "script.evaluate";
        let target = json!({ "context": self.context });
        let params = json!({ "expression": script, "target": target, "awaitPromise": true });
        let ran = self.ask(command, params).await?;
        match ran.get("exceptionDetails") {
            None => Ok(text(&ran["result"], "value")),
            Some(details) => Err(Unanswered::Refused {
                command: command.to_owned(),
                message: text(details, "text"),
            }),
        }
    }

    pub(super) async fn close(self) -> Result<(), Unanswered> {
        let user = json!({ "userContext": self.user });
        self.ask("browser.removeUserContext", user).await.map(drop)
    }

    async fn ask(&self, command: &str, params: Value) -> Result<Value, Unanswered> {
        self.session.ask(None, command, params).await
    }
}
