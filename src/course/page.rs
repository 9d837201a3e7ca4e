//! A lesson's page: Markdown becomes blocks of safe HTML and questions.
//!
//! Entry point: [`render`]. Stages: pulldown-cmark's events → [`walk`], which checks links, makes
//! headings, figures, tables and admonitions, and cuts the page at its questions → HTML →
//! [`seal`], which sanitises what the author wrote and puts in what is ours.

use arborium::Highlighter;

use crate::questions::Question;

use super::diagnostic::Faults;
use super::{Block, Heading, Section};
use ids::Ids;
use link::{Link, Places};
use seal::Seal;
use walk::Walk;

pub mod code;
mod diagram;
mod escape;
mod fence;
mod ids;
pub mod link;
mod notes;
mod parts;
mod seal;
mod walk;

pub use escape::escaped;

/// A page that was rendered.
#[derive(Debug, Default)]
pub struct Page {
    /// Its parts in order.
    pub blocks: Vec<Block>,
    /// All headings, in order.
    pub headings: Vec<Heading>,
    /// Its words, by heading.
    pub sections: Vec<Section>,
    /// Its questions, with the line of each fence.
    pub questions: Vec<(usize, Question)>,
    /// Its links to headings.
    pub links: Vec<Link>,
}

/// Where a page belongs.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    /// The lesson's folder in the course.
    pub folder: &'p str,
    /// The lesson's slug.
    pub slug: &'p str,
    /// All lessons.
    pub places: &'p Places,
}

/// What all fragments of one page share.
struct Desk<'p> {
    place: Place<'p>,
    faults: &'p mut Faults,
    highlighter: Highlighter,
    ids: Ids,
    seal: Seal,
    links: Vec<Link>,
}

/// Renders `source`, whose first line is line `first` of the lesson's file.
pub fn render(
    source: &str,
    first: usize,
    place: Place<'_>,
    highlighter: Highlighter,
    faults: &mut Faults,
) -> Page {
    let seal = Seal::of(source);
    let mut desk = Desk {
        place,
        faults,
        highlighter,
        ids: Ids::default(),
        seal,
        links: Vec::new(),
    };
    let mut page = Walk::page(&mut desk, source, first).run(source);
    page.links = desk.links;
    page
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
