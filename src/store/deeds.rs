//! What learners did at questions, in order, as [`rounds`](crate::questions::rounds) follow it:
//! answers, looks at the answer, and how learners judged themselves.

use std::collections::HashMap;

use rusqlite::Connection;

use super::{LearnerId, Store, StoreError, now_ms};
use crate::exercise::QuestionId;
use crate::questions::rounds::{Act, Deed, Round};
use crate::questions::{Outcome, Settings};

/// Deeds by the questions' ids, the oldest first.
pub type Deeds = HashMap<QuestionId, Vec<Deed>>;

/// In the order of time; what a learner did at once with an answer stands after it.
const DEEDS: &str = "
    SELECT question, attempts.at_ms AS at_ms, number, attempts.outcome AS outcome,
        coalesce(sure, '') = 'guess' AS guessed, self_verdicts.outcome AS self_outcome
    FROM attempts LEFT JOIN self_verdicts ON attempt_id = attempts.id
    WHERE attempts.learner_id = $1 AND ($2 IS NULL OR question = $2)
    UNION ALL
    SELECT question, at_ms, 1000000000, NULL, false, NULL FROM reveals
    WHERE learner_id = $1 AND ($2 IS NULL OR question = $2)
    ORDER BY at_ms, number";

impl Store {
    /// Keeps that a learner looks at a question's answer, where these settings let them now. Answers
    /// whether they do.
    pub async fn reveal(
        &self,
        learner: LearnerId,
        question: &str,
        settings: Settings,
    ) -> Result<bool, StoreError> {
        let question = question.to_owned();
        self.write(move |connection| {
            let now = now_ms();
            let deeds = of_question(connection, learner, &question)?;
            let round = Round::of(&deeds, settings, now.unsigned_abs());
            if round.revealed || round.right {
                return Ok(true);
            }
            if !round.may_reveal(settings) {
                return Ok(false);
            }
            connection
                .prepare_cached(
                    "INSERT INTO reveals (learner_id, question, at_ms) VALUES ($1, $2, $3)",
                )?
                .execute((learner.0, question, now))?;
            Ok(true)
        })
        .await
    }

    /// Keeps how a learner judges their newest answer to a question, where the judge was not sure of
    /// it and they have not said it yet. Answers whether there was such an answer.
    pub async fn judge_self(
        &self,
        learner: LearnerId,
        question: &str,
        outcome: Outcome,
    ) -> Result<bool, StoreError> {
        let question = question.to_owned();
        self.write(move |connection| {
            let kept = connection
                .prepare_cached(
                    "INSERT INTO self_verdicts (attempt_id, learner_id, outcome, at_ms)
                     SELECT id, learner_id, $1, $2 FROM attempts
                     WHERE learner_id = $3 AND question = $4 AND outcome = $5 AND number = (
                         SELECT max(number) FROM attempts WHERE learner_id = $3 AND question = $4
                     )
                     ON CONFLICT (attempt_id) DO NOTHING",
                )?
                .execute((
                    outcome.name(),
                    now_ms(),
                    learner.0,
                    question,
                    Outcome::Unsure.name(),
                ))?;
            Ok(kept > 0)
        })
        .await
    }
}

/// What a learner did at one question.
pub(super) fn of_question(
    connection: &Connection,
    learner: LearnerId,
    question: &str,
) -> rusqlite::Result<Vec<Deed>> {
    let mut all = read(connection, learner, Some(question))?;
    Ok(all.remove(question).unwrap_or_default())
}

/// What a learner did at all questions.
pub(super) fn all(connection: &Connection, learner: LearnerId) -> rusqlite::Result<Deeds> {
    read(connection, learner, None)
}

fn read(
    connection: &Connection,
    learner: LearnerId,
    question: Option<&str>,
) -> rusqlite::Result<Deeds> {
    let mut deeds = Deeds::new();
    let mut statement = connection.prepare_cached(DEEDS)?;
    let mut rows = statement.query((learner.0, question))?;
    while let Some(row) = rows.next()? {
        let at_ms = row.get::<_, i64>("at_ms")?.unsigned_abs();
        let named = |outcome: Option<String>| outcome.as_deref().and_then(Outcome::named);
        let judged = named(row.get("outcome")?);
        let own = named(row.get("self_outcome")?);
        let of_question = deeds
            .entry(row.get::<_, String>("question")?.into())
            .or_default();
        let mut add = |act| of_question.push(Deed { at_ms, act });
        let Some(judged) = judged else {
            add(Act::Revealed);
            continue;
        };
        add(Act::Answered {
            outcome: own.unwrap_or(judged),
            guessed: row.get("guessed")?,
        });
        // To judge themselves they were shown the answer.
        if own.is_some_and(|own| own != Outcome::Correct) {
            add(Act::Revealed);
        }
    }
    Ok(deeds)
}
