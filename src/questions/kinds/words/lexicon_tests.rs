use super::*;
use crate::questions::kinds::words::spelling::Vocabulary;
use crate::questions::kinds::words::tokens::WordToken;
use crate::questions::kinds::words::wording::phrase;

fn faults(text: &str) -> Vec<(usize, String)> {
    let faults = Lexicon::read(text).expect_err("a fault");
    let told = faults.into_iter().map(|fault| (fault.line, fault.problem));
    told.collect()
}

#[test]
fn the_words_of_english_have_no_fault() {
    assert_eq!(
        Lexicon::empty().add(include_str!("english.words"), Source::Program),
        []
    );
}

#[test]
fn a_courses_words_are_added_to_english() {
    let english = Lexicon::default();
    let course =
        "# The web.\nwords: two-way = telephone\nphrase: reload\n    = load again | refresh\n";
    let both = Lexicon::read(course).expect("sound");
    let none = Names::default();
    let terms = |lexicon: &Lexicon| none.term("two-way", &lexicon.names).expect("English").len();
    assert_eq!(terms(&both), terms(&english) + 2);
    assert_eq!(
        none.expanded("reload", &both.names),
        ["load again", "refresh"]
    );
    assert_eq!(none.expanded("reload", &english.names), ["reload"]);
}

#[test]
fn a_courses_names_of_several_words_hold_no_verb() {
    let course = "words: push = server-sent event\nnames: server-sent\n";
    let lexicon = Lexicon::read(course).expect("sound");
    let stems = |text| phrase(text, &lexicon.usage).join(" ");
    assert_eq!(stems("server-sent"), "server sent");
    assert_eq!(stems("server sent events"), "server sent event");
    assert_eq!(stems("the server has sent it"), "the server has send it");
    let push = Names::default()
        .term("push", &lexicon.names)
        .expect("named");
    assert_eq!(push[1].join(" "), "server sent event");
}

#[test]
fn a_courses_verbs_make_a_claim() {
    let english = Vocabulary::of([].iter(), "", Lexicon::default().usage);
    let lexicon = Lexicon::read("verbs: boost\n").expect("sound");
    let course = Vocabulary::of([].iter(), "", lexicon.usage);
    let boosts = WordToken::word("boosts");
    assert!(course.is_verb(&boosts) && !english.is_verb(&boosts));
}

#[test]
fn every_fault_has_its_line() {
    let text = "Words.\nwords: \nphrase: a b\n    = c\nphrase: d\n    = e\nwords: d = f\n# g\nsign: <h>\nphrase: d\n";
    assert_eq!(
        faults(text),
        [
            (1, "this line means nothing here".to_owned()),
            (2, "these words have no name".to_owned()),
            (3, "this phrase has no name".to_owned()),
            (7, "“d” is named twice".to_owned()),
            (9, "this sign is not read as anything".to_owned()),
            (10, "“d” is named twice".to_owned()),
        ]
    );
    assert_eq!(
        faults("    = a\n"),
        [(1, "this wording belongs to no phrase".to_owned())]
    );
}
