//! A learner's own projects and the snapshots of them.

use std::collections::BTreeSet;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest as _, Sha256};

use super::texts::{self, TextHash, Texts};
use super::{Writing, drafts, now_ms};
use crate::exercise::{ExerciseId, ProjectId};
use crate::project::{Contents, FileName, Project};
use crate::store::playground::{
    DELETED_LASTS, NewProject, OwnProject, PROJECTS_MOST, SNAPSHOTS_MOST, Shared, Snapshot, TooMany,
};
use crate::store::{LearnerId, SaveOutcome};

/// What a row of a snapshot weighs beside its text, in bytes, as a version of a draft is counted.
const ROW: usize = 128;

/// A project's columns, as [`own`] reads them.
const OWN: &str = "SELECT id, name, htmx, deleted_ms IS NOT NULL,
        coalesce((SELECT max(saved_ms)
            FROM drafts JOIN draft_versions ON draft_versions.draft_id = drafts.id
            WHERE drafts.learner_id = own_projects.learner_id AND drafts.lesson = 'play/' || own_projects.id), created_ms),
        (SELECT count(*) FROM snapshots WHERE project_id = own_projects.id)
    FROM own_projects";

fn own(row: &Row<'_>) -> rusqlite::Result<OwnProject> {
    Ok(OwnProject {
        id: row.get::<_, String>(0)?.into(),
        name: row.get(1)?,
        htmx: row.get(2)?,
        is_deleted: row.get(3)?,
        saved_ms: row.get(4)?,
        snapshots: row.get(5)?,
    })
}

/// Keeps a new project with the first version of its draft.
pub(super) fn add(
    writing: &Writing<'_>,
    texts: &Texts,
    learner: LearnerId,
    id: &ProjectId,
    new: &NewProject,
) -> rusqlite::Result<Result<(), TooMany>> {
    sweep_of(writing, Some(learner))?;
    let count: u32 = writing
        .prepare_cached("SELECT count(*) FROM own_projects WHERE learner_id = $1")?
        .query_row([learner.0], |row| row.get(0))?;
    if count >= PROJECTS_MOST {
        return Ok(Err(TooMany::Projects));
    }
    writing
        .prepare_cached(
            "INSERT INTO own_projects (id, learner_id, name, htmx, created_ms)
             VALUES ($1, $2, $3, $4, $5)",
        )?
        .execute((&**id, learner.0, &new.name, new.htmx, now_ms()))?;
    let exercise = ExerciseId::of_project(id);
    // It is new, so no other tab can have saved another text.
    let _: SaveOutcome = drafts::save(writing, texts, learner, &exercise, &new.files, 0)?;
    Ok(Ok(()))
}

/// A learner's projects, the one that was saved last first; those that can be brought back among them.
pub(super) fn all(
    connection: &Connection,
    learner: LearnerId,
) -> rusqlite::Result<Vec<OwnProject>> {
    connection
        .prepare_cached(&format!(
            "{OWN} WHERE learner_id = $1 AND coalesce(deleted_ms, $2) >= $2 ORDER BY 5 DESC, id"
        ))?
        .query_map((learner.0, now_ms() - DELETED_LASTS), own)?
        .collect()
}

/// One of them, where it is not deleted.
pub(super) fn one(
    connection: &Connection,
    learner: LearnerId,
    id: &ProjectId,
) -> rusqlite::Result<Option<OwnProject>> {
    connection
        .prepare_cached(&format!(
            "{OWN} WHERE learner_id = $1 AND id = $2 AND deleted_ms IS NULL"
        ))?
        .query_row((learner.0, &**id), own)
        .optional()
}

/// Gives a project another name; false where there is none.
pub(super) fn rename(
    writing: &Writing<'_>,
    learner: LearnerId,
    id: &ProjectId,
    name: &str,
) -> rusqlite::Result<bool> {
    writing.touch(learner);
    let renamed = writing
        .prepare_cached(
            "UPDATE own_projects SET name = $1 WHERE learner_id = $2 AND id = $3 AND deleted_ms IS NULL",
        )?
        .execute((name, learner.0, &**id))?;
    Ok(renamed > 0)
}

/// Marks a project as deleted, or takes that back; false where there is none.
pub(super) fn mark_deleted(
    writing: &Writing<'_>,
    learner: LearnerId,
    id: &ProjectId,
    is_deleted: bool,
) -> rusqlite::Result<bool> {
    writing.touch(learner);
    sweep_of(writing, Some(learner))?;
    let deleted_ms = is_deleted.then(now_ms);
    let marked = writing
        .prepare_cached(
            "UPDATE own_projects SET deleted_ms = $1
             WHERE (deleted_ms IS NULL) = ($1 IS NOT NULL) AND learner_id = $2 AND id = $3",
        )?
        .execute((deleted_ms, learner.0, &**id))?;
    Ok(marked > 0)
}

