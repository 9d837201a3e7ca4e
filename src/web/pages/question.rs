//! An answer to a question: judged, kept, and shown in the question's place; a look at the answer;
//! and a learner's own verdict.

pub(crate) mod view;

use std::sync::Arc;

use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use poem::web::Data;
use poem::{Body, Request, Response, handler};
use serde::Serialize;

use super::course::address;
use super::form;
use super::frame::PageFrame;
use crate::budget::Reason;
use crate::course::Lesson;
use crate::form::FormFields;
use crate::learning::{Review, Standing};
use crate::questions::{ANSWER_LIMIT, AnswerError, Confidence, Outcome, Question};
use crate::store::{NewAttempt, Taken};
use crate::web::fault::Fault;
use crate::web::htmx::{HX_RESWAP, wants_fragment};
use crate::web::site::Site;
use crate::web::who::{KnownOrNew, Learner, PathQuestion};

use view::{QuestionPlace, QuestionView, Tries};

/// An answer of the longest allowed text: at most 4 bytes a character, each of them written as `%XX`.
const LIMIT: usize = ANSWER_LIMIT * 12 + 1024;

/// `POST /lessons/:slug/questions/:id`: judges an answer and keeps it.
#[handler]
pub(crate) async fn take(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    question: PathQuestion,
    KnownOrNew(learner): KnownOrNew,
) -> Result<Response, Fault> {
    let asked = QuestionRequest::read((request, &site), body, &question, learner).await?;
    // First, because judging costs more than looking.
    let round = asked.learner.round(asked.question).await?;
    if let Some(sentence) = not_taken(round.closed, round.is_practised()) {
        asked.count();
        return asked
            .refuse(StatusCode::CONFLICT, sentence.to_owned())
            .await;
    }
    let judged = match asked.question.answer(&asked.fields) {
        Ok(answer) => {
            let (learner, question) = (asked.learner.id(), question.question.clone());
            let (answer, verdict) = site.judges.judge(learner, question, answer).await?;
            verdict.map(|verdict| (answer, verdict))
        }
        Err(error) => Err(error),
    };
    let (answer, verdict) = match judged {
        Ok(judged) => judged,
        Err(error @ AnswerError::NotANumber) => return Err(Fault::Malformed(error.to_string())),
        Err(error) => return asked.refuse(status(&error), error.to_string()).await,
    };
    let attempt = NewAttempt {
        lesson: asked.lesson.slug.clone(),
        question: asked.question.id.clone(),
        version: asked.question.version.clone(),
        answer: serde_json::to_string(&answer).map_err(Fault::internal)?,
        verdict,
        sure: asked.fields.first("sure").and_then(Confidence::named),
    };
    let taken = asked.learner.answer(asked.question, attempt).await?;
    match not_taken(taken == Taken::Closed, taken == Taken::Practised) {
        None => asked.show().await,
        Some(sentence) => {
            let sentence = sentence.to_owned();
            asked.count();
            asked.refuse(StatusCode::CONFLICT, sentence).await
        }
    }
}

/// Why an answer is not taken.
fn not_taken(is_closed: bool, is_practised: bool) -> Option<&'static str> {
    if is_closed {
        return Some(
            "This answer was not taken: there are no more tries now. The question comes back for \
             review, with new tries.",
        );
    }
    is_practised.then_some(
        "This answer was not taken: you have found the right one, and practised fifty times since. Go \
         on with another question.",
    )
}

/// `POST /lessons/:slug/questions/:id/reveal`: shows the explanation and a right answer, once due.
#[handler]
pub(crate) async fn reveal(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    question: PathQuestion,
    KnownOrNew(learner): KnownOrNew,
) -> Result<Response, Fault> {
    let asked = QuestionRequest::read((request, &site), body, &question, learner).await?;
    if asked.learner.reveal(asked.lesson, asked.question).await? {
        return asked.show().await;
    }
    let sentence = format!(
        "The answer may be looked at after {} tries that were not right: try it first.",
        asked.question.settings.reveal
    );
    asked.refuse(StatusCode::CONFLICT, sentence).await
}

