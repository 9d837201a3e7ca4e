//! Challenges: how each check ended, and which challenges are passed.

use rusqlite::OptionalExtension;

use super::{LearnerId, Store, StoreError, now_ms};

/// How one check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// The check's id.
    pub check: String,
    /// Whether the application did what was expected.
    pub passed: bool,
    /// What was expected and found, as JSON.
    pub evidence: String,
    /// The version of the draft that was tried.
    pub version: u64,
}

impl Store {
    /// Keeps how a check ended; where it was the last of all that passed, that the challenge is passed.
    pub async fn add_result(
        &self,
        learner: LearnerId,
        lesson: &str,
        result: CheckResult,
        all_passed: bool,
    ) -> Result<(), StoreError> {
        let lesson = lesson.to_owned();
        self.write(move |connection| {
            let version = result.version.cast_signed();
            connection
                .prepare_cached(
                    "INSERT INTO check_results
                     (learner_id, lesson, check_id, passed, evidence, version, at_ms)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)",
                )?
                .execute((
                    learner.0,
                    &lesson,
                    result.check,
                    result.passed,
                    result.evidence,
                    version,
                    now_ms(),
                ))?;
            if all_passed {
                connection
                    .prepare_cached(
                        "INSERT INTO passed_challenges (learner_id, lesson, version, at_ms)
                         VALUES ($1, $2, $3, $4)
                         ON CONFLICT (learner_id, lesson) DO NOTHING",
                    )?
                    .execute((learner.0, &lesson, version, now_ms()))?;
            }
            Ok(())
        })
        .await
    }

    /// How each check of a lesson ended last, in no order.
    pub async fn results(
        &self,
        learner: LearnerId,
        lesson: &str,
    ) -> Result<Vec<CheckResult>, StoreError> {
        let lesson = lesson.to_owned();
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT check_id, passed, evidence, version FROM check_results
                     WHERE id IN (SELECT max(id) FROM check_results
                                  WHERE learner_id = $1 AND lesson = $2 GROUP BY check_id)",
                )?
                .query_map((learner.0, lesson), |row| {
                    Ok(CheckResult {
                        check: row.get(0)?,
                        passed: row.get(1)?,
                        evidence: row.get(2)?,
                        version: row.get::<_, i64>(3)?.unsigned_abs(),
                    })
                })?
                .collect()
        })
        .await
    }

    /// The version of the draft that passed a lesson's challenge first.
    pub async fn passed(
        &self,
        learner: LearnerId,
        lesson: &str,
    ) -> Result<Option<u64>, StoreError> {
        let lesson = lesson.to_owned();
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT version FROM passed_challenges WHERE learner_id = $1 AND lesson = $2",
                )?
                .query_row((learner.0, lesson), |row| row.get::<_, i64>(0))
                .optional()
                .map(|version| version.map(i64::unsigned_abs))
        })
        .await
    }
}
