use crate::course::{self, Course, LessonBlock, Tree};

const SERVER: &str =
    "export default {\n  fetch() {\n    return new Response(\"Hello\");\n  },\n};\n";

/// A course of one lesson whose page ends with `page`, over a server of a few lines.
fn course(page: &str) -> Result<Course, Vec<String>> {
    let front = "+++\ntitle = \"T\"\nsummary = \"S.\"\nminutes = 1\n+++\n";
    let tree: Tree = [
        ("course.toml", "title = \"C\"\nsummary = \"S\"\n".to_owned()),
        ("base/server.js", SERVER.to_owned()),
        (
            "01-unit/unit.toml",
            "title = \"U\"\nsummary = \"S\"\n".to_owned(),
        ),
        ("01-unit/01-one/index.md", format!("{front}{page}")),
    ]
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .into_iter()
    .collect();
    course::load(&tree).map_err(|faults| {
        let told = faults.iter().map(ToString::to_string);
        told.map(|fault| fault.replace("01-unit/01-one/index.md:", ""))
            .collect()
    })
}

fn sound(page: &str) -> Course {
    course(page).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The faults of a page, without how to mend them. Its first line is line 6.
fn faults(page: &str) -> Vec<String> {
    let faults = course(page).expect_err("a page with faults");
    let problem = |fault: &String| fault.split("; ").next().unwrap_or_default().to_owned();
    faults.iter().map(problem).collect()
}

const SOUND: &str = r#"Before.

```step hello
Say *more*. See:

~~~text
edit: this is no key
~~~

edit: server.js
   fetch() {
-    return new Response("Hello");
+    return new Response("Hello");
+    // Later.

edit: page.html
+<p>One</p>
+
+<p>Two</p>

see: It says the same,
  in two lines.
when: [
  { "request": "GET", "path": "/" },
  { "request": "GET", "status": 500, "times": 0 }
]
```

```step later
Take it away again.

edit: server.js
-    // Later.
see: Nothing.
```
"#;

#[test]
fn a_step_is_text_edits_what_is_seen_and_claims() {
    let course = sound(SOUND);
    let lesson = course.lesson("one").expect("the lesson");
    let [hello, later] = &*lesson.steps else {
        panic!("two steps: {:?}", lesson.steps);
    };
    assert_eq!((&*hello.id, hello.line), ("hello", 8));
    assert!(
        hello.text_html.contains("Say <em>more</em>"),
        "{}",
        hello.text_html
    );
    assert!(
        hello.text_html.contains("edit: this is no key"),
        "{}",
        hello.text_html
    );
    assert_eq!(hello.see_html, "<p>It says the same,\nin two lines.</p>");
    let files = hello
        .edits
        .iter()
        .map(|edit| (edit.file.as_str(), edit.line, edit.lines.len()));
    assert_eq!(
        files.collect::<Vec<_>>(),
        [("server.js", 15, 4), ("page.html", 21, 3)]
    );
    assert_eq!(hello.claims.len(), 2);
    assert!(later.claims.is_empty(), "the learner ticks it");
    let blocks = lesson
        .blocks
        .iter()
        .filter(|block| matches!(block, LessonBlock::Step { .. }));
    assert_eq!(blocks.count(), 2);
    assert_eq!(course.search("more").len(), 1, "the search knows its text");
}

#[test]
fn steps_are_made_one_after_the_other() {
    let course = sound(SOUND);
    let lesson = course.lesson("one").expect("the lesson");
    let text = |count, name: &str| lesson.with_steps(count).text(name).map(ToString::to_string);
    assert_eq!(text(0, "server.js").as_deref(), Some(SERVER));
    assert_eq!(text(0, "page.html"), None);
    let first = SERVER.replace("\"Hello\");\n", "\"Hello\");\n    // Later.\n");
    assert_eq!(text(1, "server.js"), Some(first));
    assert_eq!(
        text(1, "page.html").as_deref(),
        Some("<p>One</p>\n\n<p>Two</p>\n")
    );
    assert_eq!(text(2, "server.js").as_deref(), Some(SERVER));
}

#[test]
fn each_fault_of_a_block_has_its_line() {
    let step = |inside: &str| faults(&format!("```step a\nDo.\n{inside}\n```\n"));
    let of_edit = |lines: &str| step(&format!("edit: server.js\n{lines}\nsee: It."));
    for (found, expected) in [
        (
            faults("```step\nDo.\nsee: It.\n```\n"),
            "6: the step has no id",
        ),
        (
            faults("```step Ab\nDo.\nsee: It.\n```\n"),
            "6: “Ab” cannot be a step's id",
        ),
        (
            faults("```step a\n\nsee: It.\n```\n"),
            "6: the step has no text",
        ),
        (step(""), "6: the step does not say what is seen afterwards"),
        (
            step("see: It.\nsee: That."),
            "9: a second `see:` in one step",
        ),
        (step("hint: No.\nsee: It."), "8: unknown key `hint`"),
        (
            step("edit: ../x\n+a\nsee: It."),
            "8: `edit:` names no file: “../x” cannot be a file name here",
        ),
        (of_edit("return"), "9: this line of the edit has no sign"),
        (of_edit("   fetch() {"), "8: the edit changes nothing"),
        (
            of_edit("+a"),
            "8: it only adds lines to “server.js”, which is there already",
        ),
        (
            of_edit("   fetch() {\n-    gone();"),
            "10: “gone();” is not in “server.js”",
        ),
        (
            of_edit("-  return new Response(\"Hello\");"),
            "9: line 3 of “server.js” has another indentation",
        ),
        (
            of_edit("-  fetch() {\n-  },"),
            "8: its lines do not stand in a row in “server.js”",
        ),
        (
            step("edit: none.js\n-a\nsee: It."),
            "8: it changes “none.js”, and there is no such text file",
        ),
        (
            step("see: It.\nwhen: {\n  \"frame\": \"sent\",\n  \"has\": 1\n}"),
            "11: `when:` cannot be read: unknown field `has`, expected one of",
        ),
        (step("see: It.\nwhen: []"), "9: `when:` claims nothing"),
        (
            step("see: It.\nwhen: { \"path\": \"/\" }"),
            "9: a claim of `when:` is not clear",
        ),
        (
            step("see: It.\nwhen: { \"request\": \"GET\", \"times\": 0 }"),
            "9: `when:` only claims what must not happen",
        ),
        (
            step("see: It.\nwhen: { \"request\": \"GET\", \"client\": \"Alice\" }"),
            "9: no client is called “Alice” in a learner's own sandbox",
        ),
        (
            faults("- ```step a\n  Do.\n  ```\n"),
            "6: a step stands inside something else",
        ),
    ] {
        assert_eq!(found.len(), 1, "{expected}: {found:?}");
        assert!(found[0].starts_with(expected), "{expected}: {found:?}");
    }
}

#[test]
fn a_step_is_held_against_what_the_ones_before_leave() {
    let page = "```step a\nDo.\n\nedit: server.js\n-    return new Response(\"Hello\");\n+    return new \
                Response(\"Bye\");\n\nsee: It.\n```\n";
    let both = format!("{page}\n{}", page.replace("step a", "step b"));
    assert_eq!(
        faults(&both),
        ["20: “return new Response(\"Hello\");” is not in “server.js”"]
    );
    let twice = format!(
        "{page}\n{}",
        page.replace("Bye", "Hi").replace("Hello", "Bye")
    );
    assert_eq!(
        faults(&twice),
        ["16: the step “a” is there already, on line 6"]
    );
    let alike = "```step a\nDo.\n\nedit: new.js\n+a\n+a\nsee: It.\n```\n\n```step b\nDo.\n\nedit: new.js\n-a\nsee: \
                 It.\n```\n";
    assert_eq!(
        faults(alike),
        ["18: its lines stand in “new.js” twice: at 1 and 2"]
    );
}

#[test]
fn the_client_beside_the_preview_may_be_named() {
    let page =
        "```step a\nDo.\nsee: It.\nwhen: { \"request\": \"GET\", \"client\": \"Bob\" }\n```\n";
    assert_eq!(
        sound(page).lesson("one").expect("the lesson").steps.len(),
        1
    );
}

#[test]
fn the_guides_step_is_one_that_is_played() {
    let guide = include_str!("../../lessons/README.md");
    let fixture = include_str!("../../tests/fixtures/course-steps/01-unit/01-four-steps/index.md");
    let stories = include_str!("../../tests/fixtures/course-steps/01-unit/01-four-steps/steps.js");
    let (_, rest) = guide
        .split_once("````markdown\n```step ")
        .expect("a step in the guide");
    let (step, _) = rest.split_once("````").expect("its end");
    assert!(fixture.contains(&format!("```step {step}")), "{step}");
    assert!(guide.contains(stories), "{stories}");
}
