//! Which sandbox's address belongs to which draft. An address stays the same for good.

use rusqlite::{Connection, OptionalExtension};

use super::{Writing, now_ms};
use crate::exercise::{ExerciseId, LessonSlug, Variant};
use crate::store::LearnerId;

pub(super) fn id(
    connection: &Connection,
    learner: LearnerId,
    exercise: &ExerciseId,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached(
            "SELECT id FROM sandboxes WHERE learner_id = $1 AND lesson = $2 AND variant = $3",
        )?
        .query_row((learner.0, &*exercise.lesson, &*exercise.variant), |row| {
            row.get(0)
        })
        .optional()
}

pub(super) fn id_or(
    writing: &Writing<'_>,
    learner: LearnerId,
    exercise: &ExerciseId,
    new_id: &str,
) -> rusqlite::Result<String> {
    writing.touch(learner);
    writing
        .prepare_cached(
            "INSERT INTO sandboxes (id, learner_id, lesson, variant, created_ms)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (learner_id, lesson, variant) DO UPDATE SET lesson = excluded.lesson
             RETURNING id",
        )?
        .query_row(
            (
                new_id,
                learner.0,
                &*exercise.lesson,
                &*exercise.variant,
                now_ms(),
            ),
            |row| row.get(0),
        )
}

pub(super) fn owner(
    connection: &Connection,
    id: &str,
) -> rusqlite::Result<Option<(LearnerId, ExerciseId)>> {
    connection
        .prepare_cached("SELECT learner_id, lesson, variant FROM sandboxes WHERE id = $1")?
        .query_row([id], |row| {
            let exercise = ExerciseId {
                lesson: LessonSlug::from(row.get::<_, String>(1)?),
                variant: Variant::from(row.get::<_, String>(2)?),
            };
            Ok((LearnerId(row.get(0)?), exercise))
        })
        .optional()
}
