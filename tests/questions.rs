//! Questions over real sockets: each kind, the tries, help, reviews, and what no page tells.

use std::path::Path;
use std::time::Duration;

use reqwest::StatusCode;
use tokio::task::JoinSet;

use crate::actors::program::Program;
use crate::actors::reader::{Answered, Reader};

const LESSON: &str = "/lessons/asked";

const MARKDOWN: &str = r#"+++
title = "Asked"
summary = "You can answer."
minutes = 5
prerequisites = []
+++

Questions of every kind.

```question order
Which comes first?

1. Step-one
2. Step-two
   : Told-of-step-two.
3. Step-three

explain: Order-explained.
```

```question match
What belongs together?

- `get` => Reads
- `post` => Writes
  : Told-of-post.
- => Deletes
```

```question gaps
Fill them.

~~~html
<ol hx-swap-oob="__how__" id="__id__"></ol>
~~~

__how__ = beforeend
~ innerHTML
  : Told-of-inner.
__id__ = log
```

```question code
Write a link.

code: html
tries: 2
= <a hx-get="/secret-place">More</a>
```

```question text
Which attribute?

points: 3
reveal: 2
= hx-secret
~ *
  : Told-of-text.
hint: Hint-one.
hint: Hint-two.
explain: Text-explained.
```

```question open
Which attribute, again?

reveal: at once
= hx-shown
explain: Open-explained.
```
"#;

fn course() -> Program {
    Program::course(&[
        (
            "course.toml",
            "title = \"The course\"\nsummary = \"Small.\"\n",
        ),
        ("base/server.js", "export default {};"),
        ("README.md", "For authors.\n"),
        (
            "01-unit/unit.toml",
            "title = \"Unit\"\nsummary = \"One.\"\n",
        ),
        ("01-unit/01-asked/index.md", MARKDOWN),
    ])
}

fn of(question: &str) -> String {
    format!("{LESSON}/questions/{question}")
}

/// The value of the option that says these words, in the select of this name.
fn option(page: &str, select: &str, words: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{select}\""))
        .unwrap_or_else(|| panic!("no {select}"));
    let (before, _) = rest.split_once(&format!("\">{words}<")).expect("an option");
    before.rsplit('"').next().expect("a value").to_owned()
}

/// The name of the field of the step with these words.
fn place_of(page: &str, step: &str) -> String {
    let (before, _) = page.split_once(&format!(">{step}<")).expect("a step");
    let shown = before.rsplit("step-").next().expect("an id");
    format!("place-{}", shown.trim_end_matches('"'))
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

/// What authors wrote for after an answer, in all lessons: feedback, hints, explanations, accepted
/// texts. Markup is cut off, so that each is found in whatever form.
fn secrets() -> Vec<(String, Vec<String>)> {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let mut all = Vec::new();
    for unit in folders(&lessons) {
        for lesson in folders(&unit) {
            let Ok(page) = std::fs::read_to_string(lesson.join("index.md")) else {
                continue;
            };
            let name = lesson
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let slug = name.split_once('-').expect("a number").1.to_owned();
            let blocks = page.split("```question ").skip(1);
            let blocks = blocks.filter_map(|block| block.split_once("\n```"));
            let lines = blocks.flat_map(|(block, _)| block.lines().filter_map(secret));
            all.push((slug, lines.collect::<Vec<_>>()));
        }
    }
    assert!(all.iter().any(|(_, secrets)| secrets.len() > 10));
    all
}

fn folders(path: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(path).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.is_dir()).collect()
}

fn secret(line: &str) -> Option<String> {
    let words = line
        .trim_start()
        .strip_prefix(": ")
        .or_else(|| line.strip_prefix("hint: "))
        .or_else(|| line.strip_prefix("explain: "))?;
    let plain = words.split(['`', '*', '_', '[', '\'', '"', '&', '<', '’']);
    plain
        .map(str::trim)
        .max_by_key(|piece| piece.len())
        .map(str::to_owned)
        .filter(|piece| piece.len() > 15)
}

#[tokio::test]
async fn nothing_of_the_course_tells_an_answer_before_it_is_due() {
    let program = Program::site();
    let reader = Reader::of(&program);
    for (slug, secrets) in secrets() {
        let lesson = format!("/lessons/{slug}");
        let page = reader.gets(&lesson).await;
        let tells = |answered: &Answered| {
            for secret in &secrets {
                assert!(!answered.body.contains(secret), "{slug} tells “{secret}”");
            }
        };
        tells(&page);
        assert!(!page.body.contains("data-mark="), "{slug}");
        for question in page.body.split("id=\"question-").skip(1) {
            let Some((id, rest)) = question.split_once('"') else {
                continue;
            };
            if !rest.starts_with(" tabindex") {
                continue;
            }
            let address = format!("{lesson}/questions/{id}");
            for htmx in [false, true] {
                let reader = Reader::of(&program);
                let reader = if htmx { reader.with_htmx() } else { reader };
                tells(&reader.gets(&lesson).await);
                tells(&reader.posts(&address, "").await);
                tells(&reader.posts(&format!("{address}/reveal"), "").await);
            }
        }
        for place in ["/", "/review", "/me", "/me/all.json"] {
            tells(&reader.gets(place).await);
        }
        for secret in &secrets {
            // Fewer words than the secret has, since the page says again what was looked for.
            let words: Vec<&str> = secret.split_whitespace().take(2).collect();
            let found = reader.gets(&format!("/search?q={}", words.join("+"))).await;
            let (_, results) = found.body.split_once("id=\"results\"").expect("results");
            let results = results.replace("<mark>", "").replace("</mark>", "");
            assert!(
                !results.contains(secret.as_str()),
                "the search tells “{secret}”"
            );
        }
    }
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
