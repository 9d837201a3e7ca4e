//! The program itself: how it starts, and how it says that it cannot.

use std::net::TcpListener;
use std::path::Path;

use crate::actors::program::{Program, once};

/// The one sentence of a start that failed.
fn complaint(argv: &[&str]) -> String {
    let output = once(argv);
    let text = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    assert_eq!(output.status.code(), Some(1), "{argv:?}: {text}");
    assert_eq!(text.lines().count(), 1, "{argv:?}: {text}");
    text
}

#[test]
fn each_wrong_start_is_one_clear_sentence() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let data = data.to_str().expect("a plain path");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound").to_string();
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("the folder takes a file");
    let file = file.to_str().expect("a plain path");
    let settings = folder.path().join("hxlab.toml");
    std::fs::write(&settings, "lisen = \"127.0.0.1:0\"\n").expect("the folder takes a file");
    let settings = settings.to_str().expect("a plain path");

    for (argv, words) in [
        (vec!["serve", "--listen", &address, "--data", data], "in use"),
        (vec!["serve", "--listen", "nowhere", "--data", data], "nowhere"),
        (vec!["serve", "--listen", "127.0.0.1:0", "--data", file], file),
        (vec!["serve", "--listen", "127.0.0.1:0", "--config", settings], "listen"),
        (vec!["serve", "--site-url", "not a url", "--data", data], "not a url"),
        (vec!["run", "/nowhere/at/all", "--listen", "127.0.0.1:0"], "/nowhere/at/all"),
    ] {
        let text = complaint(&argv);
        assert!(text.contains(words), "{argv:?}: {text}");
    }
}

#[test]
fn a_broken_lesson_never_starts_the_site() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lesson = folder.path().join("01-unit/01-first");
    std::fs::create_dir_all(&lesson).expect("the folder takes folders");
    let write = |path: &str, text: &str| {
        std::fs::write(folder.path().join(path), text).expect("the folder takes a file");
    };
    write("course.toml", "title = \"C\"\nsummary = \"S\"\n");
    write("01-unit/unit.toml", "title = \"U\"\nsummary = \"S\"\n");
    write("01-unit/01-first/index.md", "+++\ntitle = \"T\"\nfoo = 1\n+++\n\nText.\n");
    let lessons = folder.path().to_str().expect("a plain path");
    let data = folder.path().join("data");
    let data = data.to_str().expect("a plain path");
    let argv = ["serve", "--listen", "127.0.0.1:0", "--data", data, "--lessons", lessons];
    let output = once(&argv);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("01-unit/01-first/index.md:3:"), "{text}");
    assert!(output.stdout.is_empty());
}

#[tokio::test]
async fn it_starts_ready_and_ends_in_order() {
    let program = Program::site();
    let client = program.client();
    assert_eq!(client.get("/healthz").await.status(), 200);
    let (code, _) = tokio::task::spawn_blocking(move || program.terminate())
        .await
        .expect("it ends");
    assert_eq!(code, Some(0));
}

/// Out of descriptors, the program waits; it neither ends nor spins, and goes on when there are some again.
#[tokio::test]
async fn without_descriptors_it_pauses_and_goes_on_later() {
    use std::os::unix::process::CommandExt;

    let few = |command: &mut std::process::Command| {
        let limit = libc::rlimit {
            rlim_cur: 80,
            rlim_max: 80,
        };
        let set = move || match unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) } {
            0 => Ok(()),
            _ => Err(std::io::Error::last_os_error()),
        };
        // SAFETY: between fork and exec one system call is made.
        unsafe { command.pre_exec(set) };
    };
    let program = Program::site_where(&[], few);
    let site = program.client().at("hxlab.localhost");
    site.page("/").await;
    let mut held = Vec::new();
    for _ in 0..120 {
        let connected = tokio::net::TcpStream::connect(("127.0.0.1", program.port()));
        held.extend(tokio::time::timeout(std::time::Duration::from_secs(1), connected).await);
    }
    let before = program.processor_time();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let used = program.processor_time().saturating_sub(before);
    assert!(used < std::time::Duration::from_millis(500), "it spins: {used:?} in a second");
    drop(held);
    let again = program.client().at("hxlab.localhost");
    assert!(again.page("/").await.contains("<html"));
}

/// What `hxlab diff` says, and whether it did its work.
fn diff(lessons: &Path, argv: &[&str]) -> (bool, String) {
    let lessons = lessons.to_str().expect("a plain path");
    let output = once(&[&["diff", "--lessons", lessons], argv].concat());
    let text = [&*output.stdout, &*output.stderr].concat();
    let text = String::from_utf8(text).expect("text");
    (output.status.success(), text)
}

