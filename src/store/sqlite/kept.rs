//! What is kept about a learner: to see, to take away, and to delete. Which tables hold something of theirs
//! is read from the schema, so that a new one cannot be forgotten.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Map, Value, json};

use super::texts::{self, TextHash};
use super::{Writing, versions};
use crate::exercise::LessonSlug;
use crate::store::{Forgotten, Kept, KeptLesson, KeptPiece, KeptPlace, LearnerId};

/// What is kept, in numbers.
pub(super) fn in_numbers(connection: &Connection, learner: LearnerId) -> rusqlite::Result<Kept> {
    let count = |sql: &str| connection.query_row(sql, [learner.0], |row| row.get(0));
    Ok(Kept {
        since_ms: count("SELECT created_ms FROM learners WHERE id = $1")?,
        browsers: count("SELECT 1 + count(*) FROM sessions WHERE learner_id = $1")?,
        code_ms: connection.query_row(
            "SELECT max(created_ms) FROM recovery_codes WHERE learner_id = $1",
            [learner.0],
            |row| row.get(0),
        )?,
        lessons: lessons(connection, learner)?,
        projects: count("SELECT count(*) FROM own_projects WHERE learner_id = $1")?,
        snapshots: count("SELECT count(*) FROM snapshots WHERE learner_id = $1")?,
    })
}

/// What comes at a place of the list of all tables: some rows, without the hashes of secrets. Of the drafts it
/// is one version with its files, of the snapshots one with its. None after the last table.
pub(super) fn piece(
    connection: &Connection,
    learner: LearnerId,
    place: KeptPlace,
) -> rusqlite::Result<Option<KeptPiece>> {
    let Some(list) = lists(connection)?.into_iter().nth(place.list) else {
        return Ok(None);
    };
    let found = match list.as_str() {
        "learner" => rows(connection, ABOUT, (learner.0, place.after.0))?,
        "drafts" => match next_version(connection, learner, place.after)? {
            Some(version) => Rows {
                last: Some(version),
                ..rows(connection, FILES, version)?
            },
            None => Rows::default(),
        },
        "snapshots" => match next_snapshot(connection, learner, place.after.0)? {
            Some(snapshot) => Rows {
                last: Some((snapshot, 0)),
                ..rows(connection, SNAPSHOT_FILES, (snapshot, 0))?
            },
            None => Rows::default(),
        },
        // The name comes from the schema, not from outside.
        table => {
            let sql = format!(
                "SELECT rowid AS row_place, * FROM {table} WHERE learner_id = $1 AND rowid > $2
                 ORDER BY rowid LIMIT {ROWS}"
            );
            rows(connection, &sql, (learner.0, place.after.0))?
        }
    };
    let next = match found.last {
        Some(after) => KeptPlace { after, ..place },
        None => KeptPlace {
            list: place.list + 1,
            ..KeptPlace::default()
        },
    };
    Ok(Some(KeptPiece {
        list,
        rows: found.rows,
        next,
    }))
}

/// The most rows of a piece.
const ROWS: usize = 500;
/// A piece is ended once it holds so many bytes of text.
const PIECE: usize = 64 * 1024;

/// Deletes all of it. Answers the ids of the learner's sandboxes.
pub(super) fn forget(writing: &Writing<'_>, learner: LearnerId) -> rusqlite::Result<Forgotten> {
    writing.touch(learner);
    writing.erase();
    let ids = |table: &str| -> rusqlite::Result<Vec<String>> {
        writing
            .prepare(&format!("SELECT id FROM {table} WHERE learner_id = $1"))?
            .query_map([learner.0], |row| row.get(0))?
            .collect()
    };
    let (sandboxes, snapshots) = (ids("sandboxes")?, ids("snapshots")?);
    let texts = writing
        .prepare(
            "SELECT text_hash
             FROM draft_files JOIN drafts ON drafts.id = draft_files.draft_id
             WHERE learner_id = $1
             UNION SELECT text_hash
             FROM snapshot_files JOIN snapshots ON snapshots.id = snapshot_files.snapshot_id
             WHERE learner_id = $1",
        )?
        .query_map([learner.0], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<TextHash>>>()?;
    writing.execute("DELETE FROM learners WHERE id = $1", [learner.0])?;
    texts::forget_unused(writing, texts)?;
    Ok(Forgotten {
        sandboxes,
        snapshots,
    })
}

/// Deletes a version of the learner's drafts, so that the log of what is deleted stays short. Answers whether there
/// was one.
pub(super) fn forget_some(writing: &Writing<'_>, learner: LearnerId) -> rusqlite::Result<bool> {
    let Some((draft, version)) = next_version(writing, learner, (0, 0))? else {
        return Ok(false);
    };
    writing.touch(learner);
    writing.erase();
    let texts = versions::delete(writing, draft, version)?;
    texts::forget_unused(writing, texts)?;
    Ok(true)
}

const ABOUT: &str = "SELECT id AS row_place, created_ms FROM learners WHERE id = $1 AND id > $2";

/// The files of one saved version.
const FILES: &str = "SELECT lesson, variant, draft_versions.version, version_name, saved_ms, ran_ms, name, body, packed
    FROM drafts
    JOIN draft_versions ON draft_versions.draft_id = drafts.id
    JOIN draft_files ON draft_files.draft_id = drafts.id
        AND draft_files.version = draft_versions.version
    JOIN texts ON texts.hash = draft_files.text_hash
    WHERE drafts.id = $1 AND draft_versions.version = $2 ORDER BY name";

/// The files of one snapshot. (The second value is for the sake of the call.)
const SNAPSHOT_FILES: &str =
    "SELECT snapshots.id AS snapshot, project_id, snapshots.name AS project, htmx, shared_ms,
        snapshot_files.name, body, packed
    FROM snapshots
    JOIN snapshot_files ON snapshot_files.snapshot_id = snapshots.id
    JOIN texts ON texts.hash = snapshot_files.text_hash
    WHERE snapshots.rowid = $1 AND $2 = 0 ORDER BY snapshot_files.name";

/// The snapshot after this one, by its place among all.
fn next_snapshot(
    connection: &Connection,
    learner: LearnerId,
    after: i64,
) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT rowid FROM snapshots WHERE learner_id = $1 AND rowid > $2 ORDER BY rowid LIMIT 1",
        )?
        .query_row((learner.0, after), |row| row.get(0))
        .optional()
}

