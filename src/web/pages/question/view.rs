//! A question as a page shows it: what is asked, what the learner last said, and only those words of
//! the author's that are due.

use serde::Serialize;

use crate::course::Lesson;
use crate::form::FormFields;
use crate::questions::rounds::Round;
use crate::questions::{ANSWER_LIMIT, Answer, Confidence, Outcome, Question, Verdict, plain_text};
use crate::store::{Attempt, Progress};

/// What the template `question.html` is filled with.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each lets the template show one thing"
)]
pub(crate) struct QuestionView<'a> {
    id: &'a str,
    address: String,
    /// Where it stands.
    place: QuestionPlace,
    /// Its place in the lesson, from 1.
    number: usize,
    /// How many the lesson asks.
    of: usize,
    points: u32,
    /// Which of the templates in `questions/` shows the fields.
    kind: &'static str,
    /// How to answer, in words.
    how: &'static str,
    /// What is asked; none where it stands with the fields in it.
    prompt_html: Option<&'a str>,
    /// What that template is filled with.
    task: serde_json::Value,
    limit: usize,
    outcome: Option<Outcome>,
    /// The outcome in a sentence.
    verdict: Option<&'static str>,
    /// What a screen reader is told of it.
    announcement: String,
    /// Why the answer was not taken; it stands in the fields as it was sent.
    refusal: Option<String>,
    /// About the answer as a whole.
    feedback: Vec<String>,
    hints: &'a [String],
    explanation_html: Option<&'a str>,
    /// A right answer, where it was asked for, or is needed to judge oneself.
    model_html: Option<&'a str>,
    /// Whether that is one to compare one's own words with.
    has_model: bool,
    sure: Option<Confidence>,
    /// That the question has changed since it was answered, and how the answer was judged.
    changed: Option<&'static str>,
    /// Whether it is asked how sure the learner is.
    asks_sure: bool,
    /// Whether the learner is to judge the answer themselves.
    judges_self: bool,
    /// Whether the answer may be looked at, and is not yet.
    reveals: bool,
    /// Whether it is back for review and nothing was answered since.
    due: bool,
    /// Whether no more answers are taken now.
    closed: bool,
    tries_left: u32,
    tries: u32,
    /// When it comes back for review, in milliseconds since 1970.
    due_ms: Option<u64>,
    action: &'static str,
}

/// Where a question is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QuestionPlace {
    /// In its lesson.
    Lesson,
    /// Among those that are due for review.
    Review,
}

/// What a learner has tried so far, as a page needs it.
#[derive(Debug)]
pub(crate) struct Tries<'a> {
    round: Round,
    /// The last answer of the round.
    last: Option<&'a Attempt>,
    /// How the last answer before the question changed was judged.
    before: Option<Outcome>,
    refused: Option<(FormFields, String)>,
}

impl<'a> Tries<'a> {
    /// From the attempts at a lesson, the oldest first. They are shown as they were judged when they were
    /// given.
    #[must_use]
    pub(crate) fn of(question: &Question, attempts: &'a [Attempt], progress: &Progress) -> Self {
        let round = progress.round(question);
        let answered = round.misses > 0 || round.right;
        let mut own = attempts.iter().filter(|a| a.question == question.id);
        let newest = own.next_back();
        let before = newest.filter(|_| round.changed);
        Self {
            last: newest.filter(|_| answered),
            before: before.map(Attempt::outcome),
            round,
            refused: None,
        }
    }

    /// The same after an answer that was not taken: it stands in the fields.
    #[must_use]
    pub(crate) fn refused(self, fields: FormFields, sentence: String) -> Self {
        Self {
            refused: Some((fields, sentence)),
            ..self
        }
    }
}

