//! Whether a challenge's checks are sound: they refuse the starter, take the solution and every other
//! right way, and each mistake fails the one check that is made for it.
//!
//! Each project is a round, played as a learner would ([`play`]): on a site in a temporary folder, in a
//! window of a browser that is theirs alone. One browser shows the windows of several rounds at once.

mod play;
mod round;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use futures_util::{StreamExt, TryStreamExt, stream};

use self::play::play;
use self::round::{Round, rounds};
use super::Depth;
use super::browser::Chromium;
use crate::commands::serve;
use crate::commands::stop::Stop;
use crate::course::{Course, Diagnostic};
use crate::engine::Engine;
use crate::settings::{Flags, Settings};
use crate::web::site::Site;

/// Where rounds are played.
struct House {
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
    let mut rounds = rounds(&course);
    if let Some(only) = &depth.only {
        rounds.retain(|round| round.path().contains(only));
        if rounds.is_empty() {
            let sentence =
                format!("no project has “{only}” in its path; leave --only out to see all");
            return Err(Stop::new(sentence));
        }
    }
    let place = serve::open(&settings, course, engine).await?;
    let site = place.site.clone();
    let served = tokio::spawn(place.serve());
    let house = House {
        site: site.clone(),
        chromium,
    };
    let faults = tokio::select! {
        faults = play_all(&house, rounds, depth.jobs.into()) => faults,
        () = site.shutdown.requested() => Err(Stop::new("interrupted; not every project was tried")),
    };
    site.shutdown.request();
    // The site's end has nothing more to say.
    let _ = served.await;
    faults
}

async fn play_all(house: &House, rounds: Vec<Round>, jobs: usize) -> Result<Vec<Diagnostic>, Stop> {
    let began = Instant::now();
    let count = rounds.len();
    let browser = house.chromium.open()?;
    let (site, browser) = (&house.site, &browser);
    let mut all = stream::iter(rounds.into_iter().enumerate())
        .map(|(place, round)| async move {
            let played = play(site, browser, &round).await;
            played.map(|played| (place, (round, played)))
        })
        .buffer_unordered(jobs);
    let mut unsure = Vec::new();
    let mut last = None;
    // Those that a slower one before them keeps from being printed; the next ones are played meanwhile.
    let mut ended = BTreeMap::new();
    let mut next = 0;
    while let Some((place, pair)) = all.try_next().await? {
        ended.insert(place, pair);
        while let Some((round, played)) = ended.remove(&next) {
            next += 1;
            let lesson = &round.lesson;
            if last.replace(lesson.number) != Some(lesson.number) {
                println!("{:>3}  {}", lesson.number, lesson.title);
            }
            println!("{}", played.line(&round, "again"));
            if played.problem().is_some() {
                unsure.push(round);
            }
        }
    }
    let again = unsure.len();
    let faults = play_again(house, unsure).await?;
    let seconds = began.elapsed().as_secs_f64();
    eprintln!(
        "projects tried: {count}, in {seconds:.0} s; tried a second time: {again}; not sound: {}",
        faults.len()
    );
    Ok(faults)
}

/// Plays those rounds once more, one after the other, each in a new browser: what came of a busy machine,
/// or of what a browser remembers, is not the lesson's fault.
async fn play_again(house: &House, rounds: Vec<Round>) -> Result<Vec<Diagnostic>, Stop> {
    let mut faults = Vec::new();
    if !rounds.is_empty() {
        println!("     Once more, each alone:");
    }
    for round in rounds {
        let browser = house.chromium.open()?;
        let played = play(&house.site, &browser, &round).await?;
        println!("{}", played.line(&round, "FAULT"));
        faults.extend(played.problem().map(|problem| Diagnostic {
            path: round.path(),
            line: 1,
            problem: problem.to_owned(),
            mend: "mend the project, or the check".to_owned(),
        }));
    }
    Ok(faults)
}
