//! The contract that every store is held to. (PostgreSQL's will run the same.)

use std::fs;

use tempfile::TempDir;
use tokio::task::JoinSet;

use super::*;
use crate::project::Project;
use crate::questions::{Outcome, Settings};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn open(folder: &TempDir) -> Store {
    Store::open(folder.path()).expect("a store opens")
}

async fn learner(store: &Store, token: u8) -> LearnerId {
    store
        .create_learner(&[token; 32])
        .await
        .expect("a new learner")
}

fn project(text: &str) -> Project {
    Project::from_texts([("index.html", "<h1>Lobby</h1>"), ("server.js", text)])
        .expect("a small project")
}

fn attempt(question: &str, outcome: &str) -> NewAttempt {
    NewAttempt {
        lesson: "lobby".into(),
        question: question.into(),
        answer: "[0]".into(),
        outcome: Outcome::named(outcome).expect("an outcome"),
        score: 0.5,
        feedback: "[]".into(),
        sure: None,
    }
}

#[tokio::test]
async fn a_learner_is_found_by_their_token_only() {
    let folder = folder();
    let store = open(&folder);
    assert_eq!(store.learner(&[1; 32]).await.expect("a read"), None);
    let ada = learner(&store, 1).await;
    assert_eq!(store.learner(&[1; 32]).await.expect("a read"), Some(ada));
    assert_eq!(store.learner(&[2; 32]).await.expect("a read"), None);
    assert_eq!(learner(&store, 1).await, ada);
    assert_ne!(learner(&store, 2).await, ada);
}

#[tokio::test]
async fn a_draft_is_kept_over_a_restart() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    assert_eq!(store.draft(ada, "lobby").await.expect("a read"), None);
    let first = store
        .save_draft(ada, "lobby", &project("1"), 0)
        .await
        .expect("a write");
    let SaveOutcome::Saved { version, saved_ms } = first else {
        panic!("nothing to be in conflict with: {first:?}");
    };
    assert_eq!(version, 1);
    store.close().await;
    drop(store);

    let store = open(&folder);
    let draft = store
        .draft(ada, "lobby")
        .await
        .expect("a read")
        .expect("the draft");
    assert_eq!(
        draft,
        Draft {
            project: project("1"),
            version: 1,
            saved_ms
        }
    );
    assert_eq!(store.draft(ada, "other").await.expect("a read"), None);
    let bob = learner(&store, 2).await;
    assert_eq!(store.draft(bob, "lobby").await.expect("a read"), None);
}

#[tokio::test]
async fn a_write_that_was_answered_is_there_without_a_close() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    store
        .save_draft(ada, "lobby", &project("1"), 0)
        .await
        .expect("a write");
    // What a process that was killed leaves behind.
    let left = tempfile::tempdir().expect("a temporary folder");
    for name in ["hxlab.db", "hxlab.db-wal"] {
        fs::copy(folder.path().join(name), left.path().join(name)).expect("a copy");
    }
    let after = open(&left);
    let draft = after
        .draft(ada, "lobby")
        .await
        .expect("a read")
        .expect("the draft");
    assert_eq!(draft.version, 1);
}

#[tokio::test]
async fn the_same_text_again_is_no_new_version() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    for (text, base, expected) in [
        ("1", 0, 1),
        ("1", 1, 1),
        ("2", 1, 2),
        ("2", 1, 2),
        ("1", 2, 3),
    ] {
        let saved = store
            .save_draft(ada, "lobby", &project(text), base)
            .await
            .expect("a write");
        let SaveOutcome::Saved { version, .. } = saved else {
            panic!("no other tab: {saved:?}");
        };
        assert_eq!(version, expected, "{text} over {base}");
    }
    let counts = store.read(|connection| {
        let count = |table: &str| {
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })
        };
        Ok::<(i64, i64), _>((count("draft_versions")?, count("texts")?))
    });
    assert_eq!(
        counts.await.expect("a read"),
        (3, 3),
        "all versions, each text once"
    );
}

