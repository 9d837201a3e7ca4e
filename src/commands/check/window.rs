//! A window of a browser with cookies and storage of its own, which a learner of the site uses.
//!
//! What a check needs of a browser is these five deeds; each protocol has a file that does them.

mod bidi;
mod devtools;

use std::path::Path;

use http::HeaderValue;
use serde_json::Value;
use url::Url;

use super::connection::{Connection, Unanswered};

/// How large a window is, in CSS pixels: a common laptop's.
pub(super) const SIZE: (u32, u32) = (1440, 1000);

/// A window that is open. [`Window::close`] takes what it kept with it; so does the browser's end.
pub(super) enum Window<'a> {
    DevTools(devtools::Tab<'a>),
    Bidi(bidi::Tab<'a>),
}

impl<'a> Window<'a> {
    /// Opens an empty one of a Chromium, whose pages download to `downloads`.
    pub(super) async fn of_chromium(
        tools: &'a Connection,
        downloads: &Path,
    ) -> Result<Self, Unanswered> {
        let tab = devtools::Tab::open(tools, downloads).await;
        tab.map(Self::DevTools)
    }

    /// Opens an empty one of a Firefox.
    pub(super) async fn of_firefox(session: &'a Connection) -> Result<Self, Unanswered> {
        bidi::Tab::open(session).await.map(Self::Bidi)
    }

    /// Has the window send this cookie to the site, as if the site had set it.
    pub(super) async fn keep(
        &self,
        site: &Url,
        set_cookie: &HeaderValue,
    ) -> Result<(), Unanswered> {
        let line = set_cookie.to_str().unwrap_or_default();
        let (pair, _) = line.split_once(';').unwrap_or((line, ""));
        let cookie = pair.split_once('=').unwrap_or((pair, ""));
        match self {
            Self::DevTools(tab) => tab.keep(site, cookie).await,
            Self::Bidi(tab) => tab.keep(site, cookie).await,
        }
    }

    /// Goes to an address; resolves when its page is there, which need not be loaded to its end.
    pub(super) async fn go(&self, address: &Url) -> Result<(), Unanswered> {
        match self {
            Self::DevTools(tab) => tab.go(address).await,
            Self::Bidi(tab) => tab.go(address).await,
        }
    }

    /// What a script's promise resolves to, as text.
    pub(super) async fn run(&self, script: &str) -> Result<String, Unanswered> {
        match self {
            Self::DevTools(tab) => tab.run(script).await,
            Self::Bidi(tab) => tab.run(script).await,
        }
    }

    /// Closes it; its cookies and storage go.
    pub(super) async fn close(self) -> Result<(), Unanswered> {
        match self {
            Self::DevTools(tab) => tab.close().await,
            Self::Bidi(tab) => tab.close().await,
        }
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
