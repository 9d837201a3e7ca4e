//! What only time or number shows: how soon a server that goes too far is stopped, whether ten thousand Runs
//! leave anything behind, and whether many of them fit on the machine.
//!
//! `cargo bench --bench runs -- stops` prints for each attack the time between its limit and its end;
//! `cargo bench --bench runs -- soak 10000` starts and kills that many Runs at random moments, and fails
//! when a process, a descriptor or memory is left over; `cargo bench --bench runs -- many 1500` keeps that
//! many at once, and fails when one does not answer, wakes up while it is idle, or takes too much memory.
//! `cargo bench --bench runs -- scripts` prints what TypeScript and JSX add to a start, and fails when it is more
//! than 5 ms.
//! `tests/release`, `tests/soak` and `tests/run` run them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a figure that cannot be taken shall end the program"
)]

#[path = "../engine/attacks.rs"]
mod attacks;
#[path = "../engine/processes.rs"]
mod processes;
mod scripts;
#[path = "../engine/stage.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod stage;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use hxlab::engine::message::FromRun;
use hxlab::engine::{Engine, RunEnd};
use hxlab::limits::LimitName;
use processes::{children_of, field, parent_of};
use rustix::process::{Resource, getrlimit, setrlimit};
use stage::{Actor, engine, project};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match (words.next().as_deref(), words.next()) {
        (Some("stops"), _) => runtime.block_on(stops()),
        (Some("scripts"), _) if runtime.block_on(scripts::starts()) => ExitCode::SUCCESS,
        (Some("scripts"), _) => ExitCode::FAILURE,
        (Some("soak"), count) => {
            let count = count.map_or(10_000, |count| count.parse().expect("a number of Runs"));
            runtime.block_on(soak(count))
        }
        (Some("many"), count) => {
            let count = count.map_or(1_500, |count| count.parse().expect("a number of Runs"));
            runtime.block_on(many(count))
        }
        _ => {
            eprintln!("runs: say stops, scripts, soak NUMBER, or many NUMBER");
            ExitCode::FAILURE
        }
    }
}

/// How often each attack is made.
const TIMES: usize = 5;
/// How long after its limit a Run may still be there.
const AT_MOST: Duration = Duration::from_millis(100);

