//! Links: from a lesson to a lesson, within a page, and out into the world.

use std::collections::HashMap;

/// Where the lessons are: a folder's path in the course → its slug.
pub(crate) type FolderSlugs = HashMap<String, String>;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkTarget {
    /// A lesson's page and a place on it, which has to be there.
    Lesson {
        /// The lesson's slug.
        slug: String,
        /// The heading's id.
        fragment: Option<String>,
    },
    /// An address outside.
    Outside(String),
}

/// A link to a place on a page, to be looked at when all pages are there.
#[derive(Clone, Debug)]
pub(crate) struct HeadingLink {
    /// The line on which it stands.
    pub(crate) line: usize,
    /// The lesson's slug.
    pub(crate) slug: String,
    /// The heading's id.
    pub(crate) fragment: String,
}

/// Where `destination`, written in the lesson in folder `here`, leads; or what is wrong with it
/// and how to mend it.
pub(crate) fn resolve(
    destination: &str,
    here: &str,
    places: &FolderSlugs,
) -> Result<LinkTarget, (String, &'static str)> {
    if let Some((scheme, rest)) = destination.split_once(':')
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    {
        return match scheme {
            "lesson" => known(rest, places),
            "http" | "https" | "mailto" => Ok(LinkTarget::Outside(destination.to_owned())),
            _ => Err((
                format!("a link cannot lead to “{scheme}:”"),
                "write https:, http:, mailto: or lesson:",
            )),
        };
    }
    let (path, fragment) = parts(destination);
    if destination.starts_with('/') {
        let mend = "write `lesson:SLUG` for a lesson, or the whole address with https:";
        return Err((
            format!("the link to “{destination}” starts at no folder"),
            mend,
        ));
    }
    let folder = folder(here, path);
    match folder.and_then(|folder| places.get(&folder)) {
        Some(slug) => Ok(LinkTarget::Lesson {
            slug: slug.clone(),
            fragment,
        }),
        None => Err((
            format!("the link to “{destination}” leads to no lesson"),
            "write `lesson:SLUG` or the path of a lesson's folder, such as `../14-messages/`",
        )),
    }
}

fn known(name: &str, places: &FolderSlugs) -> Result<LinkTarget, (String, &'static str)> {
    let (slug, fragment) = parts(name);
    if places.values().any(|known| known == slug) {
        return Ok(LinkTarget::Lesson {
            slug: slug.to_owned(),
            fragment,
        });
    }
    let mend = "write the slug of a lesson: its folder's name without the number";
    Err((
        format!("the link leads to “{slug}”, and there is no such lesson"),
        mend,
    ))
}

fn parts(destination: &str) -> (&str, Option<String>) {
    match destination.split_once('#') {
        Some((path, "")) => (path, None),
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (destination, None),
    }
}

/// The folder of the lesson that a relative path means; the empty path means `here`.
fn folder(here: &str, path: &str) -> Option<String> {
    let mut names: Vec<&str> = here.split('/').collect();
    for name in path.split('/') {
        match name {
            "" | "." | "index.md" => {}
            ".." => _ = names.pop()?,
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// The pieces of a text, with each bare `http://` or `https://` address told from the rest: GFM's
/// autolinks.
pub(crate) fn autolinked(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = address(rest) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find([' ', '\t', '\n', '<', '>', '"', '“', '”'])
            .unwrap_or(from.len());
        let end = trimmed(&from[..end]).len();
        pieces.push((before, false));
        pieces.push((&from[..end], true));
        rest = &from[end..];
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// Where the first address begins.
fn address(text: &str) -> Option<usize> {
    let starts = text.match_indices("http").map(|(at, _)| at);
    let mut starts = starts.filter(|&at| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(char::is_alphanumeric)
    });
    starts.find(|&at| {
        let schemes = ["https://", "http://"];
        let after = schemes.iter().find_map(|it| text[at..].strip_prefix(it));
        after.is_some_and(|after| after.starts_with(char::is_alphanumeric))
    })
}

/// An address without the punctuation of the sentence around it.
fn trimmed(address: &str) -> &str {
    const POINTS: [char; 10] = ['?', '!', '.', ',', ':', ';', '*', '_', '~', '\''];
    let count = |sign| address.matches(sign).count();
    let mut surplus = count(')').saturating_sub(count('('));
    let mut address = address.trim_end_matches(POINTS);
    while let Some(shorter) = address.strip_suffix(')').filter(|_| surplus > 0) {
        surplus -= 1;
        address = shorter.trim_end_matches(POINTS);
    }
    address
}
