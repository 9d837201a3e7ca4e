//! What keeps an entry of the log from fitting a claim, and by how much.

use std::collections::BTreeMap;

use crate::claim::{Claim, Way};
use crate::engine::message::HeaderList;
use crate::sandbox::entry::{Crossed, Direction, Exchange, LineEvent, WireEntry};

/// In what an entry differs from a claim, as far as it was looked for.
#[derive(Default)]
struct Misfits {
    /// How far all of it leads away.
    weight: u8,
    /// From this weight on nobody asks for more.
    enough: u8,
    /// Sentences' ends: “its method is GET”. None where nobody asks for them.
    words: Option<Vec<String>>,
}

impl Misfits {
    fn are_enough(&self) -> bool {
        self.weight >= self.enough
    }

    fn unless(&mut self, fits: bool, weight: u8, words: impl FnOnce() -> String) {
        if fits {
            return;
        }
        self.weight = self.weight.saturating_add(weight);
        if let Some(told) = &mut self.words {
            told.push(words());
        }
    }

    fn part(&mut self, part: Option<&str>, text: Option<&str>, place: &str) {
        let Some(part) = part.filter(|_| !self.are_enough()) else {
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

impl Claim {
    /// What keeps an entry from fitting, in words; none when it is of another kind.
    pub(super) fn misfits(&self, entry: &WireEntry) -> Option<Vec<String>> {
        let mut all = Misfits {
            enough: u8::MAX,
            words: Some(Vec::new()),
            ..Misfits::default()
        };
        self.compare(entry, &mut all)?;
        all.words
    }

    /// How far it is from fitting, if by less than `far`; none when it is of another kind.
    pub(super) fn distance(&self, entry: &WireEntry, far: u8) -> Option<u8> {
        let mut all = Misfits {
            enough: far,
            ..Misfits::default()
        };
        self.compare(entry, &mut all)?;
        (!all.are_enough()).then_some(all.weight)
    }

    /// Whether an entry fits.
    pub(super) fn fits(&self, entry: &WireEntry) -> bool {
        self.distance(entry, 1).is_some()
    }

    /// Looks for what differs, until it is enough; none when the entry is of another kind.
    fn compare(&self, entry: &WireEntry, all: &mut Misfits) -> Option<()> {
        match &entry.crossed {
            Crossed::Http(exchange) => {
                let method = self.request.as_ref()?;
                all.unless(method == "*" || *method == exchange.method, 2, || {
                    format!("its method is {}", exchange.method)
                });
                self.compare_exchange(exchange, all);
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
                self.compare_path(&line.path, all);
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
                self.compare_path(&line.path, all);
                all.part(self.contains.as_deref(), Some(&line.data), "its data");
            }
            Crossed::Fault(_) => return None,
        }
        let client = self.client.as_ref();
        let is_of = client.is_none_or(|client| entry.client.eq_ignore_ascii_case(client));
        all.unless(is_of, 2, || format!("it is of {}", entry.client));
        Some(())
    }

    fn compare_exchange(&self, exchange: &Exchange, all: &mut Misfits) {
        self.compare_path(&exchange.path, all);
        if all.are_enough() {
            return;
        }
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
        let Some(wanted) = self.path.as_ref().filter(|_| !all.are_enough()) else {
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
}
