//! Files of other sites that a page names: pages as people publish them load htmx from a CDN, and a page in a
//! sandbox reaches no other site.
//!
//! [`Reader`] reads a document's tags, however it comes in pieces. A known address of a library that the sandbox has
//! becomes that of the sandbox's own copy, and the `integrity` goes, since it is that of another file. Of all others
//! the learner is told. Blanks take the place of what goes: the document keeps its length, which a server may have said
//! before, and its lines. Only documents are read; fragments and data pass as they are.

mod library;
mod tags;

use bytes::Bytes;

pub(super) use library::Found;
pub(super) use tags::script_lines;
use tags::{Attribute, Inside, Loading, Tag};

use super::changes::Changes;

/// The longest piece of a document that is kept back until its end has come, in bytes. A longer tag goes out as it comes.
const LONGEST_TAG: usize = 8 * 1024;

/// Puts right what a document loads from elsewhere.
#[derive(Debug, Default)]
pub(super) struct Reader {
    inside: Inside,
    /// The beginning of what has not ended yet.
    held: Bytes,
}

impl Reader {
    /// A whole document, put right.
    pub(super) fn whole(document: Bytes, changes: &mut Changes) -> Bytes {
        let mut reader = Self::default();
        let page = reader.piece(document, changes);
        joined(page, reader.end())
    }

    /// What can go out with this piece.
    pub(super) fn piece(&mut self, piece: Bytes, changes: &mut Changes) -> Bytes {
        let mut part = joined(std::mem::take(&mut self.held), piece);
        let Loading { tags, rest, inside } = tags::loading(&part, self.inside);
        self.inside = inside;
        let mut edits = Vec::new();
        for tag in tags {
            edits.extend(edits_of(&tag, &part, changes));
        }
        if part.len() - rest <= LONGEST_TAG {
            self.held = part.split_off(rest);
        }
        if edits.is_empty() {
            return part;
        }
        let mut page = part.to_vec();
        for (at, text) in edits {
            page[at..at + text.len()].copy_from_slice(&text);
        }
        page.into()
    }

    /// What had not ended when the document did.
    pub(super) fn end(self) -> Bytes {
        self.held
    }
}

fn joined(first: Bytes, second: Bytes) -> Bytes {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second,
        (_, true) => first,
        _ => [first, second].concat().into(),
    }
}

/// Where in a document another text of the same length stands instead, and that text.
type Edit = (usize, Vec<u8>);

fn edits_of(tag: &Tag, document: &[u8], changes: &mut Changes) -> Vec<Edit> {
    let Some(address) = tag.address(document).filter(|it| is_elsewhere(it)) else {
        return Vec::new();
    };
    let found = if tag.is_script {
        library::find(address)
    } else {
        Found::Unknown
    };
    changes.address(address, &found);
    let Found::Copy(name) = found else {
        return Vec::new();
    };
    let named = |name: &str| {
        let mut attributes = tag.attributes.iter();
        attributes.find(|attribute| attribute.name(document) == name)
    };
    let edit = |attribute: &Attribute, text| {
        let whole = &document[attribute.whole.clone()];
        Some((attribute.whole.start, in_place_of(whole, text)?))
    };
    let local = |src| edit(src, with_value(src, document, &format!("/lib/{name}")));
    let gone = |integrity| edit(integrity, Vec::new());
    let edits = [
        named("src").and_then(local),
        named("integrity").and_then(gone),
    ];
    edits.into_iter().flatten().collect()
}

/// An attribute with another value.
fn with_value(attribute: &Attribute, document: &[u8], value: &str) -> Vec<u8> {
    let before = &document[attribute.whole.start..attribute.value.start];
    let behind = &document[attribute.value.end..attribute.whole.end];
    [before, value.as_bytes(), behind].concat()
}

/// A text made as long as what it replaces, by blanks, with what remains of its lines. Addresses of CDNs are longer than
/// those of the sandbox.
fn in_place_of(whole: &[u8], mut text: Vec<u8>) -> Option<Vec<u8>> {
    let rest = whole.get(text.len()..)?.iter();
    text.extend(rest.map(|byte| if *byte == b'\n' { b'\n' } else { b' ' }));
    Some(text)
}

