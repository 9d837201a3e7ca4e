//! How checks ended, and which challenges are passed.

use rusqlite::{Connection, OptionalExtension};

use super::deeds::ROW;
use super::{Writing, now_ms};
use crate::exercise::ExerciseId;
use crate::store::{CheckResult, LearnerId, What};

pub(super) fn add_result(
    writing: &Writing<'_>,
    learner: LearnerId,
    exercise: &ExerciseId,
    result: &CheckResult,
    all_passed: bool,
) -> rusqlite::Result<()> {
    let now = now_ms();
    writing
        .prepare_cached(
            "INSERT INTO check_results
             (learner_id, lesson, variant, check_id, passed, evidence, version, at_ms)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )?
        .execute((
            learner.0,
            &*exercise.lesson,
            &*exercise.variant,
            &result.check,
            result.passed,
            &result.evidence,
            result.version.cast_signed(),
            now,
        ))?;
    writing.kept(learner, ROW + result.evidence.len());
    let checked = What::Checked {
        variant: exercise.variant.clone(),
        check: result.check.clone(),
        passed: result.passed,
    };
    writing.deed(learner, &exercise.lesson, checked, now)?;
    if all_passed {
        pass(writing, learner, exercise, result.version, now)?;
    }
    Ok(())
}

fn pass(
    writing: &Writing<'_>,
    learner: LearnerId,
    exercise: &ExerciseId,
    version: u64,
    now: i64,
) -> rusqlite::Result<()> {
    let passed = writing
        .prepare_cached(
            "INSERT INTO passed_challenges (learner_id, lesson, variant, version, at_ms)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (learner_id, lesson, variant) DO NOTHING",
        )?
        .execute((
            learner.0,
            &*exercise.lesson,
            &*exercise.variant,
            version.cast_signed(),
            now,
        ))?;
    if passed > 0 {
        let variant = exercise.variant.clone();
        let passed = What::Passed { variant, version };
        writing.deed(learner, &exercise.lesson, passed, now)?;
    }
    Ok(())
}

pub(super) fn results(
    connection: &Connection,
    learner: LearnerId,
    exercise: &ExerciseId,
) -> rusqlite::Result<Vec<CheckResult>> {
    connection
        .prepare_cached(
            "SELECT check_id, passed, evidence, version FROM check_results
             WHERE id IN (SELECT max(id) FROM check_results
                          WHERE learner_id = $1 AND lesson = $2 AND variant = $3
                          GROUP BY check_id)",
        )?
        .query_map((learner.0, &*exercise.lesson, &*exercise.variant), |row| {
            Ok(CheckResult {
                check: row.get(0)?,
                passed: row.get(1)?,
                evidence: row.get(2)?,
                version: row.get::<_, i64>(3)?.unsigned_abs(),
            })
        })?
        .collect()
}

pub(super) fn passed(
    connection: &Connection,
    learner: LearnerId,
    exercise: &ExerciseId,
) -> rusqlite::Result<Option<u64>> {
    connection
        .prepare_cached(
            "SELECT version FROM passed_challenges
             WHERE learner_id = $1 AND lesson = $2 AND variant = $3",
        )?
        .query_row((learner.0, &*exercise.lesson, &*exercise.variant), |row| {
            row.get::<_, i64>(0)
        })
        .optional()
        .map(|version| version.map(i64::unsigned_abs))
}
