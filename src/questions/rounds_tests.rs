use super::*;

const SETTINGS: QuestionSettings = QuestionSettings {
    points: 1,
    tries: 3,
    reveal: 2,
};

/// Deeds written as `day:act`: `+` right, `?` right by a guess, `-` wrong, `u` unsure, `r` looked.
///
/// A third part names the question's version.
fn deeds(story: &str) -> Vec<QuestionDeed> {
    story.split_whitespace().map(deed).collect()
}

fn deed(word: &str) -> QuestionDeed {
    let (day, rest) = word.split_once(':').expect("day:act");
    let (act, version) = rest.split_once(':').unwrap_or((rest, ""));
    let answered = |outcome, guessed| Act::Answered { outcome, guessed };
    QuestionDeed {
        version: (!version.is_empty()).then(|| version.to_owned().into()),
        at_ms: DAY * day.parse::<u64>().expect("a day"),
        act: match act {
            "+" => answered(Outcome::Correct, false),
            "?" => answered(Outcome::Correct, true),
            "-" => answered(Outcome::Incorrect, false),
            "u" => answered(Outcome::Unsure, false),
            "r" => Act::Revealed,
            other => panic!("no act {other}"),
        },
    }
}

fn stands(story: &str, day: u64) -> Round {
    stands_at(story, "now", day)
}

/// Where the question is of this version now.
fn stands_at(story: &str, version: &str, day: u64) -> Round {
    let terms = Terms {
        settings: SETTINGS,
        version: version.to_owned().into(),
    };
    Round::of(&deeds(story), &terms, DAY * day)
}

/// The day on which it comes back.
fn back(story: &str) -> Option<u64> {
    let last = deeds(story).last().expect("a deed").at_ms / DAY;
    stands(story, last).due_ms.map(|due| due / DAY)
}

