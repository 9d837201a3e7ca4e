//! What must stand in a sandbox's log: a request, a frame, or an event.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::engine::message::HeaderList;
use crate::sandbox::entry::{Crossed, Direction, Exchange, LineEvent, WireEntry};

/// Which way a frame went, seen from the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Way {
    /// To a client.
    Sent,
    /// From a client.
    Received,
}

/// A pattern of entries. One of `request`, `frame` and `event` says of which kind; all else narrows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Claim {
    /// A request's method, or `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request: Option<String>,
    /// A WebSocket message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) frame: Option<Way>,
    /// A server-sent event's name, or `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<String>,
    /// The path, with the query where this has one; a `*` at its end stands for any rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// The response's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    /// Headers of the request; `*` is any value.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) header: BTreeMap<String, String>,
    /// Headers of the response; `*` is any value.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) response: BTreeMap<String, String>,
    /// A part of the request's body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<String>,
    /// A part of the response's body, the message, or the event's data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) contains: Option<String>,
    /// The client's name on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client: Option<String>,
    /// How often at least; once when it is not said, and 0 for never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) times: Option<usize>,
}

impl Claim {
    /// Whether it names exactly one kind.
    #[must_use]
    pub(crate) fn is_clear(&self) -> bool {
        let kinds = [
            self.request.is_some(),
            self.frame.is_some(),
            self.event.is_some(),
        ];
        kinds.iter().filter(|named| **named).count() == 1
    }

    /// Whether something must be there for it to hold; a claim that something never happened holds of
    /// an empty log as well, and so proves nothing alone.
    #[must_use]
    pub(crate) fn is_positive(&self) -> bool {
        self.times != Some(0)
    }

    /// Holds it against a log.
    pub(crate) fn hold(&self, log: &Log) -> Result<(), Unproved> {
        let mut fitting = log.entries.iter().filter(|entry| self.count(entry) > 0);
        let found: usize = fitting.clone().map(|entry| self.count(entry)).sum();
        let unproved = |found: String, entry: Option<&WireEntry>| Unproved {
            expected: format!("on the wire: {}", self.sentence()),
            found,
            entry: entry.map(|entry| entry.entry),
        };
        match self.times {
            Some(0) if found > 0 => {
                let first = fitting.clone().next();
                let words = first.map_or_else(String::new, told);
                Err(unproved(words, first))
            }
            Some(0) if !log.is_whole => {
                let words = "more crossed the wire than the log keeps, so it cannot tell";
                Err(unproved(words.to_owned(), None))
            }
            times if found >= times.unwrap_or(1) => Ok(()),
            times if found > 0 => {
                let words = format!("{found} of {}", times.unwrap_or(1));
                Err(unproved(words, fitting.next_back()))
            }
            _ => match self.nearest(&log.entries) {
                Some((near, words)) => Err(unproved(words, Some(near))),
                None => Err(unproved(NOTHING.to_owned(), None)),
            },
        }
    }

    /// How often an entry fits; a message to a whole topic stands for all its receivers.
    #[must_use]
    pub(crate) fn count(&self, entry: &WireEntry) -> usize {
        let fits = self
            .misfits(entry)
            .is_some_and(|misfits| misfits.is_empty());
        let receivers = match &entry.crossed {
            Crossed::WebSocket(line) => line.receivers.unwrap_or(1),
            _ => 1,
        };
        usize::from(fits) * receivers
    }

