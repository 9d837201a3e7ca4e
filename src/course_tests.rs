use std::fs;
use std::path::Path;

use super::*;

/// The files of a fixture folder.
fn tree(name: &str) -> Tree {
    let mut tree = Tree::new();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    add(&fixtures.join(name), "", &mut tree);
    tree
}

fn add(folder: &Path, path: &str, tree: &mut Tree) {
    for entry in fs::read_dir(folder).expect("a fixture folder") {
        let entry = entry.expect("a fixture").path();
        let name = entry
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a plain name");
        let path = format!("{path}{name}");
        if entry.is_dir() {
            add(&entry, &format!("{path}/"), tree);
        } else {
            tree.insert(path, fs::read(&entry).expect("a fixture file"));
        }
    }
}

fn sound() -> Course {
    load(&tree("course-sound")).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn slug(lesson: Option<&Arc<Lesson>>) -> Option<&str> {
    lesson.map(|lesson| &*lesson.slug)
}

#[test]
fn a_course_is_units_of_lessons_in_order() {
    let course = sound();
    assert_eq!(course.title, "A small course");
    let units: Vec<_> = course
        .units
        .iter()
        .map(|unit| (unit.number, &*unit.title))
        .collect();
    assert_eq!(units, [(1, "First"), (2, "Second")]);
    let lessons: Vec<_> = course
        .lessons()
        .map(|lesson| (lesson.number, &*lesson.slug))
        .collect();
    assert_eq!(lessons, [(1, "hello"), (2, "next"), (3, "last")]);
    assert_eq!(slug(course.next("hello")), Some("next"));
    assert_eq!(slug(course.next("next")), Some("last"));
    assert_eq!(slug(course.next("last")), None);
    assert_eq!(slug(course.previous("last")), Some("next"));
    assert_eq!(slug(course.previous("hello")), None);
    assert_eq!(slug(course.next("unknown")), None);
    let (lesson, question) = course.question("first-one").expect("a question");
    assert_eq!((&*lesson.slug, question.choices.len()), ("hello", 2));
}

#[test]
fn front_matter_has_its_defaults() {
    let course = sound();
    let hello = course.lesson("hello").expect("a lesson");
    assert_eq!((hello.minutes, hello.htmx), (10, 2));
    assert_eq!(hello.open, ["index.html", "server.js"]);
    let last = course.lesson("last").expect("a lesson");
    assert_eq!(
        (last.htmx, &*last.prerequisites),
        (4, &["next".into(), "hello".into()][..])
    );
}

#[test]
fn a_solution_lies_over_the_starter_and_that_over_the_base() {
    let course = sound();
    let last = course.lesson("last").expect("a lesson");
    let text = |project: &Project, name| project.get(name).map(|text| text.trim().to_owned());
    assert_eq!(text(&last.starter, "server.js").as_deref(), Some("starter"));
    assert_eq!(
        text(&last.solution, "server.js").as_deref(),
        Some("solution")
    );
    assert_eq!(
        last.solution.get("index.html"),
        last.starter.get("index.html")
    );
    let next = course.lesson("next").expect("a lesson");
    let names: Vec<_> = next
        .starter
        .files()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["extra.js", "index.html", "server.js"]);
}
