//! What holds of SQLite's way alone: its file, its disk, and databases that earlier programs left.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use rusqlite::StatementStatus;
use tempfile::TempDir;

use super::*;
use crate::budget::Quota;
use crate::exercise::Variant;
use crate::project::FileName;
use crate::store::announcements::Announcements;
use crate::store::{Store, What};

#[path = "sqlite_tests/damage.rs"]
mod damage;
#[path = "sqlite_tests/earlier.rs"]
mod earlier;

pub(super) fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

pub(super) fn open(folder: &Path) -> Sqlite {
    Sqlite::open(folder, Announcements::counted_by(Quota::default())).expect("a database opens")
}

pub(super) async fn learner(store: &Sqlite, token: u8) -> LearnerId {
    let learner = store.create_learner([token; 32]);
    learner.await.expect("a new learner")
}

pub(super) fn exercise() -> ExerciseId {
    ExerciseId {
        lesson: "lobby".into(),
        variant: Variant::of_htmx(2),
    }
}

pub(super) fn project(text: &str) -> Project {
    Project::from_texts([("index.html", "<h1>Lobby</h1>"), ("server.js", text)])
        .expect("a small project")
}

#[tokio::test]
async fn each_text_is_kept_once() {
    let folder = folder();
    let store = open(folder.path());
    let ada = learner(&store, 1).await;
    for (text, base) in [("1", 0), ("2", 1), ("1", 2)] {
        let saved = store.save_draft(ada, &exercise(), &project(text), base);
        saved.await.expect("a write");
    }
    let counts = store.read(|connection| {
        let count = |table: &str| {
            let sql = format!("SELECT count(*) FROM {table}");
            connection.query_row(&sql, [], |row| row.get(0))
        };
        Ok::<(i64, i64), _>((count("draft_versions")?, count("texts")?))
    });
    assert_eq!(counts.await.expect("a read"), (3, 3));
}

#[tokio::test]
async fn bytes_are_never_taken_for_a_text_of_the_same_bytes() {
    let folder = folder();
    let store = open(folder.path());
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    let text = Project::from_texts([("data.bin", "a\0b")]).expect("a small project");
    let mut bytes = Project::default();
    let name = FileName::try_from("data.bin").expect("a plain name");
    bytes.insert_bytes(name, b"a\0b").expect("a small file");
    for (learner, project) in [(ada, &text), (bob, &bytes)] {
        let saved = store.save_draft(learner, &exercise(), project, 0);
        saved.await.expect("a write");
    }
    store.close().await;
    drop(store);
    let store = open(folder.path());
    for (learner, project) in [(ada, text), (bob, bytes)] {
        let draft = store.draft(learner, &exercise()).await.expect("a read");
        assert_eq!(draft.expect("a draft").project, project);
    }
    let place = KeptPlace {
        list: lists_before_drafts(&store, bob).await,
        ..KeptPlace::default()
    };
    let piece = store.kept_piece(bob, place).await.expect("a read");
    let body = &piece.expect("the drafts").rows[0]["body"];
    assert_eq!(*body, serde_json::json!({ "base64": "YQBi" }));
}

/// The number of lists that come before that of the drafts.
async fn lists_before_drafts(store: &Sqlite, learner: LearnerId) -> usize {
    for list in 0.. {
        let place = KeptPlace {
            list,
            ..KeptPlace::default()
        };
        let piece = store.kept_piece(learner, place).await.expect("a read");
        if piece.expect("a list").list == "drafts" {
            return list;
        }
    }
    unreachable!("the lists end")
}

#[tokio::test]
async fn a_statement_is_prepared_once_for_all_learners() {
    let folder = folder();
    let prepared_anew = open(folder.path()).read(|connection| {
        for learner in 1..4 {
            attempts::deeds(connection, LearnerId(learner))?;
        }
        let statement = connection.prepare_cached(attempts::DEEDS)?;
        Ok(statement.get_status(StatementStatus::RePrepare))
    });
    assert_eq!(prepared_anew.await.expect("a read"), 0);
}

