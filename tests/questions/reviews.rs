//! Questions that come back.

use std::path::Path;
use std::time::Duration;

use reqwest::StatusCode;

use super::{LESSON, course, of};
use crate::actors::reader::Reader;

#[tokio::test]
async fn what_was_missed_comes_back_for_review() {
    let program = course();
    let reader = Reader::of(&program);
    let empty = reader.gets("/review").await;
    empty.shows("No question waits for you");
    reader.gets(LESSON).await;
    reader.posts(&of("code"), "text=%3Ca%3E").await;
    reader.posts(&of("code"), "text=%3Cb%3E").await;
    let closed = reader.posts(&of("code"), "text=%3Ci%3E").await;
    assert_eq!(closed.status, StatusCode::CONFLICT);
    closed.shows("&lt;i&gt;").shows("new tries");
    reader
        .gets("/review")
        .await
        .shows("1 question comes back later");
    reader.gets("/").await.hides("/review\">Review");

    days_pass(&program.database(), 1);
    reader.gets("/").await.shows("Review 1 question<");
    let back = reader.gets("/review").await;
    back.shows("1 question is due")
        .shows("Back for review")
        .hides("secret-place")
        .hides("Not yet.");
    reader
        .gets(LESSON)
        .await
        .shows("Back for review")
        .hides("secret-place");
    let right = "from=review&text=%3Ca+hx-get%3D%2Fsecret-place%3EMore%3C%2Fa%3E";
    let sent = reader.posts(&of("code"), right).await;
    assert_eq!(
        sent.header("location"),
        "/review?answered=code#question-code"
    );
    let done = reader.gets("/review?answered=code").await;
    done.shows("Right.").shows("No question is due");

    days_pass(&program.database(), 2);
    reader
        .gets("/review")
        .await
        .shows("1 question comes back later");
    days_pass(&program.database(), 1);
    reader.gets("/review").await.shows("1 question is due");
}

/// As if all that was done had been done so many days earlier.
fn days_pass(database: &Path, days: i64) {
    let connection = rusqlite::Connection::open(database).expect("the database");
    connection
        .busy_timeout(Duration::from_secs(5))
        .expect("a setting");
    for table in ["attempts", "reveals", "marks"] {
        let sql = format!("UPDATE {table} SET at_ms = at_ms - ?1");
        connection
            .execute(&sql, [days * 86_400_000])
            .expect("an update");
    }
}