async fn stops() -> ExitCode {
    let engine = engine().await;
    let mut worst = Duration::ZERO;
    println!(
        "{:30} {:10} {:>14} {:>14}",
        "attack", "ended by", "median", "longest"
    );
    for attack in attacks::ATTACKS {
        let mut delays = Vec::new();
        let mut limit = LimitName::Turn;
        for _ in 0..TIMES {
            let (by, delay) = stop(&engine, attack).await;
            limit = by;
            delays.push(delay);
        }
        delays.sort();
        let (median, longest) = (delays[TIMES / 2], delays[TIMES - 1]);
        // Before the limit of a turn nothing is late: those that other limits end show how long they lived.
        let what = if limit == LimitName::Turn {
            "after it"
        } else {
            "in all"
        };
        if limit == LimitName::Turn {
            worst = worst.max(longest);
        }
        println!(
            "{:30} {:10} {:>8.1} ms {what} {:>8.1} ms",
            attack.name,
            limit.as_str(),
            milliseconds(median),
            milliseconds(longest)
        );
    }
    println!(
        "longest after the limit of a turn: {:.1} ms, of {} allowed",
        milliseconds(worst),
        AT_MOST.as_millis()
    );
    if worst > AT_MOST {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn milliseconds(long: Duration) -> f64 {
    long.as_secs_f64() * 1000.0
}

/// What ended it, and how long after the limit of its turn; or how long it lived, by another limit.
async fn stop(engine: &Engine, attack: &attacks::Attack) -> (LimitName, Duration) {
    let limits = attack.limits();
    let mut actor = Actor::spawn_with(engine, &project(&attack.server()), limits.clone()).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    let began = Instant::now();
    let used = processor_time(actor.run.pid());
    if attack.on_open {
        actor.knock("/");
    } else {
        actor.ask("GET", "/", &[]);
    }
    let pid = actor.run.pid();
    let at_limit =
        std::thread::spawn(move || reaches(pid, used + limits.turn, began + limits.turn * 5));
    let end = actor.end().await;
    let ended = Instant::now();
    match end {
        RunEnd::Limit {
            limit: LimitName::Turn,
            ..
        } => {
            let at_limit = at_limit.join().unwrap().unwrap_or(ended);
            (LimitName::Turn, ended.saturating_duration_since(at_limit))
        }
        RunEnd::Limit { limit, .. } => (limit, ended - began),
        other => panic!("{}: {other:?}", attack.name),
    }
}

/// When a process has used so much processor time, or that moment comes, as the limit of a turn has it; none
/// when it ends before.
fn reaches(pid: u32, used: Duration, last: Instant) -> Option<Instant> {
    loop {
        let now = Instant::now();
        let so_far = processor_time(pid);
        if so_far.is_zero() {
            return None;
        }
        if so_far >= used || now >= last {
            return Some(now);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// What a process has used; nothing when it is gone.
fn processor_time(pid: u32) -> Duration {
    let mut clock = 0;
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: both calls only write to the variables given.
    let read = unsafe {
        libc::clock_getcpuclockid(pid.cast_signed(), &raw mut clock) == 0
            && libc::clock_gettime(clock, &raw mut time) == 0
    };
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or(0);
    if read {
        Duration::new(seconds, nanoseconds)
    } else {
        Duration::ZERO
    }
}

/// How many Runs are there at once.
const AT_ONCE: usize = 8;
/// What memory may grow by between a tenth of the Runs and all of them, in KiB: the allocator's own ups
/// and downs.
const GROWTH: u64 = 8 * 1024;

/// The process that the engine forks before it is wanted.
const RESERVE: u64 = 1;

const SERVERS: [&str; 6] = [
    "export default { fetch: () => new Response('hello') };",
    "setInterval(() => console.log('tick'), 1); export default { fetch() {} };",
    "for (;;) {}",
    "const all = []; for (;;) all.push(new Array(1e4).fill(1));",
    "throw new Error('no');",
    "export default { fetch() { [].reverse.call({ length: 2 ** 53 - 2 }); } };",
];

async fn soak(count: usize) -> ExitCode {
    let engine = engine().await;
    let first = Actor::spawn(&engine, &project(SERVERS[0])).await;
    let zygote = parent_of(first.run.pid());
    drop(first);
    let mut before = None;
    let began = Instant::now();
    let mut done = 0;
    while done < count {
        let batch = AT_ONCE.min(count - done);
        let runs = (done..done + batch).map(|n| {
            let engine = engine.clone();
            tokio::spawn(async move { one(&engine, n, random_moment()).await })
        });
        for run in runs.collect::<Vec<_>>() {
            run.await.unwrap();
        }
        done += batch;
        if before.is_none() && done * 10 >= count {
            before = Some(Standing::of(zygote).await);
        }
    }
    let (before, after) = (before.unwrap(), Standing::of(zygote).await);
    println!(
        "{done} Runs started and killed in {:.1} s",
        began.elapsed().as_secs_f64()
    );
    println!("after a tenth  {before}");
    println!("at the end     {after}");
    let faults = after.left_over(&before);
    for fault in &faults {
        println!("LEFT OVER: {fault}");
    }
    if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What one more Run may take that it shares with no other, in KiB: a thousand are to fit into 1 GB.
const RUN_MEMORY: u64 = 1_000;
/// How long idle Runs are watched.
const WATCHED: Duration = Duration::from_secs(5);

async fn many(count: usize) -> ExitCode {
    let mut descriptors = getrlimit(Resource::Nofile);
    descriptors.current = descriptors.maximum;
    setrlimit(Resource::Nofile, descriptors).unwrap();
    let engine = engine().await;
    let mut actors = Vec::new();
    for number in 0..count {
        let server = format!("export default {{ fetch: () => new Response('{number}') }};");
        actors.push(Actor::ready(&engine, &server).await);
    }
    for (number, actor) in actors.iter_mut().enumerate() {
        assert_eq!(actor.get("/").await, number.to_string());
    }
    let pids: Vec<u32> = actors.iter().map(|actor| actor.run.pid()).collect();
    let used = || {
        pids.iter()
            .map(|pid| processor_time(*pid))
            .sum::<Duration>()
    };
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = used();
    tokio::time::sleep(WATCHED).await;
    let woken = used().saturating_sub(before);
    let shares: Option<Vec<u64>> = pids.iter().map(|pid| share(*pid)).collect();
    let memory = shares.map(|shares| shares.iter().sum::<u64>() / count as u64);
    println!(
        "{count} Runs at once, each answered; idle they used {:.1} ms in {} s; memory of each: {}",
        milliseconds(woken),
        WATCHED.as_secs(),
        memory.map_or("only root may read it".to_owned(), |it| format!("{it} KiB"))
    );
    if woken.is_zero() && memory.is_none_or(|memory| memory <= RUN_MEMORY) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The memory of a process, with its part of what it shares (PSS), in KiB; none where it may not be read.
fn share(pid: u32) -> Option<u64> {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Starts a Run and kills it after a while, whatever it is doing then.
async fn one(engine: &Engine, number: usize, after: Duration) {
    let server = project(SERVERS[number % SERVERS.len()]);
    let mut actor = Actor::spawn(engine, &server).await;
    if number.is_multiple_of(2) {
        actor.ask("GET", "/", &[]);
    }
    tokio::time::sleep(after).await;
    if number.is_multiple_of(3) {
        actor.run.kill();
        actor.end().await;
    }
}

/// Up to 20 ms.
fn random_moment() -> Duration {
    let mut random = [0; 2];
    getrandom::fill(&mut random).unwrap();
    Duration::from_micros(u64::from(u16::from_ne_bytes(random)) * 20_000 / 65_536)
}

/// What there is of two processes: this one and the zygote.
struct Standing {
    numbers: BTreeMap<&'static str, u64>,
}

impl Standing {
    /// After what is ending has ended.
    async fn of(zygote: u32) -> Self {
        let mut children = children_of(zygote).len() as u64;
        for _ in 0..200 {
            if children == RESERVE {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            children = children_of(zygote).len() as u64;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        let own = std::process::id();
        let numbers = BTreeMap::from([
            ("processes left", children),
            ("descriptors", descriptors(own)),
            ("the zygote's descriptors", descriptors(zygote)),
            ("KiB", field(own, "VmRSS:").unwrap()),
            ("the zygote's KiB", field(zygote, "VmRSS:").unwrap()),
        ]);
        Self { numbers }
    }

    fn left_over(&self, before: &Self) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, now) in &self.numbers {
            let then = before.numbers[name];
            let room = if name.ends_with("KiB") { GROWTH } else { 0 };
            let most = if *name == "processes left" {
                RESERVE
            } else {
                then + room
            };
            if *now > most {
                faults.push(format!("{name}: {then}, then {now}"));
            }
        }
        faults
    }
}

impl std::fmt::Display for Standing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let numbers = self
            .numbers
            .iter()
            .map(|(name, number)| format!("{name} {number}"));
        f.write_str(&numbers.collect::<Vec<_>>().join(", "))
    }
}

fn descriptors(pid: u32) -> u64 {
    let folder = std::fs::read_dir(format!("/proc/{pid}/fd")).expect("it lives");
    folder.count() as u64
}
