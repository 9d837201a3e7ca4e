//! The tags of a document that load something: where their attributes stand, to the byte.
//!
//! This is no parser of HTML: it knows comments, quoted attributes, and the elements whose text is no markup,
//! which is enough to find tags and nothing else.

use std::ops::Range;

/// Elements whose text holds no tags.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// A `script`, or a `link` to a style sheet.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) is_script: bool,
    pub(super) attributes: Vec<Attribute>,
}

/// Where an attribute stands in the document.
#[derive(Debug)]
pub(super) struct Attribute {
    /// All of it, with the blanks before it.
    pub(super) whole: Range<usize>,
    name: Range<usize>,
    /// The value without its quotation marks.
    pub(super) value: Range<usize>,
}

impl Attribute {
    pub(super) fn name(&self, document: &[u8]) -> String {
        String::from_utf8_lossy(&document[self.name.clone()]).to_ascii_lowercase()
    }
}

impl Tag {
    /// What it loads, where that is text.
    pub(super) fn address<'a>(&self, document: &'a [u8]) -> Option<&'a str> {
        let name = if self.is_script { "src" } else { "href" };
        self.text(name, document).map(str::trim)
    }

    fn text<'a>(&self, name: &str, document: &'a [u8]) -> Option<&'a str> {
        let mut attributes = self.attributes.iter();
        let attribute = attributes.find(|attribute| attribute.name(document) == name)?;
        str::from_utf8(&document[attribute.value.clone()]).ok()
    }

    fn is_style_sheet(&self, document: &[u8]) -> bool {
        let words = self.text("rel", document).unwrap_or_default();
        words
            .split_ascii_whitespace()
            .any(|word| word.eq_ignore_ascii_case("stylesheet"))
    }
}

/// All tags that load a script or a style sheet.
pub(super) fn loading(document: &[u8]) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = find(document, at, b"<") {
        let rest = &document[open..];
        if rest.starts_with(b"<!--") {
            at = find(document, open + 4, b"-->").unwrap_or(document.len());
            continue;
        }
        let name_end = open
            + 1
            + rest[1..]
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric())
                .count();
        let name = document[open + 1..name_end].to_ascii_lowercase();
        let Some((attributes, end)) = attributes(document, name_end).filter(|_| !name.is_empty())
        else {
            at = open + 1;
            continue;
        };
        at = end;
        let is_script = name == b"script";
        let tag = Tag {
            is_script,
            attributes,
        };
        if is_script || (name == b"link" && tag.is_style_sheet(document)) {
            tags.push(tag);
        }
        if let Some(raw) = RAW.iter().find(|raw| raw.as_bytes() == name) {
            at = end_of(document, at, raw);
        }
    }
    tags
}

/// The attributes from behind a tag's name, and where the tag ends; none when it does not end.
fn attributes(document: &[u8], from: usize) -> Option<(Vec<Attribute>, usize)> {
    let mut attributes = Vec::new();
    let mut at = from;
    loop {
        let begin = at;
        at = skip(document, at, |byte| {
            byte.is_ascii_whitespace() || byte == b'/'
        });
        match document.get(at)? {
            b'>' => return Some((attributes, at + 1)),
            // A name goes on where a tag's name would have ended: it is no tag that we know.
            _ if at == from => return None,
            _ => {}
        }
        let name = at..skip(document, at + 1, |byte| !is_end_of_name(byte));
        let equals = skip(document, name.end, |byte| byte.is_ascii_whitespace());
        let (value, end) = match document.get(equals) {
            Some(b'=') => value(
                document,
                skip(document, equals + 1, |byte| byte.is_ascii_whitespace()),
            )?,
            _ => (name.end..name.end, name.end),
        };
        attributes.push(Attribute {
            whole: begin..end,
            name,
            value,
        });
        at = end;
    }
}

/// A value, and where what belongs to it ends.
fn value(document: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    if let mark @ (b'"' | b'\'') = *document.get(at)? {
        let end = find(document, at + 1, &[mark])?;
        return Some((at + 1..end, end + 1));
    }
    let end = skip(document, at, |byte| {
        !byte.is_ascii_whitespace() && byte != b'>'
    });
    Some((at..end, end))
}

fn is_end_of_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/')
}

/// Where the end tag of an element begins whose text holds no tags.
fn end_of(document: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(close) = find(document, at, b"</") {
        let rest = &document[close + 2..];
        if rest
            .get(..name.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
        {
            return close;
        }
        at = close + 2;
    }
    document.len()
}

fn skip(document: &[u8], from: usize, skips: impl Fn(u8) -> bool) -> usize {
    let rest = document.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| skips(**byte)).count()
}

fn find(document: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let rest = document.get(from..)?;
    let at = rest
        .windows(wanted.len())
        .position(|window| window == wanted)?;
    Some(from + at)
}
