//! What is kept about a learner: to see, to take away, and to delete.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{LearnerId, Store, StoreError};
use crate::exercise::LessonSlug;

/// What is kept, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// When the learner was first here, in milliseconds since 1970.
    pub since_ms: i64,
    /// How many browsers are theirs.
    pub browsers: i64,
    /// When the recovery code was made, in milliseconds since 1970.
    pub code_ms: Option<i64>,
    /// What is kept of each lesson, by its slug.
    pub lessons: BTreeMap<LessonSlug, KeptLesson>,
}

/// What is kept of one lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KeptLesson {
    /// Answers to its questions.
    pub attempts: i64,
    /// Saved versions of the code.
    pub versions: i64,
}

impl Kept {
    /// Whether there is anything that a learner would miss: an answer or saved code.
    #[must_use]
    pub fn has_work(&self) -> bool {
        let mut lessons = self.lessons.values();
        lessons.any(|lesson| lesson.attempts + lesson.versions > 0)
    }
}

impl Store {
    /// What is kept about a learner, in numbers.
    pub async fn kept(&self, learner: LearnerId) -> Result<Kept, StoreError> {
        self.read(move |connection| {
            let count = |sql: &str| connection.query_row(sql, [learner.0], |row| row.get(0));
            let mut kept = Kept {
                since_ms: count("SELECT created_ms FROM learners WHERE id = $1")?,
                browsers: count("SELECT 1 + count(*) FROM sessions WHERE learner_id = $1")?,
                code_ms: connection.query_row(
                    "SELECT max(created_ms) FROM recovery_codes WHERE learner_id = $1",
                    [learner.0],
                    |row| row.get(0),
                )?,
                lessons: BTreeMap::new(),
            };
            kept.lessons = lessons(connection, learner)?;
            Ok(kept)
        })
        .await
    }

    /// All that is kept about a learner: each table's rows, without the hashes of secrets.
    pub async fn all_kept(&self, learner: LearnerId) -> Result<Value, StoreError> {
        self.read(move |connection| {
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
        })
        .await
    }

    /// Deletes a learner with all that is kept about them. Answers the ids of their sandboxes.
    pub async fn forget(&self, learner: LearnerId) -> Result<Vec<String>, StoreError> {
        self.write(move |connection| {
            let sandboxes = connection
                .prepare("SELECT id FROM sandboxes WHERE learner_id = $1")?
                .query_map([learner.0], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let texts = connection
                .prepare(
                    "SELECT DISTINCT text_hash
                     FROM draft_files JOIN drafts ON drafts.id = draft_files.draft_id
                     WHERE learner_id = $1",
                )?
                .query_map([learner.0], |row| row.get::<_, Vec<u8>>(0))?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            connection.execute("DELETE FROM learners WHERE id = $1", [learner.0])?;
            let mut forget = connection.prepare(
                "DELETE FROM texts WHERE hash = $1
                 AND NOT EXISTS (SELECT 1 FROM draft_files WHERE text_hash = $1)",
            )?;
            for text in texts {
                forget.execute([text])?;
            }
            Ok(sandboxes)
        })
        .await
    }
}

/// Each saved version with its files.
const DRAFTS: &str = "SELECT lesson, draft_versions.version, saved_ms, name, body
    FROM drafts
    JOIN draft_versions ON draft_versions.draft_id = drafts.id
    JOIN draft_files ON draft_files.draft_id = drafts.id
        AND draft_files.version = draft_versions.version
    JOIN texts ON texts.hash = draft_files.text_hash
    WHERE learner_id = $1 ORDER BY lesson, draft_versions.version, name";

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
