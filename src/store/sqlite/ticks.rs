//! Which steps of lessons are done.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::deeds::ROW;
use super::{Writing, now_ms};
use crate::exercise::{ExerciseId, LessonSlug, StepId};
use crate::store::{LearnerId, What};

/// Ticks steps that are not ticked yet; answers all that are.
pub(super) fn add(
    writing: &Writing<'_>,
    learner: LearnerId,
    exercise: &ExerciseId,
    steps: &[StepId],
) -> rusqlite::Result<Vec<StepId>> {
    let now = now_ms();
    for step in steps {
        let added = writing
            .prepare_cached(
                "INSERT INTO ticks (learner_id, lesson, variant, step_id, at_ms)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (learner_id, lesson, variant, step_id) DO NOTHING",
            )?
            .execute((
                learner.0,
                &*exercise.lesson,
                &*exercise.variant,
                &**step,
                now,
            ))?;
        if added > 0 {
            writing.kept(learner, ROW + step.len());
            let ticked = What::Ticked {
                variant: exercise.variant.clone(),
                step: step.clone(),
            };
            writing.deed(learner, &exercise.lesson, ticked, now)?;
        }
    }
    of_exercise(writing, learner, exercise)
}

/// Those of an exercise, in the order in which they were ticked.
pub(super) fn of_exercise(
    connection: &Connection,
    learner: LearnerId,
    exercise: &ExerciseId,
) -> rusqlite::Result<Vec<StepId>> {
    connection
        .prepare_cached(
            "SELECT step_id FROM ticks WHERE learner_id = $1 AND lesson = $2 AND variant = $3
             ORDER BY at_ms, step_id",
        )?
        .query_map((learner.0, &*exercise.lesson, &*exercise.variant), |row| {
            Ok(StepId::from(row.get::<_, String>(0)?))
        })?
        .collect()
}

/// Those of all lessons, in whichever variant.
pub(super) fn all(
    connection: &Connection,
    learner: LearnerId,
) -> rusqlite::Result<HashMap<LessonSlug, HashSet<StepId>>> {
    let mut ticked: HashMap<LessonSlug, HashSet<StepId>> = HashMap::new();
    let mut ticks =
        connection.prepare_cached("SELECT lesson, step_id FROM ticks WHERE learner_id = $1")?;
    let ticks = ticks.query_map([learner.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for tick in ticks {
        let (lesson, step): (String, String) = tick?;
        ticked.entry(lesson.into()).or_default().insert(step.into());
    }
    Ok(ticked)
}
