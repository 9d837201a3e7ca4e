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
    assert_eq!((&*lesson.slug, question.kind()), ("hello", "choices"));
}

#[test]
fn front_matter_has_its_defaults() {
    let course = sound();
    let hello = course.lesson("hello").expect("a lesson");
    assert_eq!((hello.minutes, hello.htmx), (10, 2));
    assert_eq!(hello.open, ["index.html", "server.js"]);
    assert!(hello.noise.is_empty());
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
    let text = |project: &Project, name| project.text(name).map(|text| text.trim().to_owned());
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

#[test]
fn every_fault_is_told_with_its_line_and_its_mend() {
    let faults = load(&tree("course-broken")).expect_err("a broken course");
    let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
    let expected = include_str!("../tests/fixtures/course-broken.txt");
    assert_eq!(told, expected.lines().collect::<Vec<_>>());
}

#[test]
fn noise_says_what_it_is() {
    let with = |noise: &str| {
        let mut tree = tree("course-sound");
        let page = tree
            .get_mut("01-first/01-hello/index.md")
            .expect("the lesson's page");
        let text = String::from_utf8(std::mem::take(page)).expect("it is text");
        *page = text
            .replacen("+++\n", &format!("+++\nnoise = [{noise}]\n"), 1)
            .into_bytes();
        load(&tree)
    };
    let course = with("\"price*\", \"/poll\"").expect("a sound course");
    let hello = course.lesson("hello").expect("a lesson");
    assert_eq!(hello.noise, ["price*", "/poll"]);
    for all in ["\"\"", "\"*\"", "\"text:*\""] {
        let faults = with(all).expect_err("it would leave out everything");
        let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "01-first/01-hello/index.md:2: `noise` holds an entry that everything matches; write a path such as \
                 “/notifications”, or a word such as “price*”"
            ]
        );
    }
}

#[test]
fn an_empty_tree_is_no_course() {
    let faults = load(&Tree::new()).expect_err("no course");
    let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "course.toml:1: the course has no lessons; add one: `01-unit/01-lesson/index.md`",
            "course.toml:1: the file is missing; write it, with `title = \"…\"` and `summary = \"…\"`",
        ]
    );
}

#[test]
fn a_project_keeps_its_limits() {
    let mut tree = tree("course-sound");
    let big = vec![b'x'; crate::project::FILE_LIMIT + 1];
    tree.insert("01-first/01-hello/starter/big.css".into(), big);
    let faults = load(&tree).expect_err("a file that is too large");
    let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "01-first/01-hello/starter/big.css:1: “big.css” is larger than 256 KiB; split it into \
          smaller files"
        ]
    );
}

#[test]
fn a_picture_comes_through_folders_and_differences() {
    let mut tree = tree("course-sound");
    tree.insert(
        "01-first/01-hello/starter/logo.png".into(),
        b"\x89PNG\0".to_vec(),
    );
    let course = load(&tree).expect("a sound course");
    let hello = course.lesson("hello").expect("a lesson");
    for project in [&hello.starter, &hello.solution] {
        let picture = project.get("logo.png").expect("the picture");
        assert_eq!((picture.text(), picture.bytes()), (None, &b"\x89PNG\0"[..]));
    }
    tree.insert(
        "01-first/01-hello/starter/server.js".into(),
        b"// \xfc".to_vec(),
    );
    let faults = load(&tree).expect_err("a file in another encoding");
    let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "01-first/01-hello/starter/server.js:1: “server.js” is not UTF-8 text; save it as UTF-8, or leave it out"
        ]
    );
}

#[test]
fn files_that_editors_leave_behind_are_passed_over() {
    let mut tree = tree("course-sound");
    tree.insert("01-first/.DS_Store".into(), vec![0xff]);
    tree.insert(
        "01-first/01-hello/starter/.server.js.swp".into(),
        vec![0xff],
    );
    assert!(load(&tree).is_ok());
}

#[test]
fn the_fixture_of_steps_is_sound() {
    let course = load(&tree("course-steps")).unwrap_or_else(|faults| panic!("{faults:?}"));
    let lesson = course.lesson("four-steps").expect("a lesson");
    let steps = lesson
        .steps
        .iter()
        .map(|step| (&*step.id, step.claims.len()));
    assert_eq!(
        steps.collect::<Vec<_>>(),
        [("heading", 1), ("look", 0), ("colour", 1), ("greet", 2)]
    );
    assert!(lesson.step_stories.is_some());
}

#[test]
fn a_lesson_page_is_what_the_fixture_shows() {
    let course = sound();
    let lesson = course.lesson("hello").expect("a lesson");
    let shown = |block: &LessonBlock| match block {
        LessonBlock::Prose { html } => without_drawings(html) + "\n",
        LessonBlock::Question { id } => format!("[question {id}]\n"),
        LessonBlock::Step { id } => format!("[step {id}]\n"),
    };
    let page: String = lesson.blocks.iter().map(shown).collect();
    assert_eq!(page, include_str!("../tests/fixtures/course-sound.html"));
}

