use super::*;
use crate::questions::guide::guide;
use crate::questions::kinds::KINDS;
use crate::questions::{Lexicon, parse};

fn question(source: &str) -> Question {
    parse(&Lexicon::default(), "asked", source, 1, &mut |text, _| {
        format!("<p>{text}</p>")
    })
    .expect("a sound question")
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

#[test]
fn an_unknown_id_is_answered_with_those_like_it() {
    let ids = ["hx-boost", "exclude-link", "htmx-header", "chat-header"];
    let said = |id| unknown(id, &ids).to_string();
    assert_eq!(
        said("hx-bost"),
        "no question of this course has the id “hx-bost”; did you mean “hx-boost”?"
    );
    assert!(said("request-header").ends_with("did you mean “htmx-header”, “chat-header”?"));
    assert!(said("ws").ends_with("with --lessons"));
}

/// Each line in gets one line out, whatever it holds.
#[test]
fn no_line_is_dropped() {
    let mut lines: Vec<u8> = b"a\r\n\r\n\xff\xfe a\n\0\n".to_vec();
    lines.extend("א\u{202e}ב\u{200b}🙂\n".as_bytes());
    lines.extend("b".repeat(70_000).as_bytes());
    lines.extend(b"\n   \n{\"verdict\":\"correct\"}\na");
    let mut output = Vec::new();
    mark_lines(&question("Which?\n= a\n"), &mut &*lines, &mut output).expect("a vector takes all");
    let output = String::from_utf8(output).expect("JSON is UTF-8");
    let verdicts: Vec<String> = output
        .lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("a JSON object");
            line["verdict"].as_str().unwrap_or_default().to_owned()
        })
        .collect();
    let (right, wrong) = ("correct", "incorrect");
    assert_eq!(
        verdicts,
        [
            right, wrong, wrong, wrong, wrong, wrong, wrong, wrong, right
        ]
    );
}

fn lines_of(bytes: &[u8]) -> usize {
    String::from_utf8_lossy(bytes).lines().count()
}

/// A verdict is there before the next answer is read.
#[test]
fn verdicts_stream() {
    struct Slow<'o> {
        lines: std::collections::VecDeque<&'static [u8]>,
        seen: &'o std::cell::RefCell<Vec<u8>>,
        counts: &'o std::cell::RefCell<Vec<usize>>,
    }
    impl std::io::Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let lines = lines_of(&self.seen.borrow());
            self.counts.borrow_mut().push(lines);
            let Some(line) = self.lines.pop_front() else {
                return Ok(0);
            };
            into[..line.len()].copy_from_slice(line);
            Ok(line.len())
        }
    }
    struct Seen<'o>(&'o std::cell::RefCell<Vec<u8>>, Vec<u8>);
    impl std::io::Write for Seen<'_> {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.1.extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            self.0.borrow_mut().append(&mut self.1);
            Ok(())
        }
    }
    let (seen, counts) = (Vec::new().into(), Vec::new().into());
    let lines = [&b"a\n"[..], b"b\n", b"c"].into();
    let (seen, counts) = (&seen, &counts);
    let mut slow = std::io::BufReader::new(Slow {
        lines,
        seen,
        counts,
    });
    mark_lines(
        &question("Which?\n= a\n"),
        &mut slow,
        &mut Seen(seen, Vec::new()),
    )
    .expect("all is taken");
    assert!(counts.borrow().starts_with(&[0, 1, 2]), "{counts:?}");
    assert_eq!(lines_of(&seen.borrow()), 3);
}

/// The examples in the author's guide: each id with a line that is right and one that is not.
const GUIDE: [(&str, &str, &str); 14] = [
    ("guide-method", "get", "2"),
    ("guide-default-swap", "2", "In place of the button."),
    ("guide-inside", "1, 3", "1, 2"),
    ("guide-headers", "HX-Request; HX-Current-URL", "2, 4"),
    ("guide-target", "`HX-Target`", "hx-swap"),
    ("guide-status", "204.", "304"),
    ("guide-handshake", "1, 2, 3", "3, 2, 1"),
    ("guide-request", "1; 2; 3; 4; 6; 5", "6; 5; 4; 3; 2; 1"),
    ("guide-verbs", "GET; DELETE; GET", "3; 3; 2"),
    ("guide-responses", "1, 2, 3", "2, 1, 1"),
    (
        "guide-append",
        "data-sse-connect | beforeend",
        "[\"ws-connect\", \"innerHTML\"]",
    ),
    (
        "guide-upgrade",
        "(server . upgrade(req,))",
        "server.publish(req)",
    ),
    (
        "guide-more",
        "<button hx-swap=outerHTML hx-get='/more'>more</button>",
        "<button hx-get='/more'>More</button>",
    ),
    (
        "guide-publish",
        "message: (socket, said) => { server.publish('lobby', said) }",
        "message(ws, text) { ws.publish('lobby', text) }",
    ),
];

#[test]
fn the_guide_has_two_sound_examples_of_each_kind() {
    let mut kinds: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for question in guide() {
        *kinds.entry(question.instruction()).or_default() += 1;
        if let Some(agreement) = question.agreement() {
            let agrees = agreement
                .judged
                .iter()
                .filter(|judged| judged.agrees())
                .count();
            assert!(
                agrees * 20 >= agreement.judged.len() * 19,
                "{}",
                question.id
            );
            assert!(agreement.model_accepted, "{}", question.id);
            continue;
        }
        let (_, right, wrong) = GUIDE
            .iter()
            .find(|(id, ..)| question.id == *id)
            .unwrap_or_else(|| panic!("no answers to {}", question.id));
        let judged = |line: &str| marked(&question, line);
        assert_eq!(
            judged(right).verdict,
            Outcome::Correct,
            "{}: {right}",
            question.id
        );
        assert_eq!(
            judged(wrong).verdict,
            Outcome::Incorrect,
            "{}: {wrong}",
            question.id
        );
    }
    assert!(kinds.values().all(|count| *count == 2), "{kinds:?}");
    for kind in KINDS {
        assert!(
            guide().iter().any(|question| question.kind() == kind.name),
            "{}",
            kind.name
        );
    }
}
