//! The course: lessons loaded from folders, checked and rendered.
//!
//! Entry point: [`load()`]. Stages: files → front matter → Markdown and its fenced blocks → HTML,
//! sanitised → [`Course`]. Every fault becomes a [`Diagnostic`]; with one fault or more there is no
//! course.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::exercise::{ExerciseId, LessonSlug, QuestionId, StepId, Variant};
use crate::project::Project;
use crate::questions::Question;

pub(crate) use challenge::Challenge;
pub(crate) use diagnostic::Diagnostic;
pub(crate) use load::lesson_projects;
pub(crate) use load::load;
use projects::DIFF;
pub(crate) use projects::{LessonProjects, ProjectName};
pub(crate) use search::Hit;
use search::Index;
pub(crate) use step::{Edit, Sign, Step};

mod challenge;
mod diagnostic;
pub(crate) mod difference;
mod fields;
mod folders;
mod lesson;
mod load;
mod page;
mod path;
mod projects;
mod search;
mod step;

/// The files of a course as they lie in its folder: relative path with `/` → bytes.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A loaded course.
#[derive(Debug, Serialize)]
pub(crate) struct Course {
    pub(crate) title: String,
    /// One paragraph of plain text for the course page.
    pub(crate) summary: String,
    /// The units in order.
    pub(crate) units: Vec<Unit>,
    #[serde(skip)]
    index: Index,
}

/// Some lessons under one title.
#[derive(Debug, Serialize)]
pub(crate) struct Unit {
    /// From the folder's number: `04-advanced-patterns` → 4.
    pub(crate) number: u32,
    pub(crate) title: String,
    /// One sentence of plain text.
    pub(crate) summary: String,
    /// The lessons in order.
    pub(crate) lessons: Vec<Arc<Lesson>>,
}

/// One lesson.
#[derive(Debug, Serialize)]
pub(crate) struct Lesson {
    /// By which addresses and the store name it.
    pub(crate) slug: LessonSlug,
    /// From the folder's number; the front matter's `order` where it has one.
    pub(crate) number: u32,
    pub(crate) title: String,
    /// What the learner can do afterwards, one sentence.
    pub(crate) summary: String,
    /// How long it takes, in minutes.
    pub(crate) minutes: u32,
    /// The lessons to have done before.
    pub(crate) prerequisites: Vec<LessonSlug>,
    /// The major version of htmx that its project uses, 2 or 4.
    pub(crate) htmx: u32,
    /// The files to show first, in order; the first one is open.
    pub(crate) open: Vec<String>,
    /// What the wire leaves out until it is asked to show all: paths, and words of messages.
    pub(crate) noise: Vec<String>,
    /// The page's body.
    pub(crate) blocks: Vec<LessonBlock>,
    /// Headings of levels 2 and 3, for the page's contents.
    pub(crate) headings: Vec<Heading>,
    /// Every question, in order.
    #[serde(skip)]
    pub(crate) questions: Vec<Arc<Question>>,
    /// Every step, in order.
    #[serde(skip)]
    pub(crate) steps: Vec<Arc<Step>>,
    /// What the steps' claims need to be played, where that is more than opening a page: `steps.js`.
    #[serde(skip)]
    pub(crate) step_stories: Option<Arc<str>>,
    /// Where the learner starts: what lies over the base project.
    #[serde(skip)]
    pub(crate) starter: Project,
    /// A project that passes the challenge: what lies over the starter.
    #[serde(skip)]
    pub(crate) solution: Project,
    /// Its checks, where the task has some.
    #[serde(skip)]
    pub(crate) challenge: Option<Challenge>,
    /// The lesson's folder in the course's: `04-advanced-patterns/19-the-address-bar`.
    #[serde(skip)]
    pub(crate) folder: String,
    /// Which of its projects are written as differences.
    #[serde(skip)]
    pub(crate) differences: BTreeSet<ProjectName>,
    /// The prose as plain text by heading, for the search.
    #[serde(skip)]
    pub(crate) sections: Vec<Section>,
}

/// A part of a lesson's body.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub(crate) enum LessonBlock {
    /// Sanitised HTML.
    Prose { html: String },
    /// The place of a question.
    Question { id: QuestionId },
    /// The place of a step.
    Step { id: StepId },
}

