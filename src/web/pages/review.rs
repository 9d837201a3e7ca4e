//! The review: questions that were missed or guessed and are back.

use std::sync::Arc;

use poem::web::{Data, Query};
use poem::{Request, Response, handler};
use serde::{Deserialize, Serialize};

use super::course::address;
use super::frame::PageFrame;
use super::question::view::{QuestionPlace, QuestionView, Tries};
use crate::learning::{Review, met};
use crate::web::fault::Fault;
use crate::web::site::Site;
use crate::web::who::Visitor;

/// What the address of the page may say.
#[derive(Deserialize)]
struct CameFrom {
    /// A question that was answered here a moment ago.
    answered: Option<String>,
}

/// `GET /review`.
#[handler]
pub(crate) async fn page(
    request: &Request,
    site: Data<&Arc<Site>>,
    Query(from): Query<CameFrom>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let course = &site.learning.course;
    let progress = visitor.progress().await?;
    let mut views = Vec::new();
    for (lesson, question, round) in met(course, &progress) {
        let answered = from.answered.as_deref() == Some(&*question.id);
        if !round.due && !answered {
            continue;
        }
        let attempts = visitor.attempts(lesson).await?;
        let tries = Tries::of(question, &attempts, &progress);
        let place = QuestionPlace::Review;
        views.push(ReviewedQuestion {
            title: &lesson.title,
            address: format!("{}#question-{}", address(lesson), question.id),
            question: QuestionView::new(lesson, question, tries, place),
        });
    }
    let Review {
        due,
        resting,
        next_ms,
    } = Review::of(course, &progress);
    let view = ReviewView {
        due,
        resting,
        next_ms,
        questions: views,
    };
    PageFrame::new(&site, request, "Review")?.page("review.html", &view)
}

/// What the template `review.html` is filled with.
#[derive(Serialize)]
struct ReviewView<'a> {
    due: usize,
    /// How many will come back later.
    resting: usize,
    /// When the first of them does.
    next_ms: Option<u64>,
    questions: Vec<ReviewedQuestion<'a>>,
}

#[derive(Serialize)]
struct ReviewedQuestion<'a> {
    title: &'a str,
    address: String,
    question: QuestionView<'a>,
}
