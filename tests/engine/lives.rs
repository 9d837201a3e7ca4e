//! Processes come and go, and leave nothing behind.

use std::collections::HashSet;
use std::fs;
use std::time::{Duration, Instant};

use hxlab::engine::{Engine, RunEnd};

use super::processes::{children_of, parent_of};
use super::stage::{Actor, PATIENCE, URL, endless, engine, engine_with, project};

const HELLO: &str = "export default { fetch() { return new Response('hello'); } };";

/// Tells the milliseconds since its start.
const CLOCK: &str =
    "export default { fetch() { return new Response(String(performance.now())); } };";

/// How old a process in reserve is made, so that a clock that began with it would show.
const AGE: Duration = Duration::from_secs(1);

fn milliseconds(text: &str) -> Duration {
    Duration::from_secs_f64(text.parse::<f64>().unwrap() / 1000.0)
}

fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

/// Waits until a process is gone altogether; a zombie still has its folder.
async fn is_gone(pid: u32) -> bool {
    let late = Instant::now() + PATIENCE;
    while Instant::now() < late {
        if fs::metadata(format!("/proc/{pid}")).is_err() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}

#[tokio::test]
async fn two_hundred_runs_leave_nothing_behind() {
    let (engine, first, _) = with_reserve().await;
    drop(first);
    let before = descriptors();
    let mut pids = HashSet::new();
    for number in 0..200 {
        let mut actor = Actor::ready(&engine, HELLO).await;
        pids.insert(actor.run.pid());
        match number % 3 {
            0 => drop(actor),
            1 => actor.run.kill(),
            _ => {
                actor.run.kill();
                assert_eq!(actor.end().await, RunEnd::Killed);
            }
        }
    }
    for pid in pids {
        assert!(is_gone(pid).await, "{pid} is still there");
    }
    // Other tests of this process come and go at the same time, and have a few of their own.
    assert!(descriptors() < before + 100, "{before} → {}", descriptors());
}

#[tokio::test]
async fn with_the_engine_end_the_zygote_and_every_run() {
    let engine = engine().await;
    let mut actor = Actor::ready(&engine, HELLO).await;
    let busy = project(
        "setTimeout(() => [].reverse.call({ length: 2 ** 53 - 2 }), 1); export default { fetch() {} };",
    );
    let spinning = engine.spawn(&busy, URL, endless()).await.unwrap();
    drop(engine);
    assert!(is_gone(actor.run.pid()).await);
    assert!(is_gone(spinning.pid()).await, "even in a loop");
    assert!(matches!(actor.end().await, RunEnd::Crashed(_)));
}

/// How often a process touched a page that it did not have, a copy of a shared one among them.
fn faults(pid: u32) -> u32 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let (_, after) = stat.rsplit_once(") ").unwrap();
    // The tenth value of all (proc_pid_stat(5)), and the eighth after the name.
    after.split(' ').nth(7).unwrap().parse().unwrap()
}

/// Where this fails, what is in `src/engine/zygote/placement` has lost its effect.
#[tokio::test]
async fn a_run_copies_fewer_pages_where_the_zygote_rehearsed() {
    let mut counts = Vec::new();
    for rehearsal in [true, false] {
        let engine = engine_with(rehearsal).await;
        let mut actor = Actor::ready(&engine, HELLO).await;
        assert_eq!(actor.get("/").await, "hello");
        counts.push(faults(actor.run.pid()));
    }
    let [with, without] = counts[..] else {
        unreachable!()
    };
    // About 260 and 345, the program's own code among them; the counts hardly change.
    assert!(with + 40 < without, "{with} with it, {without} without");
}

fn kill(pid: u32) {
    signal("-KILL", pid);
}

