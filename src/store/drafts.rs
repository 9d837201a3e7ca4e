//! Drafts: every saved version of a learner's project for a lesson.
//!
//! A version is a list of names with the hashes of their texts; a text is kept once, so that a
//! version in which one file changed costs that file.

use std::sync::Arc;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use super::{LearnerId, Store, StoreError, now_ms};
use crate::project::Project;

/// A learner's saved project for one lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The files.
    pub project: Project,
    /// Which version this is, from 1.
    pub version: u64,
    /// When it was saved, in milliseconds since 1970.
    pub saved_ms: u64,
}

/// What became of a draft that was to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    /// It is the draft now; a text that was saved already keeps its version.
    Saved {
        /// The version that holds it.
        version: u64,
        /// When that was saved, in milliseconds since 1970.
        saved_ms: u64,
    },
    /// Another tab saved something else since the version that this one began from.
    Conflict(Draft),
}

impl Store {
    /// The newest version of a draft.
    pub async fn draft(
        &self,
        learner: LearnerId,
        lesson: &str,
    ) -> Result<Option<Draft>, StoreError> {
        let lesson = lesson.to_owned();
        self.read(
            move |connection| match newest(connection, learner, &lesson)? {
                Some(newest) => newest.draft(connection).map(Some),
                None => Ok(None),
            },
        )
        .await
    }

    /// One version of a draft.
    pub async fn draft_at(
        &self,
        learner: LearnerId,
        lesson: &str,
        version: u64,
    ) -> Result<Option<Draft>, StoreError> {
        let lesson = lesson.to_owned();
        self.read(move |connection| {
            let version = connection
                .prepare_cached(
                    "SELECT draft_versions.draft_id, version, saved_ms
                     FROM drafts JOIN draft_versions ON draft_versions.draft_id = drafts.id
                     WHERE learner_id = $1 AND lesson = $2 AND version = $3",
                )?
                .query_row((learner.0, lesson, version.cast_signed()), found)
                .optional()?;
            version.map(|found| found.draft(connection)).transpose()
        })
        .await
    }

    /// Saves a project that was made from version `base` of the draft (0 when there was none).
    pub async fn save_draft(
        &self,
        learner: LearnerId,
        lesson: &str,
        project: &Project,
        base: u64,
    ) -> Result<SaveOutcome, StoreError> {
        let lesson = lesson.to_owned();
        // Its texts are shared, not copied.
        let project = project.clone();
        self.write(move |connection| {
            let Some(newest) = newest(connection, learner, &lesson)? else {
                let draft_id = insert_draft(connection, learner, &lesson)?;
                return save_version(connection, draft_id, 1, &project);
            };
            let draft = newest.draft(connection)?;
            if draft.project == project {
                return Ok(SaveOutcome::Saved {
                    version: draft.version,
                    saved_ms: draft.saved_ms,
                });
            }
            if draft.version != base {
                return Ok(SaveOutcome::Conflict(draft));
            }
            save_version(connection, newest.draft_id, newest.version + 1, &project)
        })
        .await
    }
}

/// A version of a draft, without its files.
struct Found {
    draft_id: i64,
    version: i64,
    saved_ms: i64,
}

fn newest(
    connection: &Connection,
    learner: LearnerId,
    lesson: &str,
) -> rusqlite::Result<Option<Found>> {
    connection
        .prepare_cached(
            "SELECT draft_versions.draft_id, version, saved_ms
             FROM drafts JOIN draft_versions ON draft_versions.draft_id = drafts.id
             WHERE learner_id = $1 AND lesson = $2
             ORDER BY version DESC LIMIT 1",
        )?
        .query_row((learner.0, lesson), found)
        .optional()
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        draft_id: row.get(0)?,
        version: row.get(1)?,
        saved_ms: row.get(2)?,
    })
}

impl Found {
    fn draft(&self, connection: &Connection) -> rusqlite::Result<Draft> {
        let mut files = connection.prepare_cached(
            "SELECT name, body
             FROM draft_files JOIN texts ON texts.hash = draft_files.text_hash
             WHERE draft_id = $1 AND version = $2",
        )?;
        let files = files
            .query_map((self.draft_id, self.version), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Arc<str>>(1)?))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        // Only a project that kept its limits was ever saved.
        let project = Project::from_texts(files).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(1, Type::Text, Box::new(error))
        })?;
        Ok(Draft {
            project,
            version: self.version.unsigned_abs(),
            saved_ms: self.saved_ms.unsigned_abs(),
        })
    }
}

fn insert_draft(
    connection: &Connection,
    learner: LearnerId,
    lesson: &str,
) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("INSERT INTO drafts (learner_id, lesson) VALUES ($1, $2) RETURNING id")?
        .query_row((learner.0, lesson), |row| row.get(0))
}

fn save_version(
    connection: &Connection,
    draft_id: i64,
    version: i64,
    project: &Project,
) -> rusqlite::Result<SaveOutcome> {
    let saved_ms = now_ms();
    connection
        .prepare_cached(
            "INSERT INTO draft_versions (draft_id, version, saved_ms) VALUES ($1, $2, $3)",
        )?
        .execute((draft_id, version, saved_ms))?;
    let mut text = connection.prepare_cached(
        "INSERT INTO texts (hash, body) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
    )?;
    let mut file = connection.prepare_cached(
        "INSERT INTO draft_files (draft_id, version, name, text_hash) VALUES ($1, $2, $3, $4)",
    )?;
    for (name, body) in project.files() {
        let hash: [u8; 32] = Sha256::digest(body.as_bytes()).into();
        text.execute((hash, body))?;
        file.execute((draft_id, version, name.as_str(), hash))?;
    }
    Ok(SaveOutcome::Saved {
        version: version.unsigned_abs(),
        saved_ms: saved_ms.unsigned_abs(),
    })
}
