//! A full disk: what was acknowledged stays, reading and deleting go on, and what cannot be kept says so.

use reqwest::{Method, StatusCode};

use crate::actors::client::in_time;
use crate::actors::disk::Disk;
use crate::actors::learner::{LESSON, Learner};
use crate::actors::program::Program;

/// A disk for one site; none, with a word about it, where this machine lets nobody mount one.
fn small_disk() -> Option<Disk> {
    let disk = Disk::of(40);
    if disk.is_none() {
        println!("nobody may mount a disk here: run this as root");
    }
    disk
}

async fn deletes_all(learner: &Learner) -> StatusCode {
    let request = learner.site.request(Method::POST, "/me/delete");
    let request = request.header("sec-fetch-site", "same-origin");
    let answer = request.form(&[("sure", "yes")]).send().await;
    answer.expect("an answer").status()
}

#[tokio::test]
async fn on_a_full_disk_nothing_that_was_kept_is_lost_and_reading_goes_on() {
    let Some(disk) = small_disk() else { return };
    let program = Program::site_on(&disk);
    let mut ada = Learner::arrives(&program).await;
    assert_eq!(ada.saves(&[("server.js", "// before")]).await.0, StatusCode::OK);
    disk.fill();
    let mut number = 0;
    let (status, refused) = loop {
        // Some may fit into what is there already.
        let text = format!("// {number}\n{}", "// a line\n".repeat(10_000));
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
    let Some(disk) = small_disk() else { return };
    let program = Program::site_on(&disk);
    let mut ada = Learner::arrives(&program).await;
    for number in 0..60 {
        let text = format!("// {number}\n{}", "// a line\n".repeat(20_000));
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
    let Some(disk) = small_disk() else { return };
    let program = Program::site_on(&disk);
    let mut ada = Learner::arrives(&program).await;
    assert_eq!(ada.saves(&[("server.js", "// before")]).await.0, StatusCode::OK);
    program.terminate();
    disk.fill();
    let program = Program::site_on(&disk);
    let ada = Learner::returns(&program, &ada.site).await;
    assert_eq!(ada.files().await["server.js"], "// before");
}
