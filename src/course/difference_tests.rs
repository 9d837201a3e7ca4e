use std::fs;
use std::path::Path;
use std::process::Command;

use super::*;
use crate::project::FileName;

fn project(files: &[(&str, &str)]) -> Project {
    Project::from_texts(files.iter().copied()).expect("a project within its limits")
}

fn problems(text: &str, under: &Project) -> Vec<(usize, String)> {
    let conflicts = apply(text, under).conflicts.into_iter();
    conflicts
        .map(|conflict| (conflict.line, conflict.problem))
        .collect()
}

/// Pairs of projects that are hard to tell apart, or to write down.
fn pairs() -> Vec<(Project, Project)> {
    let long: String = (1..60).fold(String::new(), |text, number| {
        text + &format!("line {number}\n")
    });
    let changed = long
        .replace("line 3\n", "")
        .replace("line 30\n", "-- thirty\n++ more\n");
    let each = [
        (&*long, &*changed),
        (&*changed, &*long),
        ("a\nb", "a\nb\n"),
        ("a\nb\n", "a\nb"),
        ("a\nb", "a\nc"),
        ("a", ""),
        ("", "a"),
        ("\n\n\n", "\n\n"),
        ("a\r\nb\r\n", "a\r\nc\r\n"),
        ("a\r\nb\n", "a\nb\r\n"),
        ("-- a\n", "++ a\n"),
    ];
    let mut pairs: Vec<_> = each
        .iter()
        .map(|(old, new)| (project(&[("f.js", old)]), project(&[("f.js", new)])))
        .collect();
    let many = [
        ("a.js", "1\n"),
        ("b.js", "2\n"),
        ("c.css", ""),
        ("d.js", "4"),
    ];
    let other = [
        ("a.js", "1\n2\n"),
        ("c.js", "2\n"),
        ("d.js", "4"),
        ("e.css", ""),
    ];
    pairs.push((project(&many), project(&other)));
    pairs.push((project(&other), project(&many)));
    let flat = [("a", "1\n"), ("b.js", "2\n"), ("c/d", "3\n")];
    let deep = [
        ("a/b/c.js", "1\n"),
        ("b.js", "2\n3\n"),
        ("c", "3\n"),
        ("b/b.js", "2\n"),
    ];
    pairs.push((project(&flat), project(&deep)));
    pairs.push((project(&deep), project(&flat)));
    pairs
}

#[test]
fn a_difference_makes_of_the_one_exactly_the_other() {
    for (old, new) in pairs() {
        let text = between(&old, &new);
        let applied = apply(&text, &old);
        assert_eq!(applied.conflicts, [], "{text}");
        assert_eq!(applied.project, new, "{text}");
    }
    let same = project(&[("a.js", "1\n")]);
    assert_eq!(between(&same, &same), "");
}

#[test]
fn git_reads_what_we_write_and_we_read_what_git_writes() {
    for (old, new) in pairs() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        for (name, project) in [("old", &old), ("new", &new), ("here", &old)] {
            fs::create_dir(at(name)).expect("a folder");
            write(project, &at(name));
        }
        fs::write(at("ours.diff"), between(&old, &new)).expect("a file");
        let git = |from: &str, argv: &[&str]| {
            let mut command = Command::new("git");
            command.current_dir(at(from)).args(argv);
            command.env("GIT_CEILING_DIRECTORIES", folder.path());
            command.output().expect("git is there")
        };
        let output = git("here", &["apply", "../ours.diff"]);
        assert!(
            output.status.success(),
            "{output:?}\n{}",
            between(&old, &new)
        );
        assert_eq!(read(&at("here")), new);
        let output = git(".", &["diff", "--no-index", "--no-color", "old", "new"]);
        let text = String::from_utf8(output.stdout).expect("text");
        let applied = apply(&text, &old);
        assert_eq!(
            (applied.conflicts, applied.project),
            (vec![], new),
            "{text}"
        );
    }
}

fn write(project: &Project, folder: &Path) {
    for (name, text) in project.files() {
        let path = folder.join(name.as_str());
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text.bytes()).expect("a file");
    }
}

fn read(folder: &Path) -> Project {
    let mut files = Vec::new();
    add_below(folder, "", &mut files);
    Project::from_texts(files).expect("a project")
}

fn add_below(folder: &Path, below: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str());
        let name = format!("{below}{}", name.expect("a plain name"));
        if path.is_dir() {
            add_below(&path, &format!("{name}/"), files);
        } else {
            files.push((name, fs::read_to_string(&path).expect("a text")));
        }
    }
}

