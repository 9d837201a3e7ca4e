//! Whether a challenge's checks are sound: they refuse the starter, take the solution and every other
//! right way, and each mistake fails the one check that is made for it.
//!
//! Each project is a test case, played as a learner would ([`mod@play`]): on a site in a temporary folder, in a
//! window of a browser that is theirs alone. One browser shows the windows of several cases at once.

mod play;
mod test_case;
mod wording;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use futures_util::{StreamExt, TryStreamExt, stream};

use self::play::play;
use self::test_case::{TestCase, cases};
use super::Depth;
use super::browser::{Chromium, Processes};
use crate::commands::serve;
use crate::commands::stop::Stop;
use crate::course::{Course, Diagnostic};
use crate::engine::Engine;
use crate::settings::{Flags, Settings};
use crate::web::site::Site;

/// A site and a browser in which test cases run.
struct TestBed {
    site: Arc<Site>,
    chromium: Chromium,
}

/// Tries all challenges, prints a table, and gives what is not sound.
pub(super) async fn prove(
    course: Course,
    engine: Engine,
    depth: &Depth,
) -> Result<Vec<Diagnostic>, Stop> {
    let chromium = Chromium::find()?;
    let data = tempfile::Builder::new().prefix("hxlab-check-").tempdir();
    let data =
        data.map_err(|error| Stop::new(format!("cannot make a folder for the results: {error}")))?;
    let mut flags = Flags {
        data: Some(data.path().display().to_string()),
        ..Flags::default()
    };
    flags.listening.listen = Some("127.0.0.1:0".to_owned());
    let settings = Settings::resolve(&flags, &[], data.path())?;
    let mut cases = cases(&course);
    if let Some(only) = &depth.only {
        cases.retain(|case| case.path().contains(only));
        if cases.is_empty() {
            let sentence =
                format!("no project has “{only}” in its path; leave --only out to see all");
            return Err(Stop::new(sentence));
        }
    }
    let place = serve::open(&settings, course, engine).await?;
    let site = place.site.clone();
    let served = tokio::spawn(place.serve());
    let bed = TestBed {
        site: site.clone(),
        chromium,
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
    cases: Vec<TestCase>,
    depth: &Depth,
) -> Result<Vec<Diagnostic>, Stop> {
    let began = Instant::now();
    let count = cases.len();
    let processes = if depth.share_processes {
        Processes::Shared
    } else {
        Processes::Own
    };
    let browser = bed.chromium.open(processes)?;
    let (site, browser) = (&bed.site, &browser);
    let mut all = stream::iter(cases.into_iter().enumerate())
        .map(|(place, case)| async move {
            let played = play(site, browser, &case).await;
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
            println!("{}", played.line(&case, "again"));
            if played.problem().is_some() {
                unsure.push(case);
            }
        }
    }
    let again = unsure.len();
    let faults = play_again(bed, unsure).await?;
    let seconds = began.elapsed().as_secs_f64();
    eprintln!(
        "projects tried: {count}, in {seconds:.0} s; tried a second time: {again}; not sound: {}",
        faults.len()
    );
    Ok(faults)
}

/// Runs those cases once more, one after the other, each in a new browser with processes as a visitor has them:
/// what came of a busy machine, of what a browser remembers, or of a process that was shared is not the lesson's
/// fault.
async fn play_again(bed: &TestBed, cases: Vec<TestCase>) -> Result<Vec<Diagnostic>, Stop> {
    let mut faults = Vec::new();
    if !cases.is_empty() {
        println!("     Once more, each alone:");
    }
    for case in cases {
        let browser = bed.chromium.open(Processes::Own)?;
        let played = play(&bed.site, &browser, &case).await?;
        println!("{}", played.line(&case, "FAULT"));
        faults.extend(played.problem().map(|problem| Diagnostic {
            path: case.path(),
            line: 1,
            problem: problem.to_owned(),
            mend: "mend the project, or the check".to_owned(),
        }));
    }
    Ok(faults)
}
