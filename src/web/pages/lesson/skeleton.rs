//! What of a lesson's page is the same for all: drawn once, with gaps where a learner's own stands.
//!
//! The template is filled with marks in the places of what differs, and what it gives is cut at them. The marks
//! hold a random key, so no text of a course can be taken for one.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use parking_lot::RwLock;
use serde::Serialize;

use crate::course::{Course, Heading, Lesson, LessonBlock, Unit};
use crate::exercise::LessonSlug;
use crate::web::fault::{Fault, Missing};
use crate::web::pages::bench::{BenchView, StarterFiles};
use crate::web::pages::course::address;
use crate::web::pages::frame::{self, PageFrame};
use crate::web::pages::gzip::Effort;
use crate::web::pages::piece::Piece;
use crate::web::pages::step::StepView;
use crate::web::pages::theme::Theme;
use crate::web::site::Site;

/// What differs from learner to learner, or from answer to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageSlot {
    /// What lets the editor's styles in.
    Nonce,
    /// Path and query, to come back to.
    Address,
    /// What the addresses of forms end with.
    Whose,
    /// How far the learner is.
    Standing,
    /// The lessons to have done before.
    Prerequisites,
    /// The lesson's question at this place, from 0, with what was answered.
    Question(usize),
    /// The tick of the lesson's step at this place, from 0.
    Step(usize),
    /// The challenge with its results.
    Challenge,
    /// The mark “read”.
    Read,
    /// The workbench's state.
    State,
    /// The draft's files, to be read where no script runs.
    Sources,
    /// The address of the sandbox.
    Sandbox,
}

/// A lesson's page with gaps.
pub(super) struct Skeleton {
    /// In the order of the page.
    pub(super) parts: Vec<SkeletonPart>,
    /// What stands, in what is drawn into its gaps, where forms say whose they are.
    pub(super) whose: String,
    pub(super) starter: StarterFiles,
}

pub(super) enum SkeletonPart {
    /// The same for all.
    Fixed(Piece),
    /// To be filled.
    Gap {
        slot: PageSlot,
        /// What stands there for who has done nothing yet, drawn when somebody first needs it.
        untouched: OnceLock<Vec<GapPart>>,
    },
}

/// A part of what stands in a gap.
#[derive(Clone)]
pub(super) enum GapPart {
    Piece(Arc<Piece>),
    /// Here a form says whose it is.
    Whose,
}

/// The skeletons that were drawn so far: of each lesson, in each theme.
#[derive(Default)]
pub(crate) struct Skeletons(RwLock<HashMap<(LessonSlug, Theme), Arc<Skeleton>>>);

impl Skeletons {
    /// The skeleton of a lesson, drawn when it is first asked for.
    pub(super) fn of(
        &self,
        site: &Site,
        lesson: &Lesson,
        theme: Theme,
    ) -> Result<Arc<Skeleton>, Fault> {
        let key = (lesson.slug.clone(), theme);
        if let Some(skeleton) = self.0.read().get(&key) {
            return Ok(skeleton.clone());
        }
        let skeleton = Arc::new(Skeleton::draw(site, lesson, theme)?);
        self.0.write().insert(key, skeleton.clone());
        Ok(skeleton)
    }
}

impl Skeleton {
    fn draw(site: &Site, lesson: &Lesson, theme: Theme) -> Result<Self, Fault> {
        let marks = Marks(frame::nonce()?);
        let view = SkeletonView::new(&site.learning.course, lesson, &marks)?;
        let varying = [PageSlot::Address, PageSlot::Nonce, PageSlot::Whose].map(|it| marks.of(it));
        let frame = PageFrame::of_marks(site, theme, &lesson.title, &varying);
        Ok(Self {
            parts: marks.cut(&frame.html("lesson.html", &view)?)?,
            whose: marks.of(PageSlot::Whose),
            starter: StarterFiles::draw(site, lesson)?,
        })
    }
}

/// Writes and finds the marks of gaps. A mark is letters, digits and hyphens alone, so that it stands as it is
/// in an attribute, in JSON and in text.
struct Marks(String);

/// What the name of a step's mark begins with.
const STEP: &str = "step-";

impl Marks {
    fn of(&self, slot: PageSlot) -> String {
        let Self(key) = self;
        let name = match slot {
            PageSlot::Nonce => "nonce",
            PageSlot::Address => "address",
            PageSlot::Whose => "whose",
            PageSlot::Standing => "standing",
            PageSlot::Prerequisites => "prerequisites",
            PageSlot::Question(place) => return format!("{key}{place}{key}"),
            PageSlot::Step(place) => return format!("{key}{STEP}{place}{key}"),
            PageSlot::Challenge => "challenge",
            PageSlot::Read => "read",
            PageSlot::State => "state",
            PageSlot::Sources => "sources",
            PageSlot::Sandbox => "sandbox",
        };
        format!("{key}{name}{key}")
    }

