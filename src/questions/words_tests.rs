use std::fmt::Write as _;
use std::path::PathBuf;

use crate::questions::{Answer, Outcome, Question, parse};

const IDS: [&str; 5] = [
    "ws-vs-sse",
    "hx-boost",
    "exclude-link",
    "htmx-header",
    "csrf",
];

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/questions")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn question(id: &str) -> Question {
    let page = fixture(&format!("{id}.md"));
    let block = page
        .split_once(&format!("```question {id}\n"))
        .expect("a block")
        .1;
    let (block, _) = block.rsplit_once("```").expect("its end");
    parse(id, block, 1, &mut |text, _| format!("<p>{text}</p>"))
        .unwrap_or_else(|faults| panic!("{id}: {faults:#?}"))
}

fn outcome(mark: &str) -> Outcome {
    match mark {
        "right" => Outcome::Correct,
        "partly" => Outcome::Partial,
        "wrong" => Outcome::Incorrect,
        other => panic!("no such mark: {other}"),
    }
}

#[test]
fn the_authors_marks_are_agreed_with() {
    let mut report = String::new();
    for id in IDS {
        let agreement = question(id).agreement().expect("marked answers");
        assert!(agreement.marked >= 12, "{id}");
        for other in &agreement.disagreements {
            let _ = writeln!(
                report,
                "{id}: {:?} not {:?}: {}",
                other.verdict.outcome, other.marked.outcome, other.marked.answer
            );
        }
        if !agreement.model_accepted {
            let _ = writeln!(report, "{id}: the model answer is refused");
        }
    }
    assert_eq!(report, "");
}

/// How many answers of a file are judged as people do, of how many; says which are not.
fn judged(question: &Question, name: &str, accepted: &mut String) -> (usize, usize) {
    let (mut agreed, mut in_all) = (0, 0);
    for line in fixture(name).lines() {
        let (mark, answer) = line.split_once(": ").expect("a mark");
        let verdict = question
            .judge(&Answer::Text(answer.to_owned()))
            .expect("a verdict");
        in_all += 1;
        if verdict.outcome == outcome(mark) {
            agreed += 1;
            continue;
        }
        println!("{name}: {mark} judged {:?}: {answer}", verdict.outcome);
        for said in &verdict.feedback {
            println!("    {}", said.html);
        }
        if mark == "wrong" && verdict.outcome == Outcome::Correct {
            let _ = writeln!(accepted, "{name}: accepted: {answer}");
        }
    }
    println!("{name}: {agreed} of {in_all}");
    (agreed, in_all)
}

#[test]
fn held_out_answers_are_judged_as_people_do() {
    let mut poor = String::new();
    for id in IDS {
        let question = question(id);
        for part in ["held-out", "fresh", "third"] {
            let name = format!("{id}.{part}.txt");
            let (agreed, in_all) = judged(&question, &name, &mut poor);
            if agreed * 10 < in_all * 9 {
                let _ = writeln!(poor, "{name}: only {agreed} of {in_all}");
            }
        }
    }
    assert_eq!(poor, "");
}

#[test]
fn a_swapped_claim_is_never_accepted() {
    let question = question("ws-vs-sse");
    let swap = |answer: &str| {
        let parts = parts(answer);
        parts
            .into_iter()
            .map(|part| match &*part.to_lowercase() {
                "sse" | "sses" => "WebSockets".to_owned(),
                "websocket" | "websockets" | "ws" => "SSE".to_owned(),
                _ => part,
            })
            .collect::<String>()
    };
    for part in ["held-out", "fresh", "third"] {
        for line in fixture(&format!("ws-vs-sse.{part}.txt")).lines() {
            let Some(right) = line.strip_prefix("right: ") else {
                continue;
            };
            let swapped = swap(right);
            let verdict = question
                .judge(&Answer::Text(swapped.clone()))
                .expect("a verdict");
            let whole = !swapped.to_lowercase().contains("server sent")
                && !swapped.to_lowercase().contains("server-sent")
                && !swapped.to_lowercase().contains("web socket");
            if whole {
                assert_ne!(verdict.outcome, Outcome::Correct, "{swapped}");
            }
        }
    }
}

/// The words of a text and what stands between them.
fn parts(text: &str) -> Vec<String> {
    use unicode_segmentation::UnicodeSegmentation;
    text.split_word_bounds().map(str::to_owned).collect()
}
