//! The versions of a draft as their learner sees them: in a list, by name, by the Run that started last.

use rusqlite::{Connection, OptionalExtension, Row};

use super::deeds::ROW;
use super::{Writing, now_ms};
use crate::exercise::ExerciseId;
use crate::store::version::NAMED_MOST;
use crate::store::{GoodRun, LearnerId, Naming, SavedVersion};

/// The versions before this number, the newest first, at most `limit` of them.
pub(super) fn versions(
    connection: &Connection,
    learner: LearnerId,
    exercise: &ExerciseId,
    (before, limit): (u64, u32),
) -> rusqlite::Result<Vec<SavedVersion>> {
    let before = i64::try_from(before).unwrap_or(i64::MAX);
    connection
        .prepare_cached(
            "WITH page AS (
                 SELECT version, saved_ms, ran_ms, version_name
                 FROM drafts JOIN draft_versions ON draft_id = drafts.id
                 WHERE learner_id = $1 AND lesson = $2 AND variant = $3 AND version < $4
                 ORDER BY version DESC LIMIT $5
             ), ended AS (
                 SELECT version, passed, max(id) FROM check_results
                 WHERE learner_id = $1 AND lesson = $2 AND variant = $3
                     AND version IN (SELECT version FROM page)
                 GROUP BY version, check_id
             )
             SELECT version, saved_ms, ran_ms, version_name,
                 EXISTS (SELECT 1 FROM passed_challenges
                     WHERE learner_id = $1 AND lesson = $2 AND variant = $3
                         AND passed_challenges.version = page.version),
                 (SELECT count(*) FROM ended WHERE ended.version = page.version AND passed),
                 (SELECT count(*) FROM ended WHERE ended.version = page.version AND NOT passed)
             FROM page ORDER BY version DESC",
        )?
        .query_map(
            (
                learner.0,
                &*exercise.lesson,
                &*exercise.variant,
                before,
                limit,
            ),
            saved_version,
        )?
        .collect()
}

fn saved_version(row: &Row<'_>) -> rusqlite::Result<SavedVersion> {
    Ok(SavedVersion {
        number: row.get::<_, i64>(0)?.unsigned_abs(),
        saved_ms: row.get::<_, i64>(1)?.unsigned_abs(),
        ran_ms: row.get::<_, Option<i64>>(2)?.map(i64::unsigned_abs),
        name: row.get(3)?,
        passed: row.get(4)?,
        checks_passed: row.get(5)?,
        checks_failed: row.get(6)?,
    })
}

/// The version whose Run started last.
pub(super) fn good_run(
    connection: &Connection,
    learner: LearnerId,
    exercise: &ExerciseId,
) -> rusqlite::Result<Option<GoodRun>> {
    connection
        .prepare_cached(
            "SELECT version, ran_ms FROM drafts JOIN draft_versions ON draft_id = drafts.id
             WHERE learner_id = $1 AND lesson = $2 AND variant = $3 AND ran_ms IS NOT NULL
             ORDER BY ran_ms DESC, version DESC LIMIT 1",
        )?
        .query_row((learner.0, &*exercise.lesson, &*exercise.variant), |row| {
            Ok(GoodRun {
                version: row.get::<_, i64>(0)?.unsigned_abs(),
                ran_ms: row.get::<_, i64>(1)?.unsigned_abs(),
            })
        })
        .optional()
}

/// Keeps that a Run of a version has started. A clock that was set back does not put it behind an earlier one.
pub(super) fn note_run(
    writing: &Writing<'_>,
    learner: LearnerId,
    exercise: &ExerciseId,
    version: u64,
) -> rusqlite::Result<()> {
    let last = good_run(writing, learner, exercise)?;
    let after = last.map_or(0, |last| last.ran_ms.cast_signed() + 1);
    writing
        .prepare_cached(
            "UPDATE draft_versions SET ran_ms = $1
             WHERE version = $2 AND draft_id = (
                 SELECT id FROM drafts WHERE learner_id = $3 AND lesson = $4 AND variant = $5)",
        )?
        .execute((
            now_ms().max(after),
            version.cast_signed(),
            learner.0,
            &*exercise.lesson,
            &*exercise.variant,
        ))?;
    Ok(())
}

/// Gives a version a name, or takes it away.
pub(super) fn name(
    writing: &Writing<'_>,
    learner: LearnerId,
    exercise: &ExerciseId,
    (version, name): (u64, Option<&str>),
) -> rusqlite::Result<Naming> {
    let version = version.cast_signed();
    let draft: Option<i64> = writing
        .prepare_cached(
            "SELECT draft_id FROM drafts JOIN draft_versions ON draft_id = drafts.id
             WHERE learner_id = $1 AND lesson = $2 AND variant = $3 AND version = $4",
        )?
        .query_row(
            (learner.0, &*exercise.lesson, &*exercise.variant, version),
            |row| row.get(0),
        )
        .optional()?;
    let Some(draft) = draft else {
        return Ok(Naming::NoVersion);
    };
    let others: i64 = writing
        .prepare_cached(
            "SELECT count(*) FROM draft_versions
             WHERE draft_id = $1 AND version <> $2 AND version_name IS NOT NULL",
        )?
        .query_row((draft, version), |row| row.get(0))?;
    if name.is_some() && others.unsigned_abs() >= NAMED_MOST as u64 {
        return Ok(Naming::TooMany);
    }
    writing
        .prepare_cached(
            "UPDATE draft_versions SET version_name = $1 WHERE draft_id = $2 AND version = $3",
        )?
        .execute((name, draft, version))?;
    writing.kept(learner, ROW + name.map_or(0, str::len));
    Ok(Naming::Named)
}
