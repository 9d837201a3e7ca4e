//! The wire on a terminal: a line for each request once it is answered, each message, each event.

use std::collections::BTreeSet;

use crate::excerpt::beginning;
use crate::sandbox::entry::{Crossed, Direction, LineEvent, SocketEntry, StreamEntry, WireEntry};

/// How much of a message a line shows, in characters.
const WORDS: usize = 120;

/// How many requests are remembered that were shown already: an entry comes again in each later state.
const SHOWN: usize = 1_000;

/// What was shown.
#[derive(Default)]
pub(super) struct Wire {
    shown: BTreeSet<u64>,
}

impl Wire {
    /// The line for an entry; none for one that is not complete yet, or was shown.
    pub(super) fn line(&mut self, entry: &WireEntry) -> Option<String> {
        let client = &entry.client;
        match &entry.crossed {
            Crossed::Http(it) => {
                let status = it.status?;
                if !it.done || !self.shown.insert(entry.entry) {
                    return None;
                }
                while self.shown.len() > SHOWN {
                    self.shown.pop_first();
                }
                let time = it
                    .duration
                    .map_or(String::new(), |long| format!(" {long:.0} ms"));
                let htmx = it
                    .htmx
                    .iter()
                    .map(|(name, value)| format!(" {name}: {value}"));
                let htmx: String = htmx.collect();
                let (method, path, size) = (&it.method, &it.path, it.size);
                let kind = match it.media_type.as_str() {
                    "" => String::new(),
                    kind => format!(" {kind}"),
                };
                Some(format!(
                    "{client} {method} {path}{htmx} → {status}{kind} {size} B{time}"
                ))
            }
            Crossed::WebSocket(it) => Some(format!("{client} {}", socket(it))),
            Crossed::Sse(it) => Some(format!("{client} {}", stream(it))),
            Crossed::Fault(it) => Some(it.sentence.clone()),
        }
    }
}

fn socket(it: &SocketEntry) -> String {
    let path = &it.path;
    match it.event {
        LineEvent::Open => format!("WebSocket {path} opens"),
        LineEvent::Close => {
            let code = it.code.map_or(String::new(), |code| format!(" {code}"));
            format!("WebSocket {path} closes{code} {}", it.reason)
        }
        LineEvent::Message => {
            let arrow = match it.direction {
                Direction::In => "⇒",
                Direction::Out => "⇐",
            };
            let text = it
                .text
                .as_deref()
                .map_or(format!("{} bytes", it.size), words);
            format!("WebSocket {path} {arrow} {text}")
        }
    }
}

fn stream(it: &StreamEntry) -> String {
    let path = &it.path;
    match it.event {
        LineEvent::Open => format!("events {path} open"),
        LineEvent::Close => format!("events {path} close"),
        LineEvent::Message => format!("events {path} ⇐ {}: {}", it.name, words(&it.data)),
    }
}

/// The beginning of a text, on one line.
fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    beginning(&line, WORDS).into_owned()
}
