//! Databases and logs as people lay them beside each other.

use std::fs;

use tempfile::TempDir;

use super::super::tests::{folder, learner, open};
use super::super::{FILE, Sqlite, backup};
use super::*;
use crate::budget::Quota;
use crate::store::Words;
use crate::store::announcements::Announcements;

/// What a program that was killed leaves, with so many learners.
async fn killed(learners: u8) -> TempDir {
    let (live, left) = (folder(), folder());
    let store = open(live.path());
    for token in 1..=learners {
        learner(&store, token).await;
    }
    for name in [FILE, "hxlab.db-wal"] {
        fs::copy(live.path().join(name), left.path().join(name)).expect("a copy");
    }
    left
}

fn refusal(folder: &Path) -> StoreError {
    let opened = Sqlite::open(folder, Announcements::counted_by(Quota::default()));
    opened.err().expect("a refusal")
}

/// Opening the folder is refused, and its database and its log stay as they are.
fn is_refused_untouched(folder: &Path) {
    let files = || [FILE, "hxlab.db-wal"].map(|name| fs::read(folder.join(name)).ok());
    let before = files();
    let refused = refusal(folder);
    assert!(
        matches!(refused, StoreError::ForeignLog { .. }),
        "{refused}"
    );
    let copied = backup::backup(folder, &folder.join("copy.db"));
    assert!(
        matches!(copied, Err(StoreError::ForeignLog { .. })),
        "{copied:?}"
    );
    assert!(files() == before, "nothing was changed");
}

fn learners(folder: &Path) -> u32 {
    let connection = Connection::open(folder.join(FILE)).expect("a database");
    let count = connection.query_row("SELECT count(*) FROM learners", [], |row| row.get(0));
    count.expect("a number")
}

#[tokio::test]
async fn a_backup_beside_the_log_of_the_one_it_replaced_is_refused() {
    let left = killed(2).await;
    let copy = folder();
    let copy = copy.path().join("monday.db");
    let other = killed(3).await;
    backup::backup(other.path(), &copy).expect("a backup");
    fs::copy(&copy, left.path().join(FILE)).expect("a copy");
    is_refused_untouched(left.path());
    // As the sentence says.
    backup::restore(&copy, left.path()).expect("it is restored");
    open(left.path()).close().await;
    assert_eq!(learners(left.path()), 3);
}

#[tokio::test]
async fn the_log_of_another_hxlab_is_refused() {
    let (left, other) = (killed(2).await, killed(3).await);
    let log = "hxlab.db-wal";
    fs::copy(other.path().join(log), left.path().join(log)).expect("a copy");
    is_refused_untouched(left.path());
    // As the sentence says, where the database is whole without its log.
    fs::remove_file(left.path().join(log)).expect("it is moved away");
    assert!(check(&left.path().join(FILE)).is_ok());
}

#[tokio::test]
async fn a_log_without_its_database_is_refused() {
    let left = killed(2).await;
    fs::remove_file(left.path().join(FILE)).expect("it goes");
    let refused = refusal(left.path());
    assert!(
        matches!(refused, StoreError::ForeignLog { .. }),
        "{refused}"
    );
    assert!(left.path().join("hxlab.db-wal").exists());
}

#[tokio::test]
async fn restoring_where_an_old_log_lies_alone_leaves_a_start_that_works() {
    let (left, other, copies) = (killed(2).await, killed(3).await, folder());
    let copy = copies.path().join("monday.db");
    backup::backup(other.path(), &copy).expect("a backup");
    fs::remove_file(left.path().join(FILE)).expect("it goes");
    let log = fs::read(left.path().join("hxlab.db-wal")).expect("a log");
    let kept = backup::restore(&copy, left.path()).expect("it is restored");
    let kept = kept.expect("the log is kept");
    assert!(
        kept.ends_with("hxlab.db.before-1-wal"),
        "{}",
        kept.display()
    );
    assert!(fs::read(kept).expect("a log") == log);
    open(left.path()).close().await;
    assert_eq!(learners(left.path()), 3);
}

