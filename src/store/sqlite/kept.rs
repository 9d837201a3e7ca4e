//! What is kept about a learner: to see, to take away, and to delete. Which tables hold something of theirs
//! is read from the schema, so that a new one cannot be forgotten.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde_json::{Map, Value, json};

use super::Writing;
use crate::exercise::LessonSlug;
use crate::store::{Kept, KeptLesson, LearnerId};

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
    })
}

/// All of it: each table's rows, without the hashes of secrets.
pub(super) fn all(connection: &Connection, learner: LearnerId) -> rusqlite::Result<Value> {
    let mut all = Map::new();
    let about = "SELECT created_ms FROM learners WHERE id = $1";
    all.insert("learner".to_owned(), rows(connection, about, learner)?);
    for table in tables(connection)? {
        let sql = match table.as_str() {
            "drafts" => DRAFTS.to_owned(),
            // The name comes from the schema, not from outside.
            table => format!("SELECT * FROM {table} WHERE learner_id = $1"),
        };
        let found = rows(connection, &sql, learner)?;
        all.insert(table, found);
    }
    Ok(Value::Object(all))
}

/// Deletes all of it. Answers the ids of the learner's sandboxes.
pub(super) fn forget(writing: &Writing<'_>, learner: LearnerId) -> rusqlite::Result<Vec<String>> {
    writing.touch(learner);
    let sandboxes = writing
        .prepare("SELECT id FROM sandboxes WHERE learner_id = $1")?
        .query_map([learner.0], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let texts = writing
        .prepare(
            "SELECT DISTINCT text_hash
             FROM draft_files JOIN drafts ON drafts.id = draft_files.draft_id
             WHERE learner_id = $1",
        )?
        .query_map([learner.0], |row| row.get::<_, Vec<u8>>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    writing.execute("DELETE FROM learners WHERE id = $1", [learner.0])?;
    let mut forget = writing.prepare(
        "DELETE FROM texts WHERE hash = $1
         AND NOT EXISTS (SELECT 1 FROM draft_files WHERE text_hash = $1)",
    )?;
    for text in texts {
        forget.execute([text])?;
    }
    Ok(sandboxes)
}

/// Each saved version with its files.
const DRAFTS: &str = "SELECT lesson, variant, draft_versions.version, saved_ms, name, body
    FROM drafts
    JOIN draft_versions ON draft_versions.draft_id = drafts.id
    JOIN draft_files ON draft_files.draft_id = drafts.id
        AND draft_files.version = draft_versions.version
    JOIN texts ON texts.hash = draft_files.text_hash
    WHERE learner_id = $1 ORDER BY lesson, variant, draft_versions.version, name";
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

fn rows(connection: &Connection, sql: &str, learner: LearnerId) -> rusqlite::Result<Value> {
    let mut statement = connection.prepare(sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let rows = statement.query_map([learner.0], |row| object(row, &names))?;
    rows.collect::<rusqlite::Result<Vec<_>>>().map(Value::Array)
}

fn object(row: &Row<'_>, names: &[String]) -> rusqlite::Result<Value> {
    let mut object = Map::new();
    for (index, name) in names.iter().enumerate() {
        let value = match row.get_ref(index)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => json!(number),
            ValueRef::Real(number) => json!(number),
            ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
            ValueRef::Blob(_) => continue,
        };
        if name != "learner_id" {
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
            put(lessons.entry(lesson.into()).or_default(), count);
        }
        Ok(())
    };
    add(
        "SELECT lesson, 0 FROM visits WHERE learner_id = $1",
        |_, _| (),
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
