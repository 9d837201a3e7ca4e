use serde_json::json;

use super::*;

/// A check of this id, with some parts changed.
fn check(id: &str, changed: &Value) -> Value {
    let mut check = json!({
        "id": id, "expects": "It answers.", "hint": "Look at the route.", "run": "({ open }) => open()"
    });
    for (key, value) in changed.as_object().expect("an object") {
        check[key] = value.clone();
    }
    check
}

#[test]
fn a_fault_names_the_check_and_its_line() {
    let source = "export default [\n  { id: \"one\" },\n  { id: 'two' },\n];";
    let fault = |changed: &Value| {
        let written = vec![check("one", &json!({})), check("two", changed)];
        let fault = outlines(written, source).expect_err("a fault");
        format!("{}: {}", fault.line, fault.problem)
    };
    for (changed, expected) in [
        (json!({"seconds": 0}), "3: “two” has 0 seconds"),
        (json!({"id": "one"}), "2: two checks have the id “one”"),
        (
            json!({"id": null}),
            "1: check 2 is not of the right form: invalid type: null, expected a string",
        ),
        (json!({"id": "Two!"}), "1: “Two!” cannot be a check's id"),
        (json!({"run": null}), "3: “two” has no function `run`"),
        (
            json!({"hint": " "}),
            "3: “two” does not say what it expects, or has no hint",
        ),
        (
            json!({"wire": [{"request": "GET", "event": "*"}]}),
            "3: a claim of “two” about the wire is not clear",
        ),
    ] {
        assert_eq!(fault(&changed), expected);
    }
    let unknown = fault(&json!({"expect": "It answers."}));
    assert!(
        unknown.starts_with("3: “two” is not of the right form: unknown field `expect`"),
        "{unknown}"
    );
    let unknown = fault(&json!({"wire": [{"requests": "GET"}]}));
    assert!(unknown.contains("unknown field `requests`"), "{unknown}");
    let none = outlines(Vec::new(), source).expect_err("a fault");
    assert_eq!(none.problem, "there is no check");
}

#[test]
fn a_story_about_the_wire_must_claim_what_the_server_can_verify() {
    let on_trust = |run: &str, wire: Value| {
        let written = vec![check("one", &json!({"run": run, "wire": wire}))];
        outlines(written, "").expect("no fault")[0]
            .taken_on_trust()
            .is_some()
    };
    let (never, once) = (
        json!([{"request": "*", "times": 0}]),
        json!([{"request": "GET"}]),
    );
    assert!(!on_trust("({ open }) => open('Alice')", json!([])));
    for run in [
        "async ({ wire }) => wire.find({})",
        "({ attack }) => attack(alice, '/say')",
        "({ server }) => server.request('/')",
    ] {
        assert!(on_trust(run, json!([])), "{run}");
        assert!(on_trust(run, never.clone()), "{run}");
        assert!(!on_trust(run, once.clone()), "{run}");
    }
    assert!(on_trust("({ open }) => open('Alice')", never));
    assert!(!on_trust("({ open }) => open('wires')", json!([])));
}

#[test]
fn a_story_that_goes_back_is_played_alone() {
    let is_alone =
        |changed: Value| outlines(vec![check("one", &changed)], "").expect("no fault")[0].alone;
    assert!(!is_alone(json!({})));
    assert!(is_alone(json!({ "alone": true })));
    for run in [
        "({ alice }) => alice.back()",
        "({ alice }) => alice.forward()",
    ] {
        assert!(is_alone(json!({ "run": run })), "{run}");
    }
}

#[test]
fn nothing_is_proved_by_an_empty_log() {
    let outlines = outlines(vec![check("one", &json!({}))], "").expect("no fault");
    assert!(outlines[0].unproved(&Log::default()).is_some());
}

#[test]
fn a_check_needs_the_clients_that_it_or_a_helper_names() {
    let bob = r#"({ open }) => open("Bob", "/")"#;
    let attack = "({ attack }) => attack(alice, '/say')";
    let source = format!(
        "const signIn = (open) => open('Alice');\nexport default [{{ run: {bob} }}, {{ run: {attack} }}];"
    );
    let written = vec![
        check("one", &json!({ "run": bob })),
        check("two", &json!({ "run": attack })),
    ];
    let all = outlines(written, &source).expect("outlines");
    assert_eq!(all[0].clients, ["alice", "bob"]);
    assert_eq!(all[1].clients, ["alice", "mallory"]);
}
