//! An answer to a question: judged, kept, and shown in the question's place.

pub mod view;

use std::sync::Arc;

use http::StatusCode;
use http::header::{LOCATION, SET_COOKIE};
use poem::web::{Data, Path};
use poem::{Body, Request, Response, handler};
use serde::Serialize;

use super::course::address;
use super::form::{self, Fields};
use super::frame::{Frame, wants_fragment};
use super::progress::Standing;
use crate::course::Lesson;
use crate::questions::{ANSWER_LIMIT, Answer, Kind, Question, Verdict};
use crate::store::NewAttempt;
use crate::web::fault::{Fault, Missing};
use crate::web::site::Site;

use view::{QuestionView, Tries};

/// An answer of the longest allowed text: at most 4 bytes a character, each of them written as `%XX`.
const LIMIT: usize = ANSWER_LIMIT * 12 + 1024;

/// `POST /lessons/:slug/questions/:id`: the question's fragment for htmx, or back to its place.
#[handler]
pub async fn take(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let session = site.sessions.learner_or_new(request.headers()).await?;
    let lesson = site.lesson(&slug)?;
    let question = lesson
        .question(&id)
        .ok_or(Fault::NotFound(Missing::Question))?;
    let answer = read_answer(question, &form::read(body, LIMIT).await?)?;

    let verdict = question.judge(&answer);
    let verdict = verdict.map_err(|error| Fault::Unprocessable(error.to_string()))?;
    let attempt = attempt(lesson, question, &answer, &verdict)?;
    site.store.add_attempt(session.learner, attempt).await?;

    let mut response = if wants_fragment(request.headers()) {
        let attempts = site.store.attempts(session.learner, &lesson.slug).await?;
        let progress = site.store.progress(session.learner).await?;
        let view = AnswerView {
            question: QuestionView::new(lesson, question, Tries::of(question, &attempts)),
            standing: Standing::of(lesson, &progress),
        };
        Frame::new(&site, request, &lesson.title)?.page("answer.html", &view)?
    } else {
        let place = format!("{}#question-{}", address(lesson), question.id);
        let response = Response::builder().status(StatusCode::SEE_OTHER);
        response.header(LOCATION, place).finish()
    };
    response.headers_mut().append(SET_COOKIE, session.cookie);
    Ok(response)
}

/// What the template `answer.html` is filled with.
#[derive(Serialize)]
struct AnswerView<'a> {
    question: QuestionView<'a>,
    standing: Standing,
}

/// The answer in the fields `choice`, repeated, or `text`.
fn read_answer(question: &Question, fields: &Fields) -> Result<Answer, Fault> {
    if matches!(question.kind, Kind::Text | Kind::Words) {
        return Ok(Answer::Text(
            fields.first("text").unwrap_or_default().to_owned(),
        ));
    }
    let choices = fields.all("choice").map(str::parse);
    let choices = choices.collect::<Result<Vec<usize>, _>>();
    let choices = choices.map_err(|_| {
        Fault::Malformed("A choice is sent as its number: reload the page and choose.".to_owned())
    })?;
    Ok(Answer::Choices(choices))
}

fn attempt(
    lesson: &Lesson,
    question: &Question,
    answer: &Answer,
    verdict: &Verdict,
) -> Result<NewAttempt, Fault> {
    let outcome = serde_json::to_value(verdict.outcome).map_err(Fault::internal)?;
    Ok(NewAttempt {
        lesson: lesson.slug.clone(),
        question: question.id.clone(),
        answer: serde_json::to_string(answer).map_err(Fault::internal)?,
        outcome: outcome.as_str().unwrap_or_default().to_owned(),
        score: verdict.score,
        feedback: serde_json::to_string(&verdict.feedback).map_err(Fault::internal)?,
    })
}