#[tokio::test]
async fn what_is_kept_comes_a_version_at_a_time() {
    let folder = folder();
    let store = open(folder.path());
    let ada = learner(&store, 1).await;
    let bob = learner(&store, 2).await;
    for base in 0..5 {
        let saved = store.save_draft(ada, &exercise(), &project(&base.to_string()), base);
        saved.await.expect("a write");
    }
    let saved = store.save_draft(bob, &exercise(), &project("bob's"), 0);
    saved.await.expect("a write");
    let (mut versions, mut lists) = (Vec::new(), Vec::new());
    let mut place = KeptPlace::default();
    while let Some(piece) = store.kept_piece(ada, place).await.expect("a read") {
        place = piece.next;
        if piece.list == "drafts" && !piece.rows.is_empty() {
            assert_eq!(piece.rows.len(), 2, "the files of one version");
            versions.push(piece.rows[1]["body"].clone());
        }
        lists.push((piece.list, piece.rows.len()));
    }
    assert_eq!(versions, ["0", "1", "2", "3", "4"]);
    assert!(lists.contains(&("learner".to_owned(), 1)));
    assert!(lists.contains(&("deeds".to_owned(), 5)));
}

#[tokio::test]
async fn a_write_that_was_answered_is_there_without_a_close() {
    let folder = folder();
    let store = open(folder.path());
    let ada = learner(&store, 1).await;
    store
        .save_draft(ada, &exercise(), &project("1"), 0)
        .await
        .expect("a write");
    // What a process that was killed leaves behind.
    let left = tempfile::tempdir().expect("a temporary folder");
    for name in ["hxlab.db", "hxlab.db-wal"] {
        fs::copy(folder.path().join(name), left.path().join(name)).expect("a copy");
    }
    let after = open(left.path());
    let draft = after
        .draft(ada, &exercise())
        .await
        .expect("a read")
        .expect("the draft");
    assert_eq!(draft.version, 1);
}

#[tokio::test]
async fn a_backup_takes_away_what_one_that_was_killed_has_left() {
    let folder = folder();
    let store = open(folder.path());
    learner(&store, 1).await;
    let copy = folder.path().join("monday.db");
    let left = ["monday.db.part", "monday.db.part-journal"].map(|name| folder.path().join(name));
    for file in &left {
        fs::write(file, "half").expect("a file");
    }
    backup::backup(folder.path(), &copy).expect("a backup");
    assert!(!left.iter().any(|file| file.exists()));
    assert!(wal::check(&copy).is_ok());
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_goes_on_reading() {
    let folder = folder();
    let store = open(folder.path());
    let ada = learner(&store, 1).await;
    store
        .save_draft(ada, &exercise(), &project("1"), 0)
        .await
        .expect("a write");
    let pages = |limit: i64| {
        move |connection: &Writing<'_>| {
            connection.query_row(&format!("PRAGMA max_page_count = {limit}"), [], |_| Ok(()))
        }
    };
    store
        .write(pages(1))
        .await
        .expect("no room for another page");
    // What compresses well would find room.
    let numbers = (0..40_000_u64).map(|number| (number * number * 7919).to_string());
    let big = project(&numbers.collect::<Vec<_>>().concat()[..200_000]);
    let refused = store.save_draft(ada, &exercise(), &big, 1).await;
    assert!(matches!(refused, Err(StoreError::Full)), "{refused:?}");
    let draft = store
        .draft(ada, &exercise())
        .await
        .expect("a read")
        .expect("the draft");
    assert_eq!(draft.project, project("1"));

    store.write(pages(100_000)).await.expect("room again");
    let saved = store
        .save_draft(ada, &exercise(), &big, 1)
        .await
        .expect("a write");
    assert!(
        matches!(saved, SaveOutcome::Saved { version: 2, .. }),
        "{saved:?}"
    );
}

