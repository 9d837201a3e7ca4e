//! What a learner did, and who hears of it.

use super::*;

pub(super) async fn progress_is_what_was_opened_read_and_answered(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    let nothing = |progress: &Progress| progress.deeds.is_empty() && progress.visited.is_empty();
    assert!(nothing(&store.progress(ada).await.expect("a read")));
    for (question, outcome) in [("a", "incorrect"), ("a", "correct"), ("b", "partial")] {
        store
            .add_attempt(
                ada,
                attempt(question, outcome),
                &terms(QuestionSettings::default()),
            )
            .await
            .expect("a write");
    }
    for lesson in ["lobby", "lobby", "chat"] {
        store
            .mark_visited(ada, &lesson.into())
            .await
            .expect("a write");
    }
    store
        .mark_read(ada, &"lobby".into(), true)
        .await
        .expect("a write");
    store
        .mark_read(ada, &"pages".into(), true)
        .await
        .expect("a write");
    store
        .mark_read(ada, &"pages".into(), false)
        .await
        .expect("a write");

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

pub(super) async fn what_was_done_is_announced_after_its_commit(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    let mut heard = store.listen();
    let lobby = "lobby".into();
    store.mark_visited(ada, &lobby).await.expect("a write");
    store.mark_visited(ada, &lobby).await.expect("a write");
    let settings = terms(QuestionSettings::default());
    let answered = store.add_attempt(ada, attempt("q", "correct"), &settings);
    answered.await.expect("a write");
    let failed = store.add_attempt(LearnerId(99), attempt("q", "correct"), &settings);
    failed.await.expect_err("no such learner");

    let mut deeds: Vec<Arc<Deed>> = Vec::new();
    while let Ok(deed) = heard.try_recv() {
        deeds.push(deed);
    }
    assert_eq!(heard.try_recv(), Err(TryRecvError::Empty));
    let what: Vec<&What> = deeds.iter().map(|deed| &deed.what).collect();
    let answered = What::Answered {
        question: "q".into(),
        attempt: 1,
        outcome: Outcome::Correct,
    };
    assert_eq!(what, [&What::Opened, &answered]);
    assert!(
        deeds
            .iter()
            .all(|deed| deed.learner == ada && deed.lesson == "lobby")
    );
    assert!(deeds[0].number < deeds[1].number);

    let missed = store
        .deeds_after(deeds[0].number, 10)
        .await
        .expect("a read");
    assert_eq!(
        missed,
        [(*deeds[1]).clone()],
        "who was not listening reads by number"
    );
}

pub(super) async fn a_deeds_number_is_never_used_again(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    store
        .mark_visited(ada, &"lobby".into())
        .await
        .expect("a write");
    let first = store.deeds_after(0, 10).await.expect("a read");
    store.forget(ada).await.expect("a write");
    assert_eq!(store.deeds_after(0, 10).await.expect("a read"), []);
    let bob = learner(&store, 2).await;
    store
        .mark_visited(bob, &"lobby".into())
        .await
        .expect("a write");
    let second = store.deeds_after(0, 10).await.expect("a read");
    assert!(second[0].number > first[0].number);
}
