//! The contract that every way to keep learners' work is held to: [`Words`], told as stories.
//!
//! A second way adds one line at the end, with a [`Backend`] of its own.

use std::sync::Arc;

use tempfile::TempDir;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::task::JoinSet;

use super::*;
use crate::exercise::{ExerciseId, Variant};
use crate::project::Project;
use crate::questions::rounds::Terms;
use crate::questions::{Feedback, Outcome, QuestionSettings, QuestionVersion, Verdict};

/// Where a store keeps what it keeps. Each time that it is opened, what was kept before is there.
trait Backend: Sync {
    fn open(&self) -> Store;
}

/// SQLite's: a folder.
struct InFolder(TempDir);

impl InFolder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }
}

impl Backend for InFolder {
    fn open(&self) -> Store {
        Store::open(self.0.path()).expect("a store opens")
    }
}

async fn learner(store: &Store, token: u8) -> LearnerId {
    let learner = store.create_learner([token; 32]);
    learner.await.expect("a new learner")
}

fn exercise(lesson: &str) -> ExerciseId {
    ExerciseId {
        lesson: lesson.into(),
        variant: Variant::of_htmx(2),
    }
}

fn project(text: &str) -> Project {
    Project::from_texts([("index.html", "<h1>Lobby</h1>"), ("server.js", text)])
        .expect("a small project")
}

fn version(text: &str) -> QuestionVersion {
    text.to_owned().into()
}

fn terms(settings: QuestionSettings) -> Terms {
    Terms {
        settings,
        version: version("first"),
    }
}

fn attempt(question: &str, outcome: &str) -> NewAttempt {
    NewAttempt {
        lesson: "lobby".into(),
        question: question.into(),
        version: version("first"),
        answer: "[0]".into(),
        verdict: Verdict {
            outcome: Outcome::named(outcome).expect("an outcome"),
            score: 0.5,
            feedback: Vec::new(),
            places: Vec::new(),
        },
        sure: None,
    }
}

async fn a_learner_is_found_by_their_token_only(ground: &dyn Backend) {
    let store = ground.open();
    assert_eq!(store.learner([1; 32]).await.expect("a read"), None);
    let ada = learner(&store, 1).await;
    assert_eq!(store.learner([1; 32]).await.expect("a read"), Some(ada));
    assert_eq!(store.learner([2; 32]).await.expect("a read"), None);
    assert_eq!(learner(&store, 1).await, ada);
    assert_ne!(learner(&store, 2).await, ada);
}

