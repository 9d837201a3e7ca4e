//! Learners who have done nothing for long.
//!
//! Time is counted back from the newest deed of all, or from now where that is earlier: nobody goes because the
//! machine's clock is wrong, or because the site had a long holiday.

use rusqlite::{Connection, OptionalExtension};

use super::{Writing, kept, now_ms};
use crate::store::{Forgotten, LearnerId};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// When a learner last did something, in milliseconds since 1970: a deed, a code, another browser.
const LAST: &str = "max(
    created_ms,
    coalesce((SELECT at_ms FROM deeds WHERE learner_id = learners.id ORDER BY number DESC LIMIT 1), 0),
    coalesce((SELECT max(created_ms) FROM sessions WHERE learner_id = learners.id), 0),
    coalesce((SELECT created_ms FROM recovery_codes WHERE learner_id = learners.id), 0)
)";

/// Those who have done nothing for so many days.
pub(super) fn all(connection: &Connection, days: u32) -> rusqlite::Result<Vec<LearnerId>> {
    let before = days_ago(connection, days)?;
    connection
        .prepare(&format!("SELECT id FROM learners WHERE {LAST} < $1"))?
        .query_map([before], |row| row.get(0).map(LearnerId))?
        .collect()
}

/// Deletes all of a learner who has still done nothing, and answers the ids of their sandboxes.
pub(super) fn forget(
    writing: &Writing<'_>,
    learner: LearnerId,
    days: u32,
) -> rusqlite::Result<Option<Forgotten>> {
    let before = days_ago(writing, days)?;
    let is_untouched = writing
        .prepare_cached(&format!(
            "SELECT 1 FROM learners WHERE {LAST} < $1 AND id = $2"
        ))?
        .exists((before, learner.0))?;
    if !is_untouched {
        return Ok(None);
    }
    kept::forget(writing, learner).map(Some)
}

fn days_ago(connection: &Connection, days: u32) -> rusqlite::Result<i64> {
    let newest = connection
        .query_row(
            "SELECT at_ms FROM deeds ORDER BY number DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    let now = now_ms();
    Ok(newest.unwrap_or(now).min(now) - i64::from(days) * DAY)
}