#[test]
fn a_store_that_cannot_open_says_what_to_do() {
    let folder = folder();
    let sentence = |path: &Path| {
        let fault = Store::open(path, Quota::default())
            .err()
            .expect("does not open");
        fault
            .to_string()
            .replace(&folder.path().display().to_string(), "…")
    };
    let file = folder.path().join("file");
    fs::write(&file, "text").expect("a small file");
    insta::assert_snapshot!(
        sentence(&file.join("sub")),
        @"cannot make the data folder …/file/sub: Not a directory (os error 20); name another one with --data DIR"
    );

    fs::write(folder.path().join(FILE), "text ".repeat(1000)).expect("a file");
    insta::assert_snapshot!(
        sentence(folder.path()),
        @"…/hxlab.db is not a database of hxlab, or is damaged; put a backup in its place with `hxlab restore FILE`, or name another folder with --data DIR"
    );

    fs::remove_file(folder.path().join(FILE)).expect("no file again");
    let newer = Connection::open(folder.path().join(FILE)).expect("a database");
    newer
        .pragma_update(None, "user_version", 99)
        .expect("a number");
    drop(newer);
    insta::assert_snapshot!(
        sentence(folder.path()),
        @"…/hxlab.db was written by a newer hxlab (its schema is 99, this program knows 11); start the newer program, or name another folder with --data DIR"
    );
}

/// A folder with the database that hxlab 0.1.0 left, at schema 4, in SQL.
pub(super) fn left_by_an_earlier_program() -> TempDir {
    let folder = folder();
    let connection = Connection::open(folder.path().join(FILE)).expect("a database");
    connection
        .pragma_update(None, "foreign_keys", false)
        .expect("tables come in the order of their names");
    connection
        .execute_batch(include_str!("../../tests/fixtures/store/schema-4.sql"))
        .expect("the database is made");
    folder
}

/// Whether bytes stand in any file of a data folder, deleted or not.
fn is_on_the_disk(folder: &TempDir, part: &[u8]) -> bool {
    let files = fs::read_dir(folder.path()).expect("a folder").flatten();
    let mut bytes = files.map(|file| fs::read(file.path()).expect("a file"));
    bytes.any(|bytes| {
        let mut windows = bytes.windows(part.len());
        windows.any(|window| window == part)
    })
}

#[tokio::test]
async fn what_is_deleted_is_gone_from_the_disk() {
    let folder = folder();
    let store = open(folder.path());
    let ada = learner(&store, 1).await;
    let numbers = (0..20_000).map(|number: u32| number.to_string());
    let long = numbers.collect::<Vec<_>>().join(" ");
    let saved = store.save_draft(ada, &exercise(), &project(&long), 0);
    saved.await.expect("a write");
    let bodies = store.read(|connection| {
        let mut bodies = connection.prepare("SELECT CAST(body AS BLOB) FROM texts")?;
        bodies
            .query_map([], |row| row.get::<_, Vec<u8>>(0))?
            .collect()
    });
    let bodies: Vec<Vec<u8>> = bodies.await.expect("a read");
    let longest = bodies.iter().max_by_key(|body| body.len());
    // As it is kept, from one of its pages.
    let part = &longest.expect("a text")[5000..5050];
    assert!(is_on_the_disk(&folder, part));
    store.forget(ada).await.expect("a write");
    assert!(!is_on_the_disk(&folder, part));
}

#[tokio::test]
async fn what_is_deleted_while_somebody_reads_is_gone_soon_after() {
    let folder = folder();
    let store = open(folder.path());
    let ada = learner(&store, 1).await;
    let saved = store.save_draft(ada, &exercise(), &project("Ada's own words."), 0);
    saved.await.expect("a write");
    let reader = schema::connect(&folder.path().join(FILE)).expect("a database");
    reader.execute_batch("BEGIN").expect("it begins");
    let count = "SELECT count(*) FROM drafts";
    let count: i64 = reader
        .query_row(count, [], |row| row.get(0))
        .expect("a read");
    assert_eq!(count, 1);
    store.forget(ada).await.expect("a write");
    learner(&store, 2).await;
    assert!(is_on_the_disk(&folder, b"Ada's own"), "it is still read");
    drop(reader);
    learner(&store, 3).await;
    assert!(!is_on_the_disk(&folder, b"Ada's own"));
}

#[tokio::test]
async fn a_second_program_learns_who_has_the_folder() {
    let folder = folder();
    let store = open(folder.path());
    let second = Sqlite::open(folder.path(), Announcements::counted_by(Quota::default()));
    let sentence = second.err().expect("one at a time").to_string();
    let whose = format!(
        "is in use by another hxlab (process {})",
        std::process::id()
    );
    assert!(sentence.contains(&whose), "{sentence}");
    store.close().await;
    open(folder.path());
}