async fn a_draft_is_kept_over_a_restart(ground: &dyn Backend) {
    let store = ground.open();
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

    let store = ground.open();
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

async fn the_same_text_again_is_no_new_version(ground: &dyn Backend) {
    let store = ground.open();
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

async fn another_tab_that_saved_first_is_a_conflict(ground: &dyn Backend) {
    let store = ground.open();
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

async fn of_many_tabs_that_save_at_once_one_wins(ground: &dyn Backend) {
    let store = ground.open();
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

async fn each_attempt_is_kept_up_to_the_last_try(ground: &dyn Backend) {
    let store = ground.open();
    let ada = learner(&store, 1).await;
    let mut clicks = JoinSet::new();
    for _ in 0..100 {
        let store = store.clone();
        clicks.spawn(async move {
            let settings = QuestionSettings {
                tries: 60,
                ..QuestionSettings::default()
            };
            store
                .add_attempt(ada, attempt("q", "incorrect"), &terms(settings))
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

    let store = ground.open();
    let kept = store.attempts(ada, &"lobby".into()).await.expect("a read");
    assert_eq!(kept.len(), 60);
    assert!(kept.iter().map(|attempt| attempt.number).eq(1..=60));
    assert_eq!(
        store.attempts(ada, &"other".into()).await.expect("a read"),
        []
    );
}

async fn progress_is_what_was_opened_read_and_answered(ground: &dyn Backend) {
    let store = ground.open();
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

async fn a_draft_has_one_sandbox_for_good(ground: &dyn Backend) {
    let store = ground.open();
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

async fn a_write_that_fails_leaves_the_others_of_its_commit_alone(ground: &dyn Backend) {
    let store = ground.open();
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

async fn a_closed_store_says_so(ground: &dyn Backend) {
    let store = ground.open();
    store.close().await;
    let late = store.create_learner([1; 32]).await;
    assert!(matches!(late, Err(StoreError::Closed)), "{late:?}");
    store.close().await;
}

async fn a_look_at_an_answer_and_a_mark_of_ones_own_are_kept(ground: &dyn Backend) {
    let store = ground.open();
    let ada = learner(&store, 1).await;
    let terms = terms(QuestionSettings {
        reveal: 1,
        ..QuestionSettings::default()
    });
    let (lesson, question) = ("lobby".into(), "q".into());
    let add = |outcome| store.add_attempt(ada, attempt("q", outcome), &terms);
    assert!(
        !store
            .reveal(ada, &lesson, &question, &terms)
            .await
            .expect("a write")
    );
    let own = |outcome| store.mark_own(ada, &lesson, &question, outcome);
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
    let kept = store.attempts(ada, &"lobby".into()).await.expect("a read");
    assert_eq!(
        (kept[0].verdict.outcome, kept[0].outcome()),
        (Outcome::Unsure, Outcome::Correct)
    );
    assert_eq!(add("incorrect").await.expect("a write"), Taken::Kept(2));

    let bob = learner(&store, 2).await;
    let missed = store.add_attempt(bob, attempt("q", "incorrect"), &terms);
    assert_eq!(missed.await.expect("a write"), Taken::Kept(1));
    assert!(
        store
            .reveal(bob, &lesson, &question, &terms)
            .await
            .expect("a write")
    );
    let late = store.add_attempt(bob, attempt("q", "correct"), &terms);
    assert_eq!(late.await.expect("a write"), Taken::Closed);
    assert_eq!(
        store.progress(bob).await.expect("a read").deeds["q"].len(),
        2
    );
}

async fn an_answer_stays_as_it_was_judged(ground: &dyn Backend) {
    let store = ground.open();
    let ada = learner(&store, 1).await;
    let given = NewAttempt {
        verdict: Verdict {
            outcome: Outcome::Partial,
            score: 0.25,
            feedback: vec![Feedback {
                place: Some(1),
                html: "<p>That comes later.</p>".into(),
            }],
            places: vec![true, false, false, false],
        },
        ..attempt("q", "partial")
    };
    let terms = terms(QuestionSettings::default());
    let kept = store.add_attempt(ada, given.clone(), &terms).await;
    assert_eq!(kept.expect("a write"), Taken::Kept(1));
    store.close().await;

    let store = ground.open();
    let kept = store.attempts(ada, &"lobby".into()).await.expect("a read");
    assert_eq!(kept[0].verdict, given.verdict);
    assert_eq!(kept[0].version, Some(version("first")));
}

async fn a_question_that_has_changed_takes_answers_again(ground: &dyn Backend) {
    let store = ground.open();
    let ada = learner(&store, 1).await;
    let once = terms(QuestionSettings {
        tries: 1,
        ..QuestionSettings::default()
    });
    let add = |version: &QuestionVersion| {
        let attempt = NewAttempt {
            version: version.clone(),
            ..attempt("q", "incorrect")
        };
        let terms = Terms {
            version: version.clone(),
            ..once.clone()
        };
        store.add_attempt(ada, attempt, &terms)
    };
    let (first, second) = (version("first"), version("second"));
    assert_eq!(add(&first).await.expect("a write"), Taken::Kept(1));
    assert_eq!(add(&first).await.expect("a write"), Taken::Closed);
    assert_eq!(add(&second).await.expect("a write"), Taken::Kept(2));
    assert_eq!(add(&second).await.expect("a write"), Taken::Closed);
}

async fn each_variant_of_a_lesson_has_work_of_its_own(ground: &dyn Backend) {
    let store = ground.open();
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

async fn what_was_done_is_announced_after_its_commit(ground: &dyn Backend) {
    let store = ground.open();
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

async fn a_deeds_number_is_never_used_again(ground: &dyn Backend) {
    let store = ground.open();
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

async fn a_revision_rises_with_what_its_learner_did(ground: &dyn Backend) {
    let store = ground.open();
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

macro_rules! held_to_the_contract {
    ($way:ident, $ground:expr) => {
        held_to_the_contract!($way, $ground,
            a_learner_is_found_by_their_token_only,
            a_draft_is_kept_over_a_restart,
            the_same_text_again_is_no_new_version,
            another_tab_that_saved_first_is_a_conflict,
            of_many_tabs_that_save_at_once_one_wins,
            each_attempt_is_kept_up_to_the_last_try,
            progress_is_what_was_opened_read_and_answered,
            a_draft_has_one_sandbox_for_good,
            a_write_that_fails_leaves_the_others_of_its_commit_alone,
            a_closed_store_says_so,
            a_look_at_an_answer_and_a_mark_of_ones_own_are_kept,
            an_answer_stays_as_it_was_judged,
            a_question_that_has_changed_takes_answers_again,
            each_variant_of_a_lesson_has_work_of_its_own,
            what_was_done_is_announced_after_its_commit,
            a_deeds_number_is_never_used_again,
            a_revision_rises_with_what_its_learner_did);
    };
    ($way:ident, $ground:expr, $($story:ident),+) => {
        mod $way {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $story() {
                    super::$story(&$ground).await;
                }
            )+
        }
    };
}

held_to_the_contract!(sqlite, super::InFolder::new());
