use super::QuestionVersion;
use crate::questions::{Lexicon, parse};

const CHOICES: &str = "Which?\n\n~~~js\nhint: code\n~~~\n\n( ) a\n  : No.\n(x) b\n";
const WORDS: &str = "Say.\nconcept: a\n    = aaa\n    : Say a.\nmodel: aaa\nright:\n    - aaa\n    - so aaa\n    - aaa!\n    - it is aaa\n    - aaa it is\n    - aaa.\nwrong:\n    - b\n    - bb\n    - c\n    - d\n    - e\n    - f\n";

#[track_caller]
fn version(source: &str) -> QuestionVersion {
    version_with("", source)
}

/// The version in a course with these words.
#[track_caller]
fn version_with(course: &str, source: &str) -> QuestionVersion {
    let parsed = parse(
        &Lexicon::read(course).expect("sound words"),
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

#[test]
fn the_words_of_the_course_by_which_answers_are_judged_are_in_the_version() {
    const COURSE: &str = "words: news = update\nwords: other = any\n\
                          phrase: tells\n    = say/news\ntopics: csrf\n";
    let source = WORDS.replace("= aaa", "= aaa | news+come | tells");
    let first = version_with(COURSE, &source);
    let changed = |old: &str, new: &str| {
        let course = COURSE.replace(old, new);
        assert_ne!(course, COURSE);
        version_with(&course, &source) != first
    };
    for (old, new) in [
        ("= update", "= update, report"),
        ("= say/news", "= say/news | told"),
        ("topics: csrf", "topics: csrf, etag"),
        ("topics: csrf", "verbs: boost"),
    ] {
        assert!(changed(old, new), "{new}");
    }
    for (old, new) in [
        ("= any", "= any, else"),
        ("words: other", "# A remark.\nwords: another"),
    ] {
        assert!(!changed(old, new), "{new}");
    }
    let choices = |course: &str| version_with(course, CHOICES);
    assert_eq!(choices(COURSE), choices(""));
}