impl<'a> QuestionView<'a> {
    /// The view of a lesson's question after these tries.
    #[must_use]
    pub(crate) fn new(
        lesson: &Lesson,
        question: &'a Question,
        tries: Tries<'_>,
        place: QuestionPlace,
    ) -> Self {
        let Tries {
            round,
            last,
            before,
            refused,
        } = tries;
        let index = lesson.questions.iter().position(|q| q.id == question.id);
        let number = index.map_or(1, |index| index + 1);
        let (sent, refusal) = refused.unzip();
        // What is said about the last answer does not stand beside another one.
        let judged = last.filter(|_| refusal.is_none());
        let verdict = judged.map(|last| &last.verdict);
        let judges_self = judged.is_some_and(Attempt::waits_for_mark);
        let outcome = judged.map(Attempt::outcome);
        let fields = sent.or_else(|| last.map(|last| as_sent(question, last)));
        let sentence = judged.map(|last| sentence(last, question.partly()));
        let feedback = verdict.map(whole_feedback).unwrap_or_default();
        let shown = round.right || round.revealed;
        let hints = if round.right {
            0
        } else {
            round.misses as usize
        };
        Self {
            id: &question.id,
            address: format!("/lessons/{}/questions/{}", lesson.slug, question.id),
            place,
            number,
            of: lesson.questions.len(),
            points: question.settings.points,
            kind: question.kind(),
            how: question.instruction(),
            prompt_html: Some(&*question.prompt_html).filter(|_| !question.holds_prompt()),
            task: question.view(&fields.unwrap_or_default(), verdict),
            limit: ANSWER_LIMIT,
            outcome,
            verdict: sentence,
            announcement: match &refusal {
                Some(refusal) => format!("Question {number}: {refusal}"),
                None => announcement(number, sentence, verdict),
            },
            refusal,
            feedback,
            hints: &question.hints[..hints.min(question.hints.len())],
            explanation_html: question.explanation_html.as_deref().filter(|_| shown),
            model_html: (round.revealed || round.right && question.has_model())
                .then(|| question.model_html()),
            has_model: question.has_model(),
            sure: last.and_then(|last| last.sure),
            changed: before.map(changed),
            asks_sure: !shown && !round.closed,
            judges_self,
            reveals: !shown && round.may_reveal(question.settings),
            due: round.due,
            closed: round.closed,
            tries_left: round.tries_left(question.settings),
            tries: question.settings.tries,
            due_ms: round.due_ms,
            action: match outcome {
                None => "Check",
                Some(Outcome::Correct) => "Check again",
                Some(_) => "Try again",
            },
        }
    }
}

/// The fields as they were sent; empty where the question is answered in another way now.
fn as_sent(question: &Question, attempt: &Attempt) -> FormFields {
    let answer = serde_json::from_str::<Answer>(&attempt.answer);
    answer.map_or_else(|_| FormFields::default(), |it| question.fields(&it))
}

fn changed(before: Outcome) -> &'static str {
    match before {
        Outcome::Correct => {
            "This question has changed since you answered it. Your answer was right then, and still \
             counts; you can answer it again."
        }
        Outcome::Partial => {
            "This question has changed since you answered it. Your answer was partly right then; \
             answer it again."
        }
        Outcome::Incorrect | Outcome::Unsure => {
            "This question has changed since you answered it: answer it again."
        }
    }
}

fn whole_feedback(verdict: &Verdict) -> Vec<String> {
    let said = verdict.feedback.iter();
    said.filter(|said| said.place.is_none())
        .map(|said| said.html.clone())
        .collect()
}

/// The verdict, and all that is said about the answer, in plain words.
fn announcement(number: usize, sentence: Option<&str>, verdict: Option<&Verdict>) -> String {
    let Some(sentence) = sentence else {
        return String::new();
    };
    let said = verdict.into_iter().flat_map(|verdict| &verdict.feedback);
    let said: Vec<String> = said.map(|said| plain_text(&said.html)).collect();
    format!("Question {number}: {sentence} {}", said.join(" "))
        .trim_end()
        .to_owned()
}

/// The outcome in a sentence; `partly` is the kind's own for one that is right in part.
fn sentence(last: &Attempt, partly: &'static str) -> &'static str {
    let mark = last.mark.map(|mark| mark.outcome);
    match (mark, last.verdict.outcome) {
        (Some(Outcome::Correct), _) => "You judged it as right.",
        (Some(Outcome::Partial), _) => "You judged it as right in part.",
        (Some(_), _) => "You judged it as not right yet.",
        (None, Outcome::Correct) => "Right.",
        (None, Outcome::Partial) => partly,
        (None, Outcome::Incorrect) => "Not yet.",
        (None, Outcome::Unsure) => "Kept: compare it with the model answer and judge yourself.",
    }
}

#[cfg(test)]
#[path = "kind_tests.rs"]
mod kind_tests;
