//! A lesson's page: Markdown becomes blocks of safe HTML, questions and steps.
//!
//! Entry point: [`render`]. Stages: pulldown-cmark's events → [`walk`], which checks links, makes
//! headings, figures, tables and admonitions, and cuts the page at its questions and steps → HTML →
//! [`seal`], which sanitises what the author wrote and puts in what is ours.

use arborium::Highlighter;

use crate::questions::{Lexicon, Question};

use super::diagnostic::FileFaults;
use super::{Heading, LessonBlock, Section, Step};
use ids::Ids;
use link::{FolderSlugs, HeadingLink};
use seal::Seal;
use walk::Walk;

pub(super) mod code;
mod diagram;
mod fence;
mod ids;
pub(super) mod link;
mod notes;
mod parts;
mod seal;
mod walk;

/// A page that was rendered.
#[derive(Debug, Default)]
pub(super) struct RenderedPage {
    /// Its parts in order.
    pub(super) blocks: Vec<LessonBlock>,
    /// All headings, in order.
    pub(super) headings: Vec<Heading>,
    /// Its words, by heading.
    pub(super) sections: Vec<Section>,
    /// Its questions, with the line of each fence.
    pub(super) questions: Vec<(usize, Question)>,
    /// Its steps.
    pub(super) steps: Vec<Step>,
    /// Its links to headings.
    pub(super) links: Vec<HeadingLink>,
}

/// Where a page belongs, and what the course knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct LessonContext<'p> {
    /// The lesson's folder in the course.
    pub(super) folder: &'p str,
    /// The lesson's slug.
    pub(super) slug: &'p str,
    /// All lessons.
    pub(super) places: &'p FolderSlugs,
    /// The words that questions may use without defining them.
    pub(super) lexicon: &'p Lexicon,
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
pub(super) fn render(
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
