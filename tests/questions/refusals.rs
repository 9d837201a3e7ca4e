//! Answers that cannot be judged: each is told why, and keeps what was sent.

use reqwest::StatusCode;

use super::{LESSON, course, of, place_of};
use crate::actors::reader::Reader;

#[tokio::test]
async fn a_fragment_of_a_refusal_keeps_what_was_sent() {
    let program = course();
    let reader = Reader::of(&program).with_htmx();
    let long = "é".repeat(4_001);
    let refused = reader.posts(&of("text"), &format!("text={long}")).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(refused.header("hx-reswap"), "outerHTML");
    refused.hides("<html").shows("4001 characters").shows(&long);
    let broken = reader.posts(&of("code"), "text=%3Ca+hx-get%3D%22").await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    broken.shows("a tag does not end").shows("&lt;a hx-get=");
    let fit = format!("text={}", "a%0D%0A".repeat(1_999));
    assert_eq!(reader.posts(&of("text"), &fit).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_told_what_to_do() {
    let program = course();
    let reader = Reader::of(&program);
    let page = reader.gets(LESSON).await.body;
    for (question, fields, status, words) in [
        ("order", "", 422, "Give each step a place"),
        (
            "order",
            "place-0=1&place-1=1&place-2=2",
            422,
            "Give each step a place",
        ),
        ("order", "place-0=x", 400, "reload the page"),
        ("match", "pair-0=0", 422, "1 still open"),
        ("match", "pair-0=99&pair-1=0", 400, "no such choice"),
        ("gaps", "gap-0=beforeend", 422, "1 still empty"),
        ("code", "text=", 422, "Write an answer first"),
        ("text", "choice=1", 422, "Write an answer first"),
        ("nothing", "text=a", 404, "There is no such question"),
    ] {
        let refused = reader.posts(&of(question), fields).await;
        assert_eq!(refused.status.as_u16(), status, "{question}: {fields}");
        refused.shows(words).shows("<html");
    }
    let kept = reader.posts(&of("gaps"), "gap-0=half-a-gap").await;
    kept.shows("value=\"half-a-gap\"");
    let select = place_of(&page, "Step-two");
    let kept = reader.posts(&of("order"), &format!("{select}=3")).await;
    kept.shows("<option selected>3</option>");
    let form = reader.form(&of("text"), "text=a");
    let foreign = reader
        .sends(form.header("sec-fetch-site", "same-site"))
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    foreign.shows("do it on this site");
    let verdict = reader
        .posts(&format!("{}/self", of("text")), "self=correct")
        .await;
    assert_eq!(verdict.status, StatusCode::UNPROCESSABLE_ENTITY);
    let verdict = reader
        .posts(&format!("{}/self", of("text")), "self=best")
        .await;
    assert_eq!(verdict.status, StatusCode::BAD_REQUEST);
}
