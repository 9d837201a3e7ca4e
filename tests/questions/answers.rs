//! Answers of each kind, the help that misses unlock, and verdicts that stay.

use reqwest::StatusCode;
use tokio::task::JoinSet;

use super::{LESSON, MARKDOWN, course, of, place_of};
use crate::actors::program::Program;
use crate::actors::reader::Reader;

/// The value of the option that says these words, in the select of this name.
fn option(page: &str, select: &str, words: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{select}\""))
        .unwrap_or_else(|| panic!("no {select}"));
    let (before, _) = rest.split_once(&format!("\">{words}<")).expect("an option");
    before.rsplit('"').next().expect("a value").to_owned()
}

fn steps(page: &str, order: [&str; 3]) -> String {
    let places = order.iter().enumerate();
    let fields = places.map(|(at, step)| format!("{}={}", place_of(page, step), at + 1));
    fields.collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn every_kind_is_answered_by_a_form() {
    let program = course();
    let reader = Reader::of(&program);
    let page = reader.gets(LESSON).await.body;

    let wrong = steps(&page, ["Step-two", "Step-one", "Step-three"]);
    let sent = reader.posts(&of("order"), &wrong).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let shown = reader.gets(LESSON).await;
    shown
        .shows("Partly right: some steps")
        .hides("Order-explained");
    let right = steps(&page, ["Step-one", "Step-two", "Step-three"]);
    reader.posts(&of("order"), &right).await;
    reader.gets(LESSON).await.shows("Order-explained");

    let pair = |left, right| {
        format!(
            "pair-{left}={}",
            option(&page, &format!("pair-{left}"), right)
        )
    };
    let some = format!("{}&{}", pair(0, "Reads"), pair(1, "Deletes"));
    reader.posts(&of("match"), &some).await;
    let shown = reader.gets(LESSON).await;
    shown
        .shows("some do not belong together")
        .shows("Told-of-post");
    let all = format!("{}&{}", pair(0, "Reads"), pair(1, "Writes"));
    reader.posts(&of("match"), &all).await;

    reader.posts(&of("gaps"), "gap-0=innerHTML&gap-1=LOG").await;
    let shown = reader.gets(LESSON).await;
    shown.shows("Told-of-inner").shows("value=\"innerHTML\"");
    reader
        .posts(&of("gaps"), "gap-0='beforeend'&gap-1=log")
        .await;

    let code = "text=%3CA+data-hx-get%3D'%2Fsecret-place'%3E+more+%3C%2FA%3E";
    reader.posts(&of("code"), code).await;
    reader.gets(LESSON).await.shows("4 of 6 right");
    let home = reader.gets("/").await;
    home.shows("answered 4 of 6, 4 right")
        .shows("4 of 8 points");
}

#[tokio::test]
async fn help_is_unlocked_by_misses_and_the_answer_on_request() {
    let program = course();
    let reader = Reader::of(&program);
    reader.gets(LESSON).await;
    let look = format!("{}/reveal", of("text"));
    let early = reader.posts(&look, "text=my+draft").await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    early
        .shows("try it first")
        .shows("value=\"my draft\"")
        .hides("Text-explained");

    reader.posts(&of("text"), "text=a").await;
    let once = reader.gets(LESSON).await;
    once.shows("Hint-one")
        .hides("Hint-two")
        .shows("4 of 5 tries left");
    assert_eq!(
        once.body.matches("Show the answer").count(),
        1,
        "only of the open one"
    );
    reader.posts(&of("text"), "text=b&sure=sure").await;
    let twice = reader.gets(LESSON).await;
    twice
        .shows("Hint-two")
        .hides("hx-secret")
        .hides("Text-explained");
    assert_eq!(twice.body.matches("Show the answer").count(), 2);

    let seen = reader.posts(&look, "").await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    reader
        .gets(LESSON)
        .await
        .shows("hx-secret")
        .shows("Text-explained")
        .shows("No more tries now");
    let late = reader.posts(&of("text"), "text=hx-secret+%3Cb%3E").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("This answer was not taken")
        .shows("value=\"hx-secret &lt;b&gt;\"");

    reader.posts(&format!("{}/reveal", of("open")), "").await;
    reader
        .gets(LESSON)
        .await
        .shows("Open-explained")
        .shows("hx-shown");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_are_sent_at_once_are_each_counted_and_none_over_the_last_try() {
    let program = course();
    let reader = Reader::of(&program);
    reader.gets(LESSON).await;
    let mut clicks = JoinSet::new();
    for at in 0..12 {
        let reader = reader.clone();
        clicks.spawn(async move {
            reader
                .posts(&of("text"), &format!("text=a{at}"))
                .await
                .status
        });
    }
    let statuses = clicks.join_all().await;
    let count = |status| statuses.iter().filter(|other| **other == status).count();
    assert_eq!(count(StatusCode::SEE_OTHER), 5, "{statuses:?}");
    assert_eq!(count(StatusCode::CONFLICT), 7, "{statuses:?}");
    let kept: serde_json::Value =
        serde_json::from_str(&reader.gets("/me/all.json").await.body).expect("JSON");
    let attempts = kept["attempts"].as_array().expect("attempts");
    let numbers: Vec<i64> = attempts
        .iter()
        .filter_map(|a| a["number"].as_i64())
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_question_that_has_changed_says_so_and_what_was_judged_stays() {
    let program = course();
    let reader = Reader::of(&program);
    reader.posts(&of("text"), "text=hx-secret").await;
    for _ in 0..2 {
        reader.posts(&of("code"), "text=<b>no</b>").await;
    }
    let before = reader.gets(LESSON).await;
    before.shows("Right.").shows("No more tries now");

    let changed = MARKDOWN
        .replace("= hx-secret", "= hx-other")
        .replace("= <a hx-get=\"/secret-place\">More</a>", "= <b>no</b>")
        .replace("Hint-one.", "Hint-one, in other words.")
        .replace("explain: Open-explained.", "explain: Open-explained anew.");
    let page = ("01-unit/01-asked/index.md", &*changed);
    let program = program.restarted_with(&[page]);
    let reader = reader.returns(&program);
    let now = reader.gets(LESSON).await;
    now.shows("Your answer was right then, and still counts")
        .shows("has changed since you answered it: answer it again")
        .hides("No more tries now")
        .hides("Right.");
    now.shows("1 of 6 right");
    let kept: serde_json::Value =
        serde_json::from_str(&reader.gets("/me/all.json").await.body).expect("JSON");
    let outcomes: Vec<_> = kept["attempts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|attempt| attempt["outcome"].as_str().expect("a word"))
        .collect();
    assert_eq!(outcomes, ["correct", "incorrect", "incorrect"]);

    let again = reader.clone().with_htmx();
    again
        .posts(&of("code"), "text=<b>no</b>")
        .await
        .shows("Right.");
    again
        .posts(&of("text"), "text=hx-secret")
        .await
        .hides("Right.");
}

/// Answers on the matter of the question `exclude-link` that say nothing which its author foresaw.
const UNFORESEEN: [&str; 2] = [
    "Somewhere between the page and its boosted attribute the link element would hold a value called \
     hx-boost near the header of a request",
    "An anchor, a parent, an attribute and a value: in which order does the element of the page hold \
     them for boosted links",
];

#[tokio::test]
async fn what_the_judge_is_not_sure_of_is_judged_by_the_learner() {
    let program = Program::site();
    let lesson = "/lessons/boost";
    let question = format!("{lesson}/questions/exclude-link");
    let mut unsure = 0;
    for answer in UNFORESEEN {
        let reader = Reader::of(&program);
        reader.gets(lesson).await.hides("Model answer");
        let text = answer.replace(' ', "+");
        reader.posts(&question, &format!("text={text}")).await;
        let page = reader.gets(lesson).await;
        if !page.body.contains("judge yourself") {
            continue;
        }
        unsure += 1;
        page.shows("Model answer")
            .shows("I said the same")
            .shows(answer);
        let own = format!("{question}/self");
        let sent = reader.posts(&own, "self=partial").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let page = reader.gets(lesson).await;
        page.shows("You judged it as right in part.")
            .shows("It comes back");
        let again = reader.posts(&own, "self=correct").await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let all = reader.gets("/me/all.json").await;
        all.shows("\"marks\"").shows("\"outcome\": \"partial\"");
    }
    assert!(unsure > 0, "each of them is now judged: find another one");
}
