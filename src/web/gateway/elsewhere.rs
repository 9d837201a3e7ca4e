//! Files of other sites that a page names: pages as people publish them load htmx from a CDN, and a page in a
//! sandbox reaches no other site.
//!
//! [`at_home`] reads a document's tags. A known address of a library that the sandbox has becomes that of the
//! sandbox's own copy, and the `integrity` goes, since it is that of another file. Of all others the learner
//! is told. Only documents are read, and of one that comes in pieces the first: fragments and data pass as they are.

mod library;
mod tags;

use std::borrow::Cow;

pub(super) use library::Found;
use tags::{Attribute, Tag};

use super::changes::Changes;

/// The document with what it loads from elsewhere put right.
pub(super) fn at_home<'a>(document: &'a [u8], changes: &mut Changes) -> Cow<'a, [u8]> {
    let mut edits = Vec::new();
    for tag in tags::loading(document) {
        let Some(address) = tag.address(document) else {
            continue;
        };
        if !is_elsewhere(address) {
            continue;
        }
        let found = if tag.is_script {
            library::find(address)
        } else {
            Found::Unknown
        };
        changes.address(address, &found);
        if let Found::Copy(name) = found {
            edits.extend(edits_of(&tag, document, name));
        }
    }
    if edits.is_empty() {
        return Cow::Borrowed(document);
    }
    edits.sort_by_key(|(range, _)| range.start);
    let mut page = Vec::with_capacity(document.len());
    let mut from = 0;
    for (range, text) in edits {
        page.extend_from_slice(&document[from..range.start]);
        page.extend_from_slice(text.as_bytes());
        from = range.end;
    }
    page.extend_from_slice(&document[from..]);
    Cow::Owned(page)
}

/// A part of the document, and what stands there instead.
type Edit = (std::ops::Range<usize>, String);

fn edits_of(tag: &Tag, document: &[u8], name: &str) -> Vec<Edit> {
    let edit = |attribute: &Attribute| match attribute.name(document).as_str() {
        "src" => Some((attribute.value.clone(), format!("/lib/{name}"))),
        "integrity" => Some((attribute.whole.clone(), String::new())),
        _ => None,
    };
    tag.attributes.iter().filter_map(edit).collect()
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
        let page = at_home(document.as_bytes(), &mut changes);
        let text = String::from_utf8(page.into_owned()).expect("text");
        (text, changes.into_sentences())
    }

    #[test]
    fn a_library_from_a_cdn_is_the_sandboxs_own_copy_without_its_integrity() {
        let sent = "<!doctype html><head>\n<script src=\"https://unpkg.com/htmx.org@2.0.4\" \
                    integrity=\"sha384-x\" crossorigin=\"anonymous\" defer></script>";
        let (page, told) = home(sent);
        assert_eq!(
            page,
            "<!doctype html><head>\n<script src=\"/lib/htmx-2.js\" crossorigin=\"anonymous\" \
             defer></script>"
        );
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("/lib/htmx-2.js"), "{told:?}");
    }

    #[test]
    fn tags_are_found_however_they_are_written_and_only_where_they_are_tags() {
        for (tag, expected) in [
            (
                "<SCRIPT SRC='//unpkg.com/htmx.org'></SCRIPT>",
                "<SCRIPT SRC='/lib/htmx-2.js'></SCRIPT>",
            ),
            (
                "<script defer src=https://unpkg.com/htmx.org></script>",
                "<script defer src=/lib/htmx-2.js></script>",
            ),
            (
                "<script\n  src = \"https://unpkg.com/htmx.org\"\n></script>",
                "<script\n  src = \"/lib/htmx-2.js\"\n></script>",
            ),
        ] {
            assert_eq!(home(tag).0, expected);
        }
        for same in [
            "<!-- <script src=\"https://unpkg.com/htmx.org\"></script> -->",
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
