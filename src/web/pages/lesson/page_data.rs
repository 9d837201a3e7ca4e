//! What of a lesson's page is the learner's own: how far they are, their answers, results and draft.

use std::collections::HashMap;

use serde::Serialize;

use super::filled::{Drawn, Fill};
use super::skeleton::PageSlot;
use crate::assets::Context;
use crate::course::Lesson;
use crate::escape::escaped;
use crate::learning::{Completion, Standing};
use crate::store::{Attempt, Progress};
use crate::web::fault::Fault;
use crate::web::pages::bench::{Bench, StarterFiles};
use crate::web::pages::challenge::ChallengeView;
use crate::web::pages::course::address;
use crate::web::pages::question::view::{QuestionPlace, QuestionView, Tries};
use crate::web::pages::read::ReadView;
use crate::web::pages::step::TickView;
use crate::web::site::Site;

/// All that the gaps of a lesson's page are filled from.
pub(super) struct LessonPageData<'a> {
    pub(super) site: &'a Site,
    pub(super) lesson: &'a Lesson,
    pub(super) progress: &'a Progress,
    /// The lesson's, the oldest first.
    pub(super) attempts: &'a [Attempt],
    pub(super) challenge: Option<ChallengeView>,
    pub(super) bench: Bench<'a>,
    pub(super) starter: &'a StarterFiles,
    /// What stands where a form says whose it is.
    pub(super) whose: &'a str,
}

/// A lesson to have done before.
#[derive(Serialize)]
struct Before<'a> {
    title: &'a str,
    address: String,
    done: bool,
}

impl Fill for LessonPageData<'_> {
    type Error = Fault;

    fn is_untouched(&self, slot: PageSlot) -> bool {
        match slot {
            PageSlot::Question(place) => {
                let question = self.lesson.questions.get(place);
                question.is_some_and(|it| !self.progress.deeds.contains_key(&it.id))
            }
            PageSlot::Step(place) => !self.is_ticked(place),
            PageSlot::Challenge => self
                .challenge
                .as_ref()
                .is_none_or(ChallengeView::is_untouched),
            _ => false,
        }
    }

    fn draw(&self, slot: PageSlot) -> Result<Drawn, Fault> {
        let text = match slot {
            PageSlot::State => return Ok(Drawn::Pieces(self.bench.state(self.starter)?)),
            PageSlot::Sources => return Ok(Drawn::Pieces(self.bench.sources(self.starter)?)),
            PageSlot::Nonce | PageSlot::Address | PageSlot::Whose => String::new(),
            PageSlot::Standing => {
                let standing = Standing::of(self.lesson, self.progress);
                self.render("standing", &standing)?
            }
            PageSlot::Prerequisites => self.render("prerequisites", &self.prerequisites())?,
            PageSlot::Question(place) => {
                let question = self.lesson.questions.get(place);
                let question =
                    question.ok_or_else(|| Fault::internal("a question that is gone"))?;
                let tries = Tries::of(question, self.attempts, self.progress);
                let view = QuestionView::new(self.lesson, question, tries, QuestionPlace::Lesson);
                self.render("question", &view)?
            }
            PageSlot::Step(place) => {
                let step = self.lesson.steps.get(place);
                let step = step.ok_or_else(|| Fault::internal("a step that is gone"))?;
                self.render(
                    "tick",
                    &TickView::new(self.lesson, step, self.is_ticked(place)),
                )?
            }
            PageSlot::Challenge => match &self.challenge {
                Some(challenge) => self.render("challenge", challenge)?,
                None => String::new(),
            },
            PageSlot::Read => {
                let read = self.progress.read.contains(&self.lesson.slug);
                self.render("read", &ReadView::new(self.lesson, read))?
            }
            PageSlot::Sandbox => escaped(self.bench.link()),
        };
        Ok(Drawn::Text(text))
    }
}

impl LessonPageData<'_> {
    /// The template of a part, filled with what it is named after.
    fn render(&self, part: &'static str, view: &impl Serialize) -> Result<String, Fault> {
        let view = HashMap::from([(part, view)]);
        let mut context = Context::from_serialize(&view).map_err(Fault::internal)?;
        context.insert("page", &HashMap::from([("whose", self.whose)]));
        let templates = &self.site.templates;
        let html = templates.render(&format!("{part}.html"), &context);
        html.map_err(Fault::internal)
    }

    /// Whether the step at this place is done.
    fn is_ticked(&self, place: usize) -> bool {
        let step = self.lesson.steps.get(place);
        step.is_some_and(|step| self.progress.is_ticked(&self.lesson.slug, &step.id))
    }

    fn prerequisites(&self) -> Vec<Before<'_>> {
        let slugs = self.lesson.prerequisites.iter();
        let lessons = slugs.filter_map(|slug| self.site.learning.course.lesson(slug));
        lessons
            .map(|before| Before {
                title: &before.title,
                address: address(before),
                done: Standing::of(before, self.progress).state == Completion::Done,
            })
            .collect()
    }
}
