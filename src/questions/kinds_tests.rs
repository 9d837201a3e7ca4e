//! Steps, pairs, gaps, code and settings: read and judged.

use super::parse::BlockFault;
use super::*;

fn read(source: &str) -> Result<Question, Vec<BlockFault>> {
    parse(
        &Lexicon::default(),
        "asked",
        source,
        10,
        &mut |markdown, _| format!("<p>{}</p>", crate::escape::escaped(markdown)),
    )
}

#[track_caller]
fn question(source: &str) -> Question {
    read(source).unwrap_or_else(|faults| panic!("{faults:?}"))
}

#[track_caller]
fn judged(question: &Question, answer: &Answer) -> Verdict {
    question
        .judge(answer)
        .expect("an answer that can be judged")
}

const STEPS: &str = "In which order?\n\n1. call\n2. upgrade\n   : After the call.\n3. send\n3. hear\n4. close\n\nexplain: So.\n";
const PAIRS: &str = "Match.\n\n- `hx-get` => GET\n- `hx-post` => POST\n  : Look at its name.\n- `hx-boost` => GET\n- => PATCH\n";
const GAPS: &str = "Fill.\n\n~~~html\n<ol id=\"log\" hx-swap-oob=\"__how__\" __2__>\n~~~\n\n__2__ = class=\"a b\"\n  : Two.\n  \n__how__\n= beforeend\n~ innerHTML\n  : That replaces.\n~ *\n  : Where is it added?\n";
const CODE: &str = "Write.\n\ncode: html\nstart: <a>x</a>\n= <a hx-get=\"/x\">x</a>\n  : Yes.\n~ <a href=\"/x\">x</a>\n  : That leaves the page.\n";

#[test]
fn steps_are_right_in_part_and_told_apart() {
    let steps = question(STEPS);
    assert_eq!(steps.kind(), "steps");
    let judge = |order: &[usize]| judged(&steps, &Answer::new("steps", order.to_vec()));
    assert_eq!(judge(&[0, 1, 2, 3, 4]).outcome, Outcome::Correct);
    assert_eq!(judge(&[0, 1, 3, 2, 4]).outcome, Outcome::Correct);
    let partial = judge(&[1, 0, 2, 3, 4]);
    assert_eq!(partial.outcome, Outcome::Partial);
    assert!(
        (partial.score - 2.0 / 3.0).abs() < 1e-9,
        "{}",
        partial.score
    );
    assert_eq!(partial.places.iter().filter(|right| !**right).count(), 1);
    let reversed = judge(&[4, 3, 1, 0, 2]);
    assert_eq!(reversed.outcome, Outcome::Incorrect);
    assert_eq!(judge(&[4, 3, 1, 0, 2]), reversed);
    assert!(
        reversed
            .feedback
            .iter()
            .all(|said| said.html.contains("After the call."))
    );
    let none = question("Order?\n1. a\n2. b\n");
    assert_eq!(
        judged(&none, &Answer::new("steps", vec![1, 0])).outcome,
        Outcome::Incorrect
    );
    for wrong in [&[0, 1][..], &[0, 1, 2, 3, 3], &[0, 1, 2, 3, 9], &[]] {
        let error = steps.judge(&Answer::new("steps", wrong.to_vec()));
        assert_eq!(error, Err(AnswerError::NotEachOnce));
    }
}

#[test]
fn what_is_shown_first_is_never_right() {
    for id in ["a", "b", "c", "asked", "ws-order", "x-1", "x-2"] {
        for source in ["Q\n1. a\n2. b\n", "Q\n1. a\n1. b\n2. c\n", STEPS] {
            let question = parse(&Lexicon::default(), id, source, 1, &mut |text, _| {
                text.to_owned()
            })
            .expect("sound");
            let places = 0..question.view(&FormFields::default(), None)["steps"]
                .as_array()
                .expect("steps")
                .len();
            let fields = places.map(|at| (format!("place-{at}"), (at + 1).to_string()));
            let shown = question.answer(&fields.collect()).expect("each once");
            assert_ne!(
                judged(&question, &shown).outcome,
                Outcome::Correct,
                "{id}: {source}"
            );
        }
    }
}

#[test]
fn pairs_are_judged_one_by_one() {
    let pairs = question(PAIRS);
    assert_eq!(pairs.kind(), "pairs");
    let judge =
        |chosen: [usize; 3]| judged(&pairs, &Answer::new("pairs", chosen.map(Some).to_vec()));
    assert_eq!(judge([0, 1, 0]).outcome, Outcome::Correct);
    let partial = judge([0, 2, 0]);
    assert_eq!(partial.places, [true, false, true]);
    assert_eq!(partial.feedback[0].place, Some(1));
    assert_eq!(judge([1, 0, 2]).outcome, Outcome::Incorrect);
    let refused =
        |chosen: Vec<Option<usize>>| pairs.judge(&Answer::new("pairs", chosen)).expect_err("so");
    assert_eq!(refused(vec![None; 3]), AnswerError::NothingChosen);
    assert_eq!(
        refused(vec![Some(0), None, None]),
        AnswerError::PairsOpen(2)
    );
    assert_eq!(
        refused(vec![Some(0), Some(1), Some(3)]),
        AnswerError::NoSuchChoice
    );
    assert_eq!(refused(vec![Some(0)]), AnswerError::OtherKind);
}