    fn named(name: &str) -> Option<PageSlot> {
        Some(match name {
            "nonce" => PageSlot::Nonce,
            "address" => PageSlot::Address,
            "whose" => PageSlot::Whose,
            "standing" => PageSlot::Standing,
            "prerequisites" => PageSlot::Prerequisites,
            "challenge" => PageSlot::Challenge,
            "read" => PageSlot::Read,
            "state" => PageSlot::State,
            "sources" => PageSlot::Sources,
            "sandbox" => PageSlot::Sandbox,
            place => match place.strip_prefix(STEP) {
                Some(place) => PageSlot::Step(place.parse().ok()?),
                None => PageSlot::Question(place.parse().ok()?),
            },
        })
    }

    /// What stands between keys is by turns a text and the name of a slot.
    fn cut(&self, html: &str) -> Result<Vec<SkeletonPart>, Fault> {
        let mut parts = Vec::new();
        for (place, piece) in html.split(&self.0).enumerate() {
            if place % 2 == 0 {
                parts.push(SkeletonPart::Fixed(Piece::new(piece, Effort::Often)));
            } else {
                let slot = Self::named(piece);
                let slot = slot.ok_or_else(|| Fault::internal(format!("a mark “{piece}”")))?;
                let untouched = OnceLock::new();
                parts.push(SkeletonPart::Gap { slot, untouched });
            }
        }
        Ok(parts)
    }
}

/// What the template `lesson.html` is filled with.
#[derive(Serialize)]
struct SkeletonView<'a> {
    unit: &'a Unit,
    lesson: &'a Lesson,
    bench: BenchView,
    headings: &'a [Heading],
    blocks: Vec<BlockView<'a>>,
    previous: Option<LessonLink<'a>>,
    next: Option<LessonLink<'a>>,
    has_challenge: bool,
    slots: SlotsView,
}

/// The marks of the gaps.
#[derive(Serialize)]
struct SlotsView {
    standing: String,
    prerequisites: String,
    challenge: String,
    read: String,
    state: String,
    sources: String,
    sandbox: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum BlockView<'a> {
    Prose { html: &'a str },
    Question { slot: String },
    Step { step: StepView<'a>, slot: String },
}

/// The lesson before or after.
#[derive(Serialize)]
struct LessonLink<'a> {
    title: &'a str,
    address: String,
}

impl<'a> SkeletonView<'a> {
    fn new(course: &'a Course, lesson: &'a Lesson, marks: &Marks) -> Result<Self, Fault> {
        let of_lesson = |unit: &&Unit| unit.lessons.iter().any(|other| other.slug == lesson.slug);
        let unit = course.units.iter().find(of_lesson);
        let turn = |lesson: &'a Arc<Lesson>| LessonLink {
            title: &lesson.title,
            address: address(lesson),
        };
        // A step that stands below no heading of the text is itself of the first level below the title.
        let mut level = 2;
        let block = |block: &'a LessonBlock| match block {
            LessonBlock::Prose { html } => {
                if html.contains("<h2 ") {
                    level = 3;
                }
                Some(BlockView::Prose { html })
            }
            LessonBlock::Question { id } => {
                let place = lesson.questions.iter().position(|it| it.id == *id)?;
                let slot = marks.of(PageSlot::Question(place));
                Some(BlockView::Question { slot })
            }
            LessonBlock::Step { id } => {
                let place = lesson.steps.iter().position(|it| it.id == *id)?;
                let slot = marks.of(PageSlot::Step(place));
                let step = StepView::new(lesson, place, level)?;
                Some(BlockView::Step { step, slot })
            }
        };
        Ok(Self {
            unit: unit.ok_or(Fault::NotFound(Missing::Lesson))?,
            lesson,
            bench: BenchView {
                address: address(lesson),
                is_lesson: true,
            },
            headings: &lesson.headings,
            blocks: lesson.blocks.iter().filter_map(block).collect(),
            previous: course.previous(&lesson.slug).map(turn),
            next: course.next(&lesson.slug).map(turn),
            has_challenge: lesson.challenge.is_some(),
            slots: SlotsView {
                standing: marks.of(PageSlot::Standing),
                prerequisites: marks.of(PageSlot::Prerequisites),
                challenge: marks.of(PageSlot::Challenge),
                read: marks.of(PageSlot::Read),
                state: marks.of(PageSlot::State),
                sources: marks.of(PageSlot::Sources),
                sandbox: marks.of(PageSlot::Sandbox),
            },
        })
    }
}
