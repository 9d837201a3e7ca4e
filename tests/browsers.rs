//! `hxlab check --browser` where a browser is missing, or ends before it can be led. `tests/run` plays in real ones.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::actors::program::once_where;

const COURSE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/course-challenges"
);

/// What `hxlab check` says on standard error, of which it must stop, where these are all programs.
fn refusal(programs: &Path, argv: &[&str]) -> String {
    let all = [&["check", COURSE, "--browser"], argv].concat();
    let output = once_where(&all, |command| {
        command.env("PATH", programs);
    });
    assert_eq!(output.status.code(), Some(1), "{argv:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_browser_that_is_missing_is_named_with_its_package() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let asked = refusal(empty.path(), &["--in", "firefox"]);
    let expected = "there is no Firefox; install it (in Debian: apt-get install firefox-esr), or leave it out with --in";
    assert!(asked.contains(expected), "{asked}");

    let by_itself = refusal(empty.path(), &[]);
    for name in [
        "Chromium",
        "Chromium by ports",
        "Firefox",
        "Firefox by ports",
    ] {
        assert!(
            by_itself.contains(&format!("nothing is tried in {name}: ")),
            "{by_itself}"
        );
    }
    assert!(
        by_itself.contains("there is no browser to play in"),
        "{by_itself}"
    );
}

#[test]
fn of_a_browser_that_ends_before_it_can_be_led_the_last_words_are_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = folder.path().join("firefox-esr");
    fs::write(&program, "#!/bin/sh\necho 'no room for a profile' >&2\n").expect("a file");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("its owner is us");
    let said = refusal(folder.path(), &["--in", "firefox"]);
    let expected = "cannot start Firefox: it ended before it could be led: no room for a profile";
    assert!(said.contains(expected), "{said}");
}