/// The words under one heading, or before the first one.
#[derive(Debug, Default)]
pub(crate) struct Section {
    pub(crate) heading: Option<Heading>,
    /// Plain text, in which runs of white space mean nothing.
    pub(crate) text: String,
}

/// A heading in a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Heading {
    /// From 2 to 6.
    pub(crate) level: u8,
    /// The fragment, without `#`.
    pub(crate) id: String,
    pub(crate) text: String,
}

impl Course {
    /// The lesson with this slug.
    #[must_use]
    pub(crate) fn lesson(&self, slug: &str) -> Option<&Arc<Lesson>> {
        self.lessons().find(|lesson| lesson.slug == *slug)
    }

    /// All lessons, in order.
    #[must_use]
    pub(crate) fn lessons(&self) -> impl DoubleEndedIterator<Item = &Arc<Lesson>> {
        self.units.iter().flat_map(|unit| &unit.lessons)
    }

    /// The question with this id, and the lesson that asks it.
    #[must_use]
    pub(crate) fn question(&self, id: &str) -> Option<(&Arc<Lesson>, &Arc<Question>)> {
        self.lessons()
            .find_map(|lesson| Some((lesson, lesson.question(id)?)))
    }

    /// The lesson after the one with this slug.
    #[must_use]
    pub(crate) fn next(&self, slug: &str) -> Option<&Arc<Lesson>> {
        self.lessons()
            .skip_while(|lesson| lesson.slug != *slug)
            .nth(1)
    }

    /// The lesson before the one with this slug.
    #[must_use]
    pub(crate) fn previous(&self, slug: &str) -> Option<&Arc<Lesson>> {
        self.lessons()
            .rev()
            .skip_while(|lesson| lesson.slug != *slug)
            .nth(1)
    }

    /// Adds a unit that no search finds, for whoever plays what is in no lesson as it stands.
    pub(crate) fn add_unit(&mut self, unit: Unit) {
        self.units.push(unit);
    }

    /// The lessons in which all of `words` occur, the best first, one place in each. The last
    /// word may be the start of one. Without a word there is nothing to find.
    #[must_use]
    pub(crate) fn search(&self, words: &str) -> Vec<Hit> {
        self.index.search(words)
    }
}

impl Lesson {
    /// The exercise that its projects are.
    #[must_use]
    pub(crate) fn exercise(&self) -> ExerciseId {
        ExerciseId {
            lesson: self.slug.clone(),
            variant: Variant::of_htmx(self.htmx),
        }
    }

    /// Where one of its projects is written, in the course's folder.
    pub(crate) fn path(&self, name: &ProjectName) -> String {
        let ending = if self.differences.contains(name) {
            DIFF
        } else {
            ""
        };
        format!("{}/{name}{ending}", self.folder)
    }

    /// The path of its page in the course's folder.
    #[must_use]
    pub(crate) fn page(&self) -> String {
        format!("{}/index.md", self.folder)
    }

    /// A lesson of this name with the same projects, and nothing to read, whose challenge are these checks alone.
    #[must_use]
    pub(crate) fn bare(&self, slug: LessonSlug, checks: Arc<str>) -> Self {
        Self {
            slug,
            number: self.number,
            title: self.title.clone(),
            summary: self.summary.clone(),
            minutes: self.minutes,
            prerequisites: Vec::new(),
            htmx: self.htmx,
            open: self.open.clone(),
            noise: Vec::new(),
            blocks: Vec::new(),
            headings: Vec::new(),
            questions: Vec::new(),
            steps: Vec::new(),
            step_stories: None,
            starter: self.starter.clone(),
            solution: self.solution.clone(),
            challenge: Some(Challenge {
                checks,
                alternatives: BTreeMap::new(),
                mistakes: BTreeMap::new(),
            }),
            folder: self.folder.clone(),
            differences: self.differences.clone(),
            sections: Vec::new(),
        }
    }

    /// The question with this id.
    #[must_use]
    pub(crate) fn question(&self, id: &str) -> Option<&Arc<Question>> {
        self.questions.iter().find(|question| question.id == *id)
    }
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