#[test]
fn nothing_that_is_serialised_of_a_course_tells_an_answer() {
    let course = serde_json::to_string(&sound()).expect("plain fields");
    for secret in [
        "comes <em>back",
        "the form's values",
        "Look at the wire",
        "\"right\"",
    ] {
        assert!(!course.contains(secret), "{secret}");
    }
}

/// The HTML with the insides of its SVG left out.
fn without_drawings(html: &str) -> String {
    let mut parts = html.split("</title>");
    let first = parts.next().unwrap_or_default();
    let after = |part| str::split_once(part, "</svg>").map_or("", |(_, after)| after);
    let rest: Vec<_> = std::iter::once(first).chain(parts.map(after)).collect();
    rest.join("</title>…</svg>")
}

fn found(course: &Course, words: &str) -> Vec<(String, String, String)> {
    let hits = course.search(words).into_iter().map(|hit| {
        let heading = hit.heading.map(|heading| heading.id).unwrap_or_default();
        (hit.lesson.slug.to_string(), heading, hit.snippet)
    });
    hits.collect()
}

#[test]
fn search_finds_words_whatever_their_case_and_accents() {
    let course = sound();
    for words in ["cafe", "CAFÉ", "  café?", "caf"] {
        let hits = found(&course, words);
        assert_eq!(hits.len(), 1, "{words}");
        assert_eq!((&*hits[0].0, &*hits[0].1), ("hello", ""));
    }
    assert_eq!(found(&course, "cafe wire")[0].1, "the-cafés-wire");
    assert_eq!(
        found(&course, "stay ope")[0].2,
        "A line can <mark>stay</mark> <mark>open</mark>. See https://htmx.org/docs/, or the next lesson, or its last part, or a place below. Every message needs an id."
    );
}

#[test]
fn search_wants_every_word_and_only_the_last_may_be_begun() {
    let course = sound();
    assert!(found(&course, "").is_empty());
    assert!(found(&course, " ?! ").is_empty());
    assert!(found(&course, "caf wire").is_empty());
    assert!(found(&course, "wire nowhere").is_empty());
    assert_eq!(found(&course, "hello wire").len(), 1);
}

#[test]
fn a_title_counts_more_than_the_text() {
    let course = sound();
    let hits: Vec<_> = found(&course, "next")
        .into_iter()
        .map(|hit| hit.0)
        .collect();
    assert_eq!(hits, ["next", "hello"]);
    let whole = &found(&course, "next")[0];
    assert_eq!(whole.1, "", "the lesson itself, not a part of it");
}

#[test]
fn a_snippet_is_safe_and_ends_at_words() {
    let mut tree = tree("course-sound");
    let long = "word ".repeat(60);
    let page = format!(
        "+++\ntitle = \"L\"\nsummary = \"l\"\nminutes = 1\n+++\n{long}\n\n## Tags\n\n{long} \
         `<script>alert(1)</script>` {long}"
    );
    tree.insert("02-second/04-long/index.md".into(), page.into_bytes());
    let course = load(&tree).unwrap_or_else(|faults| panic!("{faults:?}"));
    let hits = found(&course, "script");
    assert_eq!(hits[0].1, "tags");
    assert!(
        hits[0]
            .2
            .contains("&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;")
    );
    assert!(
        hits[0].2.starts_with("… word") && hits[0].2.ends_with("word …"),
        "{}",
        hits[0].2
    );
    assert!(!hits[0].2.contains("<script"));
}

#[test]
fn a_fault_in_the_words_of_a_course_has_its_line() {
    let mut tree = tree("course-sound");
    tree.insert(
        "course.words".into(),
        b"# The web.\nwords: a = b\n".to_vec(),
    );
    assert!(load(&tree).is_ok());
    tree.insert("course.words".into(), b"# The web.\nword: a = b\n".to_vec());
    let faults: Vec<String> = load(&tree)
        .expect_err("a fault")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("course.words:2: this line means nothing here; start it with"));
}

#[test]
fn a_page_too_long_to_be_read_is_a_fault() {
    let mut tree = tree("course-sound");
    let path = tree.keys().find(|path| path.ends_with("index.md"));
    let path = path.expect("a lesson").clone();
    let page = tree.get_mut(&path).expect("it is there");
    page.extend(b"So on.\n".repeat(50_000));
    let faults = load(&tree).expect_err("it is too long");
    let told: Vec<_> = faults.iter().filter(|fault| fault.path == path).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].line > 30_000, "{}", told[0]);
    assert!(
        told[0].problem.contains("longer than 256 KiB"),
        "{}",
        told[0]
    );
}
