//! What learners did at questions: answers, looks at the answer, and marks on attempts. No row of an
//! attempt is ever changed.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row};

use super::deeds::ROW;
use super::{Writing, now_ms};
use crate::exercise::{LessonSlug, QuestionId};
use crate::questions::rounds::{Act, QuestionDeed, Round, Terms};
use crate::questions::{Confidence, Outcome, QuestionVersion, Verdict};
use crate::store::{Attempt, LearnerId, Mark, Marker, NewAttempt, Taken, What};

/// What a learner did at questions, in the order in which they did it.
pub(super) const DEEDS: &str = "
    SELECT question, question_version, attempts.at_ms AS at_ms, deed, attempts.outcome AS outcome,
        coalesce(sure, '') = 'guess' AS guessed, marks.outcome AS mark
    FROM attempts LEFT JOIN marks ON attempt_id = attempts.id
    WHERE attempts.learner_id = $1 AND ($2 IS NULL OR question = $2)
    UNION ALL
    SELECT question, question_version, at_ms, deed, NULL, false, NULL FROM reveals
    WHERE learner_id = $1 AND ($2 IS NULL OR question = $2)
    ORDER BY deed";

/// All attempts at a lesson's questions, the oldest first.
pub(super) fn of_lesson(
    connection: &Connection,
    learner: LearnerId,
    lesson: &LessonSlug,
) -> rusqlite::Result<Vec<Attempt>> {
    connection
        .prepare_cached(
            "SELECT question, question_version, number, answer, attempts.outcome AS outcome, score,
                 feedback, places, sure, marks.outcome AS mark, attempts.at_ms AS at_ms
             FROM attempts LEFT JOIN marks ON attempt_id = attempts.id
             WHERE attempts.learner_id = $1 AND lesson = $2 ORDER BY attempts.id",
        )?
        .query_map((learner.0, &**lesson), attempt)?
        .collect()
}

/// What a learner did at all questions.
pub(super) fn deeds(
    connection: &Connection,
    learner: LearnerId,
) -> rusqlite::Result<HashMap<QuestionId, Vec<QuestionDeed>>> {
    read_deeds(connection, learner, None)
}

/// The round that a learner is in now at a question.
pub(super) fn round_now(
    connection: &Connection,
    learner: LearnerId,
    question: &QuestionId,
    terms: &Terms,
) -> rusqlite::Result<Round> {
    round(connection, learner, question, terms, now_ms())
}

/// Keeps an attempt, where there is a try left for it.
pub(super) fn add(
    writing: &Writing<'_>,
    learner: LearnerId,
    attempt: &NewAttempt,
    terms: &Terms,
) -> rusqlite::Result<Taken> {
    let now = now_ms();
    let round = round(writing, learner, &attempt.question, terms, now)?;
    if round.closed {
        return Ok(Taken::Closed);
    }
    if round.is_practised() {
        return Ok(Taken::Practised);
    }
    let number: u32 = writing
        .prepare_cached(
            "SELECT 1 + coalesce(max(number), 0) FROM attempts
             WHERE learner_id = $1 AND question = $2",
        )?
        .query_row((learner.0, &*attempt.question), |row| row.get(0))?;
    let answered = What::Answered {
        question: attempt.question.clone(),
        attempt: number,
        outcome: attempt.verdict.outcome,
    };
    let deed = writing.deed(learner, &attempt.lesson, answered, now)?;
    insert(writing, learner, attempt, number, (deed, now))?;
    Ok(Taken::Kept(number))
}

/// The unique index over the number stands behind the one writer: two attempts never share one.
fn insert(
    writing: &Writing<'_>,
    learner: LearnerId,
    attempt: &NewAttempt,
    number: u32,
    (deed, at_ms): (i64, i64),
) -> rusqlite::Result<()> {
    let Verdict {
        outcome,
        score,
        feedback,
        places,
    } = &attempt.verdict;
    let (feedback, places) = (json(feedback)?, json(places)?);
    let texts = [&attempt.answer, &feedback, &places].map(String::len);
    writing.kept(learner, ROW + texts.iter().sum::<usize>());
    writing
        .prepare_cached(
            "INSERT INTO attempts (learner_id, lesson, question, question_version, number, answer,
                 outcome, score, feedback, places, sure, at_ms, deed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )?
        .execute((
            learner.0,
            &*attempt.lesson,
            &*attempt.question,
            attempt.version.as_str(),
            number,
            &attempt.answer,
            outcome.name(),
            score,
            feedback,
            places,
            attempt.sure.map(Confidence::name),
            at_ms,
            deed,
        ))
        .map(drop)
}

/// Keeps a look at the answer, where it is due. Answers whether it is, or has been looked at before.
pub(super) fn reveal(
    writing: &Writing<'_>,
    learner: LearnerId,
    (lesson, question): (&LessonSlug, &QuestionId),
    terms: &Terms,
) -> rusqlite::Result<bool> {
    let now = now_ms();
    let round = round(writing, learner, question, terms, now)?;
    if round.revealed || round.right {
        return Ok(true);
    }
    if !round.may_reveal(terms.settings) {
        return Ok(false);
    }
    let revealed = What::Revealed {
        question: question.clone(),
    };
    let deed = writing.deed(learner, lesson, revealed, now)?;
    writing
        .prepare_cached(
            "INSERT INTO reveals (learner_id, question, question_version, at_ms, deed)
             VALUES ($1, $2, $3, $4, $5)",
        )?
        .execute((learner.0, &**question, terms.version.as_str(), now, deed))?;
    Ok(true)
}

