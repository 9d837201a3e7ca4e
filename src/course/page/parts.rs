//! Headings, tables and admonitions.

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, HeadingLevel, Tag, TagEnd};

use super::walk::Walk;
use crate::course::{Heading, Section};
use crate::escape::escaped;

/// A heading being read: its id is made of its words, so its tag is known last.
pub(super) struct Title {
    pub(super) text: String,
    piece: usize,
}

/// A table's head being read, for the table's name.
pub(super) struct Header {
    pub(super) names: Vec<String>,
    piece: usize,
}

impl Walk<'_, '_, '_> {
    pub(super) fn open_title(&mut self, level: HeadingLevel, line: usize) {
        if level == HeadingLevel::H1 {
            self.desk.faults.add(
                line,
                "“#” is the page's own heading, which is the lesson's title",
                "begin with “##”",
            );
        }
        let piece = self.own.next();
        self.put(String::new(), line);
        self.title = Some(Title {
            text: String::new(),
            piece,
        });
    }

    pub(super) fn close_title(&mut self, level: HeadingLevel, line: usize) {
        let Some(Title { text, piece }) = self.title.take() else {
            return;
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.desk.faults.add(
                line,
                "the heading is empty",
                "write its words, or remove it",
            );
        }
        let id = self.desk.ids.give(&text);
        self.own.replace(piece, format!("<{level} id=\"{id}\">"));
        let name = escaped(&text);
        self.put(
            format!(
                " <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section: \
                 {name}\">#</a></{level}>\n"
            ),
            line,
        );
        let heading = Heading {
            level: level as u8,
            id,
            text,
        };
        self.page.sections.push(Section {
            heading: Some(heading.clone()),
            text: String::new(),
        });
        self.page.headings.push(heading);
    }

    pub(super) fn open_admonition(&mut self, kind: BlockQuoteKind, line: usize) {
        let (class, name) = match kind {
            BlockQuoteKind::Note => ("note", "Note"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Caution"),
        };
        let id = self.desk.ids.count(class);
        self.put(
            format!(
                "<div class=\"admonition {class}\" role=\"note\" aria-labelledby=\"{id}\">\
                 <p class=\"admonition-title\" id=\"{id}\">{name}</p>\n"
            ),
            line,
        );
    }

    pub(super) fn open_table(&mut self, columns: Vec<Alignment>, line: usize) {
        let piece = self.own.next();
        self.put(String::new(), line);
        self.header = Some(Header {
            names: Vec::new(),
            piece,
        });
        self.out.push(Event::Start(Tag::Table(columns.clone())));
        self.columns = columns;
    }

    pub(super) fn open_cell(&mut self) {
        let align = match self.columns.get(self.column) {
            Some(Alignment::Left) => " align=\"left\"",
            Some(Alignment::Center) => " align=\"center\"",
            Some(Alignment::Right) => " align=\"right\"",
            _ => "",
        };
        let tag = if let Some(header) = &mut self.header {
            header.names.push(String::new());
            "th scope=\"col\""
        } else {
            "td"
        };
        self.column += 1;
        self.out.push(Event::Html(format!("<{tag}{align}>").into()));
    }

    pub(super) fn close_header(&mut self) {
        self.out.push(Event::End(TagEnd::TableHead));
        let Some(Header { names, piece }) = self.header.take() else {
            return;
        };
        let names: Vec<&str> = names
            .iter()
            .map(|name| name.trim())
            .filter(|name| !name.is_empty())
            .collect();
        let name = escaped(&names.join(", "));
        self.own.replace(
            piece,
            format!(
                "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table: {name}\">"
            ),
        );
    }

    pub(super) fn close_table(&mut self, line: usize) {
        self.out.push(Event::End(TagEnd::Table));
        self.put("</div>\n".into(), line);
    }
}
