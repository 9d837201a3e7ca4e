//! An answer to a question: judged, kept, and shown in the question's place; a look at the answer;
//! and a learner's own verdict.

pub mod given;
mod task;
pub mod view;

use std::sync::Arc;

use http::header::{HeaderName, LOCATION, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use poem::web::{Data, Path};
use poem::{Body, Request, Response, handler};
use serde::Serialize;

use super::course::address;
use super::form::{self, Fields};
use super::frame::{Frame, wants_fragment};
use super::progress::Standing;
use super::review;
use crate::course::Lesson;
use crate::questions::{ANSWER_LIMIT, AnswerError, Outcome, Question, Sure};
use crate::store::{LearnerId, NewAttempt, Taken};
use crate::web::fault::{Fault, Missing};
use crate::web::session::Session;
use crate::web::site::Site;

use given::Given;
use view::{Place, QuestionView, Tries};

/// An answer of the longest allowed text: at most 4 bytes a character, each of them written as `%XX`.
const LIMIT: usize = ANSWER_LIMIT * 12 + 1024;

/// Asks htmx to show an answer to a request that was refused; the page's script heeds it.
const HX_RESWAP: HeaderName = HeaderName::from_static("hx-reswap");

/// `POST /lessons/:slug/questions/:id`: judges an answer and keeps it.
#[handler]
pub async fn take(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    Path(names): Path<(String, String)>,
) -> Result<Response, Fault> {
    let asked = Asked::read(request, body, &site, &names).await?;
    let given = Given::read(asked.question, &asked.fields)?;
    let judged = given.answer(asked.question).and_then(|answer| {
        let verdict = asked.question.judge(&answer)?;
        Ok((answer, verdict))
    });
    let (answer, verdict) = match judged {
        Ok(judged) => judged,
        Err(error) => return asked.refuse(status(&error), given, error.to_string()).await,
    };
    let attempt = NewAttempt {
        lesson: asked.lesson.slug.clone(),
        question: asked.question.id.clone(),
        version: asked.question.version.clone(),
        answer: serde_json::to_string(&answer).map_err(Fault::internal)?,
        verdict,
        sure: asked.fields.first("sure").and_then(Sure::named),
    };
    let terms = asked.question.terms();
    match site
        .store
        .add_attempt(asked.learner(), attempt, &terms)
        .await?
    {
        Taken::Kept(_) => asked.show().await,
        Taken::Closed => {
            let sentence = "This answer was not taken: there are no more tries now. The question \
                            comes back for review, with new tries.";
            asked
                .refuse(StatusCode::CONFLICT, given, sentence.to_owned())
                .await
        }
    }
}

/// `POST /lessons/:slug/questions/:id/reveal`: shows the explanation and a right answer, once due.
#[handler]
pub async fn reveal(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    Path(names): Path<(String, String)>,
) -> Result<Response, Fault> {
    let asked = Asked::read(request, body, &site, &names).await?;
    let Question { id, settings, .. } = asked.question;
    let (lesson, terms) = (&asked.lesson.slug, asked.question.terms());
    let reveal = site.store.reveal(asked.learner(), lesson, id, &terms);
    if reveal.await? {
        return asked.show().await;
    }
    let given = Given::read(asked.question, &asked.fields)?;
    let sentence = format!(
        "The answer may be looked at after {} tries that were not right: try it first.",
        settings.reveal
    );
    asked.refuse(StatusCode::CONFLICT, given, sentence).await
}

/// `POST /lessons/:slug/questions/:id/self`: how the learner judges an answer that the judge is not
/// sure of.
#[handler]
pub async fn judge_self(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    Path(names): Path<(String, String)>,
) -> Result<Response, Fault> {
    let asked = Asked::read(request, body, &site, &names).await?;
    let outcome = asked.fields.first("self").and_then(Outcome::named);
    let Some(outcome) = outcome.filter(|outcome| *outcome != Outcome::Unsure) else {
        let sentence = "Say whether your answer was right, right in part or not right.";
        return Err(Fault::Malformed(sentence.to_owned()));
    };
    let (lesson, id) = (&asked.lesson.slug, &asked.question.id);
    let mark = site.store.mark_own(asked.learner(), lesson, id, outcome);
    if mark.await? {
        return asked.show().await;
    }
    let sentence = "There is no answer here to be judged by you: load the page again.";
    Err(Fault::unprocessable(sentence))
}

/// A request about a question.
struct Asked<'a> {
    request: &'a Request,
    site: &'a Arc<Site>,
    session: Session,
    lesson: &'a Arc<Lesson>,
    question: &'a Question,
    fields: Fields,
    place: Place,
}

