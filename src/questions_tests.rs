use super::parse::BlockFault;
use super::*;

fn read(source: &str) -> Result<Question, Vec<BlockFault>> {
    parse(
        &Lexicon::default(),
        "asked",
        source,
        10,
        &mut |markdown, _| format!("<p>{markdown}</p>"),
    )
}

fn question(source: &str) -> Question {
    read(source).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn faults(source: &str) -> Vec<(usize, String)> {
    let faults = read(source).expect_err("a question with a fault");
    faults
        .into_iter()
        .map(|fault| (fault.line, fault.problem))
        .collect()
}

/// The words of the choices, as a page shows them.
fn choices(question: &Question) -> Vec<String> {
    let view = question.view(&FormFields::default(), None);
    let choices = view["choices"].as_array().expect("choices").iter();
    choices
        .map(|choice| choice["text_html"].as_str().expect("words").to_owned())
        .collect()
}

const ONE: &str = "What is shown?\n\n( ) All.\n    : No, it has no id.\n(x) Nothing.\n    : Right:\n      no id.\n\nhint: Look.\nhint: Look\n  again.\nexplain: Because\n\n  of ids.\n";
const SEVERAL: &str = "Which?\n[x] a\n : yes a\n[x] b\n : yes b\n[ ] c\n : no c\n[ ] d\n";
const TEXT: &str = "Which?\n= hx-boost=\"false\"\n  : On the link.\n= `data-hx-boost='false'`\n~ hx-boost\n  : With which value?\n~ *\n  : It is an attribute.\n";

#[test]
fn a_block_becomes_a_question() {
    let one = question(ONE);
    assert_eq!(one.kind(), "choices");
    assert_eq!(one.prompt_html, "<p>What is shown?</p>");
    assert_eq!(choices(&one), ["All.", "Nothing."]);
    assert_eq!(one.model_html(), "<ul><li>Nothing.</li></ul>");
    let verdict = one.judge(&Answer::new("choices", vec![1])).expect("judged");
    assert_eq!(verdict.feedback_at(1), Some("<p>Right:\nno id.</p>"));
    assert_eq!(one.hints, ["<p>Look.</p>", "<p>Look\nagain.</p>"]);
    assert_eq!(
        one.explanation_html.as_deref(),
        Some("<p>Because\n\nof ids.</p>")
    );
    assert_eq!(question(SEVERAL).kind(), "choices");
    assert_eq!(question(TEXT).kind(), "short");
}

#[test]
fn marks_inside_code_of_the_prompt_are_code() {
    let asked =
        question("What of this?\n```js\n= 1\n( ) => 2\n```\n~~~\n~ x\n~~~\n( ) a\n(x) [x](y)\n");
    assert!(asked.prompt_html.contains("( ) => 2"));
    assert_eq!(choices(&asked).len(), 2);
}

fn judged(question: &Question, answer: &Answer) -> (Outcome, f64, Vec<Option<usize>>) {
    let verdict = question
        .judge(answer)
        .expect("an answer that can be judged");
    (
        verdict.outcome,
        verdict.score,
        verdict.feedback.iter().map(|f| f.place).collect(),
    )
}

#[test]
fn one_choice_is_right_or_wrong() {
    let one = question(ONE);
    assert_eq!(
        judged(&one, &Answer::new("choices", vec![1])),
        (Outcome::Correct, 1.0, vec![Some(1)])
    );
    assert_eq!(
        judged(&one, &Answer::new("choices", vec![0])),
        (Outcome::Incorrect, 0.0, vec![Some(0)])
    );
}

#[test]
fn several_choices_are_right_in_part() {
    let several = question(SEVERAL);
    let judge = |chosen: &[usize]| judged(&several, &Answer::new("choices", chosen.to_vec()));
    assert_eq!(
        judge(&[1, 0]),
        (Outcome::Correct, 1.0, vec![Some(0), Some(1)])
    );
    assert_eq!(judge(&[0]), (Outcome::Partial, 0.5, vec![Some(0)]));
    assert_eq!(
        judge(&[0, 0, 1, 2]),
        (Outcome::Partial, 0.5, vec![Some(0), Some(1), Some(2)])
    );
    assert_eq!(
        judge(&[0, 2]),
        (Outcome::Incorrect, 0.0, vec![Some(0), Some(2)])
    );
    assert_eq!(judge(&[2, 3]), (Outcome::Incorrect, 0.0, vec![Some(2)]));
}

#[test]
fn a_text_is_compared_without_case_space_and_quotes() {
    let text = question(TEXT);
    let judge = |answer: &str| {
        let verdict = text.judge(&Answer::new("text", answer)).expect("judged");
        (
            verdict.outcome,
            verdict
                .feedback
                .first()
                .map(|f| f.html.clone())
                .unwrap_or_default(),
        )
    };
    for right in [
        "hx-boost=\"false\"",
        "  HX-Boost = 'false'. ",
        "`hx-boost=“false”`",
        "ｈx-boost=\"false\"",
    ] {
        assert_eq!(
            judge(right),
            (Outcome::Correct, "<p>On the link.</p>".into()),
            "{right}"
        );
    }
    assert_eq!(
        judge("data-hx-boost=\"false\""),
        (Outcome::Correct, String::new())
    );
    assert_eq!(
        judge("hx-boost?"),
        (Outcome::Incorrect, "<p>With which value?</p>".into())
    );
    assert_eq!(
        judge("no idea"),
        (Outcome::Incorrect, "<p>It is an attribute.</p>".into())
    );
    assert_eq!(
        judge("*"),
        (Outcome::Incorrect, "<p>It is an attribute.</p>".into())
    );
}

#[test]
fn an_answer_that_cannot_be_judged_is_refused_with_a_sentence() {
    let refused = |source: &str, answer: Answer| {
        question(source)
            .judge(&answer)
            .expect_err("refused")
            .to_string()
    };
    let text = |text: String| Answer::new("text", text);
    assert_eq!(
        refused(ONE, Answer::new("choices", Vec::<usize>::new())),
        "Choose an answer first."
    );
    assert_eq!(
        refused(SEVERAL, Answer::new("choices", Vec::<usize>::new())),
        "Choose an answer first."
    );
    assert!(
        refused(ONE, Answer::new("choices", vec![0, 1]))
            .starts_with("This question takes one choice")
    );
    assert!(
        refused(ONE, Answer::new("choices", vec![2]))
            .starts_with("This question has no such choice")
    );
    assert!(refused(SEVERAL, Answer::new("choices", vec![usize::MAX])).contains("no such choice"));
    assert!(refused(ONE, text("x".into())).starts_with("This question is answered in another way"));
    assert_eq!(refused(TEXT, text(" \n".into())), "Write an answer first.");
    assert!(
        question(TEXT)
            .judge(&text("é".repeat(ANSWER_LIMIT)))
            .is_ok()
    );
    assert_eq!(
        refused(TEXT, text("é".repeat(ANSWER_LIMIT + 1))),
        "This answer has 4001 characters, and at most 4,000 are read: shorten it."
    );
}

#[test]
fn every_fault_has_its_line() {
    let only = |source: &str| {
        let found = faults(source);
        assert_eq!(found.len(), 1, "{source}: {found:?}");
        found[0].clone()
    };
    assert_eq!(
        only("( ) a\n(x) b\n"),
        (10, "the question asks nothing".into())
    );
    assert_eq!(only("Which?\n"), (10, "the question has no answers".into()));
    assert_eq!(
        only("Which?\n( ) a\n( ) b\n"),
        (10, "no choice is right".into())
    );
    assert_eq!(
        only("Which?\n(x) a\n"),
        (10, "there is only one choice".into())
    );
    assert_eq!(
        only("Which?\n(x) a\n(x) b\n"),
        (
            10,
            "2 choices are marked right, where only one can be chosen".into()
        )
    );
    assert_eq!(only("Which?\n~ a\n"), (10, "no text is accepted".into()));
    assert_eq!(
        only("Which?\n(x) a\n[ ] b\n"),
        (
            13,
            "this answer is of another kind than the first one".into()
        )
    );
    assert_eq!(
        only("Which?\n(x) a\nmore\n( ) b\n"),
        (13, "this line belongs to nothing in the question".into())
    );
    assert_eq!(
        only("Which?\n(x) a\n( ) b\n( )\n"),
        (14, "nothing stands after this mark".into())
    );
    assert_eq!(
        only("Which?\n= a\n~ A.\n"),
        (13, "“A.” counts as the same answer as one above".into())
    );
    assert_eq!(
        only("Which?\n= a\n~ *\n"),
        (13, "“~ *” says nothing".into())
    );
    assert_eq!(
        only("Which?\n= a\nexplain: b\nexplain: c\n"),
        (14, "a second “explain:”".into())
    );
    let named = |id: &str| {
        parse(&Lexicon::default(), id, "Which?\n= a\n", 1, &mut |_, _| {
            String::new()
        })
        .is_ok()
    };
    assert!(named("ws-vs-sse") && !named("") && !named("Ws") && !named("a b"));
}
