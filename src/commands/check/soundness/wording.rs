//! Whether the evidence of a failed check can be read by a learner: words, and no code of the check's.

use serde_json::Value;

/// What `expect` says of a value that its author gave no name.
const UNNAMED: &str = "what the check read";

/// What is wrong with the words of a check's evidence, and how to mend it.
pub(super) fn problem(evidence: &Value) -> Option<String> {
    let part = |name: &str| evidence[name].as_str().unwrap_or_default();
    let (expected, found) = (part("expected"), part("found"));
    if found.contains("(checks.js, line") {
        return Some(format!("the check itself threw: {found}"));
    }
    if expected.contains(UNNAMED) {
        return Some(format!(
            "its evidence does not say what it is about (“{expected}”): give expect(value, “…”) a name for the value"
        ));
    }
    shows_code(expected).then(|| {
        format!(
            "its evidence shows code (“{expected}”): give the pattern words, as in \
             toHaveText(/€\\d+/, “a price in €”)"
        )
    })
}

fn shows_code(text: &str) -> bool {
    const CODE: [&str; 4] = ["=>", "{\"", "[object ", "Object.is"];
    CODE.iter().any(|code| text.contains(code)) || shows_pattern(text)
}

/// Whether there is a regular expression in it: between two slashes something that no path has.
fn shows_pattern(text: &str) -> bool {
    const SIGNS: [&str; 6] = ["\\", "[", "(?", ".*", ".+", "^"];
    let bare = without_quoted(text);
    let parts: Vec<&str> = bare.split('/').collect();
    let inner = parts.get(1..parts.len().saturating_sub(1));
    inner.is_some_and(|inner| {
        let has_sign = |part: &&str| SIGNS.iter().any(|sign| part.contains(sign));
        inner.iter().any(has_sign)
    })
}

/// The text without what stands in straight quotation marks, such as a path in a selector. An apostrophe, which has a
/// letter before it, opens none.
fn without_quoted(text: &str) -> String {
    let mut bare = String::new();
    let mut open = None;
    let mut before = ' ';
    for letter in text.chars() {
        let opens = matches!(letter, '\'' | '"') && !before.is_alphanumeric();
        match open {
            Some(mark) if mark == letter => open = None,
            Some(_) => {}
            None if opens => open = Some(letter),
            None => bare.push(letter),
        }
        before = letter;
    }
    bare
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(expected: &str, found: &str) -> Option<String> {
        problem(&json!({ "expected": expected, "found": found }))
    }

    #[test]
    fn words_are_right_and_code_is_not() {
        for fine in [
            "on Bob's page, #here should read “2”",
            "Alice's page should be at the address “/catalogue/mint-tea?a=[1]”",
            "on the wire there should be a request GET at /say/* of Alice",
            "on Alice's page, a[href='/x'] should be seen",
            "on Alice's page, li[hx-get='/a'] + li[hx-get='/b'] should be seen",
            "on Alice's page, li[hx-get=\"/a\"] + li[hx-get=\"/b\"] should be seen",
        ] {
            assert_eq!(of(fine, "there is none"), None, "{fine}");
        }
        for code in [
            "on Bob's page, #here should read /^\\D*2\\D*$/",
            "the answer should have /[a-z]+/i in it",
            "on Bob's page, a[href='/x'] should read /^\\D*2\\D*$/",
            "{\"request\":\"GET\"} should be there",
        ] {
            let problem = of(code, "there is none").unwrap();
            assert!(problem.contains("shows code"), "{problem}");
        }
        let unnamed = of("what the check read should be 200", "it is 500").unwrap();
        assert!(unnamed.contains("expect(value, “…”)"), "{unnamed}");
        let threw = of(
            "the check runs to its end",
            "TypeError: x (checks.js, line 4)",
        )
        .unwrap();
        assert!(threw.starts_with("the check itself threw"), "{threw}");
    }
}
