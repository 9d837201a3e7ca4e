//! Databases of earlier programs.

use super::*;

#[tokio::test]
async fn what_an_earlier_program_kept_comes_along() {
    let folder = left_by_an_earlier_program();
    let store = open(folder.path());
    let (ada, bob) = (LearnerId(1), LearnerId(2));
    let record = store.lesson_record(ada, &exercise()).await.expect("a read");
    let texts = |draft: Option<Draft>| {
        draft
            .expect("a draft")
            .project
            .text("index.html")
            .map(ToString::to_string)
    };
    assert_eq!(texts(record.draft), Some("<h1>Two</h1>".into()));
    let first = store.draft_at(ada, &exercise(), 1).await.expect("a read");
    assert_eq!(texts(first), Some("<h1>One</h1>".into()));
    assert_eq!(
        record.sandbox.as_deref(),
        Some("coclkfgkb4v5j3ufgqrejv2dom")
    );
    let owner = store.sandbox_owner("c2z45dqhxcnqsttpqe3r2wnryf").await;
    assert_eq!(owner.expect("a read"), Some((bob, exercise())));
    assert_eq!(
        store.passed(ada, &exercise()).await.expect("a read"),
        Some(2)
    );
    assert!(record.results.iter().all(|result| result.passed));

    let judged: Vec<(&str, Outcome, Outcome)> = record
        .attempts
        .iter()
        .map(|attempt| {
            (
                &*attempt.question,
                attempt.verdict.outcome,
                attempt.outcome(),
            )
        })
        .collect();
    let same = |question, outcome| (question, outcome, outcome);
    assert_eq!(
        judged,
        [
            same("one", Outcome::Incorrect),
            same("one", Outcome::Correct),
            same("several", Outcome::Incorrect),
            same("steps", Outcome::Partial),
            same("pairs", Outcome::Partial),
            same("gaps", Outcome::Partial),
            same("code", Outcome::Incorrect),
            ("exclude-link", Outcome::Unsure, Outcome::Partial),
        ]
    );
    assert_eq!(record.attempts[0].verdict.feedback[0].html, "<p>No.</p>");
    assert!(
        record
            .attempts
            .iter()
            .all(|attempt| attempt.version.is_none())
    );
    assert!(record.progress.read.contains("lobby") && record.progress.passed.contains("lobby"));
}

#[tokio::test]
async fn what_was_done_before_the_list_of_deeds_is_in_it() {
    let folder = left_by_an_earlier_program();
    let store = open(folder.path());
    let deeds = store.deeds_after(0, 100).await.expect("a read");
    assert!(deeds.iter().map(|deed| deed.number).eq(1..=23));
    let kinds: String = deeds
        .iter()
        .map(|deed| match deed.what {
            What::Opened => 'o',
            What::Saved { .. } => 's',
            What::Answered { .. } => 'a',
            What::Marked { .. } => 'm',
            What::Revealed { .. } => 'l',
            What::Read { .. } => 'r',
            What::Checked { passed, .. } => {
                if passed {
                    'c'
                } else {
                    'f'
                }
            }
            What::Passed { .. } => 'p',
            What::Ticked { .. } => 't',
        })
        .collect();
    assert_eq!(kinds, "oosssaaaaaaaamaaaalrfcp");
    let progress = store.progress(LearnerId(2)).await.expect("a read");
    let code = &progress.deeds["code"];
    assert_eq!(code.len(), 4, "three answers and a look");
    let next = store.mark_visited(LearnerId(1), &"chat".into());
    next.await.expect("a write");
    let last = store.deeds_after(23, 100).await.expect("a read");
    assert_eq!(last[0].what, What::Opened);
}

#[tokio::test]
async fn deleting_a_learner_deletes_what_an_earlier_program_kept() {
    let folder = left_by_an_earlier_program();
    let store = open(folder.path());
    store.forget(LearnerId(1)).await.expect("a write");
    let left = store.read(|connection| {
        let of_ada = |table: &str| -> rusqlite::Result<i64> {
            let sql = format!("SELECT count(*) FROM {table} WHERE learner_id = 1");
            connection.query_row(&sql, [], |row| row.get(0))
        };
        let tables = [
            "drafts",
            "attempts",
            "marks",
            "deeds",
            "sandboxes",
            "check_results",
        ];
        tables
            .into_iter()
            .map(of_ada)
            .sum::<rusqlite::Result<i64>>()
    });
    assert_eq!(left.await.expect("a read"), 0);
}
