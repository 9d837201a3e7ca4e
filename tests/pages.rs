//! The site's pages, as they are read and answered with and without scripts.

use reqwest::{Method, StatusCode};

use crate::actors::program::Program;
use crate::actors::reader::Reader;

const LESSON: &str = "/lessons/a-websocket-in-html";
const LINE: &str = "/lessons/a-websocket-in-html/questions/line";

const MARKDOWN: &str = r#"+++
title = "A WebSocket in HTML"
summary = "You can open a line."
minutes = 12
prerequisites = []
htmx = 2
open = ["server.js"]
+++

## Letter and telephone

A letter is a request; a socket is a telephone.

```question line
Which one is a telephone?

( ) The request.
    : Feedback-on-wrong.
(x) The socket.
    : Feedback-on-right.

hint: First-hint.
hint: Second-hint.
explain: Explained-at-last.
```

```question name
Which attribute connects?

= ws-connect
~ ws-send
    : That one sends.
```
"#;

/// A site with one lesson.
fn course() -> Program {
    Program::course(&[
        (
            "course.toml",
            "title = \"The course\"\nsummary = \"Small.\"\n",
        ),
        (
            "base/index.html",
            "<!doctype html></script><script>alert(1)</script>",
        ),
        ("base/server.js", "export default {};"),
        (
            "04-advanced/unit.toml",
            "title = \"Advanced\"\nsummary = \"More.\"\n",
        ),
        ("04-advanced/13-a-websocket-in-html/index.md", MARKDOWN),
        (
            "04-advanced/13-a-websocket-in-html/solution/server.js",
            "export default { a: 1 };",
        ),
    ])
}

#[tokio::test]
async fn a_newcomer_is_told_where_to_begin_and_is_not_kept() {
    let program = course();
    let page = Reader::of(&program).gets("/").await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("Begin here")
        .shows("aria-label=\"Lesson 13: A WebSocket in HTML, 12 min, next\"");
    assert_eq!(page.header("set-cookie"), "");
}

#[tokio::test]
async fn a_page_tells_no_answer_before_it_is_due() {
    let program = course();
    let reader = Reader::of(&program);
    let page = reader.gets(LESSON).await;
    page.shows("Which one is a telephone?")
        .hides("Feedback-on")
        .hides("-hint.");
    page.hides("Explained-at-last").hides("data-mark");

    let missed = reader.posts(LINE, "choice=0").await;
    assert_eq!(missed.status, StatusCode::SEE_OTHER);
    assert_eq!(missed.header("location"), format!("{LESSON}#question-line"));
    let page = reader.gets(LESSON).await;
    page.shows("Not yet.")
        .shows("Feedback-on-wrong")
        .shows("First-hint");
    page.hides("Second-hint")
        .hides("Feedback-on-right")
        .hides("Explained-at-last");

    reader.posts(LINE, "choice=0").await;
    reader
        .gets(LESSON)
        .await
        .shows("Second-hint")
        .hides("Explained-at-last");
    reader.posts(LINE, "choice=0").await;
    reader
        .gets(LESSON)
        .await
        .shows("Show the answer")
        .hides("Explained-at-last");
    reader.posts(&format!("{LINE}/reveal"), "").await;
    reader
        .gets(LESSON)
        .await
        .shows("Explained-at-last")
        .hides("Feedback-on-right");
}

#[tokio::test]
async fn a_right_answer_by_htmx_comes_as_a_fragment_and_counts() {
    let program = course();
    let reader = Reader::of(&program).with_htmx();
    let fragment = reader.posts(LINE, "choice=1").await;
    fragment
        .hides("<html")
        .shows("data-announce=\"Question 1: Right. Feedback-on-right.\"");
    fragment
        .shows("Feedback-on-right")
        .shows("Explained-at-last");
    fragment.shows("hx-swap-oob=\"true\"").shows("1 of 2 right");
    let last = reader
        .posts(&LINE.replace("line", "name"), "text=%60WS-Connect%60")
        .await;
    last.shows("Right.").shows("data-state=\"done\"");
    let reader = Reader::of(&program);
    reader
        .gets(LESSON)
        .await
        .shows("begun")
        .hides("Explained-at-last");
}

