//! The list of deeds. A deed is added by [`Writing::deed`], in the transaction that does it.

use rusqlite::types::Type;
use rusqlite::{Connection, Row};

use super::Writing;
use crate::exercise::LessonSlug;
use crate::store::{Deed, LearnerId, What};

/// What a row takes beside its texts, in bytes, about, with its places in indexes.
pub(super) const ROW: usize = 100;

impl Writing<'_> {
    /// Adds a deed to the list, to be announced after the commit. Answers its number.
    pub(super) fn deed(
        &self,
        learner: LearnerId,
        lesson: &LessonSlug,
        what: What,
        at_ms: i64,
    ) -> rusqlite::Result<i64> {
        let json = serde_json::to_string(&what)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        let length = json.len();
        let number: i64 = self
            .prepare_cached(
                "INSERT INTO deeds (learner_id, lesson, what, at_ms) VALUES ($1, $2, $3, $4)
                 RETURNING number",
            )?
            .query_row((learner.0, &**lesson, json, at_ms), |row| row.get(0))?;
        self.kept(learner, ROW + lesson.len() + length);
        self.done(Deed {
            number: number.unsigned_abs(),
            learner,
            lesson: lesson.clone(),
            what,
            at_ms: at_ms.unsigned_abs(),
        });
        Ok(number)
    }
}

pub(super) fn after(
    connection: &Connection,
    number: u64,
    limit: u32,
) -> rusqlite::Result<Vec<Deed>> {
    connection
        .prepare_cached(
            "SELECT number, learner_id, lesson, what, at_ms FROM deeds
             WHERE number > $1 ORDER BY number LIMIT $2",
        )?
        .query_map((number.cast_signed(), limit), deed)?
        .collect()
}

fn deed(row: &Row<'_>) -> rusqlite::Result<Deed> {
    let what = serde_json::from_str(row.get_ref(3)?.as_str()?).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(3, Type::Text, Box::new(error))
    })?;
    Ok(Deed {
        number: row.get::<_, i64>(0)?.unsigned_abs(),
        learner: LearnerId(row.get(1)?),
        lesson: LessonSlug::from(row.get::<_, String>(2)?),
        what,
        at_ms: row.get::<_, i64>(4)?.unsigned_abs(),
    })
}
