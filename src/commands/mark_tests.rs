use super::*;
use crate::questions::parse;

fn question(source: &str) -> Question {
    parse("asked", source, 1, &mut |text, _| format!("<p>{text}</p>")).expect("a sound question")
}

fn output(source: &str, lines: &str) -> String {
    let mut output = Vec::new();
    mark_lines(&question(source), &mut lines.as_bytes(), &mut output).expect("a vector takes all");
    String::from_utf8(output).expect("JSON is UTF-8")
}

#[test]
fn each_line_is_judged() {
    let text = "Which?\n= hx-get\n~ *\n  : No, <b>another</b> &amp; better\n    one.\n";
    assert_eq!(
        output(text, "HX-GET\nhx-post\n\n"),
        "{\"verdict\":\"correct\",\"score\":1.0,\"feedback\":\"\"}\n\
         {\"verdict\":\"incorrect\",\"score\":0.0,\"feedback\":\"No, another & better one.\"}\n\
         {\"verdict\":\"incorrect\",\"score\":0.0,\"feedback\":\"Write an answer first.\"}\n"
    );
}

#[test]
fn choices_are_numbers_or_words() {
    let several = "Which?\n[x] One, two\n[x] Three\n[ ] Four\n";
    let verdicts: Vec<String> = output(several, "1, 3\n2;1\nOne, two\nthree; four\n7\n0")
        .lines()
        .map(|line| line.split('"').nth(3).unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        verdicts,
        [
            "incorrect",
            "correct",
            "partial",
            "incorrect",
            "incorrect",
            "incorrect"
        ]
    );
}

#[test]
fn a_line_without_end_is_cut() {
    let line = "a".repeat(200_000);
    assert!(output("Which?\n= a\n", &line).contains("shorten it"));
    assert_eq!(
        output("Which?\n= a\n", &format!("{line}\na\n"))
            .lines()
            .count(),
        2
    );
}
