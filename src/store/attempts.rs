//! Attempts: each answer that was given to a question, how it was judged, and when. None is ever
//! changed: two answers sent at once are two attempts.

use rusqlite::{Connection, Row};

use super::{LearnerId, Store, StoreError, deeds, now_ms};
use crate::exercise::{LessonSlug, QuestionId};
use crate::questions::rounds::Round;
use crate::questions::{Outcome, Settings, Sure};

/// An attempt to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAttempt {
    /// The lesson.
    pub lesson: LessonSlug,
    /// The question.
    pub question: QuestionId,
    /// The answer as JSON.
    pub answer: String,
    /// How it was judged.
    pub outcome: Outcome,
    /// From 0 to 1.
    pub score: f64,
    /// The verdict's feedback as JSON.
    pub feedback: String,
    /// How sure the learner said they were.
    pub sure: Option<Sure>,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// It is kept, and this is its number among the learner's attempts at the question, from 1.
    Kept(u32),
    /// There are no more tries now: it is not kept.
    Closed,
}

/// An attempt that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The question.
    pub question: QuestionId,
    /// Which of the learner's attempts at the question it is, from 1.
    pub number: u32,
    /// The answer as JSON.
    pub answer: String,
    /// How it was judged.
    pub outcome: Outcome,
    /// How sure the learner said they were.
    pub sure: Option<Sure>,
    /// How the learner judged it, where the judge was not sure.
    pub own: Option<Outcome>,
    /// When it was made, in milliseconds since 1970.
    pub at_ms: u64,
}

impl Store {
    /// Keeps an attempt, where these settings leave a try for it.
    ///
    /// Whether they do is decided in the transaction that keeps it, so that of two answers that are
    /// sent at once for one try, one is taken.
    pub async fn add_attempt(
        &self,
        learner: LearnerId,
        attempt: NewAttempt,
        settings: Settings,
    ) -> Result<Taken, StoreError> {
        self.write(move |connection| {
            let at_ms = now_ms();
            let deeds = deeds::of_question(connection, learner, &attempt.question)?;
            if Round::of(&deeds, settings, at_ms.unsigned_abs()).closed {
                return Ok(Taken::Closed);
            }
            add(connection, learner, &attempt, at_ms).map(Taken::Kept)
        })
        .await
    }

    /// All attempts of a learner at a lesson's questions, the oldest first.
    pub async fn attempts(
        &self,
        learner: LearnerId,
        lesson: &str,
    ) -> Result<Vec<Attempt>, StoreError> {
        let lesson = lesson.to_owned();
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT question, number, answer, attempts.outcome AS outcome, sure,
                         self_verdicts.outcome AS own, attempts.at_ms AS at_ms
                     FROM attempts LEFT JOIN self_verdicts ON attempt_id = attempts.id
                     WHERE attempts.learner_id = $1 AND lesson = $2 ORDER BY attempts.id",
                )?
                .query_map((learner.0, lesson), attempt)?
                .collect()
        })
        .await
    }
}

/// The unique index over the number stands behind the one writer: two attempts never share one.
fn add(
    connection: &Connection,
    learner: LearnerId,
    attempt: &NewAttempt,
    at_ms: i64,
) -> rusqlite::Result<u32> {
    connection
        .prepare_cached(
            "INSERT INTO attempts
             (learner_id, lesson, question, answer, outcome, score, feedback, sure, at_ms, number)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 1 + coalesce(max(number), 0)
             FROM attempts WHERE learner_id = $1 AND question = $3
             RETURNING number",
        )?
        .query_row(
            (
                learner.0,
                &*attempt.lesson,
                &*attempt.question,
                &attempt.answer,
                attempt.outcome.name(),
                attempt.score,
                &attempt.feedback,
                attempt.sure.map(Sure::name),
                at_ms,
            ),
            |row| row.get(0),
        )
}

fn attempt(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    let text = |name: &str| row.get::<_, Option<String>>(name);
    let outcome = text("outcome")?.as_deref().and_then(Outcome::named);
    Ok(Attempt {
        question: row.get::<_, String>("question")?.into(),
        number: row.get("number")?,
        answer: row.get("answer")?,
        // Only this program writes it.
        outcome: outcome.unwrap_or(Outcome::Incorrect),
        sure: text("sure")?.as_deref().and_then(Sure::named),
        own: text("own")?.as_deref().and_then(Outcome::named),
        at_ms: row.get::<_, i64>("at_ms")?.unsigned_abs(),
    })
}
