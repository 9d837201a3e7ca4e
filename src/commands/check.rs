//! `hxlab check`: the faults in a folder of lessons, and whether its challenges are sound.
//!
//! Stages: the course is loaded → marked answers are judged ([`agreement`]) → the checks of each
//! challenge and the stories of steps are read by a Run → with `--browser`, each challenge's projects and each step are
//! tried in browsers ([`soundness`]). Faults go to standard output, one a line.

mod agreement;
mod browser;
mod connection;
mod environment;
mod soundness;
mod window;

use std::path::Path;

use self::environment::Environment;
use super::files;
use super::live;
use super::start;
use super::stop::Stop;
use crate::challenge::{self, Outline};
use crate::course::{self, Course, Diagnostic, ProjectName};
use crate::engine::Engine;
use crate::settings::layer::Layer;

/// How much is checked.
#[derive(clap::Args, Clone, Debug)]
pub(super) struct Depth {
    /// Try each challenge in headless browsers: the starter must fail, also with all steps done, the solution and
    /// every alternative must pass, each mistake must fail its own check and no other. A step's claims must not hold
    /// before its edit, and must hold after it
    #[arg(long)]
    pub(super) browser: bool,
    /// In which browsers: every project in the first of these, each solution and each step that is done in the others;
    /// without it, in all that are installed
    #[arg(
        long = "in",
        value_name = "BROWSER",
        requires = "browser",
        value_delimiter = ','
    )]
    environments: Vec<Environment>,
    /// How many projects at once
    #[arg(long, default_value_t = 2, requires = "browser", value_parser = clap::value_parser!(u8).range(1..=32))]
    pub(super) jobs: u8,
    /// Have Chromium show each learner's page and its clients in one process, for less processor time; what then is not as it
    /// must be is tried again with a process for each, as a visitor has it
    #[arg(long, requires = "browser")]
    pub(super) share_processes: bool,
    /// Try only projects with this in their paths, such as 13-a-websocket or mistakes/count
    #[arg(long, value_name = "TEXT", requires = "browser")]
    pub(super) only: Option<String>,
    /// Go without this layer of the jail, as hxlab serve would
    #[arg(long, env = "HXLAB_UNSAFE_WITHOUT", value_name = "LAYER", value_delimiter = ',', value_parser = layer)]
    pub(super) unsafe_without: Vec<Layer>,
}

fn layer(name: &str) -> Result<Layer, &'static str> {
    Layer::named(name.trim()).ok_or("there is no such layer; hxlab doctor lists them")
}

/// Prints each fault on standard output; stops when there is one.
pub(super) fn check(folder: &Path, depth: &Depth) -> Result<(), Stop> {
    let tree = files::tree(folder)?;
    let faults = match course::load(&tree) {
        Ok(course) => live(deeper(course, depth))?,
        Err(faults) => faults,
    };
    let faults = files::placed(faults, Some(folder));
    for fault in &faults {
        println!("{fault}");
    }
    let count = faults.len();
    if count == 0 {
        return Ok(());
    }
    let faults = if count == 1 { "fault" } else { "faults" };
    let folder = folder.display();
    Err(Stop::new(format!(
        "{count} {faults} in {folder}; mend what is listed"
    )))
}

/// What shows only when a course without faults is set to work.
async fn deeper(course: Course, depth: &Depth) -> Result<Vec<Diagnostic>, Stop> {
    let lessons = course.lessons().count();
    let engine = start::engine(&depth.unsafe_without.iter().copied().collect(), true).await?;
    let mut faults = agreement::prove(&course);
    faults.extend(challenges(&course, &engine).await);
    faults.extend(stories(&course, &engine).await);
    if faults.is_empty() && depth.browser {
        faults = soundness::prove(course, engine, depth).await?;
    }
    if faults.is_empty() {
        eprintln!("no faults; lessons checked: {lessons}");
    }
    Ok(faults)
}

/// Stories of steps that cannot be read, or that no step needs.
async fn stories(course: &Course, engine: &Engine) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for lesson in course.lessons() {
        let Some(text) = &lesson.step_stories else {
            continue;
        };
        let steps = lesson.steps.iter().map(|step| &**step);
        let read = challenge::read_stories(engine, text, steps).await;
        let found = read.unwrap_or_else(|fault| vec![fault]);
        faults.extend(found.into_iter().map(|fault| Diagnostic {
            path: format!("{}/{}", lesson.folder, fault.file),
            line: fault.line,
            problem: fault.problem,
            mend: fault.mend,
        }));
    }
    faults
}

/// Checks that cannot be read, mistakes that name none of them, challenges with one right way only.
async fn challenges(course: &Course, engine: &Engine) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for lesson in course.lessons() {
        let Some(challenge) = &lesson.challenge else {
            continue;
        };
        let path = format!("{}/checks.js", lesson.folder);
        let mut add = |path: String, line, problem: String, mend: &str| {
            let mend = mend.to_owned();
            faults.push(Diagnostic {
                path,
                line,
                problem,
                mend,
            });
        };
        let checks = match challenge::read(engine, &challenge.checks).await {
            Ok(checks) => checks,
            Err(fault) => {
                add(path, fault.line, fault.problem, &fault.mend);
                continue;
            }
        };
        for fault in checks.iter().filter_map(Outline::taken_on_trust) {
            add(path.clone(), fault.line, fault.problem, &fault.mend);
        }
        if challenge.alternatives.is_empty() {
            let mend = "add one as `alternatives/NAME.diff`: what differs from the solution; hxlab diff writes it";
            add(path, 1, "no other right way is tried".to_owned(), mend);
        }
        for (name, mistake) in &challenge.mistakes {
            if !checks.iter().any(|check| check.id == mistake.check) {
                let ids: Vec<_> = checks.iter().map(|check| check.id.as_str()).collect();
                let path = lesson.path(&ProjectName::Mistake(name.clone()));
                let mend = format!("name it after one of {}", ids.join(", "));
                add(
                    path,
                    1,
                    format!("no check is called “{}”", mistake.check),
                    &mend,
                );
            }
        }
    }
    faults
}
