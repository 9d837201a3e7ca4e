//! The program under test: started with arguments, ended with the test.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::client::{Client, PATIENCE};
use super::disk::Disk;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hxlab");

/// A running `hxlab`.
pub struct Program {
    child: Child,
    port: u16,
    /// The data folder and, for `run`, the project; removed at the end.
    folder: TempDir,
}

impl Program {
    /// The site, with the packed course.
    pub fn site() -> Self {
        Self::site_in(TempDir::new().expect("a temporary folder"))
    }

    /// The site on the data that another one left in this folder.
    pub fn site_in(folder: TempDir) -> Self {
        Self::site_again(folder, &[])
    }

    /// As [`Program::site_in`], with more settings.
    pub fn site_again(folder: TempDir, settings: &[&str]) -> Self {
        let data = folder.path().to_str().expect("a plain path").to_owned();
        let argv = ["serve", "--listen", "127.0.0.1:0", "--data", &data];
        Self::start(folder, &[&argv[..], settings].concat())
    }

    /// As [`Program::site_again`], with its log in a file.
    pub fn site_logging(folder: TempDir, settings: &[&str], log: std::fs::File) -> Self {
        let data = folder.path().to_str().expect("a plain path").to_owned();
        let argv = ["serve", "--listen", "127.0.0.1:0", "--data", &data];
        let mut command = command(&[&argv[..], settings].concat());
        command.stderr(log);
        Self::started(folder, command)
    }

    /// The site whose data are on this disk.
    pub fn site_on(disk: &Disk) -> Self {
        let entered = disk.entered();
        let mut argv: Vec<&str> = entered.iter().map(String::as_str).collect();
        argv.extend([
            PROGRAM,
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            disk.path(),
        ]);
        let command = command_of(Path::new("nsenter"), &argv);
        Self::started(TempDir::new().expect("a temporary folder"), command)
    }

    /// The site, with a course of these files.
    pub fn course(files: &[(&str, &str)]) -> Self {
        Self::course_in(TempDir::new().expect("a temporary folder"), files)
    }

    fn course_in(folder: TempDir, files: &[(&str, &str)]) -> Self {
        let lessons = folder.path().join("lessons");
        for (path, text) in files {
            let path = lessons.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
            std::fs::write(path, text).expect("the folder takes a file");
        }
        let lessons = lessons.to_str().expect("a plain path").to_owned();
        let data = folder
            .path()
            .join("data")
            .to_str()
            .expect("a plain path")
            .to_owned();
        let listen = ["serve", "--listen", "127.0.0.1:0"];
        let folders = ["--data", &data, "--lessons", &lessons];
        Self::start(folder, &[&listen[..], &folders[..]].concat())
    }

