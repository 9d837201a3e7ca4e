//! The disk: when it is full, what was acknowledged stays, reading and deleting go on, and what cannot be kept says so;
//! and how an operator makes room on it.

use std::path::Path;

use reqwest::{Method, StatusCode};
use tempfile::TempDir;

use crate::actors::client::in_time;
use crate::actors::disk::Disk;
use crate::actors::learner::{LESSON, Learner};
use crate::actors::noise::noise;
use crate::actors::program::{Program, once};

/// A disk for one site.
fn small_disk() -> Disk {
    Disk::of(40)
}

/// A site on this disk, and a learner who has saved something.
async fn site_with_work(disk: &Disk) -> (Program, Learner) {
    let program = Program::site_on(disk);
    let mut ada = Learner::arrives(&program).await;
    assert_eq!(ada.saves(&[("server.js", "// before")]).await.0, StatusCode::OK);
    (program, ada)
}

async fn deletes_all(learner: &Learner) -> StatusCode {
    let request = learner.site.request(Method::POST, "/me/delete");
    let request = request.header("sec-fetch-site", "same-origin");
    let answer = request.form(&[("sure", "yes")]).send().await;
    answer.expect("an answer").status()
}

#[tokio::test]
async fn on_a_full_disk_nothing_that_was_kept_is_lost_and_reading_goes_on() {
    let disk = small_disk();
    let (program, mut ada) = site_with_work(&disk).await;
    disk.fill();
    let mut number = 0;
    let (status, refused) = loop {
        // Some may fit into what is there already.
        let text = noise(number, 100_000);
        let (status, answer) = ada.saves(&[("server.js", &text)]).await;
        if status != StatusCode::OK {
            break (status, answer);
        }
        number += 1;
        assert!(number < 1000, "it is full");
    };
    assert_eq!(status, StatusCode::INSUFFICIENT_STORAGE, "{refused}");
    let sentence = refused["error"].as_str().expect("a sentence");
    assert!(sentence.contains("disk of this site is full"), "{sentence}");
    let kept = ada.files().await;
    let newcomer = Learner::newcomer(&program).await;
    let page = newcomer.site.get(&format!("/lessons/{LESSON}")).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(newcomer.site.get("/healthz").await.status(), StatusCode::SERVICE_UNAVAILABLE);

    let program = program.restarted_on(&disk);
    let mut ada = Learner::returns(&program, &ada.site).await;
    assert_eq!(ada.files().await, kept, "it starts on a full disk");
    disk.make_room();
    assert_eq!(ada.saves(&[("server.js", "// after")]).await.0, StatusCode::OK);
    let is_well = async || ada.site.get("/healthz").await.status() == StatusCode::OK;
    assert!(in_time(is_well).await);
}

#[tokio::test]
async fn on_a_full_disk_all_that_is_kept_can_be_deleted() {
    let disk = small_disk();
    let program = Program::site_on(&disk);
    let mut ada = Learner::arrives(&program).await;
    for number in 0..60 {
        let text = noise(number, 200_000);
        assert_eq!(ada.saves(&[("server.js", &text)]).await.0, StatusCode::OK);
    }
    let kept = ada.files().await;
    disk.fill();
    let deleted = deletes_all(&ada).await;
    assert!(deleted.is_success() || deleted.is_redirection(), "{deleted}");
    assert!(ada.files().await != kept);
}

#[tokio::test]
async fn it_starts_on_a_disk_that_was_filled_meanwhile() {
    let disk = small_disk();
    let (program, ada) = site_with_work(&disk).await;
    program.terminate();
    disk.fill();
    let program = Program::site_on(&disk);
    let ada = Learner::returns(&program, &ada.site).await;
    assert_eq!(ada.files().await["server.js"], "// before");
}

/// Has all that this learner did be a hundred days older, while no program uses the data. The others did something on
/// the days before today as well: without, a clock could be wrong.
fn a_hundred_days_ago(data: &Path, sandbox: &str) {
    let database = rusqlite::Connection::open(data.join("hxlab.db")).expect("the database");
    let learner: i64 = database
        .query_row("SELECT learner_id FROM sandboxes WHERE id = $1", [sandbox], |row| row.get(0))
        .expect("a learner");
    let past = 100 * 24 * 60 * 60 * 1000_i64;
    for sql in [
        "UPDATE learners SET created_ms = created_ms - $1 WHERE id = $2",
        "UPDATE deeds SET at_ms = at_ms - $1 WHERE learner_id = $2",
    ] {
        database.execute(sql, (past, learner)).expect("a write");
    }
    for day in 1..=2_i64 {
        let sql = "INSERT INTO deeds (learner_id, lesson, what, at_ms)
             SELECT learner_id, lesson, what, at_ms - $1 FROM deeds WHERE learner_id <> $2 LIMIT 1";
        let past = day * 24 * 60 * 60 * 1000;
        assert_eq!(database.execute(sql, (past, learner)), Ok(1));
    }
}

/// A site that has ended, with the work of two learners, of whom the first has done nothing for a hundred days.
async fn two_learners() -> (TempDir, Learner, Learner) {
    let program = Program::site();
    let mut ada = Learner::arrives(&program).await;
    let mut bob = Learner::arrives(&program).await;
    for learner in [&mut ada, &mut bob] {
        let saved = learner.saves(&[("server.js", "// my own")]).await;
        assert_eq!(saved.0, StatusCode::OK);
    }
    let (_, folder) = program.terminate();
    a_hundred_days_ago(folder.path(), &ada.sandbox_id);
    (folder, ada, bob)
}

fn purges(data: &Path, more: &[&str]) -> String {
    let data = data.to_str().expect("a plain path");
    let output = once(&[&["purge", "--data", data], more].concat());
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[tokio::test]
async fn a_purge_says_what_it_would_delete_and_then_does() {
    let (folder, ada, bob) = two_learners().await;
    let after = |days| ["--forget-after", days];
    let told = purges(folder.path(), &after("90"));
    assert!(told.contains("would delete 1 learner who had done nothing for 90 days"), "{told}");
    assert!(told.contains("nothing was changed: add --yes"), "{told}");
    assert!(purges(folder.path(), &after("200")).contains("would delete 0 learners"));
    assert!(purges(folder.path(), &["--yes"]).contains("and no learners"));
    let done = purges(folder.path(), &["--forget-after", "90", "--yes"]);
    assert!(done.contains("deleted 1 learner"), "{done}");

    let program = Program::site_in(folder);
    let data = program.data().to_str().expect("a plain path").to_owned();
    let refused = once(&["purge", "--data", &data]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(why.contains("is in use by another hxlab"), "{why}");
    let ada = Learner::returns(&program, &ada.site).await;
    assert_ne!(ada.files().await["server.js"], "// my own");
    let bob = Learner::returns(&program, &bob.site).await;
    assert_eq!(bob.files().await["server.js"], "// my own");
}

#[tokio::test]
async fn a_site_that_is_told_to_forgets_who_has_done_nothing_for_long() {
    let (folder, ada, bob) = two_learners().await;
    let program = Program::site_again(folder, &["--forget-after", "90"]);
    let bob = Learner::returns(&program, &bob.site).await;
    assert_eq!(bob.files().await["server.js"], "// my own");
    let page = bob.site.page("/me").await;
    assert!(page.contains("runs nothing for 90 days"), "{page}");
    let ada = ada.site.on(program.port());
    let is_gone = async || ada.page("/me").await.contains("Nothing is kept about you");
    assert!(in_time(is_gone).await);
}