#[test]
fn diffs_of_other_tools_and_remarks_before_them_are_read() {
    let old = project(&[("a.js", "1\n2\n3\n"), ("b.js", "x\n")]);
    let text = "Why: nobody counts.\n\n\
        --- old/a.js\t2026-11-28 10:00:00.000000000 +0000\n\
        +++ new/a.js\t2026-11-28 10:00:00.000000000 +0000\n\
        @@ -1,3 +1,3 @@ function\n 1\n--- 2\n+++ 2\n 3\n\
        --- old/b.js\n+++ new/b.js\n@@ -1 +1 @@\n-x\n+y\n";
    let text = text.replace("--- 2", "-2").replace("+++ 2", "+-- 2");
    let applied = apply(&text, &old);
    assert_eq!(applied.conflicts, []);
    assert_eq!(
        applied.project,
        project(&[("a.js", "1\n-- 2\n3\n"), ("b.js", "y\n")])
    );
    let compared = "--- old/a.js\n+++ new/a.js\n@@ -1,3 +1,2 @@\n 1\n 2\n-3\n\
        --- /dev/null\n+++ new/views/c.js\n@@ -0,0 +1 @@\n+c\n";
    let applied = apply(compared, &old);
    assert_eq!(applied.conflicts, []);
    let names: Vec<_> = applied
        .project
        .files()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["a.js", "b.js", "views/c.js"]);
    let renamed =
        "diff --git a/b.js b/c.js\nsimilarity index 100%\nrename from b.js\nrename to c.js\n";
    let applied = apply(renamed, &old);
    assert_eq!(applied.conflicts, []);
    assert_eq!(
        applied.project,
        project(&[("a.js", "1\n2\n3\n"), ("c.js", "x\n")])
    );
}

#[test]
fn what_does_not_fit_is_told_with_its_own_line() {
    let under = project(&[("a.js", "one\ntwo\nthree\nfour\n"), ("b.js", "x\n")]);
    let head = "diff --git a/a.js b/a.js\n--- a/a.js\n+++ b/a.js\n";
    for (text, line, words) in [
        (
            "@@ -1,3 +1,3 @@\n one\n-zwei\n+2\n three\n",
            6,
            "it expects “zwei” in line 2 of “a.js”, and there it is “two”",
        ),
        (
            "@@ -1,2 +1,2 @@\n two\n-three\n+3\n",
            5,
            "it expects “two” in line 1 of “a.js”, and there it is “one”; line 2 is the same",
        ),
        (
            "@@ -4,2 +4,2 @@\n four\n-five\n+5\n",
            6,
            "it expects “five” in line 5 of “a.js”, and the file has 4 lines",
        ),
        (
            "@@ -9,1 +9,1 @@\n-nine\n+9\n",
            4,
            "it changes line 8 of “a.js”, which has 4 lines",
        ),
        (
            "@@ -3 +3 @@\n-three\n+3\n@@ -1 +1 @@\n-one\n+1\n",
            1,
            "what is said of this file is not a unified diff (hunks not in order or overlap)",
        ),
        (
            "@@ -1,1 +1,1 @@\n-one\r\n+1\n",
            5,
            "it expects “one” with CRLF in line 1 of “a.js”, and there it is “one”",
        ),
        (
            "@@ -4,1 +4,1 @@\n-four\n\\ No newline at end of file\n+4\n",
            5,
            "it expects “four” without an end of the line in line 4 of “a.js”, and there it is “four”",
        ),
        (
            "@@ -1,1 +1,1 @@\n-one\n+one\n",
            1,
            "it changes nothing in “a.js”",
        ),
        (
            "@@ -1,1 +1,1 @@\n-one\n+1\n+2\n",
            7,
            "this line is one more than the numbers of its “@@” count",
        ),
        (
            "@@ -1,2 +1,2 @@\n-one\n+1\n",
            4,
            "it ends before all lines that these numbers count",
        ),
        (
            "@@ -1,2 +1,2 @@\n-one\nnone\n+1\n",
            6,
            "this line is not one of those that the numbers of its “@@” count",
        ),
        (
            "@@ one @@\n-one\n+1\n",
            4,
            "this line is not as “@@ -3,7 +3,8 @@”",
        ),
    ] {
        let found = problems(&format!("{head}{text}"), &under);
        assert_eq!(found, [(line, words.to_owned())], "{text}");
    }
}

