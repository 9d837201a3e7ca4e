//! The review: questions that were missed or guessed and are back.

use std::sync::Arc;

use poem::web::{Data, Query};
use poem::{Request, Response, handler};
use serde::{Deserialize, Serialize};

use super::course::address;
use super::frame::Frame;
use super::question::view::{Place, QuestionView, Tries};
use crate::course::{Course, Lesson};
use crate::questions::Question;
use crate::questions::rounds::Round;
use crate::store::Progress;
use crate::web::fault::Fault;
use crate::web::site::Site;

/// What the address of the page may say.
#[derive(Deserialize)]
struct Asked {
    /// A question that was answered here a moment ago.
    answered: Option<String>,
}

/// `GET /review`.
#[handler]
pub async fn page(
    request: &Request,
    site: Data<&Arc<Site>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let learner = site.sessions.learner(request.headers()).await?;
    let progress = site.progress(learner).await?;
    let mut views = Vec::new();
    for (lesson, question, round) in back(&site.course, &progress) {
        let answered = asked.answered.as_deref() == Some(&*question.id);
        if !round.due && !answered {
            continue;
        }
        let attempts = match learner {
            Some(learner) => site.store.attempts(learner, &lesson.slug).await?,
            None => Vec::new(),
        };
        let tries = Tries::of(question, &attempts, &progress);
        let place = Place::Review;
        views.push(Back {
            title: &lesson.title,
            address: format!("{}#question-{}", address(lesson), question.id),
            question: QuestionView::new(lesson, question, tries, place),
        });
    }
    let view = ReviewView {
        due: due(&site.course, &progress),
        resting: back(&site.course, &progress)
            .filter(|(_, _, round)| !round.due && round.due_ms.is_some())
            .count(),
        next_ms: next_ms(&site.course, &progress),
        questions: views,
    };
    Frame::new(&site, request, "Review")?.page("review.html", &view)
}

/// How many questions are due for review.
#[must_use]
pub fn due(course: &Course, progress: &Progress) -> usize {
    let back = back(course, progress);
    back.filter(|(_, _, round)| round.due).count()
}

/// When the next question comes back that is not due yet.
fn next_ms(course: &Course, progress: &Progress) -> Option<u64> {
    let resting = back(course, progress).filter(|(_, _, round)| !round.due);
    resting.filter_map(|(_, _, round)| round.due_ms).min()
}

/// The questions of the course that the learner has met, each with its round.
fn back<'a>(
    course: &'a Course,
    progress: &'a Progress,
) -> impl Iterator<Item = (&'a Arc<Lesson>, &'a Question, Round)> {
    let of_lesson = |lesson: &'a Arc<Lesson>| {
        let asked = lesson.questions.iter();
        asked.map(move |question| (lesson, &**question))
    };
    course
        .lessons()
        .flat_map(of_lesson)
        .filter(move |(_, question)| progress.deeds.contains_key(&question.id))
        .map(move |(lesson, question)| (lesson, question, progress.round(question)))
}

/// What the template `review.html` is filled with.
#[derive(Serialize)]
struct ReviewView<'a> {
    due: usize,
    /// How many will come back later.
    resting: usize,
    /// When the first of them does.
    next_ms: Option<u64>,
    questions: Vec<Back<'a>>,
}

#[derive(Serialize)]
struct Back<'a> {
    title: &'a str,
    address: String,
    question: QuestionView<'a>,
}
