//! Learners, and the revision of what is theirs.

use std::time::Duration;

use super::*;

pub(super) async fn the_sites_secret_stays(backend: &dyn Backend) {
    for (new, kept) in [([1; 32], [1; 32]), ([2; 32], [1; 32])] {
        let store = backend.open();
        assert_eq!(store.site_secret(new).await.expect("a secret"), kept);
        store.close().await;
    }
}

pub(super) async fn a_learner_is_found_by_their_token_only(backend: &dyn Backend) {
    let store = backend.open();
    assert_eq!(store.learner([1; 32]).await.expect("a read"), None);
    let ada = learner(&store, 1).await;
    assert_eq!(store.learner([1; 32]).await.expect("a read"), Some(ada));
    assert_eq!(store.learner([2; 32]).await.expect("a read"), None);
    assert_eq!(learner(&store, 1).await, ada);
    assert_ne!(learner(&store, 2).await, ada);
}

pub(super) async fn a_revision_rises_with_what_its_learner_did(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    // Learners share counters, so one of them may well be Ada's neighbour, but hardly all three.
    let mut others = Vec::new();
    for token in 2..5 {
        others.push(learner(&store, token).await);
    }
    let revisions = || {
        others
            .iter()
            .map(|other| store.revision(*other))
            .collect::<Vec<_>>()
    };
    let (before, others_before) = (store.revision(ada), revisions());
    let saved = store.save_draft(ada, &exercise("lobby"), &project("1"), 0);
    saved.await.expect("a write");
    let after = store.revision(ada);
    assert!(after > before);
    let mut pairs = revisions().into_iter().zip(others_before);
    assert!(pairs.any(|(after, before)| after == before));
    store.forget(ada).await.expect("a write");
    assert!(store.revision(ada) > after);
}

pub(super) async fn a_learner_who_keeps_one_token_only_is_found_by_no_other(backend: &dyn Backend) {
    let store = backend.open();
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    for (code, token) in [([8; 32], [3; 32]), ([9; 32], [4; 32])] {
        store.set_recovery(ada, code).await.expect("a write");
        let recovered = store.recover(code, token).await.expect("a write");
        assert_eq!(recovered, Some(ada));
    }
    store.keep_only(ada, [3; 32]).await.expect("a write");
    for (token, expected) in [(1, None), (2, Some(bob)), (3, Some(ada)), (4, None)] {
        let found = store.learner([token; 32]).await.expect("a read");
        assert_eq!(found, expected, "{token}");
    }
    let again = store.recover([9; 32], [5; 32]).await.expect("a write");
    assert_eq!(again, None, "the code is void as well");
}

pub(super) async fn who_has_done_nothing_for_long_is_forgotten(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    let bob = learner(&store, 2).await;
    let works = async |learner| {
        tokio::time::sleep(Duration::from_millis(5)).await;
        let mark = store.mark_read(learner, &"lobby".into(), true);
        mark.await.expect("a write");
    };
    works(ada).await;
    works(bob).await;
    let untouched = store.untouched(1).await.expect("a read");
    assert_eq!(untouched, [], "both did something today");
    assert_eq!(store.untouched(0).await.expect("a read"), [ada]);
    works(ada).await;
    let forgotten = store.forget_untouched(ada, 0).await.expect("a write");
    assert_eq!(forgotten, None, "she came back");
    assert_eq!(store.learner([1; 32]).await.expect("a read"), Some(ada));
    let forgotten = store.forget_untouched(bob, 0).await.expect("a write");
    assert_eq!(forgotten, Some(Forgotten::default()));
    assert_eq!(store.learner([2; 32]).await.expect("a read"), None);
}
