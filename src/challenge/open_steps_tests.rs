use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::sandbox::entry::Exchange;

const NONE: [&str; 0] = [];

fn steps(all: &[(&str, serde_json::Value)]) -> OpenSteps {
    let step = |(id, claims): &(&str, serde_json::Value)| Step {
        id: (*id).into(),
        line: 1,
        text_html: String::new(),
        edits: Vec::new(),
        see_html: String::new(),
        claims: serde_json::from_value(claims.clone()).expect("claims"),
    };
    let all: Vec<Step> = all.iter().map(step).collect();
    OpenSteps::of(&all)
}

fn running(run: u32) -> Record {
    Record::Status(Status {
        state: Phase::Running,
        run,
        ..Status::default()
    })
}

/// A request at a path, answered by a status or not yet.
fn request(entry: u64, path: &str, status: Option<u16>) -> Record {
    let exchange = Exchange {
        method: "GET".to_owned(),
        path: path.to_owned(),
        status,
        ..Exchange::default()
    };
    Record::Wire(Arc::new(WireEntry {
        entry,
        at: 0,
        client: "A".to_owned(),
        crossed: Crossed::Http(Box::new(exchange)),
    }))
}

fn come(open: &mut OpenSteps, records: Vec<Record>) -> Vec<StepId> {
    open.apply(&Crossings {
        is_whole: true,
        last: 0,
        records,
    })
}

#[test]
fn a_step_is_done_when_all_of_its_claims_hold() {
    let get = |path: &str| json!({"request": "GET", "path": path, "status": 200});
    let mut open = steps(&[
        ("one", json!([get("/a")])),
        ("both", json!([get("/a"), get("/b")])),
        ("by-hand", json!([])),
    ]);
    assert_eq!(
        come(&mut open, vec![running(1), request(1, "/a", None)]),
        NONE
    );
    assert_eq!(come(&mut open, vec![request(1, "/a", Some(200))]), ["one"]);
    assert_eq!(come(&mut open, vec![]), ["one"], "until it is kept");
    open.close(&["one".into()]);
    assert_eq!(come(&mut open, vec![request(2, "/b", Some(200))]), ["both"]);
    open.close(&["both".into()]);
    assert!(
        open.is_empty(),
        "a step without claims is none of the log's"
    );
}

#[test]
fn with_another_run_the_log_begins_anew() {
    let mut open = steps(&[(
        "two",
        json!([{"request": "GET", "status": 200, "times": 2}]),
    )]);
    let ok = |entry| request(entry, "/", Some(200));
    assert_eq!(
        come(&mut open, vec![running(1), ok(1), ok(1)]),
        NONE,
        "one entry counts once"
    );
    assert_eq!(come(&mut open, vec![running(1), running(2), ok(2)]), NONE);
    assert_eq!(
        come(&mut open, vec![ok(1)]),
        NONE,
        "what the Run before had answered is its own"
    );
    assert_eq!(come(&mut open, vec![ok(3)]), ["two"]);
    let waits = vec![
        request(4, "/", None),
        running(3),
        request(4, "/", Some(200)),
        ok(5),
    ];
    assert_eq!(
        come(&mut open, waits),
        ["two"],
        "what waited for this Run is its own"
    );
}

#[test]
fn that_something_never_happened_needs_the_whole_log() {
    let claims =
        json!([{"request": "GET", "status": 200}, {"request": "GET", "status": 500, "times": 0}]);
    let mut open = steps(&[("sound", claims)]);
    let fails = vec![
        running(1),
        request(1, "/", Some(200)),
        request(2, "/", Some(500)),
    ];
    assert_eq!(come(&mut open, fails), NONE);
    assert_eq!(
        come(&mut open, vec![running(2), request(3, "/", Some(200))]),
        ["sound"]
    );
    let missed = Crossings {
        is_whole: false,
        last: 0,
        records: vec![running(2), request(9, "/", Some(200))],
    };
    assert_eq!(open.apply(&missed), NONE, "it may be among what is gone");
    let restart = Crossings {
        records: vec![running(3), request(20, "/", Some(200))],
        ..missed
    };
    assert_eq!(
        open.apply(&restart),
        NONE,
        "the Run may have begun before what is gone"
    );
    assert_eq!(
        come(&mut open, vec![running(4), request(21, "/", Some(200))]),
        ["sound"]
    );
}

#[test]
fn what_has_held_stays_though_it_leaves_the_list() {
    let mut open = steps(&[(
        "both",
        json!([{"request": "GET", "path": "/a"}, {"request": "GET", "path": "/b"}]),
    )]);
    assert_eq!(
        come(&mut open, vec![running(1), request(1, "/a", Some(200))]),
        NONE
    );
    let later = Crossings {
        is_whole: false,
        last: 0,
        records: vec![running(1), request(900, "/b", Some(200))],
    };
    assert_eq!(open.apply(&later), ["both"]);
}
