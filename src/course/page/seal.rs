//! Markup of our own inside an author's.
//!
//! Headings' ids, code, diagrams and the like are ours and hold what authors may not write; so
//! the whole goes through the sanitiser with marks in their places, and the marks are replaced
//! afterwards. A mark is private-use signs around the digest of the page's source: no source can
//! hold its own digest, so no author can forge a mark, not even by character references.

use std::fmt::Write as _;

use ammonia::{Builder, UrlRelative};
use sha1::{Digest, Sha1};
use std::collections::HashSet;

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// The marks of one page.
#[derive(Debug)]
pub(super) struct Seal(String);

impl Seal {
    /// For a page of this source.
    pub(super) fn of(source: &str) -> Self {
        let mut seal = String::from(OPEN);
        for byte in Sha1::digest(source) {
            _ = write!(seal, "{byte:02x}");
        }
        Self(seal + "-")
    }

    fn mark(&self, number: usize) -> String {
        format!("{}{number}{CLOSE}", self.0)
    }
}

/// Our own markup in one fragment, by its marks, with the line on which each stands.
#[derive(Debug, Default)]
pub(super) struct SealedMarkup {
    pieces: Vec<(String, usize)>,
}

impl SealedMarkup {
    /// Keeps a piece and gives the mark to put in its place.
    pub(super) fn keep(&mut self, seal: &Seal, html: String, line: usize) -> String {
        self.pieces.push((html, line));
        seal.mark(self.pieces.len() - 1)
    }

    /// The number of the next piece, for [`Self::replace`].
    pub(super) fn next(&self) -> usize {
        self.pieces.len()
    }

    /// Replaces a piece that was kept before all of it was known.
    pub(super) fn replace(&mut self, number: usize, html: String) {
        if let Some(piece) = self.pieces.get_mut(number) {
            piece.0 = html;
        }
    }

    /// The fragment with what authors may write, and our own pieces in their places. The error
    /// is the line of the first piece that the author's HTML swallowed.
    pub(super) fn merge(&self, seal: &Seal, html: &str) -> Result<String, usize> {
        let clean = clean(html);
        let mut merged = String::with_capacity(clean.len() * 2);
        let mut parts = clean.split(&seal.0);
        merged.push_str(parts.next().unwrap_or_default());
        let mut found = vec![false; self.pieces.len()];
        for part in parts {
            let piece = part.split_once(CLOSE).and_then(|(number, rest)| {
                let number: usize = number.parse().ok()?;
                *found.get_mut(number)? = true;
                Some((&self.pieces[number].0, rest))
            });
            if let Some((piece, rest)) = piece {
                merged.push_str(piece);
                merged.push_str(rest);
            }
        }
        match found.iter().position(|found| !found) {
            Some(lost) => Err(self.pieces[lost].1),
            None => Ok(merged),
        }
    }
}

/// How many tags are open at once at most, as they are written. Those that a browser would close by itself count as
/// long as they are not closed.
pub(super) fn depth(html: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        if tag.starts_with('/') {
            open = open.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_void(tag) {
            open += 1;
            most = most.max(open);
        }
    }
    most
}

/// Whether a tag, written without its “<”, is one of an element that is never closed.
fn is_void(tag: &str) -> bool {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
    let name = &tag[..end.unwrap_or(tag.len())];
    VOID.iter().any(|void| name.eq_ignore_ascii_case(void))
}

const VOID: [&str; 7] = ["br", "hr", "wbr", "img", "input", "col", "area"];

/// What authors may write: text-level HTML, lists, tables and disclosure; no ids, no classes, no
/// styles, nothing that loads or runs, and links only to whole addresses.
const TAGS: &str = "a abbr b blockquote br caption cite code dd del details dfn div dl dt em \
                    figcaption figure hr i ins kbd li mark ol p pre q rp rt ruby s samp small \
                    span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr";

fn clean(html: &str) -> String {
    let set = |names: &'static str| names.split_whitespace().collect::<HashSet<_>>();
    let attributes = [
        ("a", "href"),
        ("abbr", "title"),
        ("dfn", "title"),
        ("details", "open"),
        ("ol", "start reversed type"),
        ("li", "value"),
        ("td", "align colspan rowspan"),
        ("th", "align colspan rowspan scope"),
    ];
    Builder::empty()
        .tags(set(TAGS))
        .clean_content_tags(set("script style iframe object template svg math"))
        .tag_attributes(
            attributes
                .into_iter()
                .map(|(tag, names)| (tag, set(names)))
                .collect(),
        )
        .generic_attributes(set("lang dir"))
        .url_schemes(set("http https mailto"))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener"))
        .clean(html)
        .to_string()
}