/// The saved version after this one: its draft and its number.
fn next_version(
    connection: &Connection,
    learner: LearnerId,
    (draft, version): (i64, i64),
) -> rusqlite::Result<Option<(i64, i64)>> {
    connection
        .prepare_cached(
            "SELECT draft_id, version FROM drafts
             JOIN draft_versions ON draft_versions.draft_id = drafts.id
             WHERE learner_id = $1 AND (draft_id, version) > ($2, $3)
             ORDER BY draft_id, version LIMIT 1",
        )?
        .query_row((learner.0, draft, version), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
}

/// The learner, then the tables whose rows belong to them.
fn lists(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut lists = vec!["learner".to_owned()];
    lists.extend(tables(connection)?);
    Ok(lists)
}

/// The tables whose rows belong to a learner.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare(
            "SELECT tables.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
             WHERE tables.type = 'table' AND columns.name = 'learner_id' ORDER BY tables.name",
        )?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// Rows of a list, and the place of the last one; no place where there are none.
#[derive(Default)]
struct Rows {
    rows: Vec<Value>,
    last: Option<(i64, i64)>,
}

/// Reads rows until they are enough for a piece. A list of files is whole: a version is bounded by itself.
fn rows(connection: &Connection, sql: &str, place: (i64, i64)) -> rusqlite::Result<Rows> {
    let mut statement = connection.prepare_cached(sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let is_placed = names.first().is_some_and(|name| name == PLACE);
    let mut found = Rows::default();
    let mut bytes = 0;
    let mut next = statement.query(place)?;
    while let Some(row) = next.next()? {
        let value = object(row, &names)?;
        bytes += value.to_string().len();
        found.rows.push(value);
        if is_placed {
            found.last = Some((row.get(0)?, 0));
            if bytes > PIECE {
                break;
            }
        }
    }
    Ok(found)
}

/// The column of what a file holds, and the one behind it: whether that is compressed; other blobs are hashes of
/// secrets.
const BODY: &str = "body";
const PACKED: &str = "packed";

/// The column by which a list goes on; not for people.
const PLACE: &str = "row_place";

fn object(row: &Row<'_>, names: &[String]) -> rusqlite::Result<Value> {
    let mut object = Map::new();
    for (index, name) in names.iter().enumerate() {
        let value = match row.get_ref(index)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => json!(number),
            ValueRef::Real(number) => json!(number),
            ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
            body @ ValueRef::Blob(_) if name == BODY => {
                json!(texts::contents(row, body, index + 1)?)
            }
            ValueRef::Blob(_) => continue,
        };
        if !["learner_id", PLACE, PACKED].contains(&name.as_str()) {
            object.insert(name.clone(), value);
        }
    }
    Ok(Value::Object(object))
}

fn lessons(
    connection: &Connection,
    learner: LearnerId,
) -> rusqlite::Result<BTreeMap<LessonSlug, KeptLesson>> {
    let mut lessons: BTreeMap<LessonSlug, KeptLesson> = BTreeMap::new();
    let mut add = |sql: &str, put: fn(&mut KeptLesson, i64)| -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(sql)?;
        let found = statement.query_map([learner.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in found {
            let (lesson, count): (String, i64) = row?;
            let lesson = LessonSlug::from(lesson);
            if lesson.project().is_none() {
                put(lessons.entry(lesson).or_default(), count);
            }
        }
        Ok(())
    };
    add(
        "SELECT lesson, 0 FROM visits WHERE learner_id = $1",
        |_, _| (),
    )?;
    add(
        "SELECT lesson, count(*) FROM ticks WHERE learner_id = $1 GROUP BY lesson",
        |lesson, count| lesson.steps = count,
    )?;
    add(
        "SELECT lesson, count(*) FROM attempts WHERE learner_id = $1 GROUP BY lesson",
        |lesson, count| lesson.attempts = count,
    )?;
    add(
        "SELECT lesson, count(*)
         FROM drafts JOIN draft_versions ON draft_versions.draft_id = drafts.id
         WHERE learner_id = $1 GROUP BY lesson",
        |lesson, count| lesson.versions = count,
    )?;
    Ok(lessons)
}
