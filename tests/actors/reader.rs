//! Someone who reads and answers, with or without htmx in their browser.

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder, StatusCode};

use super::client::Client;
use super::program::Program;

#[derive(Clone)]
pub struct Reader {
    site: Client,
    htmx: bool,
}

/// What came back.
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reader {
    /// Someone new, in whose browser no script runs.
    pub fn of(program: &Program) -> Self {
        Self::at_host(program, "hxlab.localhost")
    }

    /// Someone new, at a site of this host.
    pub fn at_host(program: &Program, host: &str) -> Self {
        Self {
            site: program.client().at(host),
            htmx: false,
        }
    }

    /// The same after the program came back.
    pub fn returns(&self, program: &Program) -> Self {
        Self {
            site: self.site.on(program.port()),
            ..self.clone()
        }
    }

    /// The same with htmx, which asks for fragments.
    pub fn with_htmx(self) -> Self {
        Self { htmx: true, ..self }
    }

    pub async fn gets(&self, address: &str) -> Answered {
        self.sends(self.asks(Method::GET, address)).await
    }

    /// Sends a form of the site's own page.
    pub async fn posts(&self, address: &str, fields: &str) -> Answered {
        let form = self.form(address, fields);
        self.sends(form.header("sec-fetch-site", "same-origin"))
            .await
    }

    /// A form, without a word on where it comes from.
    pub fn form(&self, address: &str, fields: &str) -> RequestBuilder {
        self.asks(Method::POST, address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(fields.to_owned())
    }

    pub fn asks(&self, method: Method, address: &str) -> RequestBuilder {
        let request = self
            .site
            .request(method, address)
            .header("accept", "text/html");
        if self.htmx {
            request.header("hx-request", "true")
        } else {
            request
        }
    }

    pub async fn sends(&self, request: RequestBuilder) -> Answered {
        let response = request.send().await.expect("the site answers");
        Answered {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.text().await.expect("a whole body"),
        }
    }
}

impl Answered {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    #[track_caller]
    pub fn shows(&self, words: &str) -> &Self {
        assert!(self.body.contains(words), "no “{words}” in:\n{}", self.body);
        self
    }

    #[track_caller]
    pub fn hides(&self, words: &str) -> &Self {
        assert!(!self.body.contains(words), "“{words}” in:\n{}", self.body);
        self
    }
}