#[test]
fn what_cannot_be_done_to_a_file_is_told_where_its_part_begins() {
    let under = project(&[("a.js", "one\ntwo\nthree\nfour\n"), ("b.js", "x\n")]);
    for (text, words) in [
        (
            "",
            "there is no change in it, such as a line “--- a/index.html”",
        ),
        (
            "just words\n",
            "there is no change in it, such as a line “--- a/index.html”",
        ),
        (
            "--- a/no.js\n+++ b/no.js\n@@ -1 +1 @@\n-a\n+b\n",
            "it changes “no.js”, and there is no such file",
        ),
        (
            "--- /dev/null\n+++ b/b.js\n@@ -0,0 +1 @@\n+b\n",
            "it adds “b.js”, which is there already",
        ),
        (
            "--- a/a.js\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n",
            "it takes a file away, but does not say all of its lines",
        ),
        (
            "--- a/a.js\n+++ b/b.js\n@@ -1 +1 @@\n-one\n+1\n",
            "it calls one file “a.js” and “b.js”",
        ),
        (
            "diff --git a/v/a.js b/v/a.js\n--- a/v/a.js\n+++ b/v/a.js\n@@ -1 +1 @@\n-a\n+b\n",
            "it changes “v/a.js”, and there is no such file",
        ),
        (
            "--- /dev/null\n+++ b/b.js/c.js\n@@ -0,0 +1 @@\n+b\n",
            "“b.js” cannot be beside “b.js/c.js”, which makes it a folder: rename one of them",
        ),
        (
            "diff --git a/b.js b/b.js\nold mode 100644\nnew mode 100755\n",
            "it changes nothing in “b.js”",
        ),
        (
            "diff --git a/b.js b/b.js\nBinary files a/b.js and b/b.js differ\n",
            "it changes a file that is not text",
        ),
        (
            "--- a/b.js\r\n+++ b/b.js\r\n@@ -1 +1 @@\r\n-x\r\n+y\r\n",
            "the difference's own lines end with CRLF",
        ),
    ] {
        assert_eq!(problems(text, &under), [(1, words.to_owned())], "{text}");
    }
}

#[test]
fn lines_that_have_only_moved_are_found_but_are_a_conflict() {
    let old = project(&[("a.js", "1\n2\n3\n4\n5\n"), ("b.js", "x\n")]);
    let new = project(&[("a.js", "1\n2\nthree\n4\n5\n"), ("b.js", "y\n")]);
    let text = between(&old, &new);
    let repaired = project(&[("a.js", "0\n1\n2\n3\n4\n5\n"), ("b.js", "x\n")]);
    let applied = apply(&text, &repaired);
    assert_eq!(applied.conflicts.len(), 1);
    assert!(applied.conflicts[0].moved);
    let expected = project(&[("a.js", "0\n1\n2\nthree\n4\n5\n"), ("b.js", "y\n")]);
    assert_eq!(applied.project, expected);
    let gone = project(&[("a.js", "1\n2\n4\n5\n"), ("b.js", "x\n")]);
    let applied = apply(&text, &gone);
    assert!(!applied.conflicts[0].moved);
    assert_eq!(
        applied.project,
        project(&[("a.js", "1\n2\n4\n5\n"), ("b.js", "y\n")])
    );
}

#[test]
fn a_file_that_is_no_text_is_not_touched() {
    let name = || FileName::try_from("logo.png").expect("a plain name");
    let with = |bytes: &[u8]| {
        let mut project = project(&[("a.js", "one\n")]);
        project.insert_bytes(name(), bytes).expect("a small file");
        project
    };
    let (old, new) = (with(b"\xff\0"), with(b"\xff\x01"));
    assert_eq!(between(&old, &new), "");
    assert_eq!(not_in_it(&old, &new), [&name()]);
    assert_eq!(not_in_it(&old, &project(&[])), [&name()]);
    let text = "--- a/logo.png\n+++ b/logo.png\n@@ -1 +1 @@\n-x\n+y\n";
    let problem =
        "it changes “logo.png”, which is not text: only a folder of whole files can change it";
    assert_eq!(problems(text, &old), [(1, problem.to_owned())]);
    let applied = apply("--- a/a.js\n+++ b/a.js\n@@ -1 +1 @@\n-one\n+1\n", &old);
    assert_eq!(applied.project.get("logo.png"), old.get("logo.png"));
}