#[tokio::test]
async fn another_tab_that_saved_first_is_a_conflict() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    store
        .save_draft(ada, "lobby", &project("1"), 0)
        .await
        .expect("a write");
    store
        .save_draft(ada, "lobby", &project("mine"), 1)
        .await
        .expect("a write");
    let late = store
        .save_draft(ada, "lobby", &project("late"), 1)
        .await
        .expect("a write");
    let SaveOutcome::Conflict(draft) = late else {
        panic!("the late tab overwrote the other: {late:?}");
    };
    assert_eq!((draft.project, draft.version), (project("mine"), 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_tabs_that_save_at_once_one_wins() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    let mut tabs = JoinSet::new();
    for tab in 0..20 {
        let store = store.clone();
        let text = project(&tab.to_string());
        tabs.spawn(async move { store.save_draft(ada, "lobby", &text, 0).await });
    }
    let outcomes = tabs.join_all().await;
    let saved = |outcome: &&Result<_, _>| matches!(outcome, Ok(SaveOutcome::Saved { .. }));
    assert_eq!(outcomes.iter().filter(saved).count(), 1);
    assert!(outcomes.iter().all(Result::is_ok));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_attempt_is_kept_up_to_the_last_try() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    let mut clicks = JoinSet::new();
    for _ in 0..100 {
        let store = store.clone();
        clicks.spawn(async move {
            let settings = Settings {
                tries: 60,
                ..Settings::default()
            };
            store
                .add_attempt(ada, attempt("q", "incorrect"), settings)
                .await
        });
    }
    let answered = clicks.join_all().await;
    let mut numbers = Vec::new();
    for taken in answered {
        match taken.expect("a write") {
            Taken::Kept(number) => numbers.push(number),
            Taken::Closed => {}
        }
    }
    numbers.sort_unstable();
    assert!(
        numbers.into_iter().eq(1..=60),
        "each number once, up to the last try"
    );
    store.close().await;

    let store = open(&folder);
    let kept = store.attempts(ada, "lobby").await.expect("a read");
    assert_eq!(kept.len(), 60);
    assert!(kept.iter().map(|attempt| attempt.number).eq(1..=60));
    assert_eq!(store.attempts(ada, "other").await.expect("a read"), []);
}

#[tokio::test]
async fn progress_is_what_was_opened_read_and_answered() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    let nothing = |progress: &Progress| progress.deeds.is_empty() && progress.visited.is_empty();
    assert!(nothing(&store.progress(ada).await.expect("a read")));
    for (question, outcome) in [("a", "incorrect"), ("a", "correct"), ("b", "partial")] {
        store
            .add_attempt(ada, attempt(question, outcome), Settings::default())
            .await
            .expect("a write");
    }
    for lesson in ["lobby", "lobby", "chat"] {
        store.mark_visited(ada, lesson).await.expect("a write");
    }
    store.mark_read(ada, "lobby", true).await.expect("a write");
    store.mark_read(ada, "pages", true).await.expect("a write");
    store.mark_read(ada, "pages", false).await.expect("a write");

    let progress = store.progress(ada).await.expect("a read");
    let deeds = |question: &str| progress.deeds[question].len();
    assert_eq!((deeds("a"), deeds("b")), (2, 1));
    assert_eq!(
        progress.visited,
        ["lobby".into(), "chat".into(), "pages".into()].into()
    );
    assert_eq!(progress.read, ["lobby".into()].into());
    let bob = learner(&store, 2).await;
    assert!(nothing(&store.progress(bob).await.expect("a read")));
}

#[tokio::test]
async fn a_draft_has_one_sandbox_for_good() {
    let folder = folder();
    let store = open(&folder);
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    assert_eq!(store.sandbox_id(ada, "lobby").await.expect("a read"), None);
    let (first, second) = tokio::join!(
        store.sandbox_id_or(ada, "lobby", "one"),
        store.sandbox_id_or(ada, "lobby", "two"),
    );
    assert_eq!(first.expect("a write"), "one");
    assert_eq!(second.expect("a write"), "one");
    assert_eq!(
        store
            .sandbox_id_or(bob, "lobby", "two")
            .await
            .expect("a write"),
        "two"
    );
    assert_eq!(
        store.sandbox_id(ada, "lobby").await.expect("a read"),
        Some("one".into())
    );
    let owner = store.sandbox_owner("two").await.expect("a read");
    assert_eq!(owner, Some((bob, "lobby".into())));
    assert_eq!(store.sandbox_owner("three").await.expect("a read"), None);
    let taken = store.sandbox_id_or(ada, "chat", "two").await;
    assert!(
        matches!(taken, Err(StoreError::Other(_))),
        "another's address: {taken:?}"
    );
}

