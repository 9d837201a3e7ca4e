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

/// Saves so many versions, the first over none.
async fn save(store: &Store, learner: LearnerId, versions: u64) {
    for base in 0..versions {
        let text = project(&base.to_string());
        let saved = store.save_draft(learner, &exercise("lobby"), &text, base);
        saved.await.expect("a write");
    }
}

pub(super) async fn versions_are_listed_with_what_they_passed(backend: &dyn Backend) {
    let store = backend.open();
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    let lobby = exercise("lobby");
    save(&store, ada, 3).await;
    save(&store, bob, 1).await;
    // Tried twice: the second time counts.
    for (check, passed, all) in [
        ("one", false, false),
        ("two", false, false),
        ("one", true, true),
    ] {
        let result = CheckResult {
            check: check.into(),
            passed,
            evidence: "{}".into(),
            version: 2,
        };
        let ended = store.add_result(ada, &lobby, result, all);
        ended.await.expect("a write");
    }
    let all = store.versions(ada, &lobby, u64::MAX, 10).await;
    let all = all.expect("a read");
    let seen: Vec<_> = all
        .iter()
        .map(|it| (it.number, it.passed, it.checks_passed, it.checks_failed))
        .collect();
    assert_eq!(seen, [(3, false, 0, 0), (2, true, 1, 1), (1, false, 0, 0)]);
    let numbers = |before, limit| {
        let part = store.versions(ada, &lobby, before, limit);
        async {
            let part = part.await.expect("a read");
            part.iter().map(|it| it.number).collect::<Vec<_>>()
        }
    };
    assert_eq!(numbers(3, 1).await, [2]);
    assert_eq!(numbers(1, 10).await, Vec::<u64>::new());
    let others = store.versions(bob, &lobby, u64::MAX, 10).await;
    assert_eq!(others.expect("a read").len(), 1);
}

pub(super) async fn so_many_versions_of_a_draft_have_names(backend: &dyn Backend) {
    let store = backend.open();
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    let lobby = exercise("lobby");
    let most = NAMED_MOST as u64;
    save(&store, ada, most + 1).await;
    let name = |learner, version, name| {
        let named = store.name_version(learner, &lobby, version, name);
        async { named.await.expect("an answer") }
    };
    for version in 1..=most {
        assert_eq!(name(ada, version, Some("mine")).await, Naming::Named);
    }
    assert_eq!(name(ada, most + 1, Some("x")).await, Naming::TooMany);
    assert_eq!(name(ada, 1, Some("renamed")).await, Naming::Named);
    assert_eq!(name(ada, 2, None).await, Naming::Named);
    assert_eq!(name(ada, most + 1, Some("x")).await, Naming::Named);
    assert_eq!(name(ada, most + 2, Some("x")).await, Naming::NoVersion);
    assert_eq!(name(bob, 1, Some("his")).await, Naming::NoVersion);
    let first = store.versions(ada, &lobby, 3, 10).await.expect("a read");
    let names: Vec<_> = first.iter().map(|it| it.name.as_deref()).collect();
    assert_eq!(names, [None, Some("renamed")]);
}

pub(super) async fn the_last_good_run_is_the_one_that_started_last(backend: &dyn Backend) {
    let store = backend.open();
    let (ada, bob) = (learner(&store, 1).await, learner(&store, 2).await);
    let lobby = exercise("lobby");
    save(&store, ada, 3).await;
    let last = || async {
        let run = store.good_run(ada, &lobby).await.expect("a read");
        run.map(|run| run.version)
    };
    assert_eq!(last().await, None);
    // An older version may run after a newer one, in the same millisecond.
    for version in [3, 1, 2, 1] {
        store.note_run(ada, &lobby, version).await.expect("a write");
        assert_eq!(last().await, Some(version));
    }
    store.note_run(bob, &lobby, 3).await.expect("no version");
    assert_eq!(store.good_run(bob, &lobby).await.expect("a read"), None);
    let ran = store.versions(ada, &lobby, 3, 10).await.expect("a read");
    assert!(ran.iter().all(|it| it.ran_ms.is_some()));
}