#[tokio::test]
async fn an_answer_that_says_nothing_is_refused_with_what_to_do() {
    let program = course();
    let reader = Reader::of(&program);
    let refused = reader.posts(LINE, "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Choose an answer first.").shows("<html");
    let refused = reader.posts(LINE, "choice=one").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let refused = reader.posts(LINE, &"x".repeat(100_000)).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn another_sites_form_changes_nothing() {
    let program = course();
    let reader = Reader::of(&program);
    for site in ["cross-site", "same-site"] {
        let form = reader.form(LINE, "choice=1").header("sec-fetch-site", site);
        let refused = reader.sends(form).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.shows("Another site asked for this");
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_on_a_page_in_the_learners_theme() {
    let program = course();
    let reader = Reader::of(&program);
    let back = reader.posts("/theme", "theme=dark&back=/search?q=a").await;
    assert_eq!(back.header("location"), "/search?q=a");
    for address in ["/lessons/nothing", "/nothing", "/assets/0/nothing.css"] {
        let page = reader.gets(address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        page.shows("data-theme=\"dark\"")
            .shows("To the learning path");
    }
    let unknown = reader
        .posts(&LINE.replace("line", "nothing"), "choice=1")
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let method = reader.posts("/search", "").await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn every_page_allows_only_files_of_the_site_and_frames_of_sandboxes() {
    let program = course();
    for address in ["/", LESSON, "/search", "/nothing"] {
        let page = Reader::of(&program).gets(address).await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self';"), "{address}: {policy}");
        assert!(!policy.contains("unsafe"), "{address}: {policy}");
        assert_eq!(page.header("origin-agent-cluster"), "?1");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        page.hides(" style=\"").hides("<style").hides(" onclick");
    }
    let page = Reader::of(&program).gets(LESSON).await;
    let frames = format!("frame-src http://*.hxlab.localhost:{}/;", program.port());
    let policy = page.header("content-security-policy");
    assert!(policy.contains(&frames), "{policy}");
}

#[tokio::test]
async fn a_projects_text_cannot_leave_the_pages_json() {
    let program = course();
    let page = Reader::of(&program).gets(LESSON).await;
    page.hides("<script>alert")
        .shows("\\u003cscript\\u003ealert(1)");
}

#[tokio::test]
async fn the_search_shows_words_as_words() {
    let program = course();
    let reader = Reader::of(&program);
    reader.gets("/search").await.shows("Type a word");
    let page = reader.gets("/search?q=telephone").await;
    page.shows("1 lesson has “telephone”")
        .shows("<mark>telephone</mark>");
    let page = reader.gets("/search?q=%3Cscript%3E").await;
    page.hides("<script>\"").shows("&lt;script&gt;");
    let reader = Reader::of(&program).with_htmx();
    reader
        .gets("/search?q=telephone")
        .await
        .hides("<html")
        .shows("<mark>");
}

#[tokio::test]
async fn reading_to_the_end_is_marked_and_unmarked() {
    let program = course();
    let reader = Reader::of(&program).with_htmx();
    let read = format!("{LESSON}/read");
    reader
        .posts(&read, "read=1")
        .await
        .shows("Mark as not read")
        .shows("read, questions open");
    reader
        .posts(&read, "read=0")
        .await
        .shows(">Mark as read<")
        .shows("begun");
}

#[tokio::test]
async fn a_packed_file_is_kept_for_ever_at_its_version_only() {
    let program = course();
    let reader = Reader::of(&program);
    let page = reader.gets("/").await.body;
    let (address, _) = page
        .split_once("/site.css")
        .expect("a page has the site's style");
    let version = address.rsplit('/').next().expect("a version");
    let address = format!("/assets/{version}/site.css");
    let file = reader.gets(&address).await;
    assert_eq!(
        file.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(file.header("vary"), "Accept-Encoding");
    let again = reader.asks(Method::GET, &address);
    let known = reader
        .sends(again.header("if-none-match", file.header("etag")))
        .await;
    assert_eq!(
        (known.status, known.body.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    let earlier = reader.gets("/assets/0/site.css").await;
    assert_eq!(earlier.header("cache-control"), "public, no-cache");
    assert_eq!(reader.gets("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_code_carries_the_work_to_another_browser() {
    let program = course();
    let first = Reader::of(&program);
    first.gets(LESSON).await;
    first.posts(LINE, "choice=1").await;
    let page = first.posts("/me/code", "").await;
    let code = between(&page.body, "<code>", "</code>");
    page.shows(&format!("/recover?code={code}"));

    let second = Reader::of(&program);
    second.gets("/me").await.shows("Nothing is kept about you");
    let wrong = second.posts("/recover", "code=0000-0000-0000-0000").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong
        .shows("Nobody has this code")
        .shows("0000-0000-0000-0000");
    second
        .posts("/recover", "code=abc")
        .await
        .shows("four groups");
    let spoken = code.to_lowercase().replace('-', " ");
    let entered = second.posts("/recover", &format!("code={spoken}")).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    second.gets(LESSON).await.shows("1 of 2 right");

    let third = Reader::of(&program);
    third.gets(LESSON).await;
    third.posts(LINE, "choice=0").await;
    let kept = third.posts("/recover", &format!("code={code}")).await;
    kept.shows("This browser has work of its own");
    let left = third
        .posts("/recover", &format!("code={code}&leave=yes"))
        .await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);

    first.posts("/me/code", "").await;
    let late = Reader::of(&program);
    let void = late.posts("/recover", &format!("code={code}")).await;
    void.shows("Nobody has this code");
}

#[tokio::test]
async fn a_learner_sees_and_deletes_all_that_is_kept() {
    let program = course();
    let reader = Reader::of(&program);
    reader.gets(LESSON).await;
    reader.posts(LINE, "choice=0").await;
    reader
        .gets("/me")
        .await
        .shows("A WebSocket in HTML")
        .shows("<td>1</td>");
    let all: serde_json::Value =
        serde_json::from_str(&reader.gets("/me/all.json").await.body).expect("JSON");
    assert_eq!(all["attempts"][0]["question"], "line");
    assert_eq!(all["visits"][0]["lesson"], "a-websocket-in-html");
    assert!(!all.to_string().contains("hash"), "{all}");

    let unsure = reader.posts("/me/delete", "").await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    reader.gets("/me").await.shows("<td>1</td>");
    let done = reader.posts("/me/delete", "sure=yes").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    reader
        .gets("/me")
        .await
        .shows("Nothing is kept about you.")
        .hides("Delete all");
    assert_eq!(
        reader.gets("/me/all.json").await.status,
        StatusCode::FORBIDDEN
    );
}

fn between(text: &str, before: &str, after: &str) -> String {
    let (_, rest) = text.split_once(before).expect("what stands before it");
    let (found, _) = rest.split_once(after).expect("what stands after it");
    found.to_owned()
}

#[tokio::test]
async fn a_page_that_is_asked_for_again_is_the_same_but_for_its_nonce() {
    let program = course();
    let (ada, bob) = (Reader::of(&program), Reader::of(&program));
    ada.gets(LESSON).await;
    let nonces = async |reader: &Reader, shown: &str| {
        let page = reader.gets(LESSON).await;
        page.shows(shown);
        let nonce = page.body.split("nonce=\"").nth(1).expect("a nonce");
        let nonce = nonce.split('"').next().expect("its end").to_owned();
        let policy = page.header("content-security-policy").to_owned();
        assert!(policy.contains(&format!("'nonce-{nonce}'")), "{policy}");
        assert!(page.header("set-cookie").starts_with("hxlab="));
        (page.body.replace(&nonce, ""), nonce)
    };
    let first = nonces(&ada, "begun").await;
    let second = nonces(&ada, "begun").await;
    assert_eq!(first.0, second.0, "nothing has changed");
    assert_ne!(first.1, second.1, "a nonce is used once");

    ada.posts(LINE, "choice=0").await;
    nonces(&ada, "Feedback-on-wrong").await;
    let page = bob.gets(LESSON).await;
    page.hides("Feedback-on-wrong");
    ada.posts("/theme", "theme=dark&back=/").await;
    nonces(&ada, "data-theme=\"dark\"").await;
}