#[tokio::test]
async fn a_write_that_fails_leaves_the_others_of_its_commit_alone() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    let (good, bad, also_good) = tokio::join!(
        store.add_attempt(ada, attempt("a", "correct"), Settings::default()),
        store.add_attempt(LearnerId(99), attempt("b", "correct"), Settings::default()),
        store.add_attempt(ada, attempt("c", "correct"), Settings::default()),
    );
    assert!(good.is_ok() && also_good.is_ok());
    assert!(
        matches!(bad, Err(StoreError::Other(_))),
        "no such learner: {bad:?}"
    );
    assert_eq!(store.attempts(ada, "lobby").await.expect("a read").len(), 2);
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_goes_on_reading() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    store
        .save_draft(ada, "lobby", &project("1"), 0)
        .await
        .expect("a write");
    let pages = |limit: i64| {
        move |connection: &Connection| {
            connection.query_row(&format!("PRAGMA max_page_count = {limit}"), [], |_| Ok(()))
        }
    };
    store
        .write(pages(1))
        .await
        .expect("no room for another page");
    let big = project(&"x".repeat(200_000));
    let refused = store.save_draft(ada, "lobby", &big, 1).await;
    assert!(matches!(refused, Err(StoreError::Full)), "{refused:?}");
    let draft = store
        .draft(ada, "lobby")
        .await
        .expect("a read")
        .expect("the draft");
    assert_eq!(draft.project, project("1"));

    store.write(pages(100_000)).await.expect("room again");
    let saved = store
        .save_draft(ada, "lobby", &big, 1)
        .await
        .expect("a write");
    assert!(
        matches!(saved, SaveOutcome::Saved { version: 2, .. }),
        "{saved:?}"
    );
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let folder = folder();
    let store = open(&folder);
    store.close().await;
    let late = store.create_learner(&[1; 32]).await;
    assert!(matches!(late, Err(StoreError::Closed)), "{late:?}");
    store.close().await;
}

#[test]
fn a_store_that_cannot_open_says_what_to_do() {
    let folder = folder();
    let sentence = |path: &Path| {
        let fault = Store::open(path).err().expect("does not open");
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
        @"…/hxlab.db is not a database of hxlab, or is damaged; put a backup in its place, or name another folder with --data DIR"
    );

    fs::remove_file(folder.path().join(FILE)).expect("no file again");
    let newer = Connection::open(folder.path().join(FILE)).expect("a database");
    newer
        .pragma_update(None, "user_version", 99)
        .expect("a number");
    drop(newer);
    insta::assert_snapshot!(
        sentence(folder.path()),
        @"…/hxlab.db was written by a newer hxlab (its schema is 99, this program knows 4); start the newer program, or name another folder with --data DIR"
    );
}

#[tokio::test]
async fn a_look_at_an_answer_and_a_verdict_of_ones_own_are_kept() {
    let folder = folder();
    let store = open(&folder);
    let ada = learner(&store, 1).await;
    let settings = Settings {
        reveal: 1,
        ..Settings::default()
    };
    let add = |outcome| store.add_attempt(ada, attempt("q", outcome), settings);
    assert!(!store.reveal(ada, "q", settings).await.expect("a write"));
    let own = |outcome| store.judge_self(ada, "q", outcome);
    assert!(
        !own(Outcome::Correct).await.expect("a write"),
        "there is no answer"
    );

    assert_eq!(add("unsure").await.expect("a write"), Taken::Kept(1));
    assert_eq!(add("correct").await.expect("a write"), Taken::Closed);
    assert!(own(Outcome::Correct).await.expect("a write"));
    assert!(
        !own(Outcome::Incorrect).await.expect("a write"),
        "it is said once"
    );
    let kept = store.attempts(ada, "lobby").await.expect("a read");
    assert_eq!(
        (kept[0].outcome, kept[0].own),
        (Outcome::Unsure, Some(Outcome::Correct))
    );
    assert_eq!(add("incorrect").await.expect("a write"), Taken::Kept(2));

    let bob = learner(&store, 2).await;
    let missed = store.add_attempt(bob, attempt("q", "incorrect"), settings);
    assert_eq!(missed.await.expect("a write"), Taken::Kept(1));
    assert!(store.reveal(bob, "q", settings).await.expect("a write"));
    let late = store.add_attempt(bob, attempt("q", "correct"), settings);
    assert_eq!(late.await.expect("a write"), Taken::Closed);
    assert_eq!(
        store.progress(bob).await.expect("a read").deeds["q"].len(),
        2
    );
}
