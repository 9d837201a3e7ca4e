use super::QuestionVersion;
use crate::questions::{Lexicon, parse};

const CHOICES: &str = "Which?\n\n~~~js\nhint: code\n~~~\n\n( ) a\n  : No.\n(x) b\n";
const WORDS: &str = "Say.\nconcept: a\n    = aaa\n    : Say a.\nmodel: aaa\nright:\n    - aaa\n    - so aaa\n    - aaa!\n    - it is aaa\n    - aaa it is\n    - aaa.\nwrong:\n    - b\n    - bb\n    - c\n    - d\n    - e\n    - f\n";

#[track_caller]
fn version(source: &str) -> QuestionVersion {
    let parsed = parse(
        &Lexicon::default(),
        "asked",
        source,
        1,
        &mut |markdown, _| markdown.to_owned(),
    );
    parsed.expect("a sound question").version
}

#[test]
fn help_settings_space_and_comments_change_no_version() {
    for source in [CHOICES, WORDS] {
        let first = version(source);
        assert_eq!(first.to_string().len(), 16);
        for added in [
            "hint: Look.\n  Again.\n",
            "explain: So.\n\n  It is.\n",
            "points: 2\ntries: 3\nreveal: at once\n",
            "\n  \n",
        ] {
            assert_eq!(version(&format!("{source}{added}")), first, "{added}");
        }
        let before = format!("<!-- of last week -->\n{source}");
        assert_eq!(version(&before.replace('\n', " \n")), first);
    }
    let held_out = format!("{WORDS}held-out right:\n    - one more aaa\n");
    assert_eq!(version(&held_out), version(WORDS));
}

#[test]
fn what_is_asked_or_judged_makes_another_version() {
    for (source, old, new) in [
        (CHOICES, "Which?", "Which one?"),
        (CHOICES, "hint: code", "hint: other code"),
        (CHOICES, "( ) a\n  : No.\n(x) b", "(x) a\n  : No.\n( ) b"),
        (CHOICES, "No.", "Not yet."),
        (WORDS, "= aaa", "= aaa | bbb"),
        (WORDS, "model: aaa", "model: aaa aaa"),
    ] {
        assert_ne!(version(source), version(&source.replace(old, new)), "{new}");
    }
}