/// Deletes for good what was deleted for too long to be brought back: of one learner, or of all. Answers how many
/// projects that were.
pub(super) fn sweep(writing: &Writing<'_>) -> rusqlite::Result<usize> {
    sweep_of(writing, None)
}

fn sweep_of(writing: &Writing<'_>, learner: Option<LearnerId>) -> rusqlite::Result<usize> {
    let over: Vec<(i64, String)> = writing
        .prepare_cached(
            "SELECT learner_id, id FROM own_projects
             WHERE deleted_ms < $1 AND learner_id = coalesce($2, learner_id)",
        )?
        .query_map((now_ms() - DELETED_LASTS, learner.map(|it| it.0)), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (learner, id) in &over {
        remove(writing, LearnerId(*learner), &id.as_str().into())?;
    }
    Ok(over.len())
}

/// Deletes a deleted project for good; false where there is none.
pub(super) fn erase(
    writing: &Writing<'_>,
    learner: LearnerId,
    id: &ProjectId,
) -> rusqlite::Result<bool> {
    let is_there = writing
        .prepare_cached(
            "SELECT 1 FROM own_projects WHERE learner_id = $1 AND id = $2 AND deleted_ms IS NOT NULL",
        )?
        .exists((learner.0, &**id))?;
    if is_there {
        remove(writing, learner, id)?;
    }
    Ok(is_there)
}

fn remove(writing: &Writing<'_>, learner: LearnerId, id: &ProjectId) -> rusqlite::Result<()> {
    writing.touch(learner);
    writing.erase();
    let lesson = ExerciseId::of_project(id).lesson;
    let texts: BTreeSet<TextHash> = writing
        .prepare_cached(
            "SELECT text_hash FROM draft_files JOIN drafts ON drafts.id = draft_files.draft_id
             WHERE learner_id = $1 AND lesson = $2
             UNION SELECT text_hash
             FROM snapshot_files JOIN snapshots ON snapshots.id = snapshot_files.snapshot_id
             WHERE project_id = $3",
        )?
        .query_map((learner.0, &*lesson, &**id), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in ["drafts", "sandboxes"] {
        let sql = format!("DELETE FROM {table} WHERE learner_id = $1 AND lesson = $2");
        writing
            .prepare_cached(&sql)?
            .execute((learner.0, &*lesson))?;
    }
    writing
        .prepare_cached("DELETE FROM own_projects WHERE learner_id = $1 AND id = $2")?
        .execute((learner.0, &**id))?;
    texts::forget_unused(writing, texts)
}

/// Shares the newest version of a project's draft under this id, or as what it is shared already. None where there is
/// no such project.
pub(super) fn share(
    writing: &Writing<'_>,
    learner: LearnerId,
    project: &ProjectId,
    new_id: &str,
) -> rusqlite::Result<Option<Result<Shared, TooMany>>> {
    let Some(own) = one(writing, learner, project)? else {
        return Ok(None);
    };
    let files = newest_files(writing, learner, project)?;
    let hash = hash(&own, &files);
    let before = writing
        .prepare_cached("SELECT id, shared_ms FROM snapshots WHERE project_id = $1 AND hash = $2")?
        .query_row((&**project, hash), shared)
        .optional()?;
    if let Some(before) = before {
        return Ok(Some(Ok(before)));
    }
    let count: u32 = writing
        .prepare_cached("SELECT count(*) FROM snapshots WHERE learner_id = $1")?
        .query_row([learner.0], |row| row.get(0))?;
    if count >= SNAPSHOTS_MOST {
        return Ok(Some(Err(TooMany::Snapshots)));
    }
    writing.touch(learner);
    writing.kept(learner, ROW * (files.len() + 1));
    let shared_ms = now_ms();
    writing
        .prepare_cached(
            "INSERT INTO snapshots (id, learner_id, project_id, hash, name, htmx, shared_ms)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )?
        .execute((
            new_id, learner.0, &**project, hash, &own.name, own.htmx, shared_ms,
        ))?;
    let mut add = writing.prepare_cached(
        "INSERT INTO snapshot_files (snapshot_id, name, text_hash) VALUES ($1, $2, $3)",
    )?;
    for (name, text) in &files {
        add.execute((new_id, name, text))?;
    }
    Ok(Some(Ok(Shared {
        id: new_id.to_owned(),
        shared_ms,
    })))
}

fn shared(row: &Row<'_>) -> rusqlite::Result<Shared> {
    Ok(Shared {
        id: row.get(0)?,
        shared_ms: row.get(1)?,
    })
}

/// The names and hashes of the files of the newest version, by name.
fn newest_files(
    connection: &Connection,
    learner: LearnerId,
    project: &ProjectId,
) -> rusqlite::Result<Vec<(String, TextHash)>> {
    let lesson = ExerciseId::of_project(project).lesson;
    connection
        .prepare_cached(
            "SELECT name, text_hash FROM draft_files
             WHERE (draft_id, version) = (
                 SELECT draft_versions.draft_id, version
                 FROM drafts JOIN draft_versions ON draft_versions.draft_id = drafts.id
                 WHERE learner_id = $1 AND lesson = $2 ORDER BY version DESC LIMIT 1
             )
             ORDER BY name",
        )?
        .query_map((learner.0, &*lesson), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// What tells a snapshot of these files from others: its page shows the name and the version of htmx as well. A name has
/// no NUL, and each text's hash is as long as the other.
fn hash(own: &OwnProject, files: &[(String, TextHash)]) -> TextHash {
    let add = |hash: Sha256, (name, text): &(String, TextHash)| {
        hash.chain_update(name).chain_update([0]).chain_update(text)
    };
    let shown = Sha256::new()
        .chain_update(&own.name)
        .chain_update([0])
        .chain_update(own.htmx.to_be_bytes());
    files.iter().fold(shown, add).finalize().into()
}

/// The snapshots of a project, the newest first.
pub(super) fn of_project(
    connection: &Connection,
    learner: LearnerId,
    project: &ProjectId,
) -> rusqlite::Result<Vec<Shared>> {
    connection
        .prepare_cached(
            "SELECT id, shared_ms FROM snapshots
             WHERE learner_id = $1 AND project_id = $2 ORDER BY rowid DESC",
        )?
        .query_map((learner.0, &**project), shared)?
        .collect()
}

/// What is shared under an id. That of a deleted project is not, as long as it is deleted.
pub(super) fn snapshot(
    connection: &Connection,
    texts: &Texts,
    id: &str,
) -> rusqlite::Result<Option<Snapshot>> {
    let found = connection
        .prepare_cached(
            "SELECT snapshots.learner_id, project_id, snapshots.name, snapshots.htmx, shared_ms
             FROM snapshots JOIN own_projects ON own_projects.id = project_id
             WHERE snapshots.id = $1 AND deleted_ms IS NULL",
        )?
        .query_row([id], |row| {
            Ok(Snapshot {
                id: id.to_owned(),
                learner: LearnerId(row.get(0)?),
                project: row.get::<_, String>(1)?.into(),
                name: row.get(2)?,
                htmx: row.get(3)?,
                shared_ms: row.get(4)?,
                files: Project::default(),
            })
        })
        .optional()?;
    let Some(mut found) = found else {
        return Ok(None);
    };
    let files: Vec<(String, Contents)> = connection
        .prepare_cached("SELECT name, text_hash FROM snapshot_files WHERE snapshot_id = $1")?
        .query_map([id], |row| {
            let text = texts.get(connection, row.get::<_, TextHash>(1)?)?;
            Ok((row.get(0)?, text))
        })?
        .collect::<rusqlite::Result<_>>()?;
    // Only a project that kept its limits was ever saved.
    for (name, contents) in files {
        FileName::try_from(name)
            .and_then(|name| found.files.insert(name, contents))
            .map_err(|error| {
                rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
            })?;
    }
    Ok(Some(found))
}

/// Shares a snapshot no longer, and answers of which project it was; none where the learner shares no such one.
pub(super) fn take_back(
    writing: &Writing<'_>,
    learner: LearnerId,
    id: &str,
) -> rusqlite::Result<Option<ProjectId>> {
    let texts: BTreeSet<TextHash> = writing
        .prepare_cached("SELECT text_hash FROM snapshot_files WHERE snapshot_id = $1")?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let project: Option<String> = writing
        .prepare_cached(
            "DELETE FROM snapshots WHERE learner_id = $1 AND id = $2 RETURNING project_id",
        )?
        .query_row((learner.0, id), |row| row.get(0))
        .optional()?;
    let Some(project) = project else {
        return Ok(None);
    };
    writing.touch(learner);
    writing.erase();
    texts::forget_unused(writing, texts)?;
    Ok(Some(project.into()))
}
