//! Databases of which pages are spoilt where nobody happens to read.

use std::fs::File;
use std::os::unix::fs::FileExt as _;

use super::*;

const PAGE: u64 = 4096;

/// A database of some hundred pages whose log is in it, and a learner who has a draft at its end.
async fn large(folder: &Path) -> LearnerId {
    let store = open(folder);
    let ada = learner(&store, 1).await;
    for number in 0..40_u64 {
        let numbers = (0..10_000_u64).map(|it| (it * it * 7919 + number).to_string());
        let saved = store.save_draft(
            ada,
            &exercise(),
            &project(&numbers.collect::<String>()),
            number,
        );
        saved.await.expect("a write");
    }
    store.close().await;
    ada
}

/// Writes over some pages in the middle of the database.
fn spoil_the_middle(folder: &Path) {
    let file = File::options().write(true).open(folder.join(FILE));
    let file = file.expect("a database");
    let pages = file.metadata().expect("a length").len() / PAGE;
    assert!(pages > 100, "{pages}");
    let garbage = vec![0xaa; 32 * 1024];
    file.write_all_at(&garbage, pages / 2 * PAGE)
        .expect("it takes them");
}

#[tokio::test]
async fn pages_that_are_spoilt_in_the_middle_are_found() {
    let folder = folder();
    large(folder.path()).await;
    let store = open(folder.path());
    assert!(store.figures().check.is_none());
    store.check_integrity().await.expect("it is whole");
    let check = store.figures().check.expect("a check");
    assert_eq!(check.damage, None);
    store.probe().await.expect("it works");

    spoil_the_middle(folder.path());
    store.probe().await.expect("nobody has looked there");
    let damaged = store.check_integrity().await;
    let sentence = damaged.expect_err("it is damaged").to_string();
    assert!(sentence.contains("hxlab.db is damaged ("), "{sentence}");
    assert!(sentence.contains("`hxlab restore FILE`"), "{sentence}");
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    assert!(store.figures().check.expect("a check").damage.is_some());
    let probed = store.probe().await;
    assert!(
        matches!(probed, Err(StoreError::Spoilt { .. })),
        "{probed:?}"
    );
}

#[tokio::test]
async fn a_backup_of_a_damaged_database_says_that_it_is_and_leaves_nothing() {
    let folder = folder();
    large(folder.path()).await;
    spoil_the_middle(folder.path());
    let copy = folder.path().join("monday.db");
    let refused = backup::backup(folder.path(), &copy).expect_err("it is damaged");
    assert!(
        matches!(&refused, StoreError::Spoilt { path, .. } if path.ends_with(FILE)),
        "{refused}"
    );
    assert!(!copy.exists());
    assert_eq!(backup::left_in(folder.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_damaged_copy_is_not_restored_and_changes_nothing() {
    let (folder, other) = (folder(), folder());
    let ada = large(folder.path()).await;
    large(other.path()).await;
    spoil_the_middle(other.path());
    let missing = other.path().join("nowhere.db");
    let empty = other.path().join("empty.db");
    fs::write(&empty, "").expect("a file");
    for (copy, why) in [
        (other.path().join(FILE), "it is damaged ("),
        (missing, "No such file"),
        (empty, "it is an empty file"),
    ] {
        let refused = backup::restore(&copy, folder.path()).expect_err("no whole copy");
        let sentence = refused.to_string();
        assert!(
            sentence.contains(why) && sentence.contains("nothing was changed"),
            "{sentence}"
        );
    }
    let store = open(folder.path());
    let draft = store.draft(ada, &exercise()).await.expect("a read");
    assert!(draft.is_some());
}

#[tokio::test]
async fn a_store_that_is_closed_does_not_wait_for_a_check() {
    let folder = folder();
    large(folder.path()).await;
    let store = open(folder.path());
    for _ in 0..20 {
        let check = tokio::spawn(store.check_integrity());
        tokio::task::yield_now().await;
        drop(check);
    }
    store.close().await;
    let closed = store.check_integrity().await;
    assert!(matches!(closed, Err(StoreError::Closed)), "{closed:?}");
    let log = fs::metadata(folder.path().join("hxlab.db-wal"));
    assert_eq!(
        log.map_or(0, |log| log.len()),
        0,
        "the log is in the database"
    );
}
