//! A lesson's page: Markdown becomes blocks of safe HTML and questions.
//!
//! Entry point: [`render`]. Stages: pulldown-cmark's events → [`walk`], which checks links, makes
//! headings, figures, tables and admonitions, and cuts the page at its questions → HTML →
//! [`seal`], which sanitises what the author wrote and puts in what is ours.

use arborium::Highlighter;

use crate::questions::{Lexicon, Question};

use super::diagnostic::FileFaults;
use super::{Heading, LessonBlock, Section};
use ids::Ids;
use link::{FolderSlugs, HeadingLink};
use seal::Seal;
use walk::Walk;

pub mod code;
mod diagram;
mod fence;
mod ids;
pub mod link;
mod notes;
mod parts;
mod seal;
mod walk;

/// A page that was rendered.
#[derive(Debug, Default)]
pub struct RenderedPage {
    /// Its parts in order.
    pub blocks: Vec<LessonBlock>,
    /// All headings, in order.
    pub headings: Vec<Heading>,
    /// Its words, by heading.
    pub sections: Vec<Section>,
    /// Its questions, with the line of each fence.
    pub questions: Vec<(usize, Question)>,
    /// Its links to headings.
    pub links: Vec<HeadingLink>,
}

/// Where a page belongs, and what the course knows.
#[derive(Clone, Copy, Debug)]
pub struct LessonContext<'p> {
    /// The lesson's folder in the course.
    pub folder: &'p str,
    /// The lesson's slug.
    pub slug: &'p str,
    /// All lessons.
    pub places: &'p FolderSlugs,
    /// The words that questions may use without giving them.
    pub lexicon: &'p Lexicon,
}

/// What all fragments of one page share.
struct Rendering<'p> {
    place: LessonContext<'p>,
    faults: &'p mut FileFaults,
    highlighter: Highlighter,
    ids: Ids,
    seal: Seal,
    links: Vec<HeadingLink>,
}

/// Renders `source`, whose first line is line `first` of the lesson's file.
pub fn render(
    source: &str,
    first: usize,
    place: LessonContext<'_>,
    highlighter: Highlighter,
    faults: &mut FileFaults,
) -> RenderedPage {
    let seal = Seal::of(source);
    let mut desk = Rendering {
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
