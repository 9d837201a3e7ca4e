//! What progress comes to: standing, tally and review, of a small course.

use super::*;
use crate::course::{self, Lesson, Tree};
use crate::questions::Outcome;
use crate::questions::rounds::{Act, QuestionDeed};
use crate::store::Progress;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// A lesson of two questions and a challenge, one to be read, and one of two steps.
fn course() -> Course {
    let page = |body: &str| {
        format!(
            "+++\ntitle = \"T\"\nsummary = \"S.\"\nminutes = 1\nprerequisites = []\n+++\n{body}"
        )
    };
    let question = |id: &str| {
        format!("\n```question {id}\nWhich?\n\ntries: 2\n= hx-get\nexplain: It asks.\n```\n")
    };
    let asked = format!(
        "{}{}\n## Challenge\n\nDo it.\n",
        question("one"),
        question("two")
    );
    let step = |id: &str| format!("\n```step {id}\nDo it.\nsee: It.\n```\n");
    let steps = format!("{}{}", step("first"), step("second"));
    let tree: Tree = [
        ("course.toml", "title = \"C\"\nsummary = \"S\"\n".to_owned()),
        ("base/server.js", "export default {};".to_owned()),
        (
            "01-unit/unit.toml",
            "title = \"U\"\nsummary = \"S\"\n".to_owned(),
        ),
        ("01-unit/01-asked/index.md", page(&asked)),
        ("01-unit/01-asked/starter/a.txt", "a".to_owned()),
        ("01-unit/01-asked/solution/a.txt", "b".to_owned()),
        ("01-unit/01-asked/alternatives/other/a.txt", "c".to_owned()),
        (
            "01-unit/01-asked/checks.js",
            "export default [];".to_owned(),
        ),
        ("01-unit/02-read/index.md", page("\nRead.\n")),
        ("01-unit/03-steps/index.md", page(&steps)),
    ]
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .into_iter()
    .collect();
    course::load(&tree).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn lesson<'a>(course: &'a Course, slug: &str) -> &'a Lesson {
    course.lesson(slug).expect("a lesson of the course")
}

/// Adds an answer that was given a second after the one before.
fn answer(progress: &mut Progress, question: &str, outcome: Outcome) {
    progress.at_ms += 1000;
    let deed = QuestionDeed {
        at_ms: progress.at_ms,
        act: Act::Answered {
            outcome,
            guessed: false,
        },
        version: None,
    };
    let deeds = progress.deeds.entry(question.into()).or_default();
    deeds.push(deed);
}

#[track_caller]
fn stands(progress: &Progress, slug: &str, state: Completion, words: &str) {
    let course = course();
    let standing = Standing::of(lesson(&course, slug), progress);
    assert_eq!((standing.state, &*standing.words), (state, words));
}

#[test]
fn a_lesson_is_done_when_its_questions_are_worked_through_and_its_challenge_is_passed() {
    let mut progress = Progress::default();
    stands(&progress, "asked", Completion::Ahead, "");
    progress.visited.insert("asked".into());
    stands(&progress, "asked", Completion::Started, "begun");
    progress.read.insert("asked".into());
    stands(
        &progress,
        "asked",
        Completion::Started,
        "read, questions open",
    );
    answer(&mut progress, "one", Outcome::Correct);
    stands(&progress, "asked", Completion::Started, "1 of 2 right");
    answer(&mut progress, "two", Outcome::Incorrect);
    answer(&mut progress, "two", Outcome::Incorrect);
    stands(&progress, "asked", Completion::Started, "challenge open");
    progress.passed.insert("asked".into());
    stands(&progress, "asked", Completion::Done, "done, 1 of 2 right");
    progress.read.clear();
    let course = course();
    let standing = Standing::of(lesson(&course, "asked"), &progress);
    assert!((standing.share - 0.75).abs() < f64::EPSILON, "{standing:?}");
}

#[test]
fn a_lesson_without_tasks_is_done_when_it_is_marked_as_read() {
    let mut progress = Progress::default();
    progress.visited.insert("read".into());
    stands(&progress, "read", Completion::Started, "begun");
    progress.read.insert("read".into());
    stands(&progress, "read", Completion::Done, "done");
}

#[test]
fn a_lesson_of_steps_is_done_when_all_are() {
    let mut progress = Progress::default();
    progress.visited.insert("steps".into());
    stands(&progress, "steps", Completion::Started, "begun");
    let tick = |progress: &mut Progress, step: &str| {
        let ticked = progress.ticked.entry("steps".into()).or_default();
        ticked.insert(step.into());
    };
    tick(&mut progress, "gone");
    stands(&progress, "steps", Completion::Started, "begun");
    tick(&mut progress, "first");
    stands(&progress, "steps", Completion::Started, "1 of 2 steps");
    progress.read.insert("steps".into());
    stands(
        &progress,
        "steps",
        Completion::Started,
        "1 of 2 steps, read",
    );
    let course = course();
    let tally = Tally::of(lesson(&course, "steps"), &progress);
    assert_eq!((tally.steps, tally.ticked), (2, 1));
    tick(&mut progress, "second");
    stands(&progress, "steps", Completion::Done, "done");
}

#[test]
fn a_tally_of_several_lessons_is_the_sum() {
    let course = course();
    let mut progress = Progress::default();
    progress.read.insert("read".into());
    answer(&mut progress, "one", Outcome::Correct);
    answer(&mut progress, "two", Outcome::Partial);
    let tally: Tally = course.lessons().map(|it| Tally::of(it, &progress)).sum();
    assert_eq!((tally.lessons, tally.read), (3, 1));
    assert_eq!((tally.asked, tally.settled, tally.right), (2, 1, 1));
    assert_eq!((tally.challenges, tally.passed), (1, 0));
    assert_eq!(tally.points, 2 * tally.earned);
}

#[test]
fn what_was_missed_rests_and_is_due_after_a_day() {
    let course = course();
    let mut progress = Progress::default();
    let none = Review {
        due: 0,
        resting: 0,
        next_ms: None,
    };
    assert_eq!(Review::of(&course, &progress), none);
    assert_eq!(met(&course, &progress).count(), 0);

    answer(&mut progress, "one", Outcome::Correct);
    assert_eq!(Review::of(&course, &progress), none, "right at once");
    answer(&mut progress, "two", Outcome::Incorrect);
    answer(&mut progress, "two", Outcome::Correct);
    let missed_ms = progress.at_ms;
    let rests = Review::of(&course, &progress);
    assert_eq!((rests.due, rests.resting), (0, 1));
    let next_ms = rests.next_ms.expect("a time");
    assert!(
        next_ms >= missed_ms && next_ms <= missed_ms + DAY,
        "{rests:?}"
    );

    progress.at_ms = next_ms;
    let due = Review { due: 1, ..none };
    assert_eq!(Review::of(&course, &progress), due);
    let met: Vec<_> = met(&course, &progress)
        .map(|(lesson, question, _)| (&*lesson.slug, &*question.id))
        .collect();
    assert_eq!(met, [("asked", "one"), ("asked", "two")]);
}
