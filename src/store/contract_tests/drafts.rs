//! Drafts with their sandboxes, and the results of their exercises.

use super::*;

pub(super) async fn a_draft_is_kept_over_a_restart(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    assert_eq!(
        store.draft(ada, &exercise("lobby")).await.expect("a read"),
        None
    );
    let first = store
        .save_draft(ada, &exercise("lobby"), &project("1"), 0)
        .await
        .expect("a write");
    let SaveOutcome::Saved { version, saved_ms } = first else {
        panic!("nothing to be in conflict with: {first:?}");
    };
    assert_eq!(version, 1);
    store.close().await;
    drop(store);

    let store = backend.open();
    let draft = store
        .draft(ada, &exercise("lobby"))
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
    assert_eq!(
        store.draft(ada, &exercise("other")).await.expect("a read"),
        None
    );
    let bob = learner(&store, 2).await;
    assert_eq!(
        store.draft(bob, &exercise("lobby")).await.expect("a read"),
        None
    );
}

pub(super) async fn the_same_text_again_is_no_new_version(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    for (text, base, expected) in [
        ("1", 0, 1),
        ("1", 1, 1),
        ("2", 1, 2),
        ("2", 1, 2),
        ("1", 2, 3),
    ] {
        let saved = store
            .save_draft(ada, &exercise("lobby"), &project(text), base)
            .await
            .expect("a write");
        let SaveOutcome::Saved { version, .. } = saved else {
            panic!("no other tab: {saved:?}");
        };
        assert_eq!(version, expected, "{text} over {base}");
    }
}

pub(super) async fn another_tab_that_saved_first_is_a_conflict(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    store
        .save_draft(ada, &exercise("lobby"), &project("1"), 0)
        .await
        .expect("a write");
    store
        .save_draft(ada, &exercise("lobby"), &project("mine"), 1)
        .await
        .expect("a write");
    let late = store
        .save_draft(ada, &exercise("lobby"), &project("late"), 1)
        .await
        .expect("a write");
    let SaveOutcome::Conflict(draft) = late else {
        panic!("the late tab overwrote the other: {late:?}");
    };
    assert_eq!((draft.project, draft.version), (project("mine"), 2));
}

pub(super) async fn of_many_tabs_that_save_at_once_one_wins(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    let mut tabs = JoinSet::new();
    for tab in 0..20 {
        let store = store.clone();
        let text = project(&tab.to_string());
        tabs.spawn(async move { store.save_draft(ada, &exercise("lobby"), &text, 0).await });
    }
    let outcomes = tabs.join_all().await;
    let saved = |outcome: &&Result<_, _>| matches!(outcome, Ok(SaveOutcome::Saved { .. }));
    assert_eq!(outcomes.iter().filter(saved).count(), 1);
    assert!(outcomes.iter().all(Result::is_ok));
}

pub(super) async fn a_draft_has_one_sandbox_for_good(backend: &dyn Backend) {
    let store = backend.open();
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    assert_eq!(
        store
            .sandbox_id(ada, &exercise("lobby"))
            .await
            .expect("a read"),
        None
    );
    let (first, second) = tokio::join!(
        store.sandbox_id_or(ada, &exercise("lobby"), "one"),
        store.sandbox_id_or(ada, &exercise("lobby"), "two"),
    );
    assert_eq!(first.expect("a write"), "one");
    assert_eq!(second.expect("a write"), "one");
    assert_eq!(
        store
            .sandbox_id_or(bob, &exercise("lobby"), "two")
            .await
            .expect("a write"),
        "two"
    );
    assert_eq!(
        store
            .sandbox_id(ada, &exercise("lobby"))
            .await
            .expect("a read"),
        Some("one".into())
    );
    let owner = store.sandbox_owner("two").await.expect("a read");
    assert_eq!(owner, Some((bob, exercise("lobby"))));
    assert_eq!(store.sandbox_owner("three").await.expect("a read"), None);
    let taken = store.sandbox_id_or(ada, &exercise("chat"), "two").await;
    assert!(
        matches!(taken, Err(StoreError::Other(_))),
        "another's address: {taken:?}"
    );
}

pub(super) async fn each_variant_of_a_lesson_has_work_of_its_own(backend: &dyn Backend) {
    let store = backend.open();
    let ada = learner(&store, 1).await;
    let two = exercise("lobby");
    let four = ExerciseId {
        variant: Variant::of_htmx(4),
        ..two.clone()
    };
    for (exercise, text, id) in [(&two, "2", "two"), (&four, "4", "four")] {
        let saved = store.save_draft(ada, exercise, &project(text), 0);
        saved.await.expect("a write");
        let sandbox = store.sandbox_id_or(ada, exercise, id);
        assert_eq!(sandbox.await.expect("a write"), id);
    }
    let result = CheckResult {
        check: "says-hello".into(),
        passed: true,
        evidence: "{}".into(),
        version: 1,
    };
    let ended = store.add_result(ada, &four, result.clone(), true);
    ended.await.expect("a write");

    let of_two = store.lesson_record(ada, &two).await.expect("a read");
    let of_four = store.lesson_record(ada, &four).await.expect("a read");
    let text = |record: &LessonRecord| record.draft.as_ref().map(|draft| draft.project.clone());
    assert_eq!(text(&of_two), Some(project("2")));
    assert_eq!(text(&of_four), Some(project("4")));
    assert_eq!(
        (of_two.sandbox, of_four.sandbox),
        (Some("two".into()), Some("four".into()))
    );
    assert_eq!((of_two.results, of_four.results), (vec![], vec![result]));
    assert_eq!(store.passed(ada, &two).await.expect("a read"), None);
    assert_eq!(store.passed(ada, &four).await.expect("a read"), Some(1));
    assert!(
        of_two.progress.passed.contains("lobby"),
        "passed in one variant is passed"
    );
}
