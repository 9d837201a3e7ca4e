//! Answers to questions, and what is kept of them.

use super::*;

pub(super) async fn each_attempt_is_kept_up_to_the_last_try(backend: &dyn Backend) {
    let store = backend.open();
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
            Taken::Closed | Taken::Practised => {}
        }
    }
    numbers.sort_unstable();
    assert!(
        numbers.into_iter().eq(1..=60),
        "each number once, up to the last try"
    );
    store.close().await;

    let store = backend.open();
    let kept = store.attempts(ada, &"lobby".into()).await.expect("a read");
    assert_eq!(kept.len(), 60);
    assert!(kept.iter().map(|attempt| attempt.number).eq(1..=60));
    assert_eq!(
        store.attempts(ada, &"other".into()).await.expect("a read"),
        []
    );
}

pub(super) async fn a_look_at_an_answer_and_a_mark_of_ones_own_are_kept(backend: &dyn Backend) {
    let store = backend.open();
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

pub(super) async fn an_answer_stays_as_it_was_judged(backend: &dyn Backend) {
    let store = backend.open();
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

    let store = backend.open();
    let kept = store.attempts(ada, &"lobby".into()).await.expect("a read");
    assert_eq!(kept[0].verdict, given.verdict);
    assert_eq!(kept[0].version, Some(version("first")));
}

pub(super) async fn a_question_that_has_changed_takes_answers_again(backend: &dyn Backend) {
    let store = backend.open();
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
