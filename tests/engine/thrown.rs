//! What is thrown, as the learner's console tells it and the page of it shows it: in words of their own, and never a
//! value of the engine's own or the words that it has for one.

use super::stage::{Actor, engine};
use hxlab::engine::message::FromRun;

/// What a learner's code throws; what stands above and in the page; what the console says it is, and says.
const THROWN: [(&str, [&str; 2], [&str; 2]); 16] = [
    ("new Error('lost')", ["Error", "lost"], ["Error", "lost"]),
    ("new TypeError('')", ["TypeError", ""], ["TypeError", ""]),
    ("'lost'", ["Thrown", "lost"], ["Thrown", "lost"]),
    ("''", ["Thrown", ""], ["Thrown", ""]),
    (
        "undefined",
        ["Thrown", "undefined"],
        ["Thrown", "undefined"],
    ),
    ("null", ["Thrown", "null"], ["Thrown", "null"]),
    ("0", ["Thrown", "0"], ["Thrown", "0"]),
    ("NaN", ["Thrown", "NaN"], ["Thrown", "NaN"]),
    ("12n", ["Thrown", "12"], ["Thrown", "12"]),
    ("true", ["Thrown", "true"], ["Thrown", "true"]),
    (
        "{ a: 1 }",
        ["Thrown", "[object Object]"],
        ["Thrown", "{\"a\":1}"],
    ),
    ("Symbol('s')", ["Thrown", "Symbol(s)"], ["Thrown", "symbol"]),
    (
        "Object.create(null)",
        ["Thrown", "object"],
        ["Thrown", "{}"],
    ),
    (
        "new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; }, ownKeys() { throw 3; } })",
        ["Thrown", "object"],
        ["Thrown", "object"],
    ),
    (
        "Object.defineProperty(new Error('x'), 'name', { get() { throw 4; } })",
        ["Error", "x"],
        ["", "x"],
    ),
    (
        "Object.defineProperty(new Error(), 'message', { value: { toString() { throw 5; } } })",
        ["Error", ""],
        ["Error", ""],
    ),
];

/// Words of the engine for what no code of a learner's has.
const INTERNAL: [&str; 8] = [
    "exception",
    "uninitialized",
    "unsupported type",
    "JS_",
    "unknown",
    "QuickJS",
    "rquickjs",
    "catch_offset",
];

fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).expect("it is a page");
    rest.split_once(after).expect("it is a page").0
}

#[tokio::test]
async fn what_is_thrown_is_told_in_its_own_words() {
    let engine = engine().await;
    for (thrown, page, console) in THROWN {
        for thrower in ["fetch() { throw it; }", "async fetch() { throw it; }"] {
            let server = format!("const it = ({thrown});\nexport default {{ {thrower} }};");
            let mut actor = Actor::ready(&engine, &server).await;
            let (status, _, body) = actor.fetch_with("GET", "/", &[("accept", "*/*")]).await;
            assert_eq!(status, 500, "{thrown}");
            let shown = [
                between(&body, "<h1>", "</h1>"),
                between(&body, "<p>", "</p>"),
            ];
            let expected = page.map(|words| words.replace('"', "&quot;"));
            assert_eq!(
                shown,
                expected.each_ref().map(String::as_str),
                "{thrown}, {thrower}"
            );
            let heard = actor.heard.iter().find_map(|message| match message {
                FromRun::Uncaught { fault } => Some(fault.clone()),
                _ => None,
            });
            let told = match heard {
                Some(fault) => fault,
                None => actor.uncaught().await,
            };
            assert_eq!(
                [told.name.as_str(), &told.message],
                console,
                "{thrown}, {thrower}"
            );
            let all = format!("{body} {} {}", told.name, told.message);
            for words in INTERNAL {
                assert!(!all.contains(words), "{words}: {all}");
            }
        }
    }
}
