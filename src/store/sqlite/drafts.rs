//! Drafts. A version is a list of names with the hashes of their texts; a text is kept once, so that a
//! version in which one file changed costs that file.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};

use super::texts::{self, TextHash, Texts};
use super::{Writing, now_ms, versions};
use crate::exercise::ExerciseId;
use crate::project::{FileName, Project};
use crate::store::draft::{Decision, decide};
use crate::store::{Draft, LearnerId, SaveOutcome, What};

/// The newest version of a draft.
pub(super) fn newest(
    connection: &Connection,
    texts: &Texts,
    learner: LearnerId,
    exercise: &ExerciseId,
) -> rusqlite::Result<Option<Draft>> {
    connection
        .prepare_cached(
            "SELECT draft_versions.draft_id, version, saved_ms
             FROM drafts JOIN draft_versions ON draft_versions.draft_id = drafts.id
             WHERE learner_id = $1 AND lesson = $2 AND variant = $3
             ORDER BY version DESC LIMIT 1",
        )?
        .query_row((learner.0, &*exercise.lesson, &*exercise.variant), found)
        .optional()?
        .map(|found| found.draft(connection, texts))
        .transpose()
}

/// One version of a draft.
pub(super) fn at(
    connection: &Connection,
    texts: &Texts,
    learner: LearnerId,
    exercise: &ExerciseId,
    version: u64,
) -> rusqlite::Result<Option<Draft>> {
    connection
        .prepare_cached(
            "SELECT draft_versions.draft_id, version, saved_ms
             FROM drafts JOIN draft_versions ON draft_versions.draft_id = drafts.id
             WHERE learner_id = $1 AND lesson = $2 AND variant = $3 AND version = $4",
        )?
        .query_row(
            (
                learner.0,
                &*exercise.lesson,
                &*exercise.variant,
                version.cast_signed(),
            ),
            found,
        )
        .optional()?
        .map(|found| found.draft(connection, texts))
        .transpose()
}

/// Saves a project where the rule of [`decide`] lets it be.
pub(super) fn save(
    writing: &Writing<'_>,
    texts: &Texts,
    learner: LearnerId,
    exercise: &ExerciseId,
    project: &Project,
    base: u64,
) -> rusqlite::Result<SaveOutcome> {
    let newest = newest(writing, texts, learner, exercise)?;
    let before = newest.as_ref().map_or(0, |newest| newest.version);
    let version = match decide(newest, project, base) {
        Decision::Keep(version) => version,
        Decision::Answer(outcome) => return Ok(outcome),
    };
    let saved_ms = now_ms();
    let draft_id = draft_id(writing, learner, exercise)?;
    insert_version(writing, texts, (draft_id, version, saved_ms), project)?;
    let numbers = (draft_id, version.cast_signed(), before.cast_signed());
    versions::added(writing, learner, numbers)?;
    let variant = exercise.variant.clone();
    let saved = What::Saved { variant, version };
    writing.deed(learner, &exercise.lesson, saved, saved_ms)?;
    Ok(SaveOutcome::Saved {
        version,
        saved_ms: saved_ms.unsigned_abs(),
    })
}

/// A version of a draft, without its files.
struct DraftVersion {
    draft_id: i64,
    version: i64,
    saved_ms: i64,
}

fn found(row: &Row<'_>) -> rusqlite::Result<DraftVersion> {
    Ok(DraftVersion {
        draft_id: row.get(0)?,
        version: row.get(1)?,
        saved_ms: row.get(2)?,
    })
}

impl DraftVersion {
    fn draft(&self, connection: &Connection, texts: &Texts) -> rusqlite::Result<Draft> {
        let mut files = connection.prepare_cached(
            "SELECT name, text_hash FROM draft_files WHERE draft_id = $1 AND version = $2",
        )?;
        let files = files
            .query_map((self.draft_id, self.version), |row| {
                let text = texts.get(connection, row.get::<_, TextHash>(1)?)?;
                Ok((row.get::<_, String>(0)?, text))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        // Only a project that kept its limits was ever saved.
        let mut project = Project::default();
        for (name, contents) in files {
            FileName::try_from(name)
                .and_then(|name| project.insert(name, contents))
                .map_err(|error| {
                    rusqlite::Error::FromSqlConversionFailure(1, Type::Text, Box::new(error))
                })?;
        }
        Ok(Draft {
            project,
            version: self.version.unsigned_abs(),
            saved_ms: self.saved_ms.unsigned_abs(),
        })
    }
}

/// The draft's row, made if there was none.
fn draft_id(
    writing: &Writing<'_>,
    learner: LearnerId,
    exercise: &ExerciseId,
) -> rusqlite::Result<i64> {
    writing
        .prepare_cached(
            "INSERT INTO drafts (learner_id, lesson, variant) VALUES ($1, $2, $3)
             ON CONFLICT (learner_id, lesson, variant) DO UPDATE SET lesson = excluded.lesson
             RETURNING id",
        )?
        .query_row((learner.0, &*exercise.lesson, &*exercise.variant), |row| {
            row.get(0)
        })
}

fn insert_version(
    writing: &Writing<'_>,
    texts: &Texts,
    (draft_id, version, saved_ms): (i64, u64, i64),
    project: &Project,
) -> rusqlite::Result<()> {
    let version = version.cast_signed();
    writing
        .prepare_cached(
            "INSERT INTO draft_versions (draft_id, version, saved_ms) VALUES ($1, $2, $3)",
        )?
        .execute((draft_id, version, saved_ms))?;
    let mut file = writing.prepare_cached(
        "INSERT INTO draft_files (draft_id, version, name, text_hash) VALUES ($1, $2, $3, $4)",
    )?;
    for (name, body) in project.files() {
        let hash = texts::hash(body);
        texts::keep(writing, hash, body)?;
        texts.remember(hash, body.clone());
        file.execute((draft_id, version, name.as_str(), hash))?;
    }
    Ok(())
}
