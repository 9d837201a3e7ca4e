//! The versions of a draft: what each adds, and which go ([`thinning`]).

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::texts::{self, TextHash};
use super::{Writing, now_ms};
use crate::store::LearnerId;
use crate::store::thinning::{self, VersionWeight};

/// How many versions come between two looks at which may go.
const EACH: i64 = 16;
/// A version that adds so much, in bytes, has all looked at at once.
const LARGE: i64 = 256 * 1024;
/// For so long a version whose checks were run can become the one that passed, in milliseconds.
const UNDER_CHECK: i64 = 24 * 60 * 60 * 1000;

/// Notes what a version adds, and lets go of others where it is time. `before` is the version before it, 0 for none.
pub(super) fn added(
    writing: &Writing<'_>,
    learner: LearnerId,
    (draft_id, version, before): (i64, i64, i64),
) -> rusqlite::Result<()> {
    let bytes = weigh(writing, draft_id, version, before)?;
    writing.kept(learner, usize::try_from(bytes).unwrap_or_default());
    if version % EACH == 0 || bytes > LARGE {
        thin(writing, draft_id)?;
    }
    Ok(())
}

/// Keeps what a version adds to the one before it.
fn weigh(writing: &Writing<'_>, draft_id: i64, version: i64, before: i64) -> rusqlite::Result<i64> {
    writing
        .prepare_cached(
            "UPDATE draft_versions SET bytes = (
                 SELECT coalesce(sum(128 + CASE WHEN EXISTS (
                     SELECT 1 FROM draft_files AS before
                     WHERE before.draft_id = $1 AND before.version = $2
                         AND before.text_hash = draft_files.text_hash
                 ) THEN 0 ELSE octet_length(body) END), 0)
                 FROM draft_files JOIN texts ON hash = text_hash
                 WHERE draft_id = $1 AND version = $3
             )
             WHERE draft_id = $1 AND version = $3
             RETURNING bytes",
        )?
        .query_row((draft_id, before, version), |row| row.get(0))
}

/// Which versions of a draft are due to go.
pub(super) fn due(connection: &Connection, draft_id: i64) -> rusqlite::Result<Vec<u64>> {
    let now = now_ms();
    Ok(thinning::that_go(&all(connection, draft_id, now)?, now))
}

/// Lets go of the versions of a draft whose time is over. Answers how many there were.
pub(super) fn thin(writing: &Writing<'_>, draft_id: i64) -> rusqlite::Result<usize> {
    let now = now_ms();
    let versions = all(writing, draft_id, now)?;
    let go: BTreeSet<u64> = thinning::that_go(&versions, now).into_iter().collect();
    let mut texts = BTreeSet::new();
    for version in &go {
        texts.extend(delete(writing, draft_id, version.cast_signed())?);
    }
    let (mut before, mut before_went) = (0, false);
    for number in versions.iter().map(|version| version.number) {
        if go.contains(&number) {
            before_went = true;
            continue;
        }
        if before_went {
            weigh(writing, draft_id, number.cast_signed(), before)?;
        }
        (before, before_went) = (number.cast_signed(), false);
    }
    texts::forget_unused(writing, texts)?;
    Ok(go.len())
}

fn all(connection: &Connection, draft_id: i64, now: i64) -> rusqlite::Result<Vec<VersionWeight>> {
    let pinned = connection
        .prepare_cached(
            "SELECT version FROM drafts JOIN passed_challenges USING (learner_id, lesson, variant)
             WHERE drafts.id = $1
             UNION SELECT version FROM drafts JOIN check_results USING (learner_id, lesson, variant)
             WHERE drafts.id = $1 AND at_ms > $2
             UNION SELECT version FROM draft_versions
             WHERE draft_id = $1 AND version_name IS NOT NULL
             UNION SELECT version FROM (SELECT version FROM draft_versions
                 WHERE draft_id = $1 AND ran_ms IS NOT NULL
                 ORDER BY ran_ms DESC, version DESC LIMIT 1)",
        )?
        .query_map((draft_id, now - UNDER_CHECK), |row| row.get(0))?
        .collect::<rusqlite::Result<BTreeSet<i64>>>()?;
    connection
        .prepare_cached(
            "SELECT version, saved_ms, bytes FROM draft_versions WHERE draft_id = $1 ORDER BY version",
        )?
        .query_map([draft_id], |row| {
            let version: i64 = row.get(0)?;
            Ok(VersionWeight {
                number: version.unsigned_abs(),
                saved_ms: row.get(1)?,
                bytes: row.get::<_, i64>(2)?.unsigned_abs(),
                pinned: pinned.contains(&version),
            })
        })?
        .collect()
}

