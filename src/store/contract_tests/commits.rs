//! Writes that share a commit, and the end of a store.

use super::*;

pub(super) async fn a_write_that_fails_leaves_the_others_of_its_commit_alone(
    backend: &dyn Backend,
) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    let (good, bad, also_good) = tokio::join!(
        store.add_attempt(
            ada,
            attempt("a", "correct"),
            &terms(QuestionSettings::default())
        ),
        store.add_attempt(
            LearnerId(99),
            attempt("b", "correct"),
            &terms(QuestionSettings::default())
        ),
        store.add_attempt(
            ada,
            attempt("c", "correct"),
            &terms(QuestionSettings::default())
        ),
    );
    assert!(good.is_ok() && also_good.is_ok());
    assert!(
        matches!(bad, Err(StoreError::Other(_))),
        "no such learner: {bad:?}"
    );
    assert_eq!(
        store
            .attempts(ada, &"lobby".into())
            .await
            .expect("a read")
            .len(),
        2
    );
}

pub(super) async fn a_closed_store_says_so(backend: &dyn Backend) {
    let store = backend.open();
    store.close().await;
    let late = store.create_learner([1; 32]).await;
    assert!(matches!(late, Err(StoreError::Closed)), "{late:?}");
    store.close().await;
}
