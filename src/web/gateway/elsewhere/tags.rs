//! The tags of a document that load something: where their attributes stand, to the byte.
//!
//! This is no parser of HTML: it knows comments, quoted attributes, and the elements whose text is no markup,
//! which is enough to find tags and nothing else.

use std::ops::Range;

/// As many attributes of a tag are looked at.
const MOST_ATTRIBUTES: usize = 100;

/// Elements whose text holds no tags.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// A `script`, or a `link` to a style sheet.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) is_script: bool,
    pub(super) attributes: Vec<Attribute>,
    /// Where it ends.
    end: usize,
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

/// The lines of a document in which the text of the scripts begins that stand in it, from 1.
pub(in crate::web::gateway) fn script_lines(document: &[u8]) -> Vec<usize> {
    let mut lines = Vec::new();
    let (mut line, mut at) = (1, 0);
    for tag in loading(document, Inside::Markup).tags {
        if tag.is_script && tag.text("src", document).is_none() {
            let breaks = document[at..tag.end].iter().filter(|it| **it == b'\n');
            (line, at) = (line + breaks.count(), tag.end);
            lines.push(line);
        }
    }
    lines
}

/// Where in a document the reading stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Inside {
    #[default]
    Markup,
    Comment,
    /// An element of [`RAW`].
    Raw(&'static str),
}

/// What was read of a part of a document.
#[derive(Debug)]
pub(super) struct Loading {
    /// All tags that load a script or a style sheet.
    pub(super) tags: Vec<Tag>,
    /// Where something begins whose end is not in this part.
    pub(super) rest: usize,
    /// What that stands in.
    pub(super) inside: Inside,
}

/// Reads the next part of a document.
pub(super) fn loading(part: &[u8], mut inside: Inside) -> Loading {
    let mut tags = Vec::new();
    let mut at = 0;
    let rest = loop {
        let step = match inside {
            Inside::Markup => markup(part, at, &mut tags),
            Inside::Comment => {
                Step::after(find(part, at, b"-->"), || end_that_begins(part, at, b"-->"))
            }
            Inside::Raw(name) => Step::after(end_of(part, at, name), || {
                let last = part.len().saturating_sub(name.len() + 1).max(at);
                find(part, last, b"<").unwrap_or(part.len())
            }),
        };
        match step {
            Step::On(from, now) => (at, inside) = (from, now),
            Step::Stop(rest) => break rest,
        }
    };
    Loading { tags, rest, inside }
}

/// How the reading goes on.
enum Step {
    /// From here, inside of this.
    On(usize, Inside),
    /// Not before more of the document is there: from here.
    Stop(usize),
}

impl Step {
    /// From the end of a text without tags; where that is not here, not before more is there.
    fn after(end: Option<usize>, rest: impl FnOnce() -> usize) -> Self {
        match end {
            Some(end) => Self::On(end, Inside::Markup),
            None => Self::Stop(rest()),
        }
    }
}

/// Reads up to the end of the next tag or the beginning of a comment.
fn markup(part: &[u8], from: usize, tags: &mut Vec<Tag>) -> Step {
    let Some(open) = find(part, from, b"<") else {
        return Step::Stop(part.len());
    };
    if let Some(step) = declaration(part, open) {
        return step;
    }
    let name_end = skip(part, open + 1, |byte| byte.is_ascii_alphanumeric());
    let name = part[open + 1..name_end].to_ascii_lowercase();
    if name.is_empty() {
        return Step::On(open + 1, Inside::Markup);
    }
    let (attributes, end) = match attributes(part, name_end) {
        Attributes::All(attributes, end) => (attributes, end),
        Attributes::Unfinished => return Step::Stop(open),
        Attributes::None => return Step::On(open + 1, Inside::Markup),
    };
    let is_script = name == b"script";
    let tag = Tag {
        is_script,
        attributes,
        end,
    };
    if is_script || (name == b"link" && tag.is_style_sheet(part)) {
        tags.push(tag);
    }
    let raw = RAW.into_iter().find(|raw| raw.as_bytes() == name);
    Step::On(end, raw.map_or(Inside::Markup, Inside::Raw))
}

/// A comment, a doctype, or the beginning of what may be one.
fn declaration(part: &[u8], open: usize) -> Option<Step> {
    let text = &part[open..];
    if text.starts_with(b"<!--") {
        // `<!-->` and `<!--->` are whole comments.
        return Some(Step::On(open + 2, Inside::Comment));
    }
    if b"<!--".starts_with(text) {
        return Some(Step::Stop(open));
    }
    let end = || find(part, open, b">");
    text.starts_with(b"<!").then(|| Step::after(end(), || open))
}

/// What stands behind a tag's name.
enum Attributes {
    /// All of them, and where the tag ends.
    All(Vec<Attribute>, usize),
    /// The tag does not end here.
    Unfinished,
    /// A name goes on where a tag's name would have ended: it is no tag that we know.
    None,
}

fn attributes(document: &[u8], from: usize) -> Attributes {
    let mut attributes = Vec::new();
    let mut at = from;
    loop {
        let begin = at;
        at = skip(document, at, |byte| {
            byte.is_ascii_whitespace() || byte == b'/'
        });
        match document.get(at) {
            None => return Attributes::Unfinished,
            Some(b'>') => return Attributes::All(attributes, at + 1),
            _ if at == from => return Attributes::None,
            _ => {}
        }
        let name = at..skip(document, at + 1, |byte| !is_end_of_name(byte));
        let equals = skip(document, name.end, |byte| byte.is_ascii_whitespace());
        let value = match document.get(equals) {
            Some(b'=') => value(
                document,
                skip(document, equals + 1, |byte| byte.is_ascii_whitespace()),
            ),
            _ => Some((name.end..name.end, name.end)),
        };
        let Some((value, end)) = value else {
            return Attributes::Unfinished;
        };
        if attributes.len() < MOST_ATTRIBUTES {
            attributes.push(Attribute {
                whole: begin..end,
                name,
                value,
            });
        }
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
fn end_of(document: &[u8], from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(close) = find(document, at, b"</") {
        let rest = &document[close + 2..];
        if rest
            .get(..name.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
        {
            return Some(close);
        }
        at = close + 2;
    }
    None
}

/// Where the last bytes begin that `mark` may go on from; the document's end where there are none.
fn end_that_begins(document: &[u8], from: usize, mark: &[u8]) -> usize {
    let longest = (mark.len() - 1).min(document.len() - from);
    let cut = (1..=longest).rev();
    let begun = |length: &usize| document.ends_with(&mark[..*length]);
    document.len() - cut.into_iter().find(begun).unwrap_or(0)
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
