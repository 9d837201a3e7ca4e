//! Attempts: each answer that was given to a question, how it was judged, and when. None is ever
//! changed: two answers sent at once are two attempts.

use super::{LearnerId, Store, StoreError, now_ms};

/// The outcome of a right answer, as [`NewAttempt::outcome`] writes it.
pub(super) const RIGHT: &str = "correct";

/// An attempt to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAttempt {
    /// The lesson's slug.
    pub lesson: String,
    /// The question's id.
    pub question: String,
    /// The answer as JSON.
    pub answer: String,
    /// `correct`, `partial`, `incorrect` or `unsure`.
    pub outcome: String,
    /// From 0 to 1.
    pub score: f64,
    /// The verdict's feedback as JSON.
    pub feedback: String,
}

/// An attempt that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Its number; later ones are greater.
    pub id: i64,
    /// The question's id.
    pub question: String,
    /// The answer as JSON.
    pub answer: String,
    /// `correct`, `partial`, `incorrect` or `unsure`.
    pub outcome: String,
    /// From 0 to 1.
    pub score: f64,
    /// The verdict's feedback as JSON.
    pub feedback: String,
    /// When it was made, in milliseconds since 1970.
    pub at_ms: u64,
}

impl Store {
    /// Keeps an attempt.
    pub async fn add_attempt(
        &self,
        learner: LearnerId,
        attempt: NewAttempt,
    ) -> Result<Attempt, StoreError> {
        self.write(move |connection| {
            let NewAttempt {
                lesson,
                question,
                answer,
                outcome,
                score,
                feedback,
            } = attempt;
            let at_ms = now_ms();
            let id = connection
                .prepare_cached(
                    "INSERT INTO attempts
                     (learner_id, lesson, question, answer, outcome, score, feedback, at_ms)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                )?
                .query_row(
                    (
                        learner.0, lesson, &question, &answer, &outcome, score, &feedback, at_ms,
                    ),
                    |row| row.get(0),
                )?;
            Ok(Attempt {
                id,
                question,
                answer,
                outcome,
                score,
                feedback,
                at_ms: at_ms.unsigned_abs(),
            })
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
                    "SELECT id, question, answer, outcome, score, feedback, at_ms FROM attempts
                     WHERE learner_id = $1 AND lesson = $2 ORDER BY id",
                )?
                .query_map((learner.0, lesson), |row| {
                    Ok(Attempt {
                        id: row.get(0)?,
                        question: row.get(1)?,
                        answer: row.get(2)?,
                        outcome: row.get(3)?,
                        score: row.get(4)?,
                        feedback: row.get(5)?,
                        at_ms: row.get::<_, i64>(6)?.unsigned_abs(),
                    })
                })?
                .collect()
        })
        .await
    }
}
