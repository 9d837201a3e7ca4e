//! A question as a page shows it: what is asked, what the learner last said, and only those words of
//! the author's that are due.

use serde::Serialize;

use crate::course::Lesson;
use crate::questions::{ANSWER_LIMIT, Answer, Kind, Outcome, Question, Verdict};
use crate::store::Attempt;

/// After so many misses the explanation is shown without a right answer.
const MISSES_BEFORE_EXPLANATION: usize = 3;

/// What the template `question.html` is filled with.
#[derive(Debug, Serialize)]
pub struct QuestionView<'a> {
    id: &'a str,
    address: String,
    /// Its place in the lesson, from 1.
    number: usize,
    /// How many the lesson asks.
    of: usize,
    kind: Kind,
    /// How to answer, in words.
    how: &'static str,
    prompt_html: &'a str,
    choices: Vec<ChoiceView<'a>>,
    /// The text that was last sent.
    text: String,
    limit: usize,
    outcome: Option<Outcome>,
    /// The outcome in a sentence.
    verdict: Option<&'static str>,
    /// About the answer as a whole.
    feedback: Vec<String>,
    hints: &'a [String],
    explanation_html: Option<&'a str>,
    action: &'static str,
}

#[derive(Debug, Serialize)]
struct ChoiceView<'a> {
    text_html: &'a str,
    chosen: bool,
    /// `right` or `wrong`, for a choice that was made, once that may be told.
    mark: Option<&'static str>,
    feedback_html: Option<String>,
}

/// What a learner has tried so far, as a page needs it.
#[derive(Debug, Default)]
pub struct Tries {
    /// The last answer that still fits the question, and its verdict.
    last: Option<(Answer, Verdict)>,
    misses: usize,
    right: bool,
}

impl Tries {
    /// From the attempts at a lesson, the oldest first. An old answer is judged anew, since the
    /// author may have changed the question.
    #[must_use]
    pub fn of(question: &Question, attempts: &[Attempt]) -> Self {
        let mut tries = Self::default();
        for attempt in attempts
            .iter()
            .filter(|attempt| attempt.question == question.id)
        {
            let right = attempt.outcome == "correct";
            tries.right |= right;
            tries.misses += usize::from(!right);
            let answer = serde_json::from_str::<Answer>(&attempt.answer).ok();
            tries.last = answer.and_then(|answer| {
                let verdict = question.judge(&answer).ok()?;
                Some((answer, verdict))
            });
        }
        tries
    }
}

impl<'a> QuestionView<'a> {
    /// The view of a lesson's question after these tries.
    #[must_use]
    pub fn new(lesson: &Lesson, question: &'a Question, tries: Tries) -> Self {
        let place = lesson
            .questions
            .iter()
            .position(|asked| asked.id == question.id);
        let explained = tries.right || tries.misses >= MISSES_BEFORE_EXPLANATION;
        let hints = if tries.right {
            0
        } else {
            tries.misses.min(question.hints.len())
        };
        let (answer, verdict) = tries.last.unzip();
        let outcome = verdict.as_ref().map(|verdict| verdict.outcome);
        let choices = question.choices.iter().enumerate();
        Self {
            id: &question.id,
            address: format!("/lessons/{}/questions/{}", lesson.slug, question.id),
            number: place.map_or(1, |index| index + 1),
            of: lesson.questions.len(),
            kind: question.kind,
            how: how(question.kind),
            prompt_html: &question.prompt_html,
            choices: choices
                .map(|(index, choice)| ChoiceView {
                    text_html: &choice.text_html,
                    ..choice_view(index, choice.right, answer.as_ref(), verdict.as_ref())
                })
                .collect(),
            text: match &answer {
                Some(Answer::Text(text)) => text.clone(),
                _ => String::new(),
            },
            limit: ANSWER_LIMIT,
            outcome,
            verdict: outcome.map(|outcome| sentence(outcome, question.kind)),
            feedback: verdict.map(whole_feedback).unwrap_or_default(),
            hints: &question.hints[..hints],
            explanation_html: question.explanation_html.as_deref().filter(|_| explained),
            action: match outcome {
                None => "Check",
                Some(Outcome::Correct) => "Check again",
                Some(_) => "Try again",
            },
        }
    }
}

/// A choice that was made is marked when there was no more than it to get right, or it was right:
/// to mark each wrong box of several would give the answer away.
fn choice_view(
    index: usize,
    right: bool,
    answer: Option<&Answer>,
    verdict: Option<&Verdict>,
) -> ChoiceView<'static> {
    let chosen = matches!(answer, Some(Answer::Choices(chosen)) if chosen.contains(&index));
    let said = verdict.and_then(|verdict| {
        let mut said = verdict.feedback.iter();
        said.find(|said| said.choice == Some(index))
    });
    let all_right = verdict.is_some_and(|verdict| verdict.outcome == Outcome::Correct);
    let told = all_right || said.is_some();
    ChoiceView {
        text_html: "",
        chosen,
        mark: (chosen && told).then_some(if right { "right" } else { "wrong" }),
        feedback_html: said.map(|said| said.html.clone()),
    }
}

fn whole_feedback(verdict: Verdict) -> Vec<String> {
    let said = verdict.feedback.into_iter();
    said.filter(|said| said.choice.is_none())
        .map(|said| said.html)
        .collect()
}

fn how(kind: Kind) -> &'static str {
    match kind {
        Kind::One => "choose one",
        Kind::Several => "choose all that are right",
        Kind::Text => "answer in a few words",
        Kind::Words => "answer in your own words",
    }
}

fn sentence(outcome: Outcome, kind: Kind) -> &'static str {
    match (outcome, kind) {
        (Outcome::Correct, _) => "Right.",
        (Outcome::Partial, Kind::Several) => "Partly right: look at each choice again.",
        (Outcome::Partial, _) => "Partly right.",
        (Outcome::Incorrect, _) => "Not yet.",
        (Outcome::Unsure, _) => "Kept. Compare it with the explanation yourself.",
    }
}