fn signal(name: &str, pid: u32) {
    let killed = std::process::Command::new("kill")
        .args([name, &pid.to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
}

/// An engine with a Run, and the process that it has in reserve.
async fn with_reserve() -> (Engine, Actor, u32) {
    let engine = engine().await;
    let first = Actor::ready(&engine, HELLO).await;
    let zygote = parent_of(first.run.pid());
    let late = Instant::now() + PATIENCE;
    while Instant::now() < late {
        let children = children_of(zygote);
        if let Some(other) = children.into_iter().find(|pid| *pid != first.run.pid()) {
            return (engine, first, other);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no process in reserve");
}

#[tokio::test]
async fn a_run_begins_in_the_process_in_reserve() {
    let (engine, _first, reserved) = with_reserve().await;
    tokio::time::sleep(AGE).await;
    let began = Instant::now();
    let mut second = Actor::ready(&engine, CLOCK).await;
    assert_eq!(second.run.pid(), reserved);
    let clock = milliseconds(&second.get("/").await);
    assert!(clock <= began.elapsed(), "the clock starts with the Run");
}

#[tokio::test]
async fn a_process_in_reserve_that_died_is_not_used() {
    let (engine, _first, reserved) = with_reserve().await;
    kill(reserved);
    assert!(is_gone(reserved).await);
    let mut second = Actor::ready(&engine, HELLO).await;
    assert_eq!(second.get("/").await, "hello");
}

#[tokio::test]
async fn other_limits_are_not_those_of_the_reserve() {
    let (engine, _first, reserved) = with_reserve().await;
    let second = Actor::spawn_with(&engine, &project(HELLO), endless()).await;
    assert_ne!(second.run.pid(), reserved);
}

#[tokio::test]
async fn each_fork_has_random_numbers_of_its_own() {
    let engine = engine().await;
    let server = "export default { fetch() {
      return new Response([Math.random(), Math.random(), crypto.randomUUID(), performance.now()]);
    } };";
    let mut seen = HashSet::new();
    for _ in 0..5 {
        let began = Instant::now();
        let mut actor = Actor::ready(&engine, server).await;
        let text = actor.get("/").await;
        let parts: Vec<_> = text.split(',').map(str::to_owned).collect();
        let clock = milliseconds(&parts[3]);
        assert!(clock <= began.elapsed(), "the clock starts with the Run");
        seen.extend(parts.into_iter().take(3));
    }
    assert_eq!(seen.len(), 15, "{seen:?}");
}

#[tokio::test]
async fn what_one_run_changes_no_other_sees() {
    let engine = engine().await;
    let server = "globalThis.count = (globalThis.count ?? 0) + 1; Array.prototype.mine = 1;
      export default { fetch() { return new Response(String(globalThis.count)); } };";
    for _ in 0..2 {
        let mut actor = Actor::ready(&engine, server).await;
        assert_eq!(actor.get("/").await, "1");
    }
}

#[tokio::test]
async fn a_run_holds_one_descriptor_no_environment_and_may_do_nothing() {
    let engine = engine().await;
    let actor = Actor::ready(&engine, HELLO).await;
    let proc = format!("/proc/{}", actor.run.pid());
    let status = fs::read_to_string(format!("{proc}/status")).unwrap();
    for line in ["Seccomp:\t2", "NoNewPrivs:\t1", "Threads:\t1"] {
        assert!(status.contains(line), "{line} in {status}");
    }
    // A process that is not dumpable shows these only to root.
    if let Ok(open) = fs::read_dir(format!("{proc}/fd")) {
        assert_eq!(open.count(), 1);
    }
    if let Ok(environment) = fs::read(format!("{proc}/environ")) {
        let text = String::from_utf8_lossy(&environment);
        assert!(
            text.split('\0')
                .all(|entry| entry.is_empty() || entry.starts_with("TZ=")),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_crash_in_the_engine_is_not_told_as_what_the_jail_forbids() {
    let (_engine, mut actor, _) = with_reserve().await;
    signal("-SEGV", actor.run.pid());
    let RunEnd::Crashed(words) = actor.end().await else {
        panic!("it was no crash");
    };
    assert_eq!(words, "its process crashed in the engine's memory");
}

#[tokio::test]
async fn a_zygote_that_died_is_started_again() {
    let engine = engine().await;
    let mut actor = Actor::ready(&engine, HELLO).await;
    kill(parent_of(actor.run.pid()));
    assert!(matches!(actor.end().await, RunEnd::Crashed(_)));
    let mut again = Actor::ready(&engine, HELLO).await;
    assert_eq!(again.get("/").await, "hello");
}
