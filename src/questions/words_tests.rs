use std::fmt::Write as _;
use std::path::PathBuf;

use crate::questions::{Answer, Outcome, Question, parse};

const IDS: [&str; 5] = ["ws-vs-sse", "hx-boost", "exclude-link", "htmx-header", "csrf"];

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/questions").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn question(id: &str) -> Question {
    let page = fixture(&format!("{id}.md"));
    let block = page.split_once(&format!("```question {id}\n")).expect("a block").1;
    let (block, _) = block.rsplit_once("```").expect("its end");
    parse(id, block, 1, &mut |text, _| format!("<p>{text}</p>")).unwrap_or_else(|faults| panic!("{id}: {faults:#?}"))
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
            let _ = writeln!(report, "{id}: {:?} not {:?}: {}", other.verdict.outcome, other.marked.outcome, other.marked.answer);
        }
        if !agreement.model_accepted {
            let _ = writeln!(report, "{id}: the model answer is refused");
        }
    }
    assert_eq!(report, "");
}

#[test]
fn held_out_answers_are_judged_as_people_do() {
    let mut poor = String::new();
    for id in IDS {
        let question = question(id);
        let (mut agreed, mut in_all) = (0, 0);
        for line in fixture(&format!("{id}.held-out.txt")).lines() {
            let (mark, answer) = line.split_once(": ").expect("a mark");
            let verdict = question.judge(&Answer::Text(answer.to_owned())).expect("a verdict");
            in_all += 1;
            agreed += usize::from(verdict.outcome == outcome(mark));
            if verdict.outcome != outcome(mark) {
                println!("{id}: {mark} judged {:?}: {answer}", verdict.outcome);
            }
            if mark == "wrong" && verdict.outcome == Outcome::Correct {
                let _ = writeln!(poor, "{id}: accepted: {answer}");
            }
        }
        println!("{id}: {agreed} of {in_all}");
        if agreed * 10 < in_all * 9 {
            let _ = writeln!(poor, "{id}: only {agreed} of {in_all}");
        }
    }
    assert_eq!(poor, "");
}
