use std::fmt::Write as _;
use std::path::PathBuf;

use crate::questions::{Answer, Lexicon, Outcome, Question, parse};

const IDS: [&str; 5] = [
    "ws-vs-sse",
    "hx-boost",
    "exclude-link",
    "htmx-header",
    "csrf",
];

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/questions")
}

fn fixture(name: &str) -> String {
    let path = fixtures().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a question's sets of answers, each written before it was first judged, and marked by hand.
fn sets(id: &str) -> Vec<String> {
    let entries = std::fs::read_dir(fixtures()).expect("a folder");
    let names = entries.map(|entry| entry.expect("a file").file_name());
    let mut sets: Vec<String> = names
        .map(|name| name.into_string().expect("a plain name"))
        .filter(|name| name.starts_with(&format!("{id}.")) && !name.ends_with(".never.txt"))
        .collect();
    sets.sort();
    assert!(sets.len() >= 8, "{id}: {sets:?}");
    sets
}

/// The words of the course.
fn lexicon() -> Lexicon {
    Lexicon::read(include_str!("../../../lessons/course.words")).expect("words without a fault")
}

/// The question as its lesson asks it.
fn question(id: &str) -> Question {
    let fence = format!("```question {id}\n");
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folders = |path: PathBuf| {
        let entries =
            std::fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.is_dir())
    };
    let lessons = folders(root.join("lessons")).flat_map(folders);
    let mut pages =
        lessons.map(|lesson| std::fs::read_to_string(lesson.join("index.md")).expect("a page"));
    let page = pages
        .find(|page| page.contains(&fence))
        .expect("a lesson that asks it");
    let (_, block) = page.split_once(&fence).expect("a block");
    let (block, _) = block.split_once("\n```").expect("its end");
    parse(&lexicon(), id, block, 1, &mut |text, _| {
        format!("<p>{text}</p>")
    })
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
        let others = || agreement.judged.iter().filter(|judged| !judged.agrees());
        let agreeing = agreement.judged.len() - others().count();
        assert!(
            agreeing * 100 >= agreement.judged.len() * 95,
            "{id}: {agreeing}"
        );
        // What is held out is not tuned for.
        for other in others().filter(|judged| !judged.marked.held_out) {
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
            .judge(&Answer::new("text", answer.to_owned()))
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
        for name in sets(id) {
            let (agreed, in_all) = judged(&question, &name, &mut poor);
            if agreed * 10 < in_all * 9 {
                let _ = writeln!(poor, "{name}: only {agreed} of {in_all}");
            }
        }
    }
    assert_eq!(poor, "");
}

#[test]
fn a_swapped_or_denied_claim_is_never_accepted() {
    let mut accepted = String::new();
    for id in IDS {
        judged(&question(id), &format!("{id}.never.txt"), &mut accepted);
    }
    assert_eq!(accepted, "");
}