/// Deletes a version. Answers which texts it had.
pub(super) fn delete(
    writing: &Writing<'_>,
    draft_id: i64,
    version: i64,
) -> rusqlite::Result<BTreeSet<TextHash>> {
    let texts = writing
        .prepare_cached("SELECT text_hash FROM draft_files WHERE draft_id = $1 AND version = $2")?
        .query_map((draft_id, version), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    writing
        .prepare_cached("DELETE FROM draft_versions WHERE draft_id = $1 AND version = $2")?
        .execute((draft_id, version))?;
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::Sqlite;
    use super::super::tests::{
        exercise, folder, learner, left_by_an_earlier_program, open, project,
    };
    use super::*;
    use crate::store::{CheckResult, Words};

    const DAY: i64 = 24 * 60 * 60 * 1000;
    const VERSIONS: &str = "SELECT version FROM draft_versions ORDER BY version";
    const BYTES: &str = "SELECT bytes FROM draft_versions ORDER BY draft_id, version";

    /// Saves a version over each of these.
    async fn save_each(store: &Sqlite, ada: LearnerId, bases: Range<u64>) {
        for base in bases {
            let text = format!("// number {}", base + 1);
            let saved = store.save_draft(ada, &exercise(), &project(&text), base);
            saved.await.expect("a write");
        }
    }

    /// Keeps that a check of a version passed or not, and whether all have by now.
    async fn check(store: &Sqlite, ada: LearnerId, version: u64, passed: bool, all_passed: bool) {
        let result = CheckResult {
            check: "one".into(),
            passed,
            evidence: "{}".into(),
            version,
        };
        let added = store.add_result(ada, &exercise(), result, all_passed);
        added.await.expect("a write");
    }

    async fn numbers(store: &Sqlite, sql: &'static str) -> Vec<i64> {
        let read = store.read(move |connection| {
            let mut select = connection.prepare(sql)?;
            select.query_map([], |row| row.get(0))?.collect()
        });
        read.await.expect("a read")
    }

    /// Has what was kept until now be so much older.
    async fn later(store: &Sqlite, ms: i64) {
        let older = store.write(move |writing| {
            writing.execute(
                "UPDATE draft_versions SET saved_ms = saved_ms / $1 * $1 - $1",
                [ms],
            )?;
            writing.execute("UPDATE check_results SET at_ms = at_ms - 2 * $1", [ms])
        });
        older.await.expect("a write");
    }

    #[tokio::test]
    async fn older_versions_go_with_their_texts_and_what_passed_stays() {
        let folder = folder();
        let store = open(folder.path());
        let ada = learner(&store, 1).await;
        save_each(&store, ada, 0..15).await;
        check(&store, ada, 3, true, true).await;
        check(&store, ada, 5, false, false).await;
        assert_eq!(numbers(&store, VERSIONS).await.len(), 15);
        later(&store, 2 * DAY).await;
        save_each(&store, ada, 15..16).await;
        assert_eq!(numbers(&store, VERSIONS).await, [3, 15, 16]);
        // Those of three versions, and the page that all have.
        assert_eq!(numbers(&store, "SELECT count(*) FROM texts").await, [4]);
        let passed = store.draft_at(ada, &exercise(), 3).await.expect("a read");
        assert_eq!(passed.expect("it is there").project, project("// number 3"));
        let unused =
            "SELECT count(*) FROM texts WHERE hash NOT IN (SELECT text_hash FROM draft_files)";
        assert_eq!(numbers(&store, unused).await, [0]);
    }

    #[tokio::test]
    async fn a_version_under_check_stays_until_it_can_have_passed() {
        let folder = folder();
        let store = open(folder.path());
        let ada = learner(&store, 1).await;
        save_each(&store, ada, 0..15).await;
        later(&store, 2 * DAY).await;
        check(&store, ada, 7, true, false).await;
        save_each(&store, ada, 15..16).await;
        assert_eq!(numbers(&store, VERSIONS).await, [7, 15, 16]);
    }

    #[tokio::test]
    async fn what_has_a_name_and_the_last_good_run_stay() {
        let folder = folder();
        let store = open(folder.path());
        let ada = learner(&store, 1).await;
        save_each(&store, ada, 0..15).await;
        for version in [9, 7] {
            let noted = store.note_run(ada, &exercise(), version);
            noted.await.expect("a write");
        }
        let named = store.name_version(ada, &exercise(), 4, Some("before the rooms"));
        named.await.expect("a write");
        later(&store, 2 * DAY).await;
        save_each(&store, ada, 15..16).await;
        assert_eq!(numbers(&store, VERSIONS).await, [4, 7, 15, 16]);
    }

    #[tokio::test]
    async fn a_version_weighs_what_it_adds() {
        let folder = folder();
        let store = open(folder.path());
        let ada = learner(&store, 1).await;
        save_each(&store, ada, 0..2).await;
        let (page, server) = ("<h1>Lobby</h1>".len(), "// number 1".len());
        let bytes = numbers(&store, BYTES).await;
        let bytes: Vec<_> = bytes
            .into_iter()
            .map(|bytes| usize::try_from(bytes).expect("it is small"))
            .collect();
        assert_eq!(bytes, [256 + page + server, 256 + server]);
    }

    #[tokio::test]
    async fn what_an_earlier_program_kept_weighs_the_same() {
        let folder = left_by_an_earlier_program();
        let store = open(folder.path());
        let migrated = numbers(&store, BYTES).await;
        assert!(migrated.iter().all(|bytes| *bytes > 128), "{migrated:?}");
        let weighed = store.write(|writing| {
            let all: Vec<(i64, i64)> = writing
                .prepare("SELECT draft_id, version FROM draft_versions")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            all.iter().try_for_each(|(draft, version)| {
                weigh(writing, *draft, *version, version - 1).map(drop)
            })
        });
        weighed.await.expect("a write");
        assert_eq!(numbers(&store, BYTES).await, migrated);
    }
}