#[tokio::test]
async fn a_copy_made_in_use_is_put_back() {
    let folder = folder();
    let store = open(folder.path());
    let ada = learner(&store, 1).await;
    let save = |text: &str, base| store.save_draft(ada, &exercise(), &project(text), base);
    save("before", 0).await.expect("a write");
    let copy = folder.path().join("copy.db");
    backup::backup(folder.path(), &copy).expect("a copy");
    assert!(
        backup::backup(folder.path(), &copy).is_err(),
        "nothing is written over"
    );
    save("after", 1).await.expect("a write");
    assert!(
        matches!(
            backup::restore(&copy, folder.path()),
            Err(StoreError::InUse { .. })
        ),
        "not under a program that runs"
    );
    store.close().await;
    drop(store);
    let kept = backup::restore(&copy, folder.path())
        .expect("a place")
        .expect("what was there");
    let server = |folder: PathBuf| async move {
        let store = open(&folder);
        let draft = store
            .draft(ada, &exercise())
            .await
            .expect("a read")
            .expect("a draft");
        draft.project.text("server.js").map(ToString::to_string)
    };
    assert_eq!(
        server(folder.path().to_owned()).await.as_deref(),
        Some("before")
    );
    let old = tempfile::tempdir().expect("a temporary folder");
    fs::copy(kept, old.path().join(FILE)).expect("a copy");
    assert_eq!(
        server(old.path().to_owned()).await.as_deref(),
        Some("after")
    );
}

#[tokio::test]
async fn a_foreign_or_damaged_database_is_one_sentence_and_stays_as_it_is() {
    let foreign = folder();
    let other = Connection::open(foreign.path().join(FILE)).expect("a database");
    other
        .execute_batch("CREATE TABLE learners (name TEXT)")
        .expect("a table");
    drop(other);
    let damaged = folder();
    fs::write(
        damaged.path().join(FILE),
        "no database at all, but some text",
    )
    .expect("a file");
    for folder in [&foreign, &damaged] {
        let file = folder.path().join(FILE);
        let before = fs::read(&file).expect("a file");
        let opened = Sqlite::open(folder.path(), Announcements::counted_by(Quota::default()));
        let refused = opened.err().expect("a fault");
        assert!(matches!(refused, StoreError::Damaged { .. }), "{refused}");
        let restored = backup::restore(&file, &folder.path().join("new"));
        let refused = restored.expect_err("a fault");
        assert!(matches!(refused, StoreError::BadCopy { .. }), "{refused}");
        let after = fs::read(&file).expect("a file");
        // Only the journal's mode, in the header of a database, may have been set.
        assert_eq!(before.len(), after.len());
    }
}

#[tokio::test]
async fn the_figures_count_what_is_written() {
    let folder = folder();
    let store = open(folder.path());
    let before = store.figures();
    store.probe().await.expect("all is well");
    let after = store.figures();
    assert_eq!(after.commits, before.commits + 1);
    assert!(after.committing > before.committing);
    assert!(after.bytes > after.log_bytes && after.log_bytes > 0);
    assert_eq!(after.waiting, 0);
}

#[tokio::test]
async fn a_probe_finds_that_the_database_is_gone() {
    let folder = folder();
    let store = open(folder.path());
    store.probe().await.expect("all is well");
    let file = folder.path().join(FILE);
    fs::rename(&file, folder.path().join("elsewhere")).expect("another name");
    let probed = store.probe().await;
    assert!(matches!(probed, Err(StoreError::Gone { .. })), "{probed:?}");
    fs::write(&file, "another one").expect("a file");
    assert!(
        store.probe().await.is_err(),
        "another file is not the database"
    );
}

#[tokio::test]
async fn what_is_made_is_closed_to_others() {
    let folder = folder();
    let data = folder.path().join("new").join("data");
    let store = open(&data);
    store.probe().await.expect("all is well");
    let copy = folder.path().join("copy.db");
    backup::backup(&data, &copy).expect("a copy");
    let mode = |path: &Path| {
        let file = fs::metadata(path).expect("it is there");
        file.permissions().mode() & 0o777
    };
    assert_eq!((mode(&data), mode(&copy)), (0o700, 0o600));
}