#[test]
fn right_answers_with_the_subjects_swapped_are_never_accepted() {
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
    for set in sets("ws-vs-sse") {
        for line in fixture(&set).lines() {
            let Some(right) = line.strip_prefix("right: ") else {
                continue;
            };
            let swapped = swap(right);
            let verdict = question
                .judge(&Answer::new("text", swapped.clone()))
                .expect("a verdict");
            let whole = swapped != right
                && !swapped.to_lowercase().contains("server sent")
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
    parse(&lexicon(), "small", SMALL, 1, &mut |text, _| {
        format!("<p>{text}</p>")
    })
    .unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn said(answer: &str) -> (Outcome, String) {
    let verdict = small()
        .judge(&Answer::new("text", answer.to_owned()))
        .expect("a verdict");
    let said: Vec<String> = verdict.feedback.into_iter().map(|said| said.html).collect();
    (verdict.outcome, said.join(" "))
}

#[test]
fn a_block_in_words_becomes_a_question() {
    let question = small();
    assert_eq!(question.kind(), "words");
    assert_eq!(question.model_html(), "<p>A is two-way.</p>");
    assert_eq!(question.hints, ["<p>Look.</p>"]);
    assert_eq!(
        question.explanation_html.as_deref(),
        Some("<p>So it is.</p>")
    );
    let agreement = question.agreement().expect("marked answers");
    assert!(agreement.model_accepted);
    assert_eq!(agreement.judged.len(), 12);
    assert!(agreement.judged.iter().all(super::Judged::agrees));
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
    let faults = parse(&lexicon(), "small", source, 10, &mut |text, _| {
        text.to_owned()
    })
    .expect_err("faults");
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

/// Pieces of which odd answers are made: words of the questions, signs, and what breaks parsers.
const PIECES: [&str; 44] = [
    "WebSockets",
    "SSE",
    "two-way",
    "one-way",
    "both",
    "client",
    "server",
    "send",
    "only",
    "not",
    "never",
    "neither",
    "nor",
    "unlike",
    "instead of",
    "rather than",
    "which",
    "former",
    "latter",
    "it",
    "links",
    "forms",
    "AJAX",
    "hx-boost=\"false\"",
    "HX-Request: true",
    "another site",
    "cookies",
    "is wrong",
    "not true that",
    "keep",
    "from",
    ",",
    ".",
    "?",
    "(",
    ")",
    ":",
    "—",
    "\u{200b}",
    "\u{202e}אבג",
    "🦀👩‍👩‍👧",
    "é\u{301}\u{302}",
    "\u{0}",
    "Ａ",
];

/// The same pieces each time: a small generator, so that a failure can be repeated.
fn piece(seed: &mut u64) -> &'static str {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let at = usize::try_from(*seed >> 33).expect("31 bits") % PIECES.len();
    PIECES[at]
}

fn is_sound(question: &Question, answer: &str) {
    let verdict = question.judge(&Answer::new("text", answer.to_owned()));
    let Ok(verdict) = verdict else { return };
    let fits = match verdict.outcome {
        Outcome::Correct => verdict.score >= 1.0,
        Outcome::Partial => verdict.score > 0.0 && verdict.score < 1.0,
        Outcome::Incorrect | Outcome::Unsure => verdict.score <= 0.0,
    };
    assert!(fits, "{verdict:?}: {answer}");
    let told = verdict.outcome == Outcome::Correct || !verdict.feedback.is_empty();
    assert!(told, "{verdict:?}: {answer}");
    let again = question.judge(&Answer::new("text", answer.to_owned()));
    assert_eq!(again.as_ref(), Ok(&verdict), "{answer}");
}

#[test]
fn any_text_gets_one_verdict_with_its_reason() {
    let mut seed = 7;
    for id in IDS {
        let question = question(id);
        for length in (1..120).step_by(5).chain([900]) {
            let words: Vec<&str> = (0..length).map(|_| piece(&mut seed)).collect();
            is_sound(&question, &words.join(" "));
        }
    }
}

#[test]
fn an_odd_or_endless_answer_is_judged_and_never_accepted() {
    let endless = [
        "client and server send both ways over a websocket not sse only ".repeat(62),
        "websockets are two-way, sse is one-way, ".repeat(99),
        "links,forms,ajax,".repeat(230),
        ",".repeat(4_000),
        "(".repeat(4_000),
        "not ".repeat(1_000),
        "a ".repeat(2_000),
        "\u{202e}".repeat(4_000),
        "e\u{301}".repeat(2_000),
        "👩‍👩‍👧".repeat(700),
    ];
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
        for answer in odd
            .iter()
            .copied()
            .chain(endless.iter().map(|text| &**text))
        {
            let verdict = question.judge(&Answer::new("text", answer.to_owned()));
            let accepted = verdict.is_ok_and(|verdict| verdict.outcome == Outcome::Correct);
            assert!(!accepted, "{id}: {answer}");
        }
    }
}

#[test]
fn an_answer_over_the_limit_is_told_its_length() {
    let long = "a".repeat(crate::questions::ANSWER_LIMIT + 1);
    let refused = small().judge(&Answer::new("text", long));
    assert!(matches!(
        refused,
        Err(crate::questions::AnswerError::TooLong(4_001))
    ));
}
