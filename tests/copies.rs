//! Copies of what learners do, made and put back by commands that are killed at any moment.

use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::actors::learner::Learner;
use crate::actors::noise::noise;
use crate::actors::program::{Program, command, once};

/// How many are killed.
const KILLS: u32 = 40;
/// Versions in the older database, and in the newer one.
const OLDER: u64 = 30;
const NEWER: u64 = OLDER + 3;

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// A folder with what a site left that was killed, and a copy of an earlier moment of it.
struct Sites {
    folder: TempDir,
    copy: PathBuf,
    _copies: TempDir,
}

impl Sites {
    async fn some_megabytes() -> Self {
        let program = Program::site();
        let mut ada = Learner::arrives(&program).await;
        let copies = TempDir::new().expect("a folder");
        let copy = copies.path().join("monday.db");
        for number in 1..=NEWER {
            let saved = ada.saves(&[("server.js", &noise(number, 200_000))]).await;
            assert_eq!(saved.0, StatusCode::OK);
            if number == OLDER {
                succeeds(&["backup", text(&copy), "--data", text(program.data())]);
            }
        }
        let folder = program.killed();
        assert!(folder.path().join("hxlab.db-wal").exists(), "it was killed");
        Self {
            folder,
            copy,
            _copies: copies,
        }
    }

    /// A folder like it.
    fn another(&self) -> TempDir {
        let folder = TempDir::new().expect("a folder");
        for name in ["hxlab.db", "hxlab.db-wal"] {
            let copied = fs::copy(self.folder.path().join(name), folder.path().join(name));
            copied.expect("a copy");
        }
        folder
    }
}

/// Runs a command that must do its work; what it says.
fn succeeds(argv: &[&str]) -> String {
    let output = once(argv);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8([output.stdout, output.stderr].concat()).expect("text")
}

/// How many versions a database holds, which is whole.
fn versions(file: &Path) -> u64 {
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE);
    let database = database.expect("a database");
    let check = database.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
    assert_eq!(check.as_deref(), Ok("ok"), "{}", file.display());
    let count = "SELECT count(*) FROM draft_versions";
    let count: i64 = database
        .query_row(count, [], |row| row.get(0))
        .expect("a number");
    count.unsigned_abs()
}

/// Starts a command, and kills it after so long. Whether it had ended by itself.
fn killed_after(argv: &[&str], time: Duration) -> bool {
    let mut command = command(argv);
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = quiet.spawn().expect("the program starts");
    std::thread::sleep(time);
    let has_ended = child.try_wait().expect("it is our child").is_some();
    let _ = child.kill();
    child.wait().expect("it is our child");
    has_ended
}

/// Random moments all over what a command takes, and a little after. How long that is changes with what else the
/// machine does, so it is followed: about half of the commands end before they are killed.
struct Moments {
    whole: Duration,
    random: RandomState,
}

impl Moments {
    fn within(whole: Duration) -> Self {
        Self {
            whole,
            random: RandomState::new(),
        }
    }

    fn one(&self, number: u32) -> Duration {
        let percent = u32::try_from(self.random.hash_one(number) % 120).expect("it is small");
        self.whole * percent / 100
    }

