//! Claims and entries of the log in words.

use std::fmt::Write;

use crate::claim::{Claim, Way};
use crate::excerpt::beginning;
use crate::sandbox::entry::{Crossed, Direction, Exchange, WireEntry};

/// As much of a text as fits in a sentence, in characters.
const LETTERS: usize = 120;

impl Claim {
    /// What the log must have, as a sentence: `on the wire there should be a request POST /say`.
    #[must_use]
    pub(crate) fn expectation(&self) -> String {
        let no = if self.is_positive() { "" } else { "not " };
        format!("on the wire there should {no}be {}", self.sentence())
    }

    /// What is claimed, in words: `a request POST /say that is answered with 403`.
    #[must_use]
    pub(crate) fn sentence(&self) -> String {
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
            Some(times) if times > 1 => add(format_args!(", {times} times")),
            _ => {}
        }
        said
    }
}

/// An entry in a few words: `POST /say of Alice, answered with 200`.
pub(super) fn told(entry: &WireEntry) -> String {
    let client = &entry.client;
    match &entry.crossed {
        Crossed::Http(exchange) => {
            let Exchange { method, path, .. } = exchange.as_ref();
            match exchange.status {
                Some(status) => format!("{method} {path} of {client}, answered with {status}"),
                None => format!("{method} {path} of {client}, not answered yet"),
            }
        }
        Crossed::WebSocket(line) => {
            let text = beginning(line.text.as_deref().unwrap_or("(binary)"), LETTERS);
            match line.direction {
                Direction::In => format!("the message “{text}” from {client}'s page"),
                Direction::Out => format!("the message “{text}” to {client}'s page"),
            }
        }
        Crossed::Sse(line) => {
            let (name, data) = (&line.name, beginning(&line.data, LETTERS));
            format!("the event “{name}” to {client}'s page: “{data}”")
        }
        Crossed::Fault(fault) => fault.sentence.clone(),
    }
}
