//! The program itself: how it starts, and how it says that it cannot.

use std::net::TcpListener;

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