    fn learn(&mut self, has_ended: bool) {
        self.whole = self.whole * if has_ended { 9 } else { 11 } / 10;
    }
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<_> = files
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_restore_that_is_killed_leaves_the_old_or_the_new_and_a_start_that_works() {
    let sites = Sites::some_megabytes().await;
    let whole = sites.another();
    let began = Instant::now();
    succeeds(&["restore", text(&sites.copy), "--data", text(whole.path())]);
    let took = began.elapsed();
    assert_eq!(versions(&whole.path().join("hxlab.db")), OLDER);
    assert_eq!(versions(&whole.path().join("hxlab.db.before-1")), NEWER);

    let mut found = [0, 0];
    let mut moments = Moments::within(took);
    for number in 0..KILLS {
        let moment = moments.one(number);
        let folder = sites.another();
        let (data, place) = (folder.path(), folder.path().join("hxlab.db"));
        let restore = ["restore", text(&sites.copy), "--data", text(data)];
        moments.learn(killed_after(&restore, moment));
        // It opens the database as a start does.
        succeeds(&["purge", "--data", text(data)]);
        let now = versions(&place);
        assert!([OLDER, NEWER].contains(&now), "{now} after {moment:?}");
        found[usize::from(now == OLDER)] += 1;
        let kept = data.join("hxlab.db.before-1");
        assert_eq!(kept.exists(), now == OLDER, "{moment:?}: {:?}", names(data));
        if kept.exists() {
            assert_eq!(versions(&kept), NEWER, "{moment:?}");
        }
        let left = names(data)
            .into_iter()
            .find(|name| name.contains("restored"));
        assert_eq!(left, None, "{moment:?}");
    }
    println!("{found:?} were the old and the new one");
    assert!(
        found[0] > 0 && found[1] > 0,
        "{found:?}: none was killed early, or none late"
    );
}

#[tokio::test]
async fn a_backup_that_is_killed_leaves_no_half_copy_and_the_next_names_what_lies_there() {
    let sites = Sites::some_megabytes().await;
    let program = Program::site_in(sites.another());
    let data = text(program.data());
    let copies = TempDir::new().expect("a folder");
    let copy = copies.path().join("tuesday.db");
    let backup = ["backup", text(&copy), "--data", data];
    let began = Instant::now();
    succeeds(&backup);
    let took = began.elapsed();

    let (mut whole, mut parts) = (0, 0);
    let mut moments = Moments::within(took);
    for number in 0..KILLS {
        let moment = moments.one(number);
        let _ = fs::remove_file(&copy);
        let has_ended = killed_after(&backup, moment);
        moments.learn(has_ended);
        if copy.exists() {
            assert_eq!(versions(&copy), NEWER, "{moment:?}");
            whole += 1;
        }
        assert!(copy.exists() || !has_ended, "{moment:?}");
        let part = copies.path().join("tuesday.db.part");
        if part.exists() {
            parts += 1;
            let other = copies.path().join("wednesday.db");
            let said = succeeds(&["backup", text(&other), "--data", data]);
            let named = format!("{} was left by a backup that did not end", part.display());
            assert!(said.contains(&named), "{moment:?}: {said}");
            fs::remove_file(other).expect("it is there");
        }
    }
    println!("{whole} copies were whole and {parts} left a part");
    assert!(
        whole > 0 && parts > 0,
        "{whole} and {parts}: none was killed late, or none while it wrote"
    );
    let _ = fs::remove_file(&copy);
    succeeds(&backup);
    assert_eq!(names(copies.path()), ["tuesday.db"]);
    // Nobody at the site has noticed.
    assert_eq!(
        program.client().get("/healthz").await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn two_backups_at_once_do_not_write_one_file() {
    let sites = Sites::some_megabytes().await;
    let copies = TempDir::new().expect("a folder");
    let copy = copies.path().join("tuesday.db");
    let backup = ["backup", text(&copy), "--data", text(sites.folder.path())];
    let mut first = command(&backup).spawn().expect("the program starts");
    let part = copies.path().join("tuesday.db.part");
    while fs::metadata(&part).map_or(0, |part| part.len()) == 0 {
        assert!(
            first.try_wait().expect("it is our child").is_none(),
            "it still writes"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
    // Held on, so that it is not done meanwhile.
    rustix::process::kill_process(pid(&first), rustix::process::Signal::STOP).expect("it lives");
    let second = once(&backup);
    let why = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(why.contains("another hxlab is writing it"), "{why}");
    rustix::process::kill_process(pid(&first), rustix::process::Signal::CONT).expect("it lives");
    assert!(first.wait().expect("it is our child").success());
    assert_eq!(versions(&copy), NEWER);
}

fn pid(child: &std::process::Child) -> rustix::process::Pid {
    rustix::process::Pid::from_child(child)
}