    /// The entry that comes nearest to what is claimed, and in words what it is and what it lacks.
    #[must_use]
    pub(crate) fn nearest<'a>(&self, entries: &'a [WireEntry]) -> Option<(&'a WireEntry, String)> {
        let misfits = entries
            .iter()
            .filter_map(|entry| Some((entry, self.misfits(entry)?)));
        // The latest of those that are equally near.
        let (near, misfits) = misfits
            .map(|(entry, misfits)| {
                (
                    misfits.iter().map(|it| it.weight).sum::<u8>(),
                    entry,
                    misfits,
                )
            })
            .filter(|(weight, ..)| *weight < FAR)
            .min_by_key(|(weight, entry, _)| (*weight, Reverse(entry.entry)))
            .map(|(_, entry, misfits)| (entry, misfits))?;
        let lacks: Vec<String> = misfits.into_iter().map(|it| it.words).collect();
        let words = format!("the nearest is {}; {}", told(near), lacks.join("; "));
        Some((near, words))
    }

    /// What keeps an entry from fitting; none when it is of another kind.
    fn misfits(&self, entry: &WireEntry) -> Option<Vec<Misfit>> {
        let mut all = Misfits::default();
        match &entry.crossed {
            Crossed::Http(exchange) => {
                let method = self.request.as_ref()?;
                all.unless(method == "*" || *method == exchange.method, 2, || {
                    format!("its method is {}", exchange.method)
                });
                self.compare_exchange(exchange, &mut all);
            }
            Crossed::WebSocket(line) => {
                let way = self.frame?;
                let is_way = match line.direction {
                    Direction::In => Way::Received,
                    Direction::Out => Way::Sent,
                };
                if line.event != LineEvent::Message {
                    return None;
                }
                all.unless(way == is_way, 4, || "it went the other way".to_owned());
                self.compare_path(&line.path, &mut all);
                all.part(self.contains.as_deref(), line.text.as_deref(), "it");
            }
            Crossed::Sse(line) => {
                let name = self.event.as_ref()?;
                if line.event != LineEvent::Message {
                    return None;
                }
                all.unless(name == "*" || *name == line.name, 3, || {
                    format!("its name is “{}”", line.name)
                });
                self.compare_path(&line.path, &mut all);
                all.part(self.contains.as_deref(), Some(&line.data), "its data");
            }
        }
        let client = self.client.as_ref();
        let is_of = client.is_none_or(|client| entry.client.eq_ignore_ascii_case(client));
        all.unless(is_of, 2, || format!("it is of {}", entry.client));
        Some(all.0)
    }

    fn compare_exchange(&self, exchange: &Exchange, all: &mut Misfits) {
        self.compare_path(&exchange.path, all);
        let status = self.status;
        all.unless(
            status.is_none() || status == exchange.status,
            1,
            || match exchange.status {
                Some(status) => format!("it was answered with {status}"),
                None => "it is not answered yet".to_owned(),
            },
        );
        all.headers(&self.header, &exchange.request_headers, "it has");
        all.headers(&self.response, &exchange.response_headers, "its answer has");
        all.part(
            self.body.as_deref(),
            exchange.request_body.as_deref(),
            "its body",
        );
        all.part(
            self.contains.as_deref(),
            exchange.body.as_deref(),
            "its answer",
        );
    }

    fn compare_path(&self, path: &str, all: &mut Misfits) {
        let Some(wanted) = &self.path else {
            return;
        };
        let page = match path.split_once('?') {
            Some((page, _)) if !wanted.contains('?') => page,
            _ => path,
        };
        let is_at = match wanted.strip_suffix('*') {
            Some(start) => page.starts_with(start),
            None => page == wanted,
        };
        all.unless(is_at, 3, || format!("it is at {path}"));
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
            Some(0) => add(format_args!(", not once")),
            Some(times) if times > 1 => add(format_args!(", {times} times")),
            _ => {}
        }
        said
    }
}

/// Found where nothing of the kind crossed the wire.
const NOTHING: &str = "nothing like it crossed the wire";
/// An entry that differs in so much is not near: a path and a method, say.
const FAR: u8 = 5;

/// What the server has written about a check, each thing in its latest state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    /// What crossed the wire, in order.
    pub(crate) entries: Vec<WireEntry>,
    /// Whether nothing was let go for want of room.
    pub(crate) is_whole: bool,
}

/// A claim that a log does not bear out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Unproved {
    /// What is claimed, in words.
    pub(crate) expected: String,
    /// What there is instead.
    pub(crate) found: String,
    /// The number of the entry that shows it best.
    pub(crate) entry: Option<u64>,
}

/// One thing in which an entry differs from a claim.
struct Misfit {
    /// How far it leads away.
    weight: u8,
    words: String,
}

#[derive(Default)]
struct Misfits(Vec<Misfit>);

impl Misfits {
    fn unless(&mut self, fits: bool, weight: u8, words: impl FnOnce() -> String) {
        if !fits {
            let words = words();
            self.0.push(Misfit { weight, words });
        }
    }

    fn part(&mut self, part: Option<&str>, text: Option<&str>, place: &str) {
        let Some(part) = part else {
            return;
        };
        let is_in = text.is_some_and(|text| text.contains(part));
        self.unless(is_in, 1, || format!("{place} has no “{part}” in it"));
    }

    fn headers(&mut self, wanted: &BTreeMap<String, String>, headers: &HeaderList, who: &str) {
        for (name, value) in wanted {
            let mut same = headers
                .iter()
                .filter(|(other, _)| name.eq_ignore_ascii_case(other));
            let found = same.clone().next().map(|(_, found)| found);
            let fits = same.any(|(_, found)| value == "*" || value == found);
            self.unless(fits, 1, || match found {
                Some(found) => format!("{who} {name}: {found}"),
                None => format!("{who} no {name} header"),
            });
        }
    }
}

/// An entry in a few words: `POST /say of Alice, answered with 200`.
fn told(entry: &WireEntry) -> String {
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
            let text = beginning(line.text.as_deref().unwrap_or("(binary)"));
            match line.direction {
                Direction::In => format!("the message “{text}” from {client}'s page"),
                Direction::Out => format!("the message “{text}” to {client}'s page"),
            }
        }
        Crossed::Sse(line) => {
            let (name, data) = (&line.name, beginning(&line.data));
            format!("the event “{name}” to {client}'s page: “{data}”")
        }
    }
}

/// As much of a text as fits in a sentence.
fn beginning(text: &str) -> String {
    const LETTERS: usize = 120;
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
#[path = "claim_tests.rs"]
mod tests;
