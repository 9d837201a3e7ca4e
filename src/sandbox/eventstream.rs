//! Reads the text format of server-sent events as it goes by, for the wire.
//!
//! It follows the HTML standard's parsing of an event stream as far as an observer needs it; nothing
//! that crosses is changed by it.

/// The longest line and the longest event that are kept, in bytes; what is longer is counted and cut.
const KEPT: usize = 16 * 1024;

/// So many names of events are counted on one stream.
const NAMES: usize = 32;

/// An event as a browser would dispatch it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StreamEvent {
    /// Its name, `message` when it has none.
    pub(crate) name: String,
    /// Its data, lines joined by a line feed.
    pub(crate) data: String,
    /// The last id on the stream, if it set one.
    pub(crate) id: Option<String>,
    /// The how many-th of its name it is, from 1; none for a name that is not counted.
    pub(crate) nth: Option<u32>,
}

impl StreamEvent {
    /// The text that a server writes for it.
    #[must_use]
    pub(crate) fn written(&self) -> String {
        let mut text = String::new();
        let mut field = |name: &str, value: &str| text.extend([name, ": ", value, "\n"]);
        if self.name != "message" {
            field("event", &self.name);
        }
        if let Some(id) = &self.id {
            field("id", id);
        }
        for line in self.data.split('\n') {
            field("data", line);
        }
        text.push('\n');
        text
    }
}

/// The state between two pieces of a stream.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    line: Vec<u8>,
    after_return: bool,
    name: String,
    data: Vec<String>,
    bytes: usize,
    id: Option<String>,
    /// How often each name came.
    counts: Vec<(String, u32)>,
}

impl Parser {
    /// Reads the next piece; gives the events that it completes.
    pub(crate) fn read(&mut self, piece: &[u8]) -> Vec<StreamEvent> {
        let mut events = Vec::new();
        for &byte in piece {
            let second_half = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            match byte {
                _ if second_half => {}
                b'\n' | b'\r' => events.extend(self.end_line()),
                _ if self.line.len() < KEPT => self.line.push(byte),
                _ => {}
            }
        }
        events
    }

    /// Whether an event may come from elsewhere now: none has begun.
    #[must_use]
    pub(crate) fn is_between(&self) -> bool {
        self.line.is_empty() && self.name.is_empty() && self.data.is_empty()
    }

    fn end_line(&mut self) -> Option<StreamEvent> {
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" if self.bytes < KEPT => {
                self.bytes += value.len();
                self.data.push(value.to_owned());
            }
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<StreamEvent> {
        let name = std::mem::take(&mut self.name);
        let data = std::mem::take(&mut self.data);
        self.bytes = 0;
        if data.is_empty() {
            return None;
        }
        let name = if name.is_empty() {
            "message".to_owned()
        } else {
            name
        };
        Some(StreamEvent {
            nth: self.count(&name),
            name,
            data: data.join("\n"),
            id: self.id.clone(),
        })
    }

    fn count(&mut self, name: &str) -> Option<u32> {
        if let Some((_, count)) = self.counts.iter_mut().find(|(known, _)| known == name) {
            *count = count.saturating_add(1);
            return Some(*count);
        }
        if self.counts.len() == NAMES {
            return None;
        }
        self.counts.push((name.to_owned(), 1));
        Some(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_events_across_pieces_and_line_ends() {
        let mut parser = Parser::default();
        assert_eq!(parser.read(b": a comment\n\nevent: pri"), vec![]);
        let events = parser.read(b"ce\r\ndata: 1\r\ndata:2\rid: 7\r\r\ndata\n\n");
        assert_eq!(
            events,
            [
                StreamEvent {
                    name: "price".into(),
                    data: "1\n2".into(),
                    id: Some("7".into()),
                    nth: Some(1),
                },
                StreamEvent {
                    name: "message".into(),
                    data: String::new(),
                    id: Some("7".into()),
                    nth: Some(1),
                },
            ]
        );
    }

    #[test]
    fn an_event_is_read_as_it_was_written() {
        for (name, data, id) in [("price", "1\n2", None), ("message", " <b>", Some("7"))] {
            let event = StreamEvent {
                name: name.into(),
                data: data.into(),
                id: id.map(str::to_owned),
                nth: Some(1),
            };
            let mut parser = Parser::default();
            assert_eq!(parser.read(event.written().as_bytes()), [event]);
            assert!(parser.is_between());
            parser.read(b"event: half");
            assert!(!parser.is_between());
        }
    }

    #[test]
    fn counts_the_events_of_each_name() {
        let mut parser = Parser::default();
        let events = parser.read(b"data: 1\n\nevent: price\ndata: 2\n\ndata: 3\n\n");
        let counts: Vec<_> = events.iter().map(|it| (it.name.as_str(), it.nth)).collect();
        assert_eq!(
            counts,
            [
                ("message", Some(1)),
                ("price", Some(1)),
                ("message", Some(2)),
            ]
        );
        for number in 0..NAMES {
            parser.read(format!("event: {number}\ndata\n\n").as_bytes());
        }
        assert_eq!(parser.read(b"event: more\ndata\n\n")[0].nth, None);
        assert_eq!(parser.read(b"data\n\n")[0].nth, Some(3));
    }

    #[test]
    fn keeps_a_bounded_part_of_an_endless_line() {
        let mut parser = Parser::default();
        parser.read(&vec![b'x'; 4 * KEPT]);
        assert!(parser.line.len() <= KEPT);
        for _ in 0..4 {
            parser.read(&[b"data:".as_slice(), &vec![b'y'; KEPT], b"\n"].concat());
        }
        assert!(parser.bytes <= 2 * KEPT);
    }
}