#[tokio::test]
async fn a_journal_of_a_database_that_is_lost_is_not_played_into_the_new_one() {
    let (left, other, copies) = (folder(), killed(3).await, folder());
    let copy = copies.path().join("monday.db");
    backup::backup(other.path(), &copy).expect("a backup");
    fs::write(left.path().join("hxlab.db-journal"), "of another").expect("a file");
    backup::restore(&copy, left.path()).expect("it is restored");
    assert!(!left.path().join("hxlab.db-journal").exists());
    assert!(left.path().join("hxlab.db.before-1-journal").exists());
    open(left.path()).close().await;
    assert_eq!(learners(left.path()), 3);
}

/// What lies there at two moments of a restore that was killed.
#[tokio::test]
async fn what_a_restore_that_was_killed_has_left_is_ended_by_the_next_start() {
    let (left, other, copies) = (killed(2).await, killed(3).await, folder());
    let copy = copies.path().join("monday.db");
    backup::backup(other.path(), &copy).expect("a backup");
    let file = |name: &str| left.path().join(name);
    let link = |from: &str, to: &str| fs::hard_link(file(from), file(to)).expect("a second name");

    // Before the new one has the place: the old one is there, with its log.
    for name in ["hxlab.db.restored", "hxlab.db.restored.part"] {
        fs::copy(&copy, file(name)).expect("a copy");
    }
    link(FILE, "hxlab.db.before-1");
    link("hxlab.db-wal", "hxlab.db.before-1-wal");
    open(left.path()).close().await;
    assert_eq!(learners(left.path()), 2);
    for name in [
        "hxlab.db.restored",
        "hxlab.db.restored.part",
        "hxlab.db.before-1",
        "hxlab.db.before-1-wal",
    ] {
        assert!(!file(name).exists(), "{name}");
    }

    // After it: the log of the old one still lies beside the new one.
    let third = killed(4).await;
    fs::copy(third.path().join("hxlab.db-wal"), file("hxlab.db-wal")).expect("a log");
    link("hxlab.db-wal", "hxlab.db.before-7-wal");
    fs::rename(file(FILE), file("hxlab.db.before-7")).expect("another name");
    fs::copy(&copy, file(FILE)).expect("a copy");
    open(left.path()).close().await;
    assert_eq!(learners(left.path()), 3);
    assert!(file("hxlab.db.before-7").exists() && file("hxlab.db.before-7-wal").exists());
}

#[tokio::test]
async fn an_empty_database_is_refused() {
    let folder = folder();
    fs::write(folder.path().join(FILE), "").expect("a file");
    let refused = refusal(folder.path());
    assert!(matches!(refused, StoreError::Empty { .. }), "{refused}");
}

#[tokio::test]
async fn who_is_killed_again_and_again_loses_nothing() {
    let mut left = killed(1).await;
    for token in 2..6 {
        let store = open(left.path());
        learner(&store, token).await;
        // The log is begun anew now and then.
        if token % 2 == 0 {
            let empty = store.write(|writing| writing.execute_batch("SELECT 1"));
            empty.await.expect("a write");
            let other = Connection::open(left.path().join(FILE)).expect("a database");
            other
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
                .expect("an empty log");
            learner(&store, token + 10).await;
        }
        let next = folder();
        for name in [FILE, "hxlab.db-wal"] {
            fs::copy(left.path().join(name), next.path().join(name)).expect("a copy");
        }
        left = next;
    }
    open(left.path()).close().await;
    assert_eq!(learners(left.path()), 7);
}

#[test]
fn a_kill_at_any_step_of_adopting_a_log_leaves_what_is_known() {
    let folder = folder();
    let file = folder.path().join(FILE);
    drop(super::super::opening::open_all(&file).expect("a database"));
    for steps in 0..3 {
        let connection = super::super::schema::connect(&file).expect("a connection");
        let before: i32 = connection
            .query_row("PRAGMA application_id", [], |row| row.get(0))
            .expect("a number");
        assert_ne!(before, 0);
        if steps > 0 {
            keep(&connection, before.cast_unsigned() ^ COMING).expect("a write");
        }
        if steps > 1 {
            let log = Log::read(&beside(&file)).expect("a read").expect("a log");
            assert_ne!(log.line, before.cast_unsigned());
            keep(&connection, log.line).expect("a write");
        }
        check(&file).expect("it is the database's own");
    }
}
