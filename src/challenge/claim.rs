//! What must stand in a sandbox's log: a request, a frame, or an event.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::engine::message::HeaderList;
use crate::sandbox::entry::{Crossed, Direction, Entry, Exchange, LineEvent};

/// Which way a frame went, seen from the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// To a client.
    Sent,
    /// From a client.
    Received,
}

/// A pattern of entries. One of `request`, `frame` and `event` says of which kind; all else narrows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Claim {
    /// A request's method, or `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// A WebSocket message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame: Option<Way>,
    /// A server-sent event's name, or `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The path, with the query where this has one; a `*` at its end stands for any rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The response's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Headers of the request; `*` is any value.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub header: BTreeMap<String, String>,
    /// Headers of the response; `*` is any value.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub response: BTreeMap<String, String>,
    /// A part of the request's body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A part of the response's body, the message, or the event's data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
    /// The client's name on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// How often at least; once when it is not said, and 0 for never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<usize>,
}

impl Claim {
    /// Whether it names exactly one kind.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        let kinds = [
            self.request.is_some(),
            self.frame.is_some(),
            self.event.is_some(),
        ];
        kinds.iter().filter(|named| **named).count() == 1
    }

    /// Whether it holds of these entries.
    #[must_use]
    pub fn holds(&self, entries: &[Entry]) -> bool {
        let found: usize = entries.iter().map(|entry| self.count(entry)).sum();
        match self.times {
            Some(0) => found == 0,
            times => found >= times.unwrap_or(1),
        }
    }

    /// How often an entry fits; a message to a whole topic stands for all its receivers.
    #[must_use]
    pub fn count(&self, entry: &Entry) -> usize {
        let named = |client: &String| entry.client.eq_ignore_ascii_case(client);
        if !self.client.as_ref().is_none_or(named) {
            return 0;
        }
        match &entry.crossed {
            Crossed::Http(exchange) => usize::from(self.is_request(exchange)),
            Crossed::WebSocket(line) => {
                let way = match line.direction {
                    Direction::In => Way::Received,
                    Direction::Out => Way::Sent,
                };
                let fits = self.frame == Some(way)
                    && line.event == LineEvent::Message
                    && self.is_at(&line.path)
                    && has(self.contains.as_deref(), line.text.as_deref());
                usize::from(fits) * line.receivers.unwrap_or(1)
            }
            Crossed::Sse(line) => {
                let named = |name: &String| name == "*" || *name == line.name;
                let fits = self.event.as_ref().is_some_and(named)
                    && line.event == LineEvent::Message
                    && self.is_at(&line.path)
                    && has(self.contains.as_deref(), Some(&line.data));
                usize::from(fits)
            }
        }
    }

    fn is_request(&self, exchange: &Exchange) -> bool {
        let method = |method: &String| method == "*" || *method == exchange.method;
        self.request.as_ref().is_some_and(method)
            && self.is_at(&exchange.path)
            && self
                .status
                .is_none_or(|status| exchange.status == Some(status))
            && all(&self.header, &exchange.request_headers)
            && all(&self.response, &exchange.response_headers)
            && has(self.body.as_deref(), exchange.request_body.as_deref())
            && has(self.contains.as_deref(), exchange.body.as_deref())
    }

    fn is_at(&self, path: &str) -> bool {
        let Some(wanted) = &self.path else {
            return true;
        };
        let path = match path.split_once('?') {
            Some((page, _)) if !wanted.contains('?') => page,
            _ => path,
        };
        match wanted.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == wanted,
        }
    }

    /// What is claimed, in words: `a request POST /say that is answered with 403`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut said = match (&self.request, self.frame, &self.event) {
            (Some(method), ..) if method == "*" => "a request".to_owned(),
            (Some(method), ..) => format!("a request {method}"),
            (_, Some(Way::Sent), _) => "a WebSocket message from the server".to_owned(),
            (_, Some(Way::Received), _) => "a WebSocket message from the page".to_owned(),
            (.., Some(name)) if name == "*" => "a server-sent event".to_owned(),
            (.., name) => format!(
                "a server-sent event “{}”",
                name.as_deref().unwrap_or_default()
            ),
        };
        // Writing to a string does not fail.
        let mut add = |words: std::fmt::Arguments<'_>| {
            let _ = said.write_fmt(words);
        };
        if let Some(path) = &self.path {
            add(format_args!(" at {path}"));
        }
        if let Some(client) = &self.client {
            add(format_args!(" of {client}"));
        }
        for (name, value) in &self.header {
            add(format_args!(" with {name}: {value}"));
        }
        if let Some(status) = self.status {
            add(format_args!(" that is answered with {status}"));
        }
        for (name, value) in &self.response {
            add(format_args!(" and {name}: {value}"));
        }
        for part in [&self.body, &self.contains].into_iter().flatten() {
            add(format_args!(" that has “{part}” in it"));
        }
        match self.times {
            Some(0) => add(format_args!(", not once")),
            Some(times) if times > 1 => add(format_args!(", {times} times")),
            _ => {}
        }
        said
    }
}

fn has(part: Option<&str>, text: Option<&str>) -> bool {
    part.is_none_or(|part| text.is_some_and(|text| text.contains(part)))
}

fn all(wanted: &BTreeMap<String, String>, headers: &HeaderList) -> bool {
    wanted.iter().all(|(name, value)| {
        headers.iter().any(|(other, found)| {
            name.eq_ignore_ascii_case(other) && (value == "*" || value == found)
        })
    })
}

#[cfg(test)]
#[path = "claim_tests.rs"]
mod tests;
