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
        assert!(agreement.judged.len() >= 12, "{id}");
        for other in agreement.judged.iter().filter(|judged| !judged.agrees()) {
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

const SMALL: &str = "Which way?\n\nwords: two-way = both ways\nsubject: A = alphas\nsubject: B = betas\n\
    concept of A: two-way\n    = two-way\n    : Say which way `A` goes.\n\
    misconception of B: two-way\n    = two-way\n    : B goes one way.\n\
    model: A is two-way.\nright:\n    - A is two-way.\n    - A goes both ways.\n    - Alphas go both ways.\n\
    - Both ways is how A goes.\n    - A is two-way, B is not.\n    - B is not two-way, A is.\n\
    wrong:\n    - B is two-way.\n    - A is not two-way.\n    - A is never two-way.\n    - A, two-way\n\
    - A is one-way.\n    - no\nhint: Look.\nexplain: So it is.\n";

fn small() -> Question {
    parse("small", SMALL, 1, &mut |text, _| format!("<p>{text}</p>"))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn said(answer: &str) -> (Outcome, String) {
    let verdict = small()
        .judge(&Answer::Text(answer.to_owned()))
        .expect("a verdict");
    let said: Vec<String> = verdict.feedback.into_iter().map(|said| said.html).collect();
    (verdict.outcome, said.join(" "))
}

#[test]
fn a_block_in_words_becomes_a_question() {
    let question = small();
    assert_eq!(question.kind, crate::questions::Kind::Words);
    assert_eq!(question.model_html(), Some("<p>A is two-way.</p>"));
    assert_eq!(question.hints, ["<p>Look.</p>"]);
    assert_eq!(
        question.explanation_html.as_deref(),
        Some("<p>So it is.</p>")
    );
    let agreement = question.agreement().expect("marked answers");
    assert!(agreement.model_accepted);
    assert_eq!(agreement.judged.len(), 12);
    assert!(agreement.judged.iter().all(super::Judged::agrees));
    let view = serde_json::to_string(&question.view()).expect("plain fields");
    assert!(!view.contains("two-way"), "{view}");
}

#[test]
fn feedback_names_what_is_missing_or_mistaken() {
    let missing = "<p>Say which way `A` goes.</p>".to_owned();
    assert_eq!(
        said("B is something else."),
        (Outcome::Incorrect, NOTHING.to_owned())
    );
    assert_eq!(said("B is two-way").1, "<p>B goes one way.</p>");
    assert_eq!(
        said("A is not two-way").1,
        "<p>Look again at this: two-way.</p>"
    );
    assert_eq!(
        said("A is two-way. A is not two-way.").1,
        "<p>You both say and deny this: two-way.</p>"
    );
    assert_ne!(said("nothing").1, missing);
}

const NOTHING: &str = "<p>This does not answer the question yet: say it in a whole sentence.</p>";

#[test]
fn faults_name_the_line_and_the_mend() {
    let source = "\nwords:\nsubject: A\nconcept of C: x\n    = \n    stray\nmisconception: y\n    = y\nright:\n    answer\n";
    let faults = parse("small", source, 10, &mut |text, _| text.to_owned()).expect_err("faults");
    let faults: Vec<(usize, &str)> = faults
        .iter()
        .map(|fault| (fault.line, &*fault.problem))
        .collect();
    assert_eq!(
        faults,
        [
            (10, "the question asks nothing"),
            (12, "these words have no name"),
            (14, "there is no subject “C”"),
            (15, "“” is no wording"),
            (16, "this line belongs to nothing"),
            (14, "there is no way to say this concept"),
            (17, "nothing is said to this misconception"),
            (20, "this is no marked answer"),
            (10, "only 0 answers are marked"),
            (10, "there is no model answer"),
        ]
    );
}

#[test]
fn an_odd_or_endless_answer_is_judged_and_never_accepted() {
    let long = "client and server send both ways over a websocket not sse only ".repeat(62);
    let odd = [
        "\u{0}",
        "🦀🦀",
        "....",
        "= = =",
        "not not not",
        "only",
        "and",
        "<<<>>>",
        "((((",
        "the former",
    ];
    for id in IDS {
        let question = question(id);
        for answer in odd.iter().copied().chain([&*long]) {
            let verdict = question.judge(&Answer::Text(answer.to_owned()));
            let verdict = verdict.expect("an answer within the limit");
            assert_ne!(verdict.outcome, Outcome::Correct, "{id}: {answer}");
        }
    }
}
