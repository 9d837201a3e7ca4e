use super::*;
use crate::questions::{Lexicon, Question, parse};

const SOUND: &str = "Which way?\nsubject: A = alpha\nconcept of A: two-way\n    = two-way\n\
    model: A is two-way.\nright:\n    - A is two-way.\n    - Alpha is two-way.\n    - A can be two-way\n    - A is really two-way\n\
    wrong:\n    - A is not two-way.\n    - A is never two-way.\n    - no\n    - idk\n    - A\n    - two-way\n\
    held-out right:\n    - A is two-way!\nheld-out wrong:\n    - A isn't two-way\n";

fn question(source: &str) -> Question {
    parse(&Lexicon::default(), "ways", source, 10, &mut |text, _| {
        text.to_owned()
    })
    .expect("a sound question")
}

fn agreement(source: &str) -> Agreement {
    question(source).agreement().expect("marked answers")
}

#[test]
fn a_row_tells_agreement_and_what_was_held_out() {
    assert_eq!(
        row("ways", &agreement(SOUND)),
        "ways: 10 of 10 marked answers agree, held out 2 of 2; false accepts 0, false refusals 0"
    );
    assert_eq!(found("a/index.md", &agreement(SOUND)), []);
}

#[test]
fn an_answer_judged_otherwise_is_a_fault_at_its_line() {
    let source = SOUND.replace("- Alpha is two-way.", "- Alpha sings.");
    let agreement = agreement(&source);
    let faults: Vec<String> = found("a/index.md", &agreement)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        faults,
        [
            "a/index.md:18: marked right, judged wrong: “Alpha sings.” (11 of 12 agree, and 95 % must); \
             add a wording of it to a concept or a misconception, or mark it otherwise"
        ]
    );
    assert!(row("ways", &agreement).ends_with("false accepts 0, false refusals 1"));
}

#[test]
fn a_model_answer_that_is_refused_is_a_fault() {
    let source = SOUND.replace("model: A is two-way.", "model: A is not two-way.");
    let faults = found("a/index.md", &agreement(&source));
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].line, 15);
}

#[test]
fn a_wrong_answer_that_is_accepted_is_always_a_fault() {
    let many = "    - A is two-way\n".repeat(40);
    let source = SOUND
        .replace("right:\n", &format!("right:\n{many}"))
        .replace("    - idk\n", "    - idk\n    - Alpha: it is two-way\n");
    let agreement = agreement(&source);
    let faults = found("a/index.md", &agreement);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].problem.starts_with("marked wrong, judged right"));
    assert!(row("ways", &agreement).contains("false accepts 1"));
}