#[test]
fn practice_has_an_end_in_each_round() {
    let practised = |times| {
        ["5:+"]
            .into_iter()
            .chain(vec!["5:-"; times])
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert!(!stands(&practised(49), 5).is_practised());
    assert!(stands(&practised(50), 5).is_practised());
    let back = format!("4:- {}", practised(50));
    assert!(stands(&back, 5).is_practised());
    assert!(!stands(&back, 99).is_practised(), "a review is a new round");
}

#[test]
fn a_clock_that_was_ahead_for_a_while_gives_no_new_tries() {
    let ahead = stands("5:- 5:- 8:-", 5);
    assert_eq!((ahead.misses, ahead.earlier), (3, 0));
    assert!(ahead.closed && !ahead.due, "{ahead:?}");
    let practised = ["5:- 5:+"].into_iter().chain(vec!["5:-"; 30]);
    let practised: Vec<_> = practised.chain(vec!["8:-"; 20]).collect();
    assert!(stands(&practised.join(" "), 5).is_practised());
    assert_eq!(back("8:- 5:-"), Some(6), "by the clock that is right");
    assert!(stands("5:- 5:- 8:-", 9).due);
}

#[test]
fn a_clock_that_was_behind_for_a_while_gives_no_new_tries() {
    let behind = stands("10:- 1:- 10:-", 10);
    assert_eq!((behind.misses, behind.earlier), (3, 0));
    assert!(behind.closed && !behind.due, "{behind:?}");
    assert_eq!(behind.due_ms, Some(11 * DAY));
    assert!(stands("10:- 1:- 10:-", 11).due);
}

#[test]
fn what_was_right_at_once_does_not_come_back() {
    assert_eq!(back("5:+"), None);
    assert_eq!(back("5:+ 5:-"), None);
    let standing = stands("5:+", 99);
    assert!(standing.right && standing.settled && !standing.due && !standing.closed);
}

#[test]
fn what_was_missed_or_guessed_comes_back_after_a_day() {
    for story in ["5:-", "5:- 5:+", "5:?", "5:u", "5:r", "5:- 5:- 5:-"] {
        assert_eq!(back(story), Some(6), "{story}");
        assert!(stands(story, 6).due, "{story}");
    }
}

#[test]
fn right_reviews_are_spaced_wider_until_it_is_learnt() {
    assert_eq!(back("0:- 0:+ 1:+"), Some(4));
    assert_eq!(back("0:- 0:+ 1:+ 4:+"), Some(11));
    assert_eq!(back("0:- 0:+ 1:+ 4:+ 11:+"), Some(32));
    assert_eq!(back("0:- 0:+ 1:+ 4:+ 11:+ 32:+"), None);
    assert_eq!(back("0:- 0:+ 30:+"), Some(33));
}

#[test]
fn a_miss_in_a_review_begins_with_a_day_again() {
    assert_eq!(back("0:- 0:+ 1:+ 4:- 4:+"), Some(5));
    assert_eq!(back("0:- 0:+ 1:+ 4:-"), Some(5));
    assert_eq!(back("0:- 0:+ 1:?"), Some(2));
}

#[test]
fn practice_before_it_is_due_changes_nothing() {
    assert_eq!(back("0:- 0:+ 1:+ 2:+ 2:-"), Some(4));
}

#[test]
fn the_budget_closes_a_round_and_a_review_opens_it() {
    let open = stands("0:- 0:-", 0);
    assert_eq!(
        (open.misses, open.closed, open.tries_left(SETTINGS)),
        (2, false, 1)
    );
    assert!(open.may_reveal(SETTINGS) && !open.settled);
    let closed = stands("0:- 0:- 0:-", 0);
    assert!(closed.closed && closed.settled && !closed.ever_right);
    assert_eq!(closed.tries_left(SETTINGS), 0);
    let back = stands("0:- 0:- 0:-", 1);
    assert_eq!(
        (back.misses, back.closed, back.due, back.earlier),
        (0, false, true, 3)
    );
    let again = stands("0:- 0:- 0:- 1:-", 1);
    assert_eq!((again.misses, again.due, again.earlier), (1, false, 3));
}

#[test]
fn whoever_saw_the_answer_answers_it_at_the_next_review() {
    assert!(stands("0:- 0:- 0:r", 0).closed);
    assert!(stands("0:u", 0).closed);
    let right = stands("0:- 0:r 1:+", 1);
    assert!(right.right && right.ever_right && !right.closed);
}

#[test]
fn nothing_was_done_yet() {
    let standing = stands("", 7);
    assert_eq!(standing, Round::default());
    assert!(!standing.may_reveal(SETTINGS));
    assert!(standing.may_reveal(QuestionSettings {
        reveal: 0,
        ..SETTINGS
    }));
}

#[test]
fn a_question_that_has_changed_is_asked_anew_and_what_came_of_it_stays() {
    let same = stands_at("0:-:a 0:-:a 0:-:a", "a", 0);
    assert!(same.closed && !same.changed);
    let changed = stands_at("0:-:a 0:-:a 0:-:a", "b", 0);
    assert!(changed.changed && !changed.closed && !changed.due);
    assert_eq!((changed.misses, changed.earlier), (0, 3));
    let right = stands_at("0:+:a", "b", 0);
    assert!(right.changed && !right.right && right.ever_right && right.settled);
}

#[test]
fn an_answer_to_the_changed_question_begins_its_round() {
    let answered = stands_at("0:-:a 0:-:a 0:-:b", "b", 0);
    assert_eq!((answered.misses, answered.earlier), (1, 2));
    assert!(!answered.changed);
    let changed_back = stands_at("0:-:a 0:-:b", "a", 0);
    assert_eq!((changed_back.misses, changed_back.changed), (0, true));
}

#[test]
fn where_no_version_was_kept_nothing_has_changed() {
    let old = stands_at("0:- 0:-", "a", 0);
    assert_eq!((old.misses, old.changed), (2, false));
    let gone_on = stands_at("0:- 0:-:a", "a", 0);
    assert_eq!((gone_on.misses, gone_on.changed), (2, false));
}
