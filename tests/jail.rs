//! The jail on several machines: where it holds, learners' servers run; where a layer is missing, they do
//! not, unless a person says so, and then every page says it as well.

use std::process::{Command, Output};

use crate::actors::learner::Learner;
use crate::actors::machine;
use crate::actors::program::{Program, once_where};

const LAYERS: [&str; 9] = [
    "descriptors",
    "environment",
    "capabilities",
    "death-signal",
    "rlimits",
    "not-dumpable",
    "no-new-privs",
    "landlock",
    "seccomp",
];

const HELLO: &str = "export default { fetch: () => new Response('hello') };";

/// The status and the rows of the table, by name.
fn doctor(prepare: fn(&mut Command)) -> (Option<i32>, Vec<(String, String)>, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = once_where(&["doctor"], prepare);
    let table = String::from_utf8(stdout).expect("text");
    let row = |line: &str| {
        let mut words = line.split_whitespace();
        Some((words.next()?.to_owned(), words.next()?.to_owned()))
    };
    let rows = table.lines().take_while(|line| !line.is_empty());
    (
        status.code(),
        rows.filter_map(row).collect(),
        String::from_utf8(stderr).expect("text"),
    )
}

#[test]
fn every_layer_holds_for_root_an_ordinary_user_and_in_a_container() {
    type Machine = (&'static str, fn(&mut Command));
    let machines: [Machine; 4] = [
        ("as it is", |_| {}),
        ("an ordinary user", machine::ordinary_user),
        ("a container", machine::container),
        ("an ordinary user in a container", |command| {
            machine::ordinary_user(command);
            machine::container(command);
        }),
    ];
    for (what, prepare) in machines {
        let (status, rows, words) = doctor(prepare);
        assert_eq!(status, Some(0), "{what}: {rows:?} {words}");
        for layer in LAYERS.into_iter().chain(["server"]) {
            let row = (layer.to_owned(), "holds".to_owned());
            assert!(rows.contains(&row), "{what}: {layer} in {rows:?}");
        }
    }
}

#[tokio::test]
async fn an_ordinary_user_in_a_container_serves_a_learner() {
    let program = Program::site_where(&[], |command| {
        machine::ordinary_user(command);
        machine::container(command);
    });
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(HELLO).await;
    assert_eq!(learner.sandbox.page("/").await, "hello");
}

#[test]
fn without_a_layer_nothing_is_run_and_the_layer_is_named() {
    type Machine = (&'static str, fn(&mut Command));
    let machines: [Machine; 2] = [
        ("landlock", machine::without_landlock),
        ("seccomp", machine::without_seccomp),
    ];
    for (layer, prepare) in machines {
        let (status, rows, words) = doctor(prepare);
        assert_eq!(status, Some(1), "{rows:?}");
        for (name, mark) in &rows {
            let missing = name == layer || name == "server";
            assert_eq!(mark == "MISSING", missing, "{layer}: {rows:?}");
        }
        assert!(
            words.contains(&format!("--unsafe-without {layer}")),
            "{words}"
        );

        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().to_str().expect("a plain path");
        let argv = ["serve", "--listen", "127.0.0.1:0", "--data", data];
        let refused = once_where(&argv, prepare);
        assert_eq!(refused.status.code(), Some(1));
        assert!(refused.stdout.is_empty(), "it must not say that it listens");
        let words = String::from_utf8(refused.stderr).expect("text");
        assert!(words.contains(&format!("missing: {layer} (")), "{words}");
        assert!(
            words.contains(&format!("--unsafe-without {layer}")),
            "{words}"
        );
    }
}

#[tokio::test]
async fn a_person_can_go_without_a_layer_and_every_page_says_so() {
    let program = Program::site_where(&["--unsafe-without", "landlock"], machine::without_landlock);
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(HELLO).await;
    assert_eq!(learner.sandbox.page("/").await, "hello");
    let site = program.client().at("hxlab.localhost");
    for path in ["/", "/me", "/search?q=x", "/nothing"] {
        let page = site.get(path).await.text().await.expect("a page");
        assert!(page.contains("part of their jail (landlock)"), "{path}");
    }
    let safe = Program::site();
    let page = safe.client().at("hxlab.localhost").page("/").await;
    assert!(!page.contains("part of their jail"));
}