/// A course with one lesson, whose mistake is a difference.
fn course_with_a_difference(folder: &Path) {
    let lesson = "01-unit/01-first";
    let front = "+++\ntitle = \"T\"\nsummary = \"S\"\nminutes = 1\n+++\n\nText.\n";
    for (path, text) in [
        ("course.toml".to_owned(), "title = \"C\"\nsummary = \"S\"\n"),
        ("base/a.js".to_owned(), "1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
        ("01-unit/unit.toml".to_owned(), "title = \"U\"\nsummary = \"S\"\n"),
        (format!("{lesson}/index.md"), front),
        (format!("{lesson}/checks.js"), "export default [];\n"),
        (format!("{lesson}/starter/b.js"), "starter\n"),
        (format!("{lesson}/solution/b.js"), "solution\n"),
    ] {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
        std::fs::write(path, text).expect("the folder takes a file");
    }
}

#[test]
fn a_picture_is_written_out_and_a_difference_that_would_change_it_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lessons = folder.path().join("lessons");
    course_with_a_difference(&lessons);
    let picture = b"\x89PNG\xff";
    std::fs::write(lessons.join("base/logo.png"), picture).expect("a file");
    let copy = folder.path().join("copy");
    let argv = ["first", "mistakes/count", copy.to_str().expect("a plain path")];
    let (done, text) = diff(&lessons, &argv);
    assert!(done, "{text}");
    assert_eq!(std::fs::read(copy.join("logo.png")).expect("the picture"), picture);
    std::fs::write(copy.join("a.js"), "one\n").expect("a file");
    let (done, text) = diff(&lessons, &argv);
    assert!(done, "{text}");
    std::fs::write(copy.join("logo.png"), b"\x89PNG\xfe").expect("a file");
    let (done, text) = diff(&lessons, &argv);
    assert!(!done && text.contains("“logo.png” is no text and is not as in the solution"), "{text}");
}

#[test]
fn a_difference_is_written_from_an_edited_folder_and_mended_when_it_is_stale() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lessons = folder.path().join("lessons");
    course_with_a_difference(&lessons);
    let copy = folder.path().join("copy");
    let argv = ["first", "mistakes/count", copy.to_str().expect("a plain path")];
    let (done, text) = diff(&lessons, &argv);
    assert!(done && text.contains("the solution, as the beginning of mistakes/count"), "{text}");
    let read = |path: &Path| std::fs::read_to_string(path).expect("a text");
    assert_eq!(read(&copy.join("b.js")), "solution\n");
    let (done, text) = diff(&lessons, &argv);
    assert!(!done && text.contains("is the same as the solution"), "{text}");

    std::fs::create_dir_all(copy.join("views")).expect("a folder");
    std::fs::write(copy.join("views/nav.js"), "nav\n").expect("a file");
    let (done, text) = diff(&lessons, &argv);
    assert!(done, "{text}");
    let written = lessons.join("01-unit/01-first/mistakes/count.diff");
    let expected = "diff --git a/views/nav.js b/views/nav.js\nnew file mode 100644\n\
        --- /dev/null\n+++ b/views/nav.js\n@@ -0,0 +1 @@\n+nav\n";
    assert_eq!(read(&written), expected);
    let out = folder.path().join("out");
    let (done, text) = diff(&lessons, &["first", argv[1], out.to_str().expect("a plain path")]);
    assert!(done, "{text}");
    assert_eq!(read(&out.join("views/nav.js")), "nav\n");
    std::fs::remove_dir_all(copy.join("views")).expect("no folder");

    std::fs::write(copy.join("a.js"), "1\n2\n3\n4\nfive\n6\n7\n8\n9\n").expect("a file");
    let (done, text) = diff(&lessons, &argv);
    assert!(done, "{text}");
    let expected = "diff --git a/a.js b/a.js\n--- a/a.js\n+++ b/a.js\n\
        @@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n";
    assert_eq!(read(&written), expected);

    // Lines are put in above: the difference has only moved.
    let base = lessons.join("base/a.js");
    std::fs::write(&base, "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n").expect("a file");
    let check = once(&["check", lessons.to_str().expect("a plain path")]);
    let told = String::from_utf8_lossy(&check.stdout);
    let place = "01-unit/01-first/mistakes/count.diff:5: over the solution: it expects “2” in line 2 of \
        “a.js”, and there it is “1”; line 3 is the same; its lines have only moved: `hxlab diff --moved`";
    assert!(told.contains(place), "{told}");
    let (done, text) = diff(&lessons, &["--moved"]);
    assert!(done && text.contains("count.diff anew"), "{text}");
    assert!(read(&written).contains("@@ -3,7 +3,7 @@"), "{}", read(&written));

    // The line itself is another: what is written out is what lies below.
    std::fs::write(&base, "0\n1\n2\n3\n4\nV\n6\n7\n8\n9\n").expect("a file");
    let again = folder.path().join("again");
    let argv = ["first", "mistakes/count", again.to_str().expect("a plain path")];
    let (done, text) = diff(&lessons, &argv);
    assert!(done && text.contains("count.diff:8: over the solution: it expects “5”"), "{text}");
    assert_eq!(read(&again.join("a.js")), read(&base));
    let (_, text) = diff(&lessons, &["--moved"]);
    assert!(text.contains("no difference has only moved"), "{text}");
}

#[test]
fn diff_refuses_what_it_cannot_do_and_says_why() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lessons = folder.path().join("lessons");
    course_with_a_difference(&lessons);
    let full = lessons.join("base");
    let full = full.to_str().expect("a plain path");
    for (argv, words) in [
        (vec!["other", "starter", full], "there is no lesson “other”; write one of first"),
        (vec!["first", "other", full], "write starter, solution, alternatives/NAME or mistakes/CHECK"),
        (vec!["first", "starter", full], "01-first/starter/ holds this project as whole files"),
        (vec!["--all", full], "is not empty"),
        (vec!["first"], "see hxlab --help"),
    ] {
        let (done, text) = diff(&lessons, &argv);
        assert!(!done && text.contains(words), "{argv:?}: {text}");
    }
    let stale = lessons.join("01-unit/01-first/solution.diff");
    std::fs::write(&stale, "nothing\n").expect("a file");
    let new = folder.path().join("new");
    let (done, text) = diff(&lessons, &["first", "mistakes/x", new.to_str().expect("a plain path")]);
    assert!(!done && text.contains("solution.diff:1: "), "{text}");
    assert!(!new.exists());
}
