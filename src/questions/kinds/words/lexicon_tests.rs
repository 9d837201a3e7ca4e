use super::*;

fn faults(text: &str) -> Vec<(usize, String)> {
    let faults = Lexicon::read(text).expect_err("a fault");
    let told = faults.into_iter().map(|fault| (fault.line, fault.problem));
    told.collect()
}

#[test]
fn the_words_of_english_have_no_fault() {
    assert_eq!(Lexicon::empty().add(include_str!("english.words")), []);
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
