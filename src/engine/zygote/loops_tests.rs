use super::*;

fn corrected(text: &str, function: &str, line: u32, column: u32) -> u32 {
    let file = "server.js".to_owned();
    let mut frame = StackFrame {
        function: function.into(),
        file,
        line,
        column,
    };
    correct(&mut frame, text);
    frame.line
}

#[test]
fn a_loop_without_calls_is_found_behind_the_start_of_its_function() {
    let method = "export default { async fetch() {\nlet i = 0;\nwhile (i < 10) {\n}\n} };";
    assert_eq!(corrected(method, "fetch", 1, 17), 3);
    assert_eq!(corrected(method, "fetch", 1, 1), 3);
    let function = "const x = `${`{`} for `;\nfunction spin() {\n  // for\n  for (;;) {}\n}";
    assert_eq!(corrected(function, "spin", 2, 1), 4);
    assert_eq!(corrected("let n = 0;\nwhile (true) n++;", "", 1, 1), 2);
    assert_eq!(
        corrected("setTimeout(() => {\n  for (;;) {}\n}, 1);", "", 1, 1),
        2
    );
}

#[test]
fn a_loop_behind_the_last_call_is_found() {
    let text = "fetch() {\nconsole.log(1);\nif (x) { y(); }\ndo {} while (1);\n}";
    assert_eq!(corrected(text, "fetch", 2, 14), 4);
    assert_eq!(corrected(text, "fetch", 3, 13), 4);
}

#[test]
fn a_call_inside_the_loop_stays_and_other_functions_are_left_alone() {
    let inside = "fetch() {\nfor (;;) {\nwork();\n}\nfor (;;) {}\n}";
    assert_eq!(corrected(inside, "fetch", 3, 6), 3);
    let other =
        "fetch() {\nwork();\nlater(() => {\nfor (;;) {}\n});\n}\nfunction more() { for (;;) {} }";
    assert_eq!(corrected(other, "fetch", 2, 6), 2);
}

#[test]
fn broken_text_is_read_to_its_end() {
    for text in [
        "`",
        "`${",
        "'a",
        "/",
        "/*",
        "}",
        "{",
        "(",
        "\\",
        "`\\",
        "a/b/c",
        "é`${é}`",
    ] {
        assert_eq!(corrected(text, "", 1, 1), 1, "{text}");
    }
}