fn is_elsewhere(address: &str) -> bool {
    let scheme = ["https://", "http://", "//"];
    scheme.iter().any(|scheme| {
        address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(document: &str) -> (String, Vec<String>) {
        let mut changes = Changes::default();
        let page = Reader::whole(document.to_owned().into(), &mut changes);
        (text(&page), changes.into_sentences())
    }

    fn text(page: &[u8]) -> String {
        String::from_utf8(page.to_vec()).expect("text")
    }

    #[test]
    fn a_library_from_a_cdn_is_the_sandboxs_own_copy_without_its_integrity() {
        let sent = "<!doctype html><head>\n<script src=\"https://unpkg.com/htmx.org@2.0.4\" \
                    integrity=\"sha384-x\" crossorigin=\"anonymous\" defer></script>";
        let (page, told) = home(sent);
        let words: Vec<_> = page.split_whitespace().collect();
        assert_eq!(
            words.join(" "),
            "<!doctype html><head> <script src=\"/lib/htmx-2.js\" crossorigin=\"anonymous\" \
             defer></script>"
        );
        assert_eq!(page.len(), sent.len());
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("/lib/htmx-2.js"), "{told:?}");
    }

    #[test]
    fn tags_are_found_however_they_are_written_and_only_where_they_are_tags() {
        for (tag, expected) in [
            (
                "<SCRIPT SRC='//unpkg.com/htmx.org'></SCRIPT>",
                "<SCRIPT SRC='/lib/htmx-2.js'      ></SCRIPT>",
            ),
            (
                "<script defer src=https://unpkg.com/htmx.org></script>",
                "<script defer src=/lib/htmx-2.js            ></script>",
            ),
            (
                "<script\n  src = \"https://unpkg.com/htmx.org\"\n></script>",
                "<script\n  src = \"/lib/htmx-2.js\"            \n></script>",
            ),
            (
                "<script integrity='a\nb' src='//unpkg.com/htmx.org' src=''></script>",
                "<script             \n   src='/lib/htmx-2.js'       src=''></script>",
            ),
        ] {
            assert_eq!(home(tag).0, expected);
        }
        for same in [
            "<!-- <script src=\"https://unpkg.com/htmx.org\"></script> -->",
            "<!--> --><!---><p><!x <script src=//unpkg.com/htmx.org>",
            "<script>'<script src=\"https://unpkg.com/htmx.org\">'</script>",
            "<title><script src=\"https://unpkg.com/htmx.org\"></script></title>",
            "<p title='<script src=https://unpkg.com/htmx.org>'>",
            "<scripts src=\"https://unpkg.com/htmx.org\">",
            "<script src=\"/lib/htmx-2.js\"></script>",
            "<script src=\"https://unpkg.com/htmx.org",
            "<script src=\"\"></script><script ",
        ] {
            assert_eq!(home(same), (same.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn a_document_may_come_in_any_pieces() {
        let sent = "<!doctype html><!-- <script src=//unpkg.com/htmx.org></script> -- > --><title>a <\
                    script src=//unpkg.com/htmx.org></title><p title='<script src=//unpkg.com/htmx.org>'>\
                    1 < 2</p><script>'</p>'; '<script src=//unpkg.com/htmx.org>'</script>\
                    <script src=\"https://unpkg.com/htmx.org@2.0.4\" integrity=x></script><p>2 <";
        let (page, told) = home(sent);
        assert_eq!((page.matches("/lib/").count(), told.len()), (1, 1));
        let split = |from: usize, to: usize| {
            let mut changes = Changes::default();
            let mut reader = Reader::default();
            let parts = [&sent[..from], &sent[from..to], &sent[to..]].map(str::to_owned);
            let parts = parts.map(|part| reader.piece(part.into(), &mut changes));
            text(&[&parts.concat(), &*reader.end()].concat())
        };
        for from in 0..sent.len() {
            for to in [from, from + 1, from + 7].map(|to| to.min(sent.len())) {
                assert_eq!(split(from, to), page, "{:?}", &sent[from..to]);
            }
        }
    }

    #[test]
    fn what_has_not_ended_is_kept_back_for_a_while() {
        let mut reader = Reader::default();
        let mut out =
            |piece: &str| text(&reader.piece(piece.to_owned().into(), &mut Changes::default()));
        assert_eq!(out("<!doct"), "");
        assert_eq!(out("ype html><p>Hello<br"), "<!doctype html><p>Hello");
        assert_eq!(out("><p>1 < 2"), "<br><p>1 < 2");
        assert_eq!(out("<img src='data:"), "");
        let long = "x".repeat(LONGEST_TAG);
        assert_eq!(out(&long), format!("<img src='data:{long}"));
    }

    #[test]
    fn a_hostile_document_is_read_once() {
        // Each of them would take hours if the rest were read again for every sign.
        for hostile in [
            "<",
            "<a",
            "<a <",
            "<!",
            "<!-",
            "<!--",
            "</",
            "<a b='",
            "<title></",
            "<script x ",
        ] {
            let sent = hostile.repeat(4 * 1024 * 1024 / hostile.len());
            assert_eq!(home(&sent), (sent, Vec::new()), "{hostile}");
        }
        let scripts = "<script src=//a.example/a.js></script>".repeat(10_000);
        assert_eq!(home(&scripts).1.len(), 100);
    }

    #[test]
    fn of_what_cannot_be_loaded_the_learner_is_told() {
        let sent = "<link rel=stylesheet href=https://cdn.example/a.css>\
                    <link rel=icon href=https://cdn.example/a.ico>\
                    <script src=https://unpkg.com/htmx.org@1.9.12></script>\
                    <script src=https://unpkg.com/htmx.org@2/dist/ext/json-enc.js></script>";
        let (page, told) = home(sent);
        assert_eq!(page, sent);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("into the project"), "{told:?}");
        assert!(told[1].contains("/lib/htmx-2.js"), "{told:?}");
        assert!(told[2].contains("not this file of it"), "{told:?}");
    }
}