/// `POST /lessons/:slug/questions/:id/self`: how the learner judges an answer that the judge is not
/// sure of.
#[handler]
pub(crate) async fn judge_self(
    request: &Request,
    body: Body,
    site: Data<&Arc<Site>>,
    question: PathQuestion,
    KnownOrNew(learner): KnownOrNew,
) -> Result<Response, Fault> {
    let asked = QuestionRequest::read((request, &site), body, &question, learner).await?;
    let outcome = asked.fields.first("self").and_then(Outcome::named);
    let Some(outcome) = outcome.filter(|outcome| *outcome != Outcome::Unsure) else {
        let sentence = "Say whether your answer was right, right in part or not right.";
        return Err(Fault::Malformed(sentence.to_owned()));
    };
    if asked
        .learner
        .mark_own(asked.lesson, asked.question, outcome)
        .await?
    {
        return asked.show().await;
    }
    let sentence = "There is no answer here to be judged by you: load the page again.";
    Err(Fault::unprocessable(sentence))
}

/// A request about a question.
struct QuestionRequest<'a> {
    request: &'a Request,
    site: &'a Arc<Site>,
    learner: Learner,
    lesson: &'a Arc<Lesson>,
    question: &'a Question,
    fields: FormFields,
    place: QuestionPlace,
}

impl<'a> QuestionRequest<'a> {
    async fn read(
        (request, site): (&'a Request, &'a Arc<Site>),
        body: Body,
        PathQuestion { lesson, question }: &'a PathQuestion,
        learner: Learner,
    ) -> Result<Self, Fault> {
        let fields = form::read(body, LIMIT).await?;
        let place = match fields.first("from") {
            Some("review") => QuestionPlace::Review,
            _ => QuestionPlace::Lesson,
        };
        Ok(Self {
            request,
            site,
            learner,
            lesson,
            question,
            fields,
            place,
        })
    }

    /// Counts that there was no try left.
    fn count(&self) {
        let who = Some(self.learner.id().who());
        self.site.budget.refusals().count(Reason::Tries, who);
    }

    /// The question as it stands now: its fragment for htmx, or the way back to its place.
    async fn show(self) -> Result<Response, Fault> {
        if wants_fragment(self.request.headers()) {
            let frame = PageFrame::new(self.site, self.request, &self.lesson.title)?;
            return frame.page("answer.html", &self.view(None).await?);
        }
        let id = &self.question.id;
        let page = match self.place {
            QuestionPlace::Lesson => address(self.lesson),
            QuestionPlace::Review => format!("/review?answered={id}"),
        };
        Ok(Response::builder()
            .status(StatusCode::SEE_OTHER)
            .header(LOCATION, format!("{page}#question-{id}"))
            .finish())
    }

    /// The question with what was sent in its fields, and why it was not taken.
    async fn refuse(self, status: StatusCode, sentence: String) -> Result<Response, Fault> {
        let view = self.view(Some(sentence)).await?;
        let frame = PageFrame::new(self.site, self.request, &self.lesson.title)?;
        let mut response = if wants_fragment(self.request.headers()) {
            let mut response = frame.page("answer.html", &view)?;
            let swap = HeaderValue::from_static("outerHTML");
            response.headers_mut().insert(HX_RESWAP, swap);
            response
        } else {
            frame.page("asked.html", &view)?
        };
        response.set_status(status);
        Ok(response)
    }

    async fn view(&self, refusal: Option<String>) -> Result<AnswerView<'_>, Fault> {
        let progress = self.learner.progress().await?;
        let attempts = self.learner.attempts(self.lesson).await?;
        let mut tries = Tries::of(self.question, &attempts, &progress);
        if let Some(sentence) = refusal {
            tries = tries.refused(self.fields.clone(), sentence);
        }
        let back = match self.place {
            QuestionPlace::Lesson => address(self.lesson),
            QuestionPlace::Review => "/review".to_owned(),
        };
        Ok(AnswerView {
            question: QuestionView::new(self.lesson, self.question, tries, self.place),
            standing: Standing::of(self.lesson, &progress),
            due: Review::of(&self.site.learning.course, &progress).due,
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
