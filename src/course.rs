//! The course: lessons loaded from folders, checked and rendered.
//!
//! Entry point: [`load`]. Stages: files → front matter → Markdown and its fenced blocks → HTML,
//! sanitised → [`Course`]. Every fault becomes a [`Diagnostic`]; with one fault or more there is no
//! course.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::project::Project;
use crate::questions::Question;

/// The files of a course as they lie in its folder: relative path with `/` → bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// A loaded course.
#[derive(Debug, Serialize)]
pub struct Course {
    /// Its title.
    pub title: String,
    /// One paragraph of plain text for the course page.
    pub summary: String,
    /// The units in order.
    pub units: Vec<Unit>,
}

/// Some lessons under one title.
#[derive(Debug, Serialize)]
pub struct Unit {
    /// From the folder's number: `04-advanced-patterns` → 4.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// One sentence of plain text.
    pub summary: String,
    /// The lessons in order.
    pub lessons: Vec<Arc<Lesson>>,
}

/// One lesson.
#[derive(Debug, Serialize)]
pub struct Lesson {
    /// From the folder: `13-a-websocket-in-html` → `a-websocket-in-html`. Unique in the course.
    pub slug: String,
    /// From the folder's number; the front matter's `order` where it has one.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// What the learner can do afterwards, one sentence.
    pub summary: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Slugs of the lessons to have done before.
    pub prerequisites: Vec<String>,
    /// The major version of htmx that its project uses, 2 or 4.
    pub htmx: u32,
    /// The files to show first, in order; the first one is open.
    pub open: Vec<String>,
    /// The page's body.
    pub blocks: Vec<Block>,
    /// Headings of levels 2 and 3, for the page's contents.
    pub headings: Vec<Heading>,
    /// Every question, in order.
    #[serde(skip)]
    pub questions: Vec<Arc<Question>>,
    /// Where the learner starts: the base project with the lesson's `starter/` over it.
    #[serde(skip)]
    pub starter: Project,
    /// A project that passes the challenge: the starter with `solution/` over it.
    #[serde(skip)]
    pub solution: Project,
    /// The prose as plain text, for the search.
    #[serde(skip)]
    pub text: String,
}

/// A part of a lesson's body.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Block {
    /// Sanitised HTML.
    Prose {
        /// The markup.
        html: String,
    },
    /// The place of a question.
    Question {
        /// Its id.
        id: String,
    },
}

/// A heading in a lesson.
#[derive(Debug, Serialize)]
pub struct Heading {
    /// 2 or 3.
    pub level: u8,
    /// The fragment, without `#`.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A fault in a lesson's files, printed as `path:line: problem; mend`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file's path in the course's folder.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
    /// How to mend it.
    pub mend: String,
}
