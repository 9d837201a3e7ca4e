//! Whether a challenge's checks are sound: they refuse the starter, take the solution and every other
//! right way, and each mistake fails the one check that is made for it.
//!
//! Whether steps are sound as well: what a step claims is not so before its edit, and is so after it.
//!
//! Each project is a test case, played as a learner would ([`mod@play`]): on a site in a temporary folder, in a
//! window of a browser that is theirs alone. One browser shows the windows of several cases at once. What differs
//! between browsers is seen in what must pass, so all other projects are played in one of them.

mod play;
mod step_case;
mod test_case;
mod wording;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use futures_util::{StreamExt, TryStreamExt, stream};

use self::play::play;
use self::step_case::Stages;
use self::test_case::{TestCase, cases};
use super::Depth;
use super::browser::{Installed, Processes};
use super::environment::Environment;
use crate::commands::serve;
use crate::commands::stop::Stop;
use crate::course::{Course, Diagnostic};
use crate::engine::Engine;
use crate::settings::Settings;
use crate::web::site::Site;

/// A site and a browser in which test cases run.
struct TestBed {
    site: Arc<Site>,
    browser: Installed,
    environment: Environment,
}

/// Tries all challenges in each environment, prints tables, and gives what is not sound.
pub(super) async fn prove(
    mut course: Course,
    engine: Engine,
    depth: &Depth,
) -> Result<Vec<Diagnostic>, Stop> {
    let stages = Stages::of(&course);
    let mut cases = chosen(&course, &stages, depth.only.as_deref())?;
    course.add_unit(stages.unit());
    let course = Arc::new(course);
    let mut faults = Vec::new();
    for environment in environments(depth)? {
        let found = prove_in(environment, &cases, (&course, &engine), depth).await?;
        faults.extend(found);
        cases.retain(TestCase::is_for_each_browser);
        if cases.is_empty() {
            break;
        }
    }
    Ok(faults)
}

/// Those that were asked for, or those whose browser is installed: one at least.
fn environments(depth: &Depth) -> Result<Vec<Environment>, Stop> {
    let mut asked = depth.environments.clone();
    if asked.is_empty() {
        asked = Environment::installed();
    }
    if asked.is_empty() {
        return Err(Stop::new(
            "there is no browser to play in; install one, or leave --browser out",
        ));
    }
    Ok(asked)
}

fn chosen(course: &Course, stages: &Stages, only: Option<&str>) -> Result<Vec<TestCase>, Stop> {
    let mut cases = cases(course, stages);
    if let Some(only) = only {
        cases.retain(|case| case.path().contains(only));
        if cases.is_empty() {
            let sentence =
                format!("no project has “{only}” in its path; leave --only out to see all");
            return Err(Stop::new(sentence));
        }
    }
    Ok(cases)
}

async fn prove_in(
    environment: Environment,
    cases: &[TestCase],
    (course, engine): (&Arc<Course>, &Engine),
    depth: &Depth,
) -> Result<Vec<Diagnostic>, Stop> {
    let kind = environment.browser();
    let browser = kind.find().ok_or_else(|| kind.missing())?;
    let data = tempfile::Builder::new().prefix("hxlab-check-").tempdir();
    let data =
        data.map_err(|error| Stop::new(format!("cannot make a folder for the results: {error}")))?;
    let mut flags = environment.flags();
    flags.data = Some(data.path().display().to_string());
    let settings = Settings::resolve(&flags, &[], data.path())?;
    let place = serve::open(&settings, course.clone(), engine.clone()).await?;
    let site = place.site.clone();
    let served = tokio::spawn(place.serve());
    let bed = TestBed {
        site: site.clone(),
        browser,
        environment,
    };
    let faults = tokio::select! {
        faults = play_all(&bed, cases, depth) => faults,
        () = site.shutdown.requested() => Err(Stop::new("interrupted; not every project was tried")),
    };
    site.shutdown.request();
    // The site's end has nothing more to say.
    let _ = served.await;
    faults
}

async fn play_all(
    bed: &TestBed,
    cases: &[TestCase],
    depth: &Depth,
) -> Result<Vec<Diagnostic>, Stop> {
    println!("In {}:", bed.environment.name());
    let began = Instant::now();
    let processes = if depth.share_processes {
        Processes::Shared
    } else {
        Processes::Own
    };
    let browser = bed.browser.open(processes).await?;
    let (site, browser) = (&bed.site, &browser);
    let mut all = stream::iter(cases.iter().enumerate())
        .map(|(place, case)| async move {
            let played = play(site, browser, case).await;
            played.map(|played| (place, (case, played)))
        })
        .buffer_unordered(depth.jobs.into());
    let mut unsure = Vec::new();
    let mut last = None;
    // Those that a slower one before them keeps from being printed; the next ones are played meanwhile.
    let mut ended = BTreeMap::new();
    let mut next = 0;
    while let Some((place, pair)) = all.try_next().await? {
        ended.insert(place, pair);
        while let Some((case, played)) = ended.remove(&next) {
            next += 1;
            let lesson = &case.lesson;
            if last.replace(lesson.number) != Some(lesson.number) {
                println!("{:>3}  {}", lesson.number, lesson.title);
            }
            println!("{}", played.line(case, "again"));
            if played.problem().is_some() {
                unsure.push(case);
            }
        }
    }
    let (count, again) = (cases.len(), unsure.len());
    let faults = play_again(bed, unsure).await?;
    let seconds = began.elapsed().as_secs_f64();
    eprintln!(
        "projects tried in {}: {count}, in {seconds:.0} s; tried a second time: {again}; not sound: {}",
        bed.environment.name(),
        faults.len()
    );
    Ok(faults)
}

/// Runs those cases once more, one after the other, each in a new browser with processes as a visitor has them:
/// what came of a busy machine, of what a browser remembers, or of a process that was shared is not the lesson's
/// fault.
async fn play_again(bed: &TestBed, cases: Vec<&TestCase>) -> Result<Vec<Diagnostic>, Stop> {
    let mut faults = Vec::new();
    if !cases.is_empty() {
        println!("     Once more, each alone:");
    }
    for case in cases {
        let browser = bed.browser.open(Processes::Own).await?;
        let played = play(&bed.site, &browser, case).await?;
        println!("{}", played.line(case, "FAULT"));
        let problem = played.problem();
        faults.extend(problem.map(|problem| case.fault(bed.environment.name(), problem)));
    }
    Ok(faults)
}
