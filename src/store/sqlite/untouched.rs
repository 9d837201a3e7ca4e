//! Learners who have done nothing for long.
//!
//! Time is counted back from a day on which something was done and after which something was done on other days: nobody
//! goes because the machine's clock was wrong for a while, or because the site had a long holiday.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::{Writing, kept, now_ms};
use crate::store::{Forgotten, LearnerId};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// On so many days, the last one among them, something was done since the one from which time is counted: a clock that
/// is wrong over midnight makes two.
const DAYS_OF_DEEDS: usize = 3;

/// When a learner last did something, in milliseconds since 1970: a deed, a code, another browser.
const LAST: &str = "max(
    created_ms,
    coalesce((SELECT at_ms FROM deeds WHERE learner_id = learners.id ORDER BY number DESC LIMIT 1), 0),
    coalesce((SELECT max(created_ms) FROM sessions WHERE learner_id = learners.id), 0),
    coalesce((SELECT created_ms FROM recovery_codes WHERE learner_id = learners.id), 0)
)";

/// Those who have done nothing for so many days.
pub(super) fn all(connection: &Connection, days: u32) -> rusqlite::Result<Vec<LearnerId>> {
    let Some(from) = settled(connection, days)? else {
        return Ok(Vec::new());
    };
    let before = from - i64::from(days) * DAY;
    connection
        .prepare(&format!("SELECT id FROM learners WHERE {LAST} < $1"))?
        .query_map([before], |row| row.get(0).map(LearnerId))?
        .collect()
}

/// The time from which days are counted back, if there were enough days with deeds. Those of a time that is still to
/// come are of a clock that was wrong.
fn settled(connection: &Connection, days: u32) -> rusqlite::Result<Option<i64>> {
    // Who waits for fewer days takes fewer.
    let enough = DAYS_OF_DEEDS.min(days as usize).max(1);
    let mut deeds =
        connection.prepare("SELECT at_ms FROM deeds WHERE at_ms <= $1 ORDER BY number DESC")?;
    let mut deeds = deeds.query([now_ms()])?;
    let mut found = BTreeSet::new();
    while let Some(deed) = deeds.next()? {
        let at_ms: i64 = deed.get(0)?;
        found.insert(at_ms / DAY);
        if found.len() >= enough {
            return Ok(Some(at_ms));
        }
    }
    Ok(None)
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

#[cfg(test)]
mod tests {
    use super::super::tests::{folder, learner, open};
    use super::*;
    use crate::store::Words;

    /// Has all deeds so far, and the learners, be so many days older.
    async fn days_pass(store: &super::super::Sqlite, days: i64) {
        let passed = store.write(move |writing| {
            writing.execute("UPDATE deeds SET at_ms = at_ms - $1", [days * DAY])?;
            writing.execute(
                "UPDATE learners SET created_ms = created_ms - $1",
                [days * DAY],
            )
        });
        passed.await.expect("a write");
    }

    #[tokio::test]
    async fn a_clock_that_is_ahead_for_two_days_costs_nobody_their_work() {
        let folder = folder();
        let store = open(folder.path());
        let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
        let reads = async |learner, lesson: &str| {
            let read = store.mark_read(learner, &lesson.into(), true);
            read.await.expect("a write");
        };
        for day in ["1", "2", "3"] {
            reads(ada, day).await;
            reads(bob, day).await;
            days_pass(&store, 1).await;
        }
        let untouched = async || store.untouched(30).await.expect("a read");
        // To the store this is a clock that jumps, or a holiday.
        days_pass(&store, 400).await;
        assert_eq!(untouched().await, []);
        for day in ["4", "5"] {
            reads(bob, day).await;
            assert_eq!(untouched().await, [], "{day}");
            days_pass(&store, 1).await;
        }
        reads(bob, "6").await;
        assert_eq!(untouched().await, [ada]);
    }
}