impl<'a> Asked<'a> {
    async fn read(
        request: &'a Request,
        body: Body,
        site: &'a Arc<Site>,
        (slug, id): &(String, String),
    ) -> Result<Self, Fault> {
        let session = site.sessions.learner_or_new(request.headers()).await?;
        let lesson = site.lesson(slug)?;
        let question = lesson
            .question(id)
            .ok_or(Fault::NotFound(Missing::Question))?;
        let fields = form::read(body, LIMIT).await?;
        let place = match fields.first("from") {
            Some("review") => Place::Review,
            _ => Place::Lesson,
        };
        Ok(Self {
            request,
            site,
            session,
            lesson,
            question,
            fields,
            place,
        })
    }

    fn learner(&self) -> LearnerId {
        self.session.learner
    }

    /// The question as it stands now: its fragment for htmx, or the way back to its place.
    async fn show(self) -> Result<Response, Fault> {
        let mut response = if wants_fragment(self.request.headers()) {
            let frame = Frame::new(self.site, self.request, &self.lesson.title)?;
            frame.page("answer.html", &self.view(None).await?)?
        } else {
            let id = &self.question.id;
            let page = match self.place {
                Place::Lesson => address(self.lesson),
                Place::Review => format!("/review?answered={id}"),
            };
            Response::builder()
                .status(StatusCode::SEE_OTHER)
                .header(LOCATION, format!("{page}#question-{id}"))
                .finish()
        };
        let cookie = self.session.cookie;
        response.headers_mut().append(SET_COOKIE, cookie);
        Ok(response)
    }

    /// The question with what was sent in its fields, and why it was not taken.
    async fn refuse(
        self,
        status: StatusCode,
        given: Given,
        sentence: String,
    ) -> Result<Response, Fault> {
        let view = self.view(Some((given, sentence))).await?;
        let frame = Frame::new(self.site, self.request, &self.lesson.title)?;
        let mut response = if wants_fragment(self.request.headers()) {
            let mut response = frame.page("answer.html", &view)?;
            let swap = HeaderValue::from_static("outerHTML");
            response.headers_mut().insert(HX_RESWAP, swap);
            response
        } else {
            frame.page("asked.html", &view)?
        };
        response.set_status(status);
        let cookie = self.session.cookie;
        response.headers_mut().append(SET_COOKIE, cookie);
        Ok(response)
    }

    async fn view(&self, refused: Option<(Given, String)>) -> Result<AnswerView<'_>, Fault> {
        let learner = self.learner();
        let progress = self.site.store.progress(learner).await?;
        let attempts = self.site.store.attempts(learner, &self.lesson.slug).await?;
        let mut tries = Tries::of(self.question, &attempts, &progress);
        if let Some((given, sentence)) = refused {
            tries = tries.refused(given, sentence);
        }
        let back = match self.place {
            Place::Lesson => address(self.lesson),
            Place::Review => "/review".to_owned(),
        };
        Ok(AnswerView {
            question: QuestionView::new(self.lesson, self.question, tries, self.place),
            standing: Standing::of(self.lesson, &progress),
            due: review::due(&self.site.course, &progress),
            back: format!("{back}#question-{}", self.question.id),
        })
    }
}

/// What the templates `answer.html` and `asked.html` are filled with.
#[derive(Serialize)]
struct AnswerView<'a> {
    question: QuestionView<'a>,
    standing: Standing,
    /// How many questions are due for review.
    due: usize,
    /// Where the question stands.
    back: String,
}

fn status(error: &AnswerError) -> StatusCode {
    match error {
        AnswerError::TooLong(_) => StatusCode::PAYLOAD_TOO_LARGE,
        AnswerError::OtherKind | AnswerError::NoSuchChoice => StatusCode::BAD_REQUEST,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