#[test]
fn gaps_are_filled_in_any_form_that_makes_the_same_code() {
    let gaps = question(GAPS);
    assert_eq!(gaps.kind(), "gaps");
    let judge = |how: &str, two: &str| {
        judged(
            &gaps,
            &Answer::new("gaps", vec![how.to_owned(), two.to_owned()]),
        )
    };
    assert_eq!(
        judge("beforeend", "class=\"a b\"").outcome,
        Outcome::Correct
    );
    assert_eq!(
        judge(" `beforeend`", "CLASS='b  a'").outcome,
        Outcome::Correct
    );
    let partial = judge("innerHTML", "class=\"a b\"");
    assert_eq!((partial.outcome, partial.score), (Outcome::Partial, 0.5));
    assert_eq!(partial.places, [false, true]);
    assert!(partial.feedback[0].html.contains("That replaces."));
    assert!(
        judge("beforeEnd", "x").feedback[0]
            .html
            .contains("Where is it added?")
    );
    assert_eq!(judge("\"><b>", "=").outcome, Outcome::Incorrect);
    let refused = |texts: &[&str]| {
        gaps.judge(&Answer::new("gaps", texts))
            .expect_err("refused")
    };
    assert_eq!(refused(&["", " "]), AnswerError::NothingWritten);
    assert_eq!(refused(&["a", " "]), AnswerError::GapsOpen(1));
    assert_eq!(refused(&["a"]), AnswerError::OtherKind);
    assert_eq!(
        refused(&[&"a".repeat(4_000), "b"]),
        AnswerError::TooLong(4_001)
    );
}

#[test]
fn code_is_compared_as_parsed_and_a_difference_is_placed() {
    let code = question(CODE);
    assert_eq!(code.kind(), "code");
    let judge = |text: &str| judged(&code, &Answer::new("text", text.to_owned()));
    let right = judge("<A data-hx-get='/x'> x </A>");
    assert_eq!((right.outcome, right.feedback.len()), (Outcome::Correct, 1));
    let known = judge("<a href=/x>x</a>");
    assert_eq!(known.feedback.len(), 1);
    assert!(known.feedback[0].html.contains("leaves the page"));
    let other = judge("<a hx-get=\"/y\">x</a>");
    assert!(
        other.feedback[0].html.contains("has another value"),
        "{other:?}"
    );
    let broken = code.judge(&Answer::new("text", "<a hx-get=\"/x>x</a>".to_owned()));
    let sentence = broken.expect_err("broken").to_string();
    assert!(
        sentence.starts_with("Line 1: a tag does not end"),
        "{sentence}"
    );
    let js = question("Write.\ncode: js\n= ws.publish(\"a\", text)\n");
    let sentence = js
        .judge(&Answer::new("text", "ws.publish(".to_owned()))
        .expect_err("broken");
    assert!(
        sentence.to_string().ends_with("this was not counted."),
        "{sentence}"
    );
}

#[test]
fn a_list_in_the_prompt_of_another_kind_is_a_list() {
    let one = question("Which?\n\n1. first\n2. second\n\n- a => b\n\n( ) a\n(x) b\n");
    assert_eq!(one.kind(), "choices");
    assert!(one.prompt_html.contains("2. second"));
}

#[test]
fn settings_are_read_for_every_kind() {
    let words = "Say.\nconcept: a\n    = aaa\nmodel: aaa\n";
    for source in [STEPS, PAIRS, GAPS, CODE, "Q\n= a\n", "Q\n(x) a\n( ) b\n"] {
        let plain = question(source).settings;
        assert_eq!(
            plain,
            QuestionSettings {
                points: 1,
                tries: 5,
                reveal: 3
            }
        );
        let set = question(&format!("{source}\npoints: 2\ntries: 2\nreveal: at once\n")).settings;
        assert_eq!(
            set,
            QuestionSettings {
                points: 2,
                tries: 2,
                reveal: 0
            }
        );
    }
    assert_eq!(question("Q\n= a\ntries: 2\n").settings.reveal, 2);
    let faults = read(&format!("{words}tries: 0\n")).expect_err("faults");
    assert_eq!(
        (faults[0].line, &*faults[0].problem),
        (15, "“0” cannot be `tries`")
    );
}

#[test]
fn every_fault_has_its_line() {
    let first = |source: &str| {
        let found = read(source).expect_err("a fault");
        (found[0].line, found[0].problem.clone())
    };
    for (source, line, problem) in [
        ("Q\n1. a\n", 10, "there is no order in these steps"),
        ("Q\n1. a\n1. b\n", 10, "there is no order in these steps"),
        ("Q\n2. a\n1. b\n", 12 + 1, "step 1 stands below a later one"),
        ("Q\n- a => b\n", 10, "there is nothing to match"),
        ("Q\n- a => b\n- c =>\n", 13, "nothing stands on the right"),
        (
            "Q `__1__`\n__1__\nhint: a\n",
            10,
            "nothing is right for the gap __1__",
        ),
        (
            "Q\n__1__ = a\n",
            12,
            "the gap __1__ does not stand once in the code",
        ),
        (
            "Q `__1__`\n__1__ = a\n__1__ = b\n",
            13,
            "the gap __1__ is named twice",
        ),
        (
            "Q `__1__`\n= b\n__1__ = a\n",
            12,
            "this answer belongs to no gap",
        ),
        (
            "Q\ncode: css\n= a\n",
            12,
            "code in “css” cannot be compared",
        ),
        ("Q\ncode: html\nstart: a\n", 10, "no code is accepted"),
        (
            "Q\nstart: a\n= b\n",
            10,
            "the language of the code is missing",
        ),
        (
            "Q\ncode: js\n=\n  f()\n  g(\n",
            15,
            "this is not JavaScript as it stands",
        ),
        ("Q\n= a\npoints: x\n", 13, "“x” cannot be `points`"),
        (
            "Q\n(x) a\n1. b\n( ) c\n",
            13,
            "this line belongs to nothing in the question",
        ),
    ] {
        let (at, found) = first(source);
        assert!(found.starts_with(problem), "{source}: {found}");
        assert_eq!(at, line, "{source}: {found}");
    }
}