    /// `hxlab run` on a project of these files.
    pub fn project(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("the folder takes a file");
        }
        let project = folder.path().to_str().expect("a plain path").to_owned();
        Self::start(folder, &["run", &project, "--listen", "127.0.0.1:0"])
    }

    /// `hxlab run` on one `server.js`.
    pub fn server(js: &str) -> Self {
        Self::project(&[("server.js", js)])
    }

    fn start(folder: TempDir, argv: &[&str]) -> Self {
        Self::started(folder, command(argv))
    }

    /// The site as `prepare` has its process begin: another user, a smaller kernel.
    pub fn site_where(settings: &[&str], prepare: impl FnOnce(&mut Command)) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        open_to_all(folder.path());
        let data = folder.path().to_str().expect("a plain path").to_owned();
        let argv = ["serve", "--listen", "127.0.0.1:0", "--data", &data];
        let program = copy_for_all(folder.path());
        let mut command = command_of(&program, &[&argv[..], settings].concat());
        prepare(&mut command);
        Self::started(folder, command)
    }

    fn started(folder: TempDir, mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("it was piped");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("a first line");
        let port = line
            .trim()
            .strip_prefix("listening on http://")
            .and_then(|rest| rest.trim_end_matches('/').rsplit(':').next()?.parse().ok())
            .unwrap_or_else(|| panic!("no address in {line:?}"));
        Self {
            child,
            port,
            folder,
        }
    }

    /// What its process has used so far.
    pub fn processor_time(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat = stat.expect("it lives");
        let after = stat.rsplit_once(") ").expect("a name").1;
        let ticks = after.split(' ').skip(11).take(2);
        let ticks: u64 = ticks.map(|it| it.parse::<u64>().expect("a number")).sum();
        // Linux counts in hundredths of a second for whoever asks.
        Duration::from_millis(ticks * 10)
    }

    /// The most memory that its process has had so far, in bytes.
    pub fn peak_memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("it lives");
        let (_, peak) = status.split_once("VmHWM:").expect("a peak");
        let kib = peak.split_whitespace().next().expect("a number");
        kib.parse::<usize>().expect("a number") * 1024
    }

    /// The database of a [`Program::course`].
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("data/hxlab.db")
    }

    /// The data folder of a [`Program::site`].
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The origin of the site.
    pub fn origin(&self) -> String {
        format!("http://hxlab.localhost:{}", self.port)
    }

    /// A browser without a page, which knows every name under `localhost`.
    pub fn client(&self) -> Client {
        Client::of(self.port)
    }

    /// Ends the program as a service manager would; gives its exit code and its folder.
    pub fn terminate(mut self) -> (Option<i32>, TempDir) {
        self.gets("TERM");
        let status = self.child.wait().expect("it is our child");
        let folder = std::mem::replace(&mut self.folder, TempDir::new().expect("a folder"));
        (status.code(), folder)
    }

    /// Kills the program; gives its folder.
    pub fn killed(mut self) -> TempDir {
        self.child.kill().expect("it lives");
        self.child.wait().expect("it is our child");
        std::mem::replace(&mut self.folder, TempDir::new().expect("a folder"))
    }

    /// Ends the site by this signal, and starts it again on the same data and at the same port.
    pub fn restarted_in_place(mut self, signal: &str) -> Self {
        self.gets(signal);
        self.child.wait().expect("it is our child");
        let folder = std::mem::replace(&mut self.folder, TempDir::new().expect("a folder"));
        let data = folder.path().to_str().expect("a plain path").to_owned();
        let address = format!("127.0.0.1:{}", self.port);
        let argv = ["serve", "--listen", &address, "--data", &data];
        Self::start(folder, &argv)
    }

    /// Ends the site and starts it again on the same data.
    pub fn restarted(self) -> Self {
        let (_, folder) = self.terminate();
        Self::site_in(folder)
    }

    /// Ends the site and starts it again on the same disk.
    pub fn restarted_on(self, disk: &Disk) -> Self {
        self.terminate();
        Self::site_on(disk)
    }

    /// Ends the site and starts it again on the same data, with these files of its course written anew.
    pub fn restarted_with(self, files: &[(&str, &str)]) -> Self {
        let (_, folder) = self.terminate();
        Self::course_in(folder, files)
    }

    fn gets(&self, signal: &str) {
        let process = self.child.id().to_string();
        assert!(is_sent(signal, &process), "kill {process}");
    }

    /// Sends a signal to each process that the program has started, and theirs, but not to itself.
    pub fn signals_its_processes(&self, signal: &str) {
        let processes = descendants(&self.child.id().to_string());
        // Some are short-lived.
        let sent = processes.iter().filter(|it| is_sent(signal, it)).count();
        assert!(sent > 0, "it has started none");
    }
}

/// Whether there was such a process.
fn is_sent(signal: &str, process: &str) -> bool {
    let sent = Command::new("kill").args(["-s", signal, process]).status();
    sent.is_ok_and(|status| status.success())
}

fn descendants(process: &str) -> Vec<String> {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("it lives");
    let children = threads.flat_map(|thread| {
        let path = thread.expect("a thread").path().join("children");
        let children = std::fs::read_to_string(path).unwrap_or_default();
        children
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let each = children.flat_map(|child| [descendants(&child), vec![child]].concat());
    each.collect()
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Any user may work in this folder.
fn open_to_all(folder: &Path) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    std::fs::set_permissions(folder, mode).expect("it is ours");
}

/// The program in this folder, for users who may not read where it was built.
fn copy_for_all(folder: &Path) -> PathBuf {
    let program = folder.join("hxlab");
    std::fs::copy(PROGRAM, &program).expect("a copy");
    program
}

/// Runs the program to its end.
pub fn once(argv: &[&str]) -> Output {
    ended(command(argv))
}

/// As [`once`], as `prepare` has its process begin.
pub fn once_where(argv: &[&str], prepare: impl FnOnce(&mut Command)) -> Output {
    let folder = TempDir::new().expect("a temporary folder");
    open_to_all(folder.path());
    let mut command = command_of(&copy_for_all(folder.path()), argv);
    prepare(&mut command);
    ended(command)
}

fn ended(mut command: Command) -> Output {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().expect("it is our child") {
            let mut output = Output {
                status,
                stdout: Vec::new(),
                stderr: Vec::new(),
            };
            let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
            stdout
                .expect("piped")
                .read_to_end(&mut output.stdout)
                .expect("text");
            stderr
                .expect("piped")
                .read_to_end(&mut output.stderr)
                .expect("text");
            return output;
        }
        if Instant::now() > deadline {
            let _ = child.kill();
            panic!("{command:?} did not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

pub fn command(argv: &[&str]) -> Command {
    command_of(Path::new(PROGRAM), argv)
}

fn command_of(program: &Path, argv: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(argv)
        .current_dir(Path::new("/"))
        .stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HXLAB_")) {
        command.env_remove(name);
    }
    command
}