/// Keeps a learner's mark on their newest attempt, where that waits for one.
pub(super) fn mark_own(
    writing: &Writing<'_>,
    learner: LearnerId,
    (lesson, question): (&LessonSlug, &QuestionId),
    outcome: Outcome,
) -> rusqlite::Result<bool> {
    let newest = writing
        .prepare_cached(
            "SELECT question, question_version, number, answer, attempts.outcome AS outcome, score,
                 feedback, places, sure, marks.outcome AS mark, attempts.at_ms AS at_ms,
                 attempts.id AS id
             FROM attempts LEFT JOIN marks ON attempt_id = attempts.id
             WHERE attempts.learner_id = $1 AND question = $2 ORDER BY number DESC LIMIT 1",
        )?
        .query_row((learner.0, &**question), |row| {
            Ok((row.get::<_, i64>("id")?, attempt(row)?))
        })
        .optional()?;
    let Some((id, newest)) = newest.filter(|(_, newest)| newest.waits_for_mark()) else {
        return Ok(false);
    };
    let now = now_ms();
    let by = Marker::Learner;
    writing
        .prepare_cached(
            "INSERT INTO marks (attempt_id, learner_id, marked_by, outcome, at_ms)
             VALUES ($1, $2, $3, $4, $5)",
        )?
        .execute((id, learner.0, by.name(), outcome.name(), now))?;
    let marked = What::Marked {
        question: question.clone(),
        attempt: newest.number,
        by,
        outcome,
    };
    writing.deed(learner, lesson, marked, now)?;
    Ok(true)
}

/// The round that a learner is in at a question.
fn round(
    connection: &Connection,
    learner: LearnerId,
    question: &QuestionId,
    terms: &Terms,
    now: i64,
) -> rusqlite::Result<Round> {
    let mut all = read_deeds(connection, learner, Some(question))?;
    let deeds = all.remove(question).unwrap_or_default();
    Ok(Round::of(&deeds, terms, now.unsigned_abs()))
}

fn read_deeds(
    connection: &Connection,
    learner: LearnerId,
    question: Option<&str>,
) -> rusqlite::Result<HashMap<QuestionId, Vec<QuestionDeed>>> {
    let mut deeds: HashMap<QuestionId, Vec<QuestionDeed>> = HashMap::new();
    let mut statement = connection.prepare_cached(DEEDS)?;
    let mut rows = statement.query((learner.0, question))?;
    while let Some(row) = rows.next()? {
        let at_ms = row.get::<_, i64>("at_ms")?.unsigned_abs();
        let version = version(row)?;
        let judged = outcome(row, "outcome")?;
        let mark = outcome(row, "mark")?;
        let question: String = row.get("question")?;
        let of_question = deeds.entry(question.into()).or_default();
        let mut add = |act| {
            of_question.push(QuestionDeed {
                at_ms,
                act,
                version: version.clone(),
            });
        };
        let Some(judged) = judged else {
            add(Act::Revealed);
            continue;
        };
        add(Act::Answered {
            outcome: mark.unwrap_or(judged),
            guessed: row.get("guessed")?,
        });
        // To mark themselves they were shown the answer.
        if mark.is_some_and(|mark| mark != Outcome::Correct) {
            add(Act::Revealed);
        }
    }
    Ok(deeds)
}

fn attempt(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    let text = |name: &str| row.get::<_, Option<String>>(name);
    let question: String = row.get("question")?;
    // Only this program writes what is read here, so a word that it does not know is damage, and counts
    // for nothing.
    let verdict = Verdict {
        outcome: outcome(row, "outcome")?.unwrap_or(Outcome::Incorrect),
        score: row.get("score")?,
        feedback: text("feedback")?.as_deref().map_or_else(Vec::new, list),
        places: text("places")?.as_deref().map_or_else(Vec::new, list),
    };
    let mark = outcome(row, "mark")?.map(|outcome| Mark {
        by: Marker::Learner,
        outcome,
    });
    Ok(Attempt {
        question: question.into(),
        version: version(row)?,
        number: row.get("number")?,
        answer: row.get("answer")?,
        verdict,
        sure: text("sure")?.as_deref().and_then(Confidence::named),
        mark,
        at_ms: row.get::<_, i64>("at_ms")?.unsigned_abs(),
    })
}

fn version(row: &Row<'_>) -> rusqlite::Result<Option<QuestionVersion>> {
    let version: Option<String> = row.get("question_version")?;
    Ok(version.map(QuestionVersion::from))
}

fn outcome(row: &Row<'_>, name: &str) -> rusqlite::Result<Option<Outcome>> {
    let word: Option<String> = row.get(name)?;
    Ok(word.as_deref().and_then(Outcome::named))
}

fn json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn list<T: serde::de::DeserializeOwned>(json: &str) -> Vec<T> {
    serde_json::from_str(json).unwrap_or_default()
}
