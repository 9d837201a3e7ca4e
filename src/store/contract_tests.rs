//! The contract that every way to keep learners' work is held to: [`Words`], told as stories, a file for each noun.
//!
//! A second way adds one line at the end, with a [`Backend`] of its own.

mod commits;
mod deeds;
mod drafts;
mod learners;
mod playground;
mod questions;
mod steps;

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
        Store::open(self.0.path(), Quota::default()).expect("a store opens")
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

macro_rules! held_to_the_contract {
    ($way:ident, $backend:expr) => {
        held_to_the_contract!($way, $backend;
            learners: the_sites_secret_stays, a_learner_is_found_by_their_token_only, a_learner_who_keeps_one_token_only_is_found_by_no_other, a_revision_rises_with_what_its_learner_did, who_has_done_nothing_for_long_is_forgotten;
            drafts: a_draft_is_kept_over_a_restart, the_same_text_again_is_no_new_version, another_tab_that_saved_first_is_a_conflict, of_many_tabs_that_save_at_once_one_wins, a_draft_has_one_sandbox_for_good, each_variant_of_a_lesson_has_work_of_its_own, versions_are_listed_with_what_they_passed, so_many_versions_of_a_draft_have_names, the_last_good_run_is_the_one_that_started_last;
            playground: a_project_is_its_learners_alone, a_deleted_project_comes_back_with_its_links, a_snapshot_stays_as_it_was_until_it_is_taken_back, a_learner_has_so_many_projects, who_is_forgotten_leaves_no_project_and_no_snapshot;
            questions: each_attempt_is_kept_up_to_the_last_try, a_look_at_an_answer_and_a_mark_of_ones_own_are_kept, an_answer_stays_as_it_was_judged, a_question_that_has_changed_takes_answers_again;
            steps: a_tick_is_kept_once_and_for_good, nobodys_tick_is_not_kept;
            deeds: progress_is_what_was_opened_read_and_answered, what_was_done_is_announced_after_its_commit, a_deeds_number_is_never_used_again;
            commits: a_write_that_fails_leaves_the_others_of_its_commit_alone, a_closed_store_says_so
        );
    };
    ($way:ident, $backend:expr; $($noun:ident: $($story:ident),+);+) => {
        mod $way {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $story() {
                    super::$noun::$story(&$backend).await;
                }
            )+)+
        }
    };
}

held_to_the_contract!(sqlite, super::InFolder::new());
